"""Reports given as JSON: one object, a list of them, or one a line.

Their text was stored by somebody, and others may hold offsets into it: it is kept as it is, code point for code point. What is
furniture in it is only marked.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from according.errors import BadRecord, IntakeError, NothingToRead, TooLarge, Truncated
from according.intake import furniture
from according.intake.identity import text_id
from according.model import Report

MOST = 100_000  # reports in one document
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:?\d{2}.*)?")


@dataclass(frozen=True, slots=True)
class Value:
    """A JSON value, and where it stands: the file's name, and which line or member of a list."""

    where: str
    json: Any


def is_json(text: str) -> bool:
    """Whether ``text`` begins as a JSON object or a list of objects does."""
    return bool(re.match(r'\s*(?:\{\s*(?:"|\}|$)|\[\s*(?:\{|\]|$))', text))


def values(text: str, name: str) -> Iterator[Value | IntakeError]:
    """Each JSON value in ``text`` that may be a report: the one, those of a list, or one a line; an error for each that is broken."""
    try:
        whole = json.loads(text)
    except RecursionError:
        yield BadRecord(f"{name}: the JSON is nested too deeply to be a report.")
        return
    except json.JSONDecodeError as error:
        if error.msg == "Extra data" or "\n" in text.strip():
            yield from _lines(text, name, error)
        else:
            yield _broken(error, text, name)
        return
    except ValueError as error:  # a whole number of thousands of digits
        yield BadRecord(f"{name}: the JSON cannot be read ({error}).")
        return
    if not isinstance(whole, list):
        yield Value(name, whole)
    elif len(whole) > MOST:
        yield TooLarge(f"{name}: the list has more than {MOST:,} reports; give them as JSON Lines, one a line.")
    else:
        yield from (Value(f"{name}, record {n}", record) for n, record in enumerate(whole, 1))


def _lines(text: str, name: str, error: json.JSONDecodeError) -> Iterator[Value | IntakeError]:
    """JSON Lines; but a single object over several lines that is broken is told as what it is."""
    rows = [(n, row) for n, row in enumerate(text.split("\n"), 1) if row.strip()]
    if len(rows) > 1 and not any(_parses(row) for _, row in rows[:20]):
        yield _broken(error, text, name)
        return
    if len(rows) > MOST:
        yield TooLarge(f"{name}: there are more than {MOST:,} lines; save it in UTF-8, so that it can be read line by line.")
        return
    for n, row in rows:
        yield _line(row, f"{name}, line {n}")


def _line(row: str, where: str) -> Value | IntakeError:
    try:
        return Value(where, json.loads(row))
    except json.JSONDecodeError as error:
        return _broken(error, row, where)
    except (RecursionError, ValueError):
        return BadRecord(f"{where}: the JSON is nested too deeply or holds a number too long to be a report.")


def _parses(row: str) -> bool:
    try:
        return isinstance(json.loads(row), dict)
    except (ValueError, RecursionError):
        return False


def _broken(error: json.JSONDecodeError, text: str, where: str) -> IntakeError:
    cut = error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string")
    if cut:
        return Truncated(f"{where}: the JSON is cut off before its end; get the whole file again.")
    return BadRecord(f"{where}: this is no proper JSON ({error.msg}, character {error.pos + 1}).")


def report(record: Any, where: str) -> Report:
    """A report from its JSON object. Keys beyond id, title, published, source, text, byline, url and language are not looked at.

    Raises :class:`~according.errors.BadRecord` or :class:`~according.errors.NothingToRead`.
    """
    if not isinstance(record, dict):
        raise BadRecord(f"{where}: a report is a JSON object with at least a text, not a bare {type(record).__name__}.")
    text = record.get("text")
    if not isinstance(text, str):
        raise BadRecord(f'{where}: the report has no "text" that is a string.')
    if not text.strip():
        raise NothingToRead(f"{where}: the report's text is empty.")
    if any("\ud800" <= c <= "\udfff" for c in text):
        raise BadRecord(f"{where}: the report's text holds half a character (a lone surrogate).")
    byline = _words(record, "byline", where)
    return Report(
        id=_id(record, text, where),
        text=text,
        published=_day(record.get("published"), where),
        extractor="as given",
        title=_words(record, "title", where),
        source=_words(record, "source", where),
        byline=byline,
        url=_words(record, "url", where),
        furniture=tuple(furniture.spans(text, byline)),
        notes=_notes(text),
    )


def _notes(text: str) -> tuple[str, ...]:
    turned = sum(map(text.count, "\u202d\u202e"))
    return (
        (f"{turned} direction overrides in the text, which is kept as it was given: it may read otherwise than it is shown",)
        if turned
        else ()
    )


def _words(record: dict[str, Any], key: str, where: str) -> str | None:
    value = record.get(key)
    if value is not None and not isinstance(value, str):
        raise BadRecord(f'{where}: "{key}" is to be a string or null.')
    return value or None


def _id(record: dict[str, Any], text: str, where: str) -> str:
    found = record.get("id")
    if found is None or found == "":
        return text_id(text)
    if isinstance(found, bool) or not isinstance(found, str | int):
        raise BadRecord(f'{where}: "id" is to be a string or a whole number.')
    return str(found)


def _day(value: Any, where: str) -> date | None:
    if value is None or value == "":
        return None
    match = _DAY.fullmatch(value) if isinstance(value, str) else None
    try:
        if match:
            return date.fromisoformat(match.group(1))
    except ValueError:
        pass
    raise BadRecord(f'{where}: "published" is to be a day such as "2031-05-04" or null, not {value!r:.60}.')
