"""A timeline as bars: events by day, week, month or longer, so that they are few enough to be told apart.

An event whose days reach over several bars is counted on each of them, and drawn faint: it may have been on any. One without a day is on
none.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from according.ledger.exploring import Days, Stretch
from according.web import words

#: Bars at the most.
MOST = 150
#: The picture's size, in its own units.
WIDTH, HEIGHT = 1000, 120


@dataclass(frozen=True, slots=True)
class Bar:
    """Some days, with the events that were on them, and those that may have been."""

    first: date
    last: date
    told: int
    maybe: int
    x: float  # in the picture, as the following
    width: float
    solid: float  # heights
    faint: float

    @property
    def days(self) -> str:
        return words.days(self.first, self.last)


@dataclass(frozen=True, slots=True)
class Timeline:
    """The bars from the first to the last day that is shown, and what is not on them."""

    first: date
    last: date
    unit: str  # day, week, month, year, or 10 years and the like
    bars: tuple[Bar, ...]
    top: int  # events that the highest bar stands for
    beside: int  # events whose days lie before or after those shown
    undated: int

    @property
    def told(self) -> Iterator[Bar]:
        """The bars that stand for anything."""
        return (bar for bar in self.bars if bar.told or bar.maybe)


def timeline(days: Days, since: date | None = None, until: date | None = None) -> Timeline | None:
    """Events on their days, within those that were asked for where some were; ``None`` where none has a day there."""
    shown = [s for s in days.stretches if (until is None or s.first <= until) and (since is None or s.last >= since)]
    if not shown:
        return None
    first, last = max(since or date.min, min(s.first for s in shown)), min(until or date.max, max(s.last for s in shown))
    unit, starts = _divided(first, last)
    told, maybe = _counts(shown, starts, last)
    top = max(one + other for one, other in zip(told, maybe, strict=True))
    beside = sum(s.events for s in days.stretches) - sum(s.events for s in shown)
    return Timeline(first, last, unit, tuple(_bars(first, last, starts, told, maybe, top)), top, beside, days.undated)


def _divided(first: date, last: date) -> tuple[str, list[date]]:
    """The shortest unit by which there are no more than ``MOST`` bars, and the days on which they begin."""
    for unit, begins in _UNITS:
        starts = _starts(begins, first, last)
        if starts is not None:
            return unit, starts
    years = next(n for n in (10, 100, 1000) if (last.year - first.year) // n + 2 <= MOST)
    numbers = range(first.year // years * years, last.year + 1, years)
    return f"{years} years", [date(max(1, year), 1, 1) for year in numbers]


def _starts(begins: Callable[[date, int], date], first: date, last: date) -> list[date] | None:
    starts: list[date] = []
    for n in range(MOST + 1):
        try:
            start = begins(first, n)
        except (ValueError, OverflowError):  # after the last year that there is
            return starts
        if start > last:
            return starts
        starts.append(start)
    return None


#: The day on which the nth bar begins, where the first of them holds ``first``.
_UNITS: tuple[tuple[str, Callable[[date, int], date]], ...] = (
    ("day", lambda first, n: first + timedelta(days=n)),
    ("week", lambda first, n: first + timedelta(days=7 * n - min(first.weekday(), (first - date.min).days))),
    ("month", lambda first, n: date(first.year + (first.month - 1 + n) // 12, (first.month - 1 + n) % 12 + 1, 1)),
    ("year", lambda first, n: date(first.year + n, 1, 1)),
)


def _counts(stretches: Iterable[Stretch], starts: Sequence[date], last: date) -> tuple[list[int], list[int]]:
    """For each bar the events that lie within it, and those that reach over it and others, or beyond all."""
    told, steps = [0] * len(starts), [0] * (len(starts) + 1)
    at = _places(starts)
    for s in stretches:
        one, other = at(s.first), at(s.last)
        if one == other and starts[0] <= s.first and s.last <= last:
            told[one] += s.events
        else:
            steps[one] += s.events
            steps[other + 1] -= s.events
    return told, list(accumulate(steps[:-1]))


def _places(starts: Sequence[date]) -> Callable[[date], int]:
    """In which bar a day lies; the first and the last take what is before and after them."""
    return lambda day: max(0, bisect_right(starts, day) - 1)


def _bars(first: date, last: date, starts: Sequence[date], told: Sequence[int], maybe: Sequence[int], top: int) -> Iterator[Bar]:
    whole = (last - first).days + 1
    ends = [*(start - timedelta(days=1) for start in starts[1:]), last]
    for n, (start, end) in enumerate(zip(starts, ends, strict=True)):
        begin, stop = max(first, start), min(last, end)
        x, width = WIDTH * (begin - first).days / whole, WIDTH * ((stop - begin).days + 1) / whole
        solid, faint = HEIGHT * told[n] / top, HEIGHT * maybe[n] / top
        yield Bar(begin, stop, told[n], maybe[n], round(x, 2), round(width, 2), round(solid, 2), round(faint, 2))
