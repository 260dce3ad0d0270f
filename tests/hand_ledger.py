"""Reports and claims made by hand, and the few steps that put them into a ledger, for tests of its storage."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import sqlalchemy as sa

from according.ledger import deciding, kept, reading, runs, stages, storing
from according.ledger.keys import report_key
from according.ledger.ledger import Ledger
from according.ledger.runs import Versions
from according.ledger.schema import metadata, reports, sightings
from according.ledger.stages import Stage, StageRow, State
from according.ledger.storing import Sighting
from according.model import (
    Anchor,
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
from ledger_of_hand import CLAIMS, REPORT

VERSIONS = Versions("0.1", "model", "words", "places")
PERSON = "Amina"

# Outside the Basic Multilingual Plane, written from right to left, of two code points each, and signs that mean something in SQL.
ODD = (
    "𐤀𐤁 said “12 of ’em” died in Ḥimṣ; بلدة سراقب fell, e\u0301te\u0301 \u202eturned\u202c, 😀👨‍👩‍👧, "
    "'; DROP TABLE reports; -- \\ % _ \" $1 :name ?\u2028new line\u0085\t\ufffd\ufffe end."
)


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span.of(text, start, start + len(words))


def claim(report: Report, words: str, kind: ClaimType = ClaimType.CASUALTIES, **fields: Any) -> Claim:
    """A claim on ``words`` of a report whose sentence is the whole text."""
    trigger, whole = span(report.text, words), Span.of(report.text, 0, len(report.text))
    return Claim(claim_id(report.text_sha256, trigger, kind), report.id, whole, trigger, kind, **fields)


def _odd() -> tuple[Report, tuple[Claim, ...]]:
    report = Report(
        "odd \U00010900 id", ODD, title="𐤀 “said”", published=date(1, 1, 1), source="ذا سورس", byline="'--", url="HTTP://Bücher.example/ä?b=c#d",
        language="en", raw_sha256="0" * 64, extractor="by hand 1", dropped=("Share 𐤀", ""), furniture=((0, 2), (5, 6)),
        pages=((0, 30), (30, 30), (30, len(ODD))), notes=("a “note”",),
    )  # fmt: skip
    figures = (
        Figure(span(ODD, "12"), Measure.KILLED, "’em", 10**15, 10**15),
        Figure(span(ODD, "12 of"), Measure.OTHER, None, 0, 2**63 - 1, cumulative=True, approximate=True),
        Figure(span(ODD, "of ’em"), Measure.PLACES),
    )
    place = Place(
        span(ODD, "Ḥimṣ"), "حمص", 2**31 - 1, 34.73083333333333, -179.99999999999997, "PPLA", "01", "", "SY", Located.LINE, 0.0, 1 / 3, "𐤀"
    )
    all_of_it = claim(
        report, "died", ClaimType.SHELLING, status=Status.POSSIBLE, said_by=(Party(span(ODD, "𐤀𐤁"), "act:𐤀"), Party(span(ODD, "’em"))),
        manner=Manner.QUOTED, actor=(Party(span(ODD, "😀👨‍👩‍👧")),),
        target=(Party(span(ODD, "بلدة سراقب")), Party(span(ODD, "e\u0301te\u0301"))),
        place=place, within=(Place(span(ODD, "سراقب")), replace(place, lat=-90.0, lon=180.0)),
        time=When(span(ODD, "end"), date.min, date.max, Precision.SEASON, Anchor.DATELINE), figures=figures, event=0,
        evidence=("rule.𐤀", "'; --"), confidence=0.1,
    )  # fmt: skip
    half_dated = claim(report, "fell", time=When(span(ODD, "end"), None, date(2031, 5, 4)), place=Place(span(ODD, "Ḥimṣ")), confidence=1.0)
    return report, (replace(all_of_it), claim(report, "said", ClaimType.TALKS), half_dated)


ODD_REPORT, ODD_CLAIMS = _odd()
#: Every report of the set with its claims: one with all that a claim can bear, one with odd signs, one without claims or anything told.
SET: tuple[tuple[Report, tuple[Claim, ...]], ...] = (
    (REPORT, CLAIMS),
    (ODD_REPORT, ODD_CLAIMS),
    (Report("bare", "x"), ()),
)


def put(
    ledger: Ledger,
    report: Report,
    claims: Iterable[Claim] = (),
    *,
    place: str = "/in/a.html",
    item: str = "item",
    taken: datetime | None = None,
) -> int:
    """Take a report in as a run does, its claims with it. The report's number."""
    with ledger.writing() as connection:
        number = storing.store(connection, report, Sighting(place, item, taken))
        assert number is not None
        key = report_key(report)
        if not stages.of(connection, key, Stage.CODE):
            kept.add(connection, number, report, claims, runs.begin(connection, "ingest", VERSIONS))
            stages.mark(connection, StageRow(key, Stage.CODE, str(VERSIONS), State.DONE, place, place))
    return number


