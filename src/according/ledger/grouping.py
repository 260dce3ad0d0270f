"""Events in the ledger: what changed since is grouped anew, and what it touches, and no more.

A report whose claims changed stands in ``ungrouped`` until its happenings are drawn up anew, weighed against those that share a key with
them, and the groups that they are in, were in or come into are joined anew. What a group comes to depends on its members alone, so the
outcome is the same in whatever order reports come, and however many are grouped at once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from datetime import date
from typing import Any

import sqlalchemy as sa

from according.events import deciding
from according.events.event import event_id
from according.events.grouping import linked, settled
from according.events.happening import Happening, Origin, Sort, happenings, origin
from according.events.keys import keys, most
from according.events.pairs import Pair, ordered
from according.events.weighing import joined, weigh
from according.ledger import event_decisions, features, kept
from according.ledger.schema import blocks, claims, events, former_events, links, namings, reports, tellings, ungrouped
from according.ledger.schema import happenings as happenings_table
from according.ledger.upsert import insert_many, upsert
from according.ledger.waiting import changed
from according.portions import portions

#: Reports that are grouped in one transaction, and of these drawn up at once; values in one query.
AT_ONCE = 20_000
_DRAWN, _VALUES = 500, 5_000
#: From so many reports on SQLite may hold so much of the file in memory.
_MANY, _CACHE_KB = 500, 512_000
_h, _t = happenings_table.c, tellings.c


def group(connection: sa.Connection, most: int = AT_ONCE) -> int:
    """Group up to ``most`` of the reports that wait; how many these were, 0 where none does."""
    numbers = list(connection.execute(sa.select(ungrouped.c.report).order_by(ungrouped.c.report).limit(most)).scalars())
    if len(numbers) > _MANY and connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA cache_size = -{_CACHE_KB}")  # keys are written all over their index
    if numbers:
        _Grouping(connection, numbers).run()
    return len(numbers)


def touched(connection: sa.Connection, report: int) -> None:
    """Before a report is forgotten: the reports that share an event with it wait, and events that it alone told of are gone."""
    mine = set(connection.execute(sa.select(_h.event).where(_h.report == report, _h.event.is_not(None))).scalars())
    shared: set[str] = set()
    for some in portions(sorted(mine), _VALUES):
        for row in connection.execute(sa.select(_h.report, _h.event).where(_h.event.in_(some), _h.report != report).distinct()):
            shared.add(row.event)
            changed(connection, row.report)
    told = [(row.event, _happening(row, _origin(row))) for row in connection.execute(_HAPPENINGS.where(_h.report == report))]
    _led_by_their_events(connection, {event_id(*ref): event for event, h in told if event for ref in _claims_of([h])})
    fewer = keys_of_reports(connection, [report])
    borne = _borne(connection, fewer)
    again = [key for key, n in fewer.items() if borne[key] - n <= most(key) < borne[key]]  # too common with it, and no more without
    for some in portions(again, _VALUES):
        query = sa.select(_h.report).distinct().join(blocks, blocks.c.happening == _h.n)
        for number in connection.execute(query.where(blocks.c.key.in_(some), _h.report != report)).scalars().all():
            changed(connection, number)
    for id in sorted(mine - shared):
        connection.execute(sa.delete(events).where(events.c.id == id))
        upsert(connection, former_events, {"id": id, "event": None})


def happenings_of(connection: sa.Connection, event: str) -> list[Happening]:
    """What each report tells of an event, as it was weighed."""
    return [_happening(row, _origin(row)) for row in connection.execute(_HAPPENINGS.where(_h.event == event))]


class _Grouping:
    """One round: the reports that wait, and all that they touch."""

    def __init__(self, connection: sa.Connection, numbers: Sequence[int]) -> None:
        self.connection, self.numbers = connection, numbers
        self.decisions = event_decisions.all_of(connection)
        self.known: dict[int, Happening] = {}  # by their numbers
        self.moved: Counter[int] = Counter()  # how many more accounts bear each key than did

    def run(self) -> None:
        before = self._events_of(self.numbers)
        was = self._told_of(before)
        self._draw_up()
        made = set(self.known)
        others = self._at_blocks_that_tell_otherwise() - made
        self._unlink(others)
        self._weigh(self._candidates(made | others))
        numbers = self._component(made | others | self._in_events(before) | self._in_events(self._events_of_happenings(others)))
        self._load(numbers)
        self._join(numbers, was)
        for some in portions(self.numbers, _VALUES):
            self.connection.execute(sa.delete(ungrouped).where(ungrouped.c.report.in_(some)))

    def _events_of(self, numbers: Sequence[int]) -> list[str]:
        query = sa.select(_h.event).distinct().where(_h.event.is_not(None))
        told = (self.connection.execute(query.where(_h.report.in_(some))).scalars() for some in portions(numbers, _VALUES))
        return sorted({id for ids in told for id in ids})

    def _in_events(self, ids: Iterable[str]) -> set[int]:
        return {n for some in portions(ids, _VALUES) for n in self.connection.execute(sa.select(_h.n).where(_h.event.in_(some))).scalars()}

    def _told_of(self, ids: Collection[str]) -> dict[str, list[Happening]]:
        """What each report tells of these events."""
        found: dict[str, list[Happening]] = {id: [] for id in ids}
        for some in portions(ids, _VALUES):
            for row, happening in self._read(_h.event.in_(some)):
                found[row.event].append(happening)
        return found

    def _draw_up(self) -> None:
        """The happenings of the reports that wait, in the place of those that they had."""
        for some in portions(self.numbers, _DRAWN):
            self.moved.subtract(keys_of_reports(self.connection, some))
            self.connection.execute(sa.delete(happenings_table).where(_h.report.in_(some)))
            self.connection.execute(sa.delete(namings).where(namings.c.report.in_(some)))
            rows = {row.n: row for row in self.connection.execute(_REPORTS.where(reports.c.n.in_(some)))}
            told: dict[int, list[Any]] = defaultdict(list)
            standing = kept.selected().where(claims.c.report.in_(some), claims.c.withdrawn == 0)
            claim_rows = self.connection.execute(
                standing.where(sa.func.coalesce(claims.c.verdict, "") != "reject").order_by(claims.c.n)
            ).all()
            for row, claim in zip(claim_rows, kept.whole(self.connection, claim_rows), strict=True):
                told[row.report].append((row.n, claim))
            drawn = _Drawn(1 + (self.connection.execute(sa.select(sa.func.max(_h.n))).scalar() or 0))
            for number in sorted(told):
                drawn.report(rows[number], told[number], deciding.parted(self.decisions, rows[number].key))
            for table, rows_of in drawn.rows.items():
                insert_many(self.connection, table, rows_of)
            self.moved.update(key for key, _ in drawn.rows[blocks])
            self.known.update(drawn.happenings)

    def _at_blocks_that_tell_otherwise(self) -> set[int]:
        """The happenings that bear a key which told something before and is too common now, or the reverse."""
        after = _borne(self.connection, self.moved)
        crossed = [key for key, more in self.moved.items() if (after[key] <= most(key)) != (after[key] - more <= most(key))]
        return {n for some in portions(crossed, _VALUES) for n in self.connection.execute(_AT.where(blocks.c.key.in_(some))).scalars()}

    def _events_of_happenings(self, numbers: Iterable[int]) -> set[str]:
        query = sa.select(_h.event).distinct().where(_h.event.is_not(None))
        return {id for some in portions(numbers, _VALUES) for id in self.connection.execute(query.where(_h.n.in_(some))).scalars()}

    def _unlink(self, numbers: Iterable[int]) -> None:
        for some in portions(numbers, _VALUES):
            self.connection.execute(sa.delete(links).where(sa.or_(links.c.one.in_(some), links.c.other.in_(some))))

    def _candidates(self, numbers: Collection[int]) -> list[tuple[int, int]]:
        """Pairs that share a key that tells something, and of which one at least is of these."""
        keys_of = {key for n in self.known for key in keys(self.known[n])}
        for some in portions(sorted(set(numbers) - self.known.keys()), _VALUES):
            keys_of.update(self.connection.execute(sa.select(blocks.c.key).distinct().where(blocks.c.happening.in_(some))).scalars())
        borne = _borne(self.connection, keys_of)
        telling = sorted(key for key in keys_of if 1 < borne[key] <= most(key))
        members: dict[int, list[int]] = defaultdict(list)
        for some in portions(telling, _VALUES):
            for row in self.connection.execute(sa.select(blocks.c.key, blocks.c.happening).where(blocks.c.key.in_(some))):
                members[row.key].append(row.happening)
        return sorted({_in_order(a, b) for block in members.values() for a in block if a in numbers for b in block if a != b})

    def _weigh(self, pairs: Iterable[tuple[int, int]]) -> None:
        for some in portions(pairs, 50_000):
            self._load({n for pair in some for n in pair})
            by_key = {self.known[n].key: n for pair in some for n in pair}
            told = {key: self.known[n] for key, n in by_key.items()}
            apart = ((a, b) for a, b in some if self.known[a].origin.key != self.known[b].origin.key)
            candidates = (ordered(self.known[a].key, self.known[b].key) for a, b in apart)
            rows = [(by_key[a], by_key[b], link.points) for (a, b), link in linked(told, candidates)]
            insert_many(self.connection, links, rows)

    def _component(self, start: set[int]) -> set[int]:
        """All happenings that links strong enough to join lead to from these."""
        seen, new = set(start), set(start)
        while new:
            found: set[int] = set()
            for some in portions(sorted(new), _VALUES):
                for here, there in ((links.c.one, links.c.other), (links.c.other, links.c.one)):
                    # Groups are joined only where two accounts of theirs have that much in common.
                    query = sa.select(there).where(here.in_(some), links.c.points >= joined())
                    found.update(self.connection.execute(query).scalars())
            new = (found | self._decided_with(new)) - seen
            seen |= new
        return seen

    def _decided_with(self, numbers: Iterable[int]) -> set[int]:
        """Happenings that people made one with these."""
        if not self.decisions:
            return set()
        mine = {ref for some in portions(sorted(numbers), _VALUES) for ref, _ in self._refs(_h.n.in_(some))}
        wanted = {ref for d in self.decisions for ref in (*d.one, *d.other) if mine & {*d.one, *d.other}}
        return {
            n
            for some in portions(sorted({key for key, _ in wanted}), _VALUES)
            for ref, n in self._refs(reports.c.key.in_(some))
            if ref in wanted
        }

    def _refs(self, condition: sa.ColumnElement[bool]) -> Iterator[tuple[deciding.Ref, int]]:
        """Claims, each by its report's key and id, with the number of its happening."""
        query = (
            sa.select(reports.c.key, claims.c.id, _t.happening)
            .join(claims, claims.c.report == reports.c.n)
            .join(tellings, _t.claim == claims.c.n)
        )
        for row in self.connection.execute(query.join(happenings_table, _h.n == _t.happening).where(condition)):
            yield (row.key, row.id), row.happening

    def _load(self, numbers: Collection[int]) -> None:
        """Have these happenings at hand."""
        for some in portions(sorted(set(numbers) - self.known.keys()), _VALUES):
            self.known.update((row.n, happening) for row, happening in self._read(_h.n.in_(some)))

    def _read(self, condition: sa.ColumnElement[bool]) -> Iterator[tuple[Any, Happening]]:
        origins: dict[int, Origin] = {}
        for row in self.connection.execute(_HAPPENINGS.where(condition)):
            if row.report not in origins:
                origins[row.report] = _origin(row)
            yield row, _happening(row, origins[row.report])

    def _join(self, numbers: Collection[int], was: dict[str, list[Happening]]) -> None:
        """The groups of these happenings, written down; the events that there were, with what told of them, are made anew."""
        by_key = {self.known[n].key: n for n in numbers}
        there = set(numbers)
        found: dict[Pair, float] = {}
        for some in portions(sorted(numbers), _VALUES):
            for row in self.connection.execute(sa.select(links).where(links.c.one.in_(some))):
                if row.other not in there:
                    continue
                found[ordered(self.known[row.one].key, self.known[row.other].key)] = row.points
        together, apart = self._bound(numbers)
        groups = settled({key: self.known[n] for key, n in by_key.items()}, found, together, apart)
        old = self._events_at(numbers)
        rows, moved = [], []
        now: dict[deciding.Ref, str] = {}
        for keys_of in groups:
            told = [self.known[by_key[key]] for key in keys_of]
            first = min(told, key=_order)
            id = event_id(first.origin.key, first.claims[0])
            rows.append(_row(id, told))
            moved += [{"number": by_key[key], "id": id} for key in keys_of if old[by_key[key]] != id]
            now.update((ref, id) for ref in _claims_of(told))
        drawn_in: dict[str, list[Happening]] = defaultdict(list)
        for n, before in old.items():
            if before and before not in was:
                drawn_in[before].append(self.known[n])
        was |= drawn_in
        for ids in portions(sorted({*was, *(row["id"] for row in rows)}), _VALUES):
            self.connection.execute(sa.delete(events).where(events.c.id.in_(ids)))
        if rows:
            self.connection.execute(sa.insert(events), rows)
        if moved:
            statement = sa.update(happenings_table).where(_h.n == sa.bindparam("number")).values(event=sa.bindparam("id"))
            self.connection.execute(statement, moved)
        self._lead_on(was, now)

    def _lead_on(self, was: Mapping[str, Sequence[Happening]], now: Mapping[deciding.Ref, str]) -> None:
        """An id that no event bears any more leads to the event that has the claim that it began with, else most of its claims, else what
        a report of it tells of the same in other claims than before, else to nothing. This is kept for when the first claim is no more.
        """
        borne, before = set(now.values()), {ref for told in was.values() for ref in _claims_of(told)}
        for id in sorted(was.keys() - borne):
            refs = [ref for ref in _claims_of(was[id]) if ref in now]
            homes = Counter(now[ref] for ref in refs)
            first = next((now[ref] for ref in refs if event_id(*ref) == id), None)
            home = first or min(homes, key=lambda home: (-homes[home], home), default=None) or self._told_anew(was[id], before, now)
            upsert(self.connection, former_events, {"id": id, "event": home})
        _led_by_their_events(self.connection, {event_id(*ref): id for id in was for ref in _claims_of(was[id]) if ref not in now})

    def _told_anew(self, told: Sequence[Happening], before: Set[deciding.Ref], now: Mapping[deciding.Ref, str]) -> str | None:
        """The event of what a report of these tells now in claims that it had not ``before``, and that is most like what it told."""
        of = {h.origin.key for h in told}
        new = [h for h in self.known.values() if h.origin.key in of and before.isdisjoint(_claims_of([h]))]
        found = [(link.points, b) for a in told for b in new if a.origin.key == b.origin.key and (link := weigh(a, b))]
        points, best = max(found, key=lambda one: (one[0], one[1].key), default=(0.0, None))
        return now[best.origin.key, best.claims[0]] if best and points >= joined() else None

    def _events_at(self, numbers: Collection[int]) -> dict[int, str | None]:
        query = sa.select(_h.n, _h.event)
        return {
            row.n: row.event for some in portions(sorted(numbers), _VALUES) for row in self.connection.execute(query.where(_h.n.in_(some)))
        }

    def _bound(self, numbers: Collection[int]) -> tuple[list[Pair], set[Pair]]:
        if not self.decisions:
            return [], set()
        of = {ref: self.known[n].key for some in portions(sorted(numbers), _VALUES) for ref, n in self._refs(_h.n.in_(some))}
        return deciding.bound(self.decisions, of)


