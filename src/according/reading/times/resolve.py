"""Atoms → closed intervals of days, each against the day of speaking or against the story so far, and never without an anchor."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from according.model import Anchor, Precision
from according.reading.times import intervals
from according.reading.times.atoms import Atom, number
from according.reading.times.intervals import Interval
from according.reading.times.story import future, is_history, sentences
from according.reading.times.words import VALUES, Words

Resolved = tuple[Interval | None, Anchor | None]
NOTHING: Resolved = (None, None)
_STEP = {"this": 0, "last": -1, "next": 1}
#: A month this far behind the last one told is the next year's ("in December … In January").
FAR_BEHIND = 6
#: Up to this day of the week "this weekend" may be the one gone by.
MIDWEEK = 3
#: In news, a time of day so many sentences after a day is still on that day.
SAME_DAY = 3
#: A bare year further than this from the one being told does not become the one being told.
NEAR = 8
_TOWARDS = frozenset({"until", "till", "through", "by"})


@dataclass(slots=True)
class Resolver:
    """Resolves a text's atoms from first to last, remembering the last day and the last longer time told."""

    words: Words
    now: date | None
    anchor: Anchor | None
    tags: Mapping[int, str]
    history: bool = False
    sentence: list[int] = field(default_factory=list)
    focus: Interval | None = None
    focus_day: date | None = None
    focus_sentence: int = -9
    focus_year_told: bool = False
    ahead: Interval | None = None  # the first month that a history tells with its year

    def all(self, atoms: list[Atom]) -> list[Resolved]:
        """One result an atom, in the same order."""
        self.sentence = sentences(self.words)
        self.history = is_history(atoms, self.now, self.words)
        _share_years(atoms, self.words)
        if self.history and (first := next((a for a in atoms if a.kind == "calendar" and a.has("year") and a.has("month")), None)):
            self.ahead = self._one(first)[0]
        out = []
        for atom in atoms:
            found = self._one(atom)
            self._remember(atom, found[0])
            out.append(found)
        return out

    def explicit(self, atom: Atom) -> Resolved:
        """What an atom means with nothing before it."""
        return self._one(atom)

    def _one(self, atom: Atom) -> Resolved:
        handler = _HANDLERS.get(atom.kind)
        try:
            return handler(self, atom) if handler else NOTHING
        except (ValueError, OverflowError, StopIteration, IndexError):  # 30 February, the year 0, ten thousand years ago
            return NOTHING

    def _remember(self, atom: Atom, found: Interval | None) -> None:
        if found is None or atom.kind not in ("calendar", "offset", "unit", "day", "thisday", "holiday"):
            return
        own_date_line = self.anchor is Anchor.DATELINE and atom.has("year") and found.start == self.now
        if own_date_line or (self.history and not self._moves(atom, found)):
            return
        self.focus = found
        self.focus_sentence = self.sentence[atom.first]
        self.focus_year_told = atom.has("year")
        if found.start == found.end:
            self.focus_day = found.start

    def _moves(self, atom: Atom, found: Interval) -> bool:
        """Whether a history goes on from this time. A year far off or the one being told already is a remark by the way."""
        if self.focus is None or atom.has("month"):
            return True
        if atom.values.get("which") == "last":
            return False
        if atom.kind == "calendar" and atom.has("year") and not atom.has("season"):
            step = found.start.year - self.focus.start.year
            first = atom.first < 4 or self.sentence[atom.first - 4] != self.sentence[atom.first]
            return step != 0 and abs(step) <= NEAR and (first or self.focus.precision in _LONG)
        return True

    # -- dates ---------------------------------------------------------------------------------------------------------

    def _calendar(self, atom: Atom) -> Resolved:
        v = atom.values
        if v.get("numeric"):
            return intervals.day(_numeric(v["a"], v["b"], v["year"])), None
        for name, months in (("decade", 120), ("century", 1200)):
            if v.get(name) is not None:
                return self._cut(v, intervals.months(v[name], 1, months)), None
        if atom.has("sameyear") or (v.get("unit") == "year" and atom.has("season")):
            if self.focus is None:
                return NOTHING
            return self._cut(v, _named(v, self.focus.start.year)), Anchor.TEXT
        if atom.has("year"):
            return self._cut(v, _named(v, v["year"])), None
        if atom.has("month", "season"):
            found, anchor = self._no_year(atom)
            return (self._cut(v, found) if found else None), anchor
        if atom.has("day"):
            return self._bare_day(v["day"])
        return self._weekday(atom) if atom.has("weekday") else NOTHING

    @staticmethod
    def _cut(v: Mapping[str, Any], whole: Interval) -> Interval:
        if "half" in v:
            return intervals.half(whole, bool(v["half"]))
        return intervals.part(whole, v["part"]) if "part" in v else whole

    def _monthweek(self, atom: Atom) -> Resolved:
        """The first week of May; the last days of June."""
        found, anchor = self._calendar(atom)
        nth, first = str(atom.values["nth"]), number([str(atom.values["nth"])])
        if found is None or found.precision is not Precision.MONTH:
            return NOTHING
        if atom.values["unit"] == "day":
            return intervals.part(found, "early" if first == 1 or nth == "opening" else "late"), anchor
        if atom.values["unit"] == "weekend":
            return _weekend(found, int(first) if first else 0), anchor
        begin = found.start + timedelta(days=7 * (int(first) - 1)) if first else found.end - timedelta(days=6)
        end = begin + timedelta(days=6)
        return (intervals.Interval(begin, end, Precision.WEEK), anchor) if end <= found.end else NOTHING

    def _no_year(self, atom: Atom) -> Resolved:
        """A month or a season, with a day or not, whose year is not told."""
        v = atom.values
        if self._lean_on_text(atom):
            return self._from_focus(v), Anchor.TEXT
        if self.ahead is not None and self.focus is None:
            year = self.ahead.start.year
            return _named(v, year - (_named(v, year).start > self.ahead.end)), Anchor.TEXT
        if self.now is None or self.history:
            return NOTHING
        return self._nearest(lambda year: _named(v, year), self._direction(atom)), self.anchor

    def _lean_on_text(self, atom: Atom) -> bool:
        if self.focus is None:
            return False
        if self.history:
            return True
        same = self.focus_year_told and self.focus_sentence == self.sentence[atom.first] and not atom.has("which")
        return same and self.focus.precision not in (None, *_LONG) and self.now is not None and self.focus.start.year != self.now.year

    def _from_focus(self, v: Mapping[str, Any]) -> Interval:
        assert self.focus is not None
        year, told = self.focus.start.year, self.focus.start.month
        if self.focus.precision not in _LONG and told - _named(v, year).start.month > FAR_BEHIND:
            year += 1
        elif v.get("which") == "last" and _named(v, year).start >= self.focus.start:
            year -= 1
        elif v.get("which") == "next" and _named(v, year).start <= self.focus.start:
            year += 1
        return _named(v, year)

    def _direction(self, atom: Atom) -> int:
        """-1 for the past, 1 for what is to come."""
        which = atom.values.get("which")
        if which in ("last", "next"):
            return _STEP[which] * 2
        ahead = self._ahead(atom)
        infinitive = self.words.lower[max(atom.first - 3, 0)] == "to"  # "to run through June"
        before = self.words.lower[atom.first - 1] if atom.first else ""
        if before == "since":
            return -1
        return 1 if ahead or (before in _TOWARDS and (infinitive or ahead is None)) else -1

    def _ahead(self, atom: Atom) -> bool | None:
        return future(atom, self.words, self.sentence, self.tags)

    def _nearest(self, at: Callable[[int], Interval], direction: int) -> Interval:
        """The nearest one in that direction; with ±2 ("last June") not the one that the day of speaking is in."""
        assert self.now is not None
        around = [x for step in range(-9, 10) if (x := _or_none(at, self.now.year + step))]  # from one 29 February to the next
        if direction < 0:
            return next(x for x in reversed(around) if (x.start <= self.now if direction == -1 else x.end < self.now))
        return next(x for x in around if (x.end >= self.now if direction == 1 else x.start > self.now))

    def _bare_day(self, number: int) -> Resolved:
        if self.focus is None or self.focus.precision in (None, *_LONG):
            return NOTHING
        return intervals.day(self.focus.start.replace(day=number)), Anchor.TEXT

    def _weekday(self, atom: Atom) -> Resolved:
        if self.now is None or self.history or (atom.values.get("which") == "this" and self._that(atom)):
            return NOTHING
        direction = self._direction(atom)
        back = (self.now.isoweekday() - atom.values["weekday"]) % 7
        if direction < 0:
            return intervals.day(self.now - timedelta(days=back or (7 if direction == -2 else 0))), self.anchor
        ahead = (-back) % 7
        return intervals.day(self.now + timedelta(days=ahead or (7 if direction == 2 else 0))), self.anchor

    def _that(self, atom: Atom) -> bool:
        return self.words.lower[atom.first] == "that"

    # -- counted from the day of speaking ------------------------------------------------------------------------------

    def _from_now(self, days: int) -> Resolved:
        if self.now is None or self.history:
            return NOTHING
        return intervals.day(self.now + timedelta(days=days)), self.anchor

    def _day(self, atom: Atom) -> Resolved:
        return self._from_now(atom.values["shift"])

    def _thisday(self, atom: Atom) -> Resolved:
        if self.words.lower[atom.first] == "overnight" and self.now and not self.history:
            return intervals.days(self.now - timedelta(days=1), self.now), self.anchor
        return self._from_now(0)

    def _lastnight(self, atom: Atom) -> Resolved:
        return self._from_now(-1)

    def _present(self, atom: Atom) -> Resolved:
        return self._from_now(0)

    def _unit(self, atom: Atom) -> Resolved:
        v = atom.values
        base: date | None
        anchor: Anchor | None
        unit, step = v["unit"], _STEP.get(v.get("which", "this"), 0)
        if {"fiscal", "financial"} & set(self.words.lower[atom.first : atom.last]):
            return NOTHING  # begins on other days in other countries
        if atom.has("story") or (self.history and v.get("which") == "this"):
            base, anchor = self._told(unit), Anchor.TEXT
        else:
            base, anchor = self.now, self.anchor
        if self.history and anchor is not Anchor.TEXT:
            return NOTHING
        if (
            unit == "weekend"
            and base
            and not step
            and base.isoweekday() <= MIDWEEK
            and not future(atom, self.words, self.sentence, self.tags)
        ):
            step = -1  # "this weekend", said of what was on the Monday after it
        moved = intervals.moved(base, step, unit) if base else None
        whole = intervals.around(moved, unit) if moved else None
        return (self._cut(v, whole), anchor) if whole else NOTHING

    def _told(self, unit: str) -> date | None:
        """The last day told, or for a longer unit the beginning of the last time told that is no longer than it."""
        if unit in ("day", "night", "week", "weekend"):
            return self.focus_day
        fits = self.focus and (self.focus.precision is not None) and not (unit == "month" and self.focus.precision in _LONG)
        return self.focus.start if self.focus and fits else None

    def _offset(self, atom: Atom) -> Resolved:
        v = atom.values
        count, unit = v.get("n", 1 if atom.has("n1") else None), v.get("unit", "")
        if atom.has("vague") or not isinstance(count, int):
            return NOTHING
        base: date | None
        anchor: Anchor | None
        word = self.words.lower[atom.last - 1]
        if word in ("ago", "hence", "now"):
            base, anchor = self.now, self.anchor
        else:
            base, anchor = self._told("day" if unit in ("day", "week", "fortnight", "night") else unit), Anchor.TEXT
        step = count if word == "now" else count * int(VALUES["direction"][word])
        moved = intervals.moved(base, step, unit) if base else None
        if moved is None or (self.history and anchor is not Anchor.TEXT):
            return NOTHING
        kind = "day" if anchor is Anchor.TEXT and unit == "week" else {"fortnight": "week"}.get(unit, unit)
        whole = intervals.around(moved, kind)
        return (whole, anchor) if whole else NOTHING

    def _window(self, atom: Atom) -> Resolved:
        v = atom.values
        if self.now is None or self.history or atom.has("vague") or v.get("which") not in ("last", "next"):
            return NOTHING
        count, unit = v.get("n", 1), v["unit"]
        if unit == "hour":
            count, unit = max(int(count) // 24, 1), "day"
        far = intervals.moved(self.now, int(count) * _STEP[v["which"]], unit)
        return (intervals.days(self.now, far), self.anchor) if far else NOTHING

    def _clock(self, atom: Atom) -> Resolved:
        """A time of day is on the day told in its sentence or in the one before."""
        gap = self.sentence[atom.first] - self.focus_sentence
        if self.focus_day and self.focus and self.focus.start == self.focus_day and gap <= (1 if self.history else SAME_DAY):
            return intervals.day(self.focus_day), Anchor.TEXT
        return NOTHING

    def _story(self, atom: Atom) -> Resolved:
        """What "since then" means: since the time told in this sentence or one of the two before."""
        told = self.words.lower[atom.last - 1] in ("then", "since")
        if told and self.focus and self.sentence[atom.first] - self.focus_sentence <= 2:
            return self.focus, Anchor.TEXT
        return NOTHING

    def _holiday(self, atom: Atom) -> Resolved:
        v = atom.values
        if "eve" in v:
            eve = "eve" in self.words.lower[atom.first : atom.last]
            v = {**v, "month": 12 if eve else 1, "day": 31 if eve else 1}
        else:
            month, day = v["holiday"]
            if not month:
                return NOTHING
            v = {**v, "month": month, "day": day - ("eve" in self.words.lower[atom.first : atom.last])}
        return self._calendar(Atom(atom.first, atom.last, "calendar", v))


#: What reads each kind of form; other kinds (durations, sets, vague words) never have days of their own.
_HANDLERS: dict[str, Callable[[Resolver, Atom], Resolved]] = {
    "calendar": Resolver._calendar,
    "monthweek": Resolver._monthweek,
    "holiday": Resolver._holiday,
    "day": Resolver._day,
    "thisday": Resolver._thisday,
    "lastnight": Resolver._lastnight,
    "present": Resolver._present,
    "unit": Resolver._unit,
    "offset": Resolver._offset,
    "window": Resolver._window,
    "clock": Resolver._clock,
    "story": Resolver._story,
}
_LONG = (Precision.YEAR, Precision.SEASON)


def _weekend(month: Interval, nth: int) -> Interval:
    """The nth Saturday and Sunday of a month, the last for 0."""
    saturdays = [day for n in range((month.end - month.start).days + 1) if (day := month.start + timedelta(days=n)).isoweekday() == 6]
    return intervals.days(saturdays[nth - 1], saturdays[nth - 1] + timedelta(days=1))


def _named(v: Mapping[str, Any], year: int) -> Interval:
    """The day, month, season, quarter or whole year that the values name in ``year``. ValueError where there is no such day."""
    if v.get("month"):
        whole = intervals.month(year, v["month"])
        return intervals.day(whole.start.replace(day=v["day"])) if v.get("day") else whole
    if v.get("season"):
        return intervals.season(year, v["season"])
    if v.get("quarter"):
        return intervals.months(year, v["quarter"] * 3 - 2, 3)
    return intervals.year(year)


def _or_none(at: Callable[[int], Interval], year: int) -> Interval | None:
    try:
        return at(year)
    except ValueError:
        return None


def _numeric(a: int, b: int, year: int) -> date:
    """25/08/2013 and 8/25/2013; ValueError where the two could change places, for nobody can tell."""
    if a <= 12 and b <= 12 and a != b:
        raise ValueError("day or month?")
    day, month = (a, b) if b <= 12 else (b, a)
    return date(year if year > 99 else 2000 + year, month, day)


def _share_years(atoms: list[Atom], words: Words) -> None:
    """In "31 May–1 June 1916", "April and June 1955": the first has the year of the second."""
    for left, right in zip(reversed(atoms[:-1]), reversed(atoms[1:]), strict=True):
        if left.has("month") and not left.has("year") and right.has("year") and right.has("month") and linked(left, right, words):
            left.values["year"] = right.values["year"] - (left.values["month"] > right.values["month"])


def linked(left: Atom, right: Atom, words: Words) -> bool:
    """Whether nothing but "to", "and", a dash … stands between two atoms."""
    between = words.lower[left.last : right.first]
    return left.joined or (len(between) == 1 and between[0] in LINKS) or between == [".", "-"]


LINKS = frozenset({"and", "or", "to", "until", "till", "through", "/", "&", *"-‐‑‒–—−"})
