"""All that a ledger tells, as text: what two ledgers of the same reports must have in common, byte for byte."""

from __future__ import annotations

from according.formats.jsonl import line
from according.ledger.ledger import Ledger
from according.ledger.question import Question
from according.records import claim_record

EVERYTHING = Question(versions=True, rejected=True, withdrawn=True)


def dump(ledger: Ledger) -> str:
    rows = [f"{row.report.key} {row.page} {row.verdict} {line(claim_record(row.claim))}" for row in ledger.claims(EVERYTHING)]
    rows += [
        repr((row.key, row.id, row.source, row.published, row.claims, row.replaced_by, row.copy_of)) for row in ledger.reports(EVERYTHING)
    ]
    ledger.group()
    rows += [f"{event.id} {[(s.cited.key, s.claim.id, s.sort.value) for s in event.said]}" for event in ledger.events(EVERYTHING)]
    assert not list(ledger.faults())
    return "\n".join(rows)
