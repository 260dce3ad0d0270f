"""Closed intervals of days: months, seasons, thirds of them, and steps from one to the next."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from according.model import Precision

_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
_DAYS = {"day": 1, "night": 1, "week": 7, "weekend": 7, "fortnight": 14}


@dataclass(frozen=True, slots=True)
class Interval:
    """From ``start`` to ``end``, both days inclusive."""

    start: date
    end: date
    precision: Precision | None


def day(when: date) -> Interval:
    return Interval(when, when, Precision.DAY)


def days(start: date, end: date) -> Interval:
    return Interval(min(start, end), max(start, end), Precision.DAY)


def months(year: int, month: int, count: int, precision: Precision | None = None) -> Interval:
    """``count`` whole months from the ``month`` of ``year``, which may lie outside 1–12. ValueError outside the calendar."""
    first = year * 12 + month - 1
    last = first + count - 1
    end = date(last // 12, last % 12 + 1, 1)
    return Interval(date(first // 12, first % 12 + 1, 1), end.replace(day=monthrange(end.year, end.month)[1]), precision)


def month(year: int, number: int) -> Interval:
    return months(year, number, 1, Precision.MONTH)


def year(number: int) -> Interval:
    return months(number, 1, 12, Precision.YEAR)


def season(number: int, name: str) -> Interval:
    """Seasons of the north by whole months; the winter of 1939 begins in December 1939."""
    return months(number, _SEASONS[name], 3, Precision.SEASON)


def week(when: date) -> Interval:
    """The week, Monday to Sunday, that ``when`` is in."""
    monday = when - timedelta(days=when.weekday())
    return Interval(monday, monday + timedelta(days=6), Precision.WEEK)


def weekend(when: date) -> Interval:
    monday = when - timedelta(days=when.weekday())
    return days(monday + timedelta(days=5), monday + timedelta(days=6))


def around(when: date, unit: str) -> Interval | None:
    """The day, week, month … that ``when`` is in; None for units shorter than a day."""
    match unit:
        case "day" | "night":
            return day(when)
        case "week":
            return week(when)
        case "weekend":
            return weekend(when)
        case "month":
            return month(when.year, when.month)
        case "quarter":
            return months(when.year, (when.month - 1) // 3 * 3 + 1, 3)
        case "year":
            return year(when.year)
        case "decade":
            return months(when.year // 10 * 10, 1, 120)
        case "century":
            return months(when.year // 100 * 100, 1, 1200)
    return None


def moved(when: date, count: int, unit: str) -> date | None:
    """``when`` and ``count`` units on (back where negative); the month's last day where it has no such day. None for hours and less."""
    if unit in _DAYS:
        return when + timedelta(days=count * _DAYS[unit])
    if unit not in _MONTHS:
        return None
    first = months(when.year, when.month + count * _MONTHS[unit], 1).start
    return first.replace(day=min(when.day, monthrange(first.year, first.month)[1]))


def part(whole: Interval, name: str) -> Interval:
    """The early, mid or late third of a month or of something longer; shorter stretches are not cut.

    A month is cut after its 10th and 20th day, a year after April and August, a decade after its fourth and seventh year.
    """
    if name == "whole" or whole.precision in (Precision.DAY, Precision.WEEK):
        return whole
    if whole.precision is Precision.MONTH:
        tenth, twentieth = whole.start.replace(day=10), whole.start.replace(day=20)
        one = timedelta(days=1)
        start, end = {"early": (whole.start, tenth), "mid": (tenth + one, twentieth), "late": (twentieth + one, whole.end)}[name]
        return Interval(start, end, Precision.WEEK)
    count = (whole.end.year - whole.start.year) * 12 + whole.end.month - whole.start.month + 1
    step = 12 if count >= 120 else 1  # decades and centuries are cut between years
    size = count // step
    cuts = {"early": (0, -(-size // 3)), "mid": (-(-size // 3), size - size // 3), "late": (size - size // 3, size)}
    begin, end_at = (at * step for at in cuts[name])
    kind = Precision.SEASON if whole.precision is Precision.YEAR else None
    return months(whole.start.year, whole.start.month + begin, max(end_at - begin, 1), kind)


def half(whole: Interval, second: bool) -> Interval:
    """The first or second half, cut at a month (at the 15th in a month); shorter stretches are not cut."""
    if whole.precision in (Precision.DAY, Precision.WEEK):
        return whole
    if whole.precision is Precision.MONTH:
        middle = whole.start.replace(day=15)
        return Interval(middle + timedelta(days=1), whole.end, Precision.WEEK) if second else Interval(whole.start, middle, Precision.WEEK)
    count = ((whole.end.year - whole.start.year) * 12 + whole.end.month - whole.start.month + 1) // 2
    first = months(whole.start.year, whole.start.month, max(count, 1))
    return Interval(first.end + timedelta(days=1), whole.end, None) if second else first
