"""Events, series and holdings as records and as flat cells. Missing is ``None`` or ``[]``; days are ISO text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from according.events.accounts import Account, Citation, Reading, Speaker
from according.events.event import Event, independent
from according.events.holdings import Evidence, Holding
from according.events.reconciling import Range, Rule
from according.events.series import Series
from according.formats.phrases import figure_phrase
from according.model import Measure, Party
from according.records import GAZETTEER, Record, claim_record

#: The measures whose ranges have columns of their own in the flat table.
FLAT = (
    Measure.KILLED,
    Measure.INJURED,
    Measure.CASUALTIES,
    Measure.MISSING,
    Measure.DISPLACED,
    Measure.ABDUCTED,
    Measure.DETAINED,
    Measure.DESTROYED,
)
COLUMNS = (
    *("id", "type", "status", "place", "place_name", "country", "admin1", "lat", "lon", "place_precision", "place_radius_km"),
    *("from", "to", "time", "time_precision", "actor", "target"),
    *(f"{measure}_{end}" for measure in FLAT for end in ("low", "best", "high")),
    *("rule", "grade", "accounts", "independent", "parties_to_it", "figures", "claims", "reports"),
)


def event_record(event: Event, rule: Rule) -> Record:
    """An event without its claims' own records: what it is, its reconciled figures, and who tells of it."""
    place, time = event.place, event.time
    return {
        "id": event.id,
        "type": event.type.value,
        "status": event.status.value,
        "place": None if place is None else {"text": place.span.text, **{key: _plain(getattr(place, key)) for key in GAZETTEER}},
        "time": None
        if time is None
        else {"text": time.span.text, "from": _day(time.start), "to": _day(time.end), "precision": _plain(time.precision)},
        "actor": [_party(p) for p in event.actors],
        "target": [_party(p) for p in event.targets],
        "figures": [range_record(r) for r in event.ranges(rule)],
        "grade": event.grade.value,
        "accounts": [account_record(a) for a in event.accounts],
        "independent": len(independent(event.accounts)),
        "first_told": _day(event.first_told),
        "claims": [s.claim.id for s in event.said],
        "reports": list(dict.fromkeys(s.cited.id for s in event.said)),
    }


def dossier_record(event: Event, rule: Rule) -> Record:
    """The whole of an event: its readings under every account, the claims themselves, and why they stand together."""
    return {
        **event_record(event, rule),
        "readings": [reading_record(r) for r in event.readings],
        "ties": [
            {
                "one": tie.one,
                "other": tie.other,
                "points": tie.points,
                "why": [{"reason": reason, "points": points} for reason, points in tie.why],
            }
            for tie in event.ties
        ],
        "told": [{"as": s.sort.value, **_cited(s.cited), "claim": claim_record(s.claim)} for s in event.said],
    }


def event_cells(event: Event, rule: Rule) -> Record:
    """One flat row of ``COLUMNS``."""
    whole = event_record(event, rule)
    place, time = whole["place"] or {}, whole["time"] or {}
    everybody = {r.measure: r for r in reversed(event.ranges(rule))}
    return {
        "id": event.id,
        "type": whole["type"],
        "status": whole["status"],
        "place": place.get("text"),
        "place_name": place.get("name"),
        "country": place.get("country"),
        "admin1": place.get("admin1"),
        "lat": place.get("lat"),
        "lon": place.get("lon"),
        "place_precision": place.get("precision"),
        "place_radius_km": place.get("radius_km"),
        "from": time.get("from"),
        "to": time.get("to"),
        "time": time.get("text"),
        "time_precision": time.get("precision"),
        "actor": _joined(p["text"] for p in whole["actor"]),
        "target": _joined(p["text"] for p in whole["target"]),
        **{
            f"{measure}_{end}": getattr(everybody[measure], end) if measure in everybody else None
            for measure in FLAT
            for end in ("low", "best", "high")
        },
        "rule": rule.value,
        "grade": whole["grade"],
        "accounts": len(whole["accounts"]),
        "independent": whole["independent"],
        "parties_to_it": sum(a["party"] for a in whole["accounts"]),
        "figures": _joined(_told(event)),
        "claims": _joined(whole["claims"]),
        "reports": _joined(whole["reports"]),
    }


