"""What people decided, of claims and of events."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from according.errors import BadQuestion
from according.events.deciding import EventDecision
from according.ledger.deciding import Decision
from according.ledger.ledger import Ledger
from according.records import Record, claim_record
from according.web.api import shapes
from according.web.api.filters import AskedDecisions, DecisionsOf
from according.web.api.listing import Rows, answered
from according.web.site import ledger_of

router = APIRouter(tags=["decisions"])


@router.get(
    "/decisions",
    name="api_decisions",
    response_model=shapes.Page[shapes.Decision | shapes.EventDecision],
    responses=shapes.problems(400, 401, 403, 404, 503),
)
def decisions(request: Request, asked: Annotated[AskedDecisions, Query()]) -> Response:
    """What people decided, the oldest first: on claims, or with `of=events` merges and splits."""
    ledger = ledger_of(request)
    if asked.of is DecisionsOf.EVENTS:
        if asked.report is not None or asked.claim is not None:
            raise BadQuestion("report and claim narrow decisions on claims, not those on events.")
        return answered(request, _of_events(ledger), asked)
    return answered(request, _of_claims(ledger, asked.report, asked.claim), asked)


def decision_record(key: str, decision: Decision) -> Record:
    """A decision on a claim of the report of this key."""
    return {
        "number": decision.number,
        "claim": decision.claim,
        "report": decision.report,
        "report_key": key,
        "verdict": decision.verdict.value,
        "person": decision.person,
        "decided": decision.decided,
        "note": decision.note,
        "seen": claim_record(decision.seen),
        "correction": claim_record(decision.correction) if decision.correction else None,
    }


def event_decision_record(number: int, decision: EventDecision) -> Record:
    """A merge or a split."""
    sides = {"one": decision.one, "other": decision.other}
    told = {side: [{"report_key": key, "claim": claim} for key, claim in refs] for side, refs in sides.items()}
    by = {name: getattr(decision, name) for name in ("person", "decided", "note")}
    return {"number": number, "verdict": decision.verdict.value, **by, **told}


def _of_claims(ledger: Ledger, report: str | None, claim: str | None) -> Rows[tuple[str, Decision]]:
    return Rows(
        "decisions on claims",
        (int,),
        lambda limit, after: ledger.claim_decisions(report=report, claim=claim, after=after[0] if after else 0),
        lambda row: (row[1].number,),
        lambda row: decision_record(*row),
    )


def _of_events(ledger: Ledger) -> Rows[tuple[int, EventDecision]]:
    return Rows(
        "decisions on events",
        (int,),
        lambda limit, after: ledger.numbered_event_decisions(after=after[0] if after else 0),
        lambda row: (row[0],),
        lambda row: event_decision_record(*row),
    )
