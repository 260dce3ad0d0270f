"""Errors told to whoever asks: pages to people, one shape of JSON to programs."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode, urlsplit

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from according.errors import AccordingError, BadQuestion, BadRecord, ChangedMeanwhile, LedgerError, NotInLedger, SetupError, TooLarge
from according.web.rendering import page
from according.web.site import person_of

#: Errors of ours by the status they are told with; the first that fits.
_STATUS: tuple[tuple[type[AccordingError], int], ...] = (
    (NotInLedger, 404), (ChangedMeanwhile, 409), (BadQuestion, 400), (BadRecord, 400), (LedgerError, 503), (SetupError, 503),
    (TooLarge, 413), (AccordingError, 400),
)  # fmt: skip
_CODES = {400: "bad_request", 401: "who_are_you", 403: "not_allowed", 404: "not_found", 405: "wrong_method", 409: "changed_meanwhile",
          413: "too_large", 415: "wrong_type", 421: "wrong_host", 422: "bad_request", 503: "unavailable"}  # fmt: skip


def attach(app: FastAPI) -> None:
    """Have the application answer errors so."""
    app.add_exception_handler(AccordingError, _ours)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)


def problem(status: int, message: str, **more: Any) -> Response:
    """The one shape of errors of the API: ``{"error": {"code", "message", ...}}``."""
    told = json.dumps({"error": {"code": _CODES.get(status, "failed"), "message": message, **more}}, ensure_ascii=False)
    return Response(told.encode("utf-8", "replace"), status, media_type="application/json")  # half a character that was sent has no UTF-8


async def _ours(request: Request, error: Exception) -> Response:
    status = next(status for kind, status in _STATUS if isinstance(error, kind))
    return _answer(request, status, str(error))


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    wrong = [{"where": _where(part), "message": part["msg"].removeprefix("Value error, ")} for part in error.errors()]
    message = "; ".join(f"{part['where']}: {part['message']}" for part in wrong)
    return _answer(request, 400, message, problems=wrong)


def _where(part: dict[str, Any]) -> str:
    """Which of what was sent is wrong; of JSON that cannot be read, all of it."""
    inner = part["loc"][1:] if part["type"] != "json_invalid" else ()
    return ".".join(map(str, inner)) or str(part["loc"][0])


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 401 and not _by_program(request):
        return _to_login(request)
    answer = _answer(request, error.status_code, str(error.detail))
    answer.headers.update(error.headers or {})
    return answer


def broken(request: Request) -> Response:
    """Something of ours that should not have been."""
    return _answer(request, 500, "Something went wrong here; whoever runs the site finds it in what `according serve` printed.")


def refused(request: Request, status: int, message: str) -> Response:
    """What no page of ours sends."""
    return problem(status, message) if _by_program(request) else PlainTextResponse(message + "\n", status)


def _to_login(request: Request) -> Response:
    """From which one comes back to the page; htmx is told so, since it would put the form in the place of a part."""
    by_part = "hx-request" in request.headers
    asked = urlsplit(request.headers.get("hx-current-url", "/") if by_part else str(request.url))
    path = asked.path + (f"?{asked.query}" if asked.query else "") if by_part or request.method in ("GET", "HEAD") else "/"
    address = f"/login?{urlencode({'next': path})}"
    return Response(status_code=401, headers={"hx-redirect": address}) if by_part else RedirectResponse(address, 303)


def _answer(request: Request, status: int, message: str, **more: Any) -> Response:
    if _by_program(request):
        return problem(status, message, **more)
    return page(request, "error.html", status, message=message, code=status, known=person_of(request) is not None)


def _by_program(request: Request) -> bool:
    return request.url.path.startswith("/api/")
