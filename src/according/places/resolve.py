"""All the place names of one report at once, each to the entry it means, or to none.

Every name starts with the entries that bear it, weighed by what its words say and by their size. Then the names listen to each other, a few
rounds long: the countries and divisions that the report speaks of, the places it says one name lies in or near, the places that lie
around. A name means one place throughout a report. Pure over the gazetteer.
"""

from __future__ import annotations

import math
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

import numpy as np

from according.places import folding
from according.places.candidates import LITTLE, Candidate, alike, exact
from according.places.entries import EARTH_KM, Entry, town_radius_km
from according.places.features import class_of
from according.places.gazetteer import Gazetteer
from according.places.phrases import Phrase
from according.places.relations import Relation

ROUNDS = 3
#: Weights in nats, of our setting, tried on the development sets: an entry in the country that all the report speaks of, in its
#: division, in what the words say it lies in, beside the other places.
_COUNTRY, _DIVISION, _INSIDE, _BESIDE = 4.5, 2.5, 4.0, 1.5
#: What an entry in no country (a sea, a continent) has in place of a country's share.
_NOWHERE = 0.3
#: A country of less than this share of a report's names is as good as absent.
_ABSENT = 0.02
#: Spellings are compared with the names of countries that have at least this share, at most so many.
_SPEAKS_OF, _COMPARED = 0.12, 3
#: Places farther apart than a few times this say nothing of each other.
_NEAR_KM = 100.0
#: A town with this share of its division's people is what the bare name of both means.
_OF_NOTE = 0.07
#: An entry with a smaller share of belief than this is none.
LEAST = 0.3
#: What is left of it where a building only bears the name.
_HALF_SURE = 0.7
#: A name may be that of a place which the gazetteer lacks: as a village of 1,000 in the country that the report speaks of most would be,
#: less what it is worth that most places named are in the gazetteer.
_UNLISTED = 1.1 * math.log10(1300) - 2.0


@dataclass(frozen=True, slots=True)
class Named:
    """A mention of a report, as the resolver takes it."""

    phrase: Phrase
    facility: bool = False
    weight: float = 1.0  # a date line counts more


@dataclass(frozen=True, slots=True)
class Heard:
    """What the rest of a report says for an entry, in nats: it speaks of its country or division, puts it there, names what is near."""

    country: float = 0.0
    division: float = 0.0
    inside: float = 0.0
    beside: float = 0.0

    @property
    def total(self) -> float:
        return self.country + self.division + self.inside + self.beside


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate, its share of belief (0 to 1), and what spoke for it."""

    candidate: Candidate
    share: float
    heard: Heard


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a mention means, and how sure, 0 to 1."""

    candidate: Candidate
    score: float


@dataclass(slots=True)
class _Group:
    """The mentions of one name: they mean one place, or a place and its namesake beside it (a town and its province)."""

    mentions: dict[int, list[Candidate]] = field(default_factory=dict)  # each mention's own candidates
    candidates: list[Candidate] = field(default_factory=list)  # of all mentions, each entry once
    shares: list[float] = field(default_factory=list)  # of belief, one a candidate; what they lack to 1 is that it is none of them
    heard: list[Heard] = field(default_factory=list)
    weight: float = 0.0

    def add(self, number: int, own: list[Candidate], weight: float) -> None:
        best = {c.entry.key: c for c in self.candidates}
        for candidate in own:
            if candidate.entry.key not in best or candidate.fit > best[candidate.entry.key].fit:
                best[candidate.entry.key] = candidate
        self.candidates = list(best.values())
        self.mentions[number] = own
        self.weight += weight


def resolve(
    named: Sequence[Named], relations: Sequence[Relation], gazetteer: Gazetteer, hints: Mapping[str, float] | None = None
) -> list[Resolved | None]:
    """What each mention means. ``hints``: countries that the report speaks of by other words (nationalities), with their counts."""
    groups = _settled(named, relations, gazetteer, hints or {})
    of = {number: group for group in groups for number in group.mentions}
    return [_meant(of[number], number) for number in range(len(named))]


def weigh(
    named: Sequence[Named], relations: Sequence[Relation], gazetteer: Gazetteer, hints: Mapping[str, float] | None = None
) -> list[list[Weighed]]:
    """All that each mention may mean, the likeliest first, with what spoke for each: for a person to see."""
    groups = _settled(named, relations, gazetteer, hints or {})
    of = {number: group for group in groups for number in group.mentions}
    return [_weighed(of[number]) for number in range(len(named))]


