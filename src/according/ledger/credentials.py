"""Passwords, tokens and what a cookie holds: how they are made, kept and compared. None is ever kept as it is."""

from __future__ import annotations

import secrets
import unicodedata
from functools import cache
from hashlib import sha256
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from according.errors import BadQuestion

#: What a token begins with, so that people, and programs that look for secrets left in files, know one when they see it.
PREFIX = "acc_"
#: Characters of a password.
SHORTEST, LONGEST = 12, 1024
_BYTES = 32
# argon2id takes 64 MiB each time: many who log in at once shall not take all there is.
_AT_ONCE = BoundedSemaphore(3)
_HASHER = PasswordHasher()


def kept_password(password: str) -> str:
    """A password as it is kept: argon2id with a salt of its own. Raises ``BadQuestion`` for one that is too short or too long."""
    password = _normal(password)
    if not SHORTEST <= len(password) <= LONGEST:
        raise BadQuestion(f"A password has {SHORTEST} to {LONGEST:,} characters; a few words that do not belong together make a good one.")
    with _AT_ONCE:
        return _HASHER.hash(password)


def fits(password: str, kept: str | None) -> bool:
    """Whether it is the password that was kept so. It takes as long where there is none to compare it with."""
    password, nobodys = _normal(password)[: LONGEST + 1], _nobodys()
    with _AT_ONCE:
        try:
            return _HASHER.verify(kept or nobodys, password) and kept is not None
        except (VerificationError, InvalidHashError):
            return False


def stale(kept: str) -> bool:
    """Whether it was kept by other parameters than those of now."""
    return _HASHER.check_needs_rehash(kept)


def new_token() -> str:
    return PREFIX + secrets.token_urlsafe(_BYTES)


def new_session() -> str:
    return secrets.token_urlsafe(_BYTES)


def digest(secret: str) -> str:
    """As tokens and sessions are kept: they are too long to be guessed, so that a plain hash is enough."""
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


@cache
def _nobodys() -> str:
    return _HASHER.hash(secrets.token_urlsafe(_BYTES))


def _normal(password: str) -> str:
    """One keyboard writes ü as one character, another as two."""
    return unicodedata.normalize("NFKC", password.encode("utf-8", "replace").decode())
