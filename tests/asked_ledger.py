"""A small ledger made by hand, for tests that ask: four reports of two sources, one of them a newer version, one a copy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from according.ledger import kept, runs, storing
from according.ledger.copying import Sketch
from according.ledger.ledger import Ledger
from according.ledger.runs import Versions
from according.ledger.storing import Sighting
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

VERSIONS = Versions("0", "model", "words", "places")


@dataclass
class Told:
    """A report with its claims, each made of words that stand in it."""

    report: Report
    claims: list[Claim] = field(default_factory=list)

    def claim(self, trigger: str, kind: ClaimType, **fields: Any) -> Claim:
        at = self.span(trigger)
        start = self.report.text.rfind("\n", 0, at.start) + 1
        sentence = Span.of(self.report.text, start, self.report.text.index("\n", at.end))
        made = Claim(claim_id(self.report.text_sha256, at, kind), self.report.id, sentence, at, kind, **fields)
        self.claims.append(made)
        return made

    def span(self, words: str) -> Span:
        start = self.report.text.index(words)
        return Span.of(self.report.text, start, start + len(words))

    def party(self, words: str, actor: str | None = None) -> tuple[Party]:
        return (Party(self.span(words), actor),)

    def place(self, words: str, name: str, lat: float, lon: float, country: str, precision: Located = Located.SETTLEMENT) -> Place:
        return Place(self.span(words), name, 7, lat, lon, "PPL", "01", None, country, precision, 2.5, 0.75)

    def when(self, words: str, start: date | None, end: date | None, precision: Precision | None = Precision.DAY) -> When:
        return When(self.span(words), start, end, precision)


ARMY = Told(
    Report(
        "army-1", "The army said on 3 February that air strikes hit Saraqib, in Idlib, killing at least 12 rebels.\n"
        "“Our forces shelled Tell Abyad,” the spokesman said.\n", "Strikes", date(2020, 2, 4), "Army", url="https://army.example/1",
    )
)  # fmt: skip
STRIKE = ARMY.claim(
    "strikes", ClaimType.AIR_STRIKE, said_by=ARMY.party("The army", "actor:army"), manner=Manner.REPORTED, target=ARMY.party("rebels"),
    place=ARMY.place("Saraqib", "Sarāqib", 35.8686, 36.8058, "SY"),
    within=(Place(ARMY.span("Idlib"), "Idlib Governorate", 8, 35.8, 36.7, "ADM1", "12", None, "SY", Located.ADMIN1, 60.0, 0.9),),
    time=ARMY.when("3 February", date(2020, 2, 3), date(2020, 2, 3)),
    figures=(Figure(ARMY.span("at least 12"), Measure.KILLED, "rebels", 12, None),), confidence=0.123456789012345,
)  # fmt: skip
SHELLING = ARMY.claim(
    "shelled", ClaimType.SHELLING, said_by=ARMY.party("the spokesman"), manner=Manner.QUOTED, actor=ARMY.party("Our forces"),
    place=ARMY.place("Tell Abyad", "Tall Abyad", 36.6976, 38.9567, "SY"),
)  # fmt: skip

WIRE = Told(
    Report(
        "wire-1", "Since January fighters have regained control of villages near the café in Goma, al-Qaeda denied.\n"
        "In Congo 30 to 40 people fled, 5 of them children, and 3 died on the coast of Fiji.\n"
        "Shells fell on Suva.\n", "A wire of the day", date(2020, 3, 1), "The Wire",
    )
)  # fmt: skip
CONTROL = WIRE.claim(
    "regained", ClaimType.TAKES_TERRITORY, status=Status.DENIED, said_by=WIRE.party("al-Qaeda"), actor=WIRE.party("fighters"),
    place=WIRE.place("Goma", "Goma", -1.6741, 29.2228, "CD"), time=WIRE.when("Since January", date(2020, 1, 1), None, Precision.MONTH),
)  # fmt: skip
FLIGHT = WIRE.claim(
    "fled", ClaimType.DISPLACEMENT, place=WIRE.place("Congo", "Congo", -1.7, 29.3, "CD", Located.COUNTRY),
    figures=(
        Figure(WIRE.span("30 to 40"), Measure.DISPLACED, "people", 30, 40, approximate=True),
        Figure(WIRE.span("5"), Measure.DISPLACED, "children", 5, 5),
        Figure(WIRE.span("3"), Measure.KILLED, None, 3, 3, cumulative=True),
    ),
)  # fmt: skip
SUVA = WIRE.claim(
    "fell", ClaimType.SHELLING, status=Status.POSSIBLE, place=WIRE.place("Suva", "Suva", -18.1416, 178.4419, "FJ"),
    within=(Place(WIRE.span("Fiji")),),
)  # fmt: skip

COPY = Told(Report("copy-1", "The army hit Saraqib, another outlet wrote.\n", "Copied", date(2020, 2, 5), "The Wire"))
COPIED = COPY.claim("hit", ClaimType.ATTACK, place=Place(COPY.span("Saraqib")))

OLD = Told(Report("page", "An old page of clashes.\n", "Page", date(2020, 1, 1), "The Wire", url="https://wire.example/page"))
CLASH = OLD.claim("clashes", ClaimType.ARMED_CLASH)
NEW = Told(
    Report("page", "A new page of clashes, undated elsewhere.\n", "Page", date(2020, 1, 2), "The Wire", url="https://wire.example/page")
)
CLASHES = NEW.claim("clashes", ClaimType.ARMED_CLASH)

UNDATED = Told(Report("note", "A note of a protest.\n"))
PROTEST = UNDATED.claim("protest", ClaimType.PROTEST)

ALL = (ARMY, WIRE, COPY, OLD, NEW, UNDATED)
#: The claims of the newest versions, in the order in which they are always told.
TOLD = (CLASHES, STRIKE, SHELLING, COPIED, CONTROL, FLIGHT, SUVA, PROTEST)


def made(where: str, told: Iterable[Told] = ALL) -> Ledger:
    """A ledger that holds these reports, taken in in this order; COPY is set down as a copy of ARMY where both are there."""
    ledger = Ledger(where, create=True)
    numbers: dict[str, int | None] = {}
    with ledger.writing() as connection:
        run = runs.begin(connection, "test", VERSIONS)
        for one in told:
            number = storing.store(connection, one.report, Sighting("/" + one.report.id, "item"), Sketch(0, ()))
            assert number is not None
            numbers[one.report.id] = number
            kept.add(connection, number, one.report, one.claims, run)
        if {"army-1", "copy-1"} <= numbers.keys():
            copied = {"copy": numbers["copy-1"], "original": numbers["army-1"]}
            connection.exec_driver_sql("UPDATE reports SET original = {original} WHERE n = {copy}".format(**copied))
    return ledger
