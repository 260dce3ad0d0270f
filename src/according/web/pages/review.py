"""Review: one claim at a time, the words it rests on beside it, and what a person decides of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request
from starlette.datastructures import QueryParams
from starlette.responses import RedirectResponse, Response

from according.agreement import Judgement, agreements
from according.errors import BadQuestion, ChangedMeanwhile
from according.events.event import Event
from according.ledger.deciding import Decision, Verdict, standing
from according.ledger.question import Question
from according.ledger.review import Review
from according.ledger.reviewing import Docket, Queue, Spot, Tier
from according.ledger.roles import LOCAL
from according.model import Claim, Report
from according.web.asked import Asked, asked
from according.web.codes import CODES
from according.web.correcting import ROOM, corrected, written
from according.web.differing import Change, changes
from according.web.facts import facts
from according.web.marking import Paragraph, marked, marks
from according.web.rendering import page
from according.web.site import ledger_of, person_of, site_of

router = APIRouter()
Key = Annotated[str, Path(pattern="^[0-9a-f]{16}$")]
Id = Annotated[str, Path(pattern="^[0-9a-f]{16}$")]

#: Characters of the report before and after the claim's sentence that are shown with it, to whole paragraphs.
_AROUND = 700
#: Characters of a note.
_NOTE = 2000
#: Accounts of the event that are shown beside the claim.
_ACCOUNTS = 40
#: Under so many claims an agreement is called one of too few.
_FEW = 30
#: Claims that two people looked at, as a list of them shows.
_PAIRS = 50
#: Which part of the queue, as addresses name it.
WHICH = {
    "": frozenset(Tier),
    "open": frozenset({Tier.OPEN}),
    "flagged": frozenset({Tier.FLAGGED}),
    "unsure": frozenset({Tier.UNSURE}),
    "second": frozenset({Tier.SECOND}),
}


@dataclass(frozen=True, slots=True)
class Way:
    """Where a person is in his queue, all of it in the address: the filter, the part of the queue, the spot after which he goes on, and
    the claim that he came from.
    """

    asked: Asked
    which: str
    after: Spot | None
    came: str | None  # a report's key and a claim's id

    def to(self, path: str, **changed: str | None) -> str:
        own = {"which": self.which or None, "came": None} | changed
        return self.asked.address(path, **own)


@dataclass(frozen=True, slots=True)
class Told:
    """A decision as history shows it, with what it changed."""

    decision: Decision
    changes: tuple[Change, ...]
    stands: bool


async def posted(request: Request) -> dict[str, str]:
    """The fields of a form; of several of one name the last."""
    async with request.form(max_files=0, max_fields=400) as form:
        return {name: value.replace("\0", "") for name, value in form.multi_items() if isinstance(value, str)}


Posted = Annotated[dict[str, str], Depends(posted)]


@router.get("/review", name="review")
def review(request: Request) -> Response:
    """The next claim of the queue."""
    way = _way(request)
    spot = _review(request, way).next(way.after)
    if spot is None:
        return _end(request, way)
    second = "/second" if spot.tier is Tier.SECOND else ""
    return RedirectResponse(way.to(f"/review/{spot.report}/{spot.claim}{second}", came=way.came), 303)


@router.get("/review/agreement", name="review_agreement")
def agreement(request: Request) -> Response:
    """How far people agree who looked at the same claims, and who decided how much."""
    way = _way(request)
    asking = _review(request, way)
    twice = asking.twice()
    judged = [[_judged(one) for one in (told.first, *told.seconds)] for told in twice]
    found = agreements(judged)
    pairs = [(told, [(second, changes(_seen(told.first), _seen(second))) for second in told.seconds]) for told in twice]
    more = {**_around_all(request, asking), "pairs": pairs[-_PAIRS:][::-1]}
    return page(request, "agreement.html", way=way, found=found, twice=len(twice), few=_FEW, **more)


@router.get("/review/previous", name="review_previous")
def previous(request: Request, of: str) -> Response:
    """The claim looked at before this one."""
    way = _way(request, "of")
    asking = _review(request, way)
    if way.came and way.came != of:
        return RedirectResponse(way.to(f"/review/{_path(way.came)}"), 303)
    docket = asking.docket(*_path(of).split("/"))
    own = [d.number for d in docket.decisions if d.person == asking.queue.person]
    before = None if own else asking.previous(docket.spot)
    if before:
        second = "/second" if before.tier is Tier.SECOND else ""
        return RedirectResponse(way.to(f"/review/{before.report}/{before.claim}{second}"), 303)
    last = asking.last(own[0] if own else None)
    return RedirectResponse(way.to(f"/review/{last.report}/{last.claim}" if last else f"/review/{_path(of)}"), 303)


@router.post("/review/undo", name="review_undo")
def undo(request: Request, given: Posted) -> Response:
    """Take back the person's own last decision, and show its claim again."""
    way, where = _way(request), _path(given.get("claim", ""))
    report, claim = where.split("/")
    person = _person(request)
    try:
        ledger_of(request).decide(claim, Verdict.UNDO, report=report, person=person, last=_number(given.get("last", "")))
    except ChangedMeanwhile:
        return _claim(request, way, report, claim, 409, since=_number(given.get("last", "")))
    return RedirectResponse(way.to(f"/review/{report}/{claim}"), 303)


