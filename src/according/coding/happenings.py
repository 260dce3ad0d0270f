"""Claims of one report that tell of one happening share an event number: what speaks for it and against it is added up, in points."""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import log2
from statistics import fmean
from typing import Any

from according.data import toml
from according.likeness import telling
from according.model import Claim, ClaimType, Located, Measure, Party, Place, Status, When
from according.places.entries import distance_km

#: So many earlier claims are looked at, and of each happening so many.
_BACK, _LAST = 200, 3
#: Kilometres: a place wider than the first says little; places farther apart than the second are two.
_WIDE, _APART = 60, 25
#: Characters between two sentences that stand together, near each other, and not far.
_NEXT, _NEAR, _OFF = 4, 400, 1500
_DOUBLINGS = 3
#: Who did it is what these tell.
_HOLDING = (ClaimType.TAKES_TERRITORY, ClaimType.CONTROL)


@dataclass(frozen=True, slots=True)
class _Told:
    """A claim as it is compared with others."""

    claim: Claim
    sort: str
    word: str
    place: frozenset[str]
    around: frozenset[str]
    placed: bool  # its own sentence names the place
    dated: bool
    actor: frozenset[str]
    target: frozenset[str]
    speakers: frozenset[str]
    numbers: Mapping[Measure, int]
    names: frozenset[str]
    signs: tuple[str, ...]

    @classmethod
    def of(cls, claim: Claim) -> _Told:
        place, sentence = claim.place, claim.sentence
        placed, dated = place is not None and sentence.holds(place.span), claim.time is not None and sentence.holds(claim.time.span)
        return cls(
            claim,
            _sort(claim),
            claim.trigger.text.lower().rstrip("s")[:5],
            _words(place.span.text) if place else frozenset(),
            frozenset(word for wider in claim.within for word in _words(wider.span.text)),
            placed,
            dated,
            _named(claim.actor),
            _named(claim.target),
            _named(claim.said_by),
            _numbers(claim),
            telling(f". {sentence.text}"),
            tuple(_signs(claim, placed, dated)),
        )

    @property
    def back(self) -> bool:
        return "wording.definite" in self.signs


