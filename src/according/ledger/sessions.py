"""Sessions: what a browser's cookie stands for after a login. What is kept of it is a hash."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from according.ledger import credentials
from according.ledger.moments import now, stamp
from according.ledger.schema import sessions, users
from according.ledger.users import User

#: A session ends so long after it was last used, ...
LASTS = timedelta(hours=12)
#: ... which is noted once in so long, ...
NOTED = timedelta(minutes=10)
#: ... and so long after the login in any case.
AT_MOST = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Session:
    """Whose it is (his number), and the moments of its beginning and end as ISO text."""

    user: int
    created: str
    expires: str


def begin(connection: sa.Connection, user: User) -> str:
    """A new session: what the cookie is to hold. Those that have ended leave the table."""
    made, at = credentials.new_session(), datetime.now(UTC)
    connection.execute(sa.delete(sessions).where(sessions.c.expires <= stamp(at)))
    row = {"hash": credentials.digest(made), "user": user.number, "created": stamp(at), "expires": stamp(at + LASTS)}
    connection.execute(sa.insert(sessions).values(row))
    return made


def find(connection: sa.Connection, told: str) -> Session | None:
    """The session of a user who is not disabled, if it has not ended."""
    query = sa.select(sessions).join(users, users.c.n == sessions.c.user)
    query = query.where(sessions.c.hash == credentials.digest(told), sessions.c.expires > now(), users.c.disabled.is_(None))
    row = connection.execute(query).first()
    return Session(row.user, row.created, row.expires) if row else None


def end(connection: sa.Connection, told: str) -> None:
    connection.execute(sa.delete(sessions).where(sessions.c.hash == credentials.digest(told)))


def due(session: Session) -> bool:
    """Whether it is time to note that it is used."""
    return session.expires < min(stamp(datetime.now(UTC) + LASTS - NOTED), _last(session))


def note(connection: sa.Connection, told: str, session: Session) -> None:
    """Let it last from now on again."""
    expires = min(stamp(datetime.now(UTC) + LASTS), _last(session))
    connection.execute(sa.update(sessions).where(sessions.c.hash == credentials.digest(told)).values(expires=expires))


def _last(session: Session) -> str:
    return stamp(datetime.fromisoformat(session.created) + AT_MOST)
