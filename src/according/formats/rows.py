"""CSV: one row a claim (or a mention), every cell flat, for spreadsheets and data frames.

Fields with several values are joined with ``; ``. Each measure has a column for its lower and its upper bounds; where a claim has two
figures of one measure their bounds are joined too, in the order of the ``figures`` column, an open bound as nothing.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO

from according.formats.jsonl import line
from according.formats.phrases import figure_phrase
from according.formats.result import Coded, Heard
from according.model import Attribution, Claim, Figure, Measure, Name, Party, Place, Report, Span, When
from according.records import claim_record

Cell = str | int | float | None
Row = dict[str, Cell]

# A spreadsheet takes a cell that begins with one of these for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

PLACE = ("name", "geonames_id", "lat", "lon", "country", "precision", "radius_km")
CLAIM_COLUMNS = (
    *("id", "report", "title", "outlet", "published", "type", "status", "said_by", "manner", "actor", "target", "place", "within"),
    *("time", "from", "to", "precision", "anchor", "figures"),
    *(f"{measure}_{bound}" for measure in Measure for bound in ("min", "max")),
    *("trigger", "trigger_start", "trigger_end", "sentence", "sentence_start", "sentence_end", "event", "evidence", "confidence"),
    *(f"place_{key}" for key in PLACE),
    "record",
)
MENTION_COLUMNS = (
    *("report", "title", "outlet", "published", "mention", "start", "end", "text", "kind"),
    *("from", "to", "precision", "anchor", "measure", "of", "min", "max", "cumulative", "approximate"),
    *("source", "source_start", "source_end", "content", "content_start", "content_end"),
    *("name", "geonames_id", "lat", "lon", "country", "radius_km"),
)


def write_claims(results: Iterable[Coded], out: TextIO) -> None:
    _write(CLAIM_COLUMNS, (_claim_row(coded.report, claim) for coded in results for claim in coded.claims), out)


def write_mentions(results: Iterable[Heard], out: TextIO) -> None:
    _write(MENTION_COLUMNS, (row for heard in results for row in _mention_rows(heard)), out)


def safe(cell: Cell) -> Cell:
    """The cell with an apostrophe before anything that a spreadsheet would run; numbers stay numbers."""
    if not isinstance(cell, str):
        return cell
    cell = cell.encode("utf-8", "replace").decode("utf-8")  # a lone surrogate has no UTF-8; the record column keeps it
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _write(columns: tuple[str, ...], rows: Iterator[Row], out: TextIO) -> None:
    writer = csv.DictWriter(out, columns, lineterminator="\r\n")  # as RFC 4180 has it; so a lone \r in a cell is quoted too
    writer.writeheader()
    for row in rows:
        writer.writerow({key: safe(cell) for key, cell in row.items()})


def _claim_row(report: Report, claim: Claim) -> Row:
    return {
        **_report_cells(report),
        "id": claim.id,
        "type": claim.type.value,
        "status": claim.status.value,
        "said_by": _joined(claim.said_by),
        "manner": claim.manner.value,
        "actor": _joined(claim.actor),
        "target": _joined(claim.target),
        "within": _joined(claim.within),
        **_time_cells(claim.time),
        **_figure_cells(claim.figures),
        **_span_cells("trigger", claim.trigger),
        **_span_cells("sentence", claim.sentence),
        "event": claim.event,
        "evidence": "; ".join(claim.evidence),
        "confidence": claim.confidence,
        "place": claim.place.span.text if claim.place else None,
        **{f"place_{key}": getattr(claim.place, key, None) for key in PLACE},
        "record": line(claim_record(claim)),
    }


def _mention_rows(heard: Heard) -> Iterator[Row]:
    found = heard.mentions
    mentions: list[Name | Place | When | Figure | Attribution] = [*found.names, *found.places, *found.times, *found.figures]
    for mention in mentions + list(found.attributions):
        yield {**_report_cells(heard.report), **_mention_cells(mention)}


def _mention_cells(mention: Name | Place | When | Figure | Attribution) -> Row:
    match mention:
        case Name():
            return {"mention": "name", **_own_cells(mention.span), "kind": mention.kind.value}
        case Place():
            return {"mention": "place", **_own_cells(mention.span), **{key: getattr(mention, key) for key in PLACE}}
        case When():
            cells = _time_cells(mention)
            return {"mention": "time", **_own_cells(mention.span), **{key: cells[key] for key in ("from", "to", "precision", "anchor")}}
        case Figure():
            keys = ("of", "min", "max", "cumulative", "approximate")
            fields = {key: getattr(mention, key) for key in keys}
            return {"mention": "figure", **_own_cells(mention.span), "measure": mention.measure.value, **fields}
        case Attribution():
            source = _span_cells("source", mention.source) if mention.source else {}
            first, last = mention.content[0], mention.content[-1]
            words = " […] ".join(piece.text for piece in mention.content)
            content: Row = {"content": words, "content_start": first.start, "content_end": last.end}
            return {"mention": "attribution", **_own_cells(mention.cue), **source, **content}


def _report_cells(report: Report) -> Row:
    published = report.published.isoformat() if report.published else None
    return {"report": report.id, "title": report.title, "outlet": report.source, "published": published}


def _own_cells(span: Span) -> Row:
    return {"start": span.start, "end": span.end, "text": span.text}


def _span_cells(name: str, span: Span) -> Row:
    return {name: span.text, f"{name}_start": span.start, f"{name}_end": span.end}


def _joined(items: Iterable[Party | Place]) -> str:
    return "; ".join(item.span.text for item in items)


def _time_cells(time: When | None) -> Row:
    if time is None:
        return {}
    return {
        "time": time.span.text,
        "from": time.start.isoformat() if time.start else None,
        "to": time.end.isoformat() if time.end else None,
        "precision": time.precision.value if time.precision else None,
        "anchor": time.anchor.value if time.anchor else None,
    }


def _figure_cells(figures: Sequence[Figure]) -> Row:
    cells: Row = {"figures": "; ".join(figure_phrase(f) for f in figures)}
    for measure in Measure:
        of_measure = [f for f in figures if f.measure is measure]
        for bound in ("min", "max"):
            values = [getattr(f, bound) for f in of_measure]
            if len(values) == 1:
                cells[f"{measure}_{bound}"] = values[0]
            elif any(value is not None for value in values):
                cells[f"{measure}_{bound}"] = "; ".join("" if value is None else str(value) for value in values)
    return cells
