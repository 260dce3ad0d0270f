"""Which happenings are compared: those of different reports that share a key that tells something."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from itertools import combinations, groupby, product
from operator import itemgetter

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from according.events.keys import most
from according.ledger.schema import blocks
from according.portions import portions

_VALUES, _THROUGH, _MANY = 5_000, 500_000, 2_000_000
#: Two numbers in one: the lesser stands above so many bits.
BITS = 32
#: Pairs of numbers, each two in one.
Codes = NDArray[np.int64]
#: What bears a key: so many happenings, from that of the first number on.
Borne = tuple[int, int]


def borne(connection: sa.Connection, keys: Collection[int]) -> Iterator[tuple[int, list[Borne]]]:
    """What bears each of these keys; of very many, the whole table is read through once, which takes a fifth of looking each up."""
    if len(keys) > _THROUGH:
        known = frozenset(keys)
        rows = connection.execute(sa.select(blocks).order_by(blocks.c.key)).yield_per(_VALUES)
        for key, some in groupby((row for portion in rows.partitions() for row in portion), key=itemgetter(0)):
            if key in known:
                yield key, [(happening, count) for _, happening, count in some]
        return
    for some_keys in portions(sorted(keys), _VALUES):
        members: dict[int, list[Borne]] = defaultdict(list)
        # One row at a time takes twice as long.
        for key, happening, count in connection.execute(sa.select(blocks).where(blocks.c.key.in_(some_keys))).all():
            members[key].append((happening, count))
        yield from members.items()


def count_of(members: Iterable[Borne]) -> int:
    return sum(count for _, count in members)


def numbers_of(members: Iterable[Borne]) -> Iterator[int]:
    return (n for first, count in members for n in range(first, first + count))


def pairs(connection: sa.Connection, moved: Mapping[int, int], made: Set[int]) -> tuple[Codes, set[int]]:
    """Pairs that share a key and of which one at least was ``made`` now, each once (see ``numbers``); ``moved`` has the keys of these and
    how many more bear each than did. And the happenings of a key which told something before and is too common now, or the reverse.
    """
    codes = _Codes()
    crossed: set[int] = set()
    for key, members in borne(connection, moved):
        after = count_of(members)
        if (after <= most()) != (after - moved[key] <= most()):
            crossed.update(numbers_of(members))
        if after <= most():
            codes.add(members, made)
    return codes.all(), crossed


def more_pairs(connection: sa.Connection, happenings: Set[int]) -> Codes:
    """Those of which one at least is of these."""
    keys: set[int] = set()
    for some in portions(sorted(happenings), _VALUES):
        keys.update(connection.execute(sa.select(blocks.c.key).distinct().where(blocks.c.happening.in_(some))).scalars())
    codes = _Codes()
    for _, members in borne(connection, keys):
        if count_of(members) <= most():
            codes.add(members, happenings)
    return codes.all()


class _Codes:
    """Pairs, each once, held as numbers."""

    def __init__(self) -> None:
        self._known: list[Codes] = []
        self._new: list[int] = []

    def add(self, members: Sequence[Borne], among: Set[int]) -> None:
        """Those of what bears a key of which one at least is ``among`` these."""
        for (one, many), (other, more) in combinations(sorted(members), 2):
            if many == more == 1:
                if one in among or other in among:
                    self._new.append(one << BITS | other)
            else:
                every = product(range(one, one + many), range(other, other + more))
                self._new += [a << BITS | b for a, b in every if a in among or b in among]
        if len(self._new) > _MANY:
            self._pack()

    def all(self) -> Codes:
        """All of them, in their order."""
        self._pack()
        self._known = [np.unique(np.concatenate(self._known))]
        return self._known[0]

    def _pack(self) -> None:
        """Hundreds of thousands of Python's numbers take four times as much memory."""
        self._known.append(np.unique(np.array(self._new, np.int64)))
        self._new = []


def numbers(codes: Codes) -> list[tuple[int, int]]:
    """The pairs that these codes stand for, the lesser number first."""
    return list(zip((codes >> BITS).tolist(), (codes & ((1 << BITS) - 1)).tolist(), strict=True))
