"""Which happenings hang together, as ``events.grouping.homes`` has it, found from some of them without a look at all the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set

import sqlalchemy as sa

from according.events.ties import Ties
from according.events.weighing import crowd, levels
from according.ledger.schema import happenings, links
from according.portions import portions

_VALUES, _MANY = 5_000, 100_000
#: Of what was not grouped before.
_NEW = -1


def hanging(connection: sa.Connection, start: Set[int], together: Mapping[int, Set[int]]) -> Iterator[tuple[int, list[int]]]:
    """All that hangs together with one of these or did until now, by the numbers: each part with the level of its links.

    ``together`` has for a happening those that people made one with it. A part of more than ``crowd()`` is looked through only as far as
    it takes to know that; but what hung together by less until now is taken to the next level.
    """
    at = _At(connection)
    many = len(start) > _MANY
    whole = many and len(start) == connection.execute(sa.select(sa.func.count()).select_from(happenings)).scalar_one()
    last = len(levels()) - 1
    for level, least in enumerate(levels()):
        # Nothing that stays behind hangs together with what is taken to the next level, where all began.
        if whole and len(start) > _MANY:
            ties = _through(connection, start, together, least)
        else:
            ties = _explored(at, start, together, level, least, None if level == last else crowd())
        parts: dict[int, list[int]] = defaultdict(list)
        for n in sorted(ties):
            parts[ties.root(n)].append(n)
        left: set[int] = set()
        for part in parts.values():
            if level == last or len(part) <= crowd():
                yield level, part
            else:
                left.update(n for n in part if n in start or at.level(n) <= level)
        start = left


def _through(connection: sa.Connection, start: Set[int], together: Mapping[int, Set[int]], least: float) -> Ties[int]:
    """The same where all happenings are looked at: their links are read through once."""
    ties: Ties[int] = Ties(start)
    rows = connection.execute(sa.select(links.c.one, links.c.other).where(links.c.points >= least)).yield_per(_VALUES)
    for portion in rows.partitions():
        for a, b in portion:
            if a in start:
                ties.tie(a, b)
    for a in together.keys() & start:
        for b in together[a]:
            ties.tie(a, b)
    return ties


class _At:
    """The levels at which happenings hung together until now."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection
        self._levels: dict[int, int] = {}  # but for those of what is new

    def look(self, numbers: Iterable[int]) -> None:
        query = sa.select(happenings.c.n, happenings.c.level).where(happenings.c.level.is_not(None))
        for some in portions(numbers, _VALUES):
            self._levels.update((n, level) for n, level in self.connection.execute(query.where(happenings.c.n.in_(some))))

    def level(self, number: int) -> int:
        return self._levels.get(number, _NEW)


def _explored(at: _At, start: Set[int], together: Mapping[int, Set[int]], level: int, least: float, crowd: int | None) -> Ties[int]:
    ties: Ties[int] = Ties(start)
    new = sorted(start)
    while new:
        at.look(new)
        # What is not new at this level was found to be too many to hang together by it.
        going = [n for n in new if crowd is None or n in start or ties.size(ties.root(n)) <= crowd or at.level(n) <= level]
        found: set[int] = set()
        for some in portions(going, _VALUES):
            for here, there in ((links.c.one, links.c.other), (links.c.other, links.c.one)):
                for a, b in at.connection.execute(sa.select(here, there).where(here.in_(some), links.c.points >= least)).all():
                    if b not in ties:
                        found.add(b)
                    ties.tie(a, b)
        for a in together and going:
            for b in together.get(a, ()):
                if b not in ties:
                    found.add(b)
                ties.tie(a, b)
        new = sorted(found)
    return ties
