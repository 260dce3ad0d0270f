"""The API told to programs: OpenAPI 3.1."""

from __future__ import annotations

from collections import Counter
from typing import Any

from fastapi import APIRouter, FastAPI, HTTPException, Request
from fastapi.openapi.utils import get_openapi
from starlette.responses import JSONResponse, Response

from according import __version__
from according.web.api import shapes

router = APIRouter()

ABOUT = (
    "Who says what happened, where, when, to whom and how many, each tied to the exact words. Lists take the same filters; all that are "
    "given must hold, of several values of one, any. They come in a fixed order and in pages: `next` is the `after` of those that come "
    "then."
)
#: What FastAPI tells of itself: our errors are another status, of another shape.
_NOT_OURS = ("HTTPValidationError", "ValidationError")


@router.get("/openapi.json", name="api_openapi", include_in_schema=False)
def openapi(request: Request) -> Response:
    """What the API offers, for programs."""
    return JSONResponse(document(request.app))


def document(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI of the application's API, made once."""
    if app.openapi_schema is None:
        app.openapi_schema = _made(app)
    return app.openapi_schema


def declared(request: Request) -> None:
    """Refuse parameters that an operation does not have: one that is mistyped would ask for something else. So would all but the last of
    one that has a single value. Raises 400.
    """
    operation = operations(request.app).get(request.scope["route"].name, {})
    known = {parameter["name"]: parameter["schema"] for parameter in operation.get("parameters", ()) if parameter["in"] == "query"}
    given = Counter(name for name, _ in request.query_params.multi_items())
    if unknown := sorted({*given} - {*known}):
        there = f"there are {', '.join(sorted(known))}" if known else "there are none"
        raise HTTPException(400, f"There is no parameter {', '.join(unknown)} here; {there}.")
    if several := sorted(name for name, times in given.items() if times > 1 and known[name].get("type") != "array"):
        raise HTTPException(400, f"{', '.join(several)} may be given once.")


def operations(app: FastAPI) -> dict[str, dict[str, Any]]:
    """The operations by their ids, which are the names of their routes."""
    return {operation["operationId"]: operation for path in document(app)["paths"].values() for operation in path.values()}


def _made(app: FastAPI) -> dict[str, Any]:
    made = get_openapi(title="According", version=__version__, description=ABOUT, routes=app.routes)
    for path in made["paths"].values():
        for operation in path.values():
            operation["responses"].pop("422", None)
    schemas = made["components"]["schemas"]
    for name in _NOT_OURS:
        schemas.pop(name, None)
    schemas["ReportGiven"] = shapes.ReportGiven.model_json_schema()
    made["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    made["security"] = [{}, {"token": []}]  # a site on this machine alone asks for none
    return made
