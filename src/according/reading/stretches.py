"""Many stretches, of a text or of its tokens, sorted once: those that share a place are found without looking at all of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate


@dataclass(frozen=True, slots=True)
class Stretches:
    """Stretches by their starts. ``order``: the number of each as they were given; ``reach``: the farthest end up to each."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    order: tuple[int, ...]
    reach: tuple[int, ...]

    @classmethod
    def of(cls, pairs: Iterable[tuple[int, int]]) -> Stretches:
        """Of pairs (start, end), ends exclusive, in any order; they may overlap."""
        rows = sorted((start, end, n) for n, (start, end) in enumerate(pairs))
        ends = tuple(row[1] for row in rows)
        return cls(tuple(row[0] for row in rows), ends, tuple(row[2] for row in rows), tuple(accumulate(ends, max)))

    def overlapping(self, start: int, end: int) -> list[int]:
        """The numbers of those that share a place with the stretch from ``start`` to ``end``, the first given first."""
        found = []
        at = bisect_left(self.starts, end)
        while at and self.reach[at - 1] > start:
            at -= 1
            if self.ends[at] > start:
                found.append(self.order[at])
        return sorted(found)

    def overlaps(self, start: int, end: int) -> bool:
        """Whether any shares a place with the stretch from ``start`` to ``end``."""
        at = bisect_left(self.starts, end)
        return at > 0 and self.reach[at - 1] > start

    def holds(self, place: int) -> bool:
        """Whether any stands around a place."""
        return self.overlaps(place, place + 1)

    def begins(self, start: int, end: int) -> bool:
        """Whether any begins from ``start`` on and before ``end``."""
        at = bisect_left(self.starts, start)
        return at < len(self.starts) and self.starts[at] < end

    def within(self, start: int, end: int) -> bool:
        """Whether any lies wholly between ``start`` and ``end``."""
        first, last = bisect_left(self.starts, start), bisect_left(self.starts, end)
        return any(reached <= end for reached in self.ends[first:last])
