"""Forgetting a report: its words leave the ledger, a tombstone stays, and the report is not taken in again."""

from __future__ import annotations

import sqlalchemy as sa

from according.errors import LedgerError
from according.ledger import audit, copying, grouping, reading, users, versions
from according.ledger.audit import Act
from according.ledger.moments import now
from according.ledger.schema import fetches, reports, sightings, sources, stages, tombstones
from according.ledger.stages import Stage

#: Where a forgotten report lay: paths and addresses often bear its headline.
_NOWHERE = "forgotten"


def forget(connection: sa.Connection, told: str, why: str, person: str | None) -> tuple[str, int]:
    """Remove the report with that id or key, its claims, what was decided of them, where it was met, and the bytes that were fetched for
    it alone. Its id, and how many other versions of it are still there.

    Raises ``NotInLedger``.
    """
    number = reading.number_of(connection, told)
    row = connection.execute(sa.select(reports.c.key, reports.c.id, reports.c.source).where(reports.c.n == number)).one()
    others = [version.n for version in versions.of(connection, number) if version.n != number]
    copies = copying.copies(connection, [number])
    items = connection.execute(sa.select(sightings.c.item).where(sightings.c.report == number)).scalars().all()
    connection.execute(sa.insert(tombstones).values(key=row.key, why=why, person=person, forgotten=now()))
    audit.add(connection, users.called(connection, person), Act.FORGOT, f"report {row.key}")
    grouping.touched(connection, number)
    connection.execute(sa.delete(reports).where(reports.c.n == number))  # and by its references all that hangs on it
    connection.execute(sa.delete(stages).where(stages.c.subject == row.key, stages.c.stage == Stage.CODE.value))
    if row.source is not None:
        connection.execute(sa.delete(sources).where(sources.c.n == row.source, ~sa.exists().where(reports.c.source == sources.c.n)))
    _leave_no_place(connection, set(items))
    versions.settle(connection, others)
    copying.relink(connection, copies)
    copying.settle(connection, others)
    return row.id, len(others)


def _leave_no_place(connection: sa.Connection, items: set[str]) -> None:
    """Items that gave no report but the forgotten one: they stay known as read, without their bytes and where they lay."""
    alone = items - set(connection.execute(sa.select(sightings.c.item).where(sightings.c.item.in_(items))).scalars())
    addresses = sa.select(fetches.c.address).where(fetches.c.item.in_(alone))
    connection.execute(sa.delete(stages).where(stages.c.stage == Stage.FETCH.value, stages.c.subject.in_(addresses)))
    connection.execute(sa.delete(fetches).where(fetches.c.item.in_(alone)))
    read = stages.c.stage == Stage.EXTRACT.value, stages.c.subject.in_(alone)
    connection.execute(sa.update(stages).where(*read).values(place=_NOWHERE, origin=_NOWHERE))


def scrub(database: sa.Engine) -> None:
    """Leave no trace of deleted words in the file: indexes merged, free pages overwritten, the journal written back and emptied.

    Raises ``LedgerError`` where another process holds on to the journal; the driver's own errors come as they are.
    """
    if database.dialect.name != "sqlite":
        return
    with database.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        for statement in (
            "INSERT INTO claim_words(claim_words) VALUES ('optimize')",
            "INSERT INTO report_words(report_words) VALUES ('optimize')",
            "VACUUM",
        ):
            raw.execute(statement)
        held, _, _ = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if held:
        raise LedgerError(
            "The report is forgotten, but another process is reading the ledger: its words stay in the file until that process ends."
        )
