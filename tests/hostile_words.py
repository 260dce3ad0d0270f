"""Words made to run as code in a browser, in every field of a report that a page shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from according.ledger.ledger import Ledger
from according.model import (
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
    claim_id,
)
from hand_ledger import put

HOSTILE = (
    "<script>alert('said')</script>",
    '"><img src=x onerror=alert(1)>',
    "<svg/onload=alert(2)>",
    "</textarea><script>alert(3)</script>",
    "javascript:alert(4)",
    "{{ 7 * 7 }}${alert(5)}",
    "<details open ontoggle=alert(6)>",
    "\u202etxet desrever\u202c <iframe srcdoc='<script>alert(7)</script>'>",
)


def take_hostile(ledger: Ledger) -> None:
    """Three reports, of which two tell of one event, and a person's verdict with a note."""
    for n in range(3):
        words = HOSTILE[n % len(HOSTILE)]
        first = f"The {words} said on Friday that {HOSTILE[2]} had struck {HOSTILE[1]} near Ostrel, killing 12 {HOSTILE[6]}."
        text = f"{first} {' '.join(HOSTILE)}"
        report = Report(
            f"hostile-{n}",
            text,
            f"Report {n} {HOSTILE[n]} {HOSTILE[3]}",
            date(2031, 5, 4),
            f"Outlet {HOSTILE[1]}",
            byline=HOSTILE[2],
            url="javascript:alert(8)" if n else f"https://example.org/?q={HOSTILE[0]}",
        )
        claim = _claim(report, first, words)
        put(ledger, report, [claim], place=f"{n}")
    ledger.group()
    ledger.decide(claim.id, "accept", report=report.id, person=HOSTILE[0], note=HOSTILE[1])


def _claim(report: Report, first: str, speaker: str) -> Claim:
    def span(words: str) -> Span:
        start = report.text.index(words)
        return Span.of(report.text, start, start + len(words))

    trigger = span("struck")
    place = Place(span("Ostrel"), HOSTILE[3], 1, -40.1, 20.2, "PPL", "01", None, "XX", Located.SETTLEMENT, 3.0, 0.8)
    return replace(
        Claim(
            claim_id(report.text_sha256, trigger, ClaimType.AIR_STRIKE), report.id, span(first), trigger, ClaimType.AIR_STRIKE,
            Status.HAPPENED, (Party(span(speaker)),), Manner.REPORTED, (Party(span(HOSTILE[2])),), (Party(span(HOSTILE[6])),), place, (),
            When(span("Friday"), date(2031, 5, 2), date(2031, 5, 2), Precision.DAY),
            (Figure(span("12"), Measure.KILLED, "people", 12, 12),), None, ("frame.strike",), 0.5,
        ),
        event=1,
    )  # fmt: skip
