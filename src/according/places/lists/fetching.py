"""Fetching a country's places from GeoNames: streamed to the disk, resumed where it was cut off, checked before it is used."""

from __future__ import annotations

import os
import re
import time
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO

import httpx2

from according import __version__
from according.errors import FetchFailed
from according.places.lists import sources
from according.places.lists.sources import File, Source

GEONAMES = "https://download.geonames.org/export/dump"
CREDIT = "GeoNames (geonames.org)"
LICENCE = "CC BY 4.0"
#: Seconds before each further try.
PAUSES = (1.0, 3.0, 9.0, 27.0)
_TIMEOUT = httpx2.Timeout(60.0, connect=15.0)
_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")

#: Told the name of what is fetched, the bytes that are there, and how many there will be, if that is known.
Watch = Callable[[str, int, int | None], None]


def country(code: str, added: str, watch: Watch) -> Source:
    """The places of a country, in the folder ``sources.incoming()``: GeoNames' dump and its file of alternate names.

    Raises ``FetchFailed`` where they do not come; what came is kept there, and the next call goes on from it.
    """
    base = os.environ.get("ACCORDING_GEONAMES_URL", GEONAMES).rstrip("/")
    with httpx2.Client(timeout=_TIMEOUT, follow_redirects=True, headers={"User-Agent": f"according/{__version__}"}) as client:
        urls = {"places": f"{base}/{code}.zip", "names": f"{base}/alternatenames/{code}.zip"}
        parts = {kind: sources.incoming() / f"{code}-{kind}.zip.part" for kind in urls}
        for kind, url in urls.items():
            _fetch(client, url, parts[kind], watch)
    files = tuple(_named(parts[kind], f"{code}-{kind}", url) for kind, url in urls.items())
    return Source(code, "geonames", CREDIT, LICENCE, added, files)


def _named(part: Path, name: str, url: str) -> File:
    """What was fetched, under a name of its own bytes."""
    digest = sources.sha256(part)
    path = part.replace(part.with_name(f"{name}-{digest[:12]}.zip"))
    _forget(part)
    return File(path.name, digest, url)


def _fetch(client: httpx2.Client, url: str, part: Path, watch: Watch) -> None:
    """A zip, whole and sound, at ``part``; beside it stands which version came, so that the next try may go on from what is there."""
    why = ""
    for pause in (0.0, *PAUSES):
        time.sleep(pause)
        try:
            why = _go_on(client, url, part, watch)
        except (httpx2.InvalidURL, httpx2.UnsupportedProtocol) as error:
            raise FetchFailed(f"{url} is no address ({error}); mend ACCORDING_GEONAMES_URL.") from error
        except httpx2.HTTPError as error:
            why = str(error) or type(error).__name__
        except OSError as error:
            raise FetchFailed(f"{url} cannot be written to {part}: {error.strerror or error}.") from error
        if not why:
            break
    else:
        had, _ = _had(part)
        there = f"; the {had:,} bytes that came are kept and will be gone on from" if had else ""
        raise FetchFailed(f"{url} did not come ({why}); check the connection and try again{there}.")
    damage = _damage(part)
    if damage:
        _forget(part)
        raise FetchFailed(f"{url} came damaged ({damage}) and was thrown away; try again.")


def _go_on(client: httpx2.Client, url: str, part: Path, watch: Watch) -> str:
    """One try, from where the last one stopped. Empty when all is there, else why it is not."""
    size, version = _had(part)
    # Bytes as they are stored: a compressed answer has no ranges to go on from.
    headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={size}-", "If-Range": version} if size else {})
    with client.stream("GET", url, headers=headers) as answer:
        if answer.status_code == 416:  # nothing after what is there: it is all, or of another length
            if answer.headers.get("Content-Range") != f"bytes */{size}":
                _forget(part)
                return "what had come was of another version"
            return ""
        if answer.status_code not in (200, 206):
            return _refusal(url, answer.status_code)
        start, total = _stretch(answer.status_code, answer.headers)
        if start not in (0, size):
            _forget(part)
            return "another stretch came than was asked for"
        if start == 0:
            _note(part, answer.headers)
        with part.open("ab" if start else "wb") as out:
            _pour(answer, out, url, total, watch)
            size = out.tell()
    if total is not None and size != total:
        if size > total:
            _forget(part)
        return f"{size:,} bytes came and {total:,} were announced"
    return ""


def _pour(answer: httpx2.Response, out: IO[bytes], url: str, total: int | None, watch: Watch) -> None:
    watch(url, out.tell(), total)
    for chunk in answer.iter_raw():  # as they come: gathered to a size, the last would be lost with the connection
        out.write(chunk)
        watch(url, out.tell(), total)


def _refusal(url: str, status: int) -> str:
    """Why an answer brings nothing, if another try may. Raises ``FetchFailed`` where none would."""
    if status in (404, 410):
        raise FetchFailed(f"{url} is not there; see that ACCORDING_GEONAMES_URL, if you set it, is a mirror of {GEONAMES}.")
    if status < 500 and status not in (408, 425, 429):
        raise FetchFailed(f"{url} is refused (HTTP {status}); see in a browser whether it can be had from here.")
    return f"HTTP {status}"


def _stretch(status: int, headers: Mapping[str, str]) -> tuple[int, int | None]:
    """Where the answer's bytes begin in the file, and the bytes of the whole file."""
    if status == 206:
        told = _RANGE.fullmatch(headers.get("Content-Range", ""))
        return (int(told[1]), None if told[2] == "*" else int(told[2])) if told else (-1, None)
    length = headers.get("Content-Length", "")
    return 0, int(length) if length.isdigit() else None


def _had(part: Path) -> tuple[int, str]:
    """The bytes that came before, and the version they are of; none where that is not known, for they could not be gone on from."""
    mark = _mark(part)
    if not part.exists() or not mark.exists():
        return 0, ""
    version = mark.read_text(encoding="ascii", errors="replace").strip()
    return (part.stat().st_size, version) if version else (0, "")


def _note(part: Path, headers: Mapping[str, str]) -> None:
    """Which version is coming: by a strong ETag, else by its date."""
    part.unlink(missing_ok=True)
    etag = headers.get("ETag", "")
    version = etag if etag.startswith('"') else headers.get("Last-Modified", "")
    _mark(part).write_text(version, encoding="ascii", errors="replace")


def _mark(part: Path) -> Path:
    return part.with_name(part.name + ".version")


def _forget(part: Path) -> None:
    part.unlink(missing_ok=True)
    _mark(part).unlink(missing_ok=True)


def _damage(path: Path) -> str:
    """What is wrong with a zip; empty for a sound one."""
    try:
        with zipfile.ZipFile(path) as archive:
            bad = archive.testzip()
            return f"{bad} in it is broken" if bad else ""
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError) as error:
        return str(error) or "no zip"
