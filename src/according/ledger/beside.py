"""A report beside others: its versions, the report that it copies, and its copies. And the events that its claims are of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from according.ledger import asking, versions
from according.ledger.answers import ReportRow
from according.ledger.question import Question
from according.ledger.schema import claims, events, happenings, reports, tellings


@dataclass(frozen=True, slots=True)
class Beside:
    """``versions`` are all of them, the oldest first, the report itself among them."""

    report: ReportRow
    versions: tuple[ReportRow, ...]
    original: ReportRow | None = None
    copies: tuple[ReportRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """An event by its id, and by how many claims and reports it is told."""

    event: str
    claims: int
    reports: int


def beside(connection: sa.Connection, number: int) -> Beside:
    """The reports that have to do with this one; each counts all of its claims that stand."""
    c = reports.c
    ordered = sorted(versions.of(connection, number), key=lambda row: (row.published or "", row.taken or "", row.key))
    keys = [row.key for row in ordered]
    key, original = connection.execute(sa.select(c.key, c.original).where(c.n == number)).one()
    above = list(connection.execute(sa.select(c.key).where(c.n == original)).scalars()) if original else []
    copies = list(connection.execute(sa.select(c.key).where(c.original == number)).scalars())
    found = _rows(connection, {*keys, *above, *copies})
    return Beside(
        found[key],
        tuple(found[one] for one in keys),
        found[above[0]] if above else None,
        tuple(row for row in found.values() if row.key in copies),
    )


def events_of(connection: sa.Connection, number: int) -> dict[str, Told]:
    """The event of each claim of a report that is of one, by the claim's id."""
    query = (
        sa.select(claims.c.id, events.c.id.label("event"), events.c.claims, events.c.reports)
        .join(tellings, tellings.c.claim == claims.c.n)
        .join(happenings, happenings.c.n == tellings.c.happening)
        .join(events, events.c.id == happenings.c.event)
        .where(claims.c.report == number)
    )
    return {row.id: Told(row.event, row.claims, row.reports) for row in connection.execute(query)}


def _rows(connection: sa.Connection, keys: Iterable[str]) -> dict[str, ReportRow]:
    """In the order of publication."""
    asked = Question(reports=tuple(sorted(keys)), versions=True)
    return {row.key: row for row in asking.reports(connection, asked)}
