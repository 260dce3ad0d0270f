"""Lists as they are answered: a page of JSON with what leads to the next, or the whole as a file that is written as it goes."""

from __future__ import annotations

import base64
import binascii
import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any, Generic, TextIO, TypeVar
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from according.errors import BadQuestion
from according.portions import portions
from according.records import Record
from according.web.api.filters import Form, Listing, Paging

T = TypeVar("T")

#: What OpenAPI tells of a list's files.
FILES: dict[int | str, dict[str, Any]] = {200: {"content": {"application/x-ndjson": {}, "text/csv": {}}}}
#: Where a row stands in its list: what the list is to be asked for to go on after it.
Mark = tuple[str | int, ...]
_AT_ONCE = 200
MEDIA = {Form.JSONL: "application/x-ndjson", Form.CSV: "text/csv"}


@dataclass(frozen=True, slots=True)
class Rows(Generic[T]):
    """A list that can be asked for in parts. ``kinds`` are those of a mark's parts, ``told`` gives rows after one, all where it is none."""

    name: str
    kinds: tuple[type, ...]
    told: Callable[[int | None, Any], Iterable[T]]  # how many at the most, and the mark after which
    mark: Callable[[T], Mark | None]  # ``None``: nothing can come after it
    record: Callable[[T], Record]
    write: Callable[[Iterable[T], Form, TextIO], None] | None = None


def answered(request: Request, rows: Rows[T], asked: Paging) -> Response:
    """What was asked of the list. Raises ``BadQuestion``."""
    form = asked.format if isinstance(asked, Listing) else Form.JSON
    if form is Form.JSON:
        return _page(request, rows, asked)
    if asked.model_fields_set & {"limit", "after"}:
        raise BadQuestion(f"limit and after are for json; as {form} comes the whole answer.")
    assert rows.write is not None
    chunks = _chunks(rows.told(None, None), rows.write, form)
    first = next(chunks)  # what cannot be answered is told before the answer begins
    headers = {"content-disposition": f'attachment; filename="{rows.name}.{form}"'}
    return StreamingResponse(chain([first], chunks), headers=headers, media_type=MEDIA[form])


def numbered(told: Callable[[], Iterable[T]]) -> Callable[[int | None, Any], Iterator[tuple[int, T]]]:
    """A list that is always made whole, with each row's number; the mark is that number."""

    def rows(limit: int | None, after: Mark | None) -> Iterator[tuple[int, T]]:
        first = after[0] + 1 if after else 0  # type: ignore[operator]
        return islice(enumerate(told()), first, None if limit is None else first + limit)

    return rows


def _page(request: Request, rows: Rows[T], asked: Paging) -> Response:
    after = _mark(rows, asked.after) if asked.after is not None else None
    found = list(islice(rows.told(asked.limit + 1, after), asked.limit + 1))
    last = rows.mark(found[asked.limit - 1]) if len(found) > asked.limit else None
    cursor = None if last is None else _cursor(rows.name, last)
    headers = {} if cursor is None else {"link": f'<{request.url.path}?{_query(request, cursor)}>; rel="next"'}
    return JSONResponse({"items": [rows.record(row) for row in found[: asked.limit]], "next": cursor}, headers=headers)


def _query(request: Request, cursor: str) -> str:
    return urlencode([*((name, value) for name, value in request.query_params.multi_items() if name != "after"), ("after", cursor)])


def _cursor(name: str, mark: Mark) -> str:
    told = json.dumps([name, *mark], ensure_ascii=False, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(told).decode().rstrip("=")


def _mark(rows: Rows[Any], cursor: str) -> Mark:
    """Raises ``BadQuestion`` for what no answer of this list gave."""
    try:
        name, *mark = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
    except (ValueError, TypeError, RecursionError, binascii.Error):
        name, mark = None, []
    fits = len(mark) == len(rows.kinds) and all(type(part) is kind for part, kind in zip(mark, rows.kinds, strict=True))
    if name != rows.name or not fits or any(isinstance(part, int) and not 0 <= part < 2**63 for part in mark):
        raise BadQuestion("after is to be the `next` of an answer to the same list.")
    return tuple(mark)


def _chunks(rows: Iterable[T], write: Callable[[Iterable[T], Form, TextIO], None], form: Form) -> Iterator[str]:
    """A file in pieces; the head of a CSV stands in the first alone."""
    n = -1
    for n, some in enumerate(portions(rows, _AT_ONCE)):
        text = _written(some, write, form)
        yield text.partition("\r\n")[2] if n and form is Form.CSV else text
    if n < 0:
        yield _written([], write, form)


def _written(rows: Iterable[T], write: Callable[[Iterable[T], Form, TextIO], None], form: Form) -> str:
    out = io.StringIO(newline="")
    write(rows, form, out)
    return out.getvalue()
