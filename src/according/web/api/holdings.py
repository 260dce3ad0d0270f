"""Who held which place, from when to when, according to whom."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, TextIO

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from according.events.holdings import Holding, held
from according.formats.event_records import holding_record
from according.formats.events import write_holdings
from according.ledger.ledger import Ledger
from according.web.api import shapes
from according.web.api.filters import AskedHoldings, Form, question
from according.web.api.listing import FILES, Rows, answered, numbered
from according.web.site import ledger_of

router = APIRouter(tags=["events"])


@router.get(
    "/holdings",
    name="api_holdings",
    response_model=shapes.Page[shapes.Holding],
    responses=FILES | shapes.problems(400, 401, 403, 404, 503),
)
def holdings(request: Request, asked: Annotated[AskedHoldings, Query()]) -> Response:
    """Who held which place on a day, or with `history` each place's spells, from what was published by then."""
    ledger = ledger_of(request)
    rows = Rows(
        "holdings", (int,), numbered(lambda: _told(ledger, asked)), lambda row: (row[0],), lambda row: holding_record(row[1]), _write
    )
    return answered(request, rows, asked)


def _told(ledger: Ledger, asked: AskedHoldings) -> list[Holding]:
    as_of, as_known = (date.fromisoformat(day) if day else None for day in (asked.as_of, asked.as_known))
    found = ledger.holdings(question(asked), as_known)
    day = as_of or max((day for h in found for day in (h.last, h.until) if day), default=None)
    return found if asked.history or day is None else held(found, day)


def _write(rows: Iterable[tuple[int, Holding]], form: Form, out: TextIO) -> None:
    write_holdings((holding for _, holding in rows), form.value, out)
