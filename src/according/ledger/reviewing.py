"""Claims to be reviewed: which comes next, who decided how much, and second looks that change nothing.

The queue is ordered by worth: what accounts disagree on, times how much hangs on it, times how doubtful the claim is. The worth follows
from the claims and their events' summaries, so the queue is the same for whoever asks, and no row keeps it. A reviewer who passes a claim
over goes on after its spot.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, Self

import sqlalchemy as sa

from according.errors import BadQuestion, BadRecord, NotInLedger
from according.events.event import Corroboration
from according.ledger import asking, audit, deciding, dialects, kept, reading, users, verifying
from according.ledger.audit import Act
from according.ledger.deciding import Decision, Verdict
from according.ledger.moments import now
from according.ledger.question import Question
from according.ledger.schema import claims, decisions, figures, flags, happenings, reports, second_opinions, summaries, tellings
from according.model import Claim, ClaimType, Measure, Report

_c, _r = claims.c, reports.c
#: How many times as much as others a claim is worth of whose event the accounts cannot all be so, or that somebody denies.
DISPUTED = 3.0
#: The same for what is told: of people killed or missing so many or more, of those harmed otherwise three times, of those displaced a
#: hundred times as many.
IMPACTS = ((1000, 5.0), (100, 4.0), (10, 3.0), (1, 2.0))
#: And for who holds a place.
TERRITORY = 3.0
#: Added to the doubt of a claim (1 − its confidence) for a place that was not found, or is hardly sure; and for a time of which no day is
#: known.
AMBIGUOUS = 0.2
_SURE = 0.5  # of a place

_DISPUTED = (Corroboration.CONTESTED, Corroboration.DENIED)
_OF_TERRITORY = (ClaimType.TAKES_TERRITORY, ClaimType.LEAVES_TERRITORY, ClaimType.CONTROL)
_MANY = {Measure.KILLED: 1, Measure.MISSING: 1, Measure.DISPLACED: 100, Measure.RETURNED: 100} | dict.fromkeys(
    (Measure.INJURED, Measure.CASUALTIES, Measure.ABDUCTED, Measure.DETAINED), 3
)
_DIGITS = 16  # hexadecimal, of a claim's id


class Tier(enum.IntEnum):
    """What comes before what."""

    SECOND = 0  # decided on, and to be looked at by another without a sight of that
    OPEN = 1
    FLAGGED = 2
    UNSURE = 3


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """Where a claim stands in the queue."""

    tier: Tier
    worth: float
    report: str  # its key
    claim: str

    def __str__(self) -> str:
        return f"{int(self.tier)}:{self.worth!r}:{self.report}:{self.claim}"

    @classmethod
    def read(cls, told: str) -> Self:
        """The spot that ``str`` wrote. Raises ``BadQuestion``."""
        try:
            tier, worth, report, claim = told.split(":")
            return cls(Tier(int(tier)), float(worth), report, claim)
        except ValueError:
            raise BadQuestion(f"“{told}” is no spot of the queue; begin again without it.") from None


class Worth(NamedTuple):
    """Why a claim stands where it stands: three factors."""

    disagreement: float
    impact: float
    doubt: float

    @property
    def number(self) -> float:
        return self.disagreement * self.impact * self.doubt


@dataclass(frozen=True, slots=True)
class Flag:
    """Somebody wants another to look at a claim. ``settled`` is when somebody decided on it."""

    person: str
    raised: str
    note: str | None = None
    settled: str | None = None


@dataclass(frozen=True, slots=True)
class Docket:
    """A claim with all that a reviewer is to know of it."""

    claim: Claim
    report: Report
    key: str  # the report's
    verdict: Verdict | None
    corrected: bool
    withdrawn: bool
    decisions: tuple[Decision, ...]
    flags: tuple[Flag, ...]
    worth: Worth
    spot: Spot
    event: str | None

    @property
    def last(self) -> int:
        """The number of the last decision on it, 0 where there is none."""
        return self.decisions[-1].number if self.decisions else 0


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a review has come. Days are those of UTC."""

    claims: int
    decided: int
    flagged: int
    unsure: int
    today: int  # decisions
    people: tuple[tuple[str, int, int], ...]  # name, decisions, of these today; who made most first


@dataclass(frozen=True, slots=True)
class Queue:
    """Whose queue, of which claims. ``share`` of the claims that were decided on go to a second person."""

    person: str
    share: float = 0.0
    question: Question = field(default_factory=Question)
    grades: tuple[Corroboration, ...] = ()  # of their events; any where none is named
    tiers: frozenset[Tier] = frozenset(Tier)


@dataclass(frozen=True, slots=True)
class Twice:
    """The first decision on a claim that stands, and what others said of it who had not seen that."""

    first: Decision
    seconds: tuple[Decision, ...]


