"""Copies of one agency's text point to one original, whatever the order in which they came."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from according.ledger.keys import report_key
from according.ledger.ledger import Ledger
from according.ledger.question import Question
from according.likeness import Text, link, originals, wording
from according.model import Report
from hand_ledger import Links, claim, emptied, fresh, links, put

WORDS = [f"{a}{b}" for a in ("ka", "lo", "mi", "nu", "pe", "ra") for b in ("ban", "dir", "fel", "gom", "hut", "jas", "kel", "lum")]


def prose(seed: int, words: int = 90) -> str:
    """Sentences of invented words, unlike those of any other seed."""
    rnd = random.Random(seed)
    told = [rnd.choice(WORDS) for _ in range(words)]
    return " ".join(word.capitalize() + ("." if n % 9 == 8 else "") for n, word in enumerate(told))


AGENCY = prose(1)


def outlet(n: int, text: str = AGENCY, day: int | None = None, **told: str) -> Report:
    return Report(f"o{n}", text, published=date(2031, 5, day) if day else None, source=f"Outlet {n}", **told)


@pytest.fixture
def ledger(ledger_url: str) -> Iterator[Ledger]:
    with Ledger(ledger_url, create=True) as ledger:
        yield ledger


def after(ledger: Ledger, reports: list[Report]) -> Links:
    emptied(ledger)
    for n, report in enumerate(reports):
        put(ledger, report, place=str(n), item=str(n))
    return links(ledger)


def test_copies_point_to_the_earliest_in_every_order_of_arrival(ledger: Ledger) -> None:
    reports = [outlet(1, day=1), outlet(2, day=2), outlet(3, AGENCY + " " + prose(2, 20), day=3), outlet(4, prose(3), day=1)]
    root = report_key(reports[0])
    for order in itertools.permutations(reports):
        found = after(ledger, list(order))
        assert found.original == {report_key(r): root if r in reports[1:3] else None for r in reports}
        assert set(found.newer.values()) == {None}


def test_an_original_that_comes_last_takes_over_from_the_copy_that_stood_for_it(ledger: Ledger) -> None:
    later, latest, first = outlet(2, day=2), outlet(3, day=3), outlet(1, day=1)
    assert after(ledger, [latest, later]).original == {report_key(later): None, report_key(latest): report_key(later)}
    put(ledger, first, place="x", item="x")
    assert set(links(ledger).original.items()) >= {(report_key(later), report_key(first)), (report_key(latest), report_key(first))}


def test_versions_of_one_report_are_never_copies_of_one_another(ledger: Ledger) -> None:
    one = outlet(1, day=1, url="http://a.example/x")
    two = outlet(1, AGENCY + " Two more.", day=2, url="http://a.example/x")
    copy = outlet(2, day=3)
    for order in itertools.permutations([one, two, copy]):
        found = after(ledger, list(order))
        assert found.original == {report_key(one): None, report_key(two): None, report_key(copy): report_key(one)}
        assert found.newer[report_key(one)] == report_key(two)


def test_claims_of_copies_are_left_out_where_independent_ones_are_asked_for(ledger: Ledger) -> None:
    for report in (outlet(1, day=1), outlet(2, day=2)):
        put(ledger, report, [claim(report, AGENCY.split()[0])], place=report.id, item=report.id)
    assert [row.report.source for row in ledger.claims(Question(independent=True))] == ["Outlet 1"]
    assert [row.report.copy for row in ledger.claims()] == [False, True]


def test_texts_too_short_to_tell_are_nobodys_copies(ledger: Ledger) -> None:
    found = after(ledger, [outlet(1, "Four were killed.", 1), outlet(2, "Four were killed.", 2), outlet(3, "!", 2)])
    assert set(found.original.values()) == {None}


# A try fills two ledgers: a third of the tries that other properties get.
SOME = settings(max_examples=settings().max_examples // 3)
PIECES = [prose(seed, 40) for seed in range(10, 14)]
reports = st.lists(
    st.builds(
        lambda n, pieces, day, url: outlet(
            n, " ".join(PIECES[p] for p in pieces), day, **({"url": f"http://a.example/{url}"} if url is not None else {})
        ),
        st.integers(1, 4),
        st.lists(st.integers(0, 3), min_size=1, max_size=3, unique=True),
        st.one_of(st.none(), st.integers(1, 3)),
        st.one_of(st.none(), st.integers(1, 3)),
    ),
    min_size=2,
    max_size=6,
    unique_by=report_key,
)


@SOME
@given(reports, st.randoms(use_true_random=False))
def test_links_are_the_same_in_whatever_order_reports_come(
    tmp_path_factory: pytest.TempPathFactory, found: list[Report], rnd: random.Random
) -> None:
    folder = Path(tmp_path_factory.mktemp("links"))
    told = []
    for _ in range(2):
        with fresh(folder) as ledger:
            for n, report in enumerate(found):
                put(ledger, report, place=str(n), item=str(n))
            told.append(links(ledger))
            ledger.mend()
            assert links(ledger) == told[-1]
        rnd.shuffle(found)
    assert told[0] == told[1]


@SOME
@given(reports)
def test_originals_are_those_that_all_pairs_together_give(tmp_path_factory: pytest.TempPathFactory, found: list[Report]) -> None:
    apart = [replace(report, url=None, source=f"Outlet {n}") for n, report in enumerate(found)]  # no versions of one another
    texts = [Text(report_key(report), report.published, wording(report.text)) for report in apart]
    pairs = [pair for one, other in itertools.combinations(texts, 2) if (pair := link(one, other))]
    with fresh(Path(tmp_path_factory.mktemp("links"))) as ledger:
        for n, report in enumerate(apart):
            put(ledger, report, place=str(n), item=str(n))
        assert links(ledger).original == originals([text.node for text in texts], pairs)


@SOME
@given(reports, st.data())
def test_what_is_left_after_forgetting_is_linked_as_if_the_forgotten_had_never_come(
    tmp_path_factory: pytest.TempPathFactory, found: list[Report], data: st.DataObject
) -> None:
    folder = Path(tmp_path_factory.mktemp("links"))
    gone = data.draw(st.sampled_from(found))
    with fresh(folder) as ledger:
        for n, report in enumerate(found):
            put(ledger, report, place=str(n), item=str(n))
        ledger.forget(report_key(gone), "asked to")
        left = links(ledger)
    with fresh(folder) as ledger:
        for n, report in enumerate(found):
            if report != gone:
                put(ledger, report, place=str(n), item=str(n))
        assert left == links(ledger)