@router.get("/review/{report}/{claim}", name="review_claim")
def claim_page(request: Request, report: Key, claim: Id) -> Response:
    """One claim, with all that is known of it."""
    return _claim(request, _way(request), report, claim)


@router.post("/review/{report}/{claim}", name="review_decide")
def decide(request: Request, report: Key, claim: Id, given: Posted) -> Response:
    """Keep what a person says of a claim, and go on to the next one."""
    way, ledger, person = _way(request), ledger_of(request), _person(request)
    asking = _review(request, way)
    docket = asking.docket(report, claim)
    note, last = _note(given), _number(given.get("last", ""))
    # What is flagged or unsure comes again in the same part of the queue: who looked at it goes on after it.
    after = str(docket.spot) if docket.spot.tier in (Tier.FLAGGED, Tier.UNSURE) and docket.verdict in (None, Verdict.UNSURE) else None
    onward = way.to("/review", came=f"{report}:{claim}", **({"after": after} if after else {}))
    if given.get("verdict") == "flag":
        asking.flag(claim, report=report, note=note)
        return RedirectResponse(onward, 303)
    verdict, correction = _verdict(given), None
    if verdict is Verdict.CORRECT:
        made = corrected(docket.claim, docket.report, given, _places(request, report))
        if made.claim is None:
            stale = docket.last != last
            return _claim(request, way, report, claim, 409 if stale else 400, since=last, given=given, problems=made.problems)
        correction = made.claim
    try:
        ledger.decide(claim, verdict, report=report, person=person, correction=correction, note=note, last=last)
    except ChangedMeanwhile:
        return _claim(request, way, report, claim, 409, since=last, given=given)
    return RedirectResponse(way.to(f"/review/{report}/{claim}") if verdict is Verdict.UNDO else onward, 303)


@router.get("/review/{report}/{claim}/second", name="review_second")
def second_page(request: Request, report: Key, claim: Id) -> Response:
    """A claim that another person decided on, as he saw it and without what he said."""
    return _second(request, _way(request), report, claim)


@router.post("/review/{report}/{claim}/second", name="review_second_give")
def give_second(request: Request, report: Key, claim: Id, given: Posted) -> Response:
    """Keep what a second person says. It changes nothing."""
    way = _way(request)
    asking = _review(request, way)
    seen, verdict, correction = asking.first_seen(claim, report=report), _verdict(given), None
    if verdict is Verdict.CORRECT:
        made = corrected(seen, ledger_of(request).report(report), given, _places(request, report))
        if made.claim is None:
            return _second(request, way, report, claim, 400, given, made.problems)
        correction = made.claim
    asking.second(claim, verdict, report=report, correction=correction, note=_note(given))
    return RedirectResponse(way.to("/review"), 303)


def _way(request: Request, *more: str) -> Way:
    """Raises ``BadQuestion``."""
    own = request.query_params
    told = asked(QueryParams([(name, value) for name, value in own.multi_items() if name not in ("which", "came", *more)]))
    which = own.get("which", "")
    if which not in WHICH:
        raise BadQuestion(f"There is no part “{which}” of the queue; there are {', '.join(filter(None, WHICH))}.")
    after = (told.view or {}).get("after")
    came = own.get("came")
    return Way(told, which, Spot.read(after) if after else None, came if came and _path(came) else None)


def _review(request: Request, way: Way) -> Review:
    queue = Queue(_person(request), site_of(request).second_share, way.asked.question, way.asked.grades, WHICH[way.which])
    return ledger_of(request).review(queue)


def _person(request: Request) -> str:
    person = person_of(request)
    return person.name if person else LOCAL


def _path(told: str) -> str:
    """``key:id`` as a part of an address. Raises ``BadQuestion`` for what is none."""
    report, colon, claim = told.partition(":")
    if not colon or any(len(part) != 16 or set(part) - set("0123456789abcdef") for part in (report, claim)):
        raise BadQuestion(f"“{told}” names no claim.")
    return f"{report}/{claim}"


def _number(told: str) -> int | None:
    return int(told) if told.isascii() and told.isdigit() and len(told) < 19 else None


def _verdict(given: Mapping[str, str]) -> Verdict:
    told = given.get("verdict", "")
    if told not in [*Verdict]:
        raise BadQuestion(f"“{told}” is no verdict; there are {', '.join(Verdict)}, and flag.")
    return Verdict(told)


def _note(given: Mapping[str, str]) -> str | None:
    note = given.get("note", "").strip()
    if len(note) > _NOTE:
        raise BadQuestion(f"A note has {_NOTE:,} characters at the most; this one has {len(note):,}.")
    return note or None


def _places(request: Request, report: str) -> list[Any]:
    rows = ledger_of(request).claims(Question(reports=(report,), rejected=True, withdrawn=True))
    return [place for row in rows for place in (row.claim.place, *row.claim.within) if place]


