"""Insert rows, or change the one that is there: the same for both databases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite


def upsert(connection: sa.Connection, table: sa.Table, row: Mapping[str, Any], changed: Sequence[str] | None = None) -> None:
    """``changed``: the columns that take the new value where a row with the same primary key is there; all but the key by default."""
    made = postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)
    keys = [column.name for column in table.primary_key]
    names = [name for name in row if name not in keys] if changed is None else list(changed)
    values = made.values(dict(row))
    if names:
        values = values.on_conflict_do_update(index_elements=keys, set_={name: values.excluded[name] for name in names})
    else:
        values = values.on_conflict_do_nothing(index_elements=keys)
    connection.execute(values)


def insert_many(connection: sa.Connection, table: sa.Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows of all of a table's columns, in their order. By the driver itself: three times as fast for hundreds of thousands."""
    if rows:
        mark = "?" if connection.dialect.name == "sqlite" else "%s"
        names = ", ".join(f'"{column.name}"' for column in table.columns)
        marks = ", ".join([mark] * len(table.columns))
        connection.exec_driver_sql(f"INSERT INTO {table.name} ({names}) VALUES ({marks})", list(rows))


def update_many(connection: sa.Connection, table: sa.Table, key: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Set columns of many rows, each given as the values of these and then that of its ``key``. By the driver itself too."""
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    told = ", ".join(f'"{column}" = {mark}' for column in columns)
    connection.exec_driver_sql(f'UPDATE {table.name} SET {told} WHERE "{key}" = {mark}', list(rows))
