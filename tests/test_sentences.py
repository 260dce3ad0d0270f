"""A text → its sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from according.reading.sentences import split

TABLE: list[tuple[str, list[str]]] = [
    ("", []),
    (" \n\t ", []),
    ("Rebels attacked Gao.", ["Rebels attacked Gao."]),
    ("Rebels attacked Gao. Two soldiers died.", ["Rebels attacked Gao.", "Two soldiers died."]),
    ("Who attacked Gao? Nobody knows! It burned.", ["Who attacked Gao?", "Nobody knows!", "It burned."]),
    # abbreviations, initials, numbers
    ("Gen. Badu met Lt. Col. Wole in Goma. They left.", ["Gen. Badu met Lt. Col. Wole in Goma.", "They left."]),
    ("The U.S. Army withdrew. It left on Jan. 5.", ["The U.S. Army withdrew.", "It left on Jan. 5."]),
    ("He fled to the U.S. The army stayed.", ["He fled to the U.S.", "The army stayed."]),
    ("A. K. Diko spoke. No one listened.", ["A. K. Diko spoke.", "No one listened."]),
    ("Some 3.5 million people fled. They have nothing.", ["Some 3.5 million people fled.", "They have nothing."]),
    ("The strike hit at 5 p.m. on Friday.", ["The strike hit at 5 p.m. on Friday."]),
    ("Weapons (rifles, mines etc.) were found.", ["Weapons (rifles, mines etc.) were found."]),
    # citations after the stop
    ("Nine people died.[3][4] Rebels fled.", ["Nine people died.[3][4]", "Rebels fled."]),
    # quotations
    ("“They left.” The town burned.", ["“They left.”", "The town burned."]),
    ("“They left,” he said. “We stayed.”", ["“They left,” he said.", "“We stayed.”"]),
    ('"Is it over?" asked a boy.', ['"Is it over?" asked a boy.']),
    ("“It is over!” he said.", ["“It is over!” he said."]),
    # bullets and lines
    ("- Two killed in Gao\n- Five wounded in Mopti", ["- Two killed in Gao", "- Five wounded in Mopti"]),
    ("• Two killed in Gao\n• Five wounded in Mopti", ["• Two killed in Gao", "• Five wounded in Mopti"]),
    ("Rebels seize Gao\n\nThe army fled on Monday.", ["Rebels seize Gao", "The army fled on Monday."]),
    ("The army, which had\nleft the town, came back.", ["The army, which had\nleft the town, came back."]),
    # no blank after the stop
    ("Rebels left the city.The army came back.", ["Rebels left the city.", "The army came back."]),
    ("The site example.org was closed.", ["The site example.org was closed."]),
    # dots that end nothing
    ("The rebels ... left the town.", ["The rebels ... left the town."]),
    ("Colombia’s Gov. spoke.", ["Colombia’s Gov. spoke."]),
]


@pytest.mark.parametrize(("text", "expected"), TABLE, ids=[row[0][:40] for row in TABLE])
def test_table(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in split(text)] == expected


PIECES = [
    "The army",
    " left",
    " Gao",
    ".",
    "”",
    "“",
    "U.S.",
    "?",
    "\n",
    "\n\n",
    "- ",
    "3.5",
    " Gen.",
    "[3]",
    "é",
    "😀",
    "a.b",
    " ",
    "…",
    "!",
]


@given(st.one_of(st.text(max_size=120), st.lists(st.sampled_from(PIECES), max_size=25).map("".join)))
def test_spans_are_in_order_and_hold_all_that_is_no_blank(text: str) -> None:
    spans = split(text)
    at = 0
    for start, end in spans:
        assert at <= start < end <= len(text)
        assert not text[at:start].strip()
        assert not text[start].isspace() and not text[end - 1].isspace()
        at = end
    assert not text[at:].strip()


@given(st.lists(st.sampled_from(PIECES), max_size=15).map("".join))
def test_a_sentence_alone_is_not_cut_differently(text: str) -> None:
    """Blank lines cut always, so texts apart by one are read as if each stood alone."""
    assert [text[a:b] for a, b in split(text)] == [(text + "\n\n")[a:b] for a, b in split(text + "\n\n")]
