"""What in a list of places could not be taken as it stands: told with its line, while the rest goes in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from according.errors import BadSource
from according.places.store import Row

#: So many are told one by one; of the others, how many they are.
FEW = 3


@dataclass(frozen=True, slots=True)
class Fault:
    """One row's misfortune. ``lost``: the row was left out; else it went in without what is told."""

    where: str  # "line 17", "feature 17"
    why: str
    lost: bool = True


Outcome = Row | Fault


def told(faults: Sequence[Fault]) -> str:
    """The faults as one sentence, without a full stop: how many, and the first few with their lines."""
    lines = [f"{fault.where}: {fault.why}" for fault in faults[:FEW]]
    more = [f"and {len(faults) - FEW:,} more"] if len(faults) > FEW else []
    return "; ".join(lines + more)


def some(outcomes: Iterable[Outcome], name: str) -> Iterator[Outcome]:
    """The outcomes as they come; raises ``BadSource`` at their end where no place was among them. ``name``: the file's, for the user."""
    good, faults = False, []
    for outcome in outcomes:
        if isinstance(outcome, Row):
            good = True
        elif not good and outcome.lost:
            faults.append(outcome)
        yield outcome
    if not good:
        raise BadSource(f"{name}: no place could be read from it" + (f" ({told(faults)})" if faults else "") + ".")


def places(outcomes: Iterable[Outcome], faults: list[Fault] | None = None) -> Iterator[Row]:
    """The places alone; the faults go to ``faults``."""
    for outcome in outcomes:
        if isinstance(outcome, Row):
            yield outcome
        elif faults is not None:
            faults.append(outcome)
