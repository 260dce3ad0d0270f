"""Every expression of quantity in a text, with the interval that it says: "at least a dozen" is [12, ∞).

Works on the words alone, without a tree. Dates, ages, distances, durations, unit names and the like are not quantities
here; what a quantity counts is for :mod:`according.reading.figures` to say. The lists of words are in ``numbers.toml``.
"""

from __future__ import annotations

import enum
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from according.model import Span
from according.reading.cardinals import Cardinal, read, table
from according.reading.unlike import not_a_count
from according.reading.words import Words


class Kind(enum.StrEnum):
    """How a quantity is put."""

    COUNT = "count"  # a number: "12", "dozens", "both"
    ONE = "one"  # an article that may count: "a soldier", "another"
    VAGUE = "vague"  # no bound: "several", "a number of"
    NONE = "none"  # "no casualties"
    PERCENT = "percent"
    MONEY = "money"


@dataclass(frozen=True, slots=True)
class Number:
    """A quantity. ``span`` has its qualifiers, ``core`` has not; [``min``, ``max``] is closed, ``None`` is an open side."""

    span: Span
    core: Span
    kind: Kind
    min: int | None = None
    max: int | None = None
    approximate: bool = False


#: "A large and growing number of" holds no more words than this before its "number".
_SIZES = 12
_Interval = tuple[Decimal | None, Decimal | None]


def find(text: str, skip: Sequence[tuple[int, int]] = ()) -> tuple[Number, ...]:
    """The quantities of ``text`` in the order they stand in, none overlapping another.

    ``skip``: stretches ``(start, end)`` of the text that hold none, such as dates. Never raises, whatever the text.
    """
    words = Words.of(text)
    barred = _barred(words, skip)
    taken = [False] * len(words)
    found: list[tuple[int, int, Number]] = []
    _cardinals(words, barred, taken, found)
    _others(words, barred, taken, found)
    return tuple(number for _, _, number in sorted(found, key=lambda row: row[0]))


def _barred(words: Words, skip: Sequence[tuple[int, int]]) -> frozenset[int]:
    return frozenset(i for low, high in skip for i in range(bisect_left(words.starts, low), bisect_left(words.starts, high)))


def _cardinals(words: Words, barred: frozenset[int], taken: list[bool], found: list[tuple[int, int, Number]]) -> None:
    i = floor = 0
    while i < len(words):
        cardinal = None if i in barred else read(words, i)
        if cardinal is None:
            floor = i + 1 if i in barred else floor
            i += 1
            continue
        number = _number(words, cardinal, floor)
        if number:
            found.append(number)
            taken[number[0] : number[1]] = [True] * (number[1] - number[0])
        elif words.at(cardinal.start) != "one":  # a date, a distance: its words are no quantity in another way either
            taken[cardinal.start : cardinal.end] = [True] * (cardinal.end - cardinal.start)
        i = floor = max(number[1] if number else 0, cardinal.end)


def _number(words: Words, cardinal: Cardinal, floor: int) -> tuple[int, int, Number] | None:
    start, end, kind = _unit(words, cardinal)
    effects: list[str] = []
    start = _before(words, start, floor, effects)
    end = _after(words, end, effects)
    if kind is Kind.COUNT and not_a_count(words, cardinal, qualified=bool(set(effects) - {"plain"})):
        return None
    if cardinal.low != int(cardinal.low) and kind is Kind.COUNT:
        return None
    low, high = _bounded((cardinal.low, cardinal.high), effects)
    about = "about" in effects
    core = Span.of(words.text, words.starts[cardinal.start], words.ends[cardinal.end - 1])
    span = Span.of(words.text, words.starts[start], words.ends[end - 1])
    return start, end, Number(span, core, kind, _whole(low), _whole(high), about)


def _whole(value: Decimal | None) -> int | None:
    return None if value is None or value < 0 else int(value)


def _unit(words: Words, cardinal: Cardinal) -> tuple[int, int, Kind]:
    """The cardinal with its currency or per cent sign, and what it then is."""
    start, end, money = cardinal.start, cardinal.end, table()["money"]
    for length in (2, 1):
        sign = words.run(end, length)
        if " ".join(sign) in table()["measured"]["percent"]:
            return start, end + len(sign), Kind.PERCENT
    if words.at(start - 1) in money["signs"]:
        start -= 1
        if words.glued(start) and words.at(start - 1) in money["codes"]:
            start -= 1
        return start, end, Kind.MONEY
    if words.at(start - 1) in money["codes"] and (words.glued(start) or words.at(start - 1) != "us"):
        return start - 1, end, Kind.MONEY
    at = end + 1 if words.at(end) in money["between"] else end
    at = at + 1 if words.at(at) == "." and at > end else at
    if words.at(at) in money["words"]:
        return start, at + 1, Kind.MONEY
    return start, end, Kind.COUNT


