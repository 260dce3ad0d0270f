"""What changes in a report's claims when they are made anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

from according.model import Claim


@dataclass(frozen=True, slots=True)
class Change:
    """The claims of a report that are gone, new, and otherwise told: each of these before and after. Falsy where nothing changed."""

    report: str
    gone: tuple[Claim, ...] = ()
    new: tuple[Claim, ...] = ()
    otherwise: tuple[tuple[Claim, Claim], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.gone or self.new or self.otherwise)


def between(report: str, before: Sequence[Claim], after: Sequence[Claim]) -> Change:
    """Claims are the same where their ids are: the same words of the same text, of the same type."""
    was, now = {claim.id: claim for claim in before}, {claim.id: claim for claim in after}
    return Change(
        report,
        tuple(claim for claim in before if claim.id not in now),
        tuple(claim for claim in after if claim.id not in was),
        tuple((was[claim.id], claim) for claim in after if claim.id in was and was[claim.id] != claim),
    )


def differing(before: Claim, after: Claim) -> list[str]:
    """The names of the fields in which two accounts of one claim differ."""
    return [field.name for field in fields(Claim) if getattr(before, field.name) != getattr(after, field.name)]
