"""Happenings as the ledger keeps them: drawn up of the claims of reports that changed, and read back."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa

from according.events import deciding
from according.events.event import event_id
from according.events.happening import HAPPENED, Happening, Origin, happenings, origin
from according.events.keys import named, placed
from according.events.weighing import joined, weigh
from according.ledger import features, kept
from according.ledger.schema import blocks, claims, former_events, links, namings, reports, tellings
from according.ledger.schema import happenings as happenings_table
from according.ledger.upsert import insert_many, upsert
from according.portions import portions

_VALUES = 5_000
_h, _t = happenings_table.c, tellings.c

_REPORTS = sa.select(reports.c.n, reports.c.key, reports.c.title, reports.c.text, reports.c.published)
_HAPPENINGS = sa.select(
    *(_h.n, _h.key, _h.features, _h.report, _h.event, reports.c.key.label("report_key"), reports.c.published),
    *(namings.c.words, namings.c.tells),
).select_from(happenings_table.join(reports, reports.c.n == _h.report).outerjoin(namings, namings.c.report == reports.c.n))


def read(connection: sa.Connection, condition: sa.ColumnElement[bool]) -> Iterator[tuple[Any, Happening]]:
    """The happenings that this holds for, each with its row (``n``, ``key``, ``report``, ``event``)."""
    origins: dict[int, Origin] = {}
    for row in connection.execute(_HAPPENINGS.where(condition)).all():
        if row.report not in origins:
            origins[row.report] = _origin(row)
        yield row, features.read(row.key, row.features, origins[row.report])


def led_by_their_events(connection: sa.Connection, of: Mapping[str, str]) -> None:
    """Ids of former events that led to where the claims are that they began with: these are gone, and the ids lead to their event."""
    for some in portions(sorted(of), _VALUES):
        for id in connection.execute(sa.select(former_events.c.id).where(former_events.c.id.in_(some))).scalars().all():
            if id != of[id]:
                upsert(connection, former_events, {"id": id, "event": of[id]})


class Before(NamedTuple):
    """A happening as it stands until its report is drawn up anew or forgotten."""

    number: int
    event: str | None
    seeds: list[str]  # the ids of events that begin with its claims


def told_by(connection: sa.Connection, numbers: Sequence[int]) -> list[Before]:
    """What these reports tell so far, in the order of its numbers."""
    query = sa.select(_h.n, _h.event, _h.features, reports.c.key).join(reports, reports.c.n == _h.report)
    rows = connection.execute(query.where(_h.report.in_(numbers)).order_by(_h.n)).all()
    return [Before(row.n, row.event, [event_id(row.key, claim) for claim in features.claims_of(row.features)]) for row in rows]


def keys_of_reports(connection: sa.Connection, numbers: Sequence[int]) -> Counter[int]:
    """How many happenings of these reports bear each key."""
    query = sa.select(blocks.c.key, sa.func.sum(blocks.c.count)).join(happenings_table, _h.n == blocks.c.happening)
    return Counter({key: int(n) for key, n in connection.execute(query.where(_h.report.in_(numbers)).group_by(blocks.c.key))})


def beside(connection: sa.Connection, numbers: Iterable[int]) -> set[int]:
    """The happenings that hang together with these by a link."""
    found: set[int] = set()
    for some in portions(numbers, _VALUES):
        for here, there in ((links.c.one, links.c.other), (links.c.other, links.c.one)):
            found.update(connection.execute(sa.select(there).where(here.in_(some), links.c.points >= joined())).scalars())
    return found


class Drawing:
    """Reports drawn up some at a time, and what is to be known of them afterwards."""

    def __init__(self, connection: sa.Connection, decisions: Sequence[deciding.EventDecision]) -> None:
        self.connection, self.decisions = connection, decisions
        self.next = 1 + (connection.execute(sa.select(sa.func.max(_h.n))).scalar() or 0)
        self.made: set[int] = set()  # the numbers of what was drawn up
        self.moved: Counter[int] = Counter()  # how many more accounts bear each key than did
        self.was: dict[str, list[str]] = defaultdict(list)  # of events that were told of: the claims, by their seeds
        self.beside: set[int] = set()  # happenings that hung together with what is drawn up anew
        self.anew: dict[str, tuple[float, str]] = {}  # of a claim that is gone, what tells of it now: how alike they are, and its claim

    def draw(self, numbers: Sequence[int]) -> dict[int, Happening]:
        """Put happenings of these reports' claims in the place of those that they had; all that are made, by their numbers."""
        rows = {row.n: row for row in self.connection.execute(_REPORTS.where(reports.c.n.in_(numbers)))}
        told = self._standing(numbers)
        drawn = _Drawn(self.next)
        for number in sorted(told):
            drawn.report(rows[number], told[number], deciding.parted(self.decisions, rows[number].key))
        self._before(numbers, drawn)
        self.connection.execute(sa.delete(happenings_table).where(_h.report.in_(numbers)))
        self.connection.execute(sa.delete(namings).where(namings.c.report.in_(numbers)))
        for table, rows_of in drawn.rows.items():
            insert_many(self.connection, table, rows_of)
        self.next = drawn.next
        self.made.update(drawn.happenings)
        for key, _, count in drawn.rows[blocks]:
            self.moved[key] += count
        return drawn.happenings

    def _standing(self, numbers: Sequence[int]) -> dict[int, list[tuple[int, Any]]]:
        """The claims of each report that stand, each with its number."""
        standing = kept.selected().where(claims.c.report.in_(numbers), claims.c.withdrawn == 0)
        rows = self.connection.execute(standing.where(sa.func.coalesce(claims.c.verdict, "") != "reject").order_by(claims.c.n)).all()
        told: dict[int, list[tuple[int, Any]]] = defaultdict(list)
        for row, claim in zip(rows, kept.whole(self.connection, rows), strict=True):
            told[row.report].append((row.n, claim))
        return told

    def _before(self, numbers: Sequence[int], drawn: _Drawn) -> None:
        """Note what these reports told until now."""
        before = told_by(self.connection, numbers)
        if not before:
            return
        self.moved.subtract(keys_of_reports(self.connection, numbers))
        self.beside |= beside(self.connection, [told.number for told in before])
        now = {seed for _, _, seed in drawn.rows[tellings]}
        lost: dict[str, str] = {}
        for told in before:
            if told.event:
                self.was[told.event] += told.seeds
                lost |= {seed: told.event for seed in told.seeds if seed not in now}
        led_by_their_events(self.connection, lost)
        gone = {told.number: told.seeds for told in before if now.isdisjoint(told.seeds)}
        self._tell_anew(gone, {seed for told in before for seed in told.seeds}, drawn)

    def _tell_anew(self, gone: Mapping[int, Sequence[str]], before: Set[str], drawn: _Drawn) -> None:
        """Which claims that were not there before tell what happenings told all of whose claims are gone."""
        fresh: dict[str, list[Happening]] = defaultdict(list)
        for happening in drawn.happenings.values():
            key = happening.origin.key
            if before.isdisjoint(event_id(key, claim) for claim in happening.claims):
                fresh[key].append(happening)
        for some in portions(sorted(gone), _VALUES):
            for row, old in read(self.connection, _h.n.in_(some)):
                key = old.origin.key
                weighed = ((link.points, event_id(key, new.claims[0])) for new in fresh[key] if (link := weigh(old, new)))
                best = max(weighed, default=(0.0, ""))
                if best[0] >= joined():
                    self.anew |= dict.fromkeys(gone[row.n], best)


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
        found = [h for h in happenings(mine, [claim for _, claim in told], parted) if h.sort in HAPPENED]
        if not found:
            return
        self.rows[namings].append((row.n, " ".join(sorted(mine.words)), found[0].origin.tells))
        self.rows[blocks] += [(key, self.next, len(found)) for key in named(mine)]
        of_claim: dict[str, int] = {}
        for happening in found:
            n, self.next = self.next, self.next + 1
            self.happenings[n] = happening
            of_claim |= dict.fromkeys(happening.claims, n)
            self.rows[happenings_table].append((n, row.n, happening.key, features.written(happening), None, None))
            self.rows[blocks] += [(key, n, 1) for key in placed(happening)]
        self.rows[tellings] += [(n, of_claim[claim.id], event_id(row.key, claim.id)) for n, claim in told if claim.id in of_claim]


def _origin(row: Any) -> Origin:
    words = frozenset(row.words.split()) if row.words else frozenset()
    day = date.fromisoformat(row.published).toordinal() if row.published else None
    return Origin(row.report_key, day, words, row.tells or 1)
