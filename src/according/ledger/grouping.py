"""Events in the ledger: what changed since is grouped anew, and what it touches, and no more.

A report whose claims changed stands in ``ungrouped`` until its happenings are drawn up anew, weighed against those that share a key with
them, and the groups that they are in, were in or come into are joined anew. What a group comes to depends on what hangs together with it
alone, so the outcome is the same in whatever order reports come, and however many are grouped at once.
"""

from __future__ import annotations

import gc
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from datetime import date
from itertools import chain
from typing import Any

import numpy as np
import sqlalchemy as sa

from according.events import deciding
from according.events.event import event_id
from according.events.grouping import divided, linked
from according.events.happening import Happening, Sort
from according.events.keys import most
from according.events.pairs import Pair
from according.ledger import comparing, event_decisions
from according.ledger.drawing import Drawing, beside, keys_of_reports, led_by_their_events, read, told_by
from according.ledger.hanging import hanging
from according.ledger.schema import claims, events, former_events, happenings, links, reports, tellings, ungrouped
from according.ledger.upsert import insert_many, update_many, upsert
from according.ledger.waiting import changed
from according.portions import portions

#: Reports drawn up at once, pairs weighed at once, happenings joined at once; happenings held in memory; values in one query.
_DRAWN, _WEIGHED, _JOINED, _AT_HAND, _VALUES = 500, 200_000, 20_000, 150_000, 5_000
#: From so many reports on SQLite may hold so much of the file in memory.
_MANY, _CACHE_KB = 500, 512_000
_h, _t = happenings.c, tellings.c


def group(connection: sa.Connection) -> Iterator[int]:
    """Group all reports that wait; now and then how many of them are still to be drawn up."""
    waiting = list(connection.execute(sa.select(ungrouped.c.report).order_by(ungrouped.c.report)).scalars())
    if waiting:
        with _room(connection, len(waiting)), _no_circles():
            yield from _Grouping(connection).run(waiting)
        connection.execute(sa.delete(ungrouped))


@contextmanager
def _room(connection: sa.Connection, waiting: int) -> Iterator[None]:
    """Much of SQLite's file in memory, where many reports wait: keys are written all over their index."""
    if waiting <= _MANY or connection.dialect.name != "sqlite":
        yield
        return
    before = connection.exec_driver_sql("PRAGMA cache_size").scalar_one()
    connection.exec_driver_sql(f"PRAGMA cache_size = -{_CACHE_KB}")
    try:
        yield
    finally:
        connection.exec_driver_sql(f"PRAGMA cache_size = {before}")


