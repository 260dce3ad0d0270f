"""Reports for the caller: from files and folders, from bytes, from a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypedDict, Unpack

from according.errors import BadRecord, IntakeError, NotFetched
from according.intake import documents, identity, records, walk
from according.intake.items import Item, Refusal
from according.intake.opening import Opened, Outcome, opened
from according.model import Report


class Fields(TypedDict, total=False):
    """What a caller may know of a text."""

    id: str
    title: str | None
    published: date | None
    source: str | None
    byline: str | None
    url: str | None


def inputs(paths: Iterable[str | Path]) -> Iterator[tuple[str, Outcome]]:
    """For each report in ``paths`` where it lies and the report, or the error that says why it cannot be read.

    ``paths`` are those of :func:`according.intake.walk.items`. Two reports of one id in a run are an error for the second: their claims
    could not be told apart. Nothing is fetched: a feed whose entries only point to pages is an error.
    """
    seen: dict[str, tuple[str, str]] = {}
    for item in walk.items(paths):
        if isinstance(item, Refusal):
            yield item.where, item.error
            continue
        for outcome in _outcomes(opened(item), item.where):
            yield item.where, _once(outcome, item.where, seen) if isinstance(outcome, Report) else outcome


def _once(report: Report, where: str, seen: dict[str, tuple[str, str]]) -> Outcome:
    """``report``, or an error where another of its id was met before."""
    content = identity.content(report)
    if report.id not in seen:
        seen[report.id] = where, content
        return report
    first, before = seen[report.id]
    if content == before:
        return BadRecord(f"{where}: this is the same report again as in {first}; it was read once.")
    return BadRecord(f"{where}: the report id {report.id!r} is that of another report, in {first}; give each its own.")


def from_bytes(data: bytes, name: str) -> list[Report]:
    """The reports in ``data``: a page, a plain text, a PDF, or JSON with one or several reports, told apart by content.

    ``name`` is used in messages. Raises the first :class:`~according.errors.IntakeError` met; :func:`outcomes` gives the good reports
    beside the errors.
    """
    found = outcomes(data, name)
    for outcome in found:
        if isinstance(outcome, IntakeError):
            raise outcome
    return [outcome for outcome in found if isinstance(outcome, Report)]


def outcomes(data: bytes, name: str) -> list[Outcome]:
    """For each record in ``data`` the report, or the error that says why there is none; at least one. Never raises an IntakeError."""
    return _outcomes(opened(Item(name, data)), name)


def from_text(text: str, **fields: Unpack[Fields]) -> Report:
    """A report of ``text`` exactly as given, so that offsets hold for the caller; its furniture is marked, not removed.

    Raises :class:`~according.errors.NothingToRead` or :class:`~according.errors.NotEnglish`.
    """
    record = {key: value for key, value in fields.items() if key != "published"}
    report = records.report({**record, "text": text}, "the text")
    return documents.finished(replace(report, published=fields.get("published")), "the text")


def _outcomes(found: Opened, where: str) -> list[Outcome]:
    """The reports and errors, and one error for all that is only pointed to."""
    if not found.links:
        return list(found.reports)
    many = f"{len(found.links)} pages" if len(found.links) > 1 else "a page"
    return [*found.reports, NotFetched(f"{where}: it only points to {many}; `according ingest` fetches what a feed or a list points to.")]
