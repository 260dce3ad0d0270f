"""Which reports wait to be grouped into events, since their claims changed."""

from __future__ import annotations

import sqlalchemy as sa

from according.events.version import version
from according.ledger.schema import groupings, reports, ungrouped
from according.ledger.upsert import upsert


def changed(connection: sa.Connection, report: int) -> None:
    """The report's claims are no more what they were when it was grouped."""
    upsert(connection, ungrouped, {"report": report})


def all_changed(connection: sa.Connection) -> None:
    """All events are to be made anew."""
    connection.execute(sa.delete(ungrouped))
    connection.execute(sa.insert(ungrouped).from_select(["report"], sa.select(reports.c.n)))


def renew(connection: sa.Connection) -> None:
    """Have all reports wait where another version of the weights grouped them."""
    if connection.execute(sa.select(groupings.c.version)).scalar() != version():
        connection.execute(sa.delete(groupings))
        connection.execute(sa.insert(groupings).values(version=version()))
        all_changed(connection)


def current(connection: sa.Connection) -> bool:
    """Whether nothing waits, and this version grouped it."""
    return waiting(connection) == 0 and connection.execute(sa.select(groupings.c.version)).scalar() == version()


def waiting(connection: sa.Connection) -> int:
    """How many reports wait."""
    return int(connection.execute(sa.select(sa.func.count()).select_from(ungrouped)).scalar_one())
