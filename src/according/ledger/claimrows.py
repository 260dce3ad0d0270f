"""A claim as rows of the ledger's tables, and back: nothing is lost on the way."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from according.model import (
    Anchor,
    Claim,
    ClaimType,
    Figure,
    Located,
    Manner,
    Measure,
    Party,
    Place,
    Precision,
    Report,
    Span,
    Status,
    When,
)
from according.places.folding import plain

Row = dict[str, Any]

ROLES = ("said_by", "actor", "target")
#: Characters that a name is found by at the most: an index of PostgreSQL holds no longer ones.
LONGEST = 500
_PLACE = ("name", "geonames_id", "lat", "lon", "feature", "admin1", "admin2", "country", "precision", "radius_km", "score", "derived")


@dataclass(frozen=True, slots=True)
class ClaimRows:
    """The row of ``claims`` (but for its numbers) and those that hang on it, without the claim's number."""

    claim: Row
    parties: tuple[Row, ...] = ()
    surroundings: tuple[Row, ...] = ()
    figures: tuple[Row, ...] = field(default=())


def rows_of(claim: Claim, report: Report) -> ClaimRows:
    """``report`` is the one that the claim was read in."""
    return ClaimRows(
        claim={
            "id": claim.id,
            "type": claim.type.value,
            "status": claim.status.value,
            "manner": claim.manner.value,
            **_span(claim.trigger, "trigger_"),
            **_span(claim.sentence, "sentence_"),
            "page": page_of(claim.trigger.start, report.pages),
            **_place(claim.place, "place_"),
            **_time(claim.time),
            "event": claim.event,
            "evidence": json.dumps(claim.evidence, ensure_ascii=False),
            "confidence": claim.confidence,
        },
        parties=tuple(
            {"role": role, "position": n, **_span(party.span), "actor": party.actor, "folded": _folded(party.span.text)}
            for role in ROLES
            for n, party in enumerate(getattr(claim, role))
        ),
        surroundings=tuple({"position": n, **_place(place, "")} for n, place in enumerate(claim.within)),
        figures=tuple({"position": n, **_figure(figure)} for n, figure in enumerate(claim.figures)),
    )


def page_of(offset: int, pages: Sequence[tuple[int, int]]) -> int | None:
    """The number, from 1, of the page on which a character stands; ``None`` in a text without pages."""
    return next((number for number, (start, stop) in enumerate(pages, 1) if start <= offset < stop), None)


def claim_of(
    row: Mapping[str, Any],
    report: str,
    parties: Iterable[Mapping[str, Any]],
    surroundings: Iterable[Mapping[str, Any]],
    figures: Iterable[Mapping[str, Any]],
) -> Claim:
    """The claim that the rows tell of; those that hang on it in the order of their positions. ``report`` is the report's id."""
    by_role: dict[str, list[Party]] = {role: [] for role in ROLES}
    for party in parties:
        by_role[party["role"]].append(Party(_span_of(party), party["actor"]))
    return Claim(
        id=row["id"],
        report=report,
        sentence=_span_of(row, "sentence_"),
        trigger=_span_of(row, "trigger_"),
        type=ClaimType(row["type"]),
        status=Status(row["status"]),
        said_by=tuple(by_role["said_by"]),
        manner=Manner(row["manner"]),
        actor=tuple(by_role["actor"]),
        target=tuple(by_role["target"]),
        place=None if row["place_start"] is None else _place_of(row, "place_"),
        within=tuple(_place_of(place, "") for place in surroundings),
        time=None if row["time_start"] is None else _time_of(row),
        figures=tuple(_figure_of(figure) for figure in figures),
        event=row["event"],
        evidence=tuple(json.loads(row["evidence"])),
        confidence=row["confidence"],
    )


def _span(span: Span | None, prefix: str = "") -> Row:
    told = (span.start, span.end, span.text) if span else (None, None, None)
    return dict(zip((f"{prefix}start", f"{prefix}stop", f"{prefix}text"), told, strict=True))


def _span_of(row: Mapping[str, Any], prefix: str = "") -> Span:
    return Span(row[f"{prefix}start"], row[f"{prefix}stop"], row[f"{prefix}text"])


def _place(place: Place | None, prefix: str) -> Row:
    told = {key: getattr(place, key, None) for key in _PLACE}
    words = _folded(place.span.text) if place else None
    found = {"folded": _folded(place.name) if place and place.name else words, "folded_words": words}
    row = _span(place.span if place else None, prefix)
    return row | {f"{prefix}{key}": value.value if isinstance(value, Located) else value for key, value in (told | found).items()}


def _folded(words: str) -> str:
    return plain(words)[:LONGEST]


def _place_of(row: Mapping[str, Any], prefix: str) -> Place:
    told = {key: row[f"{prefix}{key}"] for key in _PLACE}
    precision = told.pop("precision")
    return Place(_span_of(row, prefix), precision=Located(precision) if precision else None, **told)


def _time(time: When | None) -> Row:
    told = {
        "time_from": time.start.isoformat() if time and time.start else None,
        "time_to": time.end.isoformat() if time and time.end else None,
        "time_precision": time.precision.value if time and time.precision else None,
        "time_anchor": time.anchor.value if time and time.anchor else None,
    }
    return _span(time.span if time else None, "time_") | told


def _time_of(row: Mapping[str, Any]) -> When:
    return When(
        _span_of(row, "time_"),
        date.fromisoformat(row["time_from"]) if row["time_from"] else None,
        date.fromisoformat(row["time_to"]) if row["time_to"] else None,
        Precision(row["time_precision"]) if row["time_precision"] else None,
        Anchor(row["time_anchor"]) if row["time_anchor"] else None,
    )


def _figure(figure: Figure) -> Row:
    return _span(figure.span) | {
        "measure": figure.measure.value,
        "counted": figure.of,
        "low": figure.min,
        "high": figure.max,
        "cumulative": int(figure.cumulative),
        "approximate": int(figure.approximate),
    }


def _figure_of(row: Mapping[str, Any]) -> Figure:
    span = _span_of(row)
    counts = {"of": row["counted"], "min": row["low"], "max": row["high"]}
    return Figure(span, Measure(row["measure"]), **counts, cumulative=bool(row["cumulative"]), approximate=bool(row["approximate"]))
