"""What speaks for one happening and what against it; and that accounts which may be of one are found together."""

from __future__ import annotations

import math
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from according.events.happening import Days, Happening, Sort, Spot, happenings
from according.events.keys import keys
from according.events.weighing import comparable, joined, weigh, worth
from according.model import ClaimType
from according.reading.rarity import rarity
from told import OSTREL, TAL_HAMRA, claim, days, happening, origin, place, spot

Fields = Mapping[str, Any]


def reasons(a: Fields, b: Fields, keys: tuple[str, str] = ("r1:c1", "r2:c1")) -> dict[str, float]:
    link = weigh(happening(keys[0], **a), happening(keys[1], **b))
    assert link is not None
    return dict(link.why)


def points(a: Fields, b: Fields, words: str) -> float:
    """The points of the one reason that has these words."""
    (found,) = [p for told, p in reasons(a, b).items() if re.search(words, told)]
    return found


def at(*spots: Spot) -> Fields:
    return {"at": spots}


# --- each reason and its sign ----------------------------------------------------------------------------------------------

NAMES = ["ostrel", "qarim", "velmaran", "odeh", "sulinfront", "mirzad"]
FOR: list[tuple[Fields, Fields, str]] = [
    ({}, {}, "both shelling"),
    # days that both tell
    ({"when": days(5)}, {"when": days(5)}, "^the same day$"),
    ({"when": days(5)}, {"when": days(4, 6)}, "the same days"),
    ({"when": days(5)}, {"when": days(1, 60)}, "in the stretch that the other tells"),
    # the day that one tells, and the other's publication
    ({"when": days(5)}, {"published": 5}, "published 0 days after"),
    ({"when": days(5)}, {"published": 6}, "published 1 days after"),
    ({"when": days(4, 8)}, {"published": 6}, "published -2 days after"),
    # neither tells one
    ({"published": 5}, {"published": 5}, "published 0 days apart"),
    # places
    (at(spot()), at(spot()), "0 km apart"),
    (at(spot()), at(spot(north_km=8)), "8 km apart"),
    (at(spot()), at(spot(north_km=20)), "20 km apart"),
    (at(spot()), at(spot(radius=100, north_km=60, wide=True)), "in the region"),
    (at(spot(OSTREL), spot()), at(spot()), "0 km apart"),
    ({"named": ["tal hamra"]}, {"named": ["tal hamra"]}, "both at tal hamra"),
    # parties
    ({"by": ["velmar army"]}, {"by": ["velmar army", "militia"]}, "both by velmar army"),
    ({"against": ["villagers"]}, {"against": ["villagers"]}, "both against villagers"),
    # figures
    ({"figures": {"killed": 1}}, {"figures": {"killed": 1}}, "both 1 killed"),
    ({"figures": {"killed": 3}}, {"figures": {"killed": 3}}, "both 3 killed"),
    ({"figures": {"killed": 22}}, {"figures": {"killed": 22}}, "both 22 killed"),
    # words
    ({"words": NAMES}, {"words": NAMES}, "of their sentences alike"),
    ({"report_words": NAMES}, {"report_words": NAMES}, "of their reports alike"),
]
AGAINST: list[tuple[Fields, Fields, str]] = [
    ({"when": days(5)}, {"when": days(7)}, "2 days apart"),
    ({"when": days(5)}, {"when": days(9)}, "4 days apart"),
    ({"when": days(5)}, {"when": days(45, 99)}, "40 days apart"),
    ({"when": days(50)}, {"published": 130}, "published 80 days after"),
    ({"when": days(50)}, {"published": 350}, "published 300 days after"),
    ({"when": days(50)}, {"published": 950}, "published 900 days after"),
    ({"when": days(50)}, {"published": 40}, "published -10 days after"),
    ({"published": 5}, {"published": 85}, "published 80 days apart"),
    ({"published": 5}, {"published": 305}, "published 300 days apart"),
    ({"published": 5}, {"published": 905}, "published 900 days apart"),
    (at(spot()), at(spot(north_km=60)), "60 km apart"),
    (at(spot()), at(spot(OSTREL)), "km apart"),
    (at(spot()), at(spot(OSTREL, radius=50, wide=True)), "km apart"),
    ({"by": ["velmar army"]}, {"by": ["sulin front"]}, "doers of other names"),
    ({"figures": {"killed": 10}}, {"figures": {"killed": 12}}, "1[02] and 1[02] killed"),
    ({"figures": {"killed": 3}}, {"figures": {"killed": 30}}, "30? and 30? killed"),
    ({"report_words": NAMES[:3]}, {"report_words": NAMES[3:]}, "of their reports alike"),
]