def _claim(
    request: Request,
    way: Way,
    report: str,
    claim: str,
    status: int = 200,
    *,
    since: int | None = None,
    given: Mapping[str, str] | None = None,
    problems: Mapping[str, str] | None = None,
) -> Response:
    """``since`` is the number of the last decision that the person saw: with a status of 409 those after it are told."""
    asking = _review(request, way)
    docket = asking.docket(report, claim)
    if docket.key != report:  # an id that looks like a key
        raise BadQuestion(f"{report} is no report's key.")
    history = _history(docket)
    more = {
        "docket": docket,
        "history": history,
        "meanwhile": [told for told in history if since is not None and told.decision.number > since] if status == 409 else [],
        **_around_all(request, asking),
        "own": any(told.stands and told.decision.person == asking.queue.person for told in history),
        "event": _event(request, docket.event),
        "action": way.to(f"/review/{report}/{claim}"),
        "second": False,
    }
    return _shown(request, way, docket.claim, docket.report, report, status, given, problems, **more)


def _second(
    request: Request,
    way: Way,
    report: str,
    claim: str,
    status: int = 200,
    given: Mapping[str, str] | None = None,
    problems: Mapping[str, str] | None = None,
) -> Response:
    asking = _review(request, way)
    seen = asking.first_seen(claim, report=report)
    docket = asking.docket(report, claim)
    more = {
        "docket": replace(
            docket, claim=seen, verdict=None, corrected=False, decisions=(), flags=(), spot=Spot(Tier.SECOND, 0.0, report, claim)
        ),
        "history": [],
        "meanwhile": [],
        **_around_all(request, asking),
        "own": False,
        "event": _event(request, docket.event, without=claim),
        "action": way.to(f"/review/{report}/{claim}/second"),
        "second": True,
    }
    return _shown(request, way, seen, docket.report, report, status, given, problems, **more)


def _shown(
    request: Request,
    way: Way,
    claim: Claim,
    report: Report,
    key: str,
    status: int,
    given: Mapping[str, str] | None,
    problems: Mapping[str, str] | None,
    **more: Any,
) -> Response:
    form = written(claim)
    if given and given.get("verdict") == Verdict.CORRECT:
        form = form | {name: value for name, value in given.items() if name in form or name.startswith("figure-")}
        ticks = ("cumulative", "approximate")
        form = {name: value for name, value in form.items() if name in given or name.rpartition("-")[2] not in ticks}
    told: dict[str, Any] = {
        "claim": claim,
        "report": report,
        "key": key,
        "form": form,
        "problems": problems or {},
        "note": (given or {}).get("note", ""),
    }
    editing = bool(problems) or bool(given and given.get("verdict") == Verdict.CORRECT)
    around = _around(report, claim)
    told |= {"means": {codes.key: codes.means for codes in CODES}, "room": ROOM, "way": way}
    return page(request, "review.html", status, facts=list(facts(claim)), around=around, editing=editing, **told, **more)


def _around(report: Report, claim: Claim) -> list[Paragraph]:
    """The paragraphs about the claim's sentence, its words marked."""
    text, sentence = report.text, claim.sentence
    start = text.rfind("\n", 0, max(0, sentence.start - _AROUND)) + 1
    end = text.find("\n", min(len(text), sentence.end + _AROUND))
    start = start if sentence.start - start < 4 * _AROUND else sentence.start - _AROUND
    end = min(end if end >= 0 else len(text), sentence.end + 4 * _AROUND)
    return marked(text[start:end], marks(claim), start)


def _history(docket: Docket) -> list[Told]:
    stand = {decision.number for decision in standing(docket.decisions)}
    return [Told(d, changes(d.seen, d.correction) if d.correction else (), d.number in stand) for d in docket.decisions]


def _event(request: Request, id: str | None, without: str | None = None) -> dict[str, Any] | None:
    """The event of a claim: its accounts, each with its numbers; ``without`` a claim that a person is not to see as it stands."""
    if id is None:
        return None
    found: Event = ledger_of(request).event(id)
    rows = []
    for account in found.accounts[:_ACCOUNTS]:
        said = [s for s in account.said if s.claim.id != without]
        if said:
            numbers = [r for r in found.readings if r.speaker == account.speaker and r.claim != without and r.number is not None]
            rows.append({"account": account, "said": said, "numbers": numbers})
    return {"event": found, "rows": rows, "more": max(0, len(found.accounts) - _ACCOUNTS)}


def _end(request: Request, way: Way) -> Response:
    asking = _review(request, way)
    return page(request, "review_end.html", way=way, **_around_all(request, asking))


def _around_all(request: Request, asking: Review) -> dict[str, Any]:
    """What each page of review tells: how far it has come, and what the person decided last. ``alone`` where nobody else can come."""
    return {
        "progress": asking.progress(),
        "left": asking.seconds_left(),
        "last": asking.last(),
        "alone": not site_of(request).guarded,
    }


def _seen(decision: Decision) -> Claim:
    return decision.correction or decision.seen


def _judged(decision: Decision) -> Judgement:
    left = decision.verdict in (Verdict.ACCEPT, Verdict.CORRECT)
    return Judgement(decision.verdict, _seen(decision) if left else None)
