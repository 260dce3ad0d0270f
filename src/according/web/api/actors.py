"""Which actors of the table words name."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import JSONResponse, Response

from according.actors.resolving import SURE, Match, Resolver
from according.actors.table import actor
from according.records import Record
from according.web.api import shapes
from according.web.api.filters import AskedActors

router = APIRouter(tags=["actors"])


@router.get("/actors", name="api_actors", response_model=shapes.Page[shapes.Named], responses=shapes.problems(400, 401, 403, 503))
def actors(request: Request, asked: Annotated[AskedActors, Query()]) -> Response:
    """Of each of the words the actors that they may name in a report on these countries in that year, the surest first."""
    resolver = Resolver(Counter(code.upper() for code in asked.country), asked.year)
    return JSONResponse({"items": [_named(resolver, words, asked.speaker) for words in asked.q], "next": None})


def _named(resolver: Resolver, words: str, speaker: str | None) -> Record:
    known = actor(words)
    found = [Match(known, 1.0, "id")] if known else resolver.candidates(words, speaker)
    sure = len(found) == 1 and found[0].score >= SURE
    return {"words": words, "matches": [{**_record(match), "sure": sure} for match in found]}


def _record(match: Match) -> Record:
    row = match.actor
    return {
        **{name: getattr(row, name) for name in ("id", "name")},
        "role": row.role.value,
        "kind": row.kind.value,
        "countries": list(row.countries),
        "from": row.years.first,
        "to": row.years.last,
        "parent": row.parent,
        "score": match.score,
        "by": match.by,
    }
