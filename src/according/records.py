"""The claim record and the reading record: plain dicts of JSON values, keys in a fixed order.

docs/claims.md tells what each key means. Offsets are code points, end exclusive; missing is ``None`` or ``[]``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, TypeVar

from according.errors import BadRecord
from according.model import (
    Anchor,
    Attribution,
    Claim,
    ClaimType,
    Figure,
    Located,
    Manner,
    Measure,
    Mentions,
    Name,
    Party,
    Place,
    Precision,
    Span,
    Status,
    When,
)

Record = dict[str, Any]
T = TypeVar("T")

GAZETTEER = ("name", "geonames_id", "lat", "lon", "feature", "admin1", "admin2", "country", "precision", "radius_km", "score", "derived")
MENTION_GAZETTEER = tuple(key for key in GAZETTEER if key not in {"feature", "admin1", "admin2"})


def claim_record(claim: Claim) -> Record:
    """A claim as a record; ``claim_from`` turns it back."""
    return {
        "id": claim.id,
        "report": claim.report,
        "sentence": _span(claim.sentence),
        "trigger": _span(claim.trigger),
        "type": claim.type.value,
        "status": claim.status.value,
        "said_by": [_party(p) for p in claim.said_by],
        "manner": claim.manner.value,
        "actor": [_party(p) for p in claim.actor],
        "target": [_party(p) for p in claim.target],
        "place": None if claim.place is None else _place(claim.place, GAZETTEER),
        "within": [_place(p, GAZETTEER) for p in claim.within],
        "time": None if claim.time is None else _when(claim.time),
        "figures": [_figure(f) for f in claim.figures],
        "event": claim.event,
        "evidence": list(claim.evidence),
        "confidence": claim.confidence,
    }


def mentions_record(mentions: Mentions) -> Record:
    """All that a report mentions, as a record."""
    return {
        "report": mentions.report,
        "text": mentions.text,
        "sentences": [{"start": s.start, "end": s.end} for s in mentions.sentences],
        "names": [_name(n) for n in mentions.names],
        "places": [_place(p, MENTION_GAZETTEER) for p in mentions.places],
        "times": [_when(t) for t in mentions.times],
        "figures": [_figure(f) for f in mentions.figures],
        "attributions": [_attribution(a) for a in mentions.attributions],
    }


def claim_from(record: Mapping[str, Any]) -> Claim:
    """The claim that a record tells of.

    Raises ``BadRecord`` with every problem at once, each after the path of its key. A key that is not a claim's is a problem too.
    """
    reader = _Reader(record)
    claim = {
        "id": reader.take("id", _text),
        "report": reader.take("report", _text),
        "sentence": reader.take("sentence", _to_span),
        "trigger": reader.take("trigger", _to_span),
        "type": reader.take("type", ClaimType),
        "status": reader.take("status", Status),
        "said_by": reader.take("said_by", _each(_to_party)),
        "manner": reader.take("manner", Manner),
        "actor": reader.take("actor", _each(_to_party)),
        "target": reader.take("target", _each(_to_party)),
        "place": reader.take("place", _or_none(_to_place)),
        "within": reader.take("within", _each(_to_place)),
        "time": reader.take("time", _or_none(_to_when)),
        "figures": reader.take("figures", _each(_to_figure)),
        "event": reader.take("event", _or_none(int)),
        "evidence": reader.take("evidence", _each(_text)),
        "confidence": reader.take("confidence", float),
    }
    reader.finish(claim)
    return Claim(**claim)


def _span(span: Span) -> Record:
    return {"start": span.start, "end": span.end, "text": span.text}


def _party(party: Party) -> Record:
    return {**_span(party.span), "actor": party.actor}


def _place(place: Place, keys: Iterable[str]) -> Record:
    told = {key: getattr(place, key) for key in keys}
    return {**_span(place.span), **told, "precision": place.precision.value if place.precision else None}


def _when(when: When) -> Record:
    return {
        **_span(when.span),
        "from": when.start.isoformat() if when.start else None,
        "to": when.end.isoformat() if when.end else None,
        "precision": when.precision.value if when.precision else None,
        "anchor": when.anchor.value if when.anchor else None,
    }


def _figure(figure: Figure) -> Record:
    return {
        **_span(figure.span),
        "measure": figure.measure.value,
        "of": figure.of,
        "min": figure.min,
        "max": figure.max,
        "cumulative": figure.cumulative,
        "approximate": figure.approximate,
    }


def _name(name: Name) -> Record:
    return {**_span(name.span), "kind": name.kind.value}


def _attribution(attribution: Attribution) -> Record:
    pieces = [_span(piece) for piece in attribution.content]
    return {
        "source": _span(attribution.source) if attribution.source else None,
        "cue": _span(attribution.cue),
        # A quotation that its cue breaks in two is a list: one span over both would hold words nobody said.
        "content": pieces[0] if len(pieces) == 1 else pieces,
    }


class _Reader:
    """Takes the keys out of a record one by one and remembers what was wrong with each."""

    def __init__(self, record: Mapping[str, Any]) -> None:
        self.record = record
        self.problems: list[str] = []

    def take(self, key: str, read: Callable[[Any], Any]) -> Any:
        try:
            return read(self.record[key])
        except KeyError as error:
            self.problems.append(f"{key}: missing" if error.args == (key,) else f"{key}: {error.args[0]} missing")
        except (ValueError, TypeError, AttributeError) as error:
            self.problems.append(f"{key}: {error}")
        return None

    def finish(self, known: Iterable[str]) -> None:
        self.problems += [f"{key}: not a key of a claim" for key in self.record if key not in set(known)]
        if self.problems:
            raise BadRecord("this is not a claim record: " + "; ".join(self.problems) + ".")


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is not text")
    return value


def _or_none(read: Callable[[Any], T]) -> Callable[[Any], T | None]:
    return lambda value: None if value is None else read(value)


def _each(read: Callable[[Any], T]) -> Callable[[Any], tuple[T, ...]]:
    def all_of(value: Any) -> tuple[T, ...]:
        if not isinstance(value, list):
            raise TypeError(f"{value!r} is not a list")
        return tuple(read(item) for item in value)

    return all_of


def _to_span(value: Mapping[str, Any]) -> Span:
    return Span(value["start"], value["end"], value["text"])


def _to_party(value: Mapping[str, Any]) -> Party:
    return Party(_to_span(value), value["actor"])


def _to_place(value: Mapping[str, Any]) -> Place:
    told = {key: value[key] for key in GAZETTEER}
    return Place(_to_span(value), **{**told, "precision": _or_none(Located)(value["precision"])})


def _to_when(value: Mapping[str, Any]) -> When:
    day = _or_none(date.fromisoformat)
    return When(
        _to_span(value), day(value["from"]), day(value["to"]), _or_none(Precision)(value["precision"]), _or_none(Anchor)(value["anchor"])
    )


def _to_figure(value: Mapping[str, Any]) -> Figure:
    return Figure(
        _to_span(value),
        Measure(value["measure"]),
        value["of"],
        value["min"],
        value["max"],
        value["cumulative"],
        value["approximate"],
    )
