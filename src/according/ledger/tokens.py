"""Tokens, by which programs come as a user. Each is told once, when it is made; what is kept of it is a hash."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from according.errors import BadQuestion, NotInLedger
from according.ledger import audit, credentials
from according.ledger.audit import Act
from according.ledger.moments import now, stamp
from according.ledger.schema import tokens, users
from according.ledger.users import User, called

#: It is noted once in so long that a token was used.
NOTED = timedelta(minutes=1)
#: Days that a token may be good for, and characters of its name.
LONGEST_DAYS, LONGEST_NAME = 3_660, 64


@dataclass(frozen=True, slots=True)
class Token:
    """A user's token by the name that he gave it. Moments are ISO text; one that is good until it is revoked has no ``expires``."""

    number: int
    user: int
    name: str
    created: str
    expires: str | None
    used: str | None
    revoked: str | None

    @property
    def good(self) -> bool:
        return self.revoked is None and (self.expires is None or self.expires > now())


def of(connection: sa.Connection, user: User | None = None) -> list[Token]:
    """The tokens of a user, or of all, the oldest first."""
    query = sa.select(tokens).order_by(tokens.c.n)
    return [_token(row) for row in connection.execute(query.where(tokens.c.user == user.number) if user else query)]


def make(connection: sa.Connection, user: User, name: str, days: int | None, person: str) -> str:
    """A new token, good for so many days or until it is revoked. Raises ``BadQuestion``."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise BadQuestion(f"A token's name has 1 to {LONGEST_NAME} characters; it says what the token is for.")
    if days is not None and not 1 <= days <= LONGEST_DAYS:
        raise BadQuestion(f"A token is good for 1 to {LONGEST_DAYS:,} days, or until it is revoked.")
    if user.disabled is not None:
        raise BadQuestion(f"{user.name} is disabled: enable him first.")
    if any(token.name == name and token.good for token in of(connection, user)):
        raise BadQuestion(f"{user.name} has a token {name} already; revoke it first, or give another name.")
    made = credentials.new_token()
    expires = stamp(datetime.now(UTC) + timedelta(days=days)) if days is not None else None
    row = {"user": user.number, "name": name, "hash": credentials.digest(made), "created": now(), "expires": expires}
    number = connection.execute(sa.insert(tokens).values(row).returning(tokens.c.n)).scalar_one()
    audit.add(connection, called(connection, person), Act.TOKEN_MADE, user.called, token=number, expires=expires)
    return made


def revoke(connection: sa.Connection, user: User, told: str | int, person: str) -> None:
    """By its name or number. Raises ``NotInLedger``."""
    found = next((token for token in of(connection, user) if token.good and told in (token.name, token.number)), None)
    if found is None:
        raise NotInLedger(f"{user.name} has no token {told} that could be revoked.")
    connection.execute(sa.update(tokens).where(tokens.c.n == found.number).values(revoked=now()))
    audit.add(connection, called(connection, person), Act.TOKEN_REVOKED, user.called, token=found.number)


def holder(connection: sa.Connection, told: str) -> tuple[int, Token] | None:
    """The number of the user whose good token it is, who is not disabled, and the token."""
    query = sa.select(tokens).join(users, users.c.n == tokens.c.user)
    row = connection.execute(query.where(tokens.c.hash == credentials.digest(told), users.c.disabled.is_(None))).first()
    found = _token(row) if row else None
    return (found.user, found) if found and found.good else None


def due(token: Token) -> bool:
    """Whether it is time to note that it is used."""
    return token.used is None or token.used <= stamp(datetime.now(UTC) - NOTED)


def note(connection: sa.Connection, token: Token) -> None:
    connection.execute(sa.update(tokens).where(tokens.c.n == token.number).values(used=now()))


def _token(row: Any) -> Token:
    return Token(row.n, row.user, row.name, row.created, row.expires, row.used, row.revoked)
