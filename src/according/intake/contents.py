"""What lies in a stream of bytes, told by its beginning: one document, lines of JSON, a zip, a gzip or a web archive, and in each again."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import PurePosixPath
from typing import IO

from according.errors import IntakeError, TooLarge, Unsafe
from according.intake import archive, guard, limits, warc
from according.intake.items import Item, Refusal
from according.intake.limits import Budget

# In a folder or an archive only these are opened by name: what can be read, and what a person may take for a report and is told of.
_READ = frozenset(["", *(f".{s}" for s in "html htm xhtml shtml txt text json jsonl ndjson pdf zip gz warc xml rss atom".split())])
_TOLD = frozenset([".doc", ".docx", ".odt", ".rtf"])
# These never: they come along with saved pages, and some of them begin as pages do.
_OTHER = frozenset(
    f".{s}"
    for s in "css js mjs map png jpg jpeg gif svg webp avif ico bmp tif tiff mp3 mp4 m4a ogg webm wav avi mov woff woff2 ttf otf eot "
    "py c h java sh bat exe dll so md rst csv tsv log ini toml yaml yml lock sqlite db parquet kml gpx bz2 xz 7z rar tar".split()
)
_JUNK = "__MACOSX"
_PEEK = 4096
_LINES = frozenset([".jsonl", ".ndjson"])
_BLANKS = b" \t\r\n"
_BOM = b"\xef\xbb\xbf"
_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<!doctype\s+html|<html|<\?xml|<rss|<feed|<rdf)|%PDF-|WARC/1\.", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Source:
    """A stream, and what is known of it from where it lies."""

    where: str
    stream: io.BufferedReader
    name: str  # of the file or member, for its suffix
    taken: datetime | None = None
    seekable: bool = False
    depth: int = 0  # archives around it
    budget: Budget = field(default_factory=Budget)
    url: str | None = None
    media: str | None = None


def is_meant(name: str) -> bool:
    """Whether a file of this name in a folder or archive is to be looked at: not hidden, and of no kind that is never a report."""
    parts = PurePosixPath(name).parts
    hidden = any((part.startswith(".") and part != "..") or part == _JUNK for part in parts)
    return bool(parts) and not hidden and _suffix(name) not in _OTHER


def is_known(name: str) -> bool:
    """Whether the name's suffix alone says that the file is to be opened; of others the beginning is asked (:func:`is_page`)."""
    return _suffix(name) in _READ | _TOLD


def is_page(beginning: bytes) -> bool:
    """Whether a file of unknown suffix begins as a page, a feed, a PDF or a web archive does."""
    return bool(_PAGE.match(beginning))


def within(item: Item) -> Iterator[Item | Refusal]:
    """What lies in bytes that were fetched: themselves, or the documents in them where they are a container. Never raises."""
    source = Source(item.where, limits.filled(io.BytesIO(item.data)), item.where, item.taken, False)
    return items(replace(source, url=item.url, media=item.media))


def items(source: Source) -> Iterator[Item | Refusal]:
    """The documents in ``source``, in its order, and a refusal for each that cannot be had. Never raises."""
    try:
        yield from _items(source)
    except IntakeError as error:
        yield Refusal(source.where, error)
    except OSError as error:
        yield Refusal(source.where, IntakeError(f"{source.where}: {error.strerror or error}."))
    except Exception as error:  # whatever a hostile container makes its reader stumble over must not end the walk
        cause = f"{type(error).__name__}: {error}"
        yield Refusal(source.where, IntakeError(f"{source.where}: it cannot be read ({cause:.200})."))


def _items(source: Source) -> Iterator[Item | Refusal]:
    beginning = source.stream.peek(_PEEK)[:_PEEK]
    if beginning.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        yield from _zip(_deeper(source))
    elif beginning.startswith(b"\x1f\x8b"):
        inner = _deeper(source)
        stream = archive.gunzipped(inner.stream, inner.where, inner.budget)
        name = re.sub(r"\.gz$", "", inner.name, flags=re.IGNORECASE)
        yield from _items(replace(inner, stream=stream, name=name, seekable=False))
    elif warc.BEGINS.match(beginning):
        yield from warc.records(source.stream, source.where)
    elif _begins_object(beginning):
        yield from _json(source)
    else:
        yield _document(source)


def _deeper(source: Source) -> Source:
    if source.depth > limits.DEEPEST:
        raise Unsafe(f"{source.where}: archives lie in archives more than {limits.DEEPEST + 1} deep; unpack the outer ones first.")
    return replace(source, depth=source.depth + 1)


def _zip(source: Source) -> Iterator[Item | Refusal]:
    if source.seekable:
        yield from _members(source, source.stream)
    else:
        with archive.held(source.stream, source.where) as file:
            yield from _members(source, file)


def _members(source: Source, file: IO[bytes]) -> Iterator[Item | Refusal]:
    for member in archive.members(file, source.where, source.budget, is_meant):
        if isinstance(member, Refusal):
            yield member
        else:
            yield from _member(source, member)


def _member(source: Source, member: archive.Member) -> Iterator[Item | Refusal]:
    try:
        stream = member.opened()
        if not is_known(member.name) and not is_page(stream.peek(_PEEK)):
            return
    except IntakeError as error:
        yield Refusal(member.where, error)
        return
    yield from items(Source(member.where, stream, member.name, member.taken, False, source.depth, source.budget))


def _document(source: Source, read: bytes = b"") -> Item:
    """One document of all that is left; ``read`` was taken from the stream before."""
    # One byte more than allowed is enough to know that it is too much, whatever the length.
    data = read + source.stream.read(max(0, guard.MOST_BYTES + 1 - len(read)))
    if len(data) > guard.MOST_BYTES:
        raise TooLarge(
            f"{source.where}: more than the {guard.MOST_BYTES // 1_000_000} MB that one document may have; split it, or give JSON Lines."
        )
    return Item(source.where, data, source.taken, source.url, source.media)


def _begins_object(beginning: bytes) -> bool:
    return bool(re.match(rb'(?:\xef\xbb\xbf)?\s*\{\s*(?:"|\}|$)', beginning))


def _json(source: Source) -> Iterator[Item | Refusal]:
    """One object, or one a line: the latter where the first line is whole by its look and another begins after it, or by the name."""
    first, start = b"", 0
    while not first.strip(_BLANKS + _BOM) and (line := source.stream.readline(guard.MOST_BYTES + 1)):
        first, start = line, start + 1
    whole = first.removeprefix(_BOM).strip(_BLANKS)
    another = source.stream.peek(_PEEK).lstrip(_BLANKS).startswith(b"{")
    if (whole.endswith(b"}") and another) or (_suffix(source.name) in _LINES and whole != b"{"):
        yield from _lines(source, first.removeprefix(_BOM), start)
    else:
        yield _document(source, first)


def _lines(source: Source, first: bytes, start: int) -> Iterator[Item | Refusal]:
    number, line = start, first
    while line:
        place = f"{source.where}!/{number}"
        if len(line.rstrip(b"\r\n")) > guard.MOST_BYTES:
            while line and not line.endswith(b"\n"):
                line = source.stream.readline(guard.MOST_BYTES + 1)
            yield Refusal(place, TooLarge(f"{place}: more than the {guard.MOST_BYTES // 1_000_000} MB that one report may have."))
        elif line.strip(_BLANKS):
            yield Item(place, line.rstrip(b"\r\n"), source.taken)
        number, line = number + 1, source.stream.readline(guard.MOST_BYTES + 1)


def _suffix(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).suffix.lower()
