"""A correction as it is typed into a form, made into a claim: words are found in the report, and every fault is told by its field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeVar

from according.actors.naming import named
from according.ledger.deciding import MOST
from according.model import Claim, ClaimType, Figure, Manner, Measure, Party, Place, Precision, Report, Span, Status, When
from according.places.folding import plain

#: Parties of a role, and figures, that a form has room for.
ROOM = 12
ROLES = ("said_by", "actor", "target")
_PRECISIONS = ((1, Precision.DAY), (7, Precision.WEEK), (31, Precision.MONTH), (92, Precision.SEASON))  # of so many days at the most
_DIGITS = 19
E = TypeVar("E", ClaimType, Status, Manner, Measure)
_OFFSETS = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")


@dataclass(frozen=True, slots=True)
class Corrected:
    """The claim as the person would have it, or what is wrong, by the names of the form's fields; ``""`` is the form as a whole."""

    claim: Claim | None
    problems: Mapping[str, str]


def written(claim: Claim) -> dict[str, str]:
    """The form of a claim: what each of its fields holds. Each list has one more field, which is empty."""
    form = {"type": claim.type.value, "status": claim.status.value, "manner": claim.manner.value}
    for role in ROLES:
        parties: tuple[Party, ...] = getattr(claim, role)
        for n in range(min(len(parties) + 1, ROOM)):
            form |= _words(f"{role}-{n}", parties[n].span if n < len(parties) else None)
    form |= _words("place", claim.place.span if claim.place else None)
    form |= _words("time", claim.time.span if claim.time else None)
    form["time-from"] = claim.time.start.isoformat() if claim.time and claim.time.start else ""
    form["time-to"] = claim.time.end.isoformat() if claim.time and claim.time.end else ""
    for n in range(min(len(claim.figures) + 1, ROOM)):
        form |= _written(n, claim.figures[n] if n < len(claim.figures) else None)
    return form


def corrected(claim: Claim, report: Report, given: Mapping[str, str], places: Iterable[Place] = ()) -> Corrected:
    """What a form makes of a claim. ``places`` are those that the gazetteer was found to have for this report's words."""
    reader = _Reader(claim, report, given)
    told = replace(
        claim,
        type=reader.member("type", ClaimType) or claim.type,
        status=reader.member("status", Status) or claim.status,
        manner=reader.member("manner", Manner) or claim.manner,
        said_by=reader.parties("said_by"),
        actor=reader.parties("actor"),
        target=reader.parties("target"),
        place=reader.place(places),
        time=reader.time(),
        figures=reader.figures(),
    )
    if reader.problems:
        return Corrected(None, reader.problems)
    if told == claim:
        return Corrected(None, {"": "Nothing is told otherwise here: change a field, or accept the claim as it is."})
    [known] = named(report, [told])
    return Corrected(
        replace(
            told,
            said_by=_resolved(claim.said_by, told.said_by, known.said_by),
            actor=_resolved(claim.actor, told.actor, known.actor),
            target=_resolved(claim.target, told.target, known.target),
        ),
        {},
    )


def _resolved(old: tuple[Party, ...], told: tuple[Party, ...], known: tuple[Party, ...]) -> tuple[Party, ...]:
    """New words bear the actor that the table knows for them; those that were there before keep what they bore."""
    return tuple(party if party in old else better for party, better in zip(told, known, strict=True))


def _words(name: str, span: Span | None) -> dict[str, str]:
    return {name: _line(span.text) if span else "", f"{name}-at": f"{span.start}-{span.end}" if span else ""}


def _written(n: int, figure: Figure | None) -> dict[str, str]:
    form = _words(f"figure-{n}", figure.span if figure else None)
    bounds = {"min": figure.min if figure else None, "max": figure.max if figure else None}
    form |= {f"figure-{n}-{name}": "" if value is None else str(value) for name, value in bounds.items()}
    form[f"figure-{n}-measure"] = figure.measure.value if figure else Measure.KILLED.value
    form[f"figure-{n}-of"] = (figure.of if figure else None) or ""
    ticked = {"cumulative": figure.cumulative, "approximate": figure.approximate} if figure else {}
    return form | {f"figure-{n}-{name}": "on" for name, on in ticked.items() if on}


def _line(words: str) -> str:
    """As a field of one line holds it."""
    return " ".join(words.split())