def _weighed(group: _Group) -> list[Weighed]:
    rows = [Weighed(*row) for row in zip(group.candidates, group.shares, group.heard, strict=True)]
    return sorted(rows, key=lambda w: (-w.share, w.candidate.entry.key))


def _settled(named: Sequence[Named], relations: Sequence[Relation], gazetteer: Gazetteer, hints: Mapping[str, float]) -> list[_Group]:
    groups = _grouped(named, gazetteer)
    linked = _links(relations, {number: n for n, group in enumerate(groups) for number in group.mentions})
    _believe(groups)
    _compared(groups, named, gazetteer, _spoken_of(groups, hints))
    ground = _Ground(groups)
    for _ in range(ROUNDS):
        countries, divisions = _shares(groups, _lands, hints), _shares(groups, _division, {})
        beside = ground.beside()
        for n, group in enumerate(groups):
            group.heard = [
                _heard(c.entry, n, countries, divisions, groups, linked[n], near)
                for c, near in zip(group.candidates, beside[n], strict=True)
            ]
        for n, group in enumerate(groups):
            most = max((countries.without(n, land) for land in countries.total), default=0.0)
            none = _UNLISTED + _COUNTRY * _told(most)
            scores = [c.fit + heard.total for c, heard in zip(group.candidates, group.heard, strict=True)]
            group.shares = _softmax([*scores, none])[:-1]
    return groups


def _grouped(named: Sequence[Named], gazetteer: Gazetteer) -> list[_Group]:
    """The mentions by name, in the order of their first."""
    groups: dict[str, _Group] = {}
    for number, mention in enumerate(named):
        readings = mention.phrase.readings
        own = exact(mention.phrase, gazetteer, facility=mention.facility)
        whole = own and own[0].whole
        name = folding.plain(readings[0 if whole else -1].name) if readings else ""
        groups.setdefault(name, _Group()).add(number, own, mention.weight)
    return list(groups.values())


def _spoken_of(groups: Sequence[_Group], hints: Mapping[str, float]) -> dict[Hashable, float]:
    """Each country's share of a report that speaks of it for sure: by its name or nationality, a division, its capital, or two names."""
    shares = _shares(groups, _lands, hints)
    told: Counter[Hashable] = Counter(dict.fromkeys(hints, 2))
    for group in groups:
        for candidate, share in zip(group.candidates, group.shares, strict=True):
            if share > 0.5:
                plain = class_of(candidate.entry.feature).name in ("country", "division") or candidate.entry.seat
                told.update(dict.fromkeys(candidate.entry.country, 2 if plain else 1))
    return {land: share for land, share in shares.all().items() if told[land] >= 2}


def _compared(groups: Sequence[_Group], named: Sequence[Named], gazetteer: Gazetteer, countries: Mapping[Hashable, float]) -> None:
    """Give the names that no entry of note bears those that sound alike, in the countries that the report speaks of most."""
    near = [str(c) for c, share in sorted(countries.items(), key=lambda kv: (-kv[1], str(kv[0]))) if share >= _SPEAKS_OF][:_COMPARED]
    for group in groups:
        if max((c.fit for c in group.candidates), default=0.0) < LITTLE:
            for number in list(group.mentions):
                own = group.mentions[number]
                known = {c.entry.key for c in own}
                more = [c for c in alike(named[number].phrase, gazetteer, near) if c.entry.key not in known]
                group.add(number, [*own, *more], 0.0)
    _believe(groups)


def _believe(groups: Sequence[_Group]) -> None:
    for group in groups:
        group.shares = _softmax([c.fit for c in group.candidates])


def _softmax(scores: Sequence[float]) -> list[float]:
    if not scores:
        return []
    top = max(scores)
    raised = [math.exp(s - top) for s in scores]
    total = sum(raised)
    return [r / total for r in raised]


@dataclass(frozen=True, slots=True)
class _Shares:
    """How much of a report's names lie in each country (or division): of all groups, and of each."""

    total: Mapping[Hashable, float]
    of: Sequence[Mapping[Hashable, float]]

    def without(self, group: int, key: Hashable) -> float:
        """The share of a key in what the other groups tell: a name does not speak for itself."""
        own = self.of[group]
        rest = sum(self.total.values()) - sum(own.values())
        return max(0.0, (self.total.get(key, 0.0) - own.get(key, 0.0)) / rest) if rest > 1e-9 else 0.0

    def all(self) -> dict[Hashable, float]:
        whole = sum(self.total.values())
        return {key: count / whole for key, count in self.total.items()} if whole else {}


