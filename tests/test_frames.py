"""The tables of coding: every row of the frames can be met, the classes are words and not slips, the lists of irrealis agree."""

from __future__ import annotations

import tomllib
from collections import Counter
from importlib import resources
from itertools import combinations

import pytest

from according.coding import irrealis
from according.coding.frames import Condition, Row, frames
from according.coding.kinds import classes
from according.model import ClaimType

PREPOSITIONS = frozenset(
    "in on at of with from into against by to over for between out through toward towards across under near as during after via".split()
)
#: What ``arguments`` finds besides prepositions, and what hangs on a word (``word``).
ROLES = frozenset(
    "subj obj iobj mod poss prt xcomp not word case todo head does support using clause-subj clause-obj is holder above agentless".split()
)
#: Kinds that are worked out from several words, and so are no class of the file.
WORKED_OUT = frozenset("person air chemical town human".split())
PLACED_WITH = frozenset("up down out ablaze away".split())  # "burn the house down", "set it ablaze"

CLASSES = tomllib.loads(resources.files("according.coding").joinpath("classes.toml").read_text(encoding="utf-8"))
ROWS = [(pos, row) for (pos, _), rows in frames().rows.items() for row in rows]


def _conditions(row: Row) -> list[Condition]:
    return [*row.conditions, *row.frame.actor, *row.frame.target, *row.frame.place]


def _ids(entry: tuple[str, Row]) -> str:
    return f"{entry[1].name} {entry[1].order}"


def test_there_are_rows_of_every_part_of_speech() -> None:
    count = Counter(pos for pos, _ in ROWS)
    assert set(count) == {"VERB", "NOUN", "ADJ"}
    assert count["VERB"] > 400 and count["NOUN"] > 200


def test_every_type_has_a_frame_with_verbs_and_nouns() -> None:
    assert {row.frame.type for pos, row in ROWS if pos == "VERB"} == set(ClaimType)
    assert {row.frame.type for pos, row in ROWS if pos == "NOUN"} == set(ClaimType)


def test_every_role_is_one_that_arguments_finds() -> None:
    known = ROLES | PREPOSITIONS | PLACED_WITH
    strange = {(row.name, c.role) for _, row in ROWS for c in _conditions(row) if c.role not in known}
    assert not strange


def test_every_class_asked_for_is_known() -> None:
    known = CLASSES.keys() | WORKED_OUT
    assert not {(row.name, c.kind) for _, row in ROWS for c in _conditions(row) if c.kind is not None and c.kind not in known}


def test_every_lemma_is_a_word_that_can_be_met() -> None:
    """A lemma holds neither capitals nor the underscore of a phrase: no token has such a lemma, and the row would never fit."""
    lemmas = {row.lemma for _, row in ROWS} | {lemma for _, row in ROWS for c in row.conditions for lemma in c.lemmas}
    assert not sorted(lemma for lemma in lemmas if lemma != lemma.lower() or "_" in lemma or not lemma.strip("-"))


def test_no_row_stands_twice() -> None:
    count = Counter((pos, row.lemma, frozenset(row.conditions)) for pos, row in ROWS)
    assert not [key for key, n in count.items() if n > 1]


def test_no_row_asks_for_and_against_the_same() -> None:
    for _, row in ROWS:
        asked = {(c.role, c.kind, c.lemmas) for c in row.conditions if not c.negated}
        refused = {(c.role, c.kind, c.lemmas) for c in row.conditions if c.negated}
        assert not asked & refused, row.name


@pytest.mark.parametrize("of", sorted({row.frame.of for _, row in ROWS}))
def test_an_of_phrase_is_a_subject_or_an_object(of: str) -> None:
    assert of in ("subj", "obj")


def test_what_is_used_tells_of_violence_alone() -> None:
    violent = {ClaimType.CHEMICAL_ATTACK, ClaimType.BOMBING, ClaimType.AIR_STRIKE, ClaimType.SHELLING}
    means = frames().means
    assert set(means) <= violent and all(means.values())
    shared = {w for a, b in combinations(means, 2) for w in means[a] & means[b]}
    assert not shared - {"bombing", "bombardment"}


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_a_class_holds_words_each_once(name: str) -> None:
    listed = CLASSES[name].split()
    assert listed
    assert [w for w, n in Counter(listed).items() if n > 1] == []
    assert [w for w in listed if "_" in w] == []


@pytest.mark.parametrize("name", sorted(CLASSES.keys() - {"country", "group"}))
def test_words_of_a_class_are_lemmas_or_names_of_peoples(name: str) -> None:
    capitals = {w for w in CLASSES[name].split() if w != w.lower()}
    allowed = capitals if name == "people" else {w for w in capitals if w.isupper()}
    assert capitals == allowed


@pytest.mark.parametrize("name", ["country", "group"])
def test_names_are_capitalised_somewhere(name: str) -> None:
    assert [w for w in CLASSES[name].split() if w == w.lower()] == []


def test_a_group_bears_no_country_s_name() -> None:
    assert not classes()["group"] & classes()["country"]


def test_lists_of_irrealis_are_words_each_once() -> None:
    data = tomllib.loads(resources.files("according.coding").joinpath("irrealis.toml").read_text(encoding="utf-8"))
    assert set(data) == set(irrealis.Words.__slots__)
    for name, listed in data.items():
        words = listed.split()
        assert words and len(words) == len(set(words)), name
        assert [w for w in words if "_" in w or w != w.lower()] == [], name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("plans", "hopes"),  # announced, or only wished
        ("plans", "fails"),
        ("plans", "tries"),
        ("plans", "hedging_verbs"),
        ("plans", "prevents"),
        ("tries", "fails"),
        ("tries", "prevents"),
        ("fails", "hedging_verbs"),
        ("hedges", "planning_adjectives"),
        ("hedging_adjectives", "planning_adjectives"),
        ("helps", "hopes"),
        ("ends", "prevents"),
    ],
)
def test_lists_that_decide_differently_share_no_word(one: str, other: str) -> None:
    assert not getattr(irrealis.words(), one) & getattr(irrealis.words(), other)
