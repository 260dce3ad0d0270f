"""Tolls over a span of time: those of one window are one series, those of windows that differ are no rivals."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from according.events.accounts import Said
from according.events.series import Series, series
from according.events.victims import EVERYBODY
from according.model import Claim, Measure, Place
from told import OSTREL, cited, claim, count, on, place, said


def toll(n: int | None, since: int | None, until: int | None = None, of: str = "people", **fields: object) -> Claim:
    """So many over the days since then."""
    told = count(n, of, measure=str(fields.pop("measure", "killed")), total=True)
    fields.setdefault("where", place())
    return claim("casualties", told, day=since, until=until, **fields)  # type: ignore[arg-type]


def lows(found: list[Series]) -> list[list[int | None]]:
    return [[t.low for t in one.tolls] for one in found]


def test_tolls_of_one_window_in_several_reports_are_one_series_in_the_order_of_publication() -> None:
    told = [said(toll(n, 1, day), cited(f"r{9 - day}", day)) for n, day in ((300, 60), (200, 40), (250, 50))]
    (found,) = series(told)
    assert (found.measure, found.group, found.place, found.since) == (Measure.KILLED, EVERYBODY, "tal hamra", on(1))
    assert [(t.low, t.cited.published, t.until) for t in found.tolls] == [
        (200, on(40), on(40)),
        (250, on(50), on(50)),
        (300, on(60), on(60)),
    ]


def test_a_toll_has_its_words_its_window_and_who_says_it() -> None:
    told = claim("casualties", count(300, high=None, words="more than 300 people", total=True), day=1, until=60, says="doctors")
    ((only,),) = (one.tolls for one in series([said(told)]))
    assert (only.low, only.high, only.approximate) == (300, None, False)
    assert (only.words, only.window, only.speaker.name, only.sentence) == (
        "more than 300 people",
        "then",
        "doctors",
        "more than 300 people",
    )


def test_windows_that_differ_are_no_rivals() -> None:
    since_may, since_august = toll(300, 1, 120), toll(90, 93, 120, id="c2")
    assert lows(series([said(since_may), said(since_august, cited("r2", 121))])) == [[300], [90]]


@pytest.mark.parametrize(("shift", "last", "one"), [(0, 60, True), (31, 60, True), (32, 60, False), (60, 400, True), (80, 400, False)])
def test_windows_are_one_where_they_begin_about_together_for_their_length(shift: int, last: int, one: bool) -> None:
    told = [said(toll(300, 1, last)), said(toll(310, 1 + shift, last, id="c2"), cited("r2", 2))]
    assert len(series(told)) == (1 if one else 2)


def test_a_chain_of_windows_is_not_one_series() -> None:
    chain = [said(toll(n, 1 + 25 * n, 400 + n, id=f"c{n}"), cited(f"r{n}", n + 1)) for n in range(10)]
    assert all(max(t.since for t in one.tolls if t.since) - one.since <= on(70) - on(1) for one in series(chain) if one.since)
    assert len(series(chain)) > 1


def test_the_two_readings_of_one_report_without_dates_are_one_series() -> None:
    told = [said(toll(300, None, id="c1")), said(toll(310, None, id="c2", at=80))]
    assert lows(series(told)) == [[300, 310]]


def test_a_copy_of_a_report_without_dates_is_of_its_series() -> None:
    told = [said(toll(300, None)), said(toll(300, None), cited("r2", 2, "Mirzad Daily", copies="r1"))]
    assert lows(series(told)) == [[300, 300]]


def test_windows_without_dates_of_two_reports_are_two_series() -> None:
    assert len(series([said(toll(300, None)), said(toll(310, None, id="c2"), cited("r2", 2))])) == 2
    assert len(series([said(toll(300, None)), said(toll(310, 1, 90, id="c2"))])) == 2


@pytest.mark.parametrize(
    "other",
    [
        toll(40, 1, 60, id="c2", measure="injured"),
        toll(40, 1, 60, "children", id="c2"),
        toll(40, 1, 60, id="c2", where=place("Ostrel", OSTREL)),
        toll(40, 1, 60, id="c2", where=None),
    ],
    ids=["another measure", "another group", "another place", "no place"],
)
def test_tolls_of_another_measure_group_or_place_are_another_series(other: Claim) -> None:
    assert len(series([said(toll(300, 1, 60)), said(other, cited("r2", 2))])) == 2


def test_of_one_report_tolls_without_place_are_of_the_place_that_the_others_have() -> None:
    (found,) = series([said(toll(40, 1, 60, id="c2", where=None)), said(toll(300, 1, 60))])
    assert found.place == "tal hamra"


def test_tolls_of_two_towns_in_one_report_are_two_series() -> None:
    """“300 people have been killed in Tal Hamra since May and 90 in Ostrel.”"""
    told = [said(toll(300, 1, 60, id="a")), said(toll(90, 1, 60, id="b", at=40, where=place("Ostrel", OSTREL)))]
    assert sorted(lows(series(told))) == [[90], [300]]


def test_a_toll_without_place_does_not_make_one_series_of_those_of_two_countries() -> None:
    told = [
        said(toll(900, 1, 60, id="a", where=None)),
        said(toll(300, 1, 60, id="b", at=40)),
        said(toll(90, 1, 60, id="c", at=80, where=place("Qarim", (50, 50), country="XQ"))),
    ]
    assert not any({300, 90} <= set(one) for one in lows(series(told)))


def test_the_wider_place_stands_where_no_narrower_one_is_told() -> None:
    (found,) = series([said(toll(40, 1, where=None, within=[place("Velmar", (11, 20))]))])
    assert found.place == "velmar"


def test_numbers_of_one_happening_and_totals_without_a_number_are_no_tolls() -> None:
    once = claim("casualties", count(12), day=1)
    wordy = claim("casualties", count(None, words="countless people", total=True), day=1)
    assert series([said(once), said(wordy)]) == []


def test_the_series_told_most_often_stands_first() -> None:
    seldom = [said(toll(9, 1, 60, id="a", where=place("Ostrel", OSTREL)), cited("r0", 1))]
    often = [said(toll(300 + n, 1, 60, id=f"b{n}"), cited(f"r{n}", 1 + n)) for n in (1, 2)]
    assert lows(series([*seldom, *often])) == [[301, 302], [9]]


PLACES: list[Place | None] = [None, place(), place("Ostrel", OSTREL), place("Qarim", (50, 50), country="XQ")]


@st.composite
def tolls(draw: st.DrawFn) -> list[Said]:
    made = []
    for n in range(draw(st.integers(1, 9))):
        report = draw(st.integers(0, 4))
        since = draw(st.none() | st.sampled_from([1, 20, 45, 90, 300]))
        told = toll(
            draw(st.sampled_from([12, 40, 300])),
            since,
            None if since is None else since + draw(st.sampled_from([0, 60, 500])),
            draw(st.sampled_from(["people", "children"])),
            id=f"c{n}",
            at=draw(st.integers(0, 99)),
            where=draw(st.sampled_from(PLACES)),
        )
        made.append(said(told, cited(f"r{report}", [1, 30, None, 30, 2][report], copies="r1" if report == 3 else None)))
    return made


@given(tolls(), st.randoms(use_true_random=False))
def test_the_order_of_claims_does_not_change_the_series(told: list[Said], chance: object) -> None:
    assert series(chance.sample(told, len(told))) == series(told)  # type: ignore[attr-defined]


@given(tolls())
def test_every_toll_stands_in_one_series_once(told: list[Said]) -> None:
    found = Counter(t.claim for one in series(told) for t in one.tolls)
    assert found == Counter(s.claim.id for s in told)


@given(tolls())
def test_a_series_begins_with_its_earliest_window_and_stands_in_the_order_of_publication(told: list[Said]) -> None:
    for one in series(told):
        assert one.since == min((t.since for t in one.tolls if t.since), default=None)
        published = [t.cited.published for t in one.tolls]
        known = [day for day in published if day]
        assert published == sorted(known) + [None] * (len(published) - len(known))
