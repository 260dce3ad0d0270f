"""Alpha against what its author computed by hand, and what holds of it whatever is compared."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from according.agreement import Agreement, Judgement, agreements, alpha, bootstrapped, interval, nominal, ratio, share
from according.model import Claim, Measure, Status
from told_events import claim_of, march

# K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011): four observers, twelve units, values that are missing (section C).
OBSERVERS = (
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)
UNITS = [[None if value == "." else int(value) for value in unit] for unit in zip(*(line.split() for line in OBSERVERS), strict=True)]
# The same paper, section A: two observers, ten units, two values.
BINARY = list(zip((0, 1, 0, 0, 0, 0, 0, 0, 1, 0), (1, 1, 1, 0, 0, 1, 0, 0, 0, 0), strict=True))


@pytest.mark.parametrize(("distance", "known"), [(nominal, 0.743), (interval, 0.849), (ratio, 0.797)])
def test_the_example_of_four_observers_with_missing_values(distance, known):
    assert alpha(UNITS, distance) == pytest.approx(known, abs=0.0005)


def test_the_example_of_two_observers_and_two_values():
    assert alpha(BINARY) == pytest.approx(0.095, abs=0.0005)


def test_the_share_counts_pairs_that_say_the_same():
    assert share(BINARY) == 0.6
    assert share([["a", None], ["a", "a", "b"]]) == pytest.approx(1 / 3)
    assert share([["a"], ["a", None]]) is None


tables = st.lists(st.lists(st.none() | st.integers(0, 4), min_size=3, max_size=3), min_size=1, max_size=12)


@given(tables, st.permutations(range(3)), st.randoms(use_true_random=False))
def test_neither_the_order_of_people_nor_that_of_units_counts(units, order, chance: random.Random):
    turned = [[unit[n] for n in order] for unit in units]
    chance.shuffle(turned)
    for distance in (nominal, interval, ratio):
        before, after = alpha(units, distance), alpha(turned, distance)
        assert after == (before if before is None else pytest.approx(before, abs=1e-9))


@given(st.lists(st.integers(0, 9), min_size=2, max_size=20).filter(lambda told: len(set(told)) > 1))
def test_who_agrees_on_all_has_an_alpha_of_one(told):
    units = [[value, value] for value in told]
    for distance in (nominal, interval, ratio):
        assert alpha(units, distance) == 1
        assert bootstrapped(units, distance, rounds=50) == (1, 1)
    assert share(units) == 1


def test_a_unit_that_one_person_told_counts_for_nothing():
    assert alpha([*UNITS, [9, None, None, None]]) == alpha(UNITS)


def test_alpha_cannot_be_told_of_nothing_or_of_one_value_alone():
    assert alpha([]) is None
    assert alpha([["a", None], [None, "b"]]) is None
    assert alpha([["a", "a"], ["a", "a"]]) is None
    assert bootstrapped([]) is None
    assert bootstrapped([["a", "a"], ["a", "a"]]) is None


def test_less_agreement_than_by_chance_is_below_nothing():
    assert alpha([["a", "b"], ["b", "a"]]) < 0


def test_the_interval_holds_alpha_is_the_same_each_time_and_narrows_with_more_units():
    low, high = bootstrapped(UNITS)
    assert low < alpha(UNITS) < high <= 1
    assert bootstrapped(UNITS) == (low, high)
    assert bootstrapped(UNITS, seed=1) != (low, high)
    fewer, more = bootstrapped(UNITS), bootstrapped(UNITS * 9)
    assert more[1] - more[0] < (fewer[1] - fewer[0]) / 2


# Fields of claims.

STRIKE = claim_of("gazette-strike", "struck")
OTHER = claim_of("gazette-quay", "captured")


def of(field: str, *judged: tuple[Judgement, ...]) -> Agreement:
    return next(one for one in agreements(judged) if one.field == field)


def both(first: Claim, second: Claim) -> tuple[Judgement, Judgement]:
    return Judgement("accept", first), Judgement("correct", second)


@pytest.mark.parametrize(
    ("field", "otherwise"),
    [
        ("status", {"status": Status.DENIED}),
        ("said by", {"said_by": ()}),
        ("actor", {"actor": ()}),
        ("target", {"target": STRIKE.actor}),
        ("place", {"place": None}),
        ("time", {"time": replace(STRIKE.time, start=march(1), end=march(4))}),
    ],
)
def test_each_field_is_compared_by_itself(field, otherwise):
    different, same = both(STRIKE, replace(STRIKE, **otherwise)), both(OTHER, OTHER)
    changed = {one.field: one.share for one in agreements([different, same])}
    assert changed.pop(field) == 0.5
    assert changed.pop("verdict") == 0
    assert set(changed.values()) == {1.0}


def test_words_of_one_meaning_are_one_place_and_one_party():
    place = replace(STRIKE.place, geonames_id=7, span=STRIKE.actor[0].span)
    told = replace(STRIKE, place=replace(STRIKE.place, geonames_id=7), actor=(replace(STRIKE.actor[0], actor="x"),))
    again = replace(told, place=place, actor=(replace(OTHER.actor[0], actor="x"),))
    assert of("place", both(told, again)).share == of("actor", both(told, again)).share == 1


def test_numbers_are_compared_by_measure_and_by_how_large_they_are():
    [figure] = STRIKE.figures
    more = replace(STRIKE, figures=(replace(figure, min=13, max=13),))
    found = of("killed", both(STRIKE, more), both(STRIKE, replace(STRIKE, figures=(replace(figure, min=120, max=120),))))
    assert (found.units, found.share, found.by_ratio) == (2, 0, True)
    assert found.alpha == alpha([[12, 13], [12, 120]], ratio)


def test_a_figure_of_another_measure_is_another_and_of_one_person_alone_counts_for_nothing():
    [figure] = STRIKE.figures
    found = of("killed", both(STRIKE, replace(STRIKE, figures=(replace(figure, measure=Measure.INJURED),))))
    assert (found.units, found.share, found.alpha) == (0, None, None)


def test_of_a_rejected_claim_only_the_verdict_is_compared():
    judged = (Judgement("accept", STRIKE), Judgement("reject"))
    assert [one.units for one in agreements([judged]) if one.field == "verdict"] == [1]
    assert {one.units for one in agreements([judged]) if one.field != "verdict"} == {0}


def test_days_that_are_not_known_are_compared_by_their_words():
    vague = replace(STRIKE.time, start=None, end=None)
    assert of("time", both(replace(STRIKE, time=vague), replace(STRIKE, time=vague))).share == 1
    assert of("time", both(replace(STRIKE, time=vague), replace(STRIKE, time=replace(vague, start=date(2031, 3, 3))))).share == 0
