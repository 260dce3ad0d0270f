"""Long and strange texts: what is cut, that nothing is lost, and that look-ups sorted once answer as looking at everything does."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pytest
from spacy.tokens import Doc

from according import pipeline
from according.coding import code_reading
from according.coding.happenings import numbered
from according.model import Report
from according.places import hearing
from according.places.entries import Entry
from according.reading import doc as reading_doc
from according.reading import numbers, quotations, read_report
from according.reading.doc import LONGEST_SENTENCE, LONGEST_WORD, KeptText, build
from according.reading.entities import bounds, entity
from according.reading.quoting import tokens_of
from according.reading.stretches import Stretches
from according.reading.words import Words

STORY = (
    "Rebels shelled the town of Karsa on Monday, killing 12 people, the army said. The group denied it. "
    '"We hold the town," a spokesman for the Karsa Front said. They said that they had taken Brenik in the Orvan province. '
)


@pytest.mark.parametrize("seed", range(20))
def test_stretches_sorted_once_answer_as_looking_at_each_does(seed: int) -> None:
    pick = random.Random(seed)
    rows = [(start, start + pick.randint(1, 12)) for start in (pick.randint(0, 60) for _ in range(pick.randint(0, 25)))]
    known = Stretches.of(rows)
    for start in range(-1, 75):
        for end in range(start + 1, start + 9):
            assert known.overlapping(start, end) == [n for n, (a, b) in enumerate(rows) if a < end and start < b]
            assert known.overlaps(start, end) is any(a < end and start < b for a, b in rows)
            assert known.begins(start, end) is any(start <= a < end for a, _ in rows)
            assert known.within(start, end) is any(start <= a and b <= end for a, b in rows)
        assert known.holds(start) is any(a <= start < b for a, b in rows)


def test_a_words_name_is_the_one_that_the_document_has_for_it() -> None:
    doc = build(STORY)
    assert doc.ents
    for token in doc:
        told = next((e for e in doc.ents if e.start <= token.i < e.end), None)
        found = entity(token)
        assert (found is None) == (told is None)
        if told is not None and found is not None:
            assert (found.start, found.end, found.label_) == (told.start, told.end, told.label_)
            assert bounds(token) == range(told.start, told.end)


class Counting(KeptText):
    """A document that counts how often all of its names or all of its sentences are asked for."""

    asked = 0

    @property  # type: ignore[misc]
    def ents(self) -> Any:
        type(self).asked += 1
        return Doc.ents.__get__(self)

    @property
    def sents(self) -> Any:
        type(self).asked += 1
        return Doc.sents.__get__(self)


def test_how_often_a_whole_report_is_looked_through_does_not_grow_with_its_claims(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_doc, "KeptText", Counting)
    asked = []
    for times in (2, 12):
        monkeypatch.setattr(Counting, "asked", 0)
        claims = code_reading(read_report(Report(id="a", text=STORY * times)))
        assert len(claims) >= times
        asked.append(Counting.asked)
    assert asked[0] == asked[1] > 0


def test_a_long_word_is_cut_and_no_character_of_it_lost() -> None:
    text = "Rebels took Karsa. " + "x" * (3 * LONGEST_WORD + 7) + " (see " + "(" * 2500 + ") Then they left."
    doc = build(text)
    assert doc.text == text
    assert "".join(t.text_with_ws for t in doc) == text
    assert all(text[t.idx : t.idx + len(t)] == t.text for t in doc)
    assert max(len(t) for t in doc) == LONGEST_WORD


def test_a_word_of_the_longest_length_stays_whole() -> None:
    assert [len(t) for t in build("x" * LONGEST_WORD)] == [LONGEST_WORD]


@pytest.mark.parametrize("mark", ["(", ")", "=", "“", "* ", '" '])
def test_marks_without_end_are_no_words_and_hide_none(mark: str) -> None:
    text = "Rebels shelled the town of Karsa on Monday.\n\n" + mark * 600 + "\n\nThe army shelled Brenik on Tuesday."
    doc = build(text)
    assert "".join(t.text_with_ws for t in doc) == doc.text == text
    assert [c.trigger.text for c in pipeline.claims(Report(id="a", text=text))] == ["shelled", "shelled"]


def test_a_sentence_without_an_end_is_cut_and_its_claims_are_made() -> None:
    text = "and rebels shelled the town of Karsa killing 12 people " * 60
    assert max(len([t for t in s if not t.is_space]) for s in build(text).sents) <= LONGEST_SENTENCE
    assert len(pipeline.claims(Report(id="a", text=text))) >= 30


def test_magnitudes_without_end_make_no_number_that_cannot_be_written() -> None:
    found = numbers.find("About 1 " + "million " * 2000 + "people were killed, and several " + "thousand " * 2000 + "fled.")
    assert found
    assert all(n.max is None or n.max < 10**40 for n in found)
    assert all(n.min is None or n.min < 10**40 for n in found)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1,200,300 men", ["1,200,300", "men"]),
        ("1,200.50 and 1,200.50,3", ["1,200.50", "and", "1,200", ".", "50", ",", "3"]),
        ("1,0000", ["1", ",", "0000"]),
        ("12,34,567", ["12,34,567"]),
        ("1,200,", ["1,200", ","]),
        ("1,200,30", ["1", ",", "200", ",", "30"]),
    ],
)
def test_groups_of_digits_are_one_word_only_where_all_are_whole(text: str, words: list[str]) -> None:
    assert list(Words.of(text).lower) == words


@pytest.mark.parametrize(
    "text",
    [
        "111," * 25_000 + "11",
        "1" * 100_000,
        "11,11," * 16_000,
        "1,000." + "5" * 100_000 + ",3",
        "111 " * 25_000,
        "large " * 16_000,
        "at least " * 11_000,
    ],
    ids=["groups", "digits", "pairs", "decimals", "spaced", "sizes", "qualifiers"],
)
def test_numbers_are_found_in_runs_of_any_length(text: str) -> None:
    assert numbers.find(text + " and 12 people")[-1].span.text.endswith("12")


@pytest.mark.parametrize("blank", [" ", "\t", "\n", " \n", "\u00a0"])
def test_blanks_without_end_part_quotations_as_a_few_do(blank: str) -> None:
    few, many = (quotations.find(f'He said: "One.{blank * n}“Two.” “Three') for n in (4, 40_000))
    assert [(q.run, q.opened, q.closed) for q in few] == [(q.run, q.opened, q.closed) for q in many]


def test_an_open_quotation_far_before_leaves_the_paragraphs_after_it_alone() -> None:
    text = '"One.\n\n' + "Nothing is quoted here.\n\n" * 2000 + 'Two." Three.'
    found = quotations.find(text)
    assert [text[q.inside : q.outside] for q in found] == ["One.", "Two."]
    assert found[0].run != found[1].run


def test_every_quotation_of_a_long_run_goes_to_its_one_speaker() -> None:
    text = 'The minister said: "We go on.\n\n' + '"We go on and on.\n\n' * 300 + '"We stop."'
    reading = read_report(Report(id="a", text=text))
    marks = quotations.find(text)
    assert len(marks) == 302 and len({q.run for q in marks}) == 1
    said = next(m for m in reading.attributions if m.attribution.cue.text == "said")
    assert all(i in said.content for q in marks for i in tokens_of(reading.doc, q) if not reading.doc[i].is_space)


def test_speeches_announced_inside_one_another_end_at_a_depth() -> None:
    reading = read_report(Report(id="a", text="I said:\nWe go on.\n" * 60))
    held = [sum(t.i in m.content for m in reading.attributions) for t in reading.doc]
    assert 1 <= max(held) <= 12


def test_claims_of_one_place_keep_their_event_however_many_stand_between() -> None:
    text = (
        "Rebels shelled Karsa on Monday. "
        + "".join(f"Rebels shelled Brenik{n} on Monday. " for n in range(40))
        + "Rebels shelled Karsa on Monday."
    )
    claims = code_reading(read_report(Report(id="a", text=text, published=date(2015, 6, 3))))
    karsa = [c.event for c in numbered(claims) if c.place is not None and c.place.span.text == "Karsa"]
    assert len(karsa) >= 2 and len(set(karsa)) == 1


def _entry(n: int) -> Entry:
    return Entry(
        f"gn:{n}", f"Place {n}", lat=30 + n * 0.3, lon=40 + n * 0.2, feature="PPL", country=("SY",), population=1000 * n, radius_km=2.0
    )


def test_few_names_all_hear_each_other_and_many_are_cut_into_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    names = [[_entry(3 * n + k) for k in range(n % 3 + 1)] for n in range(30)]
    shares = [[1 / (len(own) + 1)] * len(own) for own in names]
    whole = hearing.Ground(names).beside(shares)
    monkeypatch.setattr(hearing, "_ROWS", 7)
    assert hearing.Ground(names).beside(shares) == whole
    monkeypatch.setattr(hearing, "AT_ONCE", 10)
    cut = hearing.Ground(names).beside(shares)
    assert [len(row) for row in cut] == [len(row) for row in whole]
    assert all(a <= b for ours, theirs in zip(cut, whole, strict=True) for a, b in zip(ours, theirs, strict=True))
    assert cut != whole


def test_two_places_told_together_again_and_again_say_no_more_than_once() -> None:
    once, often = ("Fighting broke out in Mosul, Iraq, and in Tikrit, Iraq." + " It went on." * n for n in (0, 1))
    repeated = pipeline.mentions(Report(id="a", text=("Mosul, Iraq, " * 400).strip(", ") + " are told of."))
    assert {p.country for p in repeated.places} == {"IQ"}
    assert pipeline.mentions(Report(id="a", text=once)).places == pipeline.mentions(Report(id="a", text=often)).places
