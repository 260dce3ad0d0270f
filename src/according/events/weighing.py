"""Whether two accounts speak of one happening: what speaks for it and against it, in points, each with its reason.

Many pairs are weighed and few are looked at, so that reasons are put into words only where somebody asks for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from according.data import toml
from according.events.happening import LONG, Days, Happening, Sort, Spot
from according.model import ClaimType
from according.places.entries import distance_km
from according.reading.rarity import rarity

_SAME_KM, _NEAR_KM, _APART_KM = 5, 25, 150
#: The rarity of so many rare words: fewer of a sentence tell little.
_FEW = 3.0
#: Types that accounts of one happening may bear: an air strike is told as an attack, the deaths it caused, the damage it did.
_KIN = tuple(
    frozenset(map(ClaimType, words.split()))
    for words in (
        "air_strike shelling attack casualties destruction armed_clash",
        "bombing attack casualties destruction shelling",
        "chemical_attack attack casualties shelling air_strike",
        "takes_territory leaves_territory armed_clash",
        "abduction_detention attack",
        "siege armed_clash",
        "agreement talks",
        "protest casualties attack",
        "displacement destruction",
        "deployment aid",
    )
)
#: Words with gaps, what goes into these, and points.
Reason = tuple[str, tuple[object, ...], float]


@dataclass(frozen=True, slots=True)
class Link:
    """What two accounts have in common: points, and the reasons that they are the sum of."""

    points: float
    reasons: tuple[Reason, ...]

    @property
    def why(self) -> tuple[tuple[str, float], ...]:
        """The reasons in words, each with its points."""
        return tuple((words.format(*gaps), points) for words, gaps, points in self.reasons)


def weigh(a: Happening, b: Happening) -> Link | None:
    """``None`` where they cannot be one happening at all: types that do not go together, or a plan and a total."""
    if not comparable(a, b):
        return None
    of = _weights()
    found: list[Reason] = []
    _types(a, b, of["types"], found)
    _days(a, b, of, found)
    _places(a, b, of["places"], found)
    _parties(a, b, of["parties"], found)
    _figures(a, b, of["figures"], found)
    _words(a, b, of["words"], found)
    return Link(round(sum([points for _, _, points in found]), 3), tuple(found))


def comparable(a: Happening, b: Happening) -> bool:
    if a.sort is not b.sort and {a.sort, b.sort} != {Sort.ACCOUNT, Sort.DENIAL}:
        return False
    return go_together(a.types, b.types)


@lru_cache(maxsize=100_000)
def go_together(a: frozenset[ClaimType], b: frozenset[ClaimType]) -> bool:
    """Whether accounts of these types may be of one happening."""
    return bool(a & b) or any(a & kin and b & kin for kin in _KIN)


def joined() -> float:
    """The points on average at which accounts are of one happening."""
    return float(_thresholds()["joined"])


def levels() -> tuple[float, ...]:
    """The points that it takes to hang together: the least first, and more where more than ``crowd()`` do."""
    return tuple(map(float, _thresholds()["levels"]))


def crowd() -> int:
    """More accounts than so many that hang together do so by too little."""
    return int(_thresholds()["crowd"])


def worth() -> float:
    """The points at which two accounts are kept to be weighed within their groups."""
    return float(_thresholds()["worth"])


Weights = Mapping[str, float]


def _types(a: Happening, b: Happening, of: Weights, found: list[Reason]) -> None:
    same = a.types & b.types
    if same:
        found.append(("both {0}", (min(same),), of["same"]))
    else:
        found.append(("{0} and {1} go together", (min(a.types), min(b.types)), of["kin"]))


def _days(a: Happening, b: Happening, of: Mapping[str, Weights], found: list[Reason]) -> None:
    if a.when and b.when:
        found.append(_between(a.when, b.when, of["days"]))
    elif (told := a.when or b.when) and (other := (b if a.when else a).origin.published) is not None:
        lag = other - told.last
        points = of["published"]["before"] if other < told.first - 1 else _step("lag", "later", max(lag, 0))
        found.append(("published {0} days after the day that the other tells", (lag,), points))
    elif a.origin.published is not None and b.origin.published is not None:
        lag = abs(a.origin.published - b.origin.published)
        found.append(("published {0} days apart", (lag,), _step("both", "both_later", lag)))


def _between(a: Days, b: Days, of: Weights) -> Reason:
    gap = max(a.first, b.first) - min(a.last, b.last)
    if gap > 0:
        return "{0} days apart", (gap,), of["next" if gap == 1 else "near" if gap <= 3 else "apart"]
    if max(a.days, b.days) > LONG:
        return "the day lies in the stretch that the other tells", (), of["long"]
    if a.days == b.days == 1:
        return "the same day", (), of["same"]
    return "the same days", (), of["touching"]


@lru_cache(maxsize=10_000)
def _step(steps: str, beyond: str, days: int) -> float:
    table = _thresholds()["published"]
    return next((float(points) for most, points in table[steps] if days <= most), float(table[beyond]))


def _places(a: Happening, b: Happening, of: Weights, found: list[Reason]) -> None:
    best: Reason | None = None
    for one in a.spots:
        for other in b.spots:
            reason = _apart(one, other, of)
            if best is None or reason[2] > best[2]:
                best = reason
    if best is not None:
        found.append(best)
    elif shared := a.places & b.places:
        found.append(("both at {0}", (min(shared),), of["named"]))


def _apart(a: Spot, b: Spot, of: Weights) -> Reason:
    km = distance_km(a.lat, a.lon, b.lat, b.lon)
    if a.wide or b.wide:
        if km <= max(a.radius_km if a.wide else 0, b.radius_km if b.wide else 0):
            return "the one in the region that the other names", (), of["wide"]
        return "{0:.0f} km apart", (km,), of["far" if km > 3 * _APART_KM else "apart"]
    gap = max(0.0, km - a.radius_km - b.radius_km)
    if gap <= _SAME_KM:
        return "{0:.0f} km apart", (km,), of["same" if km <= 2 * _NEAR_KM else "near"]
    return "{0:.0f} km apart", (km,), of["near" if gap <= _NEAR_KM else "apart" if gap <= _APART_KM else "far"]


def _parties(a: Happening, b: Happening, of: Weights, found: list[Reason]) -> None:
    if doers := a.actors & b.actors:
        found.append(("both by {0}", (min(doers),), of["actor"]))
    elif a.actors and b.actors:
        found.append(("doers of other names", (), of["other"]))
    if victims := a.targets & b.targets:
        found.append(("both against {0}", (min(victims),), of["target"]))
    elif (one := _sites(a.targets)) and (other := _sites(b.targets)) and not one & other:
        found.append(("one at a {0}, the other at a {1}", (min(one), min(other)), of["site"]))


@lru_cache(maxsize=100_000)
def _sites(targets: frozenset[str]) -> frozenset[str]:
    """The kinds of buildings among targets."""
    return frozenset(word.removesuffix("s") for target in targets for word in target.split()) & _kinds_of_sites()


@cache
def _kinds_of_sites() -> frozenset[str]:
    return frozenset(_thresholds()["sites"]["words"].split())


def _figures(a: Happening, b: Happening, of: Weights, found: list[Reason]) -> None:
    if not a.figures or not b.figures:
        return
    for measure in sorted(a.figures.keys() & b.figures.keys()):
        one, other = _number(a.figures[measure]), _number(b.figures[measure])
        if one == other:
            found.append(("both {0} {1}", (one, measure), of["one" if one <= 1 else "few" if one <= 3 else "many"]))
        else:
            far = max(one, other) > 3 * max(1, min(one, other))
            found.append(("{0} and {1} {2}", (one, other, measure), of["far" if far else "differ"]))


def _number(interval: tuple[int, int | None]) -> int:
    low, high = interval
    return low or high or 0


def _words(a: Happening, b: Happening, of: Weights, found: list[Reason]) -> None:
    own = _alike(a.words, b.words, _FEW)
    if own > 0:
        found.append(("names and figures of their sentences alike ({0:.2f})", (own,), round(of["own"] * own, 3)))
    if a.origin.key == b.origin.key:
        found.append(("told apart in one report", (), of["apart"]))
    elif a.origin.words and b.origin.words:
        whole = _alike(a.origin.words, b.origin.words, 1.0)
        # What two round-ups share tells little of one item of each.
        share = min(1.0, of["items"] / max(a.origin.tells, b.origin.tells))
        points = share * min(of["most"], of["report"] * (whole - of["less"]))
        found.append(("names and figures of their reports alike ({0:.2f})", (whole,), round(points, 3)))


def _alike(a: frozenset[str], b: frozenset[str], least: float) -> float:
    """The rarity of what they share over that of the smaller, 0 to 1. Below ``least`` one word tells little."""
    if not a or not b:
        return 0.0
    shared = a & b
    return sum(map(rarity, sorted(shared))) / max(least, min(_mass(a), _mass(b))) if shared else 0.0


@lru_cache(maxsize=200_000)
def _mass(words: frozenset[str]) -> float:
    return sum(map(rarity, sorted(words))) or 1.0


@cache
def _weights() -> Mapping[str, Weights]:
    tables = {name: row for name, row in _thresholds().items() if isinstance(row, dict)}
    return {name: {key: float(value) for key, value in row.items() if not isinstance(value, list | str)} for name, row in tables.items()}


@cache
def _thresholds() -> dict[str, Any]:
    return toml("according.events", "weights.toml")
