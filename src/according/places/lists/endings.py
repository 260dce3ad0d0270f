"""What the words of a listed name say of its kind: “Teir Maaleh village” is a village, and its name is Teir Maaleh."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from according.data import toml
from according.places import features

_BRACKETS = re.compile(r"\s*\([^()]*\)\s*")
_SLASH = re.compile(r"\s*/\s*")
#: Of such places the word for the kind is no part of the name; of a dam or a prison it is.
_SETTLED = frozenset(["settlement", "quarter"])
_DIVISIONS = frozenset(["division", "district", "subdistrict"])
#: Of these neither, where the name says it already: "Jabal Bishri mountain".
_LANDS = frozenset(["mountain", "land", "water", "line"])


@dataclass(frozen=True, slots=True)
class Named:
    """A listed name: the feature code that its words tell, if any, and its names, the listed one first."""

    feature: str | None
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Words:
    last: Mapping[tuple[str, ...], str]
    first: Mapping[tuple[str, ...], str]
    describing: frozenset[str]
    no_name: frozenset[str]
    landforms: frozenset[str]


@cache
def _words() -> _Words:
    raw = toml("according.places", "data/endings.toml")
    last, first = ({tuple(phrase.split()): code for code, row in raw[table].items() for phrase in row} for table in ("last", "first"))
    told = {name: frozenset(words.split()) for name, words in raw["told"].items()}
    return _Words(last, first, told["describing"], told["no_name"], told["landforms"])


def named(name: str) -> Named:
    """What a listed name tells. Names of two spellings (“Kobane/Ayn al Arab town”) and remarks in brackets are taken apart."""
    words = _BRACKETS.sub(" ", name).split()
    start, end = _start(words), _end(words)
    if _words().describing & set(words[1:-1]):
        return Named(start or "AREA", (name,))
    kind = features.class_of(end[0]).name if end else ""
    if kind in _SETTLED or (kind in _DIVISIONS and start != "AREA"):  # "Eastern Ghariyah village", "Jabal Saman district"
        start = None
    feature = start or (end[0] if end else None)
    kind = features.class_of(feature).name if feature else ""
    bare = words[: len(words) - end[1]] if end else words
    names = [name, " ".join(words)]
    if kind in _DIVISIONS or (kind in _LANDS and words[0].casefold() in _words().landforms):
        names.append(" ".join(bare))
    elif not kind or kind in _SETTLED:
        names += [" ".join(bare), *_parts(bare)]
    return Named(feature, tuple(dict.fromkeys(n for n in names if _is_name(n))) or (name,))


def feature_of(kind: str) -> str | None:
    """The feature code of a kind told in words: “village” → PPL. ``None`` for an unknown one."""
    return _words().last.get(tuple(kind.casefold().split()))


def bare(name: str) -> str:
    """A division's name without the word for its kind: “Homs Governorate” → “Homs”."""
    words = name.split()
    end = _end(words)
    if not end or features.class_of(end[0]).name not in _DIVISIONS:
        return name
    return " ".join(words[: len(words) - end[1]])


def _parts(words: Sequence[str]) -> Iterator[str]:
    parts = _SLASH.split(" ".join(words))
    if len(parts) > 1:
        for part in parts:
            pieces = part.split()
            end = _end(pieces)
            yield " ".join(pieces[: len(pieces) - end[1]] if end else pieces)


def _is_name(name: str) -> bool:
    words = [word.casefold() for word in name.split()]
    return sum(c.isalpha() for c in name) > 1 and not all(word in _words().no_name for word in words)


def _end(words: Sequence[str]) -> tuple[str, int] | None:
    """The feature code of the longest ending that stands after a name, and how many words it is."""
    lower = tuple(word.casefold() for word in words)
    for length in range(min(3, len(lower) - 1), 0, -1):
        feature = _words().last.get(lower[-length:])
        if feature:
            return feature, length
    return None


def _start(words: Sequence[str]) -> str | None:
    lower = tuple(word.casefold() for word in words)
    return next((code for length in (2, 1) if len(lower) > length and (code := _words().first.get(lower[:length]))), None)
