"""Answers as data frames: one row a claim, report, source or figure; every column of one type, what is missing null.

Frames are built as Arrow tables, batch by batch, and handed on to pandas or polars.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, Literal

from according.errors import BadQuestion, SetupError
from according.ledger.flat import ANSWERS, Columns, Row, What
from according.portions import portions

Kind = Literal["pandas", "polars", "arrow"]

_NEEDS: Mapping[str, tuple[str, ...]] = {"pandas": ("pyarrow", "pandas"), "polars": ("pyarrow", "polars"), "arrow": ("pyarrow",)}
_BATCH = 10_000


def made(what: What, rows: Iterable[Any], kind: Kind = "pandas") -> Any:
    """A ``pandas.DataFrame``, ``polars.DataFrame`` or ``pyarrow.Table`` of the answer's rows.

    Raises ``SetupError`` where the library is not installed, ``BadQuestion`` for a kind that is none.
    """
    if kind not in _NEEDS:
        raise BadQuestion(f"{kind} is no kind of frame; there are {', '.join(_NEEDS)}.")
    for name in _NEEDS[kind]:
        _library(name)
    columns, cells = ANSWERS[what]
    table = _arrow(columns, map(cells, rows))
    if kind == "pandas":
        return _pandas(table)
    return _library("polars").from_arrow(table) if kind == "polars" else table


def _library(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        raise SetupError(f"Data frames need {name}: pip install 'according[frames]'.") from error


def _arrow(columns: Columns, rows: Iterator[Row]) -> Any:
    pa = _library("pyarrow")
    kinds = {
        str: pa.string(),
        int: pa.int64(),
        float: pa.float64(),
        bool: pa.bool_(),
        date: pa.date32(),
        datetime: pa.timestamp("s", "UTC"),
    }
    schema = pa.schema([(name, kinds[kind]) for name, kind in columns.items()])
    moments = [name for name, kind in columns.items() if kind is datetime]
    told = (_with_moments(row, moments) for row in rows)
    return pa.Table.from_batches((pa.RecordBatch.from_pylist(some, schema) for some in portions(told, _BATCH)), schema)


def _with_moments(row: Row, moments: list[str]) -> Row:
    return row | {name: datetime.fromisoformat(row[name]) if row[name] else None for name in moments}


def _pandas(table: Any) -> Any:
    """Whole numbers, truth and words in pandas' own types, which may be missing; days and moments as datetime64."""
    pa, pd = _library("pyarrow"), _library("pandas")
    kinds = {pa.int64(): pd.Int64Dtype(), pa.bool_(): pd.BooleanDtype(), pa.string(): pd.StringDtype(), pa.float64(): pd.Float64Dtype()}
    return table.to_pandas(types_mapper=kinds.get, date_as_object=False)
