"""The ledger's schema as it grew: one step a file in ``versions``, each as SQL for both databases."""

from __future__ import annotations

import threading
from pathlib import Path

import sqlalchemy as sa

HERE = Path(__file__).parent
_ONE_AT_A_TIME = threading.Lock()  # alembic keeps what it is doing in a global


def upgrade(connection: sa.Connection, to: str = "head") -> None:
    """Bring the schema up within the transaction of ``connection``."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.attributes["connection"] = connection
    with _ONE_AT_A_TIME:
        command.upgrade(config, to)


def run(connection: sa.Connection, revision: str) -> None:
    """The SQL of a step: ``versions/0001.sqlite.sql`` or its twin, its statements apart by a line that is only ``--``."""
    script = (HERE / "versions" / f"{revision}.{connection.dialect.name}.sql").read_text(encoding="utf-8")
    for statement in script.split("\n--\n"):
        connection.exec_driver_sql(statement)
