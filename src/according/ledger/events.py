"""Events read out of the ledger: by what is asked of their claims, or by their ids, which never die."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations
from typing import Any

import sqlalchemy as sa

from according.errors import BadQuestion, NotInLedger
from according.events.accounts import Citation, Said
from according.events.event import Event, Tie, event, event_id
from according.events.happening import Happening, sort_of
from according.events.holdings import Holding, holdings
from according.events.series import Series, series
from according.events.weighing import weigh
from according.ledger import asking, grouping, kept
from according.ledger.question import Question
from according.ledger.schema import claims, events, former_events, reports, sources, tellings
from according.ledger.schema import happenings as happenings_table
from according.model import ClaimType
from according.portions import portions

_BATCH = 200
_h, _t = happenings_table.c, tellings.c
_ORIGINAL = reports.alias()
#: What is shown of why accounts stand together: the strongest ties.
_TIES = 50


def asked(connection: sa.Connection, question: Question, after: str | None = None) -> Iterator[Event]:
    """The events with a claim that is asked for, whole, in the order of their days; those without a day last.

    With ``after``, an event's id, those that come after it. Raises ``NotInLedger``.
    """
    told = (
        sa.select(_h.event)
        .join(tellings, _t.happening == _h.n)
        .join(claims, claims.c.n == _t.claim)
        .join(reports, reports.c.n == claims.c.report)
    )
    ids = sa.select(events.c.id).where(events.c.id.in_(told.where(*asking.asked_claims(connection, question))))
    ids = ids.order_by(events.c.first.is_(None), events.c.first, events.c.id).limit(question.limit)
    if after is not None:
        ids = ids.where(_coming_after(connection, after))
    for some in portions(connection.execute(ids).scalars().all(), _BATCH):
        yield from those(connection, some)


def those(connection: sa.Connection, ids: Sequence[str]) -> Iterator[Event]:
    """The events of these ids, which must be there, in this order."""
    found = _said(connection, ids)
    yield from (event(found[id]) for id in ids)


def _coming_after(connection: sa.Connection, id: str) -> sa.ColumnElement[bool]:
    c = events.c
    last = connection.execute(sa.select(c.first).where(c.id == id)).first()
    if last is None:
        raise NotInLedger(f"There is no event {id} in this ledger any more, so nothing comes after it.")
    beside = sa.and_(c.first.is_not_distinct_from(last.first), c.id > id)
    return beside if last.first is None else sa.or_(beside, c.first > last.first, c.first.is_(None))


def by_id(connection: sa.Connection, told: str) -> Event:
    """The event that this id is of, or became, with the ties between its accounts. Raises ``NotInLedger``."""
    id = current(connection, told)
    return event(_said(connection, [id])[id], _ties(connection, id))


def current(connection: sa.Connection, told: str) -> str:
    """The id that an event goes by now: after a merge another may stand first. Raises ``NotInLedger``."""
    seen: set[str] = set()
    asked = told
    while told not in seen:
        seen.add(told)
        if connection.execute(sa.select(events.c.id).where(events.c.id == told)).first():
            return told
        home = connection.execute(sa.select(_h.event).join(tellings, _t.happening == _h.n).where(_t.seed == told)).scalar()
        if home:
            return str(home)
        row = connection.execute(sa.select(former_events.c.event).where(former_events.c.id == told)).first()
        if row is None:
            raise NotInLedger(f"There is no event {asked} in this ledger; `according events` lists those there are.")
        if row.event is None:
            raise NotInLedger(f"Nothing in this ledger tells of event {asked} any more: the claims that it rested on are gone.")
        told = row.event
    raise NotInLedger(f"There is no event {asked} in this ledger; `according events` lists those there are.")


def of_report(connection: sa.Connection, question: Question) -> Iterator[tuple[str, str | None]]:
    """Each report asked for, its id and its event: of those that it tells of the one told by most reports, of equals by most of its claims,
    then the first. ``None`` for a report that tells of none.
    """
    for row in asking.reports(connection, question):
        number = connection.execute(sa.select(reports.c.n).where(reports.c.key == row.key)).scalar_one()
        told = (
            sa.select(_h.event, sa.func.count().label("claims"), events.c.reports, sa.func.min(claims.c.trigger_start).label("start"))
            .join(tellings, _t.happening == _h.n)
            .join(claims, claims.c.n == _t.claim)
            .join(events, events.c.id == _h.event)
            .where(_h.report == number)
            .group_by(_h.event, events.c.reports)
        )
        found = connection.execute(told).all()
        best = min(found, key=lambda r: (-r.reports, -r.claims, r.start, r.event), default=None)
        yield row.id, best.event if best else None


def series_of(connection: sa.Connection, question: Question) -> list[Series]:
    """The tolls over spans of time that are asked for."""
    return series(_asked_said(connection, question, totals=True))


def holdings_of(connection: sa.Connection, question: Question, known: date | None = None) -> list[Holding]:
    """Who held which place, from the claims asked for; with ``known`` as it could be known on that day."""
    territory = (ClaimType.TAKES_TERRITORY, ClaimType.LEAVES_TERRITORY, ClaimType.CONTROL)
    return holdings(_asked_said(connection, replace(question, types=territory)), known)


def refs(found: Event) -> list[tuple[str, str]]:
    return [(s.cited.key, s.claim.id) for s in found.said]


def parts(found: Event, told: Sequence[str]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The claims of an event that are named, by their ids or by the ids or keys of their reports, and the rest. Raises ``BadQuestion``."""
    named = set(told)
    out = [(s.cited.key, s.claim.id) for s in found.said if named & {s.claim.id, s.cited.key, s.cited.id}]
    known = {name for s in found.said for name in (s.claim.id, s.cited.key, s.cited.id)}
    if missing := sorted(named - known):
        raise BadQuestion(f"Event {found.id} has no claim or report {', '.join(missing)}; `according event {found.id}` lists those it has.")
    rest = [ref for ref in refs(found) if ref not in out]
    if not out or not rest:
        raise BadQuestion(f"A split leaves claims on both sides: name some of event {found.id}, not none and not all.")
    return out, rest


