"""How sure a claim is to be one: a logistic model over how it was found, fitted on the development set (``training/confidence.py``)."""

from __future__ import annotations

import math
from functools import lru_cache

from according.coding.triggers import Trigger
from according.data import toml
from according.model import Claim, Manner, Status


def features(trigger: Trigger, claim: Claim) -> dict[str, float]:
    """What the model looks at, each 0 or 1."""
    seen = {
        "noun": trigger.noun,
        "modifier": trigger.token.dep_ == "amod",
        "conditions": trigger.row.weight > 0,
        "outcome": trigger.row.frame.effect,
        "took_in": bool(trigger.absorbed),
        "actor": bool(claim.actor),
        "target": bool(claim.target),
        "place_told": claim.place is not None and "place carried over" not in claim.evidence,
        "time": claim.time is not None,
        "figures": bool(claim.figures),
        "attributed": bool(claim.said_by),
        "quoted": claim.manner is Manner.QUOTED,
        "hedged": claim.status is not Status.HAPPENED,
    }
    return {name: float(value) for name, value in seen.items()}


@lru_cache(maxsize=1)
def _weights() -> dict[str, float]:
    return {name: float(value) for name, value in toml("according.coding", "confidence.toml")["weights"].items()}


def confidence(trigger: Trigger, claim: Claim) -> float:
    """The chance, 0–1 with two decimals, that a person would make this claim with this type."""
    weights = _weights()
    total = weights["bias"] + sum(weights[name] * value for name, value in features(trigger, claim).items())
    return round(1 / (1 + math.exp(-total)), 2)
