"""Quantities: which words are one, what interval they say, and which numerals count nothing."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from according.reading.cardinals import table
from according.reading.numbers import Kind, Number, find


def only(text: str, kinds: tuple[Kind, ...] = (Kind.COUNT, Kind.PERCENT, Kind.MONEY)) -> Number:
    found = [number for number in find(text) if number.kind in kinds]
    assert len(found) == 1, found
    return found[0]


COUNTS = [
    # text, the quantity's words, min, max
    ("killed 12 people", "12", 12, 12),
    ("about 1,200 men", "about 1,200", 1200, 1200),
    ("1.2 million people", "1.2 million", 1_200_000, 1_200_000),
    ("900,000 displaced", "900,000", 900_000, 900_000),
    ("1 200 families", "1 200", 1200, 1200),
    ("592\u00a0700 people", "592\u00a0700", 592_700, 592_700),
    ("1,00,000 people", "1,00,000", 100_000, 100_000),
    ("٤٤ people", "٤٤", 44, 44),
    ("twenty-five men", "twenty-five", 25, 25),
    ("three hundred fighters", "three hundred", 300, 300),
    ("three hundred and ten fighters", "three hundred and ten", 310, 310),
    ("two thousand five hundred men", "two thousand five hundred", 2500, 2500),
    ("nine hundred and twenty-one families", "nine hundred and twenty-one", 921, 921),
    ("a million people", "a million", 1_000_000, 1_000_000),
    ("half a million people", "half a million", 500_000, 500_000),
    ("one and a half million people", "one and a half million", 1_500_000, 1_500_000),
    ("2-3 million people", "2-3 million", 2_000_000, 3_000_000),
    ("three lakh people", "three lakh", 300_000, 300_000),
    ("at least three women", "at least three", 3, None),
    ("no fewer than 12 people", "no fewer than 12", 12, None),
    ("12 or more people", "12 or more", 12, None),
    ("200+ men", "200+", 200, None),
    ("more than 300 civilians", "more than 300", 301, None),
    ("over 870 missions", "over 870", 871, None),
    ("in excess of 40 shells", "in excess of 40", 41, None),
    ("well over 1,000 civilians", "well over 1,000", 1001, None),
    ("over half a million people", "over half a million", 500_001, None),
    ("more than a dozen boys", "more than a dozen", 13, None),
    ("nearly a million people", "nearly a million", None, 1_000_000),
    ("almost 274,000 people", "almost 274,000", None, 274_000),
    ("close to 50 homes", "close to 50", None, 50),
    ("just under 50 homes", "just under 50", None, 50),
    ("up to 40 men", "up to 40", None, 40),
    ("as many as 33,000 people", "as many as 33,000", None, 33_000),
    ("no more than 40 men", "no more than 40", None, 40),
    ("fewer than 40 men", "fewer than 40", None, 39),
    ("under 40 men", "under 40", None, 39),
    ("between 30 and 40 men", "between 30 and 40", 30, 40),
    ("between 2 and 3 million people", "between 2 and 3 million", 2_000_000, 3_000_000),
    ("30 to 40 men", "30 to 40", 30, 40),
    ("30–40 men", "30–40", 30, 40),
    ("3,000 to 5,000 militants", "3,000 to 5,000", 3000, 5000),
    ("two or three men", "two or three", 2, 3),
    ("about 40 to 50 men", "about 40 to 50", 40, 50),
    ("dozens of villages", "dozens", 24, None),
    ("a dozen villages", "a dozen", 12, 12),
    ("two dozen villages", "two dozen", 24, 24),
    ("half a dozen villages", "half a dozen", 6, 6),
    ("a few dozen villages", "a few dozen", 24, None),
    ("scores of men", "scores", 40, None),
    ("tens of men", "tens", 20, None),
    ("hundreds of men", "hundreds", 200, None),
    ("several hundred men", "several hundred", 200, None),
    ("thousands of men", "thousands", 2000, None),
    ("tens of thousands of men", "tens of thousands", 20_000, None),
    ("hundreds of thousands of men", "hundreds of thousands", 200_000, None),
    ("millions of men", "millions", 2_000_000, None),
    ("both brothers", "both", 2, 2),
    ("a pair of soldiers", "a pair of", 2, 2),
    ("twin bombings", "twin", 2, 2),
    ("another 30 were hurt", "another 30", 30, 30),
    ("an additional 125 soldiers", "an additional 125", 125, 125),
    ("a total of at least 22 people", "a total of at least 22", 22, None),
    ("an estimated 70 people", "an estimated 70", 70, 70),
    ("some 500 people", "some 500", 500, 500),
    ("one of its fighters", "one", 1, 1),
    ("officials said that one soldier died", "one", 1, 1),
    ("used at least once", "at least once", 1, None),
    ("in March 12 people were killed", "12", 12, 12),
    ("killed 2000 people", "2000", 2000, 2000),
    ("in the camp 12 people died", "12", 12, 12),
    ("2 Killed in Shelling", "2", 2, 2),
]


@pytest.mark.parametrize(("text", "words", "low", "high"), COUNTS, ids=[row[0] for row in COUNTS])
def test_interval(text: str, words: str, low: int | None, high: int | None) -> None:
    number = only(text)
    assert (number.span.text, number.min, number.max, number.kind) == (words, low, high, Kind.COUNT)


@pytest.mark.parametrize("text", ["about 70 people", "some 70 people", "an estimated 70 people", "roughly 70", "70 or so"])
def test_approximate(text: str) -> None:
    number = only(text)
    assert number.approximate and (number.min, number.max) == (70, 70)


def test_plain_number_is_not_approximate() -> None:
    assert not only("exactly 70 people").approximate


@pytest.mark.parametrize(
    ("text", "kind", "low", "high"),
    [
        ("over 25 percent of the land", Kind.PERCENT, 26, None),
        ("just 10 per cent of requests", Kind.PERCENT, 10, 10),
        ("63% of the homes", Kind.PERCENT, 63, 63),
        ("over £1.1bn", Kind.MONEY, 1_100_000_001, None),
        ("$5 million in aid", Kind.MONEY, 5_000_000, 5_000_000),
        ("over 9 billion euros", Kind.MONEY, 9_000_000_001, None),
        ("20,000 Syrian pounds", Kind.MONEY, 20_000, 20_000),
    ],
)
def test_shares_and_money_are_no_counts(text: str, kind: Kind, low: int, high: int | None) -> None:
    number = only(text)
    assert (number.kind, number.min, number.max) == (kind, low, high)


NO_COUNT = [
    "in March 2011",
    "On Jan. 10 it began",
    "between 11-13 Dec.",
    "from 1 to 16 March",
    "on 11 and 12 May",
    "August 12 2016 At home",
    "since 2014",
    "by 2015 they had left",
    "the 2013 attack",
    "Syria's 2011 uprising",
    "2011-2015",
    "at 10:30 on Friday",
    "at 6 p.m.",
    "a 25-year-old man",
    "Ahmed, 25, said",
    "aged 25",
    "as young as 10",
    "the 4th Division",
    "the 100th Brigade",
    "T-72 tanks",
    "F-16s",
    "the M4 highway",
    "Flight 370",
    "Resolution 2254",
    "Article 7",
    "Hill 70,",
    "No. 5",
    "30 km away",
    "7.5 kilometres",
    "45km south",
    "300m (984ft) away",
    "a 30-kilometre zone",
    "three hours later",
    "four more days",
    "two-day talks",
    "three and a half years",
    "122 mm shells",
    "a 6.7 magnitude earthquake",
    "+963 11 2345678",
    "9/11",
    "2015-05-22",
    "two thirds of the town",
    "no one another",
    "one day",
    "they fought one another",
    "the one who left",
    "once they had left",
    "died.[3]",
    "a 22-strong unit",
    "123456789012345678901234567890",
    "007",
]


@pytest.mark.parametrize("text", NO_COUNT)
def test_counts_nothing(text: str) -> None:
    assert [number for number in find(text) if number.kind is Kind.COUNT] == []


VAGUE = [
    "several men",
    "many villages",
    "a number of houses",
    "large numbers of men",
    "a large and growing number of men",
    "an unknown number of men",
    "heavy losses",
    "numerous raids",
]


@pytest.mark.parametrize("text", VAGUE)
def test_no_bound_is_said(text: str) -> None:
    number = only(text, (Kind.VAGUE,))
    assert number.span.start == 0 and number.min is None and number.max is None


@pytest.mark.parametrize("text", ["the number of men", "a few seconds", "several hours", "heavy rain"])
def test_not_vague(text: str) -> None:
    assert [number for number in find(text) if number.kind is Kind.VAGUE] == []


@pytest.mark.parametrize(("text", "words"), [("no casualties", "no"), ("No one was hurt", "No one"), ("none of them", "none of")])
def test_none(text: str, words: str) -> None:
    number = only(text, (Kind.NONE,))
    assert (number.span.text, number.min, number.max) == (words, 0, 0)


@pytest.mark.parametrize(("text", "words"), [("a soldier", "a"), ("an officer", "an"), ("Another man", "Another")])
def test_articles(text: str, words: str) -> None:
    number = only(text, (Kind.ONE,))
    assert (number.span.text, number.min, number.max) == (words, 1, 1)


def test_a_change_is_two_numbers() -> None:
    assert [(n.min, n.max) for n in find("the toll rose from 12 to 18") if n.kind is Kind.COUNT] == [(12, 12), (18, 18)]


def test_core_has_no_qualifier() -> None:
    number = only("at least 12 people")
    assert (number.core.text, number.span.text) == ("12", "at least 12")


def test_skip() -> None:
    text = "In 2015 people fled; 40 people died."
    assert [n.span.text for n in find(text, [(3, 7)]) if n.kind is Kind.COUNT] == ["40"]
    assert [n for n in find(text, [(0, len(text))])] == []


def test_qualifier_does_not_reach_into_a_skipped_stretch() -> None:
    text = "It happened in about 2012 some 40 died"
    number = [n for n in find(text, [(12, 25)]) if n.kind is Kind.COUNT][-1]
    assert number.span.start >= 25


def test_every_listed_word_is_lower_case() -> None:
    for name in ("units", "tens", "magnitudes", "plurals", "pairs"):
        assert all(word == word.lower() for word in table()[name]), name


WORDS = st.sampled_from(
    [
        "12",
        "1,200",
        "1.5",
        "million",
        "at least",
        "more than",
        "between",
        "and",
        "to",
        "or",
        "a",
        "one",
        "dozens",
        "of",
        "thousands",
        "people",
        "%",
        "$",
        "-",
        "2015",
        "March",
        ".",
        "'",
        "no",
        "few",
        "half",
        "\n",
        "km",
        "٣",
        "½",
        "İ",
    ]
)


@given(st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=12).map(" ".join), st.lists(WORDS, max_size=12).map("".join)))
@example("½ ² Ⅻ ١٢٣ 𝟜𝟜 1٢")
@example("\ud800 12 \x00 at least")
@example("1" * 5000)
@example("at least")
def test_any_text(text: str) -> None:
    found = find(text)
    for number in found:
        assert text[number.span.start : number.span.end] == number.span.text
        assert text[number.core.start : number.core.end] == number.core.text
        assert number.span.holds(number.core)
        assert number.min is None or number.max is None or 0 <= number.min <= number.max
    for before, after in pairwise(found):
        assert before.span.end <= after.span.start
    assert find(text) == found


def test_speed() -> None:
    text = "At least 12 people were killed in the north on Monday, the army said, and more than 3,000 families fled to several towns. " * 20
    find(text)
    began = time.process_time()
    for _ in range(5):
        find(text)
    spent = (time.process_time() - began) / 5 * 400 / len(text.split())
    assert spent < 0.02  # measured: 0.001 to 0.003 s for 400 words; the rest is room for a busy machine


def test_long_lines_take_linear_time() -> None:
    began = time.process_time()
    find("1 " * 30_000 + "at least " * 5_000 + "a few " * 5_000 + "x" * 100_000)
    assert time.process_time() - began < 10
