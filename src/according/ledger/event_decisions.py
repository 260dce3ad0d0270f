"""What people decided of events, as rows that are only ever added."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from according.events.deciding import EventDecision, EventVerdict, Ref
from according.ledger import audit, users, verifying
from according.ledger.audit import Act
from according.ledger.moments import now
from according.ledger.schema import event_decisions


def all_of(connection: sa.Connection) -> list[EventDecision]:
    """The oldest first."""
    return [decision_of(row) for row in connection.execute(sa.select(event_decisions).order_by(event_decisions.c.n))]


def decision_of(row: Any) -> EventDecision:
    return EventDecision(EventVerdict(row.verdict), _refs(row.one), _refs(row.other), row.person, row.decided, row.note)


def add(
    connection: sa.Connection,
    verdict: EventVerdict,
    one: Iterable[Ref],
    other: Iterable[Ref],
    person: str,
    note: str | None,
    about: Iterable[str],
) -> None:
    """Append a merge or a split; ``about``: the ids of the events that it is of."""
    row = {"verdict": verdict.value, "one": _text(one), "other": _text(other), "person": person, "note": note, "decided": now()}
    made = connection.execute(sa.insert(event_decisions).values(row).returning(event_decisions.c.n)).scalar_one()
    act = Act.MERGED if verdict is EventVerdict.MERGE else Act.SPLIT
    subject = f"events {' '.join(about)}"
    audit.add(connection, users.called(connection, person), act, subject, decision=made, sha256=verifying.sealed(row))


def _text(refs: Iterable[Ref]) -> str:
    return json.dumps(sorted(refs))


def _refs(told: str) -> tuple[Ref, ...]:
    return tuple((report, claim) for report, claim in json.loads(told))
