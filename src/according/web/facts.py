"""A claim's fields as a person reads them: what each is called, its words in the report, what they were taken to mean."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from according.model import Anchor, Claim, Figure, Located, Manner, Measure, Party, Place, Precision, When
from according.web import words
from according.web.marking import Field
from according.web.named import actor_name, country_name

#: What pages call the fields.
NAMES = {
    Field.SAID_BY: "said by", Field.ACTOR: "done by", Field.TARGET: "to", Field.PLACE: "where", Field.WITHIN: "within", Field.TIME: "when",
    Field.FIGURE: "how many", Field.TRIGGER: "what", Field.SENTENCE: "sentence",
}  # fmt: skip
#: How precisely a place is known, in words.
LOCATED = {
    Located.POINT: "an exact spot", Located.SETTLEMENT: "a settlement", Located.ADMIN3: "a division of the third level",
    Located.ADMIN2: "a district", Located.ADMIN1: "a province as a whole", Located.COUNTRY: "a country as a whole", Located.AREA: "an area",
    Located.LINE: "a line, such as a road or a river",
}  # fmt: skip
_PRECISION = {
    Precision.DAY: "to the day", Precision.WEEK: "to the week", Precision.MONTH: "to the month", Precision.SEASON: "to the season",
    Precision.YEAR: "to the year",
}  # fmt: skip
_ANCHORS = {
    Anchor.PUBLISHED: "counted from the day of publication", Anchor.DATELINE: "counted from the date line",
    Anchor.TEXT: "counted from a date in the text",
}  # fmt: skip
_MANNERS = {Manner.QUOTED: "in quotation marks", Manner.REPORTED: "reported", Manner.STATED: "stated"}


@dataclass(frozen=True, slots=True)
class Fact:
    """One field of a claim. ``part`` is what its words are marked as in the text, where there are any."""

    name: str
    field: Field
    part: str | None
    words: str
    meant: str | None = None


def facts(claim: Claim) -> Iterator[Fact]:
    """What a claim tells, in the order in which one would say it: who says what, of whom, where, when, how many."""
    yield Fact("what", Field.TRIGGER, "trigger", claim.trigger.text)
    if not claim.said_by:
        yield Fact("said by", Field.SAID_BY, None, "the report in its own voice")
    for n, party in enumerate(claim.said_by):
        manner = f"{_MANNERS[claim.manner]}; " if n == 0 else ""
        yield _party(Field.SAID_BY, n, party, "said by" if n == 0 else "as told by", manner)
    for n, party in enumerate(claim.actor):
        yield _party(Field.ACTOR, n, party)
    for n, party in enumerate(claim.target):
        yield _party(Field.TARGET, n, party)
    if claim.place:
        yield Fact(NAMES[Field.PLACE], Field.PLACE, "place", claim.place.span.text, placed(claim.place))
    for n, place in enumerate(claim.within):
        yield Fact(NAMES[Field.WITHIN], Field.WITHIN, f"within-{n}", place.span.text, placed(place))
    if claim.time:
        yield Fact(NAMES[Field.TIME], Field.TIME, "time", claim.time.span.text, dated(claim.time))
    for n, figure in enumerate(claim.figures):
        yield Fact(NAMES[Field.FIGURE], Field.FIGURE, f"figure-{n}", figure.span.text, counted(figure))


def placed(place: Place) -> str:
    """Where a place is and how precisely that is known: never a name without its precision."""
    if place.precision is None and place.lat is None:
        known = f" in {country_name(place.country)}" if place.country else ""
        return f"{place.called}{known}: not found in the gazetteer, so on no map"
    named = ", ".join(filter(None, (place.called, country_name(place.country))))
    told = (
        LOCATED[place.precision] if place.precision else "of unknown precision",
        f"good to {place.radius_km:,.{0 if place.radius_km >= 1 else 1}f} km" if place.radius_km is not None else None,
        _degrees(place),
        f"taken from “{place.derived}”" if place.derived else None,
    )
    return f"{named}: {', '.join(filter(None, told))}"


def dated(when: When) -> str:
    """The days that words mean, how precise they are, and from what they were counted."""
    if when.start is None and when.end is None:
        return "no day can be told from these words"
    told = (_days(when), _PRECISION[when.precision] if when.precision else None, _ANCHORS[when.anchor] if when.anchor else None)
    return ", ".join(filter(None, told))


def counted(figure: Figure) -> str:
    """What a figure counts and the numbers that its words leave open."""
    measure = "counted" if figure.measure is Measure.OTHER else figure.measure.value
    told = (
        f"{measure}: {_bounds(figure)}",
        f"of “{figure.of}”" if figure.of and figure.of not in figure.span.text else None,
        "a total over several happenings or a span of time" if figure.cumulative else None,
    )
    return ", ".join(filter(None, told))


def _degrees(place: Place) -> str | None:
    if place.lat is None or place.lon is None:
        return None
    return f"{abs(place.lat):.3f}° {'S' if place.lat < 0 else 'N'}, {abs(place.lon):.3f}° {'W' if place.lon < 0 else 'E'}"


def _days(when: When) -> str:
    if when.start and when.end:
        return words.days(when.start, when.end)
    return f"from {words.day(when.start)}" if when.start else f"until {words.day(when.end)}"


def _bounds(figure: Figure) -> str:
    if not figure.numbered:
        return "no number"
    return f"{'about ' if figure.approximate else ''}{words.bounds(figure.min, figure.max)}"


def _party(field: Field, n: int, party: Party, name: str | None = None, before: str = "") -> Fact:
    meant = f"{before}{actor_name(party.actor) if party.actor else 'not in the table of actors'}"
    return Fact(name or NAMES[field], field, f"{field.value}-{n}", party.span.text, meant)


FILTERS: dict[str, Callable[..., Any]] = {"placed": placed, "dated": dated, "counted": counted}
