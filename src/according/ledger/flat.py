"""Answers as flat cells: what a data frame's row and a line of CSV hold. Several values are joined with ``; ``, missing is ``None``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import Any, Literal

from according.ledger.answers import Cited, ClaimRow, FigureRow, ReportRow, SourceRow
from according.model import Claim, Figure, Measure, Party, Place

What = Literal["claims", "reports", "sources", "figures"]
Row = dict[str, Any]
#: The columns in their order, each with what it holds; ``datetime`` stands as ISO text in UTC.
Columns = Mapping[str, type]

_PLACE: Columns = {
    "place": str, "place_name": str, "place_geonames_id": int, "lat": float, "lon": float, "country": str, "admin1": str, "admin2": str,
    "place_precision": str, "place_radius_km": float,
}  # fmt: skip
_TIME: Columns = {"time": str, "from": date, "to": date, "time_precision": str}
_REPORT: Columns = {"report": str, "report_key": str, "title": str, "source": str, "url": str, "published": date, "page": int}
_TOLD: Columns = {"type": str, "status": str, "said_by": str, "manner": str, "actor": str, "target": str}

_CLAIM: Columns = {
    "id": str, **_TOLD, **_PLACE, "within": str, **_TIME, "figures": str,
    **{f"{measure}_{bound}": int for measure in Measure for bound in ("min", "max")},
    "trigger": str, "sentence": str, "event": int, "evidence": str, "confidence": float,
    "verdict": str, "corrected": bool, "withdrawn": bool, **_REPORT, "replaced": bool, "copy": bool,
}  # fmt: skip
_FIGURE: Columns = {
    "figure": str, "measure": str, "of": str, "min": int, "max": int, "cumulative": bool, "approximate": bool,
    "claim": str, **_TOLD, **_PLACE, **_TIME, "sentence": str, **_REPORT,
}  # fmt: skip
_REPORTED: Columns = {
    "key": str, "id": str, "title": str, "source": str, "byline": str, "url": str, "published": date, "language": str, "taken": datetime,
    "first_seen": datetime, "last_seen": datetime, "characters": int, "pages": int, "claims": int, "replaced_by": str, "copy_of": str,
    "notes": str,
}  # fmt: skip
_SOURCE: Columns = {"name": str, "reports": int, "independent": int, "claims": int, "first": date, "last": date}


def claim_cells(row: ClaimRow) -> Row:
    claim = row.claim
    return {
        "id": claim.id,
        **_told(claim),
        "within": _joined(claim.within),
        "figures": _joined(claim.figures),
        **_bounds(claim.figures),
        "trigger": claim.trigger.text,
        "event": claim.event,
        "evidence": "; ".join(claim.evidence) or None,
        "confidence": claim.confidence,
        **{name: getattr(row, name) for name in ("page", "verdict", "corrected", "withdrawn")},
        **_cited(row.report),
        "replaced": row.report.replaced,
        "copy": row.report.copy,
    }


def figure_cells(row: FigureRow) -> Row:
    figure = row.figure
    counts = {name: getattr(figure, name) for name in ("of", "min", "max", "cumulative", "approximate")}
    own = {"figure": figure.span.text, "measure": figure.measure.value, **counts, "claim": row.claim.id, "page": row.page}
    return {**own, **_told(row.claim), **_cited(row.report)}


def plain_cells(row: ReportRow | SourceRow) -> Row:
    return {field.name: getattr(row, field.name) for field in fields(row)}


def _told(claim: Claim) -> Row:
    place, time = claim.place, claim.time
    return {
        "type": claim.type.value,
        "status": claim.status.value,
        "said_by": _joined(claim.said_by),
        "manner": claim.manner.value,
        "actor": _joined(claim.actor),
        "target": _joined(claim.target),
        "place": place.span.text if place else None,
        **{f"place_{name}": getattr(place, name, None) for name in ("name", "geonames_id", "precision", "radius_km")},
        **{name: getattr(place, name, None) for name in ("lat", "lon", "country", "admin1", "admin2")},
        "time": time.span.text if time else None,
        "from": time.start if time else None,
        "to": time.end if time else None,
        "time_precision": time.precision if time else None,
        "sentence": claim.sentence.text,
    }


def _bounds(told: Iterable[Figure]) -> Row:
    """The bounds of each measure that the claim has one figure of: "12 killed, 3 of them children" is no one number of killed."""
    by_measure: dict[Measure, list[Figure]] = {}
    for figure in told:
        by_measure.setdefault(figure.measure, []).append(figure)
    single = [of[0] for of in by_measure.values() if len(of) == 1]
    return {f"{figure.measure}_{bound}": getattr(figure, bound) for figure in single for bound in ("min", "max")}


def _cited(report: Cited) -> Row:
    names = {"report": "id", "report_key": "key", "title": "title", "source": "source", "url": "url", "published": "published"}
    return {column: getattr(report, name) for column, name in names.items()}


def _joined(items: Iterable[Party | Place | Figure]) -> str | None:
    return "; ".join(item.span.text for item in items) or None


#: Of each kind of answer, its columns and what makes a row's cells. A cell that is not among them is missing.
ANSWERS: Mapping[What, tuple[Columns, Callable[[Any], Row]]] = {
    "claims": (_CLAIM, claim_cells),
    "reports": (_REPORTED, plain_cells),
    "sources": (_SOURCE, plain_cells),
    "figures": (_FIGURE, figure_cells),
}
