"""What people decided of events, as rows that are only ever added."""

from __future__ import annotations

import json
from collections.abc import Iterable

import sqlalchemy as sa

from according.events.deciding import EventDecision, EventVerdict, Ref
from according.ledger.moments import now
from according.ledger.schema import event_decisions


def all_of(connection: sa.Connection) -> list[EventDecision]:
    """The oldest first."""
    return [
        EventDecision(EventVerdict(row.verdict), _refs(row.one), _refs(row.other), row.person, row.decided, row.note)
        for row in connection.execute(sa.select(event_decisions).order_by(event_decisions.c.n))
    ]


def add(connection: sa.Connection, verdict: EventVerdict, one: Iterable[Ref], other: Iterable[Ref], person: str, note: str | None) -> None:
    row = {"verdict": verdict.value, "one": _text(one), "other": _text(other), "person": person, "note": note, "decided": now()}
    connection.execute(sa.insert(event_decisions).values(row))


def _text(refs: Iterable[Ref]) -> str:
    return json.dumps(sorted(refs))


def _refs(told: str) -> tuple[Ref, ...]:
    return tuple((report, claim) for report, claim in json.loads(told))
