"""Opening a ledger: which database a name means, and that it is one of ours, sound and of a schema that this code knows."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from according.errors import BadQuestion, LedgerError, LedgerFull, LedgerTooNew, NotALedger, SetupError
from according.ledger.schema import APPLICATION_ID, HEAD
from according.places.entries import distance_km

#: Seconds to wait for another process that writes.
PATIENCE = 60
_QUIET: Any = {"hide_parameters": True}  # an error tells no texts of reports and no hashes of passwords
#: What tells a transaction that it is going to write (see ``_begun``).
WRITES = {"writes": True}
_DRIVERS = {"postgres": "postgresql+psycopg", "postgresql": "postgresql+psycopg"}
_SECRET = re.compile("//[^/]*@")  # what may be a password in an address that cannot be read
_LOCK = 0x41434344  # of PostgreSQL's advisory locks: one writer at a time


def engine(where: str | os.PathLike[str], *, create: bool = False) -> sa.Engine:
    """The database at a path or a ``postgresql://`` URL, its schema brought up to date.

    With ``create`` a ledger is made where there is none. Raises ``NotALedger``, ``LedgerTooNew``, ``LedgerFull`` or another
    ``LedgerError``; ``SetupError`` where the driver for PostgreSQL is not installed.
    """
    told = os.fspath(where)
    opened = _postgresql(told) if "://" in told else _sqlite(Path(told), create)
    try:
        with translated(told):
            _brought_up(opened, told, create)
    except BaseException:
        opened.dispose()
        raise
    return opened


def shown(where: str | os.PathLike[str]) -> str:
    """The ledger's name for people: a URL without its password."""
    told = os.fspath(where)
    if "://" not in told:
        return told
    try:
        return sa.make_url(told).render_as_string(hide_password=True)
    except (SQLAlchemyError, ValueError):
        return _SECRET.sub("//***@", told)


@contextmanager
def translated(where: str | os.PathLike[str]) -> Iterator[None]:
    """Errors of the database inside come out as ours."""
    try:
        yield
    except DBAPIError as error:
        raise _told(error.orig or error, shown(where)) from error
    except (UnicodeEncodeError, OverflowError) as error:  # of a driver, before it asks
        raise BadQuestion(
            f"No ledger can hold half a character (a lone surrogate), nor a number of more than 64 bits ({error})."
        ) from error
    except sqlite3.Error as error:
        raise _told(error, shown(where)) from error
    except SQLAlchemyError as error:
        raise LedgerError(f"{shown(where)}: {error}") from error


def _told(error: BaseException, where: str) -> LedgerError:
    """Ours for the driver's own ``error``."""
    said = str(error).strip().split("\n", 1)[0]
    if "cannot contain NUL" in said:
        return BadQuestion("No ledger can hold a NUL character; leave it out.")
    code = getattr(error, "sqlite_errorname", "") or getattr(error, "sqlstate", "") or ""
    if code in ("SQLITE_FULL", "53100") or "disk is full" in said or "No space left" in said:
        return LedgerFull(
            f"{where}: no room is left on the disk; nothing half written was kept. Make room and give the same command again."
        )
    if code.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")) or said.startswith("Could not decode to UTF-8"):
        return NotALedger(f"{where} is no ledger, or damaged ({said}); give another file with --ledger, or bring back a backup.")
    if code.startswith("SQLITE_IOERR"):
        return LedgerError(f"{where}: the disk cannot be read or written ({said}); see that it is there and has room.")
    if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return LedgerError(f"{where}: another process has been writing to it for over {PATIENCE} seconds; try again when that is done.")
    if code.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return LedgerError(f"{where} cannot be written or opened ({said}); see its folder and permissions.")
    return LedgerError(f"{where}: the database says: {said}.")


