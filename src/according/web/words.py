"""How values are told on pages: days, numbers, kinds, as words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from according.model import Status

#: What stands where nothing is told.
NOTHING = "not told"


def told(code: str | None) -> str:
    """``air_strike`` → air strike."""
    return code.replace("_", " ") if code else NOTHING


def day(value: date | str | None) -> str:
    """3 February 2020."""
    if value is None:
        return NOTHING
    known = date.fromisoformat(value) if isinstance(value, str) else value
    return f"{known.day} {known:%B} {known.year}"


def days(first: date | str | None, last: date | str | None) -> str:
    """A day, or a stretch of days: 3 – 7 February 2020."""
    if first is None or last is None or first == last:
        return day(first or last)
    a, b = (date.fromisoformat(v) if isinstance(v, str) else v for v in (first, last))
    if (a.year, a.month) == (b.year, b.month):
        return f"{a.day} – {day(b)}"
    return f"{a.day} {a:%B} – {day(b)}" if a.year == b.year else f"{day(a)} – {day(b)}"


def stated(status: Status) -> str:
    """How a claim or an event is told."""
    return "told as fact" if status is Status.HAPPENED else told(status)


def number(value: float | None) -> str:
    return NOTHING if value is None else f"{value:,.0f}"


def bounds(low: int | None, high: int | None) -> str:
    """An interval: 12 · 7–17 · at least 12 · at most 3."""
    if low is None and high is None:
        return NOTHING
    if low is None:
        return f"at most {high:,}"
    if high is None:
        return f"at least {low:,}"
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


def link(url: str | None) -> str | None:
    """The address where it is one of a page, else nothing: ``javascript:`` and its like are never linked."""
    return url if url and urlsplit(url).scheme in ("http", "https") else None


FILTERS: dict[str, Callable[..., Any]] = {
    "told": told, "day": day, "days": days, "stated": stated, "number": number, "bounds": bounds, "link": link,
}  # fmt: skip
