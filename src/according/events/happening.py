"""What one report tells of one happening: its claims drawn together, as they are compared with those of other reports.

A report's claims of one happening share a number (``Claim.event``); apart from them stand its totals, its plans and what it denies.
"""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

from according.actors.speakers import top
from according.likeness import telling
from according.model import Claim, ClaimType, Figure, Located, Measure, Party, Place, Status
from according.places.folding import plain

#: What a place this wide leaves open says nothing of where in it.
_WIDE = frozenset({Located.COUNTRY, Located.ADMIN1})
_ARTICLES = frozenset("the a an some many several its his her their our".split())
#: Days of a stretch that is no more one happening's than "this spring".
LONG = 31


class Sort(enum.StrEnum):
    """How a claim stands to the happening that it speaks of."""

    ACCOUNT = "account"  # tells it as one that was
    PLAN = "plan"
    DENIAL = "denial"
    TOTAL = "total"  # counts over several happenings
    STATE = "state"  # who holds a place: no happening at all


#: What is one happening, that was or is to be: totals make series, states of control holdings.
HAPPENED = frozenset({Sort.ACCOUNT, Sort.PLAN, Sort.DENIAL})


@dataclass(frozen=True, slots=True)
class Origin:
    """The report that claims come from, as far as grouping asks. Build it with ``origin``."""

    key: str
    published: int | None  # the day, as ``date.toordinal`` counts
    words: frozenset[str] = frozenset()  # its names and figures, folded
    tells: int = 1  # of how many happenings


@dataclass(frozen=True, slots=True)
class Spot:
    """Somewhere: degrees, kilometres around them, the country; ``wide`` for a country or province as a whole."""

    lat: float
    lon: float
    radius_km: float
    country: str | None
    wide: bool


@dataclass(frozen=True, slots=True)
class Days:
    """Days from the first to the last, as ``date.toordinal`` counts them."""

    first: int
    last: int

    @property
    def days(self) -> int:
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Happening:
    """What one report tells of one happening."""

    key: str  # the report's key and a number: the same for the same claims
    origin: Origin
    sort: Sort
    claims: tuple[str, ...]  # their ids, in the order of the text
    start: int  # where the first of them begins
    types: frozenset[ClaimType]
    when: Days | None
    spots: tuple[Spot, ...]
    places: frozenset[str]  # names of what it is told to have been at, folded
    actors: frozenset[str]  # ids, else folded words
    targets: frozenset[str]
    figures: Mapping[Measure, tuple[int, int | None]] = field(default_factory=dict)  # the largest of each measure
    words: frozenset[str] = frozenset()  # names and figures of its sentences, folded


def origin(key: str, text: str, *, title: str | None = None, published: date | None = None) -> Origin:
    """What grouping asks of a report."""
    return Origin(key, published.toordinal() if published else None, telling(f"{title}\n{text}" if title else text))


def happenings(origin: Origin, claims: Iterable[Claim], parted: Mapping[str, str] = MappingProxyType({})) -> list[Happening]:
    """The happenings that a report tells of, in the order of the text. Claims without a number each stand for themselves.

    ``parted`` has by their ids the claims that people put apart from others, each with what it stands together with.
    """
    by_number: dict[tuple[int | str, Sort, str], list[Claim]] = defaultdict(list)
    for claim in sorted(claims, key=lambda claim: (claim.trigger.start, claim.id)):
        by_number[claim.event if claim.event is not None else claim.id, sort_of(claim), parted.get(claim.id, "")].append(claim)
    groups = sorted(by_number.items(), key=lambda item: (item[1][0].trigger.start, item[1][0].id))
    of = replace(origin, tells=max(1, sum(sort in HAPPENED for _, sort, _ in by_number)))
    return [_happening(of, sort, group) for (_, sort, _), group in groups]


def sort_of(claim: Claim) -> Sort:
    if claim.type is ClaimType.CONTROL:
        return Sort.STATE
    if any(f.cumulative and f.numbered for f in claim.figures):
        return Sort.TOTAL
    return {Status.PLANNED: Sort.PLAN, Status.DENIED: Sort.DENIAL}.get(claim.status, Sort.ACCOUNT)


def _happening(origin: Origin, sort: Sort, claims: Sequence[Claim]) -> Happening:
    places = [place for claim in claims for place in (claim.place, *claim.within) if place]
    sentences = dict.fromkeys(claim.sentence.text for claim in claims)
    names = frozenset(plain(place.called) for place in places)
    return Happening(
        key=f"{origin.key}:{claims[0].id}",
        origin=origin,
        sort=sort,
        claims=tuple(claim.id for claim in claims),
        start=claims[0].trigger.start,
        types=frozenset(claim.type for claim in claims),
        when=_when(claims),
        spots=_spots(places),
        places=names,
        actors=_named(party for claim in claims for party in claim.actor),
        targets=_named(party for claim in claims for party in claim.target),
        figures=_figures(claims),
        # Those of places are weighed as places.
        words=frozenset(word for text in sentences for word in telling(f". {text}")) - {word for name in names for word in name.split()},
    )


def _when(claims: Sequence[Claim]) -> Days | None:
    """The narrowest stretch of days that is told, the first of equals."""
    told = [Days(t.start.toordinal(), t.end.toordinal()) for c in claims if (t := c.time) and t.start and t.end]
    return min(told, key=lambda span: span.days, default=None)


def _spots(places: Iterable[Place]) -> tuple[Spot, ...]:
    """The places with coordinates, each once, the narrow ones before the wide."""
    found = dict.fromkeys(
        Spot(p.lat, p.lon, p.radius_km or 0.0, p.country, p.precision in _WIDE) for p in places if p.lat is not None and p.lon is not None
    )
    return tuple(sorted(found, key=lambda spot: spot.wide))


def _named(parties: Iterable[Party]) -> frozenset[str]:
    return frozenset(party.actor or words for party in parties if (words := folded(party.span.text)) or party.actor)


def folded(words: str) -> str:
    """A party's words as two of them are compared: without articles and capitals."""
    kept = plain(words).split()
    while kept and kept[0] in _ARTICLES:
        kept = kept[1:]
    return " ".join(kept)


def side_of(party: Party) -> str:
    """Whom a party is of: the body that it is a branch of in the end, else its own words."""
    return top(party.actor) if party.actor else folded(party.span.text)


def _figures(claims: Sequence[Claim]) -> dict[Measure, tuple[int, int | None]]:
    """Of each measure the largest number that is told of the happening alone, and what it may be at most."""
    found: dict[Measure, tuple[int, int | None]] = {}
    for figure in _numbered(claims):
        told = (figure.min or 0, figure.max)
        found[figure.measure] = max(found.get(figure.measure, told), told, key=lambda bounds: (bounds[0], bounds[1] or bounds[0]))
    return found


def _numbered(claims: Iterable[Claim]) -> Iterator[Figure]:
    return (f for c in claims for f in c.figures if f.numbered and not f.cumulative)
