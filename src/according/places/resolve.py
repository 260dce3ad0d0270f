"""All the place names of one report at once, each to the entry it means, or to none.

Every name starts with the entries that bear it, weighed by what its words say and by their size. Then the names listen to each other, a few
rounds long: the countries and divisions that the report speaks of, the places it says one name lies in or near, the places that lie
around. A name means one place throughout a report. Pure over the gazetteer.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from according.data import toml
from according.places.candidates import Candidate
from according.places.entries import Entry
from according.places.gazetteer import Gazetteer
from according.places.groups import Group, Named, Shares, compare, division, grouped, lands, shares
from according.places.hearing import Ground, Heard, holds, lies_in, nearness
from according.places.namesakes import Asked, chosen, together
from according.places.relations import Relation

ROUNDS = 3
#: Weights in nats, of our setting, tried on the development sets: an entry in the country that all the report speaks of, in its
#: division, in what the words say it lies in, beside the other places.
_COUNTRY, _DIVISION, _INSIDE, _BESIDE = 4.5, 2.5, 4.0, 1.5
#: What an entry in no country (a sea, a continent) has in place of a country's share.
_NOWHERE = 0.3
#: A country of less than this share of a report's names is as good as absent.
_ABSENT = 0.02
#: An entry with a smaller share of belief than this is none.
LEAST = 0.42
#: Beyond about 400 km nobody says that one place is near another, or between it and a third.
_OUT_OF_SIGHT = 0.02
#: A building that bears a place's name is near it only where other names are: so much must speak for it, in nats.
_SUPPORTED = 0.5
#: A spelling that is not listed, with no word that asks for a place, may be no place at all.
_LEAST_ALIKE = 0.5
#: What is left of it where a building only bears the name.
_HALF_SURE = 0.7
#: A name may be that of a place which the gazetteer lacks: as a village of 1,000 in the country that the report speaks of most would be,
#: less what it is worth that most places named are in the gazetteer.
_UNLISTED = 1.1 * math.log10(1300) - 1.3


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


def resolve(
    named: Sequence[Named],
    relations: Sequence[Relation],
    gazetteer: Gazetteer,
    hints: Mapping[str, float] | None = None,
    lists: Sequence[range] = (),
) -> list[Resolved | None]:
    """What each mention means.

    ``relations``: how the words say that mentions lie to each other. ``hints``: countries that the report speaks of by other words
    (nationalities), with their counts. ``lists``: mentions told as equals.
    """
    groups = _settled(named, relations, gazetteer, hints or {})
    return _all_meant(groups, relations, lists)


def weigh(named: Sequence[Named], gazetteer: Gazetteer) -> list[tuple[Resolved | None, list[Weighed]]]:
    """What each of some names means, and all that it may mean, the likeliest first, with what spoke for each: for a person to see."""
    groups = _settled(named, (), gazetteer, {})
    weighed = {number: _weighed(group) for group in groups for number in group.mentions}
    return [(meant, weighed[number]) for number, meant in enumerate(_all_meant(groups, (), ()))]


def _all_meant(groups: Sequence[Group], relations: Sequence[Relation], lists: Sequence[range]) -> list[Resolved | None]:
    """What each mention of the groups means, in the order of the mentions."""
    asked = Asked(groups, relations, lists)
    of = {number: group for group in groups for number in group.mentions}
    return [_meant(of[number], number, asked) for number in sorted(of)]


def _weighed(group: Group) -> list[Weighed]:
    rows = [Weighed(*row) for row in zip(group.candidates, group.shares, group.heard, strict=True)]
    return sorted(rows, key=lambda w: (-w.share, w.candidate.entry.key))


def _settled(named: Sequence[Named], relations: Sequence[Relation], gazetteer: Gazetteer, hints: Mapping[str, float]) -> list[Group]:
    """The groups of a report with the shares of belief that they settle on."""
    groups = grouped(named, relations, gazetteer)
    compare(groups, named, gazetteer, hints)
    links = _links(relations, {number: n for n, group in enumerate(groups) for number in group.mentions})
    ground = Ground([[c.entry for c in group.candidates] for group in groups])
    for _ in range(ROUNDS):
        countries, divisions = shares(groups, lands, hints), shares(groups, division, {})
        beside = ground.beside([group.shares for group in groups])
        for n, group in enumerate(groups):
            group.heard = [
                Heard(
                    _COUNTRY * _told(max((countries.without(n, land) for land in lands(c.entry)), default=_NOWHERE)),
                    _DIVISION * max((_told(divisions.without(n, key)) for key in division(c.entry)), default=0.0),
                    _INSIDE * _inside(c.entry, groups, links[n]),
                    _BESIDE * math.log2(1 + near),
                )
                for c, near in zip(group.candidates, beside[n], strict=True)
            ]
        for n, group in enumerate(groups):
            scores = [c.fit + heard.total for c, heard in zip(group.candidates, group.heard, strict=True)]
            group.believe(scores, _UNLISTED + _COUNTRY * _told(_most(countries, n)))
    return groups


def _most(countries: Shares, group: int) -> float:
    return max((countries.without(group, land) for land in countries.total), default=0.0)


def _told(share: float) -> float:
    """A share of a report as evidence, 0 to 1: the first mention says most."""
    return math.log((share + _ABSENT) / _ABSENT) / math.log((1 + _ABSENT) / _ABSENT)


@dataclass(frozen=True, slots=True)
class _Link:
    """A relation from one group's side: it lies in (``inside``) or near the ``other``, or the other in it (``holds``)."""

    other: int
    inside: bool
    holds: bool
    sure: float


