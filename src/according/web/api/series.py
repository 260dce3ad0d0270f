"""Tolls over spans of time, as series."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, TextIO

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from according.events.series import Series
from according.formats.event_records import series_record
from according.formats.events import write_series
from according.web.api import shapes
from according.web.api.filters import AskedList, Form, question
from according.web.api.listing import FILES, Rows, answered, numbered
from according.web.site import ledger_of

router = APIRouter(tags=["events"])


@router.get(
    "/series", name="api_series", response_model=shapes.Page[shapes.Series], responses=FILES | shapes.problems(400, 401, 403, 404, 503)
)
def series(request: Request, asked: Annotated[AskedList, Query()]) -> Response:
    """What the claims that are asked for tell of one measure, group and place over one window of time; the best attested first."""
    wanted, ledger = question(asked), ledger_of(request)
    rows = Rows("series", (int,), numbered(lambda: ledger.series(wanted)), lambda row: (row[0],), lambda row: series_record(row[1]), _write)
    return answered(request, rows, asked)


def _write(rows: Iterable[tuple[int, Series]], form: Form, out: TextIO) -> None:
    write_series((series for _, series in rows), form.value, out)
