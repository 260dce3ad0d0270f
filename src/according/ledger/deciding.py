"""What people decided of claims. Decisions are rows that are only ever added; how a claim stands now follows from them.

A correction is laid over what the machine says, and outlives it: where the machine makes the claim again, in the same words or others,
the correction still stands; where it makes it no more, the claim stays, marked as withdrawn.

A person takes back his own last decision on a claim by one more decision. What is taken back stays among the rows, and counts for nothing.
"""

from __future__ import annotations

import enum
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

import sqlalchemy as sa

from according.errors import BadRecord, ChangedMeanwhile, NotInLedger
from according.ledger import audit, kept, users, verifying
from according.ledger.audit import Act
from according.ledger.moments import now
from according.ledger.schema import claims, decisions, flags, reports
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
    UNDO = "undo"  # takes back his own last decision on the claim that he has not taken back yet


@dataclass(frozen=True, slots=True)
class Decision:
    """One verdict on one claim. ``seen`` is the claim as it stood when the person decided."""

    number: int  # counts up over all decisions of a ledger
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
    last: int | None = None,
) -> None:
    """Append a decision, and let it be seen on the claim. A correction comes with ``Verdict.CORRECT``, and with no other.

    ``last`` is the number of the last decision on the claim that the person saw, 0 where there was none.

    Raises ``NotInLedger`` where the report has no such claim, ``ChangedMeanwhile`` where somebody decided on it after ``last``,
    ``BadRecord`` for a correction that is none (another claim's, or words that do not stand in the report) and where there is nothing to
    be taken back.
    """
    row = row_of(connection, number, claim)
    if row is None:
        raise NotInLedger(f"Report {report.id} has no claim {claim}.")
    [seen] = kept.whole(connection, [row])
    checked(verdict, correction, seen, report)
    before = of(connection, number, claim)
    if last is not None and last != (before[-1].number if before else 0):
        raise ChangedMeanwhile(f"{before[-1].person if before else 'Somebody'} decided on claim {claim} meanwhile; look at it again.")
    if verdict is Verdict.UNDO and not any(decision.person == person for decision in standing(before)):
        raise BadRecord(f"Claim {claim}: {person} has decided nothing on it that could be taken back.")
    values = {
        "report": number,
        "claim": claim,
        "verdict": verdict.value,
        "correction": written(correction) if correction else None,
        "seen": written(seen),
        "note": note,
        "person": person,
        "decided": now(),
    }
    made = connection.execute(sa.insert(decisions).values(values).returning(decisions.c.n)).scalar_one()
    key = connection.execute(sa.select(reports.c.key).where(reports.c.n == number)).scalar_one()
    told = {"decision": made, "report": key, "verdict": verdict.value, "sha256": verifying.sealed(values)}
    audit.add(connection, users.called(connection, person), Act.DECIDED, f"claim {claim}", **told)
    if verdict is not Verdict.UNDO:
        settled = sa.update(flags).where(flags.c.report == number, flags.c.claim == claim, flags.c.settled.is_(None))
        connection.execute(settled.values(settled=values["decided"]))
    after = of(connection, number, claim)
    if _laid(after) == _laid(before):  # nothing that is asked for or grouped differs
        connection.execute(sa.update(claims).where(claims.c.n == row.n).values(verdict=_verdict(after)))
        return
    [machine] = _machines(connection, [row])
    connection.execute(sa.delete(claims).where(claims.c.n == row.n))
    _write(connection, number, report, row.run, machine, after, withdrawn=row.withdrawn)


class _Told(Protocol):
    @property
    def verdict(self) -> str: ...
    @property
    def person(self) -> str: ...


T = TypeVar("T", bound=_Told)


def standing(decided: Iterable[T]) -> list[T]:
    """Of the decisions on one claim, the oldest first, those that nobody took back."""
    stand: list[T] = []
    for decision in decided:
        if decision.verdict != Verdict.UNDO:
            stand.append(decision)
        elif own := [n for n, one in enumerate(stand) if one.person == decision.person]:
            del stand[own[-1]]
    return stand


def of(connection: sa.Connection, number: int, claim: str | None = None) -> list[Decision]:
    """The decisions on a report's claims, or on one of them, the oldest first."""
    query = sa.select(decisions, reports.c.id.label("report_id")).join(reports, reports.c.n == decisions.c.report)
    query = query.where(decisions.c.report == number).order_by(decisions.c.n)
    return [decision_of(row) for row in connection.execute(query.where(decisions.c.claim == claim) if claim else query)]


def machines(connection: sa.Connection, number: int) -> list[Claim]:
    """The claims of a report as the machine made them last, in the order of their triggers."""
    standing = kept.selected().where(claims.c.report == number, claims.c.withdrawn == 0).order_by(claims.c.trigger_start, claims.c.n)
    return _machines(connection, connection.execute(standing).all())


def replace(connection: sa.Connection, number: int, report: Report, made: Sequence[Claim], run: int) -> None:
    """Put the machine's claims in the place of those that it made of the report before; what people decided stays."""
    decided: dict[str, list[Decision]] = {}
    for decision in of(connection, number):
        decided.setdefault(decision.claim, []).append(decision)
    before = {claim: row for claim in decided if (row := row_of(connection, number, claim)) is not None}
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
    correction, _ = _laid(decided)
    more = {"verdict": _verdict(decided), "machine": written(machine) if correction else None, "withdrawn": withdrawn}
    kept.add(connection, number, report, [correction or machine], run, **more)


def _laid(decided: Sequence[Decision]) -> tuple[Claim | None, bool]:
    """What decisions lay over what the machine says: the last correction that stands, and whether the claim is rejected."""
    stand = standing(decided)
    correction = next((decision.correction for decision in reversed(stand) if decision.correction), None)
    return correction, _verdict(decided) == Verdict.REJECT


def _verdict(decided: Sequence[Decision]) -> str | None:
    stand = standing(decided)
    return stand[-1].verdict.value if stand else None


def checked(verdict: Verdict, correction: Claim | None, seen: Claim, report: Report) -> None:
    """Raises ``BadRecord`` for a correction that is none of this claim, and for one that comes without its verdict or with another."""
    if (correction is not None) != (verdict is Verdict.CORRECT):
        raise BadRecord(f"Claim {seen.id}: a correction comes with the verdict {Verdict.CORRECT}, and with no other.")
    if correction is None:
        return
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


def row_of(connection: sa.Connection, number: int, claim: str) -> Any:
    """The row of a claim of a report, as ``kept.whole`` wants it; ``None`` where there is none."""
    return connection.execute(kept.selected().where(claims.c.report == number, claims.c.id == claim)).first()


def _machines(connection: sa.Connection, rows: Sequence[Any]) -> list[Claim]:
    """What the machine said of the claims of these rows: where one was corrected, that is kept beside the correction."""
    claims_now = kept.whole(connection, rows)
    return [claim_from(json.loads(row.machine)) if row.machine else claim for row, claim in zip(rows, claims_now, strict=True)]


def decision_of(row: Any) -> Decision:
    """A row of ``decisions``, or of ``second_opinions``, with ``report_id``."""
    correction = claim_from(json.loads(row.correction)) if row.correction else None
    told = (row.n, row.claim, row.report_id, Verdict(row.verdict), row.person, row.decided)
    return Decision(*told, claim_from(json.loads(row.seen)), correction, row.note)


def written(claim: Claim) -> str:
    """A claim as the text that decisions keep."""
    return json.dumps(claim_record(claim), ensure_ascii=False)