def _shares(groups: Sequence[_Group], keys: Callable[[Entry], Sequence[Hashable]], hints: Mapping[str, float]) -> _Shares:
    """The shares of the keys that entries have; a name told often counts a little more, not in proportion."""
    total: dict[Hashable, float] = {key: math.log2(1 + count) for key, count in hints.items()}
    of: list[dict[Hashable, float]] = []
    for group in groups:
        own: dict[Hashable, float] = defaultdict(float)
        for candidate, share in zip(group.candidates, group.shares, strict=True):
            told = keys(candidate.entry)
            for key in told:
                own[key] += share * math.log2(1 + group.weight) / len(told)
        of.append(own)
        for key, count in own.items():
            total[key] = total.get(key, 0.0) + count
    return _Shares(total, of)


def _lands(entry: Entry) -> Sequence[Hashable]:
    return entry.country


def _division(entry: Entry) -> Sequence[Hashable]:
    return [(entry.country[0], entry.admin1)] if entry.admin1 and entry.country else []


class _Ground:
    """Where all the candidates of a report lie, and how near each is to each: for asking which names lie together."""

    def __init__(self, groups: Sequence[_Group]) -> None:
        self._groups = groups
        flat = [(n, c.entry) for n, g in enumerate(groups) for c in g.candidates]
        self._starts = np.cumsum([0, *(len(g.candidates) for g in groups)])
        points = np.radians([[e.lat, e.lon] for _, e in flat] or np.empty((0, 2)))
        self._speaks = np.array([_is_somewhere(e) for _, e in flat], dtype=bool)
        lat, lon = points[:, 0], points[:, 1]
        half = np.sin((lat[:, None] - lat) / 2) ** 2 + np.cos(lat)[:, None] * np.cos(lat) * np.sin((lon[:, None] - lon) / 2) ** 2
        apart = 2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
        reach = np.array([min(e.radius_km or 0.0, 150.0) for _, e in flat])
        self._near = np.exp(-np.maximum(apart - reach, 0.0) / _NEAR_KM) * self._speaks

    def beside(self) -> list[list[float]]:
        """For each candidate, how many of the other names lie beside it, by the groups' present beliefs."""
        belief = np.array([share for g in self._groups for share in g.shares])
        told = self._near * belief
        totals = np.zeros(len(belief))
        for n in range(len(self._groups)):
            first, last = self._starts[n], self._starts[n + 1]
            if last > first:
                best = told[:, first:last].max(axis=1)
                best[first:last] = 0.0
                totals += best
        return [list(totals[self._starts[n] : self._starts[n + 1]]) for n in range(len(self._groups))]


def _is_somewhere(entry: Entry) -> bool:
    """Whether it says anything of where other names lie: a country or a continent does not, beyond what the countries' shares say."""
    return class_of(entry.feature).name != "country" and (entry.radius_km or 0.0) < 400.0


def _links(relations: Sequence[Relation], of: Mapping[int, int]) -> dict[int, list[tuple[int, bool, float]]]:
    """For each group, the groups that it lies in or near, or that lie in it: (other, "in", sure) from either side."""
    out: dict[int, list[tuple[int, bool, float]]] = defaultdict(list)
    for relation in relations:
        inner, outer = of[relation.inner], of[relation.outer]
        if inner != outer:
            out[inner].append((outer, not relation.near, relation.sure))
            if relation.near:
                out[outer].append((inner, False, relation.sure))
            else:
                out[outer].append((~inner, True, relation.sure))
    return out


def _heard(
    entry: Entry,
    number: int,
    countries: _Shares,
    divisions: _Shares,
    groups: Sequence[_Group],
    linked: Sequence[tuple[int, bool, float]],
    near: float,
) -> Heard:
    best: dict[int, float] = {}
    for other, inside, sure in linked:
        kin = groups[other if other >= 0 else ~other]
        met = 0.0
        for theirs, belief in zip(kin.candidates, kin.shares, strict=True):
            if belief > 0.02:
                pair = (entry, theirs.entry) if other >= 0 else (theirs.entry, entry)
                met += belief * (lies_in(*pair) if inside else _near(entry, theirs.entry))
        best[other] = max(best.get(other, 0.0), sure * met)
    return Heard(
        _COUNTRY * _told(max((countries.without(number, land) for land in entry.country), default=_NOWHERE)),
        _DIVISION * max((_told(divisions.without(number, key)) for key in _division(entry)), default=0.0),
        _INSIDE * min(1.0, sum(best.values())),
        _BESIDE * math.log2(1 + near),
    )


