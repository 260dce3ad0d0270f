"""Claims as they are kept: written as rows, read back whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from according.errors import LedgerError
from according.ledger.claimrows import claim_of, rows_of
from according.ledger.schema import claims, figures, parties, reports, surroundings
from according.ledger.waiting import changed
from according.model import Claim, Report
from according.portions import portions

#: Values in one query: databases limit how many a statement may hold.
_AT_ONCE = 5_000
_HANGING = {"parties": parties, "surroundings": surroundings, "figures": figures}


def add(connection: sa.Connection, number: int, report: Report, made: Iterable[Claim], run: int, **more: Any) -> None:
    """Write claims of a report; ``more`` are further columns of ``claims``, the same for all of them."""
    rows = [rows_of(claim, report) for claim in made]
    changed(connection, number)
    if not rows:
        return
    insert = sa.insert(claims).returning(claims.c.n, sort_by_parameter_order=True)
    given = connection.execute(insert, [row.claim | {"report": number, "run": run} | more for row in rows]).scalars().all()
    for name, table in _HANGING.items():
        hanging = [{"claim": n, **part} for n, row in zip(given, rows, strict=True) for part in getattr(row, name)]
        if hanging:
            connection.execute(sa.insert(table), hanging)


def selected() -> sa.Select[Any]:
    """Rows as ``whole`` wants them, to be narrowed."""
    return sa.select(claims, reports.c.id.label("report_id")).join(reports, reports.c.n == claims.c.report)


def whole(connection: sa.Connection, rows: Sequence[Any]) -> list[Claim]:
    """The claims of these rows, in their order. Each row has all columns of ``claims``, and ``report_id``.

    Raises ``LedgerError`` for rows that make no claim: somebody else wrote them.
    """
    numbers = [row.n for row in rows]
    hanging = {name: _by_claim(connection, table, numbers) for name, table in _HANGING.items()}
    return [_claim(row, *(hanging[name][row.n] for name in _HANGING)) for row in rows]


def _claim(row: Any, *hanging: list[Any]) -> Claim:
    try:
        return claim_of(row._mapping, row.report_id, *hanging)
    except (ValueError, TypeError) as error:
        raise LedgerError(f"Claim {row.id} of report {row.report_id} is damaged ({error}); see `according doctor`.") from error


def _by_claim(connection: sa.Connection, table: sa.Table, numbers: Sequence[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for some in portions(numbers, _AT_ONCE):
        for row in connection.execute(sa.select(table).where(table.c.claim.in_(some)).order_by(table.c.claim, table.c.position)):
            found[row.claim].append(row._mapping)
    return found
