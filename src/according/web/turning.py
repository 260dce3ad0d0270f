"""Long lists in pages: which way they are sorted, which part of them is shown, and where the next one is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from according.errors import BadQuestion
from according.web.asked import Asked

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Turned(Generic[T]):
    """A part of a list. ``count`` is the whole list's length where that is known; an address is ``None`` where there is no such page."""

    rows: tuple[T, ...]
    count: int | None
    beginning: str | None
    following: str | None


def turned(rows: Sequence[T], asked: Asked, path: str, size: int) -> Turned[T]:
    """The part of a list in memory that the address asks for: ``after`` counts the rows before it. Raises ``BadQuestion``."""
    after = (asked.view or {}).get("after", "0")
    if not after.isascii() or not after.isdigit() or len(after) > 9:
        raise BadQuestion(f"“{after}” is no place in this list; it counts the rows before it.")
    start = int(after)
    following = asked.address(path, after=start + size) if start + size < len(rows) else None
    return Turned(tuple(rows[start : start + size]), len(rows), asked.address(path, after=None) if start else None, following)


def sort_of(asked: Asked, ways: Iterable[str]) -> str:
    """How the address asks to sort, the first way where it does not say. Raises ``BadQuestion``."""
    known = list(ways)
    told = (asked.view or {}).get("sort", known[0])
    if told not in known:
        raise BadQuestion(f"This cannot be sorted by {told}; there are {', '.join(known)}.")
    return told
