"""Words of a report that name a place."""

from __future__ import annotations

from dataclasses import dataclass

from according.model import Span


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of a report that name a place; ``facility`` where they name a building or an installation."""

    span: Span
    facility: bool = False
    dateline: bool = False