def _sqlite(path: Path, create: bool) -> sa.Engine:
    if not os.path.exists(path) and not create:
        raise NotALedger(f"There is no ledger at {path}; `according ingest` makes one, --ledger or ACCORDING_LEDGER names another.")
    if os.path.isdir(path) or not os.path.isdir(path.absolute().parent):
        raise NotALedger(f"{path} cannot be a ledger: give the path of a file in a folder that is there.")
    made = sa.create_engine(sa.URL.create("sqlite", database=str(path)), connect_args={"timeout": PATIENCE}, **_QUIET)
    event.listen(made, "connect", _connected)
    event.listen(made, "checkout", _patient)
    event.listen(made, "begin", _begun)
    return made


def _connected(connection: sqlite3.Connection, _: Any) -> None:
    connection.isolation_level = None  # transactions begin where we say: see _begun
    for pragma in ("foreign_keys = ON", "synchronous = NORMAL", "cache_size = -32000"):
        connection.execute(f"PRAGMA {pragma}")
    connection.create_function("km_between", 4, distance_km, deterministic=True)


def _patient(connection: sqlite3.Connection, _: Any, __: Any) -> None:
    """Whoever had the connection before may have been in a hurry."""
    connection.execute(f"PRAGMA busy_timeout = {PATIENCE * 1000}")


def _begun(connection: sa.Connection) -> None:
    """A transaction that writes takes the lock at once: begun as a reader it could not be made a writer beside another one."""
    options = connection.get_execution_options()
    if "patience" in options:
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {options['patience'] * 1000:.0f}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes") else "BEGIN")


def _postgresql(told: str) -> sa.Engine:
    try:
        url = sa.make_url(told)
    except (SQLAlchemyError, ValueError) as error:
        raise NotALedger(f"{shown(told)} is no database's address; it is to look like postgresql://user@host/database.") from error
    if url.drivername not in _DRIVERS and url.drivername not in _DRIVERS.values():
        raise NotALedger(f"{shown(told)}: a ledger is a SQLite file or a postgresql:// database, not {url.drivername}.")
    try:
        made = sa.create_engine(url.set(drivername="postgresql+psycopg"), isolation_level="READ COMMITTED", pool_pre_ping=True, **_QUIET)
    except ModuleNotFoundError as error:
        raise SetupError("A PostgreSQL ledger needs its driver: pip install 'according[postgres]'.") from error
    event.listen(made, "begin", _begun_on_server)
    return made


def _begun_on_server(connection: sa.Connection) -> None:
    options = connection.get_execution_options()
    if options.get("writes"):
        if "patience" in options:
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {options['patience'] * 1000:.0f}")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")


def _brought_up(database: sa.Engine, told: str, create: bool) -> None:
    with database.connect() as connection:
        at = _revision(connection, told)
    if at == HEAD:
        _journalled(database)
        return
    if at is None and not create:
        raise NotALedger(f"{shown(told)} holds no ledger; `according ingest` makes one there.")
    if at is not None and at > HEAD:
        raise LedgerTooNew(
            f"{shown(told)} was written by a newer According (schema {at}; this one knows {HEAD}); upgrade According to open it."
        )
    if database.dialect.name == "sqlite":
        _as_a_ledger(database)
    from according.ledger.migrations import upgrade

    with database.connect().execution_options(**WRITES) as connection, connection.begin():
        upgrade(connection)


def _as_a_ledger(database: sa.Engine) -> None:
    """What cannot be set within a transaction: the journal, and whose file it is."""
    with database.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.execute("PRAGMA journal_mode = WAL")
        raw.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def _journalled(database: sa.Engine) -> None:
    """A ledger that came out of a dump has another journal, with which readers and the writer would wait for one another."""
    if database.dialect.name != "sqlite":
        return
    with database.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        if raw.execute("PRAGMA journal_mode").fetchone() != ("wal",):
            with suppress(sqlite3.OperationalError):  # a file that may only be read is read as it is
                raw.execute("PRAGMA journal_mode = WAL")


def _revision(connection: sa.Connection, told: str) -> str | None:
    """The schema that the database is at; ``None`` for an empty one. Raises ``NotALedger`` for somebody else's."""
    tables = sa.inspect(connection).get_table_names()
    if not tables:
        return None
    if "alembic_version" not in tables or "claims" not in tables:
        raise NotALedger(f"{shown(told)} is another database, not a ledger; give another file or address with --ledger.")
    return connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
