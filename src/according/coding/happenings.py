"""Claims of one report that tell of one happening share an event number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

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
_SMALL = frozenset("the a an of s in at near and city town village".split())


def numbered(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Give each claim an ``event``: the number of the first earlier claim that may tell of the same happening, else a new one."""
    out: list[Claim] = []
    fresh = 0
    for claim in claims:
        same = next((c for c in reversed(out) if _same(c, claim)), None)
        if same is None:
            fresh += 1
        out.append(replace(claim, event=same.event if same is not None else fresh))
    return tuple(out)


def _same(a: Claim, b: Claim) -> bool:
    if a.type is not b.type and not any(a.type in f and b.type in f for f in _FAMILIES):
        return False
    if (a.status == "planned") is not (b.status == "planned"):
        return False
    if _total(a) is not _total(b):
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
        if not agree(a.place.span.text, b.place.span.text):
            return False
    elif a.type is not b.type:
        return False
    if a.actor and b.actor and not _any(a.actor, b.actor) and not _any(a.target, b.target):
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


def _any(a: Sequence[Party], b: Sequence[Party]) -> bool:
    return any(agree(x.span.text, y.span.text) for x in a for y in b)


def _figures_agree(a: Claim, b: Claim) -> bool:
    """Two counts of one thing may differ between accounts, but not within one speaker's own."""
    for f in a.figures:
        for g in b.figures:
            alike = f.measure is g.measure and f.of and g.of and agree(f.of, g.of) and a.said_by == b.said_by
            if alike and f.min is not None and g.min is not None and max(f.min, g.min) > 2 * min(f.min, g.min):
                return False
    return True