@contextmanager
def _no_circles() -> Iterator[None]:
    """Nothing here refers to itself, and to look for what does among so many happenings takes a fifth of the time."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def touched(connection: sa.Connection, report: int) -> None:
    """Before a report is forgotten: the reports that share an event with it wait, and events that it alone told of are gone."""
    told = told_by(connection, [report])
    mine = {before.event for before in told if before.event}
    shared: set[str] = set()
    for some in portions(sorted(mine), _VALUES):
        for row in connection.execute(sa.select(_h.report, _h.event).where(_h.event.in_(some), _h.report != report).distinct()):
            shared.add(row.event)
            changed(connection, row.report)
    led_by_their_events(connection, {seed: before.event for before in told if before.event for seed in before.seeds})
    fewer = keys_of_reports(connection, [report])
    again = beside(connection, [before.number for before in told])
    for key, members in comparing.borne(connection, fewer):
        if (n := comparing.count_of(members)) - fewer[key] <= most() < n:  # too common with it, and no more without
            again.update(comparing.numbers_of(members))
    for others in portions(sorted(again), _VALUES):
        for number in connection.execute(sa.select(_h.report).distinct().where(_h.n.in_(others), _h.report != report)).scalars().all():
            changed(connection, number)
    for id in sorted(mine - shared):
        connection.execute(sa.delete(events).where(events.c.id == id))
        upsert(connection, former_events, {"id": id, "event": None})


def happenings_of(connection: sa.Connection, event: str) -> list[Happening]:
    """What each report tells of an event, as it was weighed."""
    return [happening for _, happening in read(connection, _h.event == event)]


class _Grouping:
    """All reports that wait, and what they touch."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection
        decisions = event_decisions.all_of(connection)
        self.drawing = Drawing(connection, decisions)
        self.decisions = decisions
        self.known: dict[int, Happening] = {}  # by their numbers; see _load
        self.left: dict[str, list[int]] = defaultdict(list)  # of events: the happenings that are of another now
        self.ids: set[str] = set()  # of the events that there are now

    def run(self, waiting: Sequence[int]) -> Iterator[int]:
        done = 0
        for some in portions(waiting, _DRAWN):
            drawn = self.drawing.draw(some)
            if len(self.known) < _AT_HAND:
                self.known |= drawn
            done += len(some)
            yield len(waiting) - done
        made, moved = self.drawing.made, self.drawing.moved
        pairs, crossed = comparing.pairs(self.connection, moved, made)
        others = self._of_their_reports(crossed) - made
        start = made | others | self.drawing.beside | beside(self.connection, sorted(others)) | self._numbers(_h.event, self.drawing.was)
        if others:
            self._unlink(others)
            pairs = np.union1d(pairs, comparing.more_pairs(self.connection, others))
        self._weigh(pairs)
        self._join(self._numbers(_h.n, start))  # some of them were of reports that are drawn up anew
        self._lead_on()

    def _of_their_reports(self, numbers: Iterable[int]) -> set[int]:
        """All happenings of the reports that these are of: names stand once for all of them."""
        found: set[int] = set()
        for some in portions(numbers, _VALUES):
            of = sa.select(_h.report).where(_h.n.in_(some))
            found.update(self.connection.execute(sa.select(_h.n).where(_h.report.in_(of))).scalars())
        return found

    def _numbers(self, column: sa.ColumnElement[Any], values: Iterable[Any]) -> set[int]:
        """The happenings of which a column has one of these values."""
        query = sa.select(_h.n)
        rows = (self.connection.execute(query.where(column.in_(some))).scalars() for some in portions(values, _VALUES))
        return set(chain.from_iterable(rows))

    def _unlink(self, numbers: Iterable[int]) -> None:
        for some in portions(numbers, _VALUES):
            self.connection.execute(sa.delete(links).where(sa.or_(links.c.one.in_(some), links.c.other.in_(some))))

    def _weigh(self, pairs: comparing.Codes) -> None:
        """Keep of these pairs those of which enough speaks for one happening; those of about one day together, for what is at hand."""
        if len(pairs) > _WEIGHED:
            pairs = pairs[np.argsort(self._days()[pairs >> comparing.BITS], kind="stable")]
        for at in range(0, len(pairs), _WEIGHED):
            some = comparing.numbers(pairs[at : at + _WEIGHED])
            self._load({n for pair in some for n in pair})
            apart = ((a, b) for a, b in some if self.known[a].origin.key != self.known[b].origin.key)
            found = (((a, b) if self.known[a].key < self.known[b].key else (b, a), link) for (a, b), link in linked(self.known, apart))
            insert_many(self.connection, links, [(one, other, link.points) for (one, other), link in found])

    def _days(self) -> comparing.Codes:
        """When the report of each happening was published, by its number."""
        days = np.zeros(self.drawing.next, np.int64)
        query = sa.select(_h.n, reports.c.published).join(reports, reports.c.n == _h.report).where(reports.c.published.is_not(None))
        for n, day in self.connection.execute(query):
            days[n] = date.fromisoformat(day).toordinal()
        return days

    def _load(self, numbers: Set[int]) -> None:
        """Have these happenings at hand; others too as long as there is room."""
        if len(self.known) + len(numbers) > _AT_HAND:
            self.known = {n: self.known[n] for n in numbers if n in self.known}
        for some in portions(sorted(numbers - self.known.keys()), _VALUES):
            self.known.update((row.n, happening) for row, happening in read(self.connection, _h.n.in_(some)))

    def _join(self, start: Set[int]) -> None:
        """The events of all that hangs together with these, written down."""
        decided = _Decided(self.connection, self.decisions)
        some: list[tuple[int, list[int]]] = []
        size = 0
        for part in hanging(self.connection, start, decided.together):
            some.append(part)
            size += len(part[1])
            if size >= _JOINED:
                self._settle(some, decided)
                some, size = [], 0
        self._settle(some, decided)

    def _settle(self, parts: Sequence[tuple[int, list[int]]], decided: _Decided) -> None:
        level_of = {n: level for level, part in parts for n in part}
        self._load(level_of.keys())
        inside = self._links({n: at for at, (_, part) in enumerate(parts) for n in part})
        before = self._events_at(level_of)
        rows: list[dict[str, Any]] = []
        moved: list[tuple[int, str, int]] = []
        for at, (level, part) in enumerate(parts):
            by_key = {self.known[n].key: n for n in part}
            told_of = {key: self.known[n] for key, n in by_key.items()}
            for keys in divided(told_of, sorted(by_key), inside[at], *decided.among(by_key)):
                told = [told_of[key] for key in keys]
                first = min(told, key=_order)
                id = event_id(first.origin.key, first.claims[0])
                rows.append(_row(id, told))
                moved += [(n, id, level) for key in keys if before[n := by_key[key]] != (id, level)]
        for n, id, _ in moved:
            if (event := before[n][0]) and event != id:
                self.left[event].append(n)
        self.ids.update(row["id"] for row in rows)
        for ids in portions([row["id"] for row in rows], _VALUES):
            self.connection.execute(sa.delete(events).where(events.c.id.in_(ids)))
        if rows:
            self.connection.execute(sa.insert(events), rows)
        if moved:
            update_many(self.connection, happenings, "n", ("event", "level"), [(id, level, n) for n, id, level in moved])

    def _links(self, part_of: dict[int, int]) -> dict[int, dict[Pair, float]]:
        """The points between the happenings of each part."""
        found: dict[int, dict[Pair, float]] = defaultdict(dict)
        for some in portions(sorted(part_of), _VALUES):
            for one, other, points in self.connection.execute(sa.select(links).where(links.c.one.in_(some))).all():
                if part_of[one] == part_of.get(other):
                    found[part_of[one]][self.known[one].key, self.known[other].key] = points
        return found

    def _events_at(self, numbers: Iterable[int]) -> dict[int, tuple[str | None, int | None]]:
        query = sa.select(_h.n, _h.event, _h.level)
        rows = (self.connection.execute(query.where(_h.n.in_(some))) for some in portions(sorted(numbers), _VALUES))
        return {n: (event, level) for n, event, level in chain.from_iterable(rows)}

    def _lead_on(self) -> None:
        """An id that no event bears any more leads to the event that has the claim that it began with, else most of its claims, else what
        a report of it tells of the same in other claims than before, else to nothing. This is kept for when the first claim is no more.
        """
        was, anew, told = self.drawing.was, self.drawing.anew, sa.select(_t.happening, _t.seed, _h.event).join(happenings)
        for ids in portions(sorted((was.keys() | self.left.keys()) - self.ids), _VALUES):
            self.connection.execute(sa.delete(events).where(events.c.id.in_(ids)))
            claims_of = {id: list(was.get(id, ())) for id in ids}
            for some in portions([(n, id) for id in ids for n in self.left.get(id, ())], _VALUES):
                of = dict(some)
                for row in self.connection.execute(told.where(_h.n.in_(of))):
                    claims_of[of[row.happening]].append(row.seed)
            wanted = {*ids, *chain.from_iterable(claims_of.values())}
            wanted |= {anew[seed][1] for seed in wanted if seed in anew}
            now: dict[str, str] = {}
            for seeds in portions(sorted(wanted), _VALUES):
                now.update((row.seed, row.event) for row in self.connection.execute(told.where(_t.seed.in_(seeds))))
            for id in ids:
                upsert(self.connection, former_events, {"id": id, "event": now.get(id) or _home_of(claims_of[id], now, anew)})


