"""What a run tells of itself while it goes on, and what it has done at its end."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol


@dataclass(slots=True)
class Tally:
    """What a run has done so far. ``items`` counts the bytes taken, whatever became of them; ``rows`` reports and claims."""

    items: int = 0
    left: int = 0  # of these, still to be read
    known: int = 0  # items that were taken in before
    reports: int = 0  # new ones
    changed: int = 0  # of these, new versions of reports that were there
    copies: int = 0  # of these, copies of others
    coded: int = 0
    claims: int = 0
    forgotten: int = 0  # met again, and left out as they were forgotten on purpose
    quarantined: int = 0
    waiting: int = 0  # to be tried again by another run


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that was not taken in as it should be. ``later``: it may be at another time."""

    place: str
    message: str
    later: bool = False


class Told(Protocol):
    """Where a run tells what it does."""

    def trouble(self, trouble: Trouble) -> None: ...

    def progress(self, tally: Tally) -> None: ...


@dataclass(slots=True)
class Silent:
    """Keeps the troubles and shows nothing."""

    troubles: list[Trouble] = field(default_factory=list)

    def trouble(self, trouble: Trouble) -> None:
        self.troubles.append(trouble)

    def progress(self, tally: Tally) -> None:
        pass
