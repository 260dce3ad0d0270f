"""Users: who may come, as what, and everybody who ever did something in the ledger by name.

A name stands here once and is told by its number where nothing may change (the audit). Somebody who only did something, by a name that was
given on the command line, stands here too: without a password and disabled, so that nobody can come as him.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from according.errors import BadQuestion, NotInLedger
from according.ledger import audit
from according.ledger.audit import Act
from according.ledger.moments import now
from according.ledger.roles import LOCAL, Role
from according.ledger.schema import decisions, event_decisions, flags, second_opinions, sessions, tokens, tombstones, users

#: How the audit calls those of whom no name is known.
UNKNOWN = "unknown"
#: Characters of a name.
LONGEST = 64
_PSEUDONYM = re.compile(r"user \d+", re.IGNORECASE)
#: Where names of people stand beside what they did.
_SIGNED = (decisions, event_decisions, second_opinions, flags, tombstones)
_SELECTED = sa.select(users, sa.exists().where(tokens.c.user == users.c.n).label("has_token"))


@dataclass(frozen=True, slots=True)
class User:
    """Who may come. ``disabled`` is since when he may not; ``has_password`` is false for who comes by token alone; ``has_token`` tells
    whether he ever had one.
    """

    number: int
    name: str
    role: Role
    created: str
    disabled: str | None
    has_password: bool
    has_token: bool

    @property
    def only_named(self) -> bool:
        """Whether he is here for what he did by name alone: he never could come."""
        return self.disabled is not None and not self.has_password and not self.has_token

    @property
    def called(self) -> str:
        """How the audit calls him."""
        return f"user {self.number}"


def all_of(connection: sa.Connection) -> list[User]:
    """In the order of their numbers."""
    return [_user(row) for row in connection.execute(_SELECTED.order_by(users.c.n))]


def named(connection: sa.Connection, name: str) -> User:
    """Raises ``NotInLedger``."""
    if (found := find(connection, name)) is None:
        raise NotInLedger(f"There is no user {name}; `according user list` has them all.")
    return found


def numbered(connection: sa.Connection, number: int) -> User:
    """Raises ``NotInLedger``."""
    row = connection.execute(_SELECTED.where(users.c.n == number)).first()
    if row is None:
        raise NotInLedger(f"There is no user with the number {number}.")
    return _user(row)


def find(connection: sa.Connection, name: str) -> User | None:
    row = _row(connection, name)
    return _user(row) if row else None


def password_of(connection: sa.Connection, name: str) -> tuple[User, str | None] | None:
    """A user and his password as it is kept."""
    row = _row(connection, name)
    return (_user(row), row.password) if row else None


def called(connection: sa.Connection, name: str | None) -> str:
    """How the audit calls somebody: ``user 7``. Whoever was not known by that name is from now on."""
    if not name:
        return UNKNOWN
    if found := find(connection, name):
        return found.called
    at = now()
    row = {"name": name, "role": Role.VIEWER.value, "created": at, "disabled": at}
    number = connection.execute(sa.insert(users).values(row).returning(users.c.n)).scalar_one()
    return f"user {number}"


def names(connection: sa.Connection) -> dict[str, str]:
    """What people are called in the audit, and by what name they go now."""
    return {f"user {row.n}": row.name for row in connection.execute(sa.select(users.c.n, users.c.name))}


def add(connection: sa.Connection, name: str, role: Role, kept: str | None, person: str) -> User:
    """Let somebody come. Who did something by that name before is taken to be the same. Raises ``BadQuestion``."""
    name = checked(name)
    known = find(connection, name)
    if known and not known.only_named:
        raise BadQuestion(f"There is a user {known.name} already.")
    alike = connection.execute(sa.select(users.c.name)).scalars()
    if other := next((other for other in alike if other != name and other.casefold() == name.casefold()), None):
        raise BadQuestion(f"There is a user {other}, which people would take for {name}; give another name.")
    by, values = called(connection, person), {"role": role.value, "password": kept, "disabled": None}
    if known:
        connection.execute(sa.update(users).where(users.c.n == known.number).values(values))
    else:
        connection.execute(sa.insert(users).values(values | {"name": name, "created": now()}))
    made = named(connection, name)
    audit.add(connection, by, Act.USER_ADDED, made.called, role=role.value)
    return made


def change_role(connection: sa.Connection, user: User, role: Role, person: str) -> None:
    connection.execute(sa.update(users).where(users.c.n == user.number).values(role=role.value))
    audit.add(connection, called(connection, person), Act.ROLE, user.called, role=role.value, before=user.role.value)


def change_password(connection: sa.Connection, user: User, kept: str, person: str) -> None:
    """All his sessions end; his tokens stay."""
    keep_password(connection, user, kept)
    end_sessions(connection, user)
    audit.add(connection, called(connection, person), Act.PASSWORD, user.called)


def keep_password(connection: sa.Connection, user: User, kept: str) -> None:
    """The same password, kept in another way."""
    connection.execute(sa.update(users).where(users.c.n == user.number).values(password=kept))


def disable(connection: sa.Connection, user: User, person: str) -> None:
    """He may not come any more: his sessions end, and his tokens lead nowhere."""
    end_sessions(connection, user)
    if user.disabled is None:
        connection.execute(sa.update(users).where(users.c.n == user.number).values(disabled=now()))
        audit.add(connection, called(connection, person), Act.DISABLED, user.called)


def enable(connection: sa.Connection, user: User, person: str) -> None:
    if user.disabled is not None:
        connection.execute(sa.update(users).where(users.c.n == user.number).values(disabled=None))
        audit.add(connection, called(connection, person), Act.ENABLED, user.called)


def rename(connection: sa.Connection, user: User, name: str, person: str) -> None:
    """Another name, wherever the old one stands; the audit never had it. Raises ``BadQuestion``."""
    name = checked(name, user)
    for other in connection.execute(sa.select(users.c.name).where(users.c.n != user.number)).scalars():
        if other.casefold() == name.casefold():
            raise BadQuestion(f"There is a user {other} already.")
    by = called(connection, person)
    connection.execute(sa.update(users).where(users.c.n == user.number).values(name=name))
    for table in _SIGNED:
        connection.execute(sa.update(table).where(table.c.person == user.name).values(person=name))
    audit.add(connection, by, Act.RENAMED, user.called)


def end_sessions(connection: sa.Connection, user: User) -> None:
    connection.execute(sa.delete(sessions).where(sessions.c.user == user.number))


def checked(name: str, user: User | None = None) -> str:
    """A name that people can tell from others, in one way of writing it. ``user``: whose it is to be. Raises ``BadQuestion``."""
    name = unicodedata.normalize("NFC", name)
    if not name or len(name) > LONGEST or name != " ".join(name.split()) or not name.isprintable():
        raise BadQuestion(f"A name has 1 to {LONGEST} characters, all of which can be seen, and no more than one blank in a row.")
    if name.casefold() == LOCAL:
        raise BadQuestion(f"Nobody is called {LOCAL}: so is called whoever sits at a machine where nobody has to log in.")
    if _PSEUDONYM.fullmatch(name) and not (user and name == user.called):
        raise BadQuestion("So the audit calls users by their numbers; give another name.")
    return name


def _row(connection: sa.Connection, name: str) -> Any:
    return connection.execute(_SELECTED.where(users.c.name == unicodedata.normalize("NFC", name))).first()


def _user(row: Any) -> User:
    return User(row.n, row.name, Role(row.role), row.created, row.disabled, row.password is not None, bool(row.has_token))
