"""Claims of one report that tell of one happening share an event number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import merge
from itertools import groupby, islice

from according.model import Claim, ClaimType, Party

#: Types that different words give to one happening: an attack is told as a blast, the deaths it caused, the damage.
_FAMILIES = (
    frozenset(
        {ClaimType.AIR_STRIKE, ClaimType.SHELLING, ClaimType.ATTACK, ClaimType.CASUALTIES, ClaimType.DESTRUCTION, ClaimType.ARMED_CLASH}
    ),
    frozenset({ClaimType.BOMBING, ClaimType.ATTACK, ClaimType.CASUALTIES, ClaimType.DESTRUCTION}),
    frozenset({ClaimType.CHEMICAL_ATTACK, ClaimType.ATTACK, ClaimType.CASUALTIES, ClaimType.SHELLING}),
    frozenset({ClaimType.TAKES_TERRITORY, ClaimType.ARMED_CLASH, ClaimType.LEAVES_TERRITORY}),
)
#: So many earlier claims are looked at for one of the same happening.
_BACK = 500
_SMALL = frozenset("the a an of s in at near and city town village".split())


@dataclass(frozen=True, slots=True)
class _Words:
    """The telling words of a claim's place, doers and targets, and whether it tells a standing total."""

    place: frozenset[str]
    actor: frozenset[str]
    target: frozenset[str]
    total: bool

    @classmethod
    def of(cls, claim: Claim) -> _Words:
        place = _words(claim.place.span.text) if claim.place else frozenset[str]()
        return cls(place, _named(claim.actor), _named(claim.target), _total(claim))


def numbered(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Give each claim an ``event``: the number of the last earlier claim that may tell of the same happening, else a new one.

    Of the claims at its place, and of those of its type without one, the last 500 are looked at.
    """
    out: list[Claim] = []
    told: list[_Words] = []
    where: dict[tuple[str, ClaimType | None], list[int]] = defaultdict(list)  # a word of a place, or a type without one → claims
    fresh = 0
    for n, claim in enumerate(claims):
        own = _Words.of(claim)
        same = next((out[k] for k in _earlier(claim, own, where) if _same(out[k], claim, told[k], own)), None)
        if same is None:
            fresh += 1
        out.append(replace(claim, event=same.event if same is not None else fresh))
        told.append(own)
        for key in _keys(claim, own):
            where[key].append(n)
    return tuple(out)


def _keys(claim: Claim, own: _Words) -> list[tuple[str, ClaimType | None]]:
    """What a claim is looked up by: the words of its place if it has one, its type, its type without a place."""
    if claim.place:
        return [*((word, None) for word in own.place), ("", claim.type)]
    return [("", claim.type), ("nowhere", claim.type)]


def _earlier(claim: Claim, own: _Words, where: Mapping[tuple[str, ClaimType | None], Sequence[int]]) -> Iterator[int]:
    """The claims before that may be the same by their places, last first."""
    keys: list[tuple[str, ClaimType | None]] = (
        [*((word, None) for word in own.place), ("nowhere", claim.type)] if claim.place else [("", claim.type)]
    )
    found = merge(*(reversed(where.get(key, ())) for key in keys), reverse=True)
    return islice((n for n, _ in groupby(found)), _BACK)


def _same(a: Claim, b: Claim, of_a: _Words, of_b: _Words) -> bool:
    if a.type is not b.type and not any(a.type in f and b.type in f for f in _FAMILIES):
        return False
    if (a.status == "planned") is not (b.status == "planned"):
        return False
    if of_a.total is not of_b.total:
        return False
    if (
        a.time
        and b.time
        and a.time.start
        and b.time.start
        and a.time.end
        and b.time.end
        and (a.time.end < b.time.start or b.time.end < a.time.start)
    ):
        return False
    if a.place and b.place:
        if not of_a.place & of_b.place:
            return False
    elif a.type is not b.type:
        return False
    if a.actor and b.actor and not of_a.actor & of_b.actor and not of_a.target & of_b.target:
        return False
    return _figures_agree(a, b)


def _total(claim: Claim) -> bool:
    """Whether it tells a standing total: a number over a span of time, not "many villages" in past days."""
    return any(f.cumulative and (f.min is not None or f.max is not None) for f in claim.figures)


def _words(text: str) -> frozenset[str]:
    return frozenset(w for w in text.lower().replace("’s", "").split() if w not in _SMALL)


def agree(a: str, b: str) -> bool:
    left, right = _words(a), _words(b)
    return bool(left & right)


def _named(parties: Sequence[Party]) -> frozenset[str]:
    return frozenset(word for party in parties for word in _words(party.span.text))


def _figures_agree(a: Claim, b: Claim) -> bool:
    """Two counts of one thing may differ between accounts, but not within one speaker's own."""
    for f in a.figures:
        for g in b.figures:
            alike = f.measure is g.measure and f.of and g.of and agree(f.of, g.of) and a.said_by == b.said_by
            if alike and f.min is not None and g.min is not None and max(f.min, g.min) > 2 * min(f.min, g.min):
                return False
    return True
