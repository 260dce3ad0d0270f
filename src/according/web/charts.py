"""Pictures of figures and of days, as geometry that templates draw. Pure.

Places along a picture are percents of its width, so that it is as wide as the page and its letters keep their size; heights are pixels.
Each picture stands beside a table that says the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from according.events.accounts import Reading
from according.events.reconciling import Range

#: Percents of the width that stay free at either side: half a dot, half a label.
_MARGIN = 5.0
#: Percents at the beginning of a picture of days for the accounts' numbers.
_GUTTER = 8.0
#: Dots nearer to one another than so many percents would overlap on a narrow screen.
_APART = 8.0
#: Where the first row of dots has its middle, in pixels below the bar's own.
_DOTS = 52
#: Pixels between dots that stand one above the other.
_LANE = 24


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on an axis with its label, which begins, ends or has its middle there: ``start``, ``end``, ``middle``."""

    x: float
    label: str
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class Dot:
    """One account's number. ``until`` is the other end of what he leaves open, or the edge where he leaves it open without an end."""

    x: float
    y: int
    number: int  # the account's
    party: bool
    counts: bool
    since: float | None = None
    until: float | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """A range with every account's dot below it."""

    low: float
    best: float
    high: float
    open: bool
    dots: tuple[Dot, ...]
    ticks: tuple[Tick, ...]
    height: int  # of all of it, axis and labels too


@dataclass(frozen=True, slots=True)
class Published:
    """One report with an account's words."""

    day: date
    denies: bool = False
    copy: bool = False


@dataclass(frozen=True, slots=True)
class Voice:
    """An account by its number, whether he is a party to the fighting, and the reports that have a day."""

    number: int
    party: bool
    reports: tuple[Published, ...]


@dataclass(frozen=True, slots=True)
class Stop:
    """A day on which a report with an account's words was published."""

    x: float
    day: date
    reports: int
    denies: bool = False
    copy: bool = False  # nothing but copies


@dataclass(frozen=True, slots=True)
class Line:
    """When one account was told."""

    number: int
    y: int
    party: bool
    stops: tuple[Stop, ...]


@dataclass(frozen=True, slots=True)
class Days:
    """When the accounts of an event were told, and when it happened as far as that is told."""

    lines: tuple[Line, ...]
    ticks: tuple[Tick, ...]
    since: float | None
    until: float | None
    height: int
    left_out: int  # accounts without a day, or more than a picture holds


#: Lines that a picture of days holds; the table has all.
MOST_LINES = 40


def bar(found: Range, told: Sequence[tuple[int, Reading]]) -> Bar:
    """A range's picture. ``told`` are readings with the numbers of their accounts; those without a number are on no scale."""
    numbered = [(number, r) for number, r in told if r.number is not None]
    ends = [end for _, r in numbered for end in (r.low, r.high) if end is not None]
    most = _round(max([found.high or found.best, found.best, *ends]))

    def at(value: int) -> float:
        return _place(value / most)

    dots: list[Dot] = []
    for number, r in sorted(numbered, key=lambda one: (one[1].number, not one[1].counts, one[0])):
        x = at(r.number or 0)
        taken = {dot.y for dot in dots if abs(x - dot.x) < _APART}
        y = next(y for y in range(_DOTS, _DOTS + _LANE * len(numbered), _LANE) if y not in taken)
        low, high = at(r.low or 0), at(r.high) if r.high is not None else 100.0
        dots.append(Dot(x, y, number, r.speaker.party, r.counts, *((low, high) if r.low != r.high else ())))
    ticks = (Tick(at(0), "0"), *((Tick(at(most // 2), f"{most // 2:,}"),) if most > 1 else ()), Tick(at(most), f"{most:,}"))
    high = at(found.high) if found.high is not None else 100.0
    height = max((dot.y for dot in dots), default=_DOTS) + _LANE + 20
    return Bar(at(found.low), at(found.best), high, found.high is None, tuple(dots), ticks, height)


def days(voices: Sequence[Voice], happened: tuple[date, date] | None = None) -> Days | None:
    """The picture of when accounts were told; ``None`` where no day is known of any."""
    drawn = [voice for voice in voices if voice.reports][:MOST_LINES]
    if not drawn:
        return None
    known = [report.day for voice in drawn for report in voice.reports] + list(happened or ())
    first, last = min(known), max(known)
    length = max(1, (last - first).days)

    def at(day: date) -> float:
        return round(_GUTTER + _place((day - first).days / length) * (100 - _GUTTER) / 100, 2)

    return Days(
        tuple(Line(voice.number, 20 + n * _LANE, voice.party, _stops(voice.reports, at)) for n, voice in enumerate(drawn)),
        _day_ticks(first, last, at),
        at(happened[0]) if happened else None,
        at(happened[1]) if happened else None,
        20 + len(drawn) * _LANE + 20,
        len(voices) - len(drawn),
    )


def _stops(reports: Iterable[Published], at: Callable[[date], float]) -> tuple[Stop, ...]:
    by_day: dict[date, list[Published]] = {}
    for report in reports:
        by_day.setdefault(report.day, []).append(report)
    return tuple(
        Stop(at(day), day, len(there), any(r.denies for r in there), all(r.copy for r in there)) for day, there in sorted(by_day.items())
    )


def _day_ticks(first: date, last: date, at: Callable[[date], float]) -> tuple[Tick, ...]:
    if first == last:
        return (Tick(at(first), _day(first), "start"),)
    between = first + timedelta(days=(last - first).days // 2)
    ends = Tick(at(first), _day(first), "start"), Tick(at(last), _day(last), "end")
    return (ends[0], Tick(at(between), _day(between)), ends[1]) if between not in (first, last) else ends


def _day(day: date) -> str:
    return f"{day.day} {day:%b} {day.year}"


def _place(share: float) -> float:
    """Percents of the width for a share of what an axis spans."""
    return round(_MARGIN + share * (100 - 2 * _MARGIN), 2)


def _round(most: int) -> int:
    """The least number that a scale may well end with: 1, 2, 4, 6, 8 or 10 times a power of ten, not below ``most``."""
    if most <= 1:
        return 1
    power = int(10 ** (len(str(most)) - 1))
    return next(step * power for step in (1, 2, 4, 6, 8, 10) if step * power >= most)
