"""A report: its text with the claims marked in place, and beside it the claims, field by field."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from according.ledger.answers import ClaimRow
from according.ledger.beside import Told
from according.ledger.deciding import Decision, standing
from according.ledger.question import Question
from according.model import Report
from according.web.facts import Fact, facts
from according.web.marking import Paragraph, marked, marks
from according.web.rendering import page
from according.web.site import ledger_of

router = APIRouter()

_LANGUAGE = re.compile("[a-z]{2,3}")


@dataclass(frozen=True, slots=True)
class Card:
    """A claim as the page shows it; ``number`` is its place in the text, from 1."""

    number: int
    row: ClaimRow
    facts: tuple[Fact, ...]
    event: Told | None
    decisions: tuple[Decision, ...]


@router.get("/report/{told:path}", name="report")
def report(request: Request, told: str) -> Response:
    """The page of one version of a report; an id leads to the newest version's."""
    ledger = ledger_of(request)
    beside = ledger.beside(told)
    key = beside.report.key
    if told != key:
        return RedirectResponse(f"/report/{key}", 307)
    found = ledger.report(key)
    asked = Question(reports=(key,), versions=True, rejected=True, withdrawn=True)
    rows = [row for row in ledger.claims(asked) if row.report.key == key]
    cards = _cards(rows, ledger.events_of(key), ledger.decisions(key))
    told_by = marked(found.text, (mark for row in rows for mark in marks(row.claim)))
    numbers = {card.row.claim.id: card.number for card in cards}
    return page(
        request, "report.html", report=found, beside=beside, cards=cards, paragraphs=told_by, numbers=numbers,
        pages=_pages(found, told_by), language=found.language if _LANGUAGE.fullmatch(found.language or "") else None,
    )  # fmt: skip


def _cards(rows: Sequence[ClaimRow], events: dict[str, Told], decisions: Sequence[Decision]) -> list[Card]:
    """The claims in the order of the text."""
    of = {row.claim.id: tuple(standing(d for d in decisions if d.claim == row.claim.id)) for row in rows if row.verdict}
    return [
        Card(n, row, tuple(facts(row.claim)), events.get(row.claim.id), of.get(row.claim.id, ()))
        for n, row in enumerate(sorted(rows, key=lambda row: (row.claim.trigger.start, row.claim.id)), 1)
    ]


def _pages(report: Report, paragraphs: Sequence[Paragraph]) -> dict[int, int]:
    """The number of each page by the start of the paragraph that it begins in."""
    starts = [paragraph.start for paragraph in paragraphs]
    return {starts[max(0, bisect_right(starts, start) - 1)]: number for number, (start, _) in enumerate(report.pages, 1) if starts}
