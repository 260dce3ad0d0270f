"""A changed page is a new version of its report, linked the same way in whatever order the versions came."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from according.errors import NotInLedger
from according.ledger.keys import report_key
from according.ledger.ledger import Ledger
from according.ledger.question import Question
from according.model import Report
from hand_ledger import claim, emptied, links, put

TEXT = "The army said on Friday that {} rebels were killed near Tal Hamra. Villagers fled to the south, the mayor told reporters."
OTHER = "Prices of bread went up again in the markets of the capital as traders waited for a decision of the central bank on imports."


@pytest.fixture
def ledger(ledger_url: str) -> Iterator[Ledger]:
    with Ledger(ledger_url, create=True) as ledger:
        yield ledger


def version(n: int, **told: object) -> Report:
    return replace(Report("r", TEXT.format(n), published=date(2031, 5, n), source="Herald"), **told)  # type: ignore[arg-type]


def chain(versions: Sequence[Report]) -> dict[str, str | None]:
    """What replaces each, where each is replaced by the one after it."""
    keys = [report_key(report) for report in versions]
    return dict(zip(keys, [*keys[1:], None], strict=True))


def same_id() -> list[Report]:
    return [version(n) for n in range(1, 5)]


def same_address() -> list[Report]:
    spellings = ("http://a.example/x", "HTTP://A.example:80/x#top", "http://a.example/x?utm_source=feed", "http://a.example/./x")
    return [version(n, id=f"r{n}", source=f"S{n}", url=url) for n, url in enumerate(spellings, 1)]


def of_no_source() -> list[Report]:
    return [version(n, source=None) for n in range(1, 5)]


@pytest.mark.parametrize("made", [same_id, same_address, of_no_source])
def test_four_versions_are_linked_the_same_way_in_every_order(ledger: Ledger, made: object) -> None:
    versions = made()  # type: ignore[operator]
    for order in itertools.permutations(versions):
        for report in order:
            put(emptied(ledger) if report is order[0] else ledger, report)
        assert links(ledger).newer == chain(versions)
        assert set(links(ledger).original.values()) == {None}


def test_only_the_newest_is_told_unless_versions_are_asked_for(ledger: Ledger) -> None:
    for report in reversed(same_id()):
        put(ledger, report, [claim(report, "killed")])
    assert [row.claim.sentence.text for row in ledger.claims()] == [TEXT.format(4)]
    assert len(list(ledger.claims(Question(versions=True)))) == 4
    assert ledger.report("r").text == TEXT.format(4)
    assert ledger.report(report_key(version(2))).text == TEXT.format(2)


def test_versions_without_a_day_come_before_dated_ones_and_go_by_when_they_were_taken(ledger: Ledger) -> None:
    dated, undated = version(3), [version(n, published=None) for n in (2, 1)]
    taken = {2: datetime(2031, 5, 1, tzinfo=UTC), 1: datetime(2031, 5, 2, tzinfo=UTC)}
    for order in itertools.permutations([*undated, dated]):
        for report in order:
            n = 2 if report is undated[0] else 1
            put(emptied(ledger) if report is order[0] else ledger, report, taken=None if report is dated else taken[n])
        assert links(ledger).newer == chain([*undated, dated])


def test_a_version_found_to_have_been_taken_earlier_moves(ledger: Ledger) -> None:
    one, other = (version(n, published=None) for n in (1, 2))
    put(ledger, one, taken=datetime(2031, 5, 1, tzinfo=UTC))
    put(ledger, other, taken=datetime(2031, 5, 2, tzinfo=UTC))
    assert links(ledger).newer == chain([one, other])
    put(ledger, other, place="archive.warc", taken=datetime(2031, 4, 1, tzinfo=UTC))
    assert links(ledger).newer == chain([other, one])


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_two_become_one_document_when_a_third_has_the_address_of_one_and_the_id_of_the_other(
    ledger: Ledger, order: tuple[int, ...]
) -> None:
    first = version(1, id="a", url="http://a.example/x")
    second = version(2, id="b")
    bridge = version(3, id="b", url="http://a.example/x")
    reports = [first, second, bridge]
    for n in order:
        put(ledger, reports[n])
    assert links(ledger).newer == chain(reports)
    assert set(links(ledger).original.values()) == {None}, "they were copies of one another before the third came"


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_a_chain_of_bridges_is_one_document_in_every_order(ledger: Ledger, order: tuple[int, ...]) -> None:
    reports = [
        version(1, id="a", url="http://a.example/1"),
        version(2, id="b", url="http://a.example/1"),
        version(3, id="b", url="http://a.example/2"),
        version(4, id="c", url="http://a.example/2", source="Other"),
    ]
    for n in order:
        put(ledger, reports[n])
    assert links(ledger).newer == chain(reports)


def test_two_suppliers_report_number_one_stay_apart(ledger: Ledger) -> None:
    one, other = Report("1", TEXT.format(5)), Report("1", OTHER)
    put(ledger, one)
    put(ledger, other)
    assert set(links(ledger).newer.values()) == {None}
    with pytest.raises(NotInLedger, match="2 reports bear the id 1; give one of their keys"):
        ledger.report("1")
    assert ledger.report(report_key(other)) == other


def test_one_id_from_two_named_sources_is_two_reports(ledger: Ledger) -> None:
    put(ledger, version(1))
    put(ledger, version(1, source="Other"))
    put(ledger, version(1, source=None))
    assert set(links(ledger).newer.values()) == {None}


def test_a_source_that_uses_an_id_anew_for_other_words_replaces_its_report(ledger: Ledger) -> None:
    old, new = version(1), version(2, text=OTHER)
    put(ledger, new)
    put(ledger, old)
    assert links(ledger).newer == chain([old, new])


def test_a_page_of_which_many_versions_are_kept_costs_no_more_queries(ledger: Ledger) -> None:
    def asked(n: int) -> int:
        from sqlalchemy import event

        statements: list[str] = []
        listen = lambda *told: statements.append(told[2])  # noqa: E731
        event.listen(ledger.engine, "before_cursor_execute", listen)
        put(ledger, live(n), place=str(n), item=str(n))
        event.remove(ledger.engine, "before_cursor_execute", listen)
        return len(statements)

    def live(n: int) -> Report:
        words = " ".join(f"{n}w{k}" for k in range(20))
        return Report(f"live-{n}", words, published=date(2031, 5, 1), url="http://a.example/live", source="Herald")

    first = [asked(n) for n in range(3)]
    for n in range(3, 40):
        put(ledger, live(n), place=str(n), item=str(n))
    assert asked(40) <= max(first) + 3
