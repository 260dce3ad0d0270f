"""Many things in portions of a few: a database limits how many values a statement may hold, and memory how many rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def portions(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """The items in their order, ``size`` at a time, the last of them fewer."""
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some