def _before(words: Words, start: int, floor: int, effects: list[str]) -> int:
    """Take in the qualifiers before word ``start``, none beyond ``floor``; their effects, innermost first, go to ``effects``."""
    while True:
        for phrase, effect in _qualifiers("before").get(words.at(start - 1), ()):
            begin = start - len(phrase)
            if begin >= floor and words.run(begin, len(phrase)) == phrase:
                start = begin
                effects.append(effect)
                break
        else:
            return start


def _after(words: Words, end: int, effects: list[str]) -> int:
    for phrase, effect in _qualifiers("after").get(words.at(end), ()):
        if words.run(end, len(phrase)) == phrase and not words.is_digits(end + len(phrase)):
            effects.append(effect)
            return end + len(phrase)
    if words.at(end) == "+" and words.glued(end):
        effects.append("least")
        return end + 1
    return end


@cache
def _qualifiers(side: str) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Phrases by the word that touches the number, the longest first."""
    out: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for effect, phrases in table()[side].items():
        for phrase in phrases:
            parts = tuple(Words.of(phrase).lower)
            out.setdefault(parts[-1] if side == "before" else parts[0], []).append((parts, effect))
    for rows in out.values():
        rows.sort(key=lambda row: -len(row[0]))
    return out


def _bounded(interval: _Interval, effects: list[str]) -> _Interval:
    """The interval after its qualifiers, the outermost having the last word."""
    low, high = interval
    for effect in effects:
        if effect == "least":
            high = None
        elif effect == "above":
            low, high = (low + 1 if low is not None and high is not None else low), None
        elif effect in ("most", "nearly"):
            low = None
        elif effect == "below":
            low, high = None, high - 1 if high is not None else None
    return low, high


def _others(words: Words, barred: frozenset[int], taken: list[bool], found: list[tuple[int, int, Number]]) -> None:
    """Quantities without a numeral: "several", "a number of", "no", "a" and "another"."""
    for i in range(len(words)):
        if taken[i] or words.lower[i] not in _openers() or i in barred:
            continue
        match = _number_of(words, i) or _heavy(words, i) or _phrase(words, i)
        if match is None or any(taken[i : match[0]]) or (match[1] is Kind.VAGUE and words.at(match[0]) in table()["measured"]["units"]):
            continue
        end, kind = match
        taken[i:end] = [True] * (end - i)
        value = {Kind.ONE: 1, Kind.NONE: 0}.get(kind)
        span = Span.of(words.text, words.starts[i], words.ends[end - 1])
        found.append((i, end, Number(span, span, kind, value, value)))


@cache
def _openers() -> frozenset[str]:
    vague = table()["vague"]
    return frozenset({*_phrases(), *vague["sizes"], *vague["heavy"]})


def _number_of(words: Words, i: int) -> tuple[int, Kind] | None:
    """As in "a number of", "large and growing numbers of", "an unknown number of"; not "the number of"."""
    at = i + 1 if words.at(i) in ("a", "an") else i
    sizes = table()["vague"]["sizes"]
    while at < i + _SIZES and (words.at(at) in sizes or (words.at(at) == "and" and words.at(at + 1) in sizes)):
        at += 1
    if at == i or words.at(at) not in ("number", "numbers") or words.at(at + 1) != "of":
        return None
    return at + 2, Kind.VAGUE


def _heavy(words: Words, i: int) -> tuple[int, Kind] | None:
    vague = table()["vague"]
    return (i + 1, Kind.VAGUE) if words.at(i) in vague["heavy"] and words.at(i + 1) in vague["heavy_of"] else None


def _phrase(words: Words, i: int) -> tuple[int, Kind] | None:
    for phrase, kind in _phrases().get(words.at(i), ()):
        if words.run(i, len(phrase)) == phrase and not (kind is Kind.ONE and _no_article(words, i, i + len(phrase))):
            return i + len(phrase), kind
    return None


@cache
def _phrases() -> dict[str, list[tuple[tuple[str, ...], Kind]]]:
    out: dict[str, list[tuple[tuple[str, ...], Kind]]] = {}
    for kind in (Kind.VAGUE, Kind.NONE, Kind.ONE):
        for phrase in [*table()[kind]["words"], *table()[kind]["phrases"]]:
            parts = tuple(phrase.split())
            out.setdefault(parts[0], []).append((parts, kind))
    for rows in out.values():
        rows.sort(key=lambda row: -len(row[0]))
    return out


def _no_article(words: Words, start: int, end: int) -> bool:
    """Whether "a" is something else here: a letter ("A."), or before nothing that can be counted."""
    return not words.is_word(end) or words.glued(end) or (words.glued(start) and words.at(start - 1) not in "\"'“‘([—–-")