def neighbour(connection: sa.Connection, queue: Queue, spot: Spot | None, *, before: bool = False) -> Spot | None:
    """The spot after this one, the first where none is given; with ``before`` the one before it. ``None`` at the end of the queue."""
    at = spot.tier if spot else Tier.SECOND
    left = {tier for tier in queue.tiers if (tier <= at if before else tier >= at)}
    finds = [_second, _first_sight][:: -1 if before else 1]
    found = (find(connection, queue, left, spot, before) for find in finds)
    return next((one for one in found if one), None)


def docket(connection: sa.Connection, report: str, claim: str) -> Docket:
    """A claim of a report (its id or key). Raises ``NotInLedger``."""
    number = reading.number_of(connection, report)
    row = deciding.row_of(connection, number, claim)
    if row is None:
        raise NotInLedger(f"Report {report} has no claim {claim}.")
    [told] = kept.whole(connection, [row])
    key = connection.execute(sa.select(_r.key).where(_r.n == number)).scalar_one()
    event = sa.select(happenings.c.event).join(tellings, tellings.c.happening == happenings.c.n).where(tellings.c.claim == row.n).limit(1)
    raised = sa.select(flags).where(flags.c.report == number, flags.c.claim == claim).order_by(flags.c.n)
    weighed = connection.execute(_weighed().where(_c.n == row.n)).one()
    worth = Worth(*(float(factor) for factor in weighed[1:4]))
    return Docket(
        claim=told,
        report=reading.report(connection, number),
        key=key,
        verdict=Verdict(row.verdict) if row.verdict else None,
        corrected=row.machine is not None,
        withdrawn=bool(row.withdrawn),
        decisions=tuple(deciding.of(connection, number, claim)),
        flags=tuple(Flag(f.person, f.raised, f.note, f.settled) for f in connection.execute(raised)),
        worth=worth,
        spot=Spot(Tier(weighed.tier), weighed.worth, key, claim),
        event=connection.execute(event).scalar(),
    )


def flag(connection: sa.Connection, report: str, claim: str, person: str, note: str | None) -> None:
    """Ask others to look at a claim. Raises ``NotInLedger``."""
    number = reading.number_of(connection, report)
    if deciding.row_of(connection, number, claim) is None:
        raise NotInLedger(f"Report {report} has no claim {claim}.")
    connection.execute(sa.insert(flags).values(report=number, claim=claim, note=note, person=person, raised=now()))
    _audited(connection, number, claim, person, Act.FLAGGED)


def last_of(connection: sa.Connection, person: str, before: int | None = None) -> Decision | None:
    """The last decision of a person that he has not taken back; the last before the one of a number."""
    query = sa.select(decisions, _r.key.label("report_id")).join(reports, _r.n == decisions.c.report)
    query = query.where(decisions.c.person == person, decisions.c.verdict != Verdict.UNDO.value).order_by(decisions.c.n.desc())
    if before is not None:
        query = query.where(decisions.c.n < before)
    taken_back: dict[tuple[int, str], set[int]] = {}
    for row in connection.execute(query.execution_options(yield_per=20)):
        where = row.report, row.claim
        if where not in taken_back:
            stand = {decision.number for decision in deciding.standing(deciding.of(connection, *where))}
            taken_back[where] = stand
        if row.n in taken_back[where]:
            return deciding.decision_of(row)
    return None


def progress(connection: sa.Connection, queue: Queue) -> Progress:
    """Of the claims asked for that are to be reviewed, how many are decided; and what each person has decided, in all."""
    count = sa.func.count
    flagged = _flagged()
    counted = sa.select(
        count(), count(_c.verdict), count(sa.case((flagged, 1))), count(sa.case((_c.verdict == Verdict.UNSURE.value, 1)))
    ).select_from(claims.join(reports, _r.n == _c.report))
    everything, decided, raised, unsure = connection.execute(counted.where(*_asked(connection, queue))).one()
    one = sa.case((decisions.c.verdict == Verdict.UNDO.value, -1), else_=1)
    day = now()[:10]
    today = sa.case((decisions.c.decided >= day, one), else_=0)
    by_person = sa.select(decisions.c.person, sa.func.sum(one), sa.func.sum(today)).group_by(decisions.c.person)
    people = [(name, int(n), max(0, int(of_today))) for name, n, of_today in connection.execute(by_person)]
    people.sort(key=lambda person: (-person[1], person[0]))
    return Progress(everything, decided, raised, unsure, sum(n for _, _, n in people), tuple(people))