class _Reader:
    """Reads the fields of one form and remembers what is wrong with each."""

    def __init__(self, claim: Claim, report: Report, given: Mapping[str, str]) -> None:
        self.claim, self.text, self.given = claim, report.text, given
        self.problems: dict[str, str] = {}

    def told(self, name: str) -> str:
        return _line(self.given.get(name, ""))

    def member(self, name: str, kind: type[E]) -> E | None:
        """A member of a list of codes, ``None`` where the form has no such field."""
        if not (told := self.told(name)):
            return None
        if told not in [member.value for member in kind]:
            self.problems[name] = f"“{told}” is none of {', '.join(kind)}."
            return None
        return kind(told)

    def parties(self, role: str) -> tuple[Party, ...]:
        old: tuple[Party, ...] = getattr(self.claim, role)
        spans = [span for n in range(ROOM) if (span := self.span(f"{role}-{n}"))]
        known = {party.span: party for party in old}
        return tuple(known.get(span, Party(span)) for span in dict.fromkeys(spans))

    def place(self, places: Iterable[Place]) -> Place | None:
        """The place of these words: that of before, else what the same words were found to be elsewhere in the report, else words alone."""
        span, old = self.span("place"), self.claim.place
        if span is None:
            return None
        if old and old.span == span:
            return old
        found = (place for place in places if plain(place.span.text) == plain(span.text) and place.lat is not None)
        same = next(found, None)
        return replace(same, span=span) if same else Place(span)

    def time(self) -> When | None:
        span, old = self.span("time"), self.claim.time
        first, last = self.day("time-from"), self.day("time-to")
        if span is None:
            if (first or last) and "time" not in self.problems:
                self.problems["time"] = "Days rest on words: give those that tell them."
            return None
        if first and last and first > last:
            self.problems["time-to"] = f"It cannot end on {last} and begin on {first}."
            return None
        if old and (old.span, old.start, old.end) == (span, first, last):
            return old
        days = (last - first + timedelta(1)).days if first and last else None
        precision = next((known for most, known in _PRECISIONS if days <= most), Precision.YEAR) if days else None
        return When(span, first, last, precision, old.anchor if old and old.span == span else None)

    def figures(self) -> tuple[Figure, ...]:
        return tuple(figure for n in range(ROOM) if (figure := self.figure(f"figure-{n}")))

    def figure(self, name: str) -> Figure | None:
        span, low, high = self.span(name), self.number(f"{name}-min"), self.number(f"{name}-max")
        if span is None:
            if (low is not None or high is not None) and name not in self.problems:
                self.problems[name] = "A number rests on words: give those that tell it, or leave the number out too."
            return None
        if low is not None and high is not None and low > high:
            self.problems[f"{name}-max"] = f"The most cannot be {high:,} where the least is {low:,}."
            return None
        of, measure = self.told(f"{name}-of") or None, self.member(f"{name}-measure", Measure)
        if of and of not in _line(self.text):
            self.problems[f"{name}-of"] = f"The words “{of}” do not stand in the report."
        ticked = {kind: self.told(f"{name}-{kind}") != "" for kind in ("cumulative", "approximate")}
        return Figure(span, measure or Measure.OTHER, of, low, high, **ticked)

    def span(self, name: str) -> Span | None:
        """The words of a field: at the offsets that came with them, where they stand there, else in the sentence, else next to it."""
        words = self.told(name)
        if not words:
            return None
        at = _OFFSETS.fullmatch(self.told(f"{name}-at"))
        if at and _line(self.text[int(at[1]) : int(at[2])]) == words:
            return Span.of(self.text, int(at[1]), int(at[2]))
        found = [Span.of(self.text, m.start(), m.end()) for m in re.finditer(r"\s+".join(map(re.escape, words.split())), self.text)]
        sentence = self.claim.sentence
        near = min(found, key=lambda span: (not sentence.holds(span), abs(span.start - self.claim.trigger.start)), default=None)
        if near is None:
            self.problems[name] = f"The words “{words}” do not stand in the report; they are to be its own, letter by letter."
        return near

    def day(self, name: str) -> date | None:
        told = self.told(name)
        try:
            return date.fromisoformat(told) if told else None
        except ValueError:
            self.problems[name] = f"A day is written 2020-02-03, not “{told}”."
            return None

    def number(self, name: str) -> int | None:
        told = self.told(name).replace(",", "").replace(" ", "")
        if not told:
            return None
        if not told.isascii() or not told.isdigit() or len(told) > _DIGITS or int(told) > MOST:
            self.problems[name] = f"This is to be a whole number from 0 to {MOST:,}, not “{self.told(name)}”."
            return None
        return int(told)
