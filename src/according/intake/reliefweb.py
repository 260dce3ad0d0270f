"""What ReliefWeb's interface answers (versions 1 and 2): one report or a list of them, in their envelope or out of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import Any

from according.errors import BadRecord, IntakeError, NotEnglish, NothingToRead
from according.intake import documents, normal
from according.intake.items import Link
from according.intake.records import MOST, Value
from according.model import Report

_OF_API = "ask the interface for it with profile=full"
_TARGET = r"\([^()\n]{0,2000}(?:\([^()\n]{0,200}\)[^()\n]{0,200})?\)"
# Markdown's marks, in the order in which they are taken off. Each looks no further than its line, nor over another of its own.
_MARKS = (
    (re.compile(rf"!\[[^\[\]\n]{{0,500}}\]{_TARGET}"), ""),  # a picture
    (re.compile(rf"\[([^\[\]\n]{{1,2000}})\]{_TARGET}"), r"\1"),  # a link: its words
    (re.compile(r"<(https?://[^<>\s]{1,2000})>"), r"\1"),
    (re.compile(r"^[ \t]{0,3}(?:#{1,6}[ \t]+|>[ \t]?)", re.MULTILINE), ""),  # headings, quotations
    (re.compile(r"^[ \t]{0,3}(?:[-*_][ \t]?){3,}$", re.MULTILINE), ""),  # a line across the page
    (re.compile(r"^([ \t]{0,8})[*+][ \t]+", re.MULTILINE), r"\1- "),
    (re.compile(r"(?<![\\\w*])\*{1,3}(?=\S)([^*\n]{1,2000}?)(?<=\S)\*{1,3}(?!\w)"), r"\1"),
    (re.compile(r"(?<![\\\w])_{1,3}(?=\S)([^_\n]{1,2000}?)(?<=\S)_{1,3}(?!\w)"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!|>~-])"), r"\1"),
)


def is_answer(value: Any) -> bool:
    """Whether a JSON value is an answer of the interface, or one report out of it."""
    if not isinstance(value, dict) or "text" in value:
        return False
    if isinstance(value.get("data"), list):
        return "totalCount" in value or "href" in value or any(_is_report(row) for row in value["data"][:1])
    return _is_report(value)


def _is_report(value: Any) -> bool:
    return isinstance(value, dict) and "id" in value and ("fields" in value or "reliefweb" in str(value.get("href", "")))


def read(value: Value) -> Iterator[Report | Link | IntakeError]:
    """The reports in an answer; for one that is only a PDF, or only listed, a link to it; an error for each that is neither."""
    listed = value.json.get("data")
    rows = [value]
    if isinstance(listed, list):
        rows = [Value(f"{value.where}, record {n}", row) for n, row in enumerate(listed[:MOST], 1)]
    if not rows:
        yield NothingToRead(f"{value.where}: the answer holds no report.")
    for row in rows:
        try:
            yield from _read(row.json, row.where)
        except IntakeError as error:
            yield error


@dataclass(frozen=True, slots=True)
class _Fields:
    """A report's fields, each looked at only if it is of the kind that it should be."""

    all: dict[str, Any]

    def words(self, key: str) -> str | None:
        value = self.all.get(key)
        return value if isinstance(value, str) and value.strip() else None

    def rows(self, key: str) -> list[dict[str, Any]]:
        value = self.all.get(key)
        return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []

    @property
    def title(self) -> str | None:
        return normal.line(self.words("title") or "") or None

    @property
    def url(self) -> str | None:
        return _address(self.words("url_alias")) or _address(self.words("url"))


def _read(row: Any, where: str) -> Iterator[Report | Link]:
    fields = row.get("fields") if isinstance(row, dict) else None
    if not isinstance(fields, dict):
        raise BadRecord(f'{where}: this report of ReliefWeb has no "fields"; {_OF_API}.')
    found = _Fields(fields)
    _check(found, where)
    published = _day(fields.get("date"), where)
    html, marked = found.words("body-html"), found.words("body")
    pdfs = [address for file in found.rows("file") if (address := _address(file.get("url"))) and _is_pdf(file, address)]
    if html or marked:
        known = Report("", "", found.title, published, _sources(found), url=found.url, extractor="ReliefWeb")
        yield documents.of_piece(html or _unmarked(marked or ""), where, known)
    elif pdfs:
        yield from (Link(address, where, found.title, published) for address in pdfs)
    elif found.url and not fields.keys() & {"body", "body-html"}:  # a list of titles, for which no text was asked
        yield Link(found.url, where, found.title, published)
    else:
        raise NothingToRead(f"{where}: this report of ReliefWeb has neither a text nor a PDF; {_OF_API} if it should.")


def _check(found: _Fields, where: str) -> None:
    status = found.words("status")
    if status and status.lower() != "published":
        raise NothingToRead(f"{where}: ReliefWeb tells this report as {status!r:.40} and not as published; it was left out.")
    languages = {str(row.get("code", "")).lower(): str(row.get("name") or row.get("code")) for row in found.rows("language")}
    if languages and "en" not in languages:
        raise NotEnglish(f"{where}: the report is in {', '.join(languages.values()):.60}; only English is read so far.")


def _sources(found: _Fields) -> str | None:
    names = [row.get("name") or row.get("shortname") for row in found.rows("source")]
    return ", ".join(normal.line(name) for name in names if isinstance(name, str)) or None


def _day(dates: Any, where: str) -> date | None:
    """When the report was published, else when ReliefWeb took it in; the day as it is written."""
    told = (dates.get("original") or dates.get("created")) if isinstance(dates, dict) else None
    if told is None:
        return None
    try:
        return date.fromisoformat(told[:10])
    except (TypeError, ValueError):
        raise BadRecord(f'{where}: "date" is to begin with a day such as "2031-05-04", not {told!r:.60}.') from None


def _address(value: Any) -> str | None:
    return value if isinstance(value, str) and re.match(r"https?://\S+$", value) else None


def _is_pdf(file: dict[str, Any], address: str) -> bool:
    return file.get("mimetype") == "application/pdf" or address.partition("?")[0].lower().endswith(".pdf")


def _unmarked(text: str) -> str:
    """Markdown without its marks; the lines stay."""
    plain = re.sub(r"<br\s{0,5}/?>|</?p>", "\n\n", text.replace("\r\n", "\n"), flags=re.IGNORECASE)
    for mark, instead in _MARKS:
        plain = mark.sub(instead, plain)
    return unescape(re.sub(r"</?[A-Za-z][^<>\n]{0,500}>", "", plain))
