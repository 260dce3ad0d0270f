"""What people decided of events, as it binds grouping: which accounts stand together, and which apart.

Decisions are rows that are only ever added. Of two claims the last decision that set them on two sides holds: a merge lets them be one
event, a split keeps them apart. What a merge made one stays one, but for what a later split took out of it.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from according.events.pairs import Pair, ordered

#: A claim by its report's key and its own id.
Ref = tuple[str, str]


class EventVerdict(enum.StrEnum):
    """What a person may say of events."""

    MERGE = "merge"
    SPLIT = "split"


@dataclass(frozen=True, slots=True)
class EventDecision:
    """``one`` and ``other`` are the claims of two events that are one, or of one event that is two, as they stood then."""

    verdict: EventVerdict
    one: tuple[Ref, ...]
    other: tuple[Ref, ...]
    person: str = ""
    decided: str = ""
    note: str | None = None


def bound(decisions: Sequence[EventDecision], of: Mapping[Ref, str]) -> tuple[list[Pair], set[Pair]]:
    """The pairs of accounts that are to be together, and those that are to be apart, lesser key first.

    ``decisions`` are the oldest first; ``of`` has the account of each claim. Claims that there are no more are passed over.
    """
    apart: set[Pair] = set()
    members: list[list[str]] = []
    for decision in decisions:
        one, other = (sorted({of[ref] for ref in side if ref in of}) for side in (decision.one, decision.other))
        pairs = {ordered(a, b) for a, b in product(one, other) if a != b}
        if decision.verdict is EventVerdict.MERGE:
            apart -= pairs
            members.append(sorted({*one, *other}))
        else:
            apart |= pairs
            members += [one, other]  # an event that is two, and no more
    together = [pair for group in members for pair in _chained(group, apart)]
    return together, apart


def parted(decisions: Iterable[EventDecision], report: str) -> dict[str, str]:
    """The claims of a report that splits set apart from others of it, each with what it stands together with."""
    labels: dict[str, str] = {}
    for n, decision in enumerate(decisions):
        if decision.verdict is EventVerdict.SPLIT:
            sides = [[claim for key, claim in side if key == report] for side in (decision.one, decision.other)]
            if all(sides):
                for side, claims in zip("ab", sides, strict=True):
                    for claim in claims:
                        labels[claim] = f"{labels.get(claim, '')}{n}{side}"
    return labels


def _chained(group: Sequence[str], apart: set[Pair]) -> Iterable[Pair]:
    """Each member with the first before it that it is not to be apart from."""
    for n, key in enumerate(group):
        home = next((other for other in group[:n] if ordered(other, key) not in apart), None)
        if home is not None:
            yield (home, key)