def first_seen(connection: sa.Connection, queue: Queue, report: str, claim: str) -> tuple[int, Decision]:
    """The first decision on a claim that this person is to look at a second time, and its report's number.

    Raises ``BadRecord`` where the claim is none of the share, is not decided on, or the person knows what was decided.
    """
    number = reading.number_of(connection, report)
    standing = deciding.standing(decided := deciding.of(connection, number, claim))
    given = sa.select(second_opinions.c.person).where(second_opinions.c.report == number, second_opinions.c.claim == claim)
    people = {decision.person for decision in decided} | set(connection.execute(given).scalars())
    if not standing or queue.person in people or not (queue.share >= 1 or claim < _bound(queue.share)):
        raise BadRecord(f"Claim {claim} is not up for a second look by {queue.person}.")
    return number, standing[0]


def second(
    connection: sa.Connection,
    queue: Queue,
    report: str,
    claim: str,
    verdict: Verdict,
    correction: Claim | None,
    note: str | None,
) -> None:
    """Keep what a second person says of a claim as the first one saw it. It changes nothing. Raises ``BadRecord``."""
    number, first = first_seen(connection, queue, report, claim)
    if verdict is Verdict.UNDO:
        raise BadRecord("A second look is given once, and not taken back.")
    deciding.checked(verdict, correction, first.seen, reading.report(connection, number))
    values = {"report": number, "claim": claim, "verdict": verdict.value, "seen": deciding.written(first.seen), "note": note}
    values |= {"correction": deciding.written(correction) if correction else None, "person": queue.person, "decided": now()}
    made = connection.execute(sa.insert(second_opinions).values(values).returning(second_opinions.c.n)).scalar_one()
    told = {"decision": made, "verdict": verdict.value, "sha256": verifying.sealed(values)}
    _audited(connection, number, claim, queue.person, Act.SECOND, **told)


def _audited(connection: sa.Connection, number: int, claim: str, person: str, act: Act, **detail: Any) -> None:
    key = connection.execute(sa.select(_r.key).where(_r.n == number)).scalar_one()
    audit.add(connection, users.called(connection, person), act, f"claim {claim}", report=key, **detail)


def twice(connection: sa.Connection) -> list[Twice]:
    """All claims that two people looked at, each without a sight of what the other said; in the order of the second looks."""
    query = sa.select(second_opinions, _r.id.label("report_id")).join(reports, _r.n == second_opinions.c.report)
    given: dict[tuple[int, str], list[Decision]] = {}
    for row in connection.execute(query.order_by(second_opinions.c.n)):
        given.setdefault((row.report, row.claim), []).append(deciding.decision_of(row))
    found = []
    for (number, claim), seconds in given.items():
        if standing := deciding.standing(deciding.of(connection, number, claim)):
            found.append(Twice(standing[0], tuple(seconds)))
    return found


def seconds_left(connection: sa.Connection, queue: Queue) -> int:
    """How many of the claims asked for this person may look at a second time."""
    query = sa.select(sa.func.count()).select_from(claims.join(reports, _r.n == _c.report))
    return int(connection.execute(query.where(*_up_for_second(connection, queue))).scalar_one())


def _asked(connection: sa.Connection, queue: Queue) -> list[sa.ColumnElement[bool]]:
    """What is reviewed at all: copies are not, for what is told in them is told in what they copy."""
    wanted = replace(queue.question, independent=True, rejected=True, versions=False, withdrawn=False, limit=None)
    asked = list(asking.asked_claims(connection, wanted))
    if queue.grades:
        of_events = tellings.join(happenings, happenings.c.n == tellings.c.happening).join(
            summaries, summaries.c.event == happenings.c.event
        )
        graded = summaries.c.grade.in_([grade.value for grade in queue.grades])
        asked.append(_c.n.in_(sa.select(tellings.c.claim).select_from(of_events).where(graded)))
    return asked


def _first_sight(connection: sa.Connection, queue: Queue, tiers: set[Tier], spot: Spot | None, before: bool) -> Spot | None:
    if not (wanted := tiers - {Tier.SECOND}):
        return None
    weighed = _weighed()
    row = weighed.selected_columns
    order = [row.tier, -row.worth, *_by_name(connection)]
    weighed = weighed.where(*_asked(connection, queue), sa.or_(_c.verdict.is_(None), _c.verdict == Verdict.UNSURE.value))
    if len(wanted) < len(Tier) - 1:
        weighed = weighed.where(row.tier.in_([int(tier) for tier in wanted]))
    if spot and spot.tier is not Tier.SECOND:
        weighed = weighed.where(_beyond(order, (int(spot.tier), -spot.worth, spot.report, spot.claim), before))
    found = connection.execute(weighed.order_by(*(part.desc() if before else part for part in order)).limit(1)).first()
    return Spot(Tier(found.tier), found.worth, found.key, found.id) if found else None


