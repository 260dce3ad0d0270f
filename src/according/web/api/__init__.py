"""The HTTP API: one module a noun."""

from __future__ import annotations

from fastapi import APIRouter, Depends
from fastapi.routing import APIRoute

from according.web.api import actors, claims, coding, decisions, events, figures, holdings, openapi, reports, series, sources, status
from according.web.api.openapi import declared


def _id(route: APIRoute) -> str:
    return route.name


ROUTER = APIRouter(prefix="/api/v1", dependencies=[Depends(declared)], generate_unique_id_function=_id)
for _noun in (reports, claims, figures, sources, events, series, holdings, decisions, actors, coding, status, openapi):
    ROUTER.include_router(_noun.router)
