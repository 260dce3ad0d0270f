"""Which According answers, and what its ledger holds."""

from __future__ import annotations

from dataclasses import asdict

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from according.events.version import version
from according.ingest.versions import running
from according.web.api import shapes
from according.web.site import ledger_of

router = APIRouter(tags=["status"])

#: Counts of the ledger by their names here.
_COUNTS = {
    "reports": "reports", "replaced": "of them replaced", "copies": "of them copies", "sources": "sources", "claims": "claims",
    "figures": "figures", "decisions": "decisions",
}  # fmt: skip


@router.get("/status", name="api_status", response_model=shapes.StatusOf, responses=shapes.problems(400, 401, 403, 503))
def status(request: Request) -> Response:
    """The versions of According, its model, tables, gazetteer and ledger, and counts of what the ledger holds."""
    held = ledger_of(request).status()
    versions = {**asdict(running()), "grouping": version(), "schema": held.schema}
    counts = {name: held.rows[row] for name, row in _COUNTS.items()}
    return JSONResponse({"versions": versions, "counts": counts, "coded_by": held.versions})
