"""The people of a ledger: who may come and as what, by password, session or token. Each change is one transaction, the audit with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from according.errors import BadQuestion, LedgerError
from according.ledger import audit, credentials, forgetting, opening, sessions, tokens, users
from according.ledger.audit import Act, Head, Row
from according.ledger.roles import Role
from according.ledger.tokens import Token
from according.ledger.users import UNKNOWN, User
from according.ledger.verifying import Walk, walk

if TYPE_CHECKING:
    from according.ledger.ledger import Ledger

#: Seconds to wait for another writer only to note that somebody is still there.
_BRIEFLY = 0.2


class People:
    """Who may come into a ledger. ``person`` is always who does it, and stands in the audit."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def all(self) -> list[User]:
        """Everybody who may or might come, and everybody who did something by name."""
        with self._ledger.reading() as connection:
            return users.all_of(connection)

    def named(self, name: str) -> User:
        """Raises ``NotInLedger``."""
        with self._ledger.reading() as connection:
            return users.named(connection, name)

    def numbered(self, number: int) -> User:
        """Raises ``NotInLedger``."""
        with self._ledger.reading() as connection:
            return users.numbered(connection, number)

    def anybody(self) -> bool:
        """Whether there is somebody who can come: not disabled, with a password or a token that is good."""
        with self._ledger.reading() as connection:
            by_token = {token.user for token in tokens.of(connection) if token.good}
            return any(not user.disabled and (user.has_password or user.number in by_token) for user in users.all_of(connection))

    def add(self, name: str, role: Role | str, password: str | None, *, person: str) -> User:
        """Let somebody come, without a password by token alone. Raises ``BadQuestion``."""
        kept = credentials.kept_password(password) if password is not None else None
        with self._ledger.writing() as connection:
            return users.add(connection, name, Role(role), kept, person)

    def change_role(self, name: str, role: Role | str, *, person: str) -> None:
        with self._ledger.writing() as connection:
            user = users.named(connection, name)
            if user.role is not Role(role):
                users.change_role(connection, user, Role(role), person)

    def change_password(self, name: str, password: str, *, person: str) -> None:
        """His sessions end. Raises ``NotInLedger``, ``BadQuestion``."""
        user, kept = self.named(name), credentials.kept_password(password)
        with self._ledger.writing() as connection:
            users.change_password(connection, user, kept, person)

    def disable(self, name: str, *, person: str) -> None:
        with self._ledger.writing() as connection:
            users.disable(connection, users.named(connection, name), person)

    def enable(self, name: str, *, person: str) -> None:
        with self._ledger.writing() as connection:
            users.enable(connection, users.named(connection, name), person)

    def rename(self, name: str, new: str, *, person: str) -> None:
        """Another name wherever the old one stands, which leaves the file too. Raises ``NotInLedger``, ``BadQuestion``."""
        with self._ledger.writing() as connection:
            users.rename(connection, users.named(connection, name), new, person)
        with opening.translated(self._ledger.where):
            forgetting.scrub(self._ledger.engine)

    def tokens(self, name: str | None = None) -> list[Token]:
        """Those of a user, or all. Raises ``NotInLedger``."""
        with self._ledger.reading() as connection:
            return tokens.of(connection, users.named(connection, name) if name is not None else None)

    def make_token(self, name: str, called: str, days: int | None = None, *, person: str) -> str:
        """A token for a user: it is told this once. Raises ``NotInLedger``, ``BadQuestion``."""
        with self._ledger.writing() as connection:
            return tokens.make(connection, users.named(connection, name), called, days, person)

    def revoke_token(self, name: str, token: str | int, *, person: str) -> None:
        """By the token's name or number. Raises ``NotInLedger``."""
        with self._ledger.writing() as connection:
            tokens.revoke(connection, users.named(connection, name), token, person)

    def fits(self, name: str, password: str) -> bool:
        """Whether it is the password of a user who may come. It takes as long for a name that is nobody's."""
        return self._fitting(name, password) is not None

    def log_in(self, name: str, password: str) -> str | None:
        """What the cookie of a new session is to hold; ``None`` where name and password do not belong together."""
        kept = self._fitting(name, password)
        newly = credentials.kept_password(password) if kept and credentials.stale(kept) else None
        with self._ledger.writing() as connection:
            found = users.password_of(connection, name)
            # He may have been disabled meanwhile, or have another password.
            if kept is None or found is None or found[1] != kept or found[0].disabled:
                audit.add(connection, UNKNOWN, Act.LOGIN_FAILED, found[0].called if found else UNKNOWN)
                return None
            user = found[0]
            if newly:
                users.keep_password(connection, user, newly)
            audit.add(connection, user.called, Act.LOGIN, user.called)
            return sessions.begin(connection, user)

    def log_out(self, session: str) -> None:
        """End a session; nothing where there is none."""
        with self._ledger.writing() as connection:
            if found := sessions.find(connection, session):
                called = users.numbered(connection, found.user).called
                sessions.end(connection, session)
                audit.add(connection, called, Act.LOGOUT, called)

    def by_session(self, session: str) -> User | None:
        """Whose session it is."""
        with self._ledger.reading() as connection:
            found = sessions.find(connection, session)
            user = users.numbered(connection, found.user) if found else None
        if found and sessions.due(found):
            with suppress(LedgerError), self._ledger.writing(patience=_BRIEFLY) as connection:
                sessions.note(connection, session, found)
        return user

    def by_token(self, token: str) -> User | None:
        """Whose token it is."""
        with self._ledger.reading() as connection:
            held = tokens.holder(connection, token)
            user = users.numbered(connection, held[0]) if held else None
        if held and tokens.due(held[1]):
            with suppress(LedgerError), self._ledger.writing(patience=_BRIEFLY) as connection:
                tokens.note(connection, held[1])
        return user

    def names(self) -> dict[str, str]:
        """What people are called in the audit (``user 7``), and by what name they go."""
        with self._ledger.reading() as connection:
            return users.names(connection)

    def audited(self, since: str | None = None) -> Iterator[Row]:
        """The audit, the oldest row first; since a day or moment in UTC, as ISO text."""
        with self._ledger.reading() as connection:
            yield from audit.rows(connection, since)

    def latest(self, most: int, before: int | None = None) -> list[Row]:
        """The newest rows of the audit, with ``before`` those with lesser numbers."""
        with self._ledger.reading() as connection:
            return audit.latest(connection, most, before)

    def head(self) -> Head:
        """What to note elsewhere, against which ``verified`` sees that the audit was cut off or made anew."""
        with self._ledger.reading() as connection:
            return audit.head_of(connection)

    def verified(self, noted_hash: str | None = None, noted_count: int | None = None) -> Walk:
        """Walk the audit's chain, and see that it tells of every decision as it stands. Raises ``BadQuestion`` for a note that is none."""
        if noted_count is not None and noted_count < 0:
            raise BadQuestion("A note of the audit has how many rows there were.")
        with self._ledger.reading() as connection:
            return walk(connection, noted_hash, noted_count)

    def _fitting(self, name: str, password: str) -> str | None:
        """The password as it is kept, where it is this one's and he may come."""
        with self._ledger.reading() as connection:
            found = users.password_of(connection, name)
        kept = found[1] if found else None
        may = found is not None and found[0].disabled is None
        return kept if credentials.fits(password, kept) and may else None