@pytest.mark.parametrize(("a", "b", "reason"), FOR)
def test_what_they_have_in_common_speaks_for_one_happening(a: Fields, b: Fields, reason: str) -> None:
    assert points(a, b, reason) > 0
    assert points(b, a, reason) > 0


@pytest.mark.parametrize(("a", "b", "reason"), AGAINST)
def test_what_they_differ_in_speaks_against_it(a: Fields, b: Fields, reason: str) -> None:
    assert points(a, b, reason) < 0
    assert points(b, a, reason) < 0


def test_one_kind_says_more_than_two_that_go_together_and_these_do_not_speak_against_it() -> None:
    assert 0 <= points({"kinds": "air_strike"}, {"kinds": "casualties"}, "go together") < points({}, {}, "both shelling")


def test_an_account_of_a_night_lies_between_one_of_the_same_day_and_one_of_two_days_later() -> None:
    same, next_day, later = (points({"when": days(5)}, {"when": days(day)}, "day") for day in (5, 6, 7))
    assert same > next_day > later


@pytest.mark.parametrize(
    ("a", "b", "words"),
    [
        ({}, {"when": days(5)}, "day"),
        ({}, {"published": 5}, "day"),
        ({"named": ["tal hamra"]}, {"named": ["ostrel"]}, "at|apart"),
        (at(spot()), {"named": ["tal hamra"]}, "km"),
        ({"by": ["velmar army"]}, {}, "by|doers"),
        ({"against": ["villagers"]}, {"against": ["refugees"]}, "against"),
        ({"figures": {"killed": 3}}, {"figures": {"injured": 3}}, "killed|injured"),
        ({"words": NAMES[:3]}, {"words": NAMES[3:]}, "sentences"),
    ],
)
def test_of_what_is_not_told_or_not_to_be_compared_there_is_no_reason(a: Fields, b: Fields, words: str) -> None:
    assert not [told for told in reasons(a, b) if re.search(rf"\b(?:{words})", told)]


def test_accounts_of_one_report_are_not_compared_by_its_words() -> None:
    told = {"report_words": NAMES}
    assert any("reports" in reason for reason in reasons(told, told))
    assert not any("reports" in reason for reason in reasons(told, told, ("r1:c1", "r1:c2")))


def test_a_report_without_names_and_figures_speaks_neither_way() -> None:
    assert not any("reports" in reason for reason in reasons({"report_words": NAMES}, {}))


def test_names_of_places_are_weighed_as_places_and_not_again_as_words() -> None:
    sentence = "The Sulin Front shelled Tal Hamra."
    (here,), (nowhere,) = (happenings(origin(), [claim(sentence=sentence, where=where)]) for where in (place("Tal Hamra"), None))
    assert (here.words, nowhere.words) == ({"sulin", "front"}, {"sulin", "front", "tal", "hamra"})


def test_two_happenings_that_one_report_tells_apart_want_more_to_be_one() -> None:
    link = weigh(happening("r1:c1"), happening("r1:c2"))
    assert link is not None and dict(link.why)["told apart in one report"] < 0


