"""A town and the province, district or country named after it: which of them a mention means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from according.places.candidates import Candidate
from according.places.entries import Entry
from according.places.groups import Group
from according.places.relations import Relation

#: A town with this share of its division's people is what the bare name of both means.
_OF_NOTE = 0.07
#: Two places of one name nearer than this are beside each other.
_BESIDE_KM = 25.0
_DIVISIONS = ("division", "district")


def together(entry: Entry, other: Entry) -> bool:
    """Whether two entries of one name are a place and its namesake there, so that taking one for the other errs in size only."""
    if entry.kind == "country" or other.kind == "country":
        return bool(set(entry.country) & set(other.country)) and (entry.seat or other.seat or entry.feature == other.feature) != 0
    if entry.country == other.country and entry.admin1 and entry.admin1 == other.admin1:
        kinds = {entry.kind, other.kind}
        if "division" in kinds:
            return True
    return entry.km_to(other) <= max(_BESIDE_KM, entry.radius_km or 0.0, other.radius_km or 0.0)


class Asked:
    """Which mentions of a report are asked to be divisions by other words than their own.

    By "the town of Hass in Idlib": a settlement is told to lie in it. By a list most of which can be nothing else: "Adamawa, Borno, Gombe".
    By another name: where "Gaza City" is told of, "Gaza" is the wider one.
    """

    def __init__(self, groups: Sequence[Group], relations: Iterable[Relation], lists: Iterable[range]) -> None:
        self._of = {number: group for group in groups for number in group.mentions}
        self._by_words = {
            id(group): frozenset(c.entry.key for mine in group.mentions.values() for c in mine if c.asked) for group in groups
        }
        self._divisions = {r.outer for r in relations if not r.near and r.sure >= 0.7 and self._settlement_apart(r)}
        names = {group.name for group in groups}
        self._divisions |= {number for group in groups if f"{group.name} city" in names for number in group.mentions}
        for members in lists:
            kinds = [self._only_division(number) for number in members]
            if 2 * sum(kinds) > len(kinds):
                self._divisions |= set(members)

    def division(self, number: int) -> bool:
        return number in self._divisions

    def entries(self, group: Group) -> frozenset[str]:
        """The keys of the entries that any mention of a group asks for by its own words."""
        return self._by_words[id(group)]

    def _best(self, number: int) -> Candidate | None:
        group = self._of[number]
        if not group.candidates:
            return None
        return group.candidates[max(range(len(group.shares)), key=group.shares.__getitem__)]

    def _settlement_apart(self, relation: Relation) -> bool:
        """Whether what lies in the other is a town of its own and no quarter of it."""
        inner, outer = self._best(relation.inner), self._best(relation.outer)
        if inner is None:
            own = self._of[relation.inner].mentions[relation.inner]
            return any(c.asked for c in own)
        if outer is None or inner.entry.kind not in ("settlement", "quarter", "district"):
            return False
        return inner.entry.km_to(outer.entry) > 8.0 if outer.entry.kind == "settlement" else True

    def _only_division(self, number: int) -> bool:
        """Whether a name is asked to be a division by its own words, or no town of note bears it."""
        best = self._best(number)
        if best is None or best.entry.kind not in _DIVISIONS:
            return False
        group = self._of[number]
        towns = [c for c in group.candidates if c.entry.kind == "settlement" and together(c.entry, best.entry)]
        return best.asked or not any(c.entry.population >= _OF_NOTE * best.entry.population for c in towns)


def chosen(there: Sequence[Candidate], group: Group, number: int, asked: Asked) -> Candidate:
    """Which of the namesakes in one place, the likeliest first, a mention means.

    That which its words ask for, or those around it. Else the country, if it is one; else the wider one where the report elsewhere speaks
    of the province (a pin on the town would be too fine); else the town if it is no mere hamlet of that name.
    """
    own = {c.entry.key: c for c in group.mentions[number]}
    by_words = [own[c.entry.key] for c in there if c.entry.key in own and own[c.entry.key].asked and c.likeness == 1]
    if by_words:  # "province" may be said of a district, but not where there is a province of the name
        return next((c for c in by_words if c.entry.kind == "division"), by_words[0])
    best = _by_report(there, asked.entries(group), asked.division(number))
    return own.get(best.entry.key, best)


def _by_report(there: Sequence[Candidate], elsewhere: frozenset[str], division: bool) -> Candidate:
    divisions = [c for c in there if c.entry.kind in ("division", "region", "land")]
    towns = [c for c in there if c.entry.kind == "settlement" and c.own_name]
    countries = [c for c in there if c.entry.kind == "country"]
    wider = [c for c in divisions if division or c.entry.key in elsewhere]
    if countries:
        return countries[0]
    if wider:
        return wider[0]
    kind = there[0].entry.kind
    if towns and (kind == "district" or (kind == "division" and towns[0].entry.population >= _OF_NOTE * there[0].entry.population)):
        return towns[0]
    return there[0]
