"""Sources, with how much of each the ledger has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Annotated, TextIO

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from according.formats import answers
from according.ledger.answers import SourceRow
from according.ledger.ledger import Ledger
from according.ledger.question import Question
from according.web.api import shapes
from according.web.api.filters import AskedList, Form, question
from according.web.api.listing import FILES, Rows, answered
from according.web.site import ledger_of

router = APIRouter(tags=["reports"])


@router.get(
    "/sources", name="api_sources", response_model=shapes.Page[shapes.Source], responses=FILES | shapes.problems(400, 401, 403, 404, 503)
)
def sources(request: Request, asked: Annotated[AskedList, Query()]) -> Response:
    """The sources of the reports that are asked for, in the order of their names: how many reports and claims, from when to when."""
    return answered(request, _rows(ledger_of(request), question(asked)), asked)


def _rows(ledger: Ledger, asked: Question) -> Rows[SourceRow]:
    return Rows(
        "sources",
        (str,),
        lambda limit, after: ledger.sources(replace(asked, limit=limit), after=after[0] if after else None),
        lambda row: None if row.name is None else (row.name,),  # those without a name are one row, the last
        lambda row: answers.plain_record("sources", row),
        _write,
    )


def _write(rows: Iterable[SourceRow], form: Form, out: TextIO) -> None:
    answers.WRITERS[form.value]("sources", rows, out)
