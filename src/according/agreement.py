"""How far people agree who looked at the same without a sight of each other: Krippendorff's alpha, with an interval, and plain shares.

Alpha is 1 where all agree, 0 where they agree no more than by chance, and below where they agree less. It is told by
K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), whose worked examples the tests compute.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from according.model import Claim, Party, Place, When
from according.places.folding import plain

#: What several people said of one thing; ``None`` for who said nothing.
Unit = Sequence[Any]
#: How far two values are apart, 0 for one and the same; the square enters alpha.
Distance = Callable[[Any, Any], float]
_ROUNDS, _SEED, _INSIDE = 1000, 20_310_303, 0.95


def nominal(a: Hashable, b: Hashable) -> float:
    """Names are the same, or not."""
    return float(a != b)


def interval(a: float, b: float) -> float:
    """By how much numbers differ."""
    return a - b


def ratio(a: float, b: float) -> float:
    """By how much numbers differ against how large they are: 1 and 2 are further apart than 101 and 102."""
    return 0.0 if a == b else (a - b) / (a + b)


def alpha(units: Iterable[Unit], distance: Distance = nominal) -> float | None:
    """Krippendorff's alpha; ``None`` where it cannot be told: no unit has two values, or all values are the same."""
    told = _Told.of(units, distance)
    found = told.alphas(np.ones((1, told.units)))[0]
    return None if np.isnan(found) else float(found)


def bootstrapped(
    units: Iterable[Unit], distance: Distance = nominal, *, rounds: int = _ROUNDS, seed: int = _SEED, inside: float = _INSIDE
) -> tuple[float, float] | None:
    """The bounds within which alpha falls for this share of ``rounds`` draws of as many units, each put back; ``None`` where alpha is.

    Draws in which all values are the same tell no alpha and are left out. The same units and seed give the same bounds.
    """
    told = _Told.of(units, distance)
    if told.units == 0:
        return None
    chance = np.random.default_rng(seed)
    drawn = chance.multinomial(told.units, np.full(told.units, 1 / told.units), size=rounds).astype(float)
    found = told.alphas(drawn)
    found = found[~np.isnan(found)]
    if not len(found):
        return None
    low, high = np.quantile(found, [(1 - inside) / 2, (1 + inside) / 2])
    return float(low), float(high)


def share(units: Iterable[Unit]) -> float | None:
    """Of all pairs of values of one unit the share in which both are the same; ``None`` where there is no pair."""
    same = pairs = 0
    for unit in units:
        values = [value for value in unit if value is not None]
        pairs += len(values) * (len(values) - 1) // 2
        same += sum(a == b for n, a in enumerate(values) for b in values[n + 1 :])
    return same / pairs if pairs else None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one person says of a claim: a verdict and, where it leaves a claim, that claim."""

    verdict: str
    claim: Claim | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far people agree on one field: over ``units`` claims or figures of which two told it."""

    field: str
    units: int
    share: float | None
    alpha: float | None
    bounds: tuple[float, float] | None
    by_ratio: bool = False  # numbers, whose distance counts against their size


def agreements(judged: Iterable[Sequence[Judgement]]) -> list[Agreement]:
    """The agreement on each field; each of ``judged`` is what several people said of one claim, whoever was first of them first."""
    claims = list(judged)
    found = [_agreement("verdict", [[one.verdict for one in told] for told in claims])]
    for field, value in _FIELDS.items():
        found.append(_agreement(field, [[value(one.claim) if one.claim else None for one in told] for told in claims]))
    for measure, units in _figures(claims).items():
        found.append(_agreement(measure, units, ratio))
    return found


def _agreement(field: str, units: Sequence[Unit], distance: Distance = nominal) -> Agreement:
    count = sum(len([value for value in unit if value is not None]) > 1 for unit in units)
    known = alpha(units, distance)
    bounds = bootstrapped(units, distance) if known is not None else None
    return Agreement(field, count, share(units), known, bounds, by_ratio=distance is ratio)


def _figures(judged: Iterable[Sequence[Judgement]]) -> Mapping[str, list[Unit]]:
    """Of each measure the numbers that people gave for a figure of the first one: for the same words, or for words that share some."""
    found: dict[str, list[Unit]] = {}
    for told in judged:
        for measure, unit in _of_one([one.claim for one in told if one.claim]):
            found.setdefault(measure, []).append(unit)
    return dict(sorted(found.items()))


def _of_one(claims: Sequence[Claim]) -> Iterator[tuple[str, Unit]]:
    first, *others = claims or (None,)
    for figure in first.figures if first else ():
        same = [
            next((f for f in other.figures if f.measure is figure.measure and f.span.overlaps(figure.span)), None)
            for other in others
            if other is not None
        ]
        numbers = [_number(f.min, f.max) if f else None for f in (figure, *same)]
        yield figure.measure.value, numbers


def _number(low: int | None, high: int | None) -> float | None:
    known = low if low is not None else high
    return None if known is None else float(known)


def _parties(parties: Sequence[Party]) -> str:
    return "; ".join(sorted({party.actor or plain(party.span.text) for party in parties})) or "-"


def _place(place: Place | None) -> str:
    return "-" if place is None else str(place.geonames_id or plain(place.called))


def _time(time: When | None) -> str:
    return "-" if time is None else f"{time.start or plain(time.span.text)}–{time.end or ''}"


_FIELDS: Mapping[str, Callable[[Claim], str]] = {
    "type": lambda claim: claim.type.value,
    "status": lambda claim: claim.status.value,
    "said by": lambda claim: _parties(claim.said_by),
    "actor": lambda claim: _parties(claim.actor),
    "target": lambda claim: _parties(claim.target),
    "place": lambda claim: _place(claim.place),
    "time": lambda claim: _time(claim.time),
}


@dataclass(frozen=True)
class _Told:
    """Units with two values or more, as counts: ``counts[u, v]`` people gave the unit the value. Alpha of any weights of units follows."""

    counts: NDArray[np.float64]
    observed: NDArray[np.float64]  # of each unit the sum of squared distances of its pairs, by the number of others that each value has
    apart: NDArray[np.float64]  # squared distances of the values

    @classmethod
    def of(cls, units: Iterable[Unit], distance: Distance) -> _Told:
        told = [values for unit in units if len(values := [value for value in unit if value is not None]) > 1]
        values = list(dict.fromkeys(value for unit in told for value in unit))
        place = {value: n for n, value in enumerate(values)}
        counts = np.zeros((len(told), len(values)))
        for n, unit in enumerate(told):
            for value in unit:
                counts[n, place[value]] += 1
        apart = np.array([[distance(a, b) ** 2 for b in values] for a in values]).reshape(len(values), len(values))
        many = counts.sum(axis=1)
        observed = np.einsum("uv,vw,uw->u", counts, apart, counts) / np.maximum(many - 1, 1)
        return cls(counts, observed, apart)

    @property
    def units(self) -> int:
        return len(self.counts)

    def alphas(self, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        """Alpha for each row of weights of the units; not a number where it cannot be told."""
        totals = weights @ self.counts
        many = totals.sum(axis=1)
        chance = np.einsum("rv,vw,rw->r", totals, self.apart, totals)
        with np.errstate(divide="ignore", invalid="ignore"):
            found = 1 - (many - 1) * (weights @ self.observed) / chance
        return np.where(chance > 0, found, np.nan)