def _home_of(told: Sequence[str], now: Mapping[str, str], anew: Mapping[str, tuple[float, str]]) -> str | None:
    homes = Counter(now[seed] for seed in told if seed in now)
    if homes:
        return min(homes, key=lambda home: (-homes[home], home))
    again = max((anew[seed] for seed in told if seed in anew), default=None)
    return now[again[1]] if again else None


class _Decided:
    """What people decided of happenings: which stand together, by their numbers, and which apart, by their keys."""

    def __init__(self, connection: sa.Connection, decisions: Sequence[deciding.EventDecision]) -> None:
        wanted = {ref for d in decisions for ref in (*d.one, *d.other)}
        of: dict[deciding.Ref, str] = {}
        number: dict[str, int] = {}
        query = sa.select(reports.c.key, claims.c.id, _h.key.label("happening"), _h.n).select_from(
            reports.join(claims, claims.c.report == reports.c.n).join(tellings).join(happenings, _h.n == _t.happening)
        )
        for some in portions(sorted({key for key, _ in wanted}), _VALUES):
            for row in connection.execute(query.where(reports.c.key.in_(some))):
                if (row.key, row.id) in wanted:
                    of[row.key, row.id] = row.happening
                    number[row.happening] = row.n
        ties, apart = deciding.bound(decisions, of)
        self.together: dict[int, set[int]] = defaultdict(set)
        self._ties, self._apart = _by_key(ties), _by_key(apart)
        for a, b in ties:
            self.together[number[a]].add(number[b])
            self.together[number[b]].add(number[a])

    def among(self, keys: Collection[str]) -> tuple[list[Pair], list[Pair]]:
        """The pairs of these that stand together, in the order in which it was decided, and those that stand apart."""
        together = sorted(found for key in keys for found in self._ties.get(key, ()) if found[1][1] in keys)
        return [pair for _, pair in together], [pair for key in keys for _, pair in self._apart.get(key, ()) if pair[1] in keys]


def _by_key(pairs: Iterable[Pair]) -> dict[str, list[tuple[int, Pair]]]:
    """Pairs, each with its place among them, by the first of the two."""
    found: dict[str, list[tuple[int, Pair]]] = defaultdict(list)
    for n, pair in enumerate(pairs):
        found[pair[0]].append((n, pair))
    return found


def _row(id: str, told: Sequence[Happening]) -> dict[str, Any]:
    days = min((h.when for h in told if h.when), key=lambda when: (when.days, when.first), default=None)
    return {
        "id": id,
        "first": date.fromordinal(days.first).isoformat() if days else None,
        "last": date.fromordinal(days.last).isoformat() if days else None,
        "reports": len({h.origin.key for h in told}),
        "claims": sum(len(h.claims) for h in told),
    }


def _order(happening: Happening) -> tuple[bool, int, str, int, str]:
    """As ``event.order`` has it of claims."""
    known = happening.origin.published
    return (happening.sort is not Sort.ACCOUNT, known or date.max.toordinal(), happening.origin.key, happening.start, happening.claims[0])