def put_set(ledger: Ledger) -> None:
    for number, (report, claims) in enumerate(SET):
        put(ledger, report, claims, place=f"/in/{number}", item=f"item {number}")


def machine(ledger: Ledger, report: Report, claims: Iterable[Claim]) -> None:
    """The machine makes the report's claims anew."""
    with ledger.writing() as connection:
        number = reading.number_of(connection, report_key(report))
        deciding.replace(connection, number, report, list(claims), runs.begin(connection, "recode", VERSIONS))


def dump(ledger: Ledger) -> list[Any]:
    """All claims of all versions, as they stand, rejected and withdrawn ones too."""
    from according.ledger.question import Question

    return list(ledger.claims(Question(versions=True, rejected=True, withdrawn=True)))


@dataclass(frozen=True)
class Links:
    """Which reports replace and copy which, all told by their keys."""

    newer: dict[str, str | None] = field(default_factory=dict)
    original: dict[str, str | None] = field(default_factory=dict)


def links(ledger: Ledger) -> Links:
    with ledger.reading() as connection:
        rows = connection.execute(sa.select(reports.c.n, reports.c.key, reports.c.replaced_by, reports.c.original)).all()
    key = {row.n: row.key for row in rows} | {None: None}
    return Links({row.key: key[row.replaced_by] for row in rows}, {row.key: key[row.original] for row in rows})


def seen_at(ledger: Ledger) -> list[tuple[str, str]]:
    """The places of all sightings with the reports' keys."""
    with ledger.reading() as connection:
        query = sa.select(reports.c.key, sightings.c.place).join(reports, reports.c.n == sightings.c.report)
        return sorted((row.key, row.place) for row in connection.execute(query))


def execute(ledger: Ledger, *statements: str) -> None:
    """Raw SQL, as somebody with a database browser would give it: references are not minded."""
    with ledger.engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        if ledger.engine.dialect.name == "sqlite":
            raw.execute("PRAGMA foreign_keys = OFF")
        for statement in statements:
            raw.execute(statement)
        if ledger.engine.dialect.name == "postgresql":
            raw.commit()
        else:
            raw.execute("PRAGMA foreign_keys = ON")


def emptied(ledger: Ledger) -> Ledger:
    """The same ledger with nothing in it: quicker than a new one."""
    with ledger.writing() as connection:
        for table in reversed(metadata.sorted_tables):
            connection.execute(sa.delete(table))
    return ledger


@cache
def _template() -> Path:
    folder = Path(mkdtemp(prefix="according-ledger-"))
    path = folder / "empty.db"
    Ledger(path, create=True).close()
    return path


@contextmanager
def fresh(folder: Path) -> Iterator[Ledger]:
    """A SQLite ledger with nothing in it, copied from one made once."""
    path = folder / f"{len(list(folder.iterdir()))}.db"
    shutil.copy(_template(), path)
    with Ledger(path) as ledger:
        yield ledger