def _second(connection: sa.Connection, queue: Queue, tiers: set[Tier], spot: Spot | None, before: bool) -> Spot | None:
    if Tier.SECOND not in tiers:
        return None
    wanted = sa.select(_r.key, _c.id).select_from(claims.join(reports, _r.n == _c.report)).where(*_up_for_second(connection, queue))
    order = _by_name(connection)
    if spot and spot.tier is Tier.SECOND:
        wanted = wanted.where(_beyond(order, (spot.report, spot.claim), before))
    found = connection.execute(wanted.order_by(*(part.desc() if before else part for part in order)).limit(1)).first()
    return Spot(Tier.SECOND, 0.0, found.key, found.id) if found else None


def _up_for_second(connection: sa.Connection, queue: Queue) -> list[sa.ColumnElement[bool]]:
    decided = decisions.c.report == _c.report, decisions.c.claim == _c.id
    given = second_opinions.c.report == _c.report, second_opinions.c.claim == _c.id
    up = [_c.verdict.is_not(None), ~sa.exists().where(*decided, decisions.c.person == queue.person), ~sa.exists().where(*given)]
    if queue.share < 1:
        up.append(dialects.sorting(connection.dialect.name, _c.id) < _bound(queue.share))
    return [*_asked(connection, queue), *up]


def _bound(share: float) -> str:
    """Ids below it are so large a share of all: an id is a hash, and falls anywhere."""
    return f"{int(share * 16**_DIGITS):0{_DIGITS}x}"


def _by_name(connection: sa.Connection) -> list[sa.ColumnElement[Any]]:
    return [dialects.sorting(connection.dialect.name, column) for column in (_r.key, _c.id)]


def _beyond(order: list[Any], at: tuple[Any, ...], before: bool) -> sa.ColumnElement[bool]:
    """What comes after values in an order of several columns, or before them."""
    first, *rest = order
    further = first < at[0] if before else first > at[0]
    return sa.or_(further, sa.and_(first == at[0], _beyond(rest, at[1:], before))) if rest else further


def _flagged() -> sa.ColumnElement[bool]:
    return sa.exists().where(flags.c.report == _c.report, flags.c.claim == _c.id, flags.c.settled.is_(None))


def _weighed() -> sa.Select[Any]:
    """Each claim with its tier, the three factors of its worth and their product, its report's key and its id; to be narrowed."""
    grade, harm = summaries.c.grade, _harm()
    disagreement = sa.case((grade.in_([one.value for one in _DISPUTED]), sa.literal(DISPUTED)), else_=sa.literal(1.0))
    told = sa.func.coalesce(harm, sa.literal(1.0))
    impact = sa.case((sa.and_(_c.type.in_([one.value for one in _OF_TERRITORY]), told < TERRITORY), sa.literal(TERRITORY)), else_=told)
    nowhere = sa.and_(_c.place_text.is_not(None), sa.or_(_c.place_lat.is_(None), _c.place_score < _SURE))
    never = sa.and_(_c.time_text.is_not(None), _c.time_from.is_(None), _c.time_to.is_(None))
    doubt = sa.literal(1.0) - _c.confidence
    for vague in (nowhere, never):
        doubt = doubt + sa.case((vague, sa.literal(AMBIGUOUS)), else_=sa.literal(0.0))
    tier = sa.case((_c.verdict == Verdict.UNSURE.value, int(Tier.UNSURE)), (_flagged(), int(Tier.FLAGGED)), else_=int(Tier.OPEN))
    worth = (disagreement * impact * doubt).label("worth")
    named = tier.label("tier"), disagreement.label("disagreement"), impact.label("impact"), doubt.label("doubt"), worth, _r.key, _c.id
    return sa.select(*named).select_from(
        claims.join(reports, _r.n == _c.report)
        .outerjoin(tellings, tellings.c.claim == _c.n)
        .outerjoin(happenings, happenings.c.n == tellings.c.happening)
        .outerjoin(summaries, summaries.c.event == happenings.c.event)
    )


def _harm() -> sa.ScalarSelect[Any]:
    """How much what a claim tells of people who suffered adds to its worth; NULL where it tells of none."""
    many = sa.func.coalesce(figures.c.low, figures.c.high)
    steps = [
        (sa.and_(figures.c.measure.in_([m.value for m, times in _MANY.items() if times == scale]), many >= least * scale), sa.literal(much))
        for scale in sorted(set(_MANY.values()))
        for least, much in IMPACTS
    ]
    return sa.select(sa.func.max(sa.case(*steps, else_=sa.literal(1.0)))).where(figures.c.claim == _c.n).scalar_subquery()
