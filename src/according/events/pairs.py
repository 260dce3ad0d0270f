"""Two accounts by their keys, whichever comes first."""

from __future__ import annotations

#: The lesser key first.
Pair = tuple[str, str]


def ordered(a: str, b: str) -> Pair:
    return (a, b) if a < b else (b, a)
