"""Single words as the reading takes them: their dictionary forms, and the shapes that the model sees beside its pieces."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from according.reading.lemmas import lemma
from according.reading.pieces import SHAPES, shape

LEMMAS = [
    ("killed", "VERB", "kill"),
    ("shelling", "VERB", "shell"),
    ("shelling", "NOUN", "shelling"),
    ("retook", "VERB", "retake"),
    ("fled", "VERB", "flee"),
    ("found", "VERB", "find"),
    ("lay", "VERB", "lay"),
    ("Villages", "NOUN", "village"),
    ("bases", "NOUN", "base"),
    ("women", "NOUN", "woman"),
    ("wounded", "ADJ", "wounded"),
    ("was", "AUX", "be"),
    ("Goma", "PROPN", "Goma"),
    ("United", "PROPN", "United"),
    ("12", "NUM", "12"),
    (",", "PUNCT", ","),
    ("Séléka", "NOUN", "séléka"),
]

SHAPED = [
    ("army", "lower"),
    ("Army", "title"),
    ("ARMY", "upper"),
    ("A", "initial"),
    ("iPhone", "camel"),
    ("McCain", "camel"),
    ("12", "digits"),
    ("1,200", "digits"),
    ("M23", "mixed"),
    ("7th", "mixed"),
    (",", "mark"),
    ("–", "mark"),
    ("军", "other"),
    ("al-Shabaab", "hyphen-title"),
    ("Abu-Bakr", "hyphen-title"),
    ("’s", "lower"),
]


@pytest.mark.parametrize(("word", "upos", "expected"), LEMMAS)
def test_lemma(word: str, upos: str, expected: str) -> None:
    assert lemma(word, upos) == expected


@given(st.text(min_size=1, max_size=12), st.sampled_from(["VERB", "NOUN", "ADJ", "ADV", "PROPN", "NUM", "PUNCT", "X"]))
def test_every_word_has_a_form(word: str, upos: str) -> None:
    found = lemma(word, upos)
    assert found and (found == word if upos == "PROPN" else True)


@pytest.mark.parametrize(("word", "expected"), SHAPED)
def test_shape(word: str, expected: str) -> None:
    assert SHAPES[shape(word)] == expected


@given(st.text(min_size=1, max_size=20))
def test_every_word_has_a_shape_that_is_not_padding(word: str) -> None:
    assert 0 < shape(word) < len(SHAPES)
