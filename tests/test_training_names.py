"""What the training files are made into: which words are names, and of which kind."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "training"))

from gum import bio, gum_names
from kinds import KINDS, nameless, people, settled
from scores import name_scores, spans

SETTLED = [
    # text, the corpus's kind, link, the kind
    ("Iran", "organisation", "", "place"),
    ("the United States", "organisation", "", "place"),
    ("Carthage", "organisation", "Tunisia", "place"),
    ("Georgia", "person", "", "person"),
    ("Museum of Glass", "organisation", "", "facility"),
    ("Norwood Law School", "place", "", "organisation"),
    ("Norwood School", "organisation", "", "facility"),
    ("Temple of Dawn", "place", "", "facility"),
    ("Church of Dawn", "organisation", "", "organisation"),
    ("University of Norwood", "place", "", "organisation"),
    ("Norwood County", "organisation", "", "place"),
    ("White House", "place", "", "organisation"),
    ("Swedish", "other", "", "group"),
    ("Old Norse", "other", "", "group"),
    ("Swedish Match", "other", "", "other"),
    ("Islamic State", "organisation", "", "group"),
    ("Coalition to Counter ISIL", "organisation", "", "organisation"),
    ("Catholic", "person", "", "group"),
]


@pytest.mark.parametrize(("text", "kind", "link", "expected"), SETTLED)
def test_a_kind_is_what_the_thing_is(text: str, kind: str, link: str, expected: str) -> None:
    assert kind in KINDS
    assert settled(text, kind, link) == expected


def test_titles_and_lone_common_nouns_name_nothing() -> None:
    assert nameless(["Chief", "Justice"])
    assert nameless(["the", "Court"])
    assert not nameless(["State", "Department"])
    assert not nameless(["Senate"])
    assert people("Kurds") and people("Kurdish") and not people("kurds") and not people("Western")


def rows(*words: str) -> list[list[str]]:
    """CoNLL-U rows from "form UPOS head relation entity"."""
    made = []
    for n, word in enumerate(words, 1):
        form, upos, head, relation, *entity = word.split()
        xpos = "NNPS" if upos == "PROPN" and form.endswith("s") else "X"
        made.append([str(n), form, form, upos, xpos, "_", head, relation, "_", f"Entity={entity[0]}" if entity else "_"])
    return made


def named(*sentences: list[list[str]]) -> list[list[str]]:
    found = []
    for sentence, tags in zip(sentences, gum_names(list(sentences)), strict=True):
        found.append([f"{' '.join(r[1] for r in sentence[a : b + 1])}/{kind}" for a, b, kind in spans(tags)])
    return found


def test_a_name_is_found_beside_the_common_noun_that_heads_its_mention() -> None:
    critic = rows("The DET 2 det (1-person-new-x-cf1-1-sgl", "critic NOUN 0 root", "Vera PROPN 2 appos", "Holm PROPN 3 flat 1)")
    town = rows("the DET 2 det (1-place-new-x-cf1-1-sgl", "town NOUN 0 root", "of ADP 4 case", "Esten PROPN 2 nmod 1)")
    assert named(critic, town) == [["Vera Holm/person"], ["Esten/place"]]


def test_titles_stay_outside_and_alone_are_no_name() -> None:
    with_name = rows("Judge PROPN 2 nmod:desc (1-person-new-x-cf1-1-sgl", "Vera PROPN 4 nsubj", "Holm PROPN 2 flat 1)", "left VERB 0 root")
    alone = rows("Petitioner PROPN 2 nsubj (1-person-new-x-cf1-1-sgl)", "agrees VERB 0 root")
    assert named(with_name, alone) == [["Vera Holm/person"], []]


def test_nested_and_listed_names_part_where_each_is_a_mention() -> None:
    office = rows(
        "Director PROPN 0 root (1-person-new-x-cf1-1-sgl", "of ADP 5 case", "the DET 5 det (2-organization-new-x-cf1-1-sgl",
        "Glass PROPN 5 compound", "Union PROPN 1 nmod 2)1)",
    )  # fmt: skip
    pair = rows(
        "Holm PROPN 0 root (1-person-new-x-cf1-1-sgl(2-person-new-x-cf1-1-sgl)", "and CCONJ 3 cc",
        "Vane PROPN 1 conj (3-person-new-x-cf1-1-sgl)1)",
    )  # fmt: skip
    assert named(office, pair) == [["Glass Union/organisation"], ["Holm/person", "Vane/person"]]


def test_a_proper_noun_outside_mentions_is_known_from_the_document_or_open() -> None:
    known = rows("Esten PROPN 2 nsubj (1-place-new-x-cf1-1-sgl)", "grows VERB 0 root")
    loose = rows("an DET 3 det (2-abstract-new-x-cf1-1-sgl", "Esten PROPN 3 compound", "habit NOUN 0 root 2)")
    strange = rows("a DET 3 det (2-abstract-new-x-cf1-1-sgl", "Zorn PROPN 3 compound", "habit NOUN 0 root 2)")
    assert named(known, loose, strange)[1] == ["Esten/place"]
    assert gum_names([strange])[0] == ["O", "?", "O"]


def test_scores_count_overlaps_once_and_pass_over_open_words() -> None:
    gold = [bio(6, [(0, 1, "person"), (3, 3, "place")]), ["O", "?", "O"]]
    found = [bio(6, [(1, 1, "person"), (3, 3, "group"), (5, 5, "other")]), ["O", "B-person", "O"]]
    scores = name_scores(gold, found)
    assert scores["names person"] == 1.0
    assert scores["names without_other"] == 0.5
    assert scores["names kindless"] == 0.8
