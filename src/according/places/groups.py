"""The mentions of a report by name: those of one name mean one place, unless the report itself puts them into different countries."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from according.places import folding
from according.places.candidates import LITTLE, Candidate, alike, exact
from according.places.entries import Entry
from according.places.gazetteer import Gazetteer
from according.places.hearing import Heard
from according.places.phrases import Phrase, Reading
from according.places.relations import Relation

#: Spellings are compared with the names of countries that have at least this share of a report's names, at most so many.
_SPEAKS_OF, _COMPARED = 0.12, 3


@dataclass(frozen=True, slots=True)
class Named:
    """A mention of a report, as the resolver takes it."""

    phrase: Phrase
    facility: bool = False
    weight: float = 1.0  # a date line counts more


@dataclass(slots=True)
class Group:
    """The mentions of one name: they mean one place, or a place and its namesake beside it (a town and its province)."""

    name: str  # its plain key
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

    def believe(self, scores: Sequence[float], none: float | None = None) -> None:
        """Take the shares that scores in nats give; ``none`` is the score of a place that is not listed."""
        every = [*scores, *([] if none is None else [none])]
        top = max(every, default=0.0)
        raised = [math.exp(s - top) for s in every]
        self.shares = [r / sum(raised) for r in raised[: len(scores)]]


def grouped(named: Sequence[Named], relations: Sequence[Relation], gazetteer: Gazetteer) -> list[Group]:
    """The mentions by name, in the order of their first."""
    known: dict[Hashable, list[Candidate]] = {}  # the same words mean the same wherever they stand
    owns = []
    for mention in named:
        words = (mention.phrase.span.text, mention.phrase.readings, mention.facility)
        if words not in known:
            known[words] = exact(mention.phrase, gazetteer, facility=mention.facility)
        owns.append(known[words])
    names = [_name(mention, own) for mention, own in zip(named, owns, strict=True)]
    lands = _lands_told(names, owns, relations)
    groups: dict[tuple[str, str | None], Group] = {}
    for number, (mention, own, name) in enumerate(zip(named, owns, names, strict=True)):
        land = lands[number]
        there = [c for c in own if land in c.entry.country] if land else []
        groups.setdefault((name, land), Group(name)).add(number, there or own, mention.weight)
    for group in groups.values():
        group.believe([c.fit for c in group.candidates])
    return list(groups.values())


def _name(mention: Named, own: Sequence[Candidate]) -> str:
    readings = mention.phrase.readings
    whole = bool(own) and own[0].whole
    return folding.plain(readings[0 if whole else -1].name) if readings else ""


def _lands_told(names: Sequence[str], owns: Sequence[Sequence[Candidate]], relations: Iterable[Relation]) -> list[str | None]:
    """For the mentions of a name that a report puts into several countries ("Tripoli, Lebanon", "Tripoli, Libya"), which one each is in.

    Those without a country of their own go with the one told before.
    """
    own: dict[int, str] = {}
    for relation in relations:
        country = _land(owns[relation.outer])
        if country and not relation.near and relation.sure >= 0.5:
            own[relation.inner] = country
    told: dict[str, set[str]] = defaultdict(set)
    for number, country in own.items():
        told[names[number]].add(country)
    last: dict[str, str] = {}
    out: list[str | None] = []
    for number, name in enumerate(names):
        if len(told[name]) < 2:
            out.append(None)
            continue
        last[name] = own.get(number, last.get(name, min(told[name])))
        out.append(last[name])
    return out


def _land(candidates: Sequence[Candidate]) -> str | None:
    """The country of a name that is one, or a division of one, before anything else."""
    best = max(candidates, key=lambda c: c.fit, default=None)
    if best is None or not best.entry.country or best.entry.kind not in ("country", "division"):
        return None
    return best.entry.country[0]


def compare(groups: Sequence[Group], named: Sequence[Named], gazetteer: Gazetteer, hints: Mapping[str, float]) -> None:
    """Give the names that no entry of note bears those that sound alike, in the countries that the report speaks of most.

    So too those that only divisions bear: the town may be listed under another spelling.
    """
    countries = _spoken_of(groups, hints)
    near = [str(c) for c, share in sorted(countries.items(), key=lambda kv: (-kv[1], str(kv[0]))) if share >= _SPEAKS_OF][:_COMPARED]
    for group in groups:
        towns = [c for c in group.candidates if c.entry.kind not in ("division", "district")]
        if max((c.fit for c in towns), default=0.0) >= LITTLE:
            continue
        found: dict[Reading, list[Candidate]] = {}
        for number in list(group.mentions):
            own = group.mentions[number]
            known = {c.entry.key for c in own}
            words = named[number].phrase.readings
            if words and words[-1] not in found:
                found[words[-1]] = alike(named[number].phrase, gazetteer, near)
            more = [c for c in (found[words[-1]] if words else []) if c.entry.key not in known and _may_join(c, own, near)]
            group.add(number, [*own, *more], 0.0)
        group.believe([c.fit for c in group.candidates])


def _may_join(candidate: Candidate, own: Sequence[Candidate], near: Sequence[str]) -> bool:
    """Whether a like sound is worth weighing: beside a division of the very name, in a country spoken of, only its own town is."""
    divisions = [c for c in own if c.entry.admin1 and c.entry.country[0] in near and c.entry.kind in ("division", "district")]
    if not divisions:
        return True
    return any(
        not c.of_several and (c.entry.country, c.entry.admin1) == (candidate.entry.country, candidate.entry.admin1) for c in divisions
    )


def _spoken_of(groups: Sequence[Group], hints: Mapping[str, float]) -> dict[Hashable, float]:
    """Each country's share of a report that speaks of it for sure: by its name or nationality, a division, its capital, or two names."""
    told: Counter[Hashable] = Counter(dict.fromkeys(hints, 2))
    for group in groups:
        for candidate, share in zip(group.candidates, group.shares, strict=True):
            if share > 0.5:
                plain = candidate.entry.kind in ("country", "division") or candidate.entry.seat
                told.update(dict.fromkeys(candidate.entry.country, 2 if plain else 1))
    return {land: share for land, share in shares(groups, lands, hints).all().items() if told[land] >= 2}


@dataclass(frozen=True, slots=True)
class Shares:
    """How much of a report's names lie in each country (or division): of all groups, and of each."""

    total: Mapping[Hashable, float]
    of: Sequence[Mapping[Hashable, float]]
    whole: float
    own: Sequence[float]  # of each group, all keys together

    def without(self, group: int, key: Hashable) -> float:
        """The share of a key in what the other groups tell: a name does not speak for itself."""
        rest = self.whole - self.own[group]
        return max(0.0, (self.total.get(key, 0.0) - self.of[group].get(key, 0.0)) / rest) if rest > 1e-9 else 0.0

    def all(self) -> dict[Hashable, float]:
        return {key: count / self.whole for key, count in self.total.items()} if self.whole else {}


def shares(groups: Sequence[Group], keys: Callable[[Entry], Sequence[Hashable]], hints: Mapping[str, float]) -> Shares:
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
    return Shares(total, of, sum(total.values()), [sum(own.values()) for own in of])


def lands(entry: Entry) -> Sequence[Hashable]:
    return entry.country


def division(entry: Entry) -> Sequence[Hashable]:
    return [(entry.country[0], entry.admin1)] if entry.admin1 and entry.country else []