def test_of_buildings_of_two_kinds_it_was_not_the_same_one() -> None:
    hospital, mosques, mosque = ({"against": [words]} for words in ("hospital of ostrel", "two mosques", "mosque"))
    assert points(hospital, mosques, "one at a hospital, the other at a mosque") < 0
    assert not any("one at a" in reason for reason in reasons(mosques, mosque))


def test_the_place_that_speaks_most_for_it_counts_alone() -> None:
    found = reasons(at(spot(OSTREL), spot()), at(spot(), spot(OSTREL, radius=300, wide=True)))
    assert [p for told, p in found.items() if "km" in told or "region" in told] == [points(at(spot()), at(spot()), "0 km")]


@given(st.integers(0, 60), st.integers(0, 60))
def test_the_further_apart_the_days_the_less_speaks_for_it(one: int, other: int) -> None:
    near, far = sorted((one, other))

    def of(gap: int, **fields: Any) -> float:
        return points({"when": days(5)}, fields or {"when": days(5 + gap)}, "day")

    assert of(near) >= of(far)
    assert of(near, published=5 + near) >= of(far, published=5 + far)


@given(st.floats(0, 600), st.floats(0, 600), st.floats(0, 40), st.floats(0, 40))
def test_the_further_apart_the_places_the_less_speaks_for_it(one: float, other: float, radius: float, others: float) -> None:
    near, far = sorted((one, other))
    assert points(at(spot(radius=radius)), at(spot(radius=others, north_km=near)), "km") >= points(
        at(spot(radius=radius)), at(spot(radius=others, north_km=far)), "km"
    )


@given(st.integers(1, 400), st.integers(1, 400))
def test_the_larger_the_number_that_both_tell_the_more_it_says(one: int, other: int) -> None:
    less, more = sorted((one, other))

    def of(n: int) -> float:
        return points({"figures": {"killed": n}}, {"figures": {"killed": n}}, "both .* killed")

    assert of(less) <= of(more)
    if less != more:
        assert points({"figures": {"killed": less}}, {"figures": {"killed": more}}, "and .* killed") < 0


def test_numbers_of_which_one_is_many_times_the_other_speak_more_against_it() -> None:
    def of(one: int, other: int) -> float:
        return points({"figures": {"killed": one}}, {"figures": {"killed": other}}, "and .* killed")

    assert of(10, 100) == of(100, 10) < of(10, 12) == of(12, 10) < 0


some_words = st.sets(st.sampled_from(NAMES))
told = st.fixed_dictionaries(
    {
        "kinds": st.sampled_from(["shelling", "air_strike", "casualties shelling", "talks", "takes_territory", "armed_clash"]),
        "sort": st.sampled_from(Sort),
        "published": st.none() | st.integers(1, 40),
        "when": st.none() | st.builds(lambda first, n: days(first, first + n), st.integers(1, 20), st.integers(0, 40)),
        "at": st.lists(
            st.builds(
                lambda where, radius, wide, north: spot(where, radius, wide=wide, north_km=north),
                st.sampled_from([TAL_HAMRA, OSTREL]),
                st.sampled_from([0, 2, 60]),
                st.booleans(),
                st.sampled_from([0, 9, 30]),
            ),
            max_size=2,
        ),
        "named": some_words,
        "by": some_words,
        "against": some_words,
        "figures": st.dictionaries(st.sampled_from(["killed", "injured", "missing"]), st.integers(0, 30)),
        "words": some_words,
        "report_words": some_words,
    }
)


@given(told, told)
def test_two_accounts_have_the_same_in_common_whichever_is_asked_first(one: Fields, other: Fields) -> None:
    a, b = happening("r1:c1", **one), happening("r2:c1", **other)
    there, back = weigh(a, b), weigh(b, a)
    assert (there is None) == (back is None) == (not comparable(a, b))
    if there and back:
        assert there.points == back.points
        assert there.points == pytest.approx(sum(p for _, p in there.why), abs=0.001)


def test_what_is_kept_may_still_be_joined() -> None:
    assert 0 < worth() <= joined()


