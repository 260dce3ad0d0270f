"""The text of a list, as a file or as the one list in a zip."""

from __future__ import annotations

import codecs
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import TextIO

from according.errors import BadSource

_LISTS = frozenset([".txt", ".csv", ".tsv", ".json", ".geojson"])
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@contextmanager
def opened(path: Path, newline: str = "\n") -> Iterator[TextIO]:
    """The list's text, from the file or from the zip that holds it. ``newline`` as ``open`` has it.

    Raises ``BadSource`` where the zip is damaged or holds several lists, and, also while it is read, where the text is not in UTF-8.
    """
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                member = _member(archive, path.name)
                with archive.open(member) as raw:
                    start = raw.read(4)
                with archive.open(member) as raw:
                    yield io.TextIOWrapper(raw, encoding=_encoding(start), newline=newline)
        else:
            with path.open("rb") as plain:
                start = plain.read(4)
                plain.seek(0)
                yield io.TextIOWrapper(plain, encoding=_encoding(start), newline=newline)
    except UnicodeError as error:
        raise BadSource(f"{path.name}: its text is not in UTF-8; save it anew as UTF-8 (a spreadsheet calls it “CSV UTF-8”).") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
        raise BadSource(f"{path.name}: the zip is damaged or locked ({error}); fetch it again, or unpack it yourself.") from error
    except OSError as error:
        raise BadSource(f"{path}: it cannot be read: {error.strerror or error}.") from error


def _encoding(start: bytes) -> str:
    return next((name for mark, name in _MARKS if start.startswith(mark)), "utf-8")


def _member(archive: zipfile.ZipFile, name: str) -> str:
    """The one list in a zip: GeoNames puts a readme beside it."""
    found = [member for member in archive.namelist() if _is_list(PurePosixPath(member))]
    if len(found) != 1:
        told = f"holds several lists ({', '.join(found[:5])})" if found else "holds no list (.txt, .csv, .tsv, .json or .geojson)"
        raise BadSource(f"{name}: the zip {told}; unpack it and import the list you want.")
    return found[0]


def _is_list(member: PurePosixPath) -> bool:
    hidden = any(part.startswith((".", "__")) for part in member.parts)
    return not hidden and member.suffix.lower() in _LISTS and member.stem.lower() not in ("readme", "iso-languagecodes")


def start(path: Path, size: int = 65_536) -> str:
    """The first characters of the list's text."""
    with opened(path) as text:
        return text.read(size)
