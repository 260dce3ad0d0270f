"""Events: what several claims tell of one happening; merged and split by people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Annotated, Any, TextIO

from fastapi import APIRouter, Query, Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from according.events.event import Event
from according.events.reconciling import Rule
from according.formats.event_records import dossier_record, event_record
from according.formats.events import write_events
from according.ledger.ledger import Ledger
from according.web.api import shapes
from according.web.api.filters import AskedEvent, AskedEvents, Form, question
from according.web.api.listing import FILES, Rows, answered
from according.web.site import ledger_of, person_of

router = APIRouter(tags=["events"])

_ELSEWHERE: dict[int | str, dict[str, Any]] = {308: {"description": "The event goes by another id since a merge; `Location` has its path."}}


@router.get(
    "/events", name="api_events", response_model=shapes.Page[shapes.Event], responses=FILES | shapes.problems(400, 401, 403, 404, 503)
)
def events(request: Request, asked: Annotated[AskedEvents, Query()]) -> Response:
    """The events with a claim that is asked for, each whole, in the order of their days; those without a day last."""
    return answered(request, _rows(ledger_of(request), asked), asked)


@router.get(
    "/events/{id}", name="api_event", response_model=shapes.Dossier, responses=_ELSEWHERE | shapes.problems(400, 401, 403, 404, 503)
)
def event(request: Request, id: str, asked: Annotated[AskedEvent, Query()]) -> Response:
    """All that is told of one event: its accounts and their readings, the ranges by a rule, its claims, and why they stand together.

    An id never dies: after a merge it leads to what the event became.
    """
    found = ledger_of(request).event(id)
    if found.id != id:
        path = str(request.app.url_path_for("api_event", id=found.id))
        return RedirectResponse(f"{path}?{request.url.query}".removesuffix("?"), 308)
    return JSONResponse(dossier_record(found, asked.rule))


@router.post("/events/{id}/merge", name="api_merge", response_model=shapes.Merged, responses=shapes.problems(400, 401, 403, 404, 413, 503))
def merge(request: Request, id: str, given: shapes.MergeGiven) -> Response:
    """Say that another event is this one. It binds all later grouping."""
    person = person_of(request)
    assert person is not None
    return JSONResponse({"id": ledger_of(request).merge(id, given.other, person=person.name, note=given.note)})


@router.post("/events/{id}/split", name="api_split", response_model=shapes.Parted, responses=shapes.problems(400, 401, 403, 404, 413, 503))
def split(request: Request, id: str, given: shapes.SplitGiven) -> Response:
    """Say that some of an event's claims are of another. It binds all later grouping."""
    person = person_of(request)
    assert person is not None
    rest, parted = ledger_of(request).split(id, given.told, person=person.name, note=given.note)
    return JSONResponse({"rest": rest, "parted": parted})


def _rows(ledger: Ledger, asked: AskedEvents) -> Rows[Event]:
    wanted = question(asked)

    def told(limit: int | None, after: tuple[str] | None) -> Iterator[Event]:
        # Of what grade an event is, is known once it is made: a limit cannot count before.
        found = ledger.events(replace(wanted, limit=None if asked.grade else limit), after=after[0] if after else None)
        return (one for one in found if not asked.grade or one.grade in asked.grade)

    return Rows("events", (str,), told, lambda one: (one.id,), lambda one: event_record(one, asked.rule), _writing(asked.rule))


def _writing(rule: Rule) -> Callable[[Iterable[Event], Form, TextIO], None]:
    def write(rows: Iterable[Event], form: Form, out: TextIO) -> None:
        write_events(rows, rule, form.value, out)

    return write
