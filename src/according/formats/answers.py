"""What a ledger answers of reports, sources and figures: as a table, JSON Lines or CSV.

Claims are written by the other modules, as they are when they have just been coded.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, TextIO

from rich.table import Table
from rich.text import Text

from according.formats.jsonl import line
from according.formats.phrases import figure_phrase, when_phrase
from according.formats.result import Coded
from according.formats.rows import safe
from according.formats.terminal import Page, visible
from according.ledger.answers import ClaimRow, FigureRow, ReportRow, SourceRow
from according.ledger.flat import ANSWERS, What
from according.model import Report
from according.portions import portions
from according.records import Record, claim_record

#: Rows of a table that are set at once; its columns are as wide in all of them.
_CHUNK = 100


@dataclass(frozen=True, slots=True)
class Head:
    """A table's column: so many characters wide or, with a ``share``, so much of what the others leave."""

    name: str
    width: int | None = None
    share: int | None = None
    right: bool = False


def coded(rows: Iterable[ClaimRow]) -> Iterator[Coded]:
    """Claims under their reports, as the writers of claims want them. The reports are without text."""
    for _, group in groupby(rows, key=lambda row: row.report.key):
        of = list(group)
        told = of[0].report
        yield Coded(Report(told.id, "", told.title, told.published, told.outlet), tuple(row.claim for row in of))


def write_jsonl(what: What, rows: Iterable[Any], out: TextIO) -> None:
    """One record a line; that of a figure holds what the record of its claim does, but for what else the claim tells."""
    for row in rows:
        out.write(line(_figure_record(row) if isinstance(row, FigureRow) else _plain_record(what, row)) + "\n")


def write_csv(what: What, rows: Iterable[Any], out: TextIO) -> None:
    """The columns of the data frame; days and moments as ISO text, truth as ``true`` and ``false``."""
    columns, cells = ANSWERS[what]
    writer = csv.DictWriter(out, list(columns), lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: safe(_cell(cell)) for name, cell in cells(row).items()})


def write_table(what: What, rows: Iterable[Any], out: TextIO) -> None:
    """One line a row, or as many as it needs."""
    page = Page(out)
    heads, cells = _TABLES[what]
    for n, some in enumerate(portions(rows, _CHUNK)):
        table = Table(box=None, pad_edge=False, expand=True, show_header=n == 0, header_style="bold" if page.colour else "")
        for head in heads:
            table.add_column(head.name, width=head.width, ratio=head.share, justify="right" if head.right else "left", overflow="fold")
        for row in some:
            table.add_row(*(Text(visible(cell)) for cell in cells(row)))
        with page.console.capture() as kept:
            page.console.print(table)
        out.writelines(f"{text.rstrip()}\n" for text in kept.get().splitlines())


def _plain_record(what: What, row: ReportRow | SourceRow) -> Record:
    _, cells = ANSWERS[what]
    return {name: _iso(cell) for name, cell in cells(row).items()}


def _figure_record(row: FigureRow) -> Record:
    whole = claim_record(row.claim)
    own = whole["figures"][row.claim.figures.index(row.figure)]
    told = {key: whole[key] for key in ("type", "status", "said_by", "manner", "actor", "target", "place", "within", "time", "sentence")}
    return {"claim": row.claim.id, "report": row.claim.report, **own, **told}


def _iso(cell: Any) -> Any:
    return cell.isoformat() if isinstance(cell, date) else cell


def _cell(cell: Any) -> Any:
    return str(cell).lower() if isinstance(cell, bool) else _iso(cell)


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