def test_accounts_of_one_day_and_place_are_joined_and_of_another_day_or_place_are_not() -> None:
    here = {"when": days(5), "at": [spot()]}
    same, later, elsewhere = here, {**here, "when": days(11)}, {**here, "at": [spot(OSTREL)]}
    assert sum(reasons(here, same).values()) >= joined()
    assert sum(reasons(here, later).values()) < worth()
    assert sum(reasons(here, elsewhere).values()) < worth()


def test_the_reasons_stand_in_the_same_order_in_every_process() -> None:
    script = (
        "from according.events.weighing import weigh; from told import happening; "
        "figures = dict(killed=9, injured=8, missing=7, displaced=6, abducted=5, detained=4); "
        "print(weigh(happening('r1:c1', figures=figures), happening('r2:c1', figures=figures)).why)"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", script],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join([os.path.dirname(__file__), *sys.path])},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(runs) == 1


# --- what can be one happening at all --------------------------------------------------------------------------------------


NEVER_ONE = [pair for pair in combinations(Sort, 2) if set(pair) != {Sort.ACCOUNT, Sort.DENIAL}]


@pytest.mark.parametrize(("one", "other"), NEVER_ONE)
def test_what_was_what_is_planned_and_what_is_counted_over_time_are_never_one(one: Sort, other: Sort) -> None:
    a, b = happening("r1:c1", sort=one), happening("r2:c1", sort=other)
    assert not comparable(a, b) and not comparable(b, a)
    assert weigh(a, b) is None


@pytest.mark.parametrize("sort", [Sort.ACCOUNT, Sort.PLAN, Sort.TOTAL, Sort.DENIAL])
def test_what_stands_to_it_alike_is_comparable_and_a_denial_with_what_it_denies(sort: Sort) -> None:
    assert comparable(happening("r1:c1", sort=sort), happening("r2:c1", sort=sort))
    assert comparable(happening("r1:c1", sort=Sort.DENIAL), happening("r2:c1", sort=Sort.ACCOUNT))
    assert comparable(happening("r1:c1", sort=Sort.ACCOUNT), happening("r2:c1", sort=Sort.DENIAL))


@pytest.mark.parametrize(
    ("one", "other", "may"),
    [
        ("air_strike", "attack", True),
        ("shelling", "casualties", True),
        ("bombing", "destruction", True),
        ("takes_territory", "armed_clash", True),
        ("takes_territory", "leaves_territory", True),
        ("talks", "agreement", True),
        ("protest casualties", "attack", True),
        ("talks", "shelling", False),
        ("aid", "protest", False),
        ("takes_territory", "casualties", False),
        ("siege", "agreement", False),
        ("talks", "talks shelling", True),
    ],
)
def test_only_kinds_that_go_together_are_comparable(one: str, other: str, may: bool) -> None:
    a, b = happening("r1:c1", one), happening("r2:c1", other)
    assert comparable(a, b) is comparable(b, a) is may


def test_every_kind_of_claim_is_comparable_with_itself() -> None:
    assert all(comparable(happening("r1:c1", kind), happening("r2:c1", kind)) for kind in ClaimType)


def test_what_two_round_ups_share_tells_less_of_one_item_of_each_the_more_they_tell() -> None:
    def points(tells: int) -> float:
        a, b = (happening(key, report_words=NAMES) for key in ("r1:c1", "r2:c1"))
        link = weigh(a, replace(b, origin=replace(b.origin, tells=tells)))
        assert link
        return next(points for why, points in link.why if "of their reports alike" in why)

    assert points(1) == points(6) > points(7) > points(12) > 0
    assert points(12) == pytest.approx(points(6) / 2)


# --- keys: accounts of one place and day are found ---------------------------------------------------------------------------

lats, lons = st.floats(-70, 70), st.floats(-179, 179)
day_numbers = st.integers(700_000, 760_000)


def apart(lat: float, lon: float, km: float, bearing: float) -> tuple[float, float]:
    """The point so many kilometres away, in degrees; near enough for short ways."""
    north, east = km * math.cos(bearing) / 111.195, km * math.sin(bearing) / 111.195
    return lat + north, lon + east / math.cos(math.radians(lat))


def account(key: str, lat: float, lon: float, radius: float, when: Days | None, published: int | None = None) -> Happening:
    told = happening(key, when=when, at=[Spot(lat, lon, radius, None, False)])
    return replace(told, origin=replace(told.origin, published=published))


def share(a: Happening, b: Happening) -> bool:
    return bool(set(keys(a)) & set(keys(b)))


@given(day_numbers, lats, lons, st.floats(0, 25), st.floats(0, 25), st.floats(0, 1), st.floats(0, 2 * math.pi))
def test_two_accounts_of_one_day_and_place_always_share_a_key(
    day: int, lat: float, lon: float, radius: float, others: float, share_of_way: float, bearing: float
) -> None:
    """Each may put it where the other's place still reaches, and five kilometres beyond."""
    other = apart(lat, lon, share_of_way * (radius + others + 5), bearing)
    assert share(account("r1:a", lat, lon, radius, Days(day, day)), account("r2:b", *other, others, Days(day, day)))


@pytest.mark.parametrize("line", [-10.5, 0.0, 0.5, 42.0])
def test_the_lines_between_squares_part_no_two_accounts_of_one_place(line: float) -> None:
    """Nine kilometres from one another, each known to two."""
    for north in (0.04, -0.04):
        a, b = account("r1:a", line + north, 20.2, 2, days(5)), account("r2:b", line - north, 20.2, 2, days(5))
        c, d = account("r1:c", 20.2, line + north, 2, days(5)), account("r2:d", 20.2, line - north, 2, days(5))
        assert share(a, b) and share(c, d)


@given(day_numbers, lats, lons, st.integers(0, 7), st.integers(0, 7), st.integers(-9, 9))
def test_stretches_of_days_that_touch_or_follow_one_another_share_a_key(
    day: int, lat: float, lon: float, length: int, others: int, shift: int
) -> None:
    one, other = Days(day, day + length), Days(day + shift, day + shift + others)
    assume(max(one.first, other.first) - min(one.last, other.last) <= 1)
    assert share(account("r1:a", lat, lon, 2, one), account("r2:b", lat, lon, 2, other))


@given(day_numbers, lats, lons, st.integers(0, 30), st.integers(0, 30))
def test_stretches_of_up_to_a_month_that_begin_or_end_on_one_day_share_a_key(
    day: int, lat: float, lon: float, length: int, others: int
) -> None:
    begin = [account(f"r{n}:a", lat, lon, 2, Days(day, day + n)) for n in (length, others)]
    end = [account(f"r{n}:a", lat, lon, 2, Days(day - n, day)) for n in (length, others)]
    assert share(*begin) and share(*end)


@given(day_numbers, lats, lons, st.integers(0, 3))
def test_an_account_without_a_day_shares_a_key_with_one_of_the_days_before_it_was_published(
    day: int, lat: float, lon: float, lag: int
) -> None:
    assert share(account("r1:a", lat, lon, 2, Days(day, day)), account("r2:b", lat, lon, 2, None, day + lag))


@given(day_numbers, lats, lons, st.integers(40, 4000), st.floats(200, 900), st.floats(0, 2 * math.pi))
def test_accounts_of_other_days_or_of_places_far_away_share_none(
    day: int, lat: float, lon: float, later: int, km: float, bearing: float
) -> None:
    here = account("r1:a", lat, lon, 2, Days(day, day))
    assert not share(here, account("r2:b", lat, lon, 2, Days(day + later, day + later)))
    assert not share(here, account("r2:c", *apart(lat, lon, km, bearing), 2, Days(day, day)))


@given(day_numbers, lats, lons, st.floats(0, 300), st.integers(0, 30))
def test_an_account_of_a_day_and_a_place_has_few_keys_in_their_order(day: int, lat: float, lon: float, radius: float, length: int) -> None:
    found = keys(account("r1:a", lat, lon, radius, Days(day, day + length)))
    assert 1 <= len(found) <= 200
    assert found == sorted(set(found)) and found[0] >= 0 and found[-1] < 2**60


def test_places_without_coordinates_are_found_by_their_names() -> None:
    here = {"when": days(5), "named": ["tal hamra"]}
    assert share(happening("r1:a", **here), happening("r2:b", **here))
    assert not share(happening("r1:a", **here), happening("r2:b", **{**here, "named": ["ostrel"]}))


def test_totals_and_states_of_control_and_what_tells_no_place_or_no_day_have_no_keys() -> None:
    whole: Fields = {"when": days(5), "at": [spot()], "report_words": NAMES}
    assert keys(happening(**whole))
    assert keys(happening(sort=Sort.STATE, **whole)) == keys(happening(sort=Sort.TOTAL, **whole)) == []
    assert keys(happening(when=days(5))) == keys(happening(at=[spot()])) == keys(happening(when=days(1, 90), at=[spot()])) == []


def test_accounts_on_both_sides_of_the_180th_meridian_share_a_key() -> None:
    """Two kilometres from one another."""
    assert share(account("r1:a", -16.8, 179.99, 2, days(5)), account("r2:b", -16.8, -179.99, 2, days(5)))


def test_an_account_whose_place_is_in_no_gazetteer_shares_a_key_with_one_of_the_same_name() -> None:
    named: Fields = {"when": days(5), "named": ["tal hamra"]}
    assert "both at tal hamra" in reasons({**named, "at": [spot()]}, named)
    assert share(happening("r1:a", **named, at=[spot()]), happening("r2:b", **named))


names = st.sets(st.text("bcdfghjklmnpqrstvwxyz", min_size=9, max_size=12), min_size=6, max_size=20)


@given(names, names)
def test_accounts_of_reports_that_share_all_names_but_few_share_a_key(shared: set[str], others: set[str]) -> None:
    more = shared | set(sorted(others)[:5])
    assert share(happening("r1:a", report_words=shared), happening("r2:b", report_words=more))


@given(names, names)
def test_accounts_of_reports_that_share_no_name_share_no_key(one: set[str], other: set[str]) -> None:
    assert not share(happening("r1:a", report_words=one), happening("r2:b", report_words=other - one))


def test_words_that_are_on_every_page_make_no_keys() -> None:
    common = ["the", "people", "said", "two", "on", "first"]
    assert keys(happening(words=common, report_words=common)) == []


def test_the_rarest_names_of_a_report_make_its_keys() -> None:
    rare = {f"{letter}ostrel" for letter in "abcdefghijkl"}
    common = {"militia", "convoy", "rebels", "prisoners", "garrison", "wounded"}
    assert all(0.7 < rarity(word) < 0.9 for word in common)
    assert keys(happening(report_words=rare | common)) == keys(happening(report_words=rare)) != []
    assert keys(happening(report_words=common)) != []


# --- rarity ----------------------------------------------------------------------------------------------------------------


@given(st.text(max_size=20))
def test_the_rarity_of_a_word_lies_between_0_and_1(word: str) -> None:
    assert 0 <= rarity(word) <= 1


def test_rare_words_tell_more_than_common_ones() -> None:
    assert rarity("a") == rarity("7") == rarity("") == 0
    assert rarity("the") < rarity("people") < rarity("grenades") < rarity("ostrelqarim") == 1


def test_common_words_in_common_say_less_than_rare_ones() -> None:
    def alike(words: list[str]) -> float:
        one, other = ({"words": [*words, own]} for own in ("velmaran", "sulinfront"))
        return points(one, other, "sentences")

    assert 0 < alike(["people", "first"]) < alike(["ostrel", "qarim"])
