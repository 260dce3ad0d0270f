"""Times: which words are one, which are not, and which days they mean."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from according.model import Anchor, Precision
from according.reading.times import TimeExpression, dateline, find, mentions, phrases
from according.reading.times.grammar import grammar
from according.reading.times.words import number_classes

SHARED = Path(__file__).resolve().parents[1] / os.environ.get("SHARED", "../shared")
WEDNESDAY = date(2016, 10, 12)


def only(text: str, published: date | None = WEDNESDAY) -> TimeExpression:
    found = find(text, published)
    assert len(found) == 1, [one.core.span.text for one in found]
    return found[0]


def days(text: str, published: date | None = WEDNESDAY) -> tuple[str, str | None, str | None]:
    core = only(text, published).core
    return core.span.text, core.start and core.start.isoformat(), core.end and core.end.isoformat()


# ---- against the day of publication: Wednesday 12 October 2016 ---------------------------------------------------------

PUBLISHED = [
    # days of the week
    ("Shells fell on Wednesday.", "Wednesday", "2016-10-12", None),
    ("Shells fell later Wednesday.", "later Wednesday", "2016-10-12", None),
    ("Shells fell on Thursday.", "Thursday", "2016-10-06", None),
    ("Shells fell last Friday.", "last Friday", "2016-10-07", None),
    ("Shells fell last Wednesday.", "last Wednesday", "2016-10-05", None),
    ("Shells fell early Sunday.", "early Sunday", "2016-10-09", None),
    ("Shells fell late on Tuesday.", "late on Tuesday", "2016-10-11", None),
    ("Shells fell Monday night.", "Monday night", "2016-10-10", None),
    ("Shells fell in the early hours of Sunday.", "the early hours of Sunday", "2016-10-09", None),
    ("The talks will resume on Friday.", "Friday", "2016-10-14", None),
    ("The talks resume next Wednesday.", "next Wednesday", "2016-10-19", None),
    ("The envoy was due to arrive later Wednesday.", "later Wednesday", "2016-10-12", None),
    ("It fell on Wed., a resident said.", "Wed.", "2016-10-12", None),
    # days and months without a year
    ("They met on Dec. 15.", "Dec. 15", "2015-12-15", None),
    ("They met on Dec.14th.", "Dec.14th", "2015-12-14", None),
    ("They met on 3 October.", "3 October", "2016-10-03", None),
    ("They met on the 3rd of May.", "the 3rd of May", "2016-05-03", None),
    ("They met on 29 February.", "29 February", "2016-02-29", None),
    ("They met on 30 February.", "30 February", None, None),
    ("They will meet on 3 November.", "3 November", "2016-11-03", None),
    ("Elections will be held in December.", "December", "2016-12-01", "2016-12-31"),
    ("The army left in December.", "December", "2015-12-01", "2015-12-31"),
    ("The army left last June.", "last June", "2016-06-01", "2016-06-30"),
    ("The army left last October.", "last October", "2015-10-01", "2015-10-31"),
    ("The army left in mid-March.", "mid-March", "2016-03-11", "2016-03-20"),
    ("The army left at the end of May.", "the end of May", "2016-05-21", "2016-05-31"),
    ("The army left in the first week of May.", "the first week of May", "2016-05-01", "2016-05-07"),
    ("The army left last spring.", "last spring", "2016-03-01", "2016-05-31"),
    # counted from that day
    ("Today it rained.", "Today", "2016-10-12", None),
    ("It rained yesterday.", "yesterday", "2016-10-11", None),
    ("It rained last night.", "last night", "2016-10-11", None),
    ("It rained this morning.", "this morning", "2016-10-12", None),
    ("It rained overnight.", "overnight", "2016-10-11", "2016-10-12"),
    ("It will rain tomorrow.", "tomorrow", "2016-10-13", None),
    ("It rained three days ago.", "three days ago", "2016-10-09", None),
    ("It rained a day ago.", "a day ago", "2016-10-11", None),
    ("It rained twenty-five days ago.", "twenty-five days ago", "2016-09-17", None),
    ("It rained two weeks ago.", "two weeks ago", "2016-09-26", "2016-10-02"),
    ("It rained two months ago.", "two months ago", "2016-08-01", "2016-08-31"),
    ("It rained four years ago.", "four years ago", "2012-01-01", "2012-12-31"),
    ("It rained last week.", "last week", "2016-10-03", "2016-10-09"),
    ("It rained this week.", "this week", "2016-10-10", "2016-10-16"),
    ("It rained last month.", "last month", "2016-09-01", "2016-09-30"),
    ("It will rain next month.", "next month", "2016-11-01", "2016-11-30"),
    ("It rained last year.", "last year", "2015-01-01", "2015-12-31"),
    ("It rained early this year.", "early this year", "2016-01-01", "2016-04-30"),
    ("It rained last weekend.", "last weekend", "2016-10-08", "2016-10-09"),
    ("It rained over the past 24 hours.", "the past 24 hours", "2016-10-11", "2016-10-12"),
    ("It rained over the past three days.", "the past three days", "2016-10-09", "2016-10-12"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "start", "end"), PUBLISHED)
def test_against_the_day_of_publication(text: str, words: str, start: str | None, end: str | None) -> None:
    assert days(text) == (words, start, end or start)
    assert only(text).core.anchor is (Anchor.PUBLISHED if start else None)
    assert days(text, None) == (words, None, None), "nothing is resolved without an anchor"


# ---- whole dates need no anchor ------------------------------------------------------------------------------------

ABSOLUTE = [
    ("25 August 2013", "2013-08-25", "2013-08-25", Precision.DAY),
    ("Sunday 25 August 2013", "2013-08-25", "2013-08-25", Precision.DAY),
    ("Sunday, August 25, 2013", "2013-08-25", "2013-08-25", Precision.DAY),
    ("the 25th of August 2013", "2013-08-25", "2013-08-25", Precision.DAY),
    ("August 25th 2013", "2013-08-25", "2013-08-25", Precision.DAY),
    ("2013-08-25", "2013-08-25", "2013-08-25", Precision.DAY),
    ("31/12/2015", "2015-12-31", "2015-12-31", Precision.DAY),
    ("12/31/2015", "2015-12-31", "2015-12-31", Precision.DAY),
    ("03/04/2015", None, None, None),  # nobody can tell which is the month
    ("30.06.2016", "2016-06-30", "2016-06-30", Precision.DAY),
    ("31 June 2013", None, None, None),
    ("March 2015", "2015-03-01", "2015-03-31", Precision.MONTH),
    ("February of 2016", "2016-02-01", "2016-02-29", Precision.MONTH),
    ("early November 2005", "2005-11-01", "2005-11-10", Precision.WEEK),
    ("late 2014", "2014-09-01", "2014-12-31", Precision.SEASON),
    ("the end of 2014", "2014-09-01", "2014-12-31", Precision.SEASON),
    ("the summer of 2012", "2012-06-01", "2012-08-31", Precision.SEASON),
    ("winter 2015-16", "2015-12-01", "2016-02-29", Precision.SEASON),
    ("the first quarter of 2015", "2015-01-01", "2015-03-31", None),
    ("the second half of 2015", "2015-07-01", "2015-12-31", None),
    ("the 1990s", "1990-01-01", "1999-12-31", None),
    ("the late 1990s", "1997-01-01", "1999-12-31", None),
    ("the 20th century", "1900-01-01", "1999-12-31", None),
    ("the night of 3 May 2014", "2014-05-03", "2014-05-03", Precision.DAY),
    ("the early morning hours of May 3, 2014", "2014-05-03", "2014-05-03", Precision.DAY),
]  # fmt: skip


@pytest.mark.parametrize("published", [None, WEDNESDAY])
@pytest.mark.parametrize(("words", "start", "end", "precision"), ABSOLUTE)
def test_whole_dates(words: str, start: str | None, end: str | None, precision: Precision | None, published: date | None) -> None:
    found = only(f"The bridge was hit in {words}, he said.", published).core
    assert days(f"The bridge was hit in {words}, he said.", published) == (words, start, end)
    if precision:
        assert (found.precision, found.anchor) == (precision, None)


# ---- against the story so far --------------------------------------------------------------------------------------

STORY = [
    ("The siege began on 28 February 1942. The next day it snowed.", ["1942-03-01"]),
    ("The siege began on 3 May 1942. That day it snowed. Two days later it thawed.", ["1942-05-03", "1942-05-05"]),
    ("The siege began on 3 May 1942. In June it ended.", ["1942-06-01"]),
    ("The siege began on 3 May 1942. On 9 July it ended.", ["1942-07-09"]),
    ("The siege began in December 1942. In January it ended.", ["1943-01-01"]),
    ("The siege began in May 1942. The following year it ended.", ["1943-01-01"]),
    ("The siege began in May 1942. It ended in August of that year.", ["1942-08-01"]),
    ("The siege began in May 1942. The following month it ended.", ["1942-06-01"]),
    ("The siege began on 3 May 1942. A week earlier it had snowed.", ["1942-04-26"]),
    ("The siege began on 3 May 1942. At dawn it snowed.", ["1942-05-03"]),
]


@pytest.mark.parametrize("published", [None, date(2009, 12, 19)])
@pytest.mark.parametrize(("text", "starts"), STORY)
def test_against_the_story(text: str, starts: list[str], published: date | None) -> None:
    # The last sentences make a history of it: full of dates long past, none told from the day of writing.
    history = text + "\n\nThe fort fell on 1 May 1950. It was built in March 1901 and burnt in April 1903."
    found = find(history, published)
    assert [str(one.core.start) for one in found[1 : 1 + len(starts)]] == starts
    assert all(one.core.anchor is Anchor.TEXT for one in found[1 : 1 + len(starts)])


def test_a_bare_year_far_off_is_a_remark_by_the_way() -> None:
    text = "The siege began in May 1942. Papers released in 2005 say little. In June it ended. It had rained in March 1942 and April 1942."
    assert [str(one.core.start)[:7] for one in find(text)][2] == "1942-06"


def test_news_that_names_an_old_month_still_speaks_from_its_own_day() -> None:
    text = "The revolt began in March 2011. Troops withdrew on Monday. In January they had come back."
    assert [str(one.core.start) for one in find(text, WEDNESDAY)] == ["2011-03-01", "2016-10-10", "2016-01-01"]
    assert [one.core.start for one in find(text)][1:] == [None, None]


def test_a_few_dates_long_past_are_a_history_where_they_come_first_or_head_their_sentences() -> None:
    texts = {
        "In June 2012, rebels took the town. On 14 October, troops retook it.": ["2012-06-01", "2012-10-14"],
        "On 2 July, rebels took the town. In November 2012, they lost it. By 7 December 2012, they were back.": [
            "2012-07-02",
            "2012-11-01",
            "2012-12-07",
        ],
        "Troops left on 3 May. The war began in March 2011.": ["2016-05-03", "2011-03-01"],  # news
    }
    for text, starts in texts.items():
        assert [str(one.core.start) for one in find(text, WEDNESDAY)] == starts


def test_the_first_weekend_of_a_month() -> None:
    one = only("It began in the first weekend of January 2014.").core
    assert (str(one.start), str(one.end)) == ("2014-01-04", "2014-01-05")


def test_a_time_of_day_is_on_the_day_just_told() -> None:
    found = find("Two people died on Monday. The roof fell shortly after midnight.", WEDNESDAY)
    assert (str(found[1].core.start), found[1].core.anchor) == ("2016-10-10", Anchor.TEXT)
    assert only("The roof fell at dawn.").core.start is None


# ---- the words that a claim quotes -----------------------------------------------------------------------------------

WHOLES = [
    ("Hundreds died since the beginning of December.", "since the beginning of December", "2015-12-01", "2016-10-12", "since"),
    ("Hundreds died since the war began in March 2011.", "since the war began in March 2011", "2011-03-01", "2016-10-12", "since"),
    ("The gate was shut until Friday.", "until Friday", None, "2016-10-07", "until"),
    ("The gate was shut before 2014.", "before 2014", None, "2013-12-31", "before"),
    ("The gate was shut after June 2015.", "after June 2015", "2015-06-01", None, "after"),
    ("The gate was shut by 2014.", "by 2014", None, "2014-12-31", "by"),
    ("They fled in about three months.", "in about three months", None, None, "in"),
    ("They fled for more than five years.", "for more than five years", None, None, "for"),
    ("In the past few days they fled.", "In the past few days", None, None, "in"),
    ("They fled over the past 24 hours.", "over the past 24 hours", "2016-10-11", "2016-10-12", "over"),
    ("Jets flew between 11-13 Dec. over the town.", "between 11-13 Dec.", "2015-12-11", "2015-12-13", "between"),
    ("Jets flew between 11 and 13 December 2012.", "between 11 and 13 December 2012", "2012-12-11", "2012-12-13", "between"),
    ("Jets flew from 3 to 7 May 2012.", "from 3 to 7 May 2012", "2012-05-03", "2012-05-07", "from"),
    ("Rain from late morning to early evening on Monday.", "from late morning to early evening on Monday", "2016-10-10", "2016-10-10", "from"),  # noqa: E501
    ("Jets flew on Saturday and Sunday.", "Saturday and Sunday", "2016-10-08", "2016-10-09", None),
    ("Jets flew in 1939–45 only.", "1939–45", "1939-01-01", "1945-12-31", None),
    ("Jets flew from 31 May to 2 June 1916.", "from 31 May to 2 June 1916", "1916-05-31", "1916-06-02", "from"),
    ("Jets flew from Friday to Monday.", "from Friday to Monday", "2016-10-07", "2016-10-10", "from"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "start", "end", "relation"), WHOLES)
def test_wholes(text: str, words: str, start: str | None, end: str | None, relation: str | None) -> None:
    found = find(text, WEDNESDAY)
    assert len(phrases(found)) == 1
    whole = phrases(found)[0]
    assert (whole.span.text, whole.start and str(whole.start), whole.end and str(whole.end)) == (words, start, end)
    assert {one.relation for one in found} == {relation}


def test_two_days_that_do_not_touch_are_two_times() -> None:
    assert [when.span.text for when in phrases(find("Jets flew on Monday and Friday.", WEDNESDAY))] == ["Monday", "Friday"]


def test_a_stretch_is_two_mentions() -> None:
    assert [when.span.text for when in mentions(find("Jets flew on 11-13 December 2012."))] == ["11", "13 December 2012"]


def test_since_then_belongs_to_claims_only() -> None:
    found = find("In January the road was cut. Since then many have died.", WEDNESDAY)
    assert [when.span.text for when in mentions(found)] == ["January"]
    since = phrases(found)[1]
    assert (since.span.text, str(since.start), str(since.end)) == ("Since then", "2016-01-01", "2016-10-12")


def test_since_has_no_end_without_a_day_of_speaking() -> None:
    whole = only("Many have died since March 2011.", None).whole
    assert (str(whole.start), whole.end) == ("2011-03-01", None)


# ---- found, and left open ------------------------------------------------------------------------------------------

OPEN = [
    "the past few days", "several days later", "Ramadan", "every Friday", "daily", "10-day", "two months", "nearly 12 months", "recently",
    "490 BC", "this fiscal year", "0600 GMT", "3 p.m.", "5:30PM",
]  # fmt: skip


@pytest.mark.parametrize("words", OPEN)
def test_found_and_left_open(words: str) -> None:
    found = find(f"They stayed during {words}, he said.", WEDNESDAY)
    assert [one.core.span.text for one in found] == [words]
    assert found[0].core.start is None and found[0].core.end is None


NOT_TIMES = [
    "Jan Larsen wrote in The Sun; Sat beside him, Mon villagers wed. Black Friday passed.",
    "They may march on the city; the sun sat low.",
    "March on, May God help us.",
    "Theresa May and Mrs May spoke to the second man.",
    "A second attack hit the second floor.",
    "About 1500 men, 1,200 people and 2000 rebels stood on Hill 1985.",
    "Resolution 2254, Resolution 1973, Route 66, an F-16, a T-72, an AK-47 and an Su-24.",
    "They won 2-1. Call +963 11 1999 2000.",
    "The Arab Spring, the October War and 9/11.",
    "After the fall of the town it will fall again.",
    "It cost $2000 and lies 1999 km away.",
    "A 5-year-old girl and a man who is 40 years old.",
    "The Sunday Times wrote of it.",
    "24/7, 1/2 and 3.5 percent of 2015 people.",
    "Following the explosions at 1830, a fire broke out.",
]


@pytest.mark.parametrize("text", NOT_TIMES)
def test_not_times(text: str) -> None:
    assert [one.core.span.text for one in find(text, WEDNESDAY)] == []


def test_the_attack_known_by_its_day() -> None:
    assert days("Since the September 11 attacks much has changed.") == ("September 11", "2001-09-11", "2001-09-11")


# ---- date lines ----------------------------------------------------------------------------------------------------

DATELINES = [
    ("Sunday 25 August 2013\nTroops entered the town.", "2013-08-25"),
    ("Sunday 25 August 2013 Troops entered the town.", "2013-08-25"),
    ("RIVERTOWN, 25 Feb 2020 (NEWS) – Troops entered.", "2020-02-25"),
    ("RIVERTOWN (Jan. 25, 2013) - Troops entered.", "2013-01-25"),
    ("Troops enter town\nPublished: 3 May 2014\nTroops entered.", "2014-05-03"),
    ("Date of publication 12 August 2016 Troops entered.", "2016-08-12"),
    ("Troops Enter Town NEWS Friday 5 Sep 2014 The army entered.", "2014-09-05"),
    ("30-06-2016 Troops entered.", "2016-06-30"),
    ("RIVERTOWN, 25 Feb (NEWS) – Troops entered.", None),  # no year
    ("On 25 August 2013 troops entered the town.", None),
    ("The war, which began on 3 May 2014, goes on.", None),
    ("Troops entered.\n" * 40 + "3 May 2014", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "day"), DATELINES)
def test_date_lines(text: str, day: str | None) -> None:
    found = dateline(text)
    assert (found and found.isoformat()) == day


def test_a_date_line_is_an_anchor_only_where_nothing_better_is_known() -> None:
    text = "RIVERTOWN, 25 Feb 2020 (NEWS) – Troops entered on Monday."
    assert [(str(one.core.start), one.core.anchor) for one in find(text)][1] == ("2020-02-24", Anchor.DATELINE)
    assert [(str(one.core.start), one.core.anchor) for one in find(text, WEDNESDAY)][1] == ("2016-10-10", Anchor.PUBLISHED)


# ---- any text --------------------------------------------------------------------------------------------------------

BITS = st.sampled_from(
    "the a in on since until between and to of last next this early late mid - – , . ( ) / \n 3 11 12 31 45 1939 2013 2000 0600 99 1,200 "
    "14th 1990s May March Dec Sunday Sat Wed. spring winter day days week month years ago later before after past few two twenty five "
    "morning night today now century quarter half end beginning first second same following BC 9999 p.m. : year's ² ٣ İ 𝟚".split(" ")
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(BITS, max_size=30).map(" ".join)), st.one_of(st.none(), st.dates()))
def test_any_text(text: str, published: date | None) -> None:
    found = find(text, published)
    assert found == find(text, published)
    reached = 0
    for one in found:
        for when in (one.core, one.whole):
            assert text[when.span.start : when.span.end] == when.span.text
            assert when.start is None or when.end is None or when.start <= when.end
        assert one.whole.span.holds(one.core.span)
        assert one.core.span.start >= reached
        reached = one.core.span.end


def test_a_doc_gives_the_same_as_its_text() -> None:
    text = "Shells fell on Wednesday.\n\nThe talks will resume next Friday."
    assert find(spacy.blank("en")(text), WEDNESDAY) == find(text, WEDNESDAY)


def test_every_number_can_be_coded() -> None:
    """The characters of classes are made before any text is seen, so all that numbers may be must be among them."""
    coder = grammar().coder
    forms = [
        f"{n:0{size}d}"
        for n in (*range(0, 100), 365, 999, 1000, 1066, 1700, 1900, 1999, 2000, 2040, 2100, 2101, 9999)
        for size in (1, 2, 3, 4, 6)
    ]
    assert len(coder.words(" ".join(forms))) == len(forms)
    assert {"year", "modern"} <= number_classes("1999") and "year" not in number_classes("0999")


@pytest.mark.parametrize("bit", ["the ", "1", "1,111,", "of the first half of ", "3 to ", "a day ", "early ", "\n ", "May 3 and "])
def test_time_taken_grows_with_the_text(bit: str) -> None:
    """Nothing in the grammar repeats inside a repetition: many thousand repetitions are read in a second or so, not in hours."""
    find(bit * 5_000, WEDNESDAY)


# ---- the annotated reports -------------------------------------------------------------------------------------------


@pytest.mark.skipif(not (SHARED / "gold/dev").is_dir(), reason="the annotated reports (../shared) are not here")
def test_claims_times_are_found_and_resolved() -> None:
    found_words = resolved = wanted = dated = 0
    for path in sorted((SHARED / "gold/dev").glob("*.json")):
        report = json.loads(path.read_text(encoding="utf-8"))
        published = date.fromisoformat(report["published"]) if report["published"] else None
        times = find(report["text"], published)
        for gold in (claim["time"] for claim in report["claims"] if claim["time"] and claim["time"]["text"]):
            words = _words(gold["text"])
            near = [one for one in times if any(_agree(words, _words(when.span.text)) for when in (one.core, one.whole))]
            wanted, found_words = wanted + 1, found_words + bool(near)
            if gold["start"]:
                spans = {(str(when.start), str(when.end)) for one in near for when in (one.core, one.whole)}
                dated, resolved = dated + 1, resolved + ((gold["start"], gold["end"]) in spans)
    assert found_words / wanted >= 0.98
    assert resolved / dated >= 0.95


def _words(text: str) -> set[str]:
    return {word.strip(".,").lower() for word in text.split()} - {"the", "a", "in", "on", "of", "and"}


def _agree(one: set[str], other: set[str]) -> bool:
    return bool(one and other) and (one <= other or other <= one)
