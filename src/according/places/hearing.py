"""How entries lie to each other: what one place named says for another."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from according.places.entries import EARTH_KM, Entry, town_radius_km
from according.places.features import class_of

#: Places farther apart than a few times this say nothing of each other.
NEAR_KM = 100.0
_ROWS = 64


@dataclass(frozen=True, slots=True)
class Heard:
    """What the rest of a report says for an entry, in nats: it speaks of its country or division, puts it there, names what is near.

    ``inside`` is below 0 where the words put the name into a place that the entry does not lie in.
    """

    country: float = 0.0
    division: float = 0.0
    inside: float = 0.0
    beside: float = 0.0

    @property
    def total(self) -> float:
        return self.country + self.division + self.inside + self.beside


class Ground:
    """Where the candidates of the names of a report lie, and how near each is to each. ``names``: the entries of each name, in the order
    in which the names are first told.

    Of a report of very many names each hears those told around it: the names are taken ``AT_ONCE`` candidates at a time.
    """

    def __init__(self, names: Sequence[Sequence[Entry]]) -> None:
        self._parts = [_Part([names[n] for n in part]) for part in _cut([len(entries) for entries in names])]

    def beside(self, shares: Sequence[Sequence[float]]) -> list[list[float]]:
        """For each candidate of each name, how many of the other names lie beside it, by the present shares of belief."""
        told = iter(shares)
        return [row for part in self._parts for row in part.beside(list(islice(told, part.names)))]


#: So many candidates are compared with each other (news of 400,000 characters has 1,600): their square is held in memory.
AT_ONCE = 3000


def _cut(sizes: Sequence[int]) -> list[range]:
    """Numbers of names one after the other, ``AT_ONCE`` candidates or fewer a part."""
    parts, first, size = [], 0, 0
    for n, own in enumerate(sizes):
        if size + own > AT_ONCE and n > first:
            parts.append(range(first, n))
            first, size = n, 0
        size += own
    return [*parts, range(first, len(sizes))]


class _Part:
    """Names whose candidates are compared with each other."""

    def __init__(self, names: Sequence[Sequence[Entry]]) -> None:
        flat = [entry for entries in names for entry in entries]
        self.names = len(names)
        self._starts = [0, *np.cumsum([len(entries) for entries in names]).tolist()]
        points = np.radians([[e.lat, e.lon] for e in flat] or np.empty((0, 2)))
        lat, lon, cosine = points[:, 0], points[:, 1], np.cos(points[:, 0])
        reach = np.array([min(e.radius_km or 0.0, 150.0) for e in flat])
        somewhere = np.array([_is_somewhere(e) for e in flat], dtype=bool)
        self._near = np.empty((len(flat), len(flat)))
        for first in range(0, len(flat), _ROWS):  # a few rows at a time: what is reckoned on the way takes as much memory again, six times
            rows = slice(first, first + _ROWS)
            half = np.sin((lat[rows, None] - lat) / 2) ** 2 + cosine[rows, None] * cosine * np.sin((lon[rows, None] - lon) / 2) ** 2
            apart = 2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
            self._near[rows] = np.exp(-np.maximum(apart - reach, 0.0) / NEAR_KM) * somewhere

    def beside(self, shares: Sequence[Sequence[float]]) -> list[list[float]]:
        """For each candidate of each name, how many of the other names lie beside it, by the present shares of belief."""
        flat = np.array([share for own in shares for share in own])
        totals = np.zeros(len(flat))
        parts = list(zip(self._starts, self._starts[1:], strict=False))
        for first, last in parts:
            if last > first:
                best = (self._near[:, first:last] * flat[first:last]).max(axis=1)
                best[first:last] = 0.0
                totals += best
        return [totals[first:last].tolist() for first, last in parts]


def _is_somewhere(entry: Entry) -> bool:
    """Whether it says anything of where other names lie: a country or a continent does not, beyond what the countries' shares say."""
    return entry.kind != "country" and (entry.radius_km or 0.0) < 400.0


def holds(entry: Entry) -> bool:
    """Whether a place is one that others are told to lie in."""
    return entry.kind not in ("quarter", "installation", "line")


def lies_in(inner: Entry, outer: Entry) -> float:
    """1 where an entry lies in another, as far as the gazetteer tells, else 0."""
    if inner.key == outer.key:
        return 0.0
    theirs, ours = outer.kind, inner.kind
    if theirs == "country":
        return float(bool(outer.country) and outer.country[0] in inner.country and ours != "country")
    if ours == "country" or (ours == "division" and theirs in ("division", "district", "settlement")):
        return 0.0
    if theirs == "division" and inner.admin1:
        return float(inner.country == outer.country and inner.admin1 == outer.admin1)
    if theirs == "division" and not set(inner.country) & set(outer.country):
        return 0.0
    reach = outer.radius_km or max(class_of(outer.feature).radius_km, town_radius_km(outer.population))
    return float(inner.km_to(outer) <= 1.3 * reach + 5.0)


def nearness(entry: Entry, other: Entry) -> float:
    """1 beside another place, 1/e at 100 km from its edge."""
    if other.kind == "country":
        return float(bool(other.country) and other.country[0] in entry.country) * 0.5
    return math.exp(-max(0.0, entry.km_to(other) - (other.radius_km or 0.0)) / NEAR_KM)