def id_of(connection: sa.Connection, ref: tuple[str, str]) -> str:
    """The id of the event that a claim is of now."""
    return current(connection, event_id(*ref))


def _asked_said(connection: sa.Connection, question: Question, *, totals: bool = False) -> list[Said]:
    found = []
    for row, original in _with_originals(connection, asking.claims(connection, question, totals=totals)):
        r = row.report
        found.append(Said(row.claim, Citation(r.key, r.id, r.source, r.published, original, r.title, r.url), sort_of(row.claim)))
    return found


def _with_originals(connection: sa.Connection, rows: Iterable[Any]) -> Iterator[tuple[Any, str]]:
    query = sa.select(reports.c.key, _ORIGINAL.c.key.label("original")).join(_ORIGINAL, _ORIGINAL.c.n == reports.c.original)
    for some in portions(rows, _BATCH):
        keys = {row.report.key for row in some}
        of = {row.key: row.original for row in connection.execute(query.where(reports.c.key.in_(keys)))}
        yield from ((row, of.get(row.report.key, row.report.key)) for row in some)


def _said(connection: sa.Connection, ids: Sequence[str]) -> dict[str, list[Said]]:
    """The claims of these events."""
    query = sa.select(
        claims, reports.c.id.label("report_id"), _h.event.label("event_id"), reports.c.key, reports.c.published, reports.c.title,
        reports.c.url, sources.c.name.label("source"), _ORIGINAL.c.key.label("original"),
    ).select_from(
        claims.join(tellings, _t.claim == claims.c.n)
        .join(happenings_table, _h.n == _t.happening)
        .join(reports, reports.c.n == claims.c.report)
        .outerjoin(sources, sources.c.n == reports.c.source)
        .outerjoin(_ORIGINAL, _ORIGINAL.c.n == reports.c.original)
    ).where(_h.event.in_(ids)).order_by(claims.c.n)  # fmt: skip
    rows = connection.execute(query).all()
    found: dict[str, list[Said]] = defaultdict(list)
    for row, claim in zip(rows, kept.whole(connection, rows), strict=True):
        day = date.fromisoformat(row.published) if row.published else None
        cited = Citation(row.key, row.report_id, row.source, day, row.original or row.key, row.title, row.url)
        found[row.event_id].append(Said(claim, cited, sort_of(claim)))
    return found


def _ties(connection: sa.Connection, id: str) -> list[Tie]:
    """The strongest of what its accounts have in common, two and two."""
    told = sorted(grouping.happenings_of(connection, id), key=lambda h: h.key)[:_TIES]
    found = [tie for a, b in combinations(told, 2) if (tie := _tie(a, b))]
    return sorted(found, key=lambda tie: (-tie.points, tie.one, tie.other))[:_TIES]


def _tie(a: Happening, b: Happening) -> Tie | None:
    link = weigh(a, b)
    return Tie(a.claims[0], b.claims[0], link.points, link.why) if link else None
