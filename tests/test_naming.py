"""Names: what one mention lacks, the report's other words supply."""

from __future__ import annotations

import pytest

from according.reading.doc import build
from according.reading.naming import agreed, taken


def test_a_name_has_the_kind_of_most_of_its_mentions():
    words = ["Tesk", "fell", ".", "In", "Tesk", "and", "near", "Tesk"]
    assert agreed(words, ["B-person", "O", "O", "O", "B-place", "O", "O", "B-place"])[0] == "B-place"
    assert agreed(["Tesk", "and", "Tesk"], ["B-person", "O", "B-place"]) == ["B-person", "O", "B-place"], "a tie changes nothing"


CAPTURED = ("Rebels", "captured", "Goma", ".", "Orsik", "said", "so", ".")
LEMMAS = ("rebel", "capture", "Goma", ".", "Orsik", "say", "so", ".")
HEADS = (1, 1, 1, 1, 5, 5, 5, 5)
DEPS = ("nsubj", "root", "obj", "punct", "nsubj", "root", "advmod", "punct")


def test_who_is_captured_and_known_by_nothing_else_is_a_place():
    tags = ["O", "O", "B-person", "O", "B-person", "O", "O", "O"]
    assert taken(CAPTURED, LEMMAS, HEADS, DEPS, tags) == ["O", "O", "B-place", "O", "B-person", "O", "O", "O"]


def test_who_speaks_elsewhere_is_a_person_though_captured():
    words = tuple("Orsik" if word == "Goma" else word for word in CAPTURED)
    tags = ["O", "O", "B-person", "O", "B-person", "O", "O", "O"]
    assert taken(words, LEMMAS, HEADS, DEPS, tags) == tags


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Rebels captured Goma on Monday.", "Goma", "place"),
        ("The paramilitaries captured El Fasher on Sunday, witnesses said.", "El Fasher", "place"),
        ("Rebels captured Colonel Adem Orsik on Monday.", "Adem Orsik", "person"),
        ("Jane Miller led the garrison. Rebels captured Miller on Monday.", "Miller", "person"),
    ],
)
def test_names_in_reports(text: str, name: str, kind: str):
    assert {(e.text, e.label_) for e in build(text).ents} >= {(name, kind)}
