"""A text read and coded while one waits. Nothing of it is kept."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from email.message import Message
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.responses import JSONResponse, Response

from according import intake
from according.errors import NotText
from according.model import Claim, Report
from according.records import Record, claim_record
from according.web.api import shapes

router = APIRouter(tags=["coding"])

#: Characters of a report: at about ten thousand a second, so long may one wait.
MOST = 200_000
#: So many may wait for their turn; more are asked to come again.
_WAITING = 8
_turn, _places = threading.Lock(), threading.BoundedSemaphore(_WAITING)


async def sent(request: Request) -> bytes:
    """The body. Raises 413 once it is longer than any report that is taken."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > 8 * MOST:  # characters of JSON may be written with six bytes
            raise _too_long()
    return bytes(body)


@router.post(
    "/code",
    name="api_code",
    response_model=shapes.Coded,
    responses=shapes.problems(400, 401, 403, 413, 415, 503),
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "text/plain": {"schema": {"type": "string", "minLength": 1, "pattern": shapes.NO_NUL}},
                "application/json": {"schema": {"$ref": "#/components/schemas/ReportGiven"}},
            },
        }
    },
)
def code(request: Request, body: Annotated[bytes, Depends(sent)]) -> Response:
    """The claims of a report in English, which is a plain text in UTF-8, or a JSON object with its text and what is known of it.

    The text is kept to the letter, so that the claims' offsets hold for you; nothing is written to the ledger.
    """
    report = _report(request.headers.get("content-type", ""), body)
    if len(report.text) > MOST:
        raise _too_long()
    return JSONResponse({"report": _record(report), "claims": [claim_record(claim) for claim in _claims(report)]})


def _report(kind: str, body: bytes) -> Report:
    """Raises 415, ``RequestValidationError`` and ``IntakeError``."""
    told = Message()
    told["content-type"] = kind
    if told.get_content_type() == "application/json":
        return _given(body)
    if kind and told.get_content_type() == "text/plain":
        return intake.from_text(_text(body, told.get_content_charset("utf-8")))
    raise HTTPException(415, "A report is sent as text/plain or as application/json.")


def _text(body: bytes, charset: str) -> str:
    """Raises ``NotText``."""
    try:
        text = body.decode(charset)
    except (ValueError, LookupError) as error:  # also of codecs that are none of texts
        raise NotText(f"The text is not in {charset} ({error}); send it in UTF-8.") from error
    if "\0" in text:
        raise NotText("The text holds a NUL character; leave it out.")
    return text


def _given(body: bytes) -> Report:
    """Raises ``RequestValidationError``."""
    try:
        given = shapes.ReportGiven.model_validate_json(body)
    except ValidationError as error:
        raise RequestValidationError([{**part, "loc": ("body", *part["loc"])} for part in error.errors()]) from error
    fields = given.model_dump(exclude={"text", "published"}, exclude_none=True)
    return intake.from_text(given.text, published=date.fromisoformat(given.published) if given.published else None, **fields)


def _claims(report: Report) -> tuple[Claim, ...]:
    from according import pipeline  # loads the model's libraries, when the first report is sent

    with _one_by_one():
        return pipeline.claims(report)


@contextmanager
def _one_by_one() -> Iterator[None]:
    """One report is read at a time: the model is loaded once, and reading keeps a processor busy."""
    if not _places.acquire(blocking=False):
        raise HTTPException(503, f"{_WAITING} reports are waiting to be read already; send yours again in a minute.", {"retry-after": "60"})
    try:
        with _turn:
            yield
    finally:
        _places.release()


def _record(report: Report) -> Record:
    told = {name: getattr(report, name) for name in ("id", "title", "source", "byline", "url", "language")}
    published = report.published.isoformat() if report.published else None
    return {**told, "published": published, "characters": len(report.text), "notes": list(report.notes)}


def _too_long() -> HTTPException:
    return HTTPException(413, f"The report is longer than {MOST:,} characters; `according ingest` takes long ones.")
