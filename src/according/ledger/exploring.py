"""Events as lists, a map and a timeline show them: asked of their summaries, in one statement, so that an answer is of one moment and the
claims that a filter is about are looked through once.
"""

from __future__ import annotations

import binascii
import enum
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from according.errors import BadQuestion
from according.events.event import Corroboration
from according.ledger import asking, dialects, summaries
from according.ledger.question import Question
from according.ledger.schema import claims, happenings, reports, tellings
from according.ledger.schema import summaries as summaries_table
from according.ledger.summaries import Summary
from according.model import Located

_c, _h, _r, _s, _t = claims.c, happenings.c, reports.c, summaries_table.c, tellings.c
_OTHER, _NEWEST = happenings.alias(), reports.alias()
#: Events of one page, where nothing else is said and at the most.
SIZE, MOST = 50, 500
#: Of the events that stand on no map, so many are shown in the list of them.
_UNMAPPED = 25
#: Of the speakers, so many are counted.
_SPEAKERS = 12


class Order(enum.StrEnum):
    """By which column a table stands, and which way; what has nothing there comes last, equals follow their ids."""

    NEWEST = "-day"
    OLDEST = "day"
    MOST_KILLED = "-killed"
    LEAST_KILLED = "killed"
    MOST_REPORTS = "-reports"
    FEWEST_REPORTS = "reports"
    TYPE = "type"
    TYPE_BACKWARDS = "-type"
    PLACE = "place"
    PLACE_BACKWARDS = "-place"

    @property
    def column(self) -> str:
        return self.value.removeprefix("-")

    @property
    def falls(self) -> bool:
        return self.value.startswith("-")


@dataclass(frozen=True, slots=True)
class Paging:
    """Which events of those asked for: ``size`` in this order, after the one that a cursor names."""

    order: Order = Order.NEWEST
    size: int = SIZE
    after: str | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.size <= MOST:
            raise BadQuestion(f"A page has 1 to {MOST} events, not {self.size}.")


@dataclass(frozen=True, slots=True)
class Stretch:
    """How many events are told to be of these days, no more narrowly."""

    first: date
    last: date
    events: int


