"""Times as a claim quotes them: with "since", "between", "for", and two that make one stretch as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from according.model import Anchor, Precision
from according.reading.times.atoms import Atom
from according.reading.times.intervals import Interval
from according.reading.times.resolve import Resolved, linked
from according.reading.times.words import VALUES, Words

#: How far before a time its "since" may stand ("since the conflict began in March 2011"), in words.
CLAUSE = 9
Now = tuple[date | None, Anchor | None]
_DATES = frozenset({"calendar", "day", "thisday", "lastnight", "unit", "clock", "bc", "holiday", "offset"})
_STRETCHES = frozenset({"window", "duration", "vague"})
#: What each word before a time does to its interval.
_OPEN_START = frozenset({"until", "by", "before"})
_OPEN_END = frozenset({"after", "from"})
_BEFORE_DATE = frozenset({"in", "on", "of", "at"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """Atoms ``first`` to ``last`` (exclusive) read as one: words ``begin`` to ``end`` (exclusive), and their days, either side open."""

    first: int
    last: int
    begin: int
    end: int
    relation: str | None
    start_day: date | None
    end_day: date | None
    precision: Precision | None
    anchor: Anchor | None


def group(words: Words, atoms: Sequence[Atom], found: list[Resolved], now: Now) -> list[Phrase]:
    """Every atom in one phrase, in order. A time of day before another time takes that one's day in ``found``."""
    out, n = [], 0
    while n < len(atoms):
        two = n + 1 < len(atoms) and _makes_stretch(words, atoms, found, n)
        if two and found[n][0] is None and atoms[n].kind == "clock":
            found[n] = found[n + 1]
        out.append(_phrase(words, atoms, found, (n, n + 1 + two), now))
        n += 1 + two
    return out


def _makes_stretch(words: Words, atoms: Sequence[Atom], found: Sequence[Resolved], n: int) -> bool:
    left, right = atoms[n], atoms[n + 1]
    if not (left.kind in _DATES and right.kind in _DATES and linked(left, right, words)):
        return False
    between = words.lower[left.last : right.first]
    if left.joined and "and" not in between and "or" not in between and "," not in between:
        return True
    if "or" in between or "/" in between:
        return False
    if not {"and", "&", ","} & set(between):
        return True
    before = words.lower[left.first - 1] if left.first else ""
    one, other = found[n][0], found[n + 1][0]
    return before == "between" or (one is not None and other is not None and (other.start - one.end).days == 1)


def _phrase(words: Words, atoms: Sequence[Atom], found: Sequence[Resolved], at: tuple[int, int], now: Now) -> Phrase:
    first, last = atoms[at[0]], atoms[at[1] - 1]
    relation, begin = _relation(words, first, at[1] - at[0] == 2)
    days, anchor = _stretch(found[at[0]], found[at[1] - 1])
    start, end = (days.start, days.end) if days else (None, None)
    if days and relation == "since":
        end = now[0] if now[0] and now[0] >= days.start else None
        anchor = anchor or (now[1] if end else None)
    elif days and relation in _OPEN_START:
        start, end = None, days.start - timedelta(days=1) if relation == "before" and days.start > date.min else days.end
    elif days and relation in _OPEN_END and at[1] - at[0] == 1:
        end = None
    return Phrase(*at, begin, last.last, relation, start, end, days.precision if days else None, anchor)


def _stretch(left: Resolved, right: Resolved) -> Resolved:
    """From the beginning of the one to the end of the other; nothing where either has no days."""
    one, other = left[0], right[0]
    if one is None or other is None or left is right:
        return left if left is right else (None, None)
    start = one.start
    if start > other.start and one.precision is Precision.DAY and left[1] is right[1] is not None and start.toordinal() > 7:
        start -= timedelta(days=7)  # "from Friday to Monday", told on a Saturday
    if start > other.end:
        return None, None
    precision = one.precision if one.precision is other.precision else None
    return Interval(start, other.end, precision), left[1] or right[1]


def _relation(words: Words, atom: Atom, two: bool) -> tuple[str | None, int]:
    """The word of relation and the word that the phrase begins with."""
    at = atom.first - 1
    word = words.lower[at] if at >= 0 else ""
    found = VALUES["relation"].get(word)
    if found and not (found == "between" and not two):
        return found, at
    if words.lower[atom.last - 1] == "since":
        return "since", atom.first
    if word == "in" and atom.kind in _STRETCHES:
        return "in", at
    if word in _BEFORE_DATE and atom.kind == "calendar":
        for back in range(at - 1, max(at - CLAUSE, -1), -1):
            if words.lower[back] == "since":
                return "since", back
            if not words.lower[back].replace("'", "").replace("’", "").isalpha() and words.lower[back] not in "'’":
                break
    return None, atom.first
