"""What the words between two mentions say of how they lie: one in the other, near it, or told in one list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from according.model import Span
from according.places import features


@dataclass(frozen=True, slots=True)
class Relation:
    """The mention of number ``inner`` lies in (or near) the mention of number ``outer``. ``sure``: 1 plain words, less for a comma."""

    inner: int
    outer: int
    near: bool
    sure: float

    @property
    def plain(self) -> bool:
        """Whether the words say it, and leave no other reading."""
        return not self.near and self.sure == 1.0


_WORD = r"[A-Za-z'’-]+"
_IN = re.compile(rf"^,?\s*(?:(?!and\b|or\b|but\b){_WORD}\s+){{0,2}}(?:in|inside|within)\s+(?:the\s+)?(?:{_WORD}\s+){{0,4}}$")
_OF = re.compile(r"^\s+of\s+(?:the\s+)?(?:[a-z-]+\s+){0,3}$")
_COMMA = re.compile(r"^\s*,\s*$")
_OPEN = re.compile(r"^\s*\(\s*$")
_OWN = re.compile(r"^\s*['’]s?\s+(?:[a-z-]+\s+){0,5}$")
_KIND_OF = re.compile(r"^\s+(?:[a-z-]+\s+){0,3}(?P<kind>[a-z]+)\s+(?:of|called|named)\s+$")
_KIND = re.compile(r"^\s+(?:[a-z-]+\s+){0,2}(?P<kind>[a-z]+)\s+$")
_NEAR = re.compile(r"(?:\bnear|\bof|\bfrom|\boutside|\bto|\band|,)\s+(?:the\s+)?(?:[a-z-]+\s+){0,3}$")
_LISTED = re.compile(r"^\s*(?:,|,?\s+and|,?\s+or)\s+(?:the\s+)?(?:[a-z]+\s+){0,2}$")
_GOES_ON = re.compile(r"\s*(?:,|,?\s+and)\s+(?:the\s+)?[A-Z]")
#: The words between two mentions say nothing of them where they are longer than this (characters).
_APART = 60
#: So many names joined by commas and "and" are a list.
_LIST = 3


def relations(text: str, spans: Sequence[Span]) -> Iterator[Relation]:
    """The relations of mentions in the order of the text, each with the next."""
    for n, (left, right) in enumerate(pairwise(spans)):
        between = text[left.end : right.start]
        if not between or len(between) > _APART or "\n" in between.strip(" "):
            continue
        kind = _KIND_OF.match(between) or _KIND.match(between)
        if _COMMA.match(between):
            said = features.wanted(right.text.rsplit(" ", 1)[-1].lower()) & {"division", "district"}
            yield Relation(n, n + 1, False, 1.0 if said else 0.35 if _GOES_ON.match(text, right.end, right.end + _APART) else 0.7)
        elif _OPEN.match(between) or _IN.match(between):
            yield Relation(n, n + 1, False, 1.0)
        elif _OWN.match(between) or (kind and features.wanted(kind["kind"])):
            yield Relation(n + 1, n, False, 1.0)
        elif _OF.match(between):
            yield Relation(n, n + 1, False, 0.5)
        elif _NEAR.search(between):
            yield Relation(n, n + 1, True, 0.5)


def _joins(between: str) -> bool:
    return len(between) <= _APART and _LISTED.match(between) is not None


def lists(text: str, spans: Sequence[Span]) -> Iterator[range]:
    """The numbers of mentions told one after the other as equals: "Helmand, Kandahar and Khost"."""
    first = 0
    for n in range(1, len(spans) + 1):
        if n == len(spans) or not _joins(text[spans[n - 1].end : spans[n].start]):
            if n - first >= _LIST:
                yield range(first, n)
            first = n
