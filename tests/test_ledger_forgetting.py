"""A forgotten report leaves a tombstone and not one word, and is not taken in again."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from according.errors import NotInLedger
from according.ledger import stages, storing
from according.ledger.keys import report_key
from according.ledger.ledger import Ledger
from according.ledger.schema import fetches, metadata, sightings, sources, tombstones
from according.ledger.schema import stages as stage_table
from according.ledger.stages import Stage, StageRow, State
from according.ledger.storing import Sighting
from according.ledger.upsert import upsert
from according.model import Report
from hand_ledger import PERSON, claim, links, put, put_set
from test_ledger_copies import AGENCY, outlet

RARE = "Zyxwvutsr"
URL = "https://a.example/zyxwvutsr-speaks"
TEXT = f"{RARE} saw how 12 were killed by {RARE}’s neighbours near the mill. " + AGENCY
SECRET = Report(
    "zyxwvutsr-speaks-1", TEXT, title=f"{RARE} speaks", byline=RARE, source=f"{RARE}'s diary", url=URL, notes=(RARE,), dropped=(RARE,)
)


@pytest.fixture
def ledger(ledger_url: str) -> Iterator[Ledger]:
    with Ledger(ledger_url, create=True) as ledger:
        yield ledger


def taken_in(ledger: Ledger) -> None:
    """The report as a run takes it from the web, with a decision on its claim."""
    made = claim(SECRET, "killed")
    put(ledger, SECRET, [made], place=URL, item="secret")
    ledger.decide(made.id, "accept", report=SECRET.id, person=PERSON, note=RARE)
    with ledger.writing() as connection:
        told = {"address": URL, "url": URL, "fetched": "2031-05-04T06:00:00Z", "item": "secret", "body": zlib.compress(TEXT.encode(), 0)}
        upsert(connection, fetches, told)
        for subject, stage in ((URL, Stage.FETCH), ("secret", Stage.EXTRACT)):
            stages.mark(connection, StageRow(subject, stage, "1", State.DONE, URL, URL))


def words(ledger: Ledger) -> str:
    """All that the tables hold."""
    with ledger.reading() as connection:
        return repr([row for table in metadata.sorted_tables for row in connection.execute(sa.select(table))]).lower()


def test_no_word_of_it_is_left_in_any_table(ledger: Ledger) -> None:
    put_set(ledger)
    before = words(ledger)
    taken_in(ledger)
    assert RARE.lower() in words(ledger)
    ledger.forget(SECRET.id, "a witness asked", PERSON)
    assert RARE.lower() not in words(ledger)
    assert len(words(ledger)) < len(before) + 1_600  # the tombstone, two rows of the audit and a name
    assert list(ledger.faults()) == []


def test_no_byte_of_it_is_left_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with Ledger(path, create=True) as ledger:
        put_set(ledger)
        taken_in(ledger)
        assert RARE.lower() in _bytes(tmp_path)
        ledger.forget(SECRET.id, "a witness asked")
        assert RARE.lower() not in _bytes(tmp_path)
        assert RARE.lower()[:6] not in _bytes(tmp_path), "in an index of words"
    assert RARE.lower() not in _bytes(tmp_path)


def _bytes(folder: Path) -> str:
    """Of the file, its journal and all beside it."""
    return "".join(file.read_bytes().decode("latin-1").lower() for file in folder.iterdir())


def test_a_tombstone_says_why_and_the_report_is_not_taken_in_again(ledger: Ledger) -> None:
    taken_in(ledger)
    assert ledger.forget(SECRET.id, "a witness asked", PERSON) == (SECRET.id, 0)
    with ledger.writing() as connection:
        [stone] = connection.execute(sa.select(tombstones))
        assert (stone.key, stone.why, stone.person) == (report_key(SECRET), "a witness asked", PERSON)
        assert storing.store(connection, SECRET, Sighting("elsewhere", "other bytes")) is None
    assert list(ledger.reports()) == []
    assert ledger.status().rows["forgotten reports"] == 1
    with pytest.raises(NotInLedger):
        ledger.forget(SECRET.id, "again")


def test_bytes_known_as_read_stay_known_so_that_they_are_not_read_again(ledger: Ledger) -> None:
    taken_in(ledger)
    ledger.forget(SECRET.id, "a witness asked")
    with ledger.reading() as connection:
        assert [row.state for row in stages.of(connection, "secret", Stage.EXTRACT)] == [State.DONE]
        assert stages.of(connection, URL, Stage.FETCH) == []
        assert stages.of(connection, report_key(SECRET), Stage.CODE) == []


def test_what_other_reports_came_from_is_kept(ledger: Ledger) -> None:
    taken_in(ledger)
    other = replace(SECRET, id="other", text=AGENCY, title=None, notes=())
    put(ledger, other, place=URL, item="secret")
    ledger.forget(SECRET.id, "a witness asked")
    with ledger.reading() as connection:
        for table in (fetches, sightings, sources):
            assert len(connection.execute(sa.select(table)).all()) == 1, table
        places = connection.execute(sa.select(stage_table.c.place).where(stage_table.c.subject == "secret")).scalars().all()
    assert places == [URL]


def test_copies_of_the_forgotten_get_the_next_original_or_none(ledger: Ledger) -> None:
    first, second, third = (outlet(n, day=n) for n in (1, 2, 3))
    for report in (first, second, third):
        put(ledger, report, place=report.id, item=report.id)
    ledger.forget(first.id, "x")
    assert links(ledger).original == {report_key(second): None, report_key(third): report_key(second)}
    ledger.forget(second.id, "x")
    assert links(ledger).original == {report_key(third): None}


@pytest.mark.parametrize("gone", [0, 1, 2])
def test_versions_left_are_linked_past_the_forgotten_one(ledger: Ledger, gone: int) -> None:
    versions = [Report("r", f"{AGENCY} {n}", published=date(2031, 5, n + 1), source="S") for n in range(3)]
    for n, report in enumerate(versions):
        put(ledger, report, place=str(n), item=str(n))
    assert ledger.forget(report_key(versions[gone]), "x") == ("r", 2)
    older, newer = (report_key(report) for n, report in enumerate(versions) if n != gone)
    assert links(ledger).newer == {older: newer, newer: None}


def test_two_that_were_one_document_through_the_forgotten_one_are_two_again(ledger: Ledger) -> None:
    one = Report("a", AGENCY, published=date(2031, 5, 1), source="S", url="http://a.example/x")
    other = Report("b", AGENCY + " More.", published=date(2031, 5, 2), source="S")
    bridge = Report("b", AGENCY + " Most.", published=date(2031, 5, 3), source="S", url="http://a.example/x")
    for report in (one, other, bridge):
        put(ledger, report, place=report_key(report), item=report_key(report))
    assert links(ledger).newer[report_key(one)] == report_key(other)
    ledger.forget(report_key(bridge), "x")
    assert set(links(ledger).newer.values()) == {None}
    assert links(ledger).original == {report_key(one): None, report_key(other): report_key(one)}


def test_while_another_reads_the_words_are_said_to_be_in_the_file_still(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from according.errors import LedgerError
    from according.ledger import opening

    monkeypatch.setattr(opening, "PATIENCE", 0.2)
    path = tmp_path / "a.db"
    with Ledger(path, create=True) as ledger, Ledger(path) as reader:
        taken_in(ledger)
        rows = iter(reader.claims())
        next(rows)
        with pytest.raises(LedgerError, match="forgotten, but another process is reading"):
            ledger.forget(SECRET.id, "a witness asked")
        assert list(ledger.reports()) == []
        del rows
    assert RARE.lower() not in _bytes(tmp_path)


def test_a_report_that_is_not_there_cannot_be_forgotten(ledger: Ledger) -> None:
    put_set(ledger)
    before = words(ledger)
    with pytest.raises(NotInLedger, match="There is no report nobody in this ledger"):
        ledger.forget("nobody", "x")
    assert words(ledger) == before
