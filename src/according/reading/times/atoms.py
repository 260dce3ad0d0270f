"""What a form found, with its fields turned into values: an atom is one time, a form that writes two ("11–13 December") gives two."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from according.reading.times.grammar import Match
from according.reading.times.words import VALUES, Words

#: Where the value of a field stands, first class that has the word.
_CLASSES = {
    "month": ("month",), "weekday": ("weekday", "wabbr"), "season": ("season",), "part": ("part",), "which": ("which",),
    "unit": ("unit", "units", "daypart"), "shift": ("when",), "direction": ("direction",), "daypart": ("daypart",), "holiday": ("holiday",),
    "quarter": ("ordword",), "century": ("ordword",),
}  # fmt: skip
_NUMBERS = ("ones", "teens", "tens", "ordword")
_FULL_NAMES = frozenset([*VALUES["month"]][:12]) | frozenset(VALUES["weekday"])


@dataclass(slots=True)
class Atom:
    """Words ``first`` to ``last`` (exclusive) and what they say: kind, values, and whether the next atom is its other half."""

    first: int
    last: int
    kind: str
    values: dict[str, Any] = field(default_factory=dict)
    joined: bool = False

    def has(self, *names: str) -> bool:
        return any(name in self.values for name in names)


def number(words: list[str]) -> float | None:
    """The number that "three", "twenty five", "14th" or "2.5" is; None where it is none."""
    total: float = 0
    for word in words:
        digits = word.rstrip("stndrh’'")
        known = next((VALUES[name][word] for name in _NUMBERS if word in VALUES[name]), None)
        if known is not None:
            total += known
        elif digits.replace(".", "", 1).isdigit():
            total += float(digits)
    return total or None


def _century(word: str) -> int | None:
    nth = number([word])
    return int(nth - 1) * 100 if nth else None


def _decade(word: str) -> int:
    digits = int("".join(filter(str.isdigit, word)))
    return digits if digits > 99 else 1900 + digits


def _value(name: str, words: list[str]) -> Any:
    if name in ("year", "n", "day", "a", "b"):
        found = number(words)
        return int(found) if found is not None and found == int(found) else found
    if name == "century":
        return _century(words[0])
    if name == "decade":
        return _decade(words[0])
    if name == "half":
        return words[0] != "first"
    if name == "month" and words[0][0].isdigit():
        return int(words[0])
    for word in words:
        for table in _CLASSES.get(name, ()):
            if word in VALUES[table]:
                return "day" if name == "unit" and table == "daypart" else VALUES[table][word]
    return int(words[0].rstrip("stndrh")) if name == "quarter" and words[0][0].isdigit() else " ".join(words)


def _values(match: Match, words: Words) -> dict[str, Any]:
    values = dict(match.form.fixed)
    for name, (first, last) in match.fields.items():
        values.setdefault(name, _value(name, words.lower[first:last]))
    return values


def _short_year(year: int, two: str) -> int:
    """The year that "45" is in "1939–45"."""
    later = year // 100 * 100 + int(two)
    return later if later >= year else later + 100


def atoms(match: Match, words: Words) -> list[Atom]:
    """The one or two times of a match."""
    values, last = _values(match, words), match.last
    if words.lower[last - 1] == "." and _ends_sentence(words, last):
        last -= 1
    split = match.form.split
    if not split:
        return [Atom(match.first, last, match.form.kind, values)]
    at, until = match.fields[split]
    own = values.pop(split)
    if split == "year2":
        short = words.lower[at]
        second = {"year": _short_year(values["year"], short) if len(short) == 2 else int(short)}
        return [Atom(match.first, at - 1, "calendar", values, True), Atom(at, until, "calendar", second)]
    nth = number(words.lower[at:until])
    other = {**values, "day": int(nth) if nth else None}
    if split == "day1":
        begin = match.fields["day"][0]
        return [Atom(match.first, until, "calendar", other, True), Atom(begin, last, "calendar", values)]
    assert own is not None
    return [Atom(match.first, match.fields["day"][1], "calendar", values, True), Atom(at, last, "calendar", other)]


def _ends_sentence(words: Words, last: int) -> bool:
    """Whether a dot taken as an abbreviation's ends the sentence: after a full name, at a line's end, before a capital."""
    if words.lower[last - 2] in _FULL_NAMES or last == len(words) or words.lower[last] == "\n":
        return True
    return words.text[words.starts[last]].isupper()
