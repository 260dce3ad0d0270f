"""Errors told to whoever asks: pages to people, one shape of JSON to programs."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from according.errors import AccordingError, BadQuestion, BadRecord, LedgerError, NotInLedger
from according.web.rendering import page
from according.web.site import person_of

#: Errors of ours by the status they are told with; the first that fits.
_STATUS: tuple[tuple[type[AccordingError], int], ...] = (
    (NotInLedger, 404), (BadQuestion, 400), (BadRecord, 400), (LedgerError, 503), (AccordingError, 400),
)  # fmt: skip
_CODES = {400: "bad_request", 401: "who_are_you", 403: "not_allowed", 404: "not_found", 405: "wrong_method", 409: "changed_meanwhile",
          413: "too_large", 422: "bad_request", 503: "ledger_unavailable"}  # fmt: skip


def attach(app: FastAPI) -> None:
    """Have the application answer errors so."""
    app.add_exception_handler(AccordingError, _ours)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)


def problem(status: int, message: str, **more: Any) -> JSONResponse:
    """The one shape of errors of the API: ``{"error": {"code", "message", ...}}``."""
    return JSONResponse({"error": {"code": _CODES.get(status, "failed"), "message": message, **more}}, status)


async def _ours(request: Request, error: Exception) -> Response:
    status = next(status for kind, status in _STATUS if isinstance(error, kind))
    return _answer(request, status, str(error))


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    wrong = [{"where": ".".join(map(str, part["loc"][1:])), "message": part["msg"]} for part in error.errors()]
    message = "; ".join(f"{part['where']}: {part['message']}" for part in wrong)
    return _answer(request, 400, message, problems=wrong)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 401 and not _by_program(request):
        return RedirectResponse(f"/login?next={request.url.path}", 303)
    return _answer(request, error.status_code, str(error.detail))


def _answer(request: Request, status: int, message: str, **more: Any) -> Response:
    if _by_program(request):
        return problem(status, message, **more)
    return page(request, "error.html", status, message=message, code=status, known=person_of(request) is not None)


def _by_program(request: Request) -> bool:
    return request.url.path.startswith("/api/")
