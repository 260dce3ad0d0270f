"""Figures: how many of whom, each with who says it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Annotated, TextIO

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from according.formats import answers
from according.ledger.answers import FigureRow
from according.ledger.ledger import Ledger
from according.ledger.question import Question
from according.web.api import shapes
from according.web.api.claims import cited_record
from according.web.api.filters import AskedList, Form, question
from according.web.api.listing import FILES, Rows, answered
from according.web.site import ledger_of

router = APIRouter(tags=["claims"])


@router.get(
    "/figures",
    name="api_figures",
    response_model=shapes.Page[shapes.FigureItem],
    responses=FILES | shapes.problems(400, 401, 403, 404, 503),
)
def figures(request: Request, asked: Annotated[AskedList, Query()]) -> Response:
    """The figures of the claims that are asked for, and of the measures, in the order of the claims."""
    return answered(request, _rows(ledger_of(request), question(asked)), asked)


def _rows(ledger: Ledger, asked: Question) -> Rows[FigureRow]:
    return Rows(
        "figures",
        (str, str, int),
        lambda limit, after: ledger.figures(replace(asked, limit=limit), after=after),
        lambda row: (row.report.key, row.claim.id, row.position),
        lambda row: {"figure": answers.figure_record(row), "report": cited_record(row.report), "page": row.page},
        _write,
    )


def _write(rows: Iterable[FigureRow], form: Form, out: TextIO) -> None:
    answers.WRITERS[form.value]("figures", rows, out)
