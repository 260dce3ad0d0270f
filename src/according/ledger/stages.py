"""How far each thing has come: every (subject, stage, version) is done, to be tried again, or quarantined with a reason."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from according.ledger.keys import indexed
from according.ledger.moments import now
from according.ledger.schema import stages
from according.ledger.upsert import upsert


class Stage(enum.StrEnum):
    """What is done to a subject: an address is fetched, an item of bytes is extracted, a report is coded."""

    FETCH = "fetch"
    EXTRACT = "extract"
    CODE = "code"


class State(enum.StrEnum):
    DONE = "done"
    RETRY = "retry"
    QUARANTINED = "quarantined"


@dataclass(frozen=True, slots=True)
class StageRow:
    """How far one subject has come in one stage.

    ``subject`` is an item's or a report's key, or an address; ``place`` where it lies; ``origin`` what was asked to be taken in and
    led to it; ``reason`` one word for why it is not done, ``message`` a sentence; ``tries`` how often it was tried in vain.
    """

    subject: str
    stage: Stage
    version: str
    state: State
    place: str
    origin: str
    reason: str | None = None
    message: str | None = None
    tries: int = 0
    changed: str = ""


def mark(connection: sa.Connection, row: StageRow) -> None:
    """Write how far it has come now."""
    told = {name: _plain(getattr(row, name)) for name in _FIELDS}
    upsert(connection, stages, told | {"subject": indexed(row.subject), "changed": now()})


def of(connection: sa.Connection, subject: str, stage: Stage) -> list[StageRow]:
    """All that is written of a subject in a stage, one a version."""
    found = connection.execute(sa.select(stages).where(stages.c.subject == indexed(subject), stages.c.stage == stage.value))
    return [_row(row) for row in found]


def of_many(connection: sa.Connection, subjects: Iterable[str], stage: Stage) -> list[StageRow]:
    """The same of some hundred subjects at once."""
    found = connection.execute(sa.select(stages).where(stages.c.subject.in_(list(subjects)), stages.c.stage == stage.value))
    return [_row(row) for row in found]


def select(connection: sa.Connection, *, stage: Stage | None = None, state: State | None = None) -> Iterator[StageRow]:
    """In the order of places, then subjects."""
    query = sa.select(stages).order_by(stages.c.place, stages.c.subject, stages.c.stage, stages.c.version)
    if stage:
        query = query.where(stages.c.stage == stage.value)
    if state:
        query = query.where(stages.c.state == state.value)
    yield from map(_row, connection.execute(query))


def counts(connection: sa.Connection) -> dict[tuple[Stage, State], int]:
    """How many subjects stand in each state of each stage; of several versions of one, the best."""
    order = sa.case({"done": 0, "retry": 1}, value=stages.c.state, else_=2)
    best = sa.select(stages.c.stage, sa.func.min(order).label("state")).group_by(stages.c.subject, stages.c.stage).subquery()
    found = connection.execute(sa.select(best.c.stage, best.c.state, sa.func.count()).group_by(best.c.stage, best.c.state))
    return {(Stage(stage), list(State)[state]): number for stage, state, number in found}


_FIELDS = ("subject", "stage", "version", "state", "reason", "message", "place", "origin", "tries")


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, enum.Enum) else value


def _row(row: Any) -> StageRow:
    told = {name: getattr(row, name) for name in (*_FIELDS, "changed")}
    return StageRow(**{**told, "stage": Stage(row.stage), "state": State(row.state)})
