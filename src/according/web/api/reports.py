"""Reports, with and without their texts, and their claims."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Annotated, TextIO

from fastapi import APIRouter, Query, Request
from starlette.responses import JSONResponse, Response

from according.formats import answers
from according.ledger.answers import ReportRow
from according.ledger.ledger import Ledger
from according.ledger.question import Question
from according.records import Record
from according.web.api import claims, shapes
from according.web.api.filters import AskedList, AskedOfReport, Form, question
from according.web.api.listing import FILES, Rows, answered
from according.web.site import ledger_of

router = APIRouter(tags=["reports"])


@router.get(
    "/reports", name="api_reports", response_model=shapes.Page[shapes.Report], responses=FILES | shapes.problems(400, 401, 403, 404, 503)
)
def reports(request: Request, asked: Annotated[AskedList, Query()]) -> Response:
    """The reports that are asked for, or that hold claims asked for, in the order of publication. `q` looks in titles and texts."""
    return answered(request, _rows(ledger_of(request), question(asked)), asked)


@router.get("/reports/{key}", name="api_report", response_model=shapes.WholeReport, responses=shapes.problems(400, 401, 403, 404, 503))
def report(request: Request, key: str) -> Response:
    """One report with its text, by its key, or by its id: then of several versions the newest."""
    return JSONResponse(_whole(ledger_of(request), key))


@router.get(
    "/reports/{key}/claims",
    name="api_report_claims",
    response_model=shapes.Page[shapes.ClaimItem],
    responses=FILES | shapes.problems(400, 401, 403, 404, 503),
)
def claims_of_report(request: Request, key: str, asked: Annotated[AskedOfReport, Query()]) -> Response:
    """The claims of one report, in the order of its text."""
    ledger = ledger_of(request)
    own = Question(reports=(ledger.beside(key).report.key,), rejected=asked.rejected, withdrawn=asked.withdrawn)
    return answered(request, claims.rows(ledger, own), asked)


def _rows(ledger: Ledger, asked: Question) -> Rows[ReportRow]:
    return Rows(
        "reports",
        (str,),
        lambda limit, after: ledger.reports(replace(asked, limit=limit), after=after[0] if after else None),
        lambda row: (row.key,),
        lambda row: answers.plain_record("reports", row),
        _write,
    )


def _whole(ledger: Ledger, key: str) -> Record:
    row, read = ledger.beside(key).report, ledger.report(key)
    return {
        **answers.plain_record("reports", row),
        **{name: getattr(read, name) for name in ("text", "text_sha256", "raw_sha256", "extractor")},
        "stretches": _stretches(read.pages),
        "furniture": _stretches(read.furniture),
    }


def _stretches(told: Iterable[tuple[int, int]]) -> list[Record]:
    return [{"start": start, "end": end} for start, end in told]


def _write(rows: Iterable[ReportRow], form: Form, out: TextIO) -> None:
    answers.WRITERS[form.value]("reports", rows, out)