@dataclass(frozen=True, slots=True)
class Days:
    """When events were: on which days, in their order, and how many have none."""

    stretches: tuple[Stretch, ...]
    undated: int

    @property
    def events(self) -> int:
        return self.undated + sum(stretch.events for stretch in self.stretches)


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is in a whole ledger to choose from."""

    types: tuple[str, ...]  # those of most events first
    countries: tuple[str, ...]
    happened: tuple[date, date] | None  # the first and the last day of any event
    published: tuple[date, date] | None  # of any report of one


@dataclass(frozen=True, slots=True)
class Overview:
    """All events asked for, counted."""

    days: Days
    unmapped: int  # with no place, or none narrower than a country
    of_countries: tuple[tuple[str, int], ...]  # of these, those of which the country is known; where most are, first
    unmapped_newest: tuple[Summary, ...]  # the first of them
    types: tuple[tuple[str, int], ...]  # those of most events first
    statuses: tuple[tuple[str, int], ...]
    grades: tuple[tuple[str, int], ...]
    countries: tuple[tuple[str, int], ...]
    speakers: tuple[tuple[str, int], ...]  # of these the first few alone

    @property
    def events(self) -> int:
        return self.days.events


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of events, and the cursor of the page after it; ``None`` at the end."""

    rows: tuple[Summary, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class Point:
    """An event as a mark on a map: never without how far around it may have been."""

    lon: float
    lat: float
    radius_km: float | None
    type: str
    event: str
    first: str | None  # day
    killed: int | None
    place: str


def explored(
    connection: sa.Connection, question: Question, grades: Sequence[Corroboration], paging: Paging, *, counted: bool = True
) -> tuple[Listed, Overview | None]:
    """A page of the events asked for and, where they are to be ``counted``, the overview of all. Raises ``BadQuestion`` for a cursor that
    is none of this order's.
    """
    found = _found(connection, question, grades)
    dialect = connection.dialect.name
    parts = [_page("page", dialect, found, paging)]
    if counted:
        parts += [_page("unmapped", dialect, found, Paging(size=_UNMAPPED), ~found.c.mapped), *_counts(dialect, found)]
    told: dict[str, list[Any]] = defaultdict(list)
    for row in connection.execute(sa.union_all(*parts)):
        told[row.part].append(row)
    return _listed(connection, told["page"], paging), _overview(connection, told) if counted else None


def points(connection: sa.Connection, question: Question, grades: Sequence[Corroboration]) -> list[Point]:
    """The events asked for that may stand on a map, in the order of their ids."""
    query = sa.select(_s.lon, _s.lat, _s.radius_km, _s.type, _s.event, _s.first, _s.killed, _s.place)
    query = query.where(_mapped(summaries_table), *_asked(connection, question, grades)).order_by(_s.event)
    return [Point(*row) for row in connection.execute(query)]


def days(connection: sa.Connection, question: Question, grades: Sequence[Corroboration]) -> Days:
    """When the events asked for were."""
    query = sa.select(_s.first, _s.last, sa.func.count()).where(*_asked(connection, question, grades)).group_by(_s.first, _s.last)
    return _days(connection.execute(query))


def choices(connection: sa.Connection) -> Choices:
    """What a filter may name of this ledger's events."""
    often = sa.func.count().desc()
    types, countries = (
        connection.execute(sa.select(column).where(column.is_not(None)).group_by(column).order_by(often, column)).scalars().all()
        for column in (_s.type, _s.country)
    )
    ends = [(sa.func.min(first), sa.func.max(last)) for first, last in ((_s.first, _s.last), (_s.told_first, _s.told_last))]
    spans = connection.execute(sa.select(*ends[0], *ends[1])).one()
    return Choices(tuple(types), tuple(countries), _span(*spans[:2]), _span(*spans[2:]))


def _asked(connection: sa.Connection, question: Question, grades: Sequence[Corroboration]) -> list[sa.ColumnElement[bool]]:
    """On ``summaries``: an event with a claim that is asked for, of one of these grades."""
    asked = [_s.grade.in_([grade.value for grade in grades])] if grades else []
    if question == Question():
        return [*asked, _s.event.not_in(_replaced())]
    told = sa.select(_h.event).join(tellings, _t.happening == _h.n).join(claims, _c.n == _t.claim).join(reports, _r.n == _c.report)
    return [*asked, _s.event.in_(told.where(*asking.asked_claims(connection, question)))]


def _replaced() -> sa.Select[Any]:
    """The events that are told by reports alone that a newer version replaced: all that a question without filters leaves out."""
    newest = sa.select(_OTHER.c.n).join(_NEWEST, _NEWEST.c.n == _OTHER.c.report)
    newest = newest.where(_OTHER.c.event == _h.event, _NEWEST.c.replaced_by.is_(None))
    replaced = sa.select(_r.n).where(_r.replaced_by.is_not(None))
    return sa.select(_h.event).where(_h.report.in_(replaced), _h.event.is_not(None), ~newest.exists())


def _found(connection: sa.Connection, question: Question, grades: Sequence[Corroboration]) -> sa.CTE:
    """The events asked for, with all that they are counted and sorted by; found once, whatever is made of them."""
    columns = (_s.event, _s.type, _s.status, _s.grade, _s.country, _s.first, _s.last, _s.killed, _s.reports, _s.place, _s.speakers)
    found = sa.select(*columns, _mapped(summaries_table).label("mapped")).where(*_asked(connection, question, grades))
    return found.cte("found").prefix_with("MATERIALIZED")


def _mapped(of: Any) -> sa.ColumnElement[bool]:
    """As ``Summary.mapped``."""
    return sa.and_(of.c.lat.is_not(None), of.c.lon.is_not(None), sa.func.coalesce(of.c.located, "") != Located.COUNTRY.value)


def _page(name: str, dialect: str, found: sa.CTE, paging: Paging, *conditions: sa.ColumnElement[bool]) -> sa.Select[Any]:
    """One more than the page has: whether there is another one."""
    column, id = _sorted_by(dialect, found.c[_COLUMN[paging.order.column]]), dialects.sorting(dialect, found.c.event)
    order = (column.is_(None), column.desc() if paging.order.falls else column, id)
    ranked = sa.select(found.c.event, sa.func.row_number().over(order_by=order).label("rank")).where(*conditions)
    if paging.after is not None:
        value, last = _read(paging)
        if value is None:
            ranked = ranked.where(column.is_(None), id > last)
        else:
            beyond = column < value if paging.order.falls else column > value
            ranked = ranked.where(sa.or_(beyond, sa.and_(column == value, id > last), column.is_(None)))
    inner = ranked.order_by(*order).limit(paging.size + 1).subquery()
    return _part(name, inner.c.event, None, inner.c.rank)


def _counts(dialect: str, found: sa.CTE) -> list[sa.Select[Any]]:
    count = sa.func.count()
    each = dialects.each(dialect, found.c.speakers)
    name = sa.type_coerce(each.c.value, sa.Text)
    often = sa.select(name.label("name"), count.label("events")).select_from(found, each).group_by(name)
    spoken = often.order_by(count.desc(), dialects.sorting(dialect, name)).limit(_SPEAKERS).subquery()
    columns = {"types": found.c.type, "statuses": found.c.status, "grades": found.c.grade, "countries": found.c.country}
    return [
        _part("stretches", found.c.first, found.c.last, count).group_by(found.c.first, found.c.last),
        _part("of_countries", found.c.country, None, count).where(~found.c.mapped).group_by(found.c.country),
        *(_part(name, column, None, count).group_by(column) for name, column in columns.items()),
        _part("speakers", spoken.c.name, None, spoken.c.events),
    ]


def _part(name: str, one: Any, other: Any, number: Any) -> sa.Select[Any]:
    """A row of the one statement: what it is part of, two texts, a number."""
    texts = (sa.cast(sa.null(), sa.Text) if text is None else text for text in (one, other))
    names = ("one", "other")
    told = (text.label(label) for text, label in zip(texts, names, strict=True))
    return sa.select(sa.literal(name, sa.Text, literal_execute=True).label("part"), *told, sa.cast(number, sa.BigInteger).label("number"))


def _overview(connection: sa.Connection, told: dict[str, list[Any]]) -> Overview:
    def most(name: str) -> tuple[tuple[str, int], ...]:
        return tuple(sorted(((row.one, row.number) for row in told[name] if row.one), key=lambda pair: (-pair[1], pair[0])))

    return Overview(
        days=_days((row.one, row.other, row.number) for row in told["stretches"]),
        unmapped=sum(row.number for row in told["of_countries"]),
        of_countries=most("of_countries"),
        unmapped_newest=_listed(connection, told["unmapped"], Paging(size=_UNMAPPED)).rows,
        types=most("types"),
        statuses=most("statuses"),
        grades=most("grades"),
        countries=most("countries"),
        speakers=most("speakers"),
    )


def _days(rows: Iterable[Any]) -> Days:
    """Of rows that are a first day, a last one, and how many events have them."""
    told = [*map(tuple, rows)]
    dated = sorted(row for row in told if row[0])
    stretches = (Stretch(date.fromisoformat(first), date.fromisoformat(last), n) for first, last, n in dated)
    return Days(tuple(stretches), sum(n for first, _, n in told if not first))


def _span(first: str | None, last: str | None) -> tuple[date, date] | None:
    return (date.fromisoformat(first), date.fromisoformat(last)) if first and last else None


def _listed(connection: sa.Connection, rows: Sequence[Any], paging: Paging) -> Listed:
    ids = [row.one for row in sorted(rows, key=lambda row: row.number)]
    shown = summaries.read(connection, ids[: paging.size])
    return Listed(tuple(shown), _cursor(shown[-1], paging.order) if len(ids) > paging.size else None)


#: The column of ``summaries`` for each that one may sort by.
_COLUMN = {"day": "first", "killed": "killed", "reports": "reports", "type": "type", "place": "place"}
_KINDS: dict[str, type] = {"day": str, "killed": int, "reports": int, "type": str, "place": str}


def _sorted_by(dialect: str, column: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    return dialects.sorting(dialect, column) if isinstance(column.type, sa.Text) else column


def _cursor(last: Summary, order: Order) -> str:
    """After which event the next page begins: what it is sorted by, and its id. Not to be read by anybody but us."""
    value = getattr(last, _COLUMN[order.column])
    told = value.isoformat() if isinstance(value, date) else value
    return urlsafe_b64encode(json.dumps([order.value, told, last.event]).encode()).decode().rstrip("=")


def _read(paging: Paging) -> tuple[Any, str]:
    after = paging.after or ""
    try:
        order, value, event = json.loads(urlsafe_b64decode(after + "=" * (-len(after) % 4)))
        if order == paging.order and isinstance(event, str) and (value is None or type(value) is _KINDS[paging.order.column]):
            return value, event
    except (ValueError, TypeError, binascii.Error):
        pass
    raise BadQuestion(f"“{after}” is where no page of events in this order ends; leave “after” out for the first page.")
