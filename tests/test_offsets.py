"""Every span's words are the text at its offsets, for any text at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import according
from according.model import Span

PIECES = (
    "The army said on Friday that rebels had shelled Ostrel killing at least 12 people wounding two women denied if according to AFP "
    "yesterday U.S. Gen. 1,200 3.5 30-40 Tal-Varin May 2031 , . ? ! “ ” ‘ ’ \" ' — : ; ( ) é e\u0301 \u00a0 \u200b \u200f 🕊 🏳️‍🌈 ٣ 中 &amp;"
)
WORDS = st.sampled_from([*PIECES.split(" "), "\n", "\n\n", "\t", ""])
PROSE = st.lists(WORDS, max_size=60).map(" ".join)
ANY = st.text(max_size=200)


def spans(value: Any) -> Iterator[Span]:
    """Every span inside a value, however deep."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, list | tuple):
        for item in value:
            yield from spans(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from spans(getattr(value, field.name))


def check(text: str) -> None:
    for span in spans((according.code(text, published="2031-05-16"), according.read(text, published="2031-05-16"))):
        assert text[span.start : span.end] == span.text


@given(PROSE)
def test_in_prose_of_odd_pieces(text):
    check(text)


@given(ANY)
def test_in_any_unicode(text):
    check(text)


HARD = ["", " ", "\n\n", "\x00", "a" * 5000, "a " * 1000, "“" * 300, "12 " * 400, "\u2028The army shelled Ostrel.\u2028"]


@pytest.mark.parametrize("text", HARD)
def test_in_texts_that_break_parsers(text):
    check(text)


def test_the_spans_are_really_looked_at():
    text = "🕊 The army said on Friday that it had shelled Ostrel, killing 12 people."
    found = list(spans(according.code(text, published="2031-05-16")))
    assert {"shelled", "Ostrel"} <= {span.text for span in found} and len(found) >= 5


def test_a_date_that_is_none_is_refused():
    with pytest.raises(ValueError, match="month"):
        according.code("The army shelled Ostrel.", published="2031-13-40")
