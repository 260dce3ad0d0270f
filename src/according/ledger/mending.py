"""Making anew what follows from the rest of the ledger."""

from __future__ import annotations

import sqlalchemy as sa

from according.ledger import copying, versions, waiting
from according.ledger.schema import reports

_INDEXES = ("claim_words", "report_words")
_BOXES = "INSERT INTO claim_boxes SELECT n, place_lon, place_lon, place_lat, place_lat FROM claims WHERE place_lat IS NOT NULL"


def mend(connection: sa.Connection) -> None:
    """The search indexes, the links between versions, and those between copies and originals; all events are to be grouped anew."""
    if connection.dialect.name == "sqlite":
        for table in _INDEXES:
            connection.exec_driver_sql(f"INSERT INTO {table}({table}) VALUES ('rebuild')")
        connection.exec_driver_sql("DELETE FROM claim_boxes")
        connection.exec_driver_sql(_BOXES)
    else:
        connection.exec_driver_sql("REINDEX TABLE claims")
        connection.exec_driver_sql("REINDEX TABLE reports")
    numbers = list(connection.execute(sa.select(reports.c.n).order_by(reports.c.n)).scalars())
    versions.settle(connection, numbers)
    copying.relink(connection, numbers)
    waiting.all_changed(connection)
