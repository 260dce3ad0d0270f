"""The audit, for admins: who did what when, the newest first."""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from according.web.rendering import page
from according.web.site import ledger_of

router = APIRouter()
_A_PAGE = 100


@router.get("/audit", name="audit")
def audit(request: Request, before: Annotated[int | None, Query(ge=1, le=2**53)] = None) -> Response:
    people = ledger_of(request).people
    rows = people.latest(_A_PAGE, before)
    details = {row.n: _detail(row.detail) for row in rows}
    older = rows[-1].n if rows and rows[-1].n > 1 else None
    return page(request, "audit.html", rows=rows, details=details, names=people.names(), head=people.head(), older=older, newer=before)


def _detail(told: str) -> dict[str, Any]:
    """What a row tells besides, as it stands where somebody wrote something else there."""
    try:
        read = json.loads(told)
    except ValueError:
        read = None
    return read if isinstance(read, dict) else {"as it stands": told}
