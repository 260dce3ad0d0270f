"""What people decided, all of it, one after the other: decisions on claims, and on events. The oldest first."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from according.events.deciding import EventDecision
from according.ledger import deciding, event_decisions
from according.ledger.deciding import Decision
from according.ledger.schema import decisions, reports
from according.ledger.schema import event_decisions as event_table

_BATCH = 500


def of_claims(
    connection: sa.Connection, *, report: int | None = None, claim: str | None = None, after: int = 0
) -> Iterator[tuple[str, Decision]]:
    """Decisions on claims, each with its report's key: all, or those on a report (its number) or a claim, after that number."""
    query = sa.select(decisions, reports.c.id.label("report_id"), reports.c.key).join(reports, reports.c.n == decisions.c.report)
    query = query.where(decisions.c.n > after).order_by(decisions.c.n)
    if report is not None:
        query = query.where(decisions.c.report == report)
    if claim is not None:
        query = query.where(decisions.c.claim == claim)
    for row in connection.execute(query, execution_options={"yield_per": _BATCH}):
        yield row.key, deciding.decision_of(row)


def of_events(connection: sa.Connection, *, after: int = 0) -> Iterator[tuple[int, EventDecision]]:
    """Merges and splits, each with its number; ``after`` is the last one's."""
    query = sa.select(event_table).where(event_table.c.n > after).order_by(event_table.c.n)
    for row in connection.execute(query, execution_options={"yield_per": _BATCH}):
        yield row.n, event_decisions.decision_of(row)