def range_record(r: Range) -> Record:
    return {
        "measure": r.measure.value,
        "group": r.group,
        "low": r.low,
        "best": r.best,
        "high": r.high,
        "rule": r.rule.value,
        "accounts": r.accounts,
    }


def account_record(account: Account) -> Record:
    return {
        **_speaker(account.speaker),
        "denies": account.denies,
        "first": _day(account.first),
        "last": _day(account.last),
        "copies": account.copies,
        "claims": list(account.claims),
        "reports": list(account.reports),
    }


def reading_record(r: Reading) -> Record:
    return {
        "measure": r.measure.value,
        "group": r.group,
        "min": r.low,
        "max": r.high,
        "approximate": r.approximate,
        "words": r.words,
        **_speaker(r.speaker),
        "first": _day(r.first),
        "last": _day(r.last),
        "claim": r.claim,
        "report": r.report,
        "part": r.part,
        "superseded": r.superseded,
        "sum": r.sum,
        "counts": r.counts,
    }


def series_record(series: Series) -> Record:
    return {
        "measure": series.measure.value,
        "group": series.group,
        "place": series.place,
        "since": _day(series.since),
        "readings": [
            {
                "min": t.low,
                "max": t.high,
                "approximate": t.approximate,
                "words": t.words,
                "window": t.window,
                "from": _day(t.since),
                "to": _day(t.until),
                **_speaker(t.speaker),
                "claim": t.claim,
                "sentence": t.sentence,
                **_cited(t.cited),
            }
            for t in series.tolls
        ],
    }


def holding_record(holding: Holding) -> Record:
    site = holding.site
    return {
        "place": site.name,
        "country": site.country,
        "lat": site.lat,
        "lon": site.lon,
        "area": site.area,
        "holder": holding.side,
        "holder_name": holding.name,
        "since": _day(holding.since),
        "by": _day(holding.by),
        "until": _day(holding.until),
        "over_by": _day(holding.over_by),
        "over": holding.over,
        "last_told": _day(holding.last),
        "grade": holding.grade.value,
        "evidence": [evidence_record(e) for e in holding.evidence],
        "rivals": [evidence_record(e) for e in holding.rivals],
    }


def evidence_record(e: Evidence) -> Record:
    return {
        "step": e.step.value,
        "side": e.side,
        "name": e.name,
        "from": _day(e.start),
        "to": _day(e.end),
        "dated": e.dated,
        "possible": e.possible,
        **_speaker(e.speaker),
        "claim": e.claim,
        "sentence": e.words,
        **_cited(e.cited),
    }


def _speaker(speaker: Speaker) -> Record:
    return {
        "speaker": speaker.name,
        "speaker_actor": speaker.actor,
        "kind": speaker.kind.value,
        "party": speaker.party,
        "own_voice": speaker.own_voice,
    }


def _cited(cited: Citation) -> Record:
    return {"report": cited.id, "report_key": cited.key, "source": cited.source, "published": _day(cited.published), "url": cited.url}


def _told(event: Event) -> Iterable[str]:
    return (
        f"{s.claim.said_by[0].span.text if s.claim.said_by else s.cited.source or s.cited.id}: {figure_phrase(f)}"
        for s in event.said
        for f in s.claim.figures
    )


def _party(party: Party) -> Record:
    return {"text": party.span.text, "actor": party.actor}


def _plain(value: Any) -> Any:
    return value.value if hasattr(value, "value") else value


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _joined(words: Iterable[str] | Sequence[str]) -> str | None:
    return "; ".join(dict.fromkeys(words)) or None
