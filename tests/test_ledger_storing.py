"""What is put into a ledger comes back as it was; what is there already is only seen again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from according import pipeline
from according.errors import BadRecord
from according.intake.reports import inputs
from according.ledger import kept, moments, reading, runs, storing
from according.ledger.keys import report_key
from according.ledger.ledger import Ledger
from according.ledger.question import Question
from according.ledger.schema import pages, reports, sightings
from according.ledger.storing import Sighting
from according.model import Claim, Figure, Measure, Party, Place, Report
from hand_ledger import ODD_CLAIMS, ODD_REPORT, SET, VERSIONS, claim, dump, put, put_set, seen_at, span
from ledger_of_hand import CLAIMS, REPORT

EXAMPLES = Path(__file__).parent.parent / "examples"


@pytest.fixture
def ledger(ledger_url: str) -> Iterator[Ledger]:
    with Ledger(ledger_url, create=True) as ledger:
        yield ledger


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The moment that the ledger takes it to be: append another."""
    told = ["2031-05-04T06:00:00Z"]
    for module in (moments, storing):
        monkeypatch.setattr(module, "now", lambda: told[-1])
    return told


def rows(ledger: Ledger, table: sa.Table) -> list[dict[str, object]]:
    with ledger.reading() as connection:
        return [dict(row._mapping) for row in connection.execute(sa.select(table))]


def by_position(claims: object) -> list[Claim]:
    return sorted(claims, key=lambda c: (c.trigger.start, c.trigger.end, c.type))  # type: ignore[call-overload,no-any-return]


def test_every_claim_and_report_of_the_set_comes_back_equal(ledger: Ledger) -> None:
    put_set(ledger)
    for report, claims in SET:
        assert [row.claim for row in ledger.claims(Question(reports=(report.id,)))] == by_position(claims)
        assert ledger.report(report.id) == report
        assert ledger.report(report_key(report)) == report


def test_what_the_reader_makes_of_the_examples_comes_back_equal(ledger: Ledger) -> None:
    told = 0
    for where, report in inputs([EXAMPLES]):
        if where.endswith(".md"):
            continue
        assert isinstance(report, Report)
        claims = pipeline.claims(report)
        put(ledger, report, claims, place=where, item=where)
        assert [row.claim for row in ledger.claims(Question(reports=(report.id,)))] == by_position(claims)
        assert ledger.report(report.id) == report
        told += len(claims)
    assert told > 20


def test_a_claim_stands_on_the_page_of_its_trigger(ledger: Ledger) -> None:
    put(ledger, ODD_REPORT, ODD_CLAIMS)
    first, second, third = ODD_REPORT.pages
    for row in ledger.claims():
        start = row.claim.trigger.start
        assert row.page == (1 if start < first[1] else 3), third
    with ledger.reading() as connection:
        assert connection.execute(sa.select(pages.c.start, pages.c.stop).order_by(pages.c.number)).all() == list(ODD_REPORT.pages)
    assert second[0] == second[1]


@pytest.mark.parametrize("field", ["id", "text", "title", "source", "byline", "url"])
@pytest.mark.parametrize(("sign", "called"), [("\ud83d", "half a character"), ("\0", "NUL")])
def test_half_characters_and_nuls_are_refused_by_name_and_nothing_is_kept(ledger: Ledger, field: str, sign: str, called: str) -> None:
    bad = replace(REPORT, **{field: f"The army {sign}said"})
    with pytest.raises(BadRecord, match=f"its {field} holds .*{called}"):
        put(ledger, bad)
    assert rows(ledger, reports) == []


@pytest.mark.parametrize("field", ["dropped", "notes"])
def test_half_characters_in_what_was_left_out_are_refused(ledger: Ledger, field: str) -> None:
    with pytest.raises(BadRecord, match="half a character"):
        put(ledger, replace(REPORT, **{field: ("ad\udc00",)}))


@pytest.mark.parametrize("field", ["id", "source", "url"])
def test_what_a_report_is_found_by_may_be_long_but_not_longer_than_an_index_holds(ledger: Ledger, field: str) -> None:
    letters = "".join(f"{n:x}" for n in range(1000))  # nothing that could be packed
    long, longer = f"http://a.example/{letters}"[:2000], f"http://a.example/{letters}"[:2001]
    put(ledger, replace(REPORT, **{field: long}))
    assert getattr(ledger.report(REPORT.id if field != "id" else long), field) == long
    with pytest.raises(BadRecord, match=f"its {field} is longer than 2,000 bytes"):
        put(ledger, replace(REPORT, **{field: longer}))


def test_a_place_of_any_length_is_kept_so_that_it_can_be_told_from_others(ledger: Ledger) -> None:
    deep = "/".join(f"{n:x}é" for n in range(1500))
    for place in (f"{deep}/a", f"{deep}/b", f"{deep}/a"):
        put(ledger, REPORT, place=place)
    found = [place for _, place in seen_at(ledger)]
    assert len(found) == 2 and all(deep.startswith(place.split("…")[0]) and len(place.encode()) <= 2000 for place in found)


def test_a_party_and_a_place_of_thousands_of_letters_come_back_whole(ledger: Ledger) -> None:
    name = " ".join(f"word{n:x}" for n in range(1200))
    report = Report("long", f"{name} killed 12.")
    made = claim(
        report,
        "killed",
        actor=(Party(span(report.text, name)),),
        place=Place(span(report.text, name), name),
        within=(Place(span(report.text, name)),),
    )
    put(ledger, report, [made])
    assert [row.claim for row in ledger.claims()] == [made]


