"""Bare numerals → the interval that they say: "1.2 million", "twenty-five", "dozens", "30 to 40".

No qualifiers here ("at least") and no judgement on what is counted; see :mod:`according.reading.numbers`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Any

from according.data import toml
from according.reading.words import LONGEST, Words

#: So many magnitudes make one number ("hundred thousand million"); more are no number that anybody writes.
_MOST = 4
_DASHES = frozenset("-–—‐‑‒")
_THIN = frozenset(" \u00a0\u2009\u202f")


@cache
def table() -> dict[str, Any]:
    """The words of number, as ``numbers.toml`` lists them."""
    found: dict[str, Any] = toml(__package__, "numbers.toml")
    return found


@dataclass(frozen=True, slots=True)
class Cardinal:
    """Words ``start`` (inclusive) to ``end`` (exclusive) and the closed interval they say; ``high`` is ``None`` for "dozens"."""

    start: int
    end: int
    low: Decimal
    high: Decimal | None
    digits: bool = False  # written in figures, without a magnitude: may be a year, a day, a name
    scaled: bool = False  # has "million" or the like
    unsure: bool = False  # counts only with a qualifier before it ("at least once")


def read(words: Words, i: int) -> Cardinal | None:
    """The numeral that begins at word ``i``, a range taken whole; ``None`` where there is none."""
    if words.at(i) not in _starters() and not words.is_digits(i):
        return None
    first = _loose(words, i) or _pair(words, i) or _single(words, i)
    return _range(words, first) if first else None


@cache
def _starters() -> frozenset[str]:
    lists = ("units", "tens", "plurals", "only_qualified")
    return frozenset({"a", "an", "several", "few", "many"} | set(_fixed()) | {word for name in lists for word in table()[name]})


def _single(words: Words, i: int) -> Cardinal | None:
    if words.is_digits(i):
        return _figures(words, i)
    return _plural(words, i) or _spelt(words, i) or _once(words, i)


def _pair(words: Words, i: int) -> Cardinal | None:
    """Fixed phrases: "a couple of", "half a million", "both"."""
    for phrase, value in _fixed().get(words.at(i), ()):
        if words.run(i, len(phrase)) == phrase:
            return Cardinal(i, i + len(phrase), value, value)
    return None


@cache
def _fixed() -> dict[str, list[tuple[tuple[str, ...], Decimal]]]:
    out: dict[str, list[tuple[tuple[str, ...], Decimal]]] = {}
    for phrase, value in {**table()["pairs"], **table()["both"], **table()["tuples"]}.items():
        parts = tuple(phrase.split())
        out.setdefault(parts[0], []).append((parts, Decimal(value)))
    for rows in out.values():
        rows.sort(key=lambda row: -len(row[0]))
    return out


def _once(words: Words, i: int) -> Cardinal | None:
    value = table()["only_qualified"].get(words.at(i))
    return Cardinal(i, i + 1, Decimal(value), Decimal(value), unsure=True) if value else None


def _figures(words: Words, i: int) -> Cardinal | None:
    written = words.at(i).replace(",", "")
    end = i + 1
    while written.isdecimal() and len(words.at(i)) <= 3 and len(written) <= LONGEST and _is_group(words, end):
        written += words.at(end)  # "592 700"
        end += 1
    if len(written) > LONGEST or (len(written) > 1 and written[0] == "0" and "." not in written):
        return None
    value = Decimal(written)
    scaled = _scale(words, end, i)
    if scaled:
        return Cardinal(i, scaled[0], value * scaled[1], value * scaled[1], scaled=True)
    return Cardinal(i, end, value, value, digits=True)


def _is_group(words: Words, at: int) -> bool:
    """Three digits after a thin space or a plain one."""
    return len(words.at(at)) == 3 and words.at(at).isdecimal() and words.gap(at) in _THIN


def _scale(words: Words, end: int, start: int) -> tuple[int, Decimal] | None:
    """The magnitude after digits: "million", "bn", and "m" where a currency sign stands before."""
    word = words.at(end)
    if words.glued(end) or word in ("mn", "mln", "bn", "tn"):
        money = words.at(start - 1) in table()["money"]["signs"]
        glued = table()["glued"].get(word) or (table()["glued_money"].get(word) if money else None)
        if glued:
            return end + 1, Decimal(glued)
    if word in _DASHES and words.glued(end) and words.at(end + 1) in table()["magnitudes"]:
        end += 1  # "1.2-million"
    factor = Decimal(1)
    at = end
    while words.at(at) in table()["magnitudes"] and at < end + _MOST:
        factor *= table()["magnitudes"][words.at(at)]
        at += 1
    return (at, factor) if at > end else None


def _plural(words: Words, i: int) -> Cardinal | None:
    """As in "dozens", "tens of thousands": a lower bound alone."""
    low = table()["plurals"].get(words.at(i))
    if low is None:
        return None
    multiple = table()["magnitudes"].get(words.at(i + 2).removesuffix("s"))
    if words.at(i + 1) == "of" and multiple and words.at(i + 2) in table()["plurals"]:
        return Cardinal(i, i + 3, Decimal(low * multiple), None)
    if words.at(i) in ("tens", "tenths") and words.at(i + 1) != "of":
        return None
    return Cardinal(i, i + 1, Decimal(low), None)


def _loose(words: Words, i: int) -> Cardinal | None:
    """As in "several hundred", "a few dozen": at least two of them."""
    at = i + 1 if words.at(i) == "a" and words.at(i + 1) in ("few", "couple") else i
    if words.at(at) not in ("several", "few", "many", "couple") or (words.at(at) == "couple" and at == i):
        return None
    at = at + 1 if words.run(at, 2) == ("couple", "of") else at
    if words.at(at + 1) not in table()["magnitudes"]:
        return None
    end, factor = at + 1, Decimal(1)
    while words.at(end) in table()["magnitudes"] and end < at + 1 + _MOST:
        factor *= table()["magnitudes"][words.at(end)]
        end += 1
    return Cardinal(i, end, 2 * factor, None)


def _spelt(words: Words, i: int) -> Cardinal | None:
    """A cardinal in words: "twenty-five", "three hundred and ten", "one and a half million", "a dozen"."""
    small, tens, magnitudes = table()["units"], table()["tens"], table()["magnitudes"]
    total, current, last, at, end = Decimal(0), Decimal(0), "", i, i
    if words.at(i) in ("a", "an"):
        if words.at(i + 1) not in magnitudes:
            return None
        current, at, last = Decimal(1), i + 1, "article"
    while True:
        word = words.at(at)
        if word in small and (last in ("", "hundred", "thousand") or (last == "tens" and 0 < small[word] < 10)):
            current, last = current + small[word], "unit"
        elif word in tens and last in ("", "hundred", "thousand"):
            current, last = current + tens[word], "tens"
        elif word == "hundred" and last in ("unit", "article"):
            current, last = current * 100, "hundred"
        elif word in magnitudes and last not in ("", "thousand"):
            total, current, last = total + current * magnitudes[word], Decimal(0), "thousand"
        elif words.run(at, 3) == ("and", "a", "half") and last in ("unit", "tens"):
            current, at, last = current + Decimal("0.5"), at + 2, "unit"
        elif _joins(words, at, last):
            at += 1
            continue
        else:
            break
        at, end = at + 1, at + 1
    return Cardinal(i, end, total + current, total + current, scaled=total > 0) if end > i else None


def _joins(words: Words, at: int, last: str) -> bool:
    """Whether word ``at`` only ties the parts of one numeral: "twenty-five", "two hundred and six"."""
    after = words.at(at + 1)
    if words.at(at) in _DASHES and words.glued(at) and words.glued(at + 1):
        return (last == "tens" and after in table()["units"]) or (last in ("unit", "article") and after in table()["magnitudes"])
    return words.at(at) == "and" and last in ("hundred", "thousand") and (after in table()["units"] or after in table()["tens"])


def _range(words: Words, first: Cardinal) -> Cardinal:
    """``first``, or the whole of "30 to 40", "30-40", "two or three", "between 2 and 3 million" that it begins."""
    link = words.at(first.end)
    between = words.at(first.start - 1) == "between"
    dash = link in _DASHES and words.glued(first.end) == words.glued(first.end + 1)
    tied = link == "or" or (link == "and" and between) or (link == "to" and not _changes(words, first.start))
    if first.high is None or first.unsure or not (dash or tied):
        return first
    second = _single(words, first.end + 1)
    if second is None or second.high is None or second.unsure:
        return first
    low = _shared_scale(words, first, second)
    if low >= second.low or (link == "or" and second.low > 2 * low + 1):
        return first
    start = first.start - 1 if between else first.start
    return replace(second, start=start, low=low, digits=first.digits and second.digits)


def _shared_scale(words: Words, first: Cardinal, second: Cardinal) -> Decimal:
    """As in "between 2 and 3 million": the scale of the second holds for the first."""
    word = words.at(second.end - 1)
    factor = table()["magnitudes"].get(word) or table()["glued"].get(word)
    if factor and factor >= 100 and first.low < 100 and words.at(first.end - 1) not in table()["magnitudes"]:
        return first.low * Decimal(factor)
    return first.low


def _changes(words: Words, start: int) -> bool:
    """Whether "rose", "up" or the like makes "from 12 to 18" a change, not a range."""
    return words.at(start - 1) == "from" and any(word in table()["dates"]["change"] for word in words.run(max(0, start - 6), min(5, start)))
