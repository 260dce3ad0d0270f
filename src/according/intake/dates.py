"""Full calendar dates as pages print them. A date is read only where day, month and year all stand there."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = {m: n for n, m in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_MONTH = (
    r"(?P<{}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|"
    r"aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"(?<!\d)(?P<year>\d{4})(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?!\d)",
        rf"(?<![\d.,])(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?:of\s+)?{_MONTH.format('name')}[\s,-]+(?P<year>\d{{4}})(?!\d)",
        rf"\b{_MONTH.format('name')}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})(?!\d)",
        r"(?<![\d.])(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})(?!\d)",
        r"(?<!\d)(?P<one>\d{1,2})(?P<sep>[-/])(?P<two>\d{1,2})(?P=sep)(?P<year>\d{4})(?!\d)",
    )
)
_FIRST, _LAST = 1900, 2099  # years that a report can have been published in


def find(text: str) -> tuple[date, int, int] | None:
    """The first full date in ``text`` with the offsets of its words; ``None`` where there is none.

    ``03/04/2020`` is no date here: nothing says which number is the month.
    """
    found = [(hit, m) for form in _FORMS for m in form.finditer(text) if (hit := _date(m))]
    if not found:
        return None
    hit, match = min(found, key=lambda pair: pair[1].start())
    return hit, match.start(), match.end()


def of(text: str) -> date | None:
    """The first full date in ``text``, or ``None``."""
    found = find(text)
    return found[0] if found else None


def _date(match: re.Match[str]) -> date | None:
    parts = match.groupdict()
    if "one" in parts:
        day_month = _told_apart(int(parts["one"]), int(parts["two"]))
    elif "name" in parts:
        day_month = int(parts["day"]), _MONTHS[parts["name"][:3].lower()]
    else:
        day_month = int(parts["day"]), int(parts["month"])
    if day_month is None:
        return None
    try:
        found = date(int(parts["year"]), day_month[1], day_month[0])
    except ValueError:
        return None
    return found if _FIRST <= found.year <= _LAST else None


def _told_apart(one: int, two: int) -> tuple[int, int] | None:
    """Day and month of two numbers, where only one of them can be the month or both are the same."""
    if one == two or one > 12:
        return one, two
    return (two, one) if two > 12 else None