def test_a_text_of_as_many_words_as_a_report_may_have_is_kept(ledger: Ledger) -> None:
    text = " ".join(f"{n:x}" for n in range(160_000))  # a million characters, no word twice
    put(ledger, Report("book", text))
    assert ledger.report("book").text == text


def test_the_same_report_again_is_no_new_row_and_was_seen_now(ledger: Ledger, clock: list[str]) -> None:
    put(ledger, REPORT, CLAIMS)
    [before] = rows(ledger, reports)
    clock.append("2031-06-01T00:00:00Z")
    put(ledger, REPORT, CLAIMS)
    [after] = rows(ledger, reports)
    assert after == before | {"last_seen": "2031-06-01T00:00:00Z"}
    assert before["first_seen"] == "2031-05-04T06:00:00Z"
    [sighting] = rows(ledger, sightings)
    assert (sighting["first_seen"], sighting["last_seen"]) == ("2031-05-04T06:00:00Z", "2031-06-01T00:00:00Z")
    assert len(dump(ledger)) == len(CLAIMS)


def test_the_same_bytes_at_another_place_add_a_sighting_and_nothing_else(ledger: Ledger, clock: list[str]) -> None:
    put(ledger, REPORT, CLAIMS, place="/in/a.html", item="bytes")
    before = dump(ledger)
    clock.append("2031-06-01T00:00:00Z")
    with ledger.writing() as connection:
        storing.seen_again(connection, [Sighting("/copy/a.html", "bytes")])
    assert dump(ledger) == before
    assert seen_at(ledger) == [(report_key(REPORT), "/copy/a.html"), (report_key(REPORT), "/in/a.html")]
    assert [row["last_seen"] for row in rows(ledger, reports)] == ["2031-06-01T00:00:00Z"]


def test_bytes_that_gave_several_reports_are_seen_again_for_each_of_them(ledger: Ledger) -> None:
    for report, claims in SET:
        put(ledger, report, claims, place="all.jsonl", item="bytes")
    with ledger.writing() as connection:
        storing.seen_again(connection, [Sighting("again.jsonl", "bytes")])
    assert {place for _, place in seen_at(ledger)} == {"all.jsonl", "again.jsonl"}
    assert len(seen_at(ledger)) == 2 * len(SET)


def test_the_same_content_from_other_bytes_is_the_same_report(ledger: Ledger) -> None:
    put(ledger, REPORT, CLAIMS, place="a.html", item="one")
    put(ledger, replace(REPORT, raw_sha256="f" * 64, extractor="other"), CLAIMS, place="a.txt", item="two")
    assert len(rows(ledger, reports)) == 1
    assert len(seen_at(ledger)) == 2 and len(dump(ledger)) == len(CLAIMS)


@pytest.mark.parametrize("times", [(1, 2, None), (2, 1, None), (None, 2, 1), (2, None, 1)])
def test_of_all_times_at_which_the_bytes_were_taken_the_first_is_kept(ledger: Ledger, times: tuple[int | None, ...]) -> None:
    for n, day in enumerate(times):
        put(ledger, REPORT, place=str(n), taken=datetime(2031, 5, day, tzinfo=UTC) if day else None)
    assert [row["taken"] for row in rows(ledger, reports)] == ["2031-05-01T00:00:00Z"]


def test_a_source_is_the_outlet_or_else_the_host(ledger: Ledger) -> None:
    put(ledger, replace(REPORT, id="1", source="Herald", url="https://www.herald.example/1"))
    put(ledger, replace(REPORT, id="2", source=None, url="https://www.herald.example/2"))
    put(ledger, replace(REPORT, id="3", source=None, url=None))
    assert [row.source for row in ledger.reports()] == ["Herald", "herald.example", None]


def test_what_fails_in_a_transaction_leaves_nothing_of_it(ledger: Ledger) -> None:
    put(ledger, REPORT, CLAIMS)
    with pytest.raises(ZeroDivisionError), ledger.writing() as connection:
        storing.store(connection, ODD_REPORT, Sighting("x", "y"))
        raise ZeroDivisionError
    assert [row.id for row in ledger.reports()] == [REPORT.id]


def test_a_claim_of_one_report_twice_is_refused_and_nothing_is_half_written(ledger: Ledger) -> None:
    from according.errors import LedgerError

    with pytest.raises(LedgerError), ledger.writing() as connection:
        number = storing.store(connection, REPORT, Sighting("x", "y"))
        assert number
        kept.add(connection, number, REPORT, [*CLAIMS, CLAIMS[0]], runs.begin(connection, "ingest", VERSIONS))
    assert dump(ledger) == [] and rows(ledger, reports) == []


def test_signs_that_mean_something_in_sql_are_only_words(ledger: Ledger) -> None:
    evil = "x'); DROP TABLE claims; --"
    report = Report(evil, f"{evil} 12 were killed.", title=evil, source=evil, url=evil)
    put(
        ledger,
        report,
        [claim(report, "killed", figures=(Figure(span(report.text, "12"), Measure.KILLED, evil, 12, 12),))],
        place=evil,
        item=evil,
    )
    assert ledger.report(evil) == report
    [row] = ledger.claims(Question(reports=(evil,), sources=(evil,)))
    assert row.claim.figures[0].of == evil
    with ledger.reading() as connection:
        assert reading.number_of(connection, evil) == 1
    assert ledger.decisions(evil) == []
