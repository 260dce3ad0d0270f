"""An event: the dossier of what is told of it by whom, and the forms that merge it with another or split it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from hashlib import sha256
from typing import Annotated, Any

from fastapi import APIRouter, Form, HTTPException, Query, Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from according.errors import BadQuestion
from according.events.accounts import Said
from according.events.event import Event
from according.events.reconciling import Rule
from according.events.version import version as events_version
from according.ledger import events as told_events
from according.ledger.ledger import Ledger
from according.model import Measure
from according.web.codes import CODES
from according.web.dossier import Dossier, decided
from according.web.rendering import page
from according.web.site import ledger_of, person_of

router = APIRouter()

_ADDRESS = re.compile(r"(?:.*/event/)?([^/?#\s]+)(?:[/?#].*)?", re.DOTALL)
#: Characters of a note.
_NOTE = 2_000

Note = Annotated[str, Form(max_length=_NOTE)]


@router.get("/event/{id}", name="event")
def event(request: Request, id: str, rule: str = Rule.UCDP.value) -> Response:
    """The dossier; a former id leads to what the event became. ``rule`` says how rival figures become a range."""
    ledger = ledger_of(request)
    found = ledger.event(id)
    if found.id != id:
        return _moved(request, f"/event/{found.id}")
    dossier = Dossier(found, _rule(rule))
    return page(
        request, "event.html", dossier=dossier, event=found, decisions=decided(found, ledger.event_decisions()), rules=list(Rule),
        means={codes.key: codes.means for codes in CODES}, address=str(request.url_for("event", id=found.id)),
        retrieved=datetime.now(UTC).date(), by=events_version(),
    )  # fmt: skip


@router.get("/event/{id}/points.json", name="event_points")
def points(request: Request, id: str) -> Response:
    """Where its claims say that it was, each place once, as maps take it: see ``points`` of the events."""
    return JSONResponse(_points(Dossier(ledger_of(request).event(id), Rule.UCDP)))


@router.get("/event/{id}/merge", name="merge_asked")
def merge_asked(request: Request, id: str, other: str, note: str = "") -> Response:
    """Both events side by side, before they are said to be one."""
    ledger = ledger_of(request)
    one, two = ledger.event(id), ledger.event(_named(other))
    if one.id == two.id:
        raise BadQuestion(f"{id} and {other.strip()} are one event already.")
    dossiers = [Dossier(found, Rule.UCDP) for found in (one, two)]
    return page(request, "merge.html", dossiers=dossiers, note=note[:_NOTE], seen=_seen(one, two))


@router.post("/event/{id}/merge", name="merge")
def merge(request: Request, id: str, other: Annotated[str, Form()], seen: Annotated[str, Form()], note: Note = "") -> Response:
    """Say that two events are one. 409 where either is no more as the page had it on which that was decided."""
    ledger = ledger_of(request)
    one, two = ledger.event(id), ledger.event(_named(other))
    if _seen(one, two) != seen:
        raise _changed()
    merged = ledger.merge(one.id, two.id, person=_who(request), note=note.strip() or None)
    return RedirectResponse(f"/event/{merged}", 303)


@router.get("/event/{id}/split", name="split_asked")
def split_asked(request: Request, id: str, claim: Annotated[list[str] | None, Query()] = None, note: str = "") -> Response:
    """What would stay and what would go, before an event is said to be two."""
    found = ledger_of(request).event(id)
    out, rest = told_events.parts(found, claim or [])
    return page(
        request, "split.html", dossier=Dossier(found, Rule.UCDP), claims=list(dict.fromkeys(id for _, id in out)), out=_of(found, out),
        rest=_of(found, rest), note=note[:_NOTE], seen=_seen(found),
    )  # fmt: skip


@router.post("/event/{id}/split", name="split")
def split(request: Request, id: str, claim: Annotated[list[str], Form()], seen: Annotated[str, Form()], note: Note = "") -> Response:
    """Say that some claims of an event are of another. 409 where it is no more as the page had it on which that was decided."""
    ledger: Ledger = ledger_of(request)
    found = ledger.event(id)
    if _seen(found) != seen:
        raise _changed()
    stays, _ = ledger.split(found.id, claim, person=_who(request), note=note.strip() or None)
    return RedirectResponse(f"/event/{stays}", 303)


def _rule(told: str) -> Rule:
    if told not in [*Rule]:
        raise BadQuestion(f"{told} is no rule; there are {', '.join(Rule)}.")
    return Rule(told)


def _moved(request: Request, path: str) -> Response:
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(path + query, 308)


def _named(told: str) -> str:
    """The id of an event that is told by its id or its address. Raises ``BadQuestion``."""
    found = _ADDRESS.fullmatch(told.strip())
    if not found:
        raise BadQuestion("Name the other event by its id, as e128daa467a17, or give the address of its page.")
    return found[1]


def _who(request: Request) -> str:
    person = person_of(request)
    assert person is not None  # the policy lets nobody else here
    return person.name


def _seen(*events: Event) -> str:
    """What tells whether events are as somebody saw them."""
    told = "\n".join(f"{key} {claim}" for event in events for key, claim in sorted(told_events.refs(event)))
    return sha256(told.encode()).hexdigest()[:16]


def _changed() -> HTTPException:
    return HTTPException(
        409, "Somebody or a new report changed an event meanwhile: go back, load its page anew, and decide on what it shows."
    )


def _of(event: Event, refs: list[tuple[str, str]]) -> list[Said]:
    chosen = set(refs)
    return [said for said in event.said if (said.cited.key, said.claim.id) in chosen]


def _points(dossier: Dossier) -> dict[str, Any]:
    event, spots = dossier.event, dossier.spots
    day = event.time.start.isoformat() if event.time and event.time.start else None
    killed = next((counted.range.best for counted in dossier.figures if counted.range.measure is Measure.KILLED), None)
    rows = [[*spot, 0, event.id, day, killed, name] for spot, name in sorted(spots.items())]
    countries = sorted({s.claim.place.country for s in event.told if s.claim.place and s.claim.place.country}) if not rows else []
    return {"events": 1, "types": [event.type.value], "points": rows, "unplaced": int(not rows), "countries": [[c, 1] for c in countries]}
