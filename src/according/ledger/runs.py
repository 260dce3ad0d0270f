"""Runs: which code, model, words and gazetteer made the claims that a run wrote."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import sqlalchemy as sa

from according.ledger.moments import now
from according.ledger.schema import runs


@dataclass(frozen=True, slots=True)
class Versions:
    """What claims depend on besides their report: According's version, and hashes of the model, the tables of words and the gazetteer."""

    according: str
    model: str
    lexicon: str
    gazetteer: str

    def __str__(self) -> str:
        return "/".join(asdict(self).values())


def begin(connection: sa.Connection, command: str, versions: Versions) -> int:
    """A new run; its number."""
    row = {"command": command, "started": now(), **asdict(versions)}
    return int(connection.execute(sa.insert(runs).values(row).returning(runs.c.n)).scalar_one())


def end(connection: sa.Connection, number: int) -> None:
    connection.execute(sa.update(runs).where(runs.c.n == number).values(ended=now()))
