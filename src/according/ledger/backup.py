"""A copy of a ledger in one SQLite file, of one moment, while others go on writing."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import sqlalchemy as sa

from according.errors import LedgerError
from according.ledger import opening
from according.ledger.schema import metadata, reports

_PAGES = 2_000
_ROWS = 1_000

#: Told how much is done, and of how much.
Watch = Callable[[int, int], None]


def write(connection: sa.Connection, to: Path, watch: Watch = lambda done, total: None) -> None:
    """Copy the ledger of ``connection`` to a new file, which appears whole or not at all. A PostgreSQL ledger becomes a SQLite one.

    Raises ``LedgerError`` where the file is there already or cannot be written.
    """
    if to.exists() or to.is_symlink():
        raise LedgerError(f"{to} is there already; give the backup a name of its own.")
    if not to.absolute().parent.is_dir():
        raise LedgerError(f"{to} cannot be written: its folder is not there; make it, or give another.")
    part = to.with_name(f".{to.name}.{os.getpid()}.part")
    try:
        with opening.translated(to):
            if connection.dialect.name == "sqlite":
                _pages(connection, part, watch)
            else:
                _rows(connection, part, watch)
        part.replace(to)
    except (OSError, sqlite3.Error) as error:
        raise LedgerError(f"{to} cannot be written: {error}.") from error
    finally:
        for file in (part, *(part.with_name(part.name + end) for end in ("-wal", "-shm", "-journal"))):
            with suppress(FileNotFoundError):
                file.unlink()


def _pages(connection: sa.Connection, part: Path, watch: Watch) -> None:
    connection.execute(sa.select(reports.c.n).limit(1)).all()  # what is copied is of this moment: a writer would make it begin anew
    source = connection.connection.driver_connection
    assert isinstance(source, sqlite3.Connection)
    with closing(sqlite3.connect(part)) as target:
        source.backup(target, pages=_PAGES, progress=lambda _, left, total: watch(total - left, total))


def _rows(connection: sa.Connection, part: Path, watch: Watch) -> None:
    made = opening.engine(part, create=True)
    try:
        with made.connect() as target:
            raw = target.connection.driver_connection
            assert raw is not None
            raw.execute("PRAGMA foreign_keys = OFF")  # a report may come before the one that replaces it
            with target.execution_options(**opening.WRITES).begin():
                for done, table in enumerate(metadata.sorted_tables, 1):
                    for rows in connection.execution_options(yield_per=_ROWS).execute(sa.select(table)).partitions():
                        target.execute(sa.insert(table), [dict(row._mapping) for row in rows])
                    watch(done, len(metadata.sorted_tables))
    finally:
        made.dispose()
