"""Words of a report that name a place."""

from __future__ import annotations

from dataclasses import dataclass

from according.model import Span


@dataclass(frozen=True, slots=True)
class Other:
    """A name that the reading takes for something else; ``person`` where for a person, which short place names are mistaken for."""

    span: Span
    person: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of a report that name a place; ``facility`` where they name a building or an installation."""

    span: Span
    facility: bool = False
    dateline: bool = False
