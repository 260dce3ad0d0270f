"""What every worker needs, loaded once for all of them, from the first moment on: half of what a short run takes is loading."""

from __future__ import annotations

from according import crew

MODULES = (
    *("according.coding", "according.reading", "according.places", "according.actors.naming"),
    *("according.intake.opening", "according.ledger.copying"),
)


def begin() -> None:
    """Have it loaded beside whatever this process does next. Optional, and harmless when repeated."""
    crew.preload(MODULES)
