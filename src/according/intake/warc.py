"""Web archives (WARC 1.0 and 1.1): the pages, texts, documents and feeds in them, as they were answered.

The frame around the records is read here and not by a library: one that is damaged must cost no more than itself.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from fastwarc.stream_io import BrotliReader, ZstdReader

from according.errors import BadRecord, IntakeError, TooLarge, Truncated
from according.intake import guard
from according.intake.items import Item, Refusal

BEGINS = re.compile(rb"WARC/[01]\.\d+\s")
_LONGEST_LINE = 65_536
_MOST_LINES = 1_000  # of a record's headers
_STEP = 1 << 20
_DAMAGED = "what stands between its records is damaged; get it again, what was whole was read."
_KINDS = re.compile(
    r"text/(?:html|plain|xml|json)|application/(?:xhtml\+xml|pdf|x-pdf|json|[\w.-]+\+json|x-ndjson|jsonl|xml|rss\+xml|atom\+xml|rdf\+xml)"
)
_UNTOLD = frozenset(["", "application/octet-stream", "unknown", "binary/octet-stream"])  # then the content tells the kind
_READABLE = re.compile(rb"\s*(?:%PDF-|<!doctype html|<html|<\?xml|<rss|<feed|\{\s*\"|\[\s*\{)", re.IGNORECASE)
_ROBOTS = re.compile(r"https?://[^/]+/robots\.txt", re.IGNORECASE)

Headers = dict[str, str]


@dataclass(frozen=True, slots=True)
class _Record:
    headers: Headers  # names in lower case
    length: int  # of the block, in bytes

    @property
    def kind(self) -> str:
        return self.headers.get("warc-type", "").lower()


def records(stream: io.BufferedReader, where: str) -> Iterator[Item | Refusal]:
    """What the records of ``stream`` hold, in their order; ``where`` each lies ends in its number, counted from 1.

    Responses with status 200, resources and conversions are given; requests, metadata and revisits are not, nor pictures and scripts.
    Raises :class:`~according.errors.Truncated` after the last whole record where the archive is cut off.
    """
    number = 0
    while (line := _next(stream, where)) is not None:
        if isinstance(line, Refusal):
            yield line
            continue
        number += 1
        place = f"{where}!/{number}"
        try:
            item = _item(stream, where, place)
        except (TooLarge, BadRecord) as error:
            yield Refusal(place, error)
            continue
        if item is not None:
            yield item


def _next(stream: io.BufferedReader, where: str) -> bytes | Refusal | None:
    """The line that begins the next record; a refusal where there is something else, up to the next record; ``None`` at the end."""
    lost = False
    while line := stream.readline(_LONGEST_LINE):
        if BEGINS.match(line):
            return line
        if not lost and line.strip():
            lost = True
        if lost and BEGINS.match(stream.peek(10)):
            return Refusal(where, IntakeError(f"{where}: {_DAMAGED}"))
    return Refusal(where, Truncated(f"{where}: {_DAMAGED}")) if lost else None


def _item(stream: io.BufferedReader, where: str, place: str) -> Item | None:
    record = _record(stream, where, place)
    if record.kind not in ("response", "resource", "conversion"):
        _skip(stream, record.length, where)
        return None
    if record.length > guard.MOST_BYTES:
        _skip(stream, record.length, where)
        raise TooLarge(f"{place}: more than the {guard.MOST_BYTES // 1_000_000} MB that one document may have.")
    block = stream.read(record.length)
    if len(block) < record.length:
        raise Truncated(f"{where}: the web archive is cut off in the middle of a record; get it again.")
    item = Item(place, block, _date(record.headers.get("warc-date", "")), _url(record.headers), _media(record.headers))
    if item.url and _ROBOTS.fullmatch(item.url):
        return None
    if record.kind == "response":
        return _answer(item)
    return item if _wanted(item) else None


def _record(stream: io.BufferedReader, where: str, place: str) -> _Record:
    headers = _headers(stream)
    if headers is None:
        raise Truncated(f"{where}: the web archive is cut off in the middle of a record; get it again.")
    length = headers.get("content-length", "")
    if not re.fullmatch(r"\d{1,18}", length, re.ASCII):
        raise BadRecord(f"{place}: the record does not tell its length; it was left out.")
    return _Record(headers, int(length))


def _headers(stream: io.BufferedReader | io.BytesIO) -> Headers | None:
    """Header fields up to the empty line; ``None`` where that does not come."""
    found: Headers = {}
    last = ""
    for _ in range(_MOST_LINES):
        line = stream.readline(_LONGEST_LINE)
        if line in (b"\r\n", b"\n"):
            return found
        if not line:
            return None
        text = line.decode("utf-8", "replace").rstrip("\r\n")
        if text[:1] in (" ", "\t") and last:
            found[last] += " " + text.strip()
        elif ":" in text:
            name, _, value = text.partition(":")
            last = name.strip().lower()
            found.setdefault(last, value.strip())
    return None


def _skip(stream: io.BufferedReader, length: int, where: str) -> None:
    while length > 0:
        data = stream.read(min(length, _STEP))
        if not data:
            raise Truncated(f"{where}: the web archive is cut off in the middle of a record; get it again.")
        length -= len(data)


def _url(headers: Headers) -> str | None:
    found = headers.get("warc-target-uri", "").strip().removeprefix("<").removesuffix(">")
    return found if re.match(r"https?://", found, re.IGNORECASE) else None


def _media(headers: Headers) -> str | None:
    return headers.get("content-type", "").partition(";")[0].strip().lower() or None


def _date(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


def _wanted(item: Item) -> bool:
    if (item.media or "") in _UNTOLD:
        return bool(_READABLE.match(item.data[:1000]))
    return bool(_KINDS.fullmatch(item.media or ""))


def _answer(item: Item) -> Item | None:
    """The page in an HTTP answer, its codings undone; ``None`` for another status than 200 and for pictures and the like."""
    if item.media != "application/http" or not re.match(rb"HTTP/\d(?:\.\d)? 200\b", item.data[:20]):
        return None
    block = io.BytesIO(item.data)
    block.readline(_LONGEST_LINE)
    headers = _headers(block)
    if headers is None:
        raise BadRecord(f"{item.where}: the answer's header does not end; it was left out.")
    told = replace(item, data=b"", media=_media(headers))
    if (told.media or "") not in _UNTOLD and not _wanted(told):
        return None
    found = replace(told, data=_decoded(block.read(), headers, item.where))
    return found if _wanted(found) else None


def _decoded(body: bytes, headers: Headers, where: str) -> bytes:
    """The body without its transfer and content codings; one that an archiver undid and left in the header is no error."""
    if "chunked" in headers.get("transfer-encoding", "").lower():
        body = _joined(body)
    for coding in reversed(headers.get("content-encoding", "").lower().replace(" ", "").split(",")):
        if coding and coding != "identity":
            body = _undone(body, coding, where)
    return body


def _joined(body: bytes) -> bytes:
    """The chunks of a body in one; the body itself where it is in none."""
    out: list[bytes] = []
    at = 0
    while match := _CHUNK.match(body, at):
        size = int(match.group(1), 16)
        if size == 0:
            return b"".join(out)
        out.append(body[match.end() : match.end() + size])
        at = match.end() + size
    return b"".join(out) if out and at >= len(body) else body


_CHUNK = re.compile(rb"(?:\r?\n)?([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]{0,1000})?\r?\n")


def _undone(body: bytes, coding: str, where: str) -> bytes:
    try:
        if coding in ("gzip", "x-gzip"):
            found = zlib.decompressobj(wbits=31).decompress(body, guard.MOST_BYTES + 1) if body.startswith(b"\x1f\x8b") else body
        elif coding == "deflate":
            found = _inflated(body)
        elif coding == "br":
            found = bytes(BrotliReader(io.BytesIO(body)).read(guard.MOST_BYTES + 1))
        elif coding == "zstd":
            found = bytes(ZstdReader(io.BytesIO(body)).read(guard.MOST_BYTES + 1))
        else:
            raise BadRecord(f"{where}: the page is coded as {coding!r:.40}, which is not known here; it was left out.")
    except (zlib.error, OSError):
        if _READABLE.match(body):  # the archiver undid the coding and left the header as it was
            return body
        raise BadRecord(f"{where}: the page's {coding} coding is damaged; it was left out.") from None
    if len(found) > guard.MOST_BYTES:
        raise TooLarge(f"{where}: more than the {guard.MOST_BYTES // 1_000_000} MB that one document may have.")
    return found


def _inflated(body: bytes) -> bytes:
    """Deflated bytes, with zlib's frame or, as many servers send them, without."""
    try:
        return zlib.decompressobj().decompress(body, guard.MOST_BYTES + 1)
    except zlib.error:
        return zlib.decompressobj(wbits=-15).decompress(body, guard.MOST_BYTES + 1)