class _Drawn:
    """Happenings drawn up of reports, and the rows that keep them; numbered from ``next`` on."""

    def __init__(self, next: int) -> None:
        self.next = next
        self.happenings: dict[int, Happening] = {}
        self.rows: dict[sa.Table, list[tuple[Any, ...]]] = {happenings_table: [], namings: [], tellings: [], blocks: []}

    def report(self, row: Any, told: Sequence[tuple[int, Any]], parted: Mapping[str, str]) -> None:
        """Those of one report, whose claims are ``told``, each with its number."""
        day = date.fromisoformat(row.published) if row.published else None
        mine = origin(row.key, row.text, title=row.title, published=day)
        found = [h for h in happenings(mine, [claim for _, claim in told], parted) if h.sort in _GROUPED]
        if found:
            self.rows[namings].append((row.n, " ".join(sorted(mine.words))))
        of_claim: dict[str, int] = {}
        for happening in found:
            n, self.next = self.next, self.next + 1
            self.happenings[n] = happening
            of_claim |= dict.fromkeys(happening.claims, n)
            self.rows[happenings_table].append((n, row.n, happening.key, features.written(happening), None))
            self.rows[blocks] += [(key, n) for key in keys(happening)]
        self.rows[tellings] += [(n, of_claim[claim.id], event_id(row.key, claim.id)) for n, claim in told if claim.id in of_claim]


