"""Claims, citations and happenings made by hand, for the tests of events. Places, bodies and countries are invented."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from according.events.accounts import Citation, Said
from according.events.happening import Days, Happening, Origin, Sort, Spot, sort_of
from according.model import Claim, ClaimType, Figure, Located, Measure, Party, Place, Span, Status, When

#: The first day of all that is told here.
FIRST = date(2031, 5, 1)
#: Two towns some 330 km from one another, and the words that stand for their country.
TAL_HAMRA, OSTREL = (10.0, 20.0), (13.0, 20.0)
VELMAR = "XV"


def on(day: int) -> date:
    """The first day is 1."""
    return FIRST + timedelta(days=day - 1)


def span(words: str, at: int = 0) -> Span:
    return Span(at, at + len(words), words)


def party(words: str, actor: str | None = None) -> Party:
    return Party(span(words), actor)


def place(
    name: str = "Tal Hamra",
    where: tuple[float, float] | None = TAL_HAMRA,
    *,
    precision: Located = Located.SETTLEMENT,
    radius: float = 2.0,
    country: str | None = VELMAR,
    **fields: Any,
) -> Place:
    lat, lon = where or (None, None)
    return Place(span(name), name, lat=lat, lon=lon, country=country, precision=precision, radius_km=radius, **fields)


@dataclass(frozen=True)
class Counted:
    """A figure by its words, before it stands in a sentence."""

    words: str
    low: int | None
    high: int | None
    of: str | None
    measure: Measure
    total: bool
    about: bool


def count(
    low: int | None, of: str = "people", *, measure: str = "killed", high: int | None = -1, words: str = "", total: bool = False,
    about: bool = False,
) -> Counted:  # fmt: skip
    """So many, exactly: ``high`` of ``None`` is open."""
    top = low if high == -1 else high
    return Counted(words or f"{low if low is not None else top} {of}", low, top, of, Measure(measure), total, about)


def claim(
    kind: str = "shelling",
    *counts: Counted,
    sentence: str = "",
    id: str = "c1",
    at: int = 0,
    status: str = "happened",
    says: str | Party | None = None,
    by: str | Party | Sequence[Party] = (),
    against: str | Party | Sequence[Party] = (),
    where: Place | None = None,
    within: Sequence[Place] = (),
    day: int | None = None,
    until: int | None = None,
    number: int | None = None,
) -> Claim:
    """A claim whose sentence is at ``at``; without one, the sentence is the words of its figures."""
    text = sentence or "; ".join(c.words for c in counts) or "Shells fell."
    return Claim(
        id=id,
        report="a report",
        sentence=span(text, at),
        trigger=span(text[0], at),
        type=ClaimType(kind),
        status=Status(status),
        said_by=_parties(says or ()),
        actor=_parties(by),
        target=_parties(against),
        place=where,
        within=tuple(within),
        time=None if day is None else When(span("then"), on(day), on(until or day)),
        figures=tuple(
            Figure(span(c.words, at + text.index(c.words)), c.measure, c.of, c.low, c.high, c.total, c.about) for c in counts
        ),
        event=number,
    )  # fmt: skip


def _parties(told: str | Party | Sequence[Party]) -> tuple[Party, ...]:
    if isinstance(told, str):
        return (party(told),)
    return (told,) if isinstance(told, Party) else tuple(told)


def cited(key: str = "r1", day: int | None = 1, source: str | None = "Frontline Herald", copies: str | None = None) -> Citation:
    """A report published on that day; ``copies`` is the key of the one that it copies."""
    return Citation(key, f"id of {key}", source, on(day) if day else None, copies or key)


def said(told: Claim, where: Citation | None = None) -> Said:
    return Said(told, where or cited(), sort_of(told))


def origin(key: str = "r1", day: int | None = None, words: Iterable[str] = ()) -> Origin:
    return Origin(key, on(day).toordinal() if day else None, frozenset(words))


def days(first: int, last: int | None = None) -> Days:
    return Days(on(first).toordinal(), on(last or first).toordinal())


def spot(where: tuple[float, float] = TAL_HAMRA, radius: float = 2.0, *, wide: bool = False, north_km: float = 0.0) -> Spot:
    """A place, or one so many kilometres to the north of it."""
    return Spot(where[0] + north_km / 111.195, where[1], radius, VELMAR, wide)


def happening(
    key: str = "r1:c1",
    kinds: str = "shelling",
    *,
    sort: Sort = Sort.ACCOUNT,
    published: int | None = None,
    when: Days | None = None,
    at: Iterable[Spot] = (),
    named: Iterable[str] = (),
    by: Iterable[str] = (),
    against: Iterable[str] = (),
    figures: dict[str, int] | None = None,
    words: Iterable[str] = (),
    report_words: Iterable[str] = (),
) -> Happening:
    """What the report before the colon of ``key`` tells."""
    report, _, told = key.partition(":")
    return Happening(
        key=key,
        origin=origin(report, published, report_words),
        sort=sort,
        claims=(told,),
        start=0,
        types=frozenset(map(ClaimType, kinds.split())),
        when=when,
        spots=tuple(at),
        places=frozenset(named),
        actors=frozenset(by),
        targets=frozenset(against),
        figures={Measure(measure): (n, n) for measure, n in (figures or {}).items()},
        words=frozenset(words),
    )
