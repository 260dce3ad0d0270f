"""Answers as data frames."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import asked_ledger as by_hand
from according.errors import BadQuestion, SetupError
from according.ledger.flat import ANSWERS
from according.ledger.ledger import Ledger
from according.ledger.question import Question
from asked_ledger import FLIGHT, SHELLING, STRIKE, TOLD


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with by_hand.made(str(tmp_path_factory.mktemp("frames") / "according.db")) as made:
        yield made


@pytest.mark.parametrize("what", ANSWERS)
@pytest.mark.parametrize(("kind", "made"), [("pandas", pd.DataFrame), ("polars", pl.DataFrame), ("arrow", pa.Table)])
def test_each_answer_comes_in_each_kind_with_the_same_columns(ledger, what, kind, made):
    frame = ledger.frame(what, kind=kind)
    assert isinstance(frame, made)
    names = frame.column_names if kind == "arrow" else list(frame.columns)
    assert names == list(ANSWERS[what][0])


@pytest.mark.parametrize("what", ANSWERS)
def test_every_cell_has_its_column(ledger, what):
    columns, cells = ANSWERS[what]
    assert all(set(cells(row)) <= set(columns) for row in getattr(ledger, what)())


def test_a_claim_is_a_row_of_typed_cells(ledger):
    row = ledger.frame("claims", Question(types="air_strike"), "arrow").to_pylist()[0]
    told = {name: value for name, value in row.items() if value is not None}
    assert told["id"] == STRIKE.id
    assert (told["killed_min"], told.get("killed_max"), told["figures"]) == (12, None, "at least 12")
    assert (told["from"], told["to"], told["published"]) == (date(2020, 2, 3), date(2020, 2, 3), date(2020, 2, 4))
    assert (told["lat"], told["place_precision"], told["within"], told["said_by"]) == (35.8686, "settlement", "Idlib", "The army")
    assert (told["corrected"], told["copy"]) == (False, False)
    assert "verdict" not in told and "displaced_min" not in told


def test_two_figures_of_one_measure_are_no_one_number(ledger):
    [row] = ledger.frame("claims", Question(types="displacement"), "arrow").to_pylist()
    assert (row["displaced_min"], row["displaced_max"], row["killed_min"]) == (None, None, 3)
    counted = ledger.frame("figures", Question(types="displacement"), "arrow").to_pylist()
    assert [(one["min"], one["max"], one["claim"]) for one in counted] == [(30, 40, FLIGHT.id), (5, 5, FLIGHT.id), (3, 3, FLIGHT.id)]


def test_pandas_keeps_missing_apart_from_nought_and_days_as_days(ledger):
    frame = ledger.frame("claims")
    assert list(frame["id"]) == [claim.id for claim in TOLD]
    assert frame["killed_min"].dtype == "Int64" and frame["killed_min"].isna().sum() == len(TOLD) - 2
    assert frame["from"].dt.year.dropna().unique().tolist() == [2020]
    assert frame["copy"].dtype == "boolean" and frame["copy"].sum() == 1


def test_polars_has_the_same_types(ledger):
    frame = ledger.frame("claims", kind="polars")
    assert (frame.schema["killed_min"], frame.schema["from"], frame.schema["withdrawn"]) == (pl.Int64, pl.Date, pl.Boolean)


def test_moments_are_moments(ledger):
    seen = ledger.frame("reports", kind="arrow")["first_seen"][0].as_py()
    assert isinstance(seen, datetime) and seen.utcoffset() == datetime.now(UTC).utcoffset()


def test_an_empty_answer_keeps_its_columns_and_types(ledger):
    frame = ledger.frame("claims", Question(places="Atlantis"))
    assert len(frame) == 0 and frame["killed_min"].dtype == "Int64"


@pytest.mark.parametrize("missing", ["pyarrow", "pandas", "polars"])
def test_a_missing_library_is_told_with_what_to_install(ledger, monkeypatch, missing):
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(SetupError, match=rf"{missing}: pip install 'according\[frames\]'"):
        ledger.frame("claims", kind="pandas" if missing == "pyarrow" else missing)


def test_what_cannot_be_asked_for_is_refused(ledger):
    with pytest.raises(BadQuestion):
        ledger.frame("events")
    with pytest.raises(BadQuestion):
        ledger.frame("claims", kind="excel")
    assert SHELLING.id in set(ledger.frame("claims")["id"])