def _told(share: float) -> float:
    """A share of a report as evidence, 0 to 1: the first mention says most."""
    return math.log((share + _ABSENT) / _ABSENT) / math.log((1 + _ABSENT) / _ABSENT)


def lies_in(inner: Entry, outer: Entry) -> float:
    """1 where an entry lies in another, as far as the gazetteer tells, else 0."""
    if inner.key == outer.key:
        return 0.0
    kind = class_of(outer.feature).name
    if kind == "country":
        return float(bool(outer.country) and outer.country[0] in inner.country and class_of(inner.feature).name != "country")
    if kind == "division":
        if class_of(inner.feature).name in ("country", "division"):
            return 0.0
        if inner.admin1:
            return float(inner.country == outer.country and inner.admin1 == outer.admin1)
        return float(bool(set(inner.country) & set(outer.country)) and inner.km_to(outer) <= 1.3 * (outer.radius_km or 80.0))
    if class_of(inner.feature).name in ("country", "division"):
        return 0.0
    reach = outer.radius_km or max(class_of(outer.feature).radius_km, town_radius_km(outer.population))
    return float(inner.km_to(outer) <= 1.3 * reach + 5.0)


def _near(entry: Entry, other: Entry) -> float:
    """1 beside another place, 1/e at 100 km from its edge."""
    if class_of(other.feature).name == "country":
        return float(bool(other.country) and other.country[0] in entry.country) * 0.5
    apart = max(0.0, entry.km_to(other) - (other.radius_km or 0.0))
    return math.exp(-apart / _NEAR_KM)


def _meant(group: _Group, number: int) -> Resolved | None:
    """What one mention of a group means: the place that the group means, or the namesake beside it that the mention's words ask for."""
    if not group.candidates:
        return None
    order = sorted(range(len(group.shares)), key=lambda i: (-group.shares[i], group.candidates[i].entry.key))
    best = group.candidates[order[0]].entry
    # What is unsure is which place, not which of the namesakes there: a town and its province are one answer.
    there = [i for i in order if group.candidates[i].entry.km_to(best) <= max(25.0, best.radius_km or 0.0)]
    chosen = _namesake(group, number, [group.candidates[i] for i in there])
    belief = sum(group.shares[i] for i in there) * chosen.likeness * (_HALF_SURE if chosen.named_for else 1.0)
    return Resolved(chosen, calibrated(belief)) if belief >= LEAST else None


def calibrated(belief: float) -> float:
    """The chance that a place of this share of belief is the one meant, by the line in score.toml (``training/places.py``)."""
    bias, slope = _line()
    return min(max(bias + slope * belief, 0.0), 1.0)


@cache
def _line() -> tuple[float, float]:
    raw = tomllib.loads((resources.files("according.places") / "data" / "score.toml").read_text(encoding="utf-8"))
    return raw["bias"], raw["slope"]


def _namesake(group: _Group, number: int, there: Sequence[Candidate]) -> Candidate:
    """Which of the namesakes in one place, the likeliest first, a mention means.

    That which its words ask for. Without such words it is the wider one where the report elsewhere speaks of the province (a pin on the
    town would be too fine), else the town if it is no mere hamlet of that name.
    """
    own = {c.entry.key: c for c in group.mentions[number]}
    asked = [own[c.entry.key] for c in there if c.entry.key in own and own[c.entry.key].asked]
    if asked:
        return asked[0]
    divisions = [c for c in there if class_of(c.entry.feature).name == "division"]
    towns = [c for c in there if class_of(c.entry.feature).name == "settlement"]
    elsewhere = {c.entry.key for mine in group.mentions.values() for c in mine if c.asked}
    wider = [c for c in divisions if c.entry.key in elsewhere]
    if wider:
        return own.get(wider[0].entry.key, wider[0])
    chosen = there[0]
    kind = class_of(chosen.entry.feature).name
    if towns and (kind == "district" or (kind == "division" and towns[0].entry.population >= _OF_NOTE * chosen.entry.population)):
        chosen = towns[0]
    return own.get(chosen.entry.key, chosen)
