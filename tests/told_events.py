"""Eleven reports made by hand that tell of five happenings, with rival figures, a denial, a copy, a plan and tolls: for tests of events."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from according.ledger.keys import report_key
from according.ledger.ledger import Ledger
from according.ledger.question import Question
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

#: Places of this set, which no gazetteer has: name, latitude, longitude, kilometres around, in whole degrees apart.
NADREH, BELEN, OSTREL, CORITH = (
    ("Nadreh", -40.10, -20.10),
    ("Belen Quay", -42.30, -22.20),
    ("Ostrel", -44.40, -24.30),
    ("Corith", -46.20, -26.40),
)
COUNTRY = "VM"


@dataclass(frozen=True)
class Paper:
    """A report with its claims, each made of words that stand in it."""

    report: Report
    claims: tuple[Claim, ...]

    @property
    def key(self) -> str:
        return report_key(self.report)

    @property
    def refs(self) -> list[tuple[str, str]]:
        return [(self.key, claim.id) for claim in self.claims]


@dataclass
class Page:
    report: Report

    def span(self, words: str) -> Span:
        start = self.report.text.index(words)
        return Span.of(self.report.text, start, start + len(words))

    def claim(
        self,
        trigger: str,
        kind: ClaimType,
        *,
        at: tuple[str, float, float] | None = None,
        on: tuple[str, date, date] | date | None = None,
        said: str = "",
        by: str = "",
        against: str = "",
        figures: Iterable[tuple[str, Measure, int | None, int | None]] = (),
        total: bool = False,
        **more: Any,
    ) -> Claim:
        at_trigger = self.span(trigger)
        text = self.report.text
        start = text.rfind("\n", 0, at_trigger.start) + 1
        sentence = Span.of(text, start, text.index("\n", at_trigger.end))
        if isinstance(on, date):
            on = (f"{on.day} {on:%B}", on, on)
        return Claim(
            claim_id(self.report.text_sha256, at_trigger, kind),
            self.report.id,
            sentence,
            at_trigger,
            kind,
            said_by=(Party(self.span(said)),) if said else (),
            manner=Manner.REPORTED if said else Manner.STATED,
            actor=(Party(self.span(by)),) if by else (),
            target=(Party(self.span(against)),) if against else (),
            place=Place(self.span(at[0]), at[0], None, at[1], at[2], "PPL", None, None, COUNTRY, Located.SETTLEMENT, 2.0, 0.9)
            if at
            else None,
            time=When(self.span(on[0]), on[1], on[2], Precision.DAY if on[1] == on[2] else Precision.MONTH) if on else None,
            figures=tuple(
                Figure(self.span(words), measure, words.split()[-1], low, high, cumulative=total) for words, measure, low, high in figures
            ),
            confidence=0.75,
            **more,
        )


def page(id: str, source: str | None, day: date | None, text: str, title: str | None = None) -> Page:
    return Page(Report(id, text, title, day, source))


def march(day: int) -> date:
    return date(2031, 3, day)


_STRIKE = (
    "Aircraft of the Velmar army struck the fish market in Nadreh on 3 March, and 12 traders were killed, the ministry of defence said.\n"
    "Dr Ilse Tamrin of the Harbour Hospital treated the wounded until midnight and asked Lord Mayor Quill for blood.\n"
    "Stalls of Pellar Street burned, and the Lamp Bridge was closed to carts, said the warden of the quarter.\n"
)


def _set() -> dict[str, Paper]:
    papers: dict[str, Paper] = {}

    def paper(told: Page, *claims: Claim) -> None:
        papers[told.report.id] = Paper(told.report, claims)

    # The strike on Nadreh: four accounts, one of them a copy, one a denial.
    struck: dict[str, Any] = {"at": NADREH, "on": march(3), "said": "the ministry of defence", "by": "the Velmar army", "event": 1}
    struck["figures"] = [("12 traders", Measure.KILLED, 12, 12)]
    p = page("gazette-strike", "The Hill Gazette", march(4), _STRIKE, "Market struck")
    burned = p.claim("burned", ClaimType.DESTRUCTION, said="the warden of the quarter", event=1)
    paper(p, p.claim("struck", ClaimType.AIR_STRIKE, **struck), burned)
    p = page("mirror-strike", "Coast Mirror", march(6), _STRIKE, "From our correspondents")
    paper(p, p.claim("struck", ClaimType.AIR_STRIKE, **struck))
    p = page(
        "watch-strike", "Rights Watch of Sulin", march(5),
        "At least 17 people died when Velmar army aircraft bombed Nadreh on 3 March, a local monitor wrote.\n"
        "The monitor named a baker, two sisters and a ferryman, and sent pictures of Pellar Street.\n",
    )  # fmt: skip
    paper(
        p,
        p.claim(
            "bombed", ClaimType.AIR_STRIKE, at=NADREH, on=march(3), said="a local monitor", by="Velmar army",
            figures=[("17 people", Measure.KILLED, 17, None)],
        ),
    )  # fmt: skip
    p = page(
        "army-denial", "Velmar Army", march(5),
        "The general staff denied that its aircraft had attacked Nadreh on 3 March.\n"
        "No sortie was flown from Fort Arden, General Oskin told the press in the capital.\n",
    )  # fmt: skip
    paper(
        p,
        p.claim(
            "attacked", ClaimType.AIR_STRIKE, at=NADREH, on=march(3), said="The general staff", by="its aircraft", status=Status.DENIED
        ),
    )
    # Belen Quay changes hands: two accounts, and who holds it.
    p = page(
        "gazette-quay", "The Hill Gazette", march(11),
        "Fighters of the Sulin Front captured Belen Quay on 10 March after a night of rain, residents said.\n"
        "Their banner hung from the Customs House of Belen Quay in the morning.\n",
        "The quay falls",
    )  # fmt: skip
    paper(
        p,
        p.claim("captured", ClaimType.TAKES_TERRITORY, at=BELEN, on=march(10), said="residents", by="the Sulin Front", event=4),
        p.claim("hung", ClaimType.CONTROL, at=BELEN, by="the Sulin Front", event=5),
    )
    p = page(
        "front-quay", "Sulin Front", march(12),
        "Our brigades took Belen Quay on 10 March and 40 soldiers of the enemy laid down their arms.\n"
        "Commander Rashko thanked the boatmen of the Reed Coast for their help.\n",
    )  # fmt: skip
    paper(
        p,
        p.claim(
            "took", ClaimType.TAKES_TERRITORY, at=BELEN, on=march(10), by="Our brigades",
            figures=[("40 soldiers", Measure.DETAINED, 40, 40)],
        ),
    )  # fmt: skip
    # A protest in Ostrel: two accounts.
    p = page(
        "herald-protest", "Ostrel Herald", march(16),
        "Some 3,000 weavers marched through Ostrel on 15 March against the price of salt.\n"
        "Elder Maud Ferren spoke from the steps of the Weighing Hall.\n",
    )  # fmt: skip
    paper(
        p,
        p.claim(
            "marched", ClaimType.PROTEST, at=OSTREL, on=march(15), by="weavers",
            figures=[("3,000 weavers", Measure.PARTICIPANTS, 3000, 3000)],
        ),
    )  # fmt: skip
    p = page(
        "radio-protest", "Radio Lantern", march(17),
        "Police counted 800 people who demonstrated in Ostrel on 15 March.\n"
        "Music played, and the trams of the Lower Line stood still until dusk.\n",
    )  # fmt: skip
    paper(
        p,
        p.claim(
            "demonstrated", ClaimType.PROTEST, at=OSTREL, on=march(15), said="Police", by="people",
            figures=[("800 people", Measure.PARTICIPANTS, 800, 800)],
        ),
    )  # fmt: skip
    # A bomb in Corith, in a round-up with more, and told once more.
    p = page(
        "wire-roundup", "The Wire", march(21),
        "A bomb exploded at the tannery of Corith on 20 March and injured 9 people, a nurse said.\n"
        "In Nadreh the strike of 3 March has emptied whole quarters, and 12 graves were dug.\n"
        "Since January the war has cost 300 lives, the Bureau of Records said.\n",
        "The week",
    )  # fmt: skip
    since = ("Since January", date(2031, 1, 1), march(21))
    paper(
        p,
        p.claim(
            "exploded", ClaimType.BOMBING, at=CORITH, on=march(20), said="a nurse", event=1,
            figures=[("9 people", Measure.INJURED, 9, 9)],
        ),
        p.claim("strike", ClaimType.AIR_STRIKE, at=NADREH, on=march(3), event=2, figures=[("12 graves", Measure.KILLED, 12, 12)]),
        p.claim(
            "cost", ClaimType.CASUALTIES, on=since, said="the Bureau of Records", event=3, total=True,
            figures=[("300 lives", Measure.KILLED, 300, 300)],
        ),
    )  # fmt: skip
    p = page(
        "lamp-bomb", None, march(22),
        "Fifteen people were hurt by the bomb that exploded in Corith on 20 March, the Lamp reported.\n"
        "The tannery of Master Hobb had stood for ninety years.\n",
    )  # fmt: skip
    paper(p, p.claim("exploded", ClaimType.BOMBING, at=CORITH, on=march(20), figures=[("Fifteen people", Measure.INJURED, 15, 15)]))
    # A plan, which nobody else tells of, and a toll of another window.
    p = page(
        "staff-plan", "Velmar Army", march(19),
        "The Velmar army will storm Corith on 28 March, Colonel Brandt announced.\n"
        "Since January the enemy has lost 450 lives, Colonel Brandt went on.\n",
    )  # fmt: skip
    paper(
        p,
        p.claim(
            "storm", ClaimType.TAKES_TERRITORY, at=CORITH, on=march(28), said="Colonel Brandt", by="The Velmar army", status=Status.PLANNED
        ),
        p.claim(
            "lost", ClaimType.CASUALTIES, on=("Since January", date(2031, 1, 1), march(19)), said="Colonel Brandt", total=True,
            figures=[("450 lives", Measure.KILLED, 450, 450)],
        ),
    )  # fmt: skip
    return papers


PAPERS = _set()
#: Which claims belong together, each named by its report and trigger: what a person would say who read all eleven reports.
EVENTS = {
    "strike": [
        ("gazette-strike", "struck"), ("gazette-strike", "burned"), ("mirror-strike", "struck"), ("watch-strike", "bombed"),
        ("army-denial", "attacked"), ("wire-roundup", "strike"),
    ],
    "quay": [("gazette-quay", "captured"), ("front-quay", "took")],
    "protest": [("herald-protest", "marched"), ("radio-protest", "demonstrated")],
    "bomb": [("wire-roundup", "exploded"), ("lamp-bomb", "exploded")],
    "plan": [("staff-plan", "storm")],
}  # fmt: skip
#: Totals and states of control, which belong to no event.
BESIDE = [("wire-roundup", "cost"), ("staff-plan", "lost"), ("gazette-quay", "hung")]


def ref(paper: str, trigger: str) -> tuple[str, str]:
    """A claim by its report's key and its own id."""
    told = PAPERS[paper]
    return told.key, next(claim.id for claim in told.claims if claim.trigger.text == trigger)


def claim_of(paper: str, trigger: str) -> Claim:
    return next(claim for claim in PAPERS[paper].claims if claim.trigger.text == trigger)


def take(ledger: Ledger, *names: str) -> None:
    """Take these papers in, all where none is named, in this order."""
    for name in names or PAPERS:
        put(ledger, PAPERS[name].report, PAPERS[name].claims, place=f"/in/{name}", item=name)


Told = dict[str, list[tuple[str, str]]]


def told(ledger: Ledger, question: Question | None = None) -> Told:
    """The claims of each event, by the event's id."""
    return {event.id: [(s.cited.key, s.claim.id) for s in event.said] for event in ledger.events(question)}


def named(ledger: Ledger, question: Question | None = None) -> list[list[tuple[str, str]]]:
    """The same without ids, each claim by its report's id and trigger."""
    return sorted(sorted((s.claim.report, s.claim.trigger.text) for s in event.said) for event in ledger.events(question))


def id_of(ledger: Ledger, paper: str, trigger: str) -> str:
    """The id of the event that a claim is of."""
    [id] = [id for id, refs in told(ledger).items() if ref(paper, trigger) in refs]
    return id