_REPORTS = sa.select(reports.c.n, reports.c.key, reports.c.title, reports.c.text, reports.c.published)
_HAPPENINGS = sa.select(
    _h.n, _h.key, _h.features, _h.report, _h.event, reports.c.key.label("report_key"), reports.c.published, namings.c.words
).select_from(happenings_table.join(reports, reports.c.n == _h.report).outerjoin(namings, namings.c.report == reports.c.n))
_AT = sa.select(blocks.c.happening).distinct()
#: What is grouped: totals make series, states of control holdings.
_GROUPED = frozenset({Sort.ACCOUNT, Sort.PLAN, Sort.DENIAL})


def _led_by_their_events(connection: sa.Connection, of: Mapping[str, str]) -> None:
    """Ids of former events that led to where the claims are that they began with: these are gone, and the ids lead to their event."""
    for some in portions(sorted(of), _VALUES):
        for id in connection.execute(sa.select(former_events.c.id).where(former_events.c.id.in_(some))).scalars().all():
            if id != of[id]:
                upsert(connection, former_events, {"id": id, "event": of[id]})


def keys_of_reports(connection: sa.Connection, numbers: Collection[int]) -> Counter[int]:
    """How many happenings of these reports bear each key."""
    query = sa.select(blocks.c.key, sa.func.count()).join(happenings_table, _h.n == blocks.c.happening)
    return Counter({key: n for key, n in connection.execute(query.where(_h.report.in_(numbers)).group_by(blocks.c.key))})


def _borne(connection: sa.Connection, keys_of: Iterable[int]) -> Counter[int]:
    """How many happenings bear each of these keys."""
    query = sa.select(blocks.c.key, sa.func.count())
    found: Counter[int] = Counter()
    for some in portions(sorted(keys_of), _VALUES):
        found.update({key: n for key, n in connection.execute(query.where(blocks.c.key.in_(some)).group_by(blocks.c.key))})
    return found


def _origin(row: Any) -> Origin:
    words = frozenset(row.words.split()) if row.words else frozenset()
    day = date.fromisoformat(row.published).toordinal() if row.published else None
    return Origin(row.report_key, day, words)


def _happening(row: Any, origin: Origin) -> Happening:
    return features.read(row.key, row.features, origin)


def _claims_of(told: Iterable[Happening]) -> Iterator[deciding.Ref]:
    return ((h.origin.key, claim) for h in told for claim in h.claims)


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


def _in_order(a: int, b: int) -> tuple[int, int]:
    return (a, b) if a < b else (b, a)
