"""What the words of a mention, and those beside it, say of the place: the bare name, the kind asked for, the area derived."""

from __future__ import annotations

import pytest

from according.model import Span
from according.places.phrases import Derivation, Phrase, Shape, phrase


def read(marked: str) -> Phrase:
    """The phrase of the words between brackets."""
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    return phrase(text, Span.of(text, start, end))


@pytest.mark.parametrize(
    ("marked", "bare"),
    [
        ("in [Karsa province]", "Karsa"),
        ("in [the town of Karsa]", "Karsa"),
        ("in [northern Karsa]", "Karsa"),
        ("in [the southern countryside of Karsa]", "Karsa"),
        ("[Karsa’s northern countryside]", "Karsa"),
        ("[the city of Tal Varin]", "Tal Varin"),
        ("[Tal Varin]", "Tal Varin"),
        ("[west and south of Karsa]", "Karsa"),
        ("[outskirts of Karsa]", "Karsa"),
    ],
)
def test_the_bare_name_is_the_last_reading(marked, bare):
    assert read(marked).readings[-1].name == bare


def test_the_whole_name_comes_first():
    assert [r.name for r in read("the [Orim Valley]").readings] == ["Orim Valley", "Orim"]
    assert read("the [Orim Street]").readings[-1].name == "Orim Street", "a street may be called after a place far away"


@pytest.mark.parametrize(
    ("marked", "asked"),
    [
        ("the town of [Karsa] fell", "settlement"),
        ("[Karsa province] was quiet", "division"),
        ("[Karsa] province was quiet", "division"),
        ("the [Karsa airbase]", "installation"),
        ("the river [Karsa]", "line"),
        ("the [Karsa] mountains", "mountain"),
        ("the [Karsa neighborhood]", "quarter"),
    ],
)
def test_a_noun_beside_the_name_asks_for_its_class(marked, asked):
    assert asked in read(marked).readings[-1].wanted


@pytest.mark.parametrize("marked", ["in [Karsa], a town of", "He left [Karsa] and", "in the town. [Karsa] was"])
def test_a_noun_that_is_not_beside_the_name_asks_for_nothing(marked):
    assert not read(marked).readings[-1].wanted


@pytest.mark.parametrize(
    ("marked", "shape", "bearing"),
    [
        ("[northwestern Karsa]", Shape.PART, 315),
        ("[eastern part of Karsa]", Shape.PART, 90),
        ("[southern countryside of Karsa]", Shape.PART, 180),
        ("[central Karsa]", Shape.PART, None),
        ("[outskirts of Karsa]", Shape.AROUND, None),
        ("[Karsa suburbs]", Shape.AROUND, None),
        ("the [border with Karsa]", Shape.BORDER, None),
    ],
)
def test_the_mention_s_own_words_derive_an_area(marked, shape, bearing):
    derivation = read(marked).readings[-1].derivation
    assert derivation is not None
    assert (derivation.shape, derivation.bearing) == (shape, bearing)


@pytest.mark.parametrize(
    ("marked", "shape", "bearing", "km"),
    [
        ("a village 15 km west of [Karsa]", Shape.OFFSET, 270, 15),
        ("about 30 kilometres (19 miles) south of [Karsa]", Shape.OFFSET, 180, 30),
        ("10 miles northeast of the city of [Karsa]", Shape.OFFSET, 45, 16.09),
        ("20 km from [Karsa]", Shape.OFFSET, None, 20),
        ("just east of [Karsa]", Shape.OFFSET, 90, None),
        ("shelling outside [Karsa]", Shape.AROUND, None, None),
        ("near the town of [Karsa]", Shape.AROUND, None, None),
        ("on the outskirts of [Karsa]", Shape.AROUND, None, None),
        ("the road between [Karsa] and Orim", Shape.BETWEEN, None, None),
        ("along the border with [Karsa]", Shape.BORDER, None, None),
    ],
)
def test_the_words_before_a_mention_derive_an_area(marked, shape, bearing, km):
    outer = read(marked).outer
    assert outer is not None
    assert (outer.shape, outer.bearing) == (shape, bearing)
    assert outer.km == (pytest.approx(km, abs=0.01) if km else None)


@pytest.mark.parametrize(
    "marked", ["in [Karsa]", "fighting reached [Karsa]", "near Orim, [Karsa]", "west of Orim. [Karsa]", "15 km road to [Karsa]"]
)
def test_other_words_derive_nothing(marked):
    assert read(marked).outer is None


def test_a_derivation_quotes_its_words():
    assert read("[southern countryside of Karsa]").readings[-1].derivation == Derivation(
        Shape.PART, "southern countryside", 180.0, countryside=True
    )
    assert read("some 15 km west of [Karsa]").outer.words == "15 km west of"
