"""Bytes to reports: which kind of input this is, and what it gives. Pure: no file is opened here."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date
from typing import TypedDict, Unpack

from according.errors import IntakeError, NotEnglish, NothingToRead, TooLarge, Truncated
from according.intake import encoding, guard, identity, language, page, pasted, records
from according.model import Report

Outcome = Report | IntakeError


class Fields(TypedDict, total=False):
    """What a caller may know of a text."""

    id: str
    title: str | None
    published: date | None
    source: str | None
    byline: str | None
    url: str | None


def from_bytes(data: bytes, name: str) -> list[Report]:
    """The reports in ``data``: a page, a plain text, or JSON with one or several reports, told apart by content.

    ``name`` is used in ids and messages. Raises the first :class:`~according.errors.IntakeError` met; :func:`outcomes` gives the
    good reports beside the errors.
    """
    found = outcomes(data, name)
    for outcome in found:
        if isinstance(outcome, IntakeError):
            raise outcome
    return [outcome for outcome in found if isinstance(outcome, Report)]


def outcomes(data: bytes, name: str) -> list[Outcome]:
    """For each record in ``data`` the report, or the error that says why there is none; at least one. Never raises an IntakeError."""
    try:
        return _outcomes(data, name)
    except IntakeError as error:
        return [error]


def from_text(text: str, **fields: Unpack[Fields]) -> Report:
    """A report of ``text`` exactly as given, so that offsets hold for the caller; its furniture is marked, not removed.

    Raises :class:`~according.errors.NothingToRead` or :class:`~according.errors.NotEnglish`.
    """
    record = {key: value for key, value in fields.items() if key != "published"}
    report = records.report({**record, "text": text}, "the text")
    return _english(replace(report, published=fields.get("published")), "the text")


def _outcomes(data: bytes, name: str) -> list[Outcome]:
    if len(data) > guard.MOST_BYTES:
        raise TooLarge(
            f"{name}: more than the {guard.MOST_BYTES // 1_000_000} MB that one file may have; split it, or give JSON Lines named .jsonl."
        )
    if not data.strip(b"\0 \t\r\n\x0b\x0c"):
        raise NothingToRead(f"{name}: the file is empty.")
    raw = encoding.decode(data, name)
    if records.is_json(raw.text):
        found = [_checked(outcome, name) for outcome in records.read(raw.text, name)]
        return found or [NothingToRead(f"{name}: the JSON holds no report.")]
    decoded = encoding.mended(raw)
    return [_from_page(data, decoded, name) if page.is_page(decoded.text) else _from_pasted(data, decoded, name)]


def checked_line(row: str, number: int, name: str) -> Outcome:
    """The outcome of one line of a JSON Lines file."""
    return _checked(records.line(row, number, name), name)


def _checked(outcome: Outcome, name: str) -> Outcome:
    if isinstance(outcome, IntakeError):
        return outcome
    try:
        return _english(outcome, f"{name}, report {outcome.id}")
    except IntakeError as error:
        return error


def _from_page(data: bytes, decoded: encoding.Decoded, name: str) -> Report:
    read = page.read(decoded.text, name)
    if not read.text:
        if page.is_cut(decoded.text):
            raise Truncated(f"{name}: the page is cut off before its report begins; save it again.")
        raise NothingToRead(f"{name}: no report was found in the page, only navigation and the like.")
    report = Report(
        id=identity.file_id(name, data),
        text=read.text,
        title=read.known.title,
        published=read.known.published,
        source=read.known.outlet,
        byline=read.known.byline,
        url=read.known.url,
        raw_sha256=identity.sha256(data),
        extractor=read.extractor,
        dropped=read.dropped,
        notes=decoded.notes + read.notes,
    )
    return _english(report, name)


def _from_pasted(data: bytes, decoded: encoding.Decoded, name: str) -> Report:
    read = pasted.read(decoded.text)
    if not read.text:
        raise NothingToRead(f"{name}: no report is left in the text once the page furniture is out.")
    report = Report(
        id=identity.file_id(name, data),
        text=read.text,
        title=read.title,
        published=read.published,
        source=read.outlet,
        byline=read.byline,
        raw_sha256=identity.sha256(data),
        extractor="plain text",
        dropped=read.dropped,
        notes=decoded.notes,
    )
    return _english(report, name)


def _english(report: Report, where: str) -> Report:
    if not any(map(str.isalpha, report.text)):
        raise NothingToRead(f"{where}: there is not one word in it.")
    other = language.other_than_english(_outside(report))
    if other is not None:
        raise NotEnglish(f"{where}: the text is in {other}; only English is read so far.")
    return replace(report, language="en")


def _outside(report: Report) -> str:
    """The report's text without the stretches that are only marked as furniture."""
    edges = [0, *itertools.chain.from_iterable(report.furniture), len(report.text)]
    return " ".join(report.text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True))