def numbered(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Give each claim an ``event``: the number of the happening that the most speaks for, else a new one.

    The last 200 claims are looked at, and of each happening the last three among them.
    """
    out: list[Claim] = []
    recent: deque[tuple[_Told, int]] = deque(maxlen=_BACK)
    sizes: Counter[int] = Counter()
    for claim in claims:
        own = _Told.of(claim)
        points = _points(own, recent, sizes)
        best = max(points, key=points.__getitem__, default=0)
        number = best if best and points[best] >= _table()["joined"] else len(sizes) + 1
        sizes[number] += 1
        recent.append((own, number))
        out.append(replace(claim, event=number))
    return tuple(out)


def _points(own: _Told, recent: Sequence[tuple[_Told, int]], sizes: Mapping[int, int]) -> dict[int, float]:
    """What speaks for each happening that the claim may tell of, the last told first."""
    found: dict[int, list[float]] = defaultdict(list)
    meant: int | None = None
    for other, number in reversed(recent):
        if len(found[number]) < _LAST and _comparable(other, own):
            found[number].append(sum(_weight(name) for name in _evidence(other, own)))
            if meant is None and own.back and other.claim.sentence != own.claim.sentence:
                meant = number
    size, back = _table()["size"], _weight("wording.back")
    return {
        number: round(fmean(points) + size * min(_DOUBLINGS, log2(sizes[number])) + (back if number == meant else 0), 6)
        for number, points in found.items()
        if points
    }


def _comparable(a: _Told, b: _Told) -> bool:
    return a.sort == b.sort and b.claim.type in _kin()[a.claim.type]


def _evidence(a: _Told, b: _Told) -> Iterator[str]:
    """What speaks for one happening or against it, as names of weights. ``a`` stands before ``b``."""
    yield from _kinds(a, b)
    yield from _places(a, b)
    if day := _day(a.claim.time, b.claim.time):
        told = a.dated and b.dated and a.claim.type is b.claim.type
        yield "days.two" if day == "days.apart" and told else day
    yield from _figures(a, b)
    if a.actor and b.actor:
        yield "doers.same" if a.actor & b.actor else "doers.holder" if a.claim.type in _HOLDING else "doers.other"
    if a.target and b.target:
        yield "targets.same" if a.target & b.target else "targets.other"
    if a.claim.sentence != b.claim.sentence:
        yield from _sentences(a, b)


def _kinds(a: _Told, b: _Told) -> Iterator[str]:
    one, other = a.claim.type, b.claim.type
    if one is other:
        yield "kinds.same"
    else:
        yield "kinds.means" if {one, other} <= _listed("means") else "kinds.kin"
    if a.word == b.word:
        yield "kinds.word"


def _places(a: _Told, b: _Told) -> Iterator[str]:
    one, other = a.claim.place, b.claim.place
    if one is None or other is None:
        return
    if one.span == other.span and not (a.placed and b.placed):
        yield "places.carried"
    elif a.place == b.place or (one.geonames_id is not None and one.geonames_id == other.geonames_id):
        yield "places.wide" if _wide(one) and _wide(other) else "places.same"
    elif a.place & b.place or a.place & b.around or a.around & b.place:
        yield "places.wide" if _wide(one) or _wide(other) else "places.within"
    else:
        yield _apart(one, other)


def _apart(a: Place, b: Place) -> str:
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return "places.other" if a.lat is None and b.lat is None else "places.open"
    km = distance_km(a.lat, a.lon, b.lat, b.lon)
    if (_wide(a) or _wide(b)) and km <= max(a.radius_km or 0, b.radius_km or 0):
        return "places.wide"
    return "places.within" if km <= _APART else "places.apart"


def _wide(place: Place) -> bool:
    return place.precision in (Located.COUNTRY, Located.ADMIN1) or (place.radius_km or 0) > _WIDE


def _day(a: When | None, b: When | None) -> str | None:
    """Whether they tell the same day; where either's is not known, by the words for it."""
    if a is None or b is None:
        return None
    if a.start and a.end and b.start and b.end:
        if a.end < b.start or b.end < a.start:
            return "days.apart"
        return "days.same" if (a.start, a.end) == (b.start, b.end) else None
    one, other = (set(_sign("day").findall(when.span.text.lower())) for when in (a, b))
    if not one or not other:
        return None
    return "days.same" if one & other else "days.apart"


def _figures(a: _Told, b: _Told) -> Iterator[str]:
    """Two counts of one thing may differ between accounts, but not so much within one speaker's own."""
    for measure in sorted(a.numbers.keys() & b.numbers.keys()):
        low, high = sorted((a.numbers[measure], b.numbers[measure]))
        if low == high:
            yield "figures.many" if low > 3 else "figures.few" if low > 1 else "figures.one"
        elif high <= 3 * max(1, low):
            yield "figures.differ"
        else:
            yield "figures.own" if low > 2 and a.speakers == b.speakers else "figures.far"


def _sentences(a: _Told, b: _Told) -> Iterator[str]:
    """How far their sentences stand apart, what names both have, who says it, and how the later one speaks of it."""
    gap = b.claim.sentence.start - a.claim.sentence.end
    yield "distance." + ("next" if gap <= _NEXT else "near" if gap <= _NEAR else "off" if gap <= _OFF else "far")
    shared = len((a.names & b.names) - a.place - a.around - b.place - b.around)
    if shared >= 2:
        yield "names.some" if shared == 2 else "names.many"
    if a.speakers and b.speakers and not a.speakers & b.speakers:
        yield "wording.speakers"
    yield from b.signs


def _signs(claim: Claim, placed: bool, dated: bool) -> Iterator[str]:
    """How a claim speaks of its happening: as of one told before, or as of another."""
    text = claim.sentence.text
    before = text[: claim.trigger.start - claim.sentence.start]
    if _sign("definite").search(before) or _pointing().search(text):
        yield "wording.definite"
    elif _sign("fresh").search(before):
        yield "wording.fresh"
    if _sign("another").search(before) or _sign("elsewhere").search(text) or _sign("earlier").search(text):
        yield "wording.another"
    if placed == dated:
        yield "wording.own" if placed else "wording.bare"


def _sort(claim: Claim) -> str:
    """Plans, standing totals and states stand apart. A total is a number over a span of time, not "many villages" in past days."""
    if any(f.cumulative and f.numbered for f in claim.figures):
        return "total"
    return "plan" if claim.status is Status.PLANNED else "told"


def _numbers(claim: Claim) -> dict[Measure, int]:
    """Of each measure the largest number."""
    found: dict[Measure, int] = {}
    for figure in claim.figures:
        number = figure.min if figure.min is not None else figure.max
        if number is not None:
            found[figure.measure] = max(number, found.get(figure.measure, 0))
    return found


def _words(text: str) -> frozenset[str]:
    return frozenset(w for w in text.lower().replace("’s", "").split() if w not in _listed("small"))


def agree(a: str, b: str) -> bool:
    """Whether two phrases have a telling word in common."""
    return bool(_words(a) & _words(b))


def _named(parties: Iterable[Party]) -> frozenset[str]:
    return frozenset(word for party in parties for word in _words(party.span.text)) - _listed("vague")


@cache
def _weight(name: str) -> float:
    table, key = name.split(".")
    return float(_table()[table][key])


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(_table()["words"][name].split())


@cache
def _sign(name: str) -> re.Pattern[str]:
    return re.compile(_table()["signs"][name], re.IGNORECASE)


@cache
def _pointing() -> re.Pattern[str]:
    nouns = "|".join(sorted(_listed("pointing")))
    return re.compile(rf"\b(?:in|during|after|before|of|from|at|behind)\s+(?:the|this)\s+(?:{nouns})\b", re.IGNORECASE)


@cache
def _kin() -> Mapping[ClaimType, frozenset[ClaimType]]:
    """Types that one happening may be told by, for each type."""
    rows = [frozenset(map(ClaimType, row.split())) for row in _table()["words"]["kin"]]
    return {kind: frozenset({kind}).union(*(row for row in rows if kind in row)) for kind in ClaimType}


@cache
def _table() -> dict[str, Any]:
    return toml("according.coding", "happenings.toml")
