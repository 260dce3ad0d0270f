"""Copies: who repeats whom, whatever the order of arrival."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from according.likeness import RUN, Node, Text, contained, is_copy, link, originals, shingles, sketch, wording, worth_comparing

MONDAY, TUESDAY = date(2031, 5, 5), date(2031, 5, 6)
STORED = 0x3E1DA6133E7D53E  # the hash of "one two three four five", as ledgers hold it
AGENCY = (
    "At least 22 people were killed on Sunday when a shell struck the market of Tal Varin, the regional ministry of health said. "
    "Doctors at the hospital of Ostrel told reporters that 31 others were being treated, nine of them children. "
    "The Sulin Front blamed the Velmar army for the attack, which a spokesman, Karim Odeh, called a massacre of the innocent. "
    "The army denied that its guns had fired at the town and accused the rebels of using the market as a depot. "
    "Residents said that three shells fell within minutes while families were buying bread before the curfew. "
    "Talks between the two sides, hosted in Mirzad by the League of Valleys, are due to resume on Thursday."
)
OTHER = (
    "Floods in the lower Harrow have driven 4,000 people from their homes, the relief agency Lifeboat said on Sunday. "
    "The river rose by two metres overnight at Belen Quay, where a bridge was swept away and the power station was shut down. "
    "Governor Ines Tarrow asked the capital for boats and tents, and schools in the district will stay closed for a week. "
    "Farmers told the radio that most of the barley had been lost, and that cattle had drowned in the fields near Corith. "
    "Forecasters expect the rain to end by Wednesday, though the reservoirs of Upper Sulin are close to overflowing."
)
BULLETIN = (
    "A combined force detained {n} suspected insurgents during an operation in search of a leader in {d} district, {p} province, today. "
    "The leader, {l}, is directly involved in planning and carrying out attacks against the forces in {p}. The force secured the area and "
    "questioned residents at the scene. {w} rifles and several grenades were seized and destroyed near {v}. No civilians were "
    "harmed, and the force protected the women and children for the duration of the search."
)


def text(key: str, words: str, published: date | None = MONDAY) -> Text:
    return Text(key, published, wording(words))


def edited(words: str) -> str:
    return words.replace("struck", "hit").replace("told reporters", "said").replace("curfew", "night").replace("due to", "set to")


@pytest.mark.parametrize(
    "copy",
    [
        AGENCY,
        "Shelling in the north kills 22\nVELMAR CITY, May 5 (Agency) — " + AGENCY,
        AGENCY[: len(AGENCY) // 2],
        edited(AGENCY),
        " ".join(reversed([f"{sentence}." for sentence in AGENCY.rstrip(".").split(". ")])),
        AGENCY.upper(),
        AGENCY.replace(",", "").replace(".", "").replace("'", ""),
        AGENCY + " " + " ".join(OTHER.split()[:35]),
    ],
    ids=["verbatim", "other head", "first half", "edited", "reordered", "capitals", "no punctuation", "own words added"],
)
@pytest.mark.parametrize("day", [MONDAY, TUESDAY, None])
def test_what_outlets_make_of_an_agencys_text_is_linked_with_it(copy: str, day: date | None) -> None:
    assert link(text("agency", AGENCY), text("outlet", copy, day)) is not None


def test_a_copy_is_the_one_published_later() -> None:
    assert link(text("z", AGENCY, MONDAY), text("a", AGENCY, TUESDAY)) == ("a", "z")
    assert link(text("z", AGENCY, None), text("a", AGENCY, TUESDAY)) == ("z", "a")


def test_of_one_day_the_cut_text_is_the_copy_whatever_the_keys() -> None:
    half = AGENCY[: len(AGENCY) // 2]
    assert link(text("a", half), text("z", AGENCY)) == ("a", "z")
    assert link(text("z", half), text("a", AGENCY)) == ("z", "a")


def test_reports_of_different_things_are_not_linked() -> None:
    assert link(text("a", AGENCY), text("b", OTHER, TUESDAY)) is None


def test_bulletins_that_differ_in_names_and_figures_are_not_copies() -> None:
    first = BULLETIN.format(n=14, d="Ghazni", p="Helmand", l="Odeh Karan", w=31, v="Kodgai")
    second = BULLETIN.format(n=9, d="Wardak", p="Paktiya", l="Tarek Sulin", w=12, v="Anarak")
    assert contained(wording(second), wording(first)) >= 0.5  # by their words alone they would be
    assert link(text("a", first), text("b", second, TUESDAY)) is None


def test_lines_that_all_pages_of_an_outlet_carry_make_no_copies() -> None:
    footer = (
        " Subscribers get total access to our news and our digital editions. You need an account to view this article in full. Anyone with "
        "information is asked to write to the desk. Read or share this story on our page, and follow us for more."
    )
    one = (
        "Three guards of the Ostrel prison were shot dead by Commander Tarek Sulin on Friday, the warden Ines Tarrow said in Mirzad."
        + footer
    )
    two = "A bus with 40 pilgrims was stopped near Corith by men of the Northern League, whose chief, Odeh Karan, denied it." + footer
    assert contained(wording(two), wording(one)) >= 0.5
    assert link(text("a", one), text("b", two, TUESDAY)) is None


def test_a_longer_later_report_with_mostly_its_own_words_is_no_copy() -> None:
    assert link(text("a", AGENCY[: len(AGENCY) // 4]), text("b", AGENCY[: len(AGENCY) // 4] + " " + OTHER, TUESDAY)) is None


@pytest.mark.parametrize("bodies", [(AGENCY, OTHER), (OTHER, AGENCY)])
def test_a_later_round_up_does_not_make_one_source_of_the_two_texts_it_holds(bodies: tuple[str, str]) -> None:
    reports = [text("agency", AGENCY), text("other", OTHER), text("roundup", "\n".join(bodies), TUESDAY)]
    found = roots(reports)
    assert found["agency"] != found["other"]


def test_a_text_half_from_each_of_two_is_a_copy_of_neither() -> None:
    half = " ".join(AGENCY.split()[:50] + OTHER.split()[:50])
    assert roots([text("agency", AGENCY), text("other", OTHER), text("half", half, TUESDAY)])["half"] == "half"


def test_a_copy_of_a_copy_has_the_first_text_for_original() -> None:
    nodes = [Node("c", date(2031, 5, 7), 50), Node("a", MONDAY, 50), Node("b", TUESDAY, 50)]
    assert originals(nodes, [("c", "b"), ("b", "a")]) == {"a": None, "b": "a", "c": "a"}


def test_pairs_that_run_backwards_or_lead_nowhere_are_passed_over() -> None:
    nodes = [Node("a", MONDAY, 50), Node("b", TUESDAY, 50)]
    assert originals(nodes, [("a", "b"), ("b", "a"), ("b", "b"), ("b", "gone")]) == {"a": None, "b": "a"}


def test_words_are_folded() -> None:
    written = "The U.S. said “Šahba’s” 1,000 cease-fire lines held; Hasakeh\u200f fell"
    assert shingles(written) == shingles("the us SAID sahbas 1000 cease fire (lines) held: hasakeh fell")


def test_texts_too_short_for_a_shingle_are_copies_of_nothing() -> None:
    for words in ("", "Two killed in Ostrel", "\u200f\x00", "…"):
        assert shingles(words) == frozenset()
        assert sketch(wording(words).sequence) == ()
        assert not is_copy(text("b", words, TUESDAY), text("a", words))


def test_hashes_fit_a_signed_integer_and_are_the_same_in_every_process() -> None:
    script = "from according.likeness import *; import sys; print(sketch(wording(sys.argv[1]).sequence))"
    runs = {
        subprocess.run(
            [sys.executable, "-c", script, AGENCY],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert runs == {str(sketch(wording(AGENCY).sequence))}
    assert all(0 <= value < 2**60 for value in shingles(AGENCY))
    assert sketch(wording("one two three four five").sequence) == (STORED,)


@given(st.integers(0, len(AGENCY.split()) - RUN), st.randoms(use_true_random=False))
def test_texts_that_share_a_run_of_words_share_a_value_of_the_sketch(start: int, chance: random.Random) -> None:
    words, own = AGENCY.split(), OTHER.split()
    chance.shuffle(own)
    at = chance.randint(0, len(own))
    holder = [*own[:at], *words[start : start + RUN], *own[at:]]
    one, other = (set(sketch(wording(" ".join(each)).sequence)) for each in (words, holder))
    assert one & other


def test_reports_are_compared_by_the_share_of_the_smaller_sketch() -> None:
    assert worth_comparing(1, 3, 400)
    assert worth_comparing(10, 40, 40)
    assert not worth_comparing(9, 40, 400)
    assert not worth_comparing(0, 0, 40)


# --- whatever the order ------------------------------------------------------------------------------------------------


def roots(reports: list[Text]) -> dict[str, str]:
    pairs = [pair for at, one in enumerate(reports) for other in reports[:at] if (pair := link(one, other))]
    return {key: root or key for key, root in originals([report.node for report in reports], pairs).items()}


PIECES = [f"{part}." for part in (AGENCY + " " + OTHER).rstrip(".").split(". ")]
stories = st.lists(
    st.tuples(st.lists(st.sampled_from(PIECES), min_size=1, max_size=8), st.sampled_from([MONDAY, TUESDAY, None])), min_size=1, max_size=7
)


@given(stories, st.randoms(use_true_random=False))
def test_originals_do_not_depend_on_the_order_of_arrival(made: list[tuple[list[str], date | None]], chance: random.Random) -> None:
    reports = [text(str(at), " ".join(parts), day) for at, (parts, day) in enumerate(made)]
    shuffled = chance.sample(reports, len(reports))
    assert roots(shuffled) == roots(reports)


graphs = st.integers(1, 9).flatmap(
    lambda size: st.tuples(
        st.lists(st.tuples(st.sampled_from([MONDAY, TUESDAY, None]), st.integers(0, 3)), min_size=size, max_size=size),
        st.lists(st.tuples(st.integers(0, size - 1), st.integers(0, size - 1))),
    )
)


@given(graphs, st.randoms(use_true_random=False))
def test_originals_of_any_pairs_are_roots_that_stand_before_their_copies(
    graph: tuple[list[tuple[date | None, int]], list[tuple[int, int]]], chance: random.Random
) -> None:
    nodes = [Node(str(at), day, length) for at, (day, length) in enumerate(graph[0])]
    pairs = [(str(a), str(b)) for a, b in graph[1]]
    found, rank = originals(nodes, pairs), {node.key: node.rank for node in nodes}
    assert found == originals(chance.sample(nodes, len(nodes)), chance.sample(pairs, len(pairs)))
    for key, root in found.items():
        assert root is None or (found[root] is None and rank[root] < rank[key])


@given(graphs)
def test_a_group_of_connected_reports_can_be_asked_for_alone(graph: tuple[list[tuple[date | None, int]], list[tuple[int, int]]]) -> None:
    nodes = [Node(str(at), day, length) for at, (day, length) in enumerate(graph[0])]
    pairs = [(str(a), str(b)) for a, b in graph[1]]
    group = {"0"}
    while grown := {key for pair in pairs if group & {*pair} for key in pair} - group:
        group |= grown
    whole = originals(nodes, pairs)
    assert originals([node for node in nodes if node.key in group], pairs) == {key: whole[key] for key in group}
