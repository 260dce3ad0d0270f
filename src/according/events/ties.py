"""What hangs together by ties: sets that are joined and never parted.

Union-find with halved paths (Tarjan, "Efficiency of a good but not linear set union algorithm", 1975).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

T = TypeVar("T", int, str)


class Ties(Generic[T]):
    """Sets of keys, each known by its least; at first every key is a set of its own."""

    def __init__(self, keys: Iterable[T] = ()) -> None:
        self._above: dict[T, T] = {key: key for key in keys}
        self._size: dict[T, int] = {}  # of sets of more than one, by their least

    def __contains__(self, key: T) -> bool:
        return key in self._above

    def __iter__(self) -> Iterator[T]:
        return iter(self._above)

    def root(self, key: T) -> T:
        """The least key of its set."""
        above = self._above
        while (higher := above[key]) != key:
            above[key] = above[higher]
            key = above[key]
        return key

    def tie(self, a: T, b: T) -> None:
        """Let the sets of both be one."""
        one, other = self.root(self._above.setdefault(a, a)), self.root(self._above.setdefault(b, b))
        if one != other:
            least, more = (one, other) if one < other else (other, one)
            self._above[more] = least
            self._size[least] = self.size(least) + self._size.pop(more, 1)

    def size(self, root: T) -> int:
        """How many keys the set has, by its least."""
        return self._size.get(root, 1)
