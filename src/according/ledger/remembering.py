"""Answers kept for as long as nobody writes to the ledger: pages ask the same more than once."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.pool import PoolProxiedConnection

T = TypeVar("T")
#: Answers at the most; the one that was asked for longest ago goes first.
_MOST = 32


class Memory:
    """What was answered of one moment. All of it is forgotten once anything was written, by whatever process."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._watch: PoolProxiedConnection | None = None
        self._at: str | None = None
        self._answers: OrderedDict[Hashable, Any] = OrderedDict()

    def moment(self, connection: sa.Connection) -> str:
        """What changes with every transaction that is kept. Ask before reading: what is read then is of this moment or a later one."""
        if connection.dialect.name == "postgresql":
            return str(connection.exec_driver_sql("SELECT pg_current_snapshot()::text").scalar_one())
        with self._lock:
            if self._watch is None:  # SQLite counts what others than the connection that asks have written: so this one never writes
                self._watch = self._engine.raw_connection()
            cursor = self._watch.cursor()
            cursor.execute("PRAGMA data_version")
            version = cursor.fetchone()
            cursor.close()
        return str(version)

    def known(self, at: str, key: Hashable) -> Any:
        """The answer of that moment under this key; ``None`` where there is none."""
        with self._lock:
            if at != self._at:
                self._at, self._answers = at, OrderedDict()
            if key in self._answers:
                self._answers.move_to_end(key)
            return self._answers.get(key)

    def keep(self, at: str, key: Hashable, answer: T) -> T:
        """Keep an answer of that moment, unless something was written since."""
        with self._lock:
            if at == self._at:
                self._answers[key] = answer
                while len(self._answers) > _MOST:
                    self._answers.popitem(last=False)
        return answer

    def close(self) -> None:
        if self._watch is not None:
            self._watch.close()
            self._watch = None
