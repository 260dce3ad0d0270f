"""What ``according explain`` shows: which rule looked at which words, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Trace:
    """One rule's decision on a claim of one sentence."""

    rule: str  # the frame's or rule's name, as in a claim's evidence
    words: str  # the words it looked at
    outcome: Literal["made", "refused"]
    why: str  # one clause for a person: "past tense, said by the army"
