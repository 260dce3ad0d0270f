"""Claims marked in a text: nothing of the text is lost, and each mark stands on its own words and on no others."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from according.model import Span
from according.web.marking import Field, Mark, Paragraph, Segment, marked, marks, shown
from told_events import PAPERS, claim_of

#: Letters that take two units of UTF-16, join, combine, run from right to left, or are not seen at all.
LETTERS = "ab \n\r\u2029é\u0301😀👨\u200d👩𐤀𐤁سراق\u200cب\u202e\u202c\u2066\u2069\u200b\ufeff\x00<>&\"'"
texts = st.text(st.one_of(st.sampled_from(LETTERS), st.characters()), max_size=60)


@st.composite
def told(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    text = draw(texts.filter(bool))
    found = []
    for n in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(text) - 1))
        found.append(Mark(start, draw(st.integers(start + 1, len(text))), f"c{n}", draw(st.sampled_from(Field)), n))
    return text, found


def segments(paragraphs: list[Paragraph]) -> list[Segment]:
    return [segment for paragraph in paragraphs for segment in paragraph.segments]


@given(told())
def test_the_segments_together_are_the_text_and_each_mark_covers_its_words(given: tuple[str, list[Mark]]) -> None:
    text, asked = given
    found = segments(marked(text, asked))
    assert "".join(s.text for s in found) == text
    assert all(s.text and text[s.start : s.start + len(s.text)] == s.text for s in found)
    for mark in asked:
        under = [s for s in found if mark in s.marks]
        assert "".join(s.text for s in under) == text[mark.start : mark.end]
        assert under[0].start == mark.start
        assert [s for s in found if mark in s.begun] == under[:1]
        assert [s for s in found if mark in s.ended] == under[-1:]


@given(told(), st.integers(0, 1000))
def test_a_stretch_is_marked_as_the_whole_is(given: tuple[str, list[Mark]], offset: int) -> None:
    text, asked = given
    moved = [Mark(m.start + offset, m.end + offset, m.claim, m.field, m.n) for m in asked]
    whole, stretch = segments(marked(text, asked)), segments(marked(text, moved, offset))
    assert [(s.start + offset, s.text, s.sign, s.fields) for s in whole] == [(s.start, s.text, s.sign, s.fields) for s in stretch]


@given(told())
def test_marks_are_cut_off_where_a_stretch_ends(given: tuple[str, list[Mark]]) -> None:
    text, asked = given
    half = len(text) // 2
    found = segments(marked(text[half:], asked, half))
    assert "".join(s.text for s in found) == text[half:]
    for mark in asked:
        assert "".join(s.text for s in found if mark in s.marks) == text[max(half, mark.start) : max(half, mark.end)]


@given(texts)
def test_paragraphs_end_where_lines_do(text: str) -> None:
    found = marked(text)
    assert "".join(p.text for p in found) == text
    assert [p.start for p in found] == [sum(len(p.text) for p in found[:n]) for n in range(len(found))]
    assert all(a.text[-1] in "\n\r\v\f\x85\u2028\u2029" and b.text for a, b in pairwise(found))


@given(texts)
def test_nothing_unseen_is_left_in_what_is_shown(text: str) -> None:
    found = segments(marked(text))
    assert all(len(s.text) == 1 for s in found if s.sign)
    seen = "".join(s.text for s in found if not s.sign)
    assert not set(seen) & set("\x00\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff")
    seen.encode("utf-8")  # half a pair of UTF-16 cannot be sent


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("gpj\u202eexe", "gpj[RLO]exe"),
        ("no\u200bthing", "no[ZWSP]thing"),
        ("a\u200db", "a[ZWJ]b"),
        ("\u2067x\u2069", "[RLI]x[PDI]"),
        ("\x1b[2J", "[U+001B][2J"),
        ("family 👨\u200d👩\u200d👧", "family 👨\u200d👩\u200d👧"),  # one picture
        ("می\u200cخواهم", "می\u200cخواهم"),  # as Persian is written
        ("tail\u200d", "tail[ZWJ]"),
        ("سراقب", "سراقب"),
        ("\ud800", "[U+D800]"),
        ("tag\U000e0041", "tag[U+E0041]"),
    ],
)
def test_unseen_characters_are_named(text: str, page: str) -> None:
    assert shown(text) == page


def test_words_after_pictures_and_old_letters_are_marked_by_code_points() -> None:
    text = "😀😀 𐤀𐤁 سراقب fell."
    start = text.index("سراقب")
    found = segments(marked(text, [Mark(start, start + 5, "c", Field.PLACE), Mark(0, len(text), "c", Field.SENTENCE)]))
    assert [(s.text, s.fields) for s in found] == [
        ("😀😀 𐤀𐤁 ", (Field.SENTENCE,)),
        ("سراقب", (Field.SENTENCE, Field.PLACE)),
        (" fell.", (Field.SENTENCE,)),
    ]


def test_overlapping_words_are_split_where_either_ends() -> None:
    found = segments(marked("abcdef", [Mark(0, 4, "one", Field.ACTOR), Mark(2, 6, "other", Field.TARGET)]))
    assert [(s.text, [m.claim for m in s.marks]) for s in found] == [("ab", ["one"]), ("cd", ["one", "other"]), ("ef", ["other"])]


def test_a_claims_marks_are_all_its_words() -> None:
    claim = claim_of("gazette-strike", "struck")
    text = PAPERS["gazette-strike"].report.text
    found = {mark.part: text[mark.start : mark.end] for mark in marks(claim)}
    assert found == {
        "sentence": text.split("\n")[0],
        "trigger": "struck",
        "said_by-0": "the ministry of defence",
        "actor-0": "the Velmar army",
        "place": "Nadreh",
        "time": "3 March",
        "figure-0": "12 traders",
    }
    assert all(Span.of(text, mark.start, mark.end).text == found[mark.part] for mark in marks(claim))
