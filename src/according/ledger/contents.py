"""What a ledger holds, counted."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from according.ledger import stages
from according.ledger.schema import HEAD, claims, decisions, figures, reports, sightings, sources, tombstones
from according.ledger.schema import stages as stage_table
from according.ledger.stages import Stage, State


@dataclass(frozen=True, slots=True)
class Contents:
    """Counts of a ledger's rows by what they are, of subjects by stage and state, and of reports by the versions that coded them."""

    name: str
    schema: str
    rows: dict[str, int]
    stages: dict[Stage, dict[State, int]]
    versions: dict[str, int]


def counted(connection: sa.Connection, name: str) -> Contents:
    rows = {
        "reports": _count(connection, sa.select(reports.c.n)),
        "of them replaced": _count(connection, sa.select(reports.c.n).where(reports.c.replaced_by.is_not(None))),
        "of them copies": _count(connection, sa.select(reports.c.n).where(reports.c.original.is_not(None))),
        "sources": _count(connection, sa.select(sources.c.n)),
        "sightings": _count(connection, sa.select(sightings.c.report)),
        "claims": _count(connection, sa.select(claims.c.n)),
        "figures": _count(connection, sa.select(figures.c.claim)),
        "decisions": _count(connection, sa.select(decisions.c.n)),
        "forgotten reports": _count(connection, sa.select(tombstones.c.key)),
    }
    by_stage: dict[Stage, dict[State, int]] = {}
    for (stage, state), number in sorted(stages.counts(connection).items()):
        by_stage.setdefault(stage, {})[state] = number
    done = stage_table.c.stage == Stage.CODE.value, stage_table.c.state == State.DONE.value
    newest = sa.select(stage_table.c.version, sa.func.count()).where(*done).group_by(stage_table.c.version).order_by(stage_table.c.version)
    return Contents(name, HEAD, rows, by_stage, {version: number for version, number in connection.execute(newest)})


def _count(connection: sa.Connection, rows: sa.Select[tuple[object]]) -> int:
    return int(connection.execute(sa.select(sa.func.count()).select_from(rows.subquery())).scalar_one())
