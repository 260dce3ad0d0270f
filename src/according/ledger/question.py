"""What is asked of a ledger: filters that all must hold; of several values of one filter, any."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date

from according.errors import BadQuestion
from according.ledger.sought import Term, terms
from according.model import ClaimType, Measure, Status
from according.places.folding import plain

#: As a speaker: the report in its own voice.
OWN_VOICE = "-"
_HALF_ROUND_KM = 20_038  # as far as two places can be apart


@dataclass(frozen=True, slots=True)
class Box:
    """Degrees of WGS84, edges included. Where ``west`` is greater than ``east`` the box crosses the 180th meridian."""

    west: float
    south: float
    east: float
    north: float

    def __post_init__(self) -> None:
        degrees = all(-180 <= lon <= 180 for lon in (self.west, self.east)) and all(-90 <= lat <= 90 for lat in (self.south, self.north))
        if not degrees or self.south > self.north:
            raise BadQuestion("A box is west,south,east,north in degrees, south below north: 36.1,35.2,37.5,36.4.")


@dataclass(frozen=True, slots=True)
class Near:
    """All that lies no further than ``km`` from a point in degrees of WGS84."""

    lat: float
    lon: float
    km: float

    def __post_init__(self) -> None:
        if not (-90 <= self.lat <= 90 and -180 <= self.lon <= 180 and 0 < self.km <= _HALF_ROUND_KM):
            raise BadQuestion("Near is latitude,longitude,kilometres: 35.86,36.80,25.")


@dataclass(frozen=True, slots=True)
class Question:
    """Which claims, or which reports. docs/asking.md tells what each filter means.

    One value may stand for a list of one: ``Question(places="Saraqib", since=date(2020, 2, 1))``. Raises ``BadQuestion``.
    """

    types: tuple[ClaimType, ...] = ()
    places: tuple[str, ...] = ()  # names, in any spelling that differs in capitals, accents, apostrophes and hyphens alone
    box: Box | None = None
    near: Near | None = None
    countries: tuple[str, ...] = ()  # ISO 3166-1 alpha-2
    actors: tuple[str, ...] = ()  # an actor's id, or words that stand in the party's words
    targets: tuple[str, ...] = ()  # the same
    speakers: tuple[str, ...] = ()  # the same, or OWN_VOICE
    since: date | None = None  # when it happened, both days included; what bears no date is left out
    until: date | None = None
    known_since: date | None = None  # when it was published, else first seen
    known_until: date | None = None
    statuses: tuple[Status, ...] = ()
    measures: tuple[Measure, ...] = ()
    words: str = ""  # each word, and each "phrase in quotes", must be there; shell* is every word that begins so
    reports: tuple[str, ...] = ()  # ids or keys
    sources: tuple[str, ...] = ()
    versions: bool = False  # also reports that a newer version replaced
    independent: bool = False  # no copies
    rejected: bool = False  # also claims that a person rejected
    withdrawn: bool = False  # also claims that the machine makes no more
    limit: int | None = None

    def __post_init__(self) -> None:
        for name in _LISTS:
            object.__setattr__(self, name, _listed(getattr(self, name)))
        object.__setattr__(self, "countries", tuple(code.upper() for code in self.countries))
        _members("type", self.types, ClaimType)
        _members("status", self.statuses, Status)
        _members("measure", self.measures, Measure)
        for code in self.countries:
            if not (len(code) == 2 and code.isascii() and code.isalpha()):
                raise BadQuestion(f"{code} is no country's ISO 3166-1 code of two letters (SY is Syria's).")
        for name in (*self.places, *self.actors, *self.targets, *self.speakers):
            if not plain(name) and (name != OWN_VOICE or name not in self.speakers):
                raise BadQuestion(f"“{name}” has no letter or digit to look for.")
        if self.words.strip() and not self.terms:
            raise BadQuestion(f"“{self.words}” has no letter or digit to look for.")
        if self.limit is not None and self.limit < 1:
            raise BadQuestion(f"A limit is 1 or more, not {self.limit}.")
        _in_order(self.since, self.until)
        _in_order(self.known_since, self.known_until)

    @property
    def terms(self) -> tuple[Term, ...]:
        return terms(self.words)

    @property
    def narrows(self) -> bool:
        """Whether it asks, besides parties, for something that few claims are likely to have."""
        return any(getattr(self, name) for name in _NARROW)

    @property
    def narrows_claims(self) -> bool:
        """Whether it asks for some of a report's claims and not for all."""
        return any(getattr(self, name) for name in _OF_CLAIMS)


_LISTS = tuple(field.name for field in fields(Question) if str(field.type).startswith("tuple"))
_OF_CLAIMS = ("types", "places", "box", "near", "countries", "actors", "targets", "speakers", "since", "until", "statuses", "measures")
_NARROW = ("places", "box", "near", "countries", "since", "until", "words", "reports", "sources")


def _listed(told: str | Iterable[str]) -> tuple[str, ...]:
    return (told,) if isinstance(told, str) else tuple(told)


def _members(what: str, told: Iterable[str], known: type[ClaimType] | type[Status] | type[Measure]) -> None:
    for word in told:
        if word not in [*known]:
            raise BadQuestion(f"{word} is no {what}; there are {', '.join(known)}.")


def _in_order(since: date | None, until: date | None) -> None:
    if since and until and since > until:
        raise BadQuestion(f"Nothing is both since {since} and until {until}; give the earlier day first.")
