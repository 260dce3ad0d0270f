"""What comes back of a task that brought no result."""

from __future__ import annotations

import enum
import pickle
from dataclasses import dataclass


class Why(enum.StrEnum):
    """What became of a task that was lost."""

    DIED = "died"  # its process ended under it: killed, crashed, aborted by native code
    TIME = "time"  # over its seconds, by the clock or of the processor
    MEMORY = "memory"  # over its memory, or over the machine's


@dataclass(frozen=True, slots=True)
class Lost:
    """A task that was stopped, or that took its process down with it, and one sentence that says so."""

    why: Why
    message: str


@dataclass(frozen=True, slots=True)
class Failed:
    """A task that raised an error."""

    text: str  # "ValueError: no such word"
    error: BaseException | None  # None where it cannot travel between processes

    @classmethod
    def by(cls, error: BaseException) -> Failed:
        return cls(f"{type(error).__name__}: {error}", error if _travels(error) else None)


def _travels(error: BaseException) -> bool:
    try:
        return isinstance(pickle.loads(pickle.dumps(error)), type(error))
    except Exception:  # whatever its own pickling raises
        return False
