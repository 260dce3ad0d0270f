"""What a ledger answers of reports, sources and figures: as a table, JSON Lines or CSV.

Claims are written by the other modules, as they are when they have just been coded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import Any, TextIO

from according.formats import sheets
from according.formats.jsonl import line
from according.formats.phrases import figure_phrase, when_phrase
from according.formats.result import Coded
from according.formats.sheets import Head
from according.ledger.answers import ClaimRow, FigureRow, ReportRow, SourceRow
from according.ledger.flat import ANSWERS, What
from according.model import Report
from according.records import Record, claim_record


def coded(rows: Iterable[ClaimRow]) -> Iterator[Coded]:
    """Claims under their reports, as the writers of claims want them. The reports are without text."""
    for _, group in groupby(rows, key=lambda row: row.report.key):
        of = list(group)
        told = of[0].report
        yield Coded(Report(told.id, "", told.title, told.published, told.outlet), tuple(row.claim for row in of))


def write_jsonl(what: What, rows: Iterable[Any], out: TextIO) -> None:
    """One record a line; that of a figure holds what the record of its claim does, but for what else the claim tells."""
    for row in rows:
        out.write(line(figure_record(row) if isinstance(row, FigureRow) else plain_record(what, row)) + "\n")


def write_csv(what: What, rows: Iterable[Any], out: TextIO) -> None:
    """The columns of the data frame; days and moments as ISO text, truth as ``true`` and ``false``."""
    columns, cells = ANSWERS[what]
    sheets.write_csv(out, columns, ({name: _iso(cell) for name, cell in cells(row).items()} for row in rows))


def write_table(what: What, rows: Iterable[Any], out: TextIO) -> None:
    """One line a row, or as many as it needs."""
    heads, cells = _TABLES[what]
    sheets.write_table(out, heads, map(cells, rows))


def plain_record(what: What, row: ReportRow | SourceRow) -> Record:
    """A report, without its text, or a source."""
    _, cells = ANSWERS[what]
    return {name: _iso(cell) for name, cell in cells(row).items()}


def figure_record(row: FigureRow) -> Record:
    """A figure with what its claim tells of who says it, of what, where and when."""
    whole = claim_record(row.claim)
    own = whole["figures"][row.position]
    told = {key: whole[key] for key in ("type", "status", "said_by", "manner", "actor", "target", "place", "within", "time", "sentence")}
    return {"claim": row.claim.id, "report": row.claim.report, **own, **told}


#: Of each form that programs read, what writes it.
WRITERS: Mapping[str, Callable[[What, Iterable[Any], TextIO], None]] = {"jsonl": write_jsonl, "csv": write_csv}


def _iso(cell: Any) -> Any:
    return cell.isoformat() if isinstance(cell, date) else cell


_REPORTS = (
    *(Head("published", 10), Head("source", share=3), Head("title", share=6)),
    *(Head("claims", 7, right=True), Head("report", share=3), Head("", 8)),
)
_SOURCES = (
    *(Head("source", share=1), Head("reports", 9, right=True), Head("not copies", 10, right=True), Head("claims", 9, right=True)),
    *(Head("first", 10), Head("last", 10)),
)
_FIGURES = (
    Head("figure", share=4),
    Head("place", share=3),
    Head("when", share=4),
    Head("said by", share=4),
    Head("source, published", share=4),
)


def _report_cells(row: ReportRow) -> list[str]:
    standing = "replaced" if row.replaced_by else "copy" if row.copy_of else ""
    return [_day(row.published), row.source or "", row.title or "", f"{row.claims:,}", row.id, standing]


def _source_cells(row: SourceRow) -> list[str]:
    return [row.name or "(none told)", f"{row.reports:,}", f"{row.independent:,}", f"{row.claims:,}", _day(row.first), _day(row.last)]


def _figure_cells(row: FigureRow) -> list[str]:
    claim = row.claim
    speakers = "; ".join(party.span.text for party in claim.said_by) or "the report itself"
    status = "" if claim.status == "happened" else f" ({claim.status})"
    told = [row.report.source or row.report.id, _day(row.report.published)]
    place, when = claim.place.span.text if claim.place else "", when_phrase(claim.time) if claim.time else ""
    return [figure_phrase(row.figure) + status, place, when, speakers, ", ".join(word for word in told if word)]


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


_TABLES: Mapping[str, tuple[tuple[Head, ...], Callable[[Any], list[str]]]] = {
    "reports": (_REPORTS, _report_cells),
    "sources": (_SOURCES, _source_cells),
    "figures": (_FIGURES, _figure_cells),
}
