"""Explore: map, timeline and table, three views of one filter."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from according.web.asked import asked
from according.web.rendering import page

router = APIRouter()


@router.get("/", name="explore")
def explore(request: Request) -> Response:
    """The page; all of the filter is in its address."""
    return page(request, "explore.html", asked=asked(request.query_params))
