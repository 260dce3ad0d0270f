"""Claims, one by one and as they are asked for, and decisions on them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Annotated, TextIO

from fastapi import APIRouter, Query, Request
from starlette.responses import JSONResponse, Response

from according.formats import FORMATS
from according.formats.answers import coded
from according.ledger.answers import Cited, ClaimRow
from according.ledger.deciding import Verdict
from according.ledger.ledger import Ledger
from according.ledger.question import Question
from according.model import Claim
from according.records import Record, claim_from, claim_record
from according.web.api import shapes
from according.web.api.decisions import decision_record
from according.web.api.filters import AskedList, Form, Words, question
from according.web.api.listing import FILES, Rows, answered
from according.web.site import ledger_of, person_of

router = APIRouter(tags=["claims"])

OfReport = Annotated[Words, Query(description="The id or key of the claim's report: reports of one text have claims of one id.")]


@router.get(
    "/claims", name="api_claims", response_model=shapes.Page[shapes.ClaimItem], responses=FILES | shapes.problems(400, 401, 403, 404, 503)
)
def claims(request: Request, asked: Annotated[AskedList, Query()]) -> Response:
    """The claims that are asked for, in the order of their reports' publication, then of the text."""
    return answered(request, rows(ledger_of(request), question(asked)), asked)


@router.get("/claims/{id}", name="api_claim", response_model=shapes.ClaimDossier, responses=shapes.problems(400, 401, 403, 404, 503))
def claim(request: Request, id: str, report: OfReport) -> Response:
    """One claim as it stands now, with all that was decided of it."""
    return JSONResponse(_dossier(ledger_of(request), id, report))


@router.post(
    "/claims/{id}/decisions",
    name="api_decide",
    status_code=201,
    response_model=shapes.ClaimDossier,
    responses=shapes.problems(400, 401, 403, 404, 409, 413, 503),
)
def decide(request: Request, id: str, report: OfReport, given: shapes.DecisionGiven) -> Response:
    """Say of a claim that it is right, wrong, to be told otherwise, or that you are not sure; or take back what you said last.

    The claim as it stands afterwards. 409 where somebody decided on it after what you saw.
    """
    person = person_of(request)
    assert person is not None  # the policy lets nobody in here who did not say who he is
    corrected = _claim(given.correction) if given.correction else None
    ledger = ledger_of(request)
    ledger.decide(id, Verdict(given.verdict), report=report, person=person.name, correction=corrected, note=given.note, last=given.seen)
    return JSONResponse(_dossier(ledger, id, report), 201)


def rows(ledger: Ledger, asked: Question) -> Rows[ClaimRow]:
    return Rows(
        "claims",
        (str, str),
        lambda limit, after: ledger.claims(replace(asked, limit=limit), after=after),
        lambda row: (row.report.key, row.claim.id),
        claim_item,
        _write,
    )


def claim_item(row: ClaimRow) -> Record:
    """A claim with its report, and how it stands."""
    standing = {name: getattr(row, name) for name in ("page", "verdict", "corrected", "withdrawn")}
    return {"claim": claim_record(row.claim), "report": cited_record(row.report), **standing}


def cited_record(cited: Cited) -> Record:
    told = {name: getattr(cited, name) for name in ("key", "id", "title", "outlet", "source", "url")}
    return {**told, "published": cited.published.isoformat() if cited.published else None, "replaced": cited.replaced, "copy": cited.copy}


def _dossier(ledger: Ledger, id: str, report: str) -> Record:
    row = ledger.claim(id, report=report)
    key = row.report.key
    event = ledger.events_of(key).get(id)
    decided = [decision_record(key, decision) for key, decision in ledger.claim_decisions(report=key, claim=id)]
    return {**claim_item(row), "event": event.event if event else None, "decisions": decided}


def _claim(given: shapes.Claim) -> Claim:
    return claim_from(given.model_dump(by_alias=True, mode="json"))


def _write(rows: Iterable[ClaimRow], form: Form, out: TextIO) -> None:
    FORMATS[form.value].write_claims(coded(rows), out)
