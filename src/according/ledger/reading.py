"""Reading whole things back out of the ledger."""

from __future__ import annotations

import zlib
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from according.errors import LedgerError, NotInLedger
from according.intake.items import Item
from according.ledger.reportrows import report_of
from according.ledger.schema import pages, reports
from according.model import Report


def report(connection: sa.Connection, number: int) -> Report:
    """Raises ``LedgerError`` for a row that makes no report: somebody else wrote it."""
    row = connection.execute(sa.select(reports).where(reports.c.n == number)).one()
    found = connection.execute(sa.select(pages).where(pages.c.report == number).order_by(pages.c.number))
    try:
        return report_of(row._mapping, [page._mapping for page in found])
    except (ValueError, TypeError) as error:
        raise LedgerError(f"Report {row.id} is damaged ({error}); see `according doctor`.") from error


def number_of(connection: sa.Connection, told: str) -> int:
    """The number of the report with that id or key; of several versions, that of the newest.

    Raises ``NotInLedger`` where there is none, or several that are not versions of one another.
    """
    query = sa.select(reports.c.n, reports.c.key).where(sa.or_(reports.c.key == told, reports.c.id == told))
    found = connection.execute(query.where(reports.c.replaced_by.is_(None))).all() or connection.execute(query).all()
    if not found:
        raise NotInLedger(f"There is no report {told} in this ledger; `according reports` lists those there are.")
    if len(found) > 1:
        keys = ", ".join(sorted(row.key for row in found))
        raise NotInLedger(f"{len(found)} reports bear the id {told}; give one of their keys instead: {keys}.")
    return int(found[0].n)


def item(row: Any) -> Item:
    """The bytes of a row of ``fetches``, with ``place`` where they were wanted."""
    return Item(row.place, zlib.decompress(row.body), datetime.fromisoformat(row.fetched), row.url, row.media)
