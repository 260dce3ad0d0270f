"""Who held what over time, drawn: a lane for each place, a bar for each spell. Pure; the page's table is its equal.

A bar is full from the first to the last day on which the side was told to be there, and thin from then to the spell's end, which nobody may
have told of. Sides are told apart by a letter and a shade, contested spells are hatched.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from according.events.holdings import Grade, Holding

#: Units of the drawing, which are pixels at its own size.
WIDTH, NAMES, LANE, BAR, TOP = 960, 190, 34, 22, 26
#: Sides that have a shade and a letter of their own; all others share the last.
_SHADES = 7
#: What a tick's label takes.
_LABEL = 60
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_TICKS = 8
#: What the axis is longer than the days told, so that a spell of the last day can be seen: a share of it.
_MARGIN = 40
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Side:
    """Who holds something, as the drawing tells him apart."""

    key: str | None
    name: str
    letter: str
    shade: int


@dataclass(frozen=True, slots=True)
class Bar:
    """A spell: ``x`` to ``told`` full, to ``end`` thin."""

    x: float
    told: float
    end: float
    y: int
    side: Side
    contested: bool
    holding: Holding


@dataclass(frozen=True, slots=True)
class Lane:
    """A place's bars. Those of one time, as an area has, stand one below the other."""

    name: str
    y: int
    bottom: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """All lanes on one axis of days. ``at`` is where the day asked for stands."""

    lanes: tuple[Lane, ...]
    sides: tuple[Side, ...]
    ticks: tuple[Tick, ...]
    height: int
    at: float | None


def drawing(places: Sequence[tuple[str, Sequence[Holding]]], day: date | None) -> Drawing | None:
    """The lanes of places, each with its name and spells; ``None`` where no spell has a day."""
    spells = [holding for _, held in places for holding in held]
    days = [d for holding in spells for d in _days(holding)]
    if not days:
        return None
    first, last = min(days), max([*days, *([day] if day else [])])
    sides = _sides(spells)
    axis = _Axis(first - _DAY, last + max(1, (last - first).days // _MARGIN) * _DAY)
    lanes: list[Lane] = []
    for name, held in places:
        lanes.append(_lane(name, [h for h in held if _days(h)], axis, sides, lanes[-1].bottom if lanes else TOP))
    at = axis.x(day) if day and day >= first else None
    return Drawing(tuple(lanes), tuple(dict.fromkeys(sides.values())), tuple(_ticks(axis)), lanes[-1].bottom + 6, at)


def _lane(name: str, spells: Sequence[Holding], axis: _Axis, sides: Mapping[str | None, Side], top: int) -> Lane:
    ends: list[float] = []  # of the last bar in each row
    bars = []
    for bar in sorted((_bar(holding, axis, sides, top) for holding in spells), key=lambda b: (b.x, b.end)):
        row = next((n for n, end in enumerate(ends) if end <= bar.x), len(ends))
        ends[row : row + 1] = [bar.end]
        bars.append(replace(bar, y=bar.y + row * LANE))
    return Lane(name, top, top + max(1, len(ends)) * LANE, tuple(bars))


@dataclass(frozen=True, slots=True)
class _Axis:
    first: date
    last: date

    def x(self, day: date) -> float:
        """Where a day begins."""
        share = (day - self.first).days / max(1, (self.last - self.first).days)
        return round(NAMES + share * (WIDTH - NAMES), 1)


def _days(holding: Holding) -> list[date]:
    return [d for d in (holding.since, holding.by, holding.last, holding.until, holding.over_by) if d]


def _bar(holding: Holding, axis: _Axis, sides: Mapping[str | None, Side], y: int) -> Bar:
    begun = holding.since or holding.by or min(_days(holding))
    ended = holding.until or holding.over_by
    end = axis.x(max(ended, begun)) if ended else float(WIDTH)
    told = max(holding.last or begun, begun)
    x, full = axis.x(begun), min(axis.x(told + _DAY), end)
    if holding.over and not ended:
        end = full
    return Bar(x, full, end, y + (LANE - BAR) // 2, sides[holding.side], holding.grade is Grade.CONTESTED, holding)


def _sides(spells: Sequence[Holding]) -> dict[str | None, Side]:
    """Those who hold most spells first; equal ones by name."""
    number: dict[str | None, int] = {}
    names: dict[str | None, str] = {}
    for holding in spells:
        number[holding.side] = number.get(holding.side, 0) + 1
        names.setdefault(holding.side, holding.name or "not told")
    ordered = sorted(number, key=lambda key: (key is None, -number[key], names[key]))
    return {
        key: Side(
            key,
            names[key],
            "?" if key is None else _LETTERS[n] if n < len(_LETTERS) else str(n + 1),
            min(n, _SHADES) if key is not None else _SHADES,
        )
        for n, key in enumerate(ordered)
    }


def _ticks(axis: _Axis) -> list[Tick]:
    """Days on the axis: of years, months or single days, whichever are no more than a few."""
    span = (axis.last - axis.first).days
    if span > 365 * 2:
        step = max(1, -(-span // (365 * _TICKS)))
        years = range(axis.first.year + 1, axis.last.year + 1)
        found = [(date(year, 1, 1), str(year)) for year in years if year % step == 0]
    elif span > 31 * 2:
        months = [date(axis.first.year + (axis.first.month + n) // 12, (axis.first.month + n) % 12 + 1, 1) for n in range(span // 28)]
        step = max(1, -(-len(months) // _TICKS))
        found = [(day, f"{day:%b} {day.year}") for day in months[::step]]
    else:
        step = max(1, -(-span // _TICKS))
        days = [axis.first + n * _DAY for n in range(1, span, step)]
        found = [(day, f"{day.day} {day:%b}{f' {day.year}' if n == 0 else ''}") for n, day in enumerate(days)]
    return [Tick(axis.x(day), label) for day, label in found if axis.first < day and axis.x(day) <= WIDTH - _LABEL]
