"""Reading → claims, by frames kept as data and rules that a person can read."""

from __future__ import annotations

from according.coding.coder import code
from according.coding.trace import Trace
from according.model import Claim
from according.reading import Reading


def code_reading(reading: Reading) -> tuple[Claim, ...]:
    """The claims of a reading, in the order of their triggers."""
    return code(reading).claims


def explain(reading: Reading, sentence: int) -> list[Trace]:
    """Every decision made on the ``sentence``-th sentence (from 0): what became a claim, what did not, and why."""
    starts = [s.start for s in reading.doc.sents]
    return code(reading).traces.get(starts[sentence], [])
