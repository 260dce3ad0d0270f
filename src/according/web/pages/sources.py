"""Sources: each outlet, army and agency with what the ledger has of it; and the list of reports."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from fastapi import APIRouter, Request
from starlette.responses import Response

from according.actors.resolving import bearing
from according.actors.speakers import kind_of
from according.errors import BadQuestion, NotInLedger
from according.ledger import asking, cast
from according.ledger.answers import ReportRow, SourceRow
from according.ledger.question import OWN_VOICE, Question
from according.web.asked import Asked, asked
from according.web.rendering import page
from according.web.site import ledger_of
from according.web.turning import Turned, sort_of, turned

router = APIRouter()

#: Rows on one page.
_ROWS = 100
#: Speakers that are named of one source.
_QUOTED = 25
#: Ways to sort: names as they are written, numbers from the most, days from the first or from the last.
_SORTS: dict[str, Callable[[SourceRow], Any]] = {
    "reports": lambda s: -s.reports,
    "name": lambda s: (s.name is None, (s.name or "").casefold()),
    "independent": lambda s: -s.independent,
    "claims": lambda s: -s.claims,
    "first": lambda s: s.first.toordinal() if s.first else float("inf"),
    "last": lambda s: -s.last.toordinal() if s.last else float("inf"),
}


@router.get("/sources", name="sources")
def sources(request: Request) -> Response:
    """Who published what is in the ledger."""
    told = asked(request.query_params)
    sort = sort_of(told, _SORTS)
    rows = sorted(ledger_of(request).sources(told.question), key=_SORTS[sort])
    return page(request, "sources.html", asked=told, sort=sort, listed=turned(rows, told, "/sources", _ROWS))


@router.get("/source", name="source")
def source(request: Request) -> Response:
    """One source, named by the filter ``source``: whom it quotes, what it copies, its reports."""
    told = asked(request.query_params)
    if len(told.question.sources) != 1:
        raise BadQuestion("Name one source, as /source?source=… does.")
    ledger, [name] = ledger_of(request), told.question.sources
    rows = list(ledger.sources(Question(sources=(name,))))
    if not rows:
        raise NotInLedger(f"No report in this ledger is of a source called {name}.")
    names = [row.name for row in rows if row.name]
    with ledger.reading() as connection:
        quoted = cast.quoted(connection, Question(sources=(name,)), _QUOTED)
        copies, copiers = cast.copied(connection, names), cast.copied(connection, names, by=True)
        listed = _reports(connection, told, "/source")
    known = bearing(name)
    return page(
        request, "source.html", asked=told, name=name, row=_together(rows), known=known, kind=kind_of(name, known.id if known else None),
        own=sum(row.claims for row in ledger.sources(Question(sources=(name,), speakers=(OWN_VOICE,)))),
        quoted=quoted, copies=copies, copiers=copiers, listed=listed,
    )  # fmt: skip


@router.get("/reports", name="reports")
def reports(request: Request) -> Response:
    """The reports asked for, the newest first."""
    told = asked(request.query_params)
    with ledger_of(request).reading() as connection:
        listed = _reports(connection, told, "/reports")
    return page(request, "reports.html", asked=told, listed=listed)


def _reports(connection: sa.Connection, told: Asked, path: str) -> Turned[ReportRow]:
    """A page of reports. Its cursor is the key of the last one, so that what comes in meanwhile moves nothing."""
    after = (told.view or {}).get("after")
    rows = list(asking.reports(connection, replace(told.question, limit=_ROWS + 1), newest=True, after=after))
    following = told.address(path, after=rows[_ROWS - 1].key) if len(rows) > _ROWS else None
    return Turned(tuple(rows[:_ROWS]), None, told.address(path, after=None) if after else None, following)


def _together(rows: Sequence[SourceRow]) -> SourceRow:
    """Spellings of one name as one source."""
    first = min((row.first for row in rows if row.first), default=None)
    last = max((row.last for row in rows if row.last), default=None)
    reports, independent, claims = (sum(getattr(row, name) for row in rows) for name in ("reports", "independent", "claims"))
    return SourceRow(rows[0].name, reports, independent, claims, first, last)