def _links(relations: Sequence[Relation], of: Mapping[int, int]) -> dict[int, list[_Link]]:
    out: dict[int, list[_Link]] = defaultdict(list)
    for relation in relations:
        inner, outer = of[relation.inner], of[relation.outer]
        if inner != outer:
            out[inner].append(_Link(outer, not relation.near, False, relation.sure))
            out[outer].append(_Link(inner, False, not relation.near, relation.sure))
    return defaultdict(list, {n: list(dict.fromkeys(links)) for n, links in out.items()})  # told twice, it is no surer


def _inside(entry: Entry, groups: Sequence[Group], links: Sequence[_Link]) -> float:
    """How far the words put an entry where it lies, -1 to 1: below 0 where they put it elsewhere."""
    met: dict[int, float] = {}
    against = 0.0
    for link in links:
        kin = groups[link.other]
        pairs = [(theirs.entry, belief) for theirs, belief in zip(kin.candidates, kin.shares, strict=True) if belief > 0.02]
        if link.inside:
            here = sum(belief * lies_in(entry, theirs) for theirs, belief in pairs)
            # A comma may part equals; only a country after it leaves no doubt.
            could = sum(b for theirs, b in pairs if (holds(theirs) if link.sure == 1.0 else theirs.kind == "country"))
            if link.sure >= 0.5 and entry.kind != "country":
                against = max(against, link.sure * max(0.0, could - here))
        elif link.holds:
            here = sum(belief * lies_in(theirs, entry) for theirs, belief in pairs)
        else:
            here = sum(belief * nearness(entry, theirs) for theirs, belief in pairs)
            against = max(against, link.sure * sum(belief for theirs, belief in pairs if _far(entry, theirs)))
        met[link.other] = max(met.get(link.other, 0.0), link.sure * here)
    return min(1.0, sum(met.values())) - against


def _far(entry: Entry, other: Entry) -> bool:
    """Whether two places are too far apart for one to be told by the other. A country is far from nothing."""
    kinds = {entry.kind, other.kind}
    return "country" not in kinds and nearness(entry, other) < _OUT_OF_SIGHT


def _meant(group: Group, number: int, asked: Asked) -> Resolved | None:
    """What one mention of a group means: the place that the group means, or the namesake beside it that the mention's words ask for."""
    if not group.candidates:
        return None
    order = sorted(range(len(group.shares)), key=lambda i: (-group.shares[i], group.candidates[i].entry.key))
    # What is unsure is which place, not which of the namesakes there: a town and its province are one answer.
    there = [i for i in order if together(group.candidates[i].entry, group.candidates[order[0]].entry)]
    candidate = chosen([group.candidates[i] for i in there], group, number, asked)
    if candidate.named_for and not _supported(candidate, [group.heard[i] for i in there]):
        return None
    belief = sum(group.shares[i] for i in there) * candidate.likeness * (_HALF_SURE if candidate.named_for else 1.0)
    least = _LEAST_ALIKE if candidate.likeness < 1 and not candidate.asked else LEAST
    return Resolved(candidate, calibrated(belief)) if belief >= least else None


def _supported(candidate: Candidate, heard: Sequence[Heard]) -> bool:
    """Whether a building that bears a town's name may be near it: other names are, or the words put it there."""
    town = candidate.entry.kind in ("settlement", "quarter", "district", "division")
    return town and max(h.beside + h.inside for h in heard) >= _SUPPORTED


def calibrated(belief: float) -> float:
    """The chance that a place of this share of belief is the one meant, by the line in score.toml (``training/places.py``)."""
    bias, slope = _line()
    return min(max(bias + slope * belief, 0.0), 1.0)


@cache
def _line() -> tuple[float, float]:
    raw = toml("according.places", "data/score.toml")
    return raw["bias"], raw["slope"]
