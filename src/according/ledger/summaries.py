"""What lists show of each event: made of its claims once, and made anew where grouping makes the event anew.

Grouping deletes the row of an event that it touches and inserts it again, and the summary goes with the row. So a summary that is there is
true, and an event without one waits for it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

import sqlalchemy as sa

from according.actors.table import actor
from according.events.accounts import Account
from according.events.event import Corroboration, Event
from according.events.reconciling import Rule
from according.events.victims import EVERYBODY
from according.ledger import events as told_events
from according.ledger.schema import events, happenings, summaries
from according.model import ClaimType, Located, Measure, Party, Status
from according.portions import portions

_AT_ONCE = 500
_s = summaries.c

#: Low, best and high of a measure by the rule ``ucdp``; a high of ``None`` is open.
Numbers = tuple[int, int, int | None]


@dataclass(frozen=True, slots=True)
class Summary:
    """An event as a line of a list."""

    event: str
    type: ClaimType
    status: Status
    grade: Corroboration
    first: date | None
    last: date | None
    place: str | None
    country: str | None  # ISO 3166-1 alpha-2
    located: Located | None
    lat: float | None
    lon: float | None
    radius_km: float | None
    actors: tuple[str, ...]
    targets: tuple[str, ...]
    speakers: tuple[str, ...]
    figures: Mapping[Measure, Numbers]
    killed: int | None  # the best of it
    told_first: date | None  # published
    told_last: date | None
    claims: int
    reports: int

    @property
    def mapped(self) -> bool:
        """Whether it may stand on a map: a point in the middle of a country is no place."""
        return self.lat is not None and self.lon is not None and self.located is not Located.COUNTRY


def of(event: Event) -> Summary:
    """The summary of an event."""
    place, time = event.place, event.time
    figures = {r.measure: (r.low, r.best, r.high) for r in event.ranges(Rule.UCDP) if r.group == EVERYBODY}
    published = [s.cited.published for s in event.said if s.cited.published]
    return Summary(
        event=event.id,
        type=event.type,
        status=event.status,
        grade=event.grade,
        first=time.start if time else None,
        last=time.end if time else None,
        place=place.called if place else None,
        country=_country(event),
        located=place.precision if place else None,
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        radius_km=place.radius_km if place else None,
        actors=_once(map(_named, event.actors)),
        targets=_once(map(_named, event.targets)),
        speakers=_once(map(_speaking, event.accounts)),
        figures=figures,
        killed=figures[Measure.KILLED][1] if Measure.KILLED in figures else None,
        told_first=min(published, default=None),
        told_last=max(published, default=None),
        claims=len(event.said),
        reports=len({s.cited.key for s in event.said}),
    )


def missing(connection: sa.Connection) -> int:
    """How many events have none yet."""
    counts = [sa.select(sa.func.count()).select_from(table).scalar_subquery() for table in (events, summaries)]
    there, made = connection.execute(sa.select(*counts)).one()
    return int(there - made)


def make(connection: sa.Connection) -> int:
    """Make some of those that are missing; how many."""
    without = sa.select(events.c.id).outerjoin(summaries, _s.event == events.c.id).where(_s.event.is_(None)).limit(_AT_ONCE)
    ids = connection.execute(without).scalars().all()
    if ids:
        connection.execute(sa.insert(summaries), [_row(of(event)) for event in told_events.those(connection, ids)])
    return len(ids)


def outdated(connection: sa.Connection, report: int) -> None:
    """What is known of this report, besides its claims, changed: the summaries of its events are to be made anew."""
    told = sa.select(happenings.c.event).where(happenings.c.report == report, happenings.c.event.is_not(None))
    connection.execute(sa.delete(summaries).where(_s.event.in_(told)))


def read(connection: sa.Connection, ids: Sequence[str]) -> list[Summary]:
    """The summaries of these events, in this order; without those that have none."""
    found: dict[str, Summary] = {}
    for some in portions(ids, _AT_ONCE):
        found |= {row.event: _summary(row) for row in connection.execute(sa.select(summaries).where(_s.event.in_(some)))}
    return [found[id] for id in ids if id in found]


def _country(event: Event) -> str | None:
    """Where its place is, else where most of the places around it are told to be, of equals the first by its code."""
    if event.place and event.place.country:
        return event.place.country
    around = Counter(place.country for s in event.told for place in (s.claim.place, *s.claim.within) if place and place.country)
    return min(around, key=lambda code: (-around[code], code), default=None)


def _named(party: Party) -> str:
    """As the table of actors calls it, else its words."""
    known = actor(party.actor) if party.actor else None
    return known.name if known else party.span.text


def _speaking(account: Account) -> str:
    speaker = account.speaker
    known = actor(speaker.actor) if speaker.actor and not speaker.own_voice else None
    return known.name if known else speaker.name


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


_LISTS = ("actors", "targets", "speakers")
_DAYS = ("first", "last", "told_first", "told_last")


def _row(summary: Summary) -> dict[str, Any]:
    row = {field.name: getattr(summary, field.name) for field in fields(summary)}
    plain = {name: row[name].value for name in ("type", "status", "grade")}
    days = {name: row[name].isoformat() if row[name] else None for name in _DAYS}
    lists = {name: json.dumps(row[name], ensure_ascii=False) for name in _LISTS}
    figures = json.dumps({measure.value: numbers for measure, numbers in summary.figures.items()})
    return row | plain | days | lists | {"located": summary.located.value if summary.located else None, "figures": figures}


def _summary(row: Any) -> Summary:
    told = dict(row._mapping)
    return Summary(
        **told
        | {name: date.fromisoformat(told[name]) if told[name] else None for name in _DAYS}
        | {name: tuple(json.loads(told[name])) for name in _LISTS}
        | {
            "type": ClaimType(told["type"]),
            "status": Status(told["status"]),
            "grade": Corroboration(told["grade"]),
            "located": Located(told["located"]) if told["located"] else None,
            "figures": {Measure(name): tuple(numbers) for name, numbers in json.loads(told["figures"]).items()},
        }
    )
