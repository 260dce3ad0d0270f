"""What people decided of claims. Decisions are rows that are only ever added; how a claim stands now follows from them.

A correction is laid over what the machine says, and outlives it: where the machine makes the claim again, in the same words or others,
the correction still stands; where it makes it no more, the claim stays, marked as withdrawn.
"""

from __future__ import annotations

import enum
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from according.errors import BadRecord, NotInLedger
from according.ledger import kept
from according.ledger.moments import now
from according.ledger.schema import claims, decisions, reports
from according.model import Claim, Report
from according.records import claim_from, claim_record

#: The largest number that a figure can be kept with.
MOST = 2**63 - 1


class Verdict(enum.StrEnum):
    """What a person may say of a claim."""

    ACCEPT = "accept"
    CORRECT = "correct"
    REJECT = "reject"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Decision:
    """One verdict on one claim. ``seen`` is the claim as it stood when the person decided."""

    claim: str
    report: str
    verdict: Verdict
    person: str
    decided: str
    seen: Claim
    correction: Claim | None = None
    note: str | None = None


def decide(
    connection: sa.Connection,
    number: int,
    report: Report,
    claim: str,
    verdict: Verdict,
    person: str,
    correction: Claim | None,
    note: str | None,
) -> None:
    """Append a decision, and let it be seen on the claim. A correction comes with ``Verdict.CORRECT``, and with no other.

    Raises ``NotInLedger`` where the report has no such claim, ``BadRecord`` for a correction that is none: another claim's, or words that
    do not stand in the report.
    """
    row = _row(connection, number, claim)
    if row is None:
        raise NotInLedger(f"Report {report.id} has no claim {claim}.")
    [seen] = kept.whole(connection, [row])
    if (correction is not None) != (verdict is Verdict.CORRECT):
        raise BadRecord(f"Claim {claim}: a correction comes with the verdict {Verdict.CORRECT}, and with no other.")
    if correction:
        _checked(correction, seen, report)
    values = {
        "report": number,
        "claim": claim,
        "verdict": verdict.value,
        "correction": _text(correction) if correction else None,
        "seen": _text(seen),
        "note": note,
        "person": person,
        "decided": now(),
    }
    connection.execute(sa.insert(decisions).values(values))
    [machine] = _machines(connection, [row])
    connection.execute(sa.delete(claims).where(claims.c.n == row.n))
    _write(connection, number, report, row.run, machine, of(connection, number, claim), withdrawn=row.withdrawn)


def of(connection: sa.Connection, number: int, claim: str | None = None) -> list[Decision]:
    """The decisions on a report's claims, or on one of them, the oldest first."""
    query = sa.select(decisions, reports.c.id.label("report_id")).join(reports, reports.c.n == decisions.c.report)
    query = query.where(decisions.c.report == number).order_by(decisions.c.n)
    return [_decision(row) for row in connection.execute(query.where(decisions.c.claim == claim) if claim else query)]


def machines(connection: sa.Connection, number: int) -> list[Claim]:
    """The claims of a report as the machine made them last, in the order of their triggers."""
    standing = kept.selected().where(claims.c.report == number, claims.c.withdrawn == 0).order_by(claims.c.trigger_start, claims.c.n)
    return _machines(connection, connection.execute(standing).all())


def replace(connection: sa.Connection, number: int, report: Report, made: Sequence[Claim], run: int) -> None:
    """Put the machine's claims in the place of those that it made of the report before; what people decided stays."""
    decided: dict[str, list[Decision]] = {}
    for decision in of(connection, number):
        decided.setdefault(decision.claim, []).append(decision)
    before = {claim: row for claim in decided if (row := _row(connection, number, claim)) is not None}
    machines = dict(zip(before, _machines(connection, list(before.values())), strict=True))
    connection.execute(sa.delete(claims).where(claims.c.report == number))
    kept.add(connection, number, report, [claim for claim in made if claim.id not in decided], run)
    for claim in made:
        if claim.id in decided:
            _write(connection, number, report, run, claim, decided[claim.id], withdrawn=0)
    for lost in sorted(before.keys() - {claim.id for claim in made}):
        _write(connection, number, report, before[lost].run, machines[lost], decided[lost], withdrawn=1)


def _write(
    connection: sa.Connection, number: int, report: Report, run: int, machine: Claim, decided: Sequence[Decision], withdrawn: int
) -> None:
    """The row of a claim that was decided on: the last correction over what the machine says. A later verdict is one on the corrected
    claim, and does not bring the machine's words back.
    """
    correction = next((decision.correction for decision in reversed(decided) if decision.correction), None)
    more = {"verdict": decided[-1].verdict.value, "machine": _text(machine) if correction else None, "withdrawn": withdrawn}
    kept.add(connection, number, report, [correction or machine], run, **more)


def _checked(correction: Claim, seen: Claim, report: Report) -> None:
    if (correction.id, correction.report) != (seen.id, seen.report):
        raise BadRecord(f"Claim {seen.id}: its correction bears another id or report ({correction.id}, {correction.report}).")
    for span in spans(correction):
        if report.text[span.start : span.end] != span.text:
            raise BadRecord(f"Claim {seen.id}: the words “{span.text}” do not stand at {span.start}–{span.end} of its report.")
    for figure in correction.figures:
        if any(number is not None and not 0 <= number <= MOST for number in (figure.min, figure.max)):
            raise BadRecord(f"Claim {seen.id}: “{figure.span.text}” is to be a number from 0 to {MOST:,}.")


def spans(claim: Claim) -> list[Any]:
    """All spans of a claim."""
    held = [*claim.said_by, *claim.actor, *claim.target, *claim.within, *claim.figures, claim.place, claim.time]
    return [claim.sentence, claim.trigger, *(part.span for part in held if part is not None)]


def _row(connection: sa.Connection, number: int, claim: str) -> Any:
    return connection.execute(kept.selected().where(claims.c.report == number, claims.c.id == claim)).first()


def _machines(connection: sa.Connection, rows: Sequence[Any]) -> list[Claim]:
    """What the machine said of the claims of these rows: where one was corrected, that is kept beside the correction."""
    claims_now = kept.whole(connection, rows)
    return [claim_from(json.loads(row.machine)) if row.machine else claim for row, claim in zip(rows, claims_now, strict=True)]


def _decision(row: Any) -> Decision:
    correction = claim_from(json.loads(row.correction)) if row.correction else None
    return Decision(
        row.claim, row.report_id, Verdict(row.verdict), row.person, row.decided, claim_from(json.loads(row.seen)), correction, row.note
    )


def _text(claim: Claim) -> str:
    return json.dumps(claim_record(claim), ensure_ascii=False)
