"""The people of a ledger and the audit of what they did: as tables and JSON Lines. No password, token or hash of one is among it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TextIO

from according.formats.jsonl import line
from according.formats.sheets import Head, write_table
from according.ledger.audit import Row
from according.ledger.tokens import Token
from according.ledger.users import User

_USERS = (Head("name", share=3), Head("audit", 9), Head("role", 9), Head("comes by", share=4), Head("since", 10), Head("disabled", 10))
_AUDIT = (
    Head("row", 7, right=True),
    Head("when", 20),
    Head("who", share=3),
    Head("did", 14),
    Head("to what", share=4),
    Head("more", share=5),
)


def write_users(users: Iterable[User], tokens: Sequence[Token], form: str, out: TextIO) -> None:
    """``form``: ``table`` or ``jsonl``."""
    of = {user: [token for token in tokens if token.user == user.number] for user in users}
    if form == "jsonl":
        out.writelines(line(_user_record(user, held)) + "\n" for user, held in of.items())
    else:
        write_table(out, _USERS, (_user_cells(user, held) for user, held in of.items()))


def write_audit(rows: Iterable[Row], names: Mapping[str, str], form: str, out: TextIO) -> None:
    """``names``: by what names people go now. As JSON Lines rows stand as they are, so that anybody can walk the chain."""
    if form == "jsonl":
        for row in rows:
            told = {"n": row.n, "at": row.at, "person": row.person, "name": names.get(row.person), "action": row.action}
            out.write(line(told | {"subject": row.subject, "detail": row.detail, "before": row.before, "hash": row.hash}) + "\n")
    else:
        write_table(out, _AUDIT, (_audit_cells(row, names) for row in rows))


def _user_record(user: User, tokens: Iterable[Token]) -> dict[str, object]:
    return {
        "name": user.name,
        "audit": user.called,
        "role": None if user.only_named else user.role.value,
        "password": user.has_password,
        "created": user.created,
        "disabled": user.disabled,
        "tokens": [
            {"name": t.name, "created": t.created, "expires": t.expires, "used": t.used, "revoked": t.revoked, "good": t.good}
            for t in tokens
        ],
    }


def _user_cells(user: User, tokens: Iterable[Token]) -> list[str]:
    if user.only_named:
        return [user.name, user.called, "", "a name only", user.created[:10], ""]
    ways = ["password"] * user.has_password + [f"token {token.name}" for token in tokens if token.good]
    return [user.name, user.called, user.role, ", ".join(ways) or "nothing yet", user.created[:10], (user.disabled or "")[:10]]


def _audit_cells(row: Row, names: Mapping[str, str]) -> list[str]:
    more = "; ".join(f"{name.replace('_', ' ')} {_short(value)}" for name, value in _detail(row.detail).items() if value is not None)
    subject = _who(row.subject, names)
    return [f"{row.n:,}", row.at, _who(row.person, names), row.action.replace("_", " "), subject, more]


def _detail(told: str) -> Mapping[str, object]:
    """What a row tells besides, as it stands where somebody wrote something else there."""
    try:
        read = json.loads(told)
    except ValueError:
        read = None
    return read if isinstance(read, dict) else {"": told}


def _short(value: object) -> str:
    told = str(value)
    return f"{told[:12]}…" if len(told) == 64 else told


def _who(called: str, names: Mapping[str, str]) -> str:
    return f"{names[called]} ({called})" if called in names else called
