"""The audit: who did what when, as rows that are only ever added, each bound by a hash to all before it.

A row is written in the transaction that does what it tells, so neither is there without the other. It names nobody: people stand in it by
their number among the users (``user 7``), so that a name can be changed or taken away and the chain still holds. Nor does it hold words
of reports: what was decided stands in its own table, and here a hash of it.

Whoever can write to the database can make the whole chain anew. Against that, and against a chain that was cut off at its end, helps a
note of its head that is kept elsewhere.
"""

from __future__ import annotations

import enum
import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import sqlalchemy as sa

from according.ledger.moments import now
from according.ledger.schema import audit

#: The hash before the first row's.
BEGINNING = "0" * 64
_AT_ONCE = 1_000


class Act(enum.StrEnum):
    """What can be done that the audit tells of."""

    DECIDED = "decided"
    SECOND = "second_opinion"
    FLAGGED = "flagged"
    MERGED = "merged"
    SPLIT = "split"
    FORGOT = "forgot"
    USER_ADDED = "user_added"
    RENAMED = "renamed"
    ROLE = "role"
    PASSWORD = "password"
    DISABLED = "disabled"
    ENABLED = "enabled"
    TOKEN_MADE = "token_made"
    TOKEN_REVOKED = "token_revoked"
    LOGIN = "login"
    LOGIN_FAILED = "login_failed"
    LOGOUT = "logout"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: ``person`` did ``action`` to ``subject`` at that moment. ``detail`` is JSON."""

    n: int
    at: str
    person: str
    action: str
    subject: str
    detail: str
    before: str
    hash: str


@dataclass(frozen=True, slots=True)
class Head:
    """The last row's hash, and how many rows there are: what to note elsewhere."""

    hash: str = BEGINNING
    count: int = 0


def add(connection: sa.Connection, person: str, action: Act, subject: str, **detail: Any) -> None:
    """Append a row within the caller's transaction, which must be one that writes: there is one writer at a time, so the chain never forks.

    ``person`` is how the audit calls somebody: see ``people.called``.
    """
    head = head_of(connection)
    at, text = now(), canonical(detail)
    n = head.count + 1
    row = {"n": n, "at": at, "person": person, "action": action.value, "subject": subject, "detail": text, "before": head.hash}
    connection.execute(sa.insert(audit).values(**row, hash=hash_of(Row(n, at, person, action.value, subject, text, head.hash, ""))))


def head_of(connection: sa.Connection) -> Head:
    """``count`` is the last row's number: rows are numbered from 1 without a gap."""
    newest = sa.select(sa.func.max(audit.c.n)).scalar_subquery()
    last = connection.execute(sa.select(audit.c.hash, audit.c.n).where(audit.c.n == newest)).first()
    return Head(last.hash, last.n) if last else Head()


def hash_of(row: Row) -> str:
    """What a row's hash is to be: SHA-256 of the hash before it and of all else it says."""
    said = canonical([row.n, row.at, row.person, row.action, row.subject, row.detail])
    return sha256(f"{row.before}\n{said}".encode()).hexdigest()


def canonical(value: Any) -> str:
    """JSON of which there is one way to write it: ASCII, keys sorted, no blanks."""
    return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def digest(value: Any) -> str:
    """What stands in the audit for something that is told elsewhere."""
    return sha256(canonical(value).encode()).hexdigest()


def rows(connection: sa.Connection, since: str | None = None) -> Iterator[Row]:
    """The oldest first, of those written at that moment or later (ISO text, or the beginning of it)."""
    query = sa.select(audit).order_by(audit.c.n)
    yield from _read(connection, query.where(audit.c.at >= since) if since else query)


def latest(connection: sa.Connection, most: int, before: int | None = None) -> list[Row]:
    """The newest first, ``most`` of them; with ``before`` those with lesser numbers."""
    query = sa.select(audit).order_by(audit.c.n.desc()).limit(most)
    return list(_read(connection, query.where(audit.c.n < before) if before is not None else query))


def _read(connection: sa.Connection, query: Any) -> Iterator[Row]:
    for row in connection.execute(query.execution_options(yield_per=_AT_ONCE)):
        yield Row(row.n, row.at, row.person, row.action, row.subject, row.detail, row.before, row.hash)
