"""Whatever the bytes, reports or an IntakeError; whatever the text, spans that lie in it."""

from __future__ import annotations

import json

from hypothesis import example, given, settings
from hypothesis import strategies as st

from according.errors import IntakeError
from according.intake import dates, furniture, guard, normal, outcomes
from according.model import Report

WORDS = [
    "The army said",
    "Leave a Reply",
    "2 Comments",
    "Related stories",
    "Lina Marsh is a journalist.",
    "Share 12",
    "12 killed",
    "©",
    "May 8, 2031",
    "says:",
]
PIECES = [
    *WORDS,
    "\n",
    "\n\n",
    "\n\n\n",
    " ",
    "<p>",
    "</p>",
    "<div ",
    ">",
    '"',
    "{",
    "}",
    "[",
    "\r",
    "\x00",
    "\u2028",
    "é",
    "e\u0301",
    "ا",
    "😀",
    "\ufeff",
]
PATCHWORK = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
TEXTS = st.one_of(st.text(st.characters(exclude_categories=["Cs"]), max_size=300), PATCHWORK)


@given(st.one_of(st.binary(max_size=400), TEXTS.map(str.encode), TEXTS.map(lambda t: ("<html><body>" + t).encode())))
@settings(max_examples=300, deadline=None)
@example(b"<!doctype html><!--")
@example(b"<html><body><p>&#0;&#x110000;&#xD800;</p>")
@example(b'{"text": "\\ud800"}')
@example(b"{" * 3000)
def test_any_bytes_give_reports_or_intake_errors(data: bytes) -> None:
    found = outcomes(data, "x")
    assert found and all(isinstance(o, Report | IntakeError) for o in found)
    assert all(o.text.strip() and o.text.encode() for o in found if isinstance(o, Report))
    assert [(o.id, o.text) for o in found if isinstance(o, Report)] == [
        (o.id, o.text) for o in outcomes(data, "x") if isinstance(o, Report)
    ]


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_the_final_form_is_final(text: str) -> None:
    once = normal.paragraphs(text)
    assert normal.paragraphs("\n\n".join(once)) == once
    assert all(p == normal.line(p) and "\n" not in p for p in once)


@given(TEXTS, st.one_of(st.none(), st.just("Lina Marsh")))
@settings(max_examples=300, deadline=None)
def test_furniture_spans_are_sorted_disjoint_and_inside(text: str, byline: str | None) -> None:
    spans = furniture.spans(text, byline)
    edges = [edge for span in spans for edge in span]
    assert edges == sorted(set(edges)) and all(0 <= edge <= len(text) for edge in edges)
    assert all(text[a:b].strip() == text[a:b] for a, b in spans)


@given(st.lists(TEXTS.map(normal.line).filter(bool), max_size=12))
@settings(max_examples=200, deadline=None)
def test_nothing_is_lost_between_kept_and_dropped(lines: list[str]) -> None:
    kept, dropped = furniture.split(lines)
    assert sorted("".join(kept + dropped).replace(" ", "")) == sorted("".join(lines).replace(" ", ""))


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_the_text_of_a_json_report_is_untouched(text: str) -> None:
    (outcome,) = outcomes(json.dumps({"id": "a", "text": text}).encode(), "x")
    assert isinstance(outcome, IntakeError) or outcome.text == text


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_a_harmless_page_is_left_as_it_is(text: str) -> None:
    assert guard.harmless(text, "x") == (text, ())


@given(st.dates())
def test_every_full_date_is_found(day: object) -> None:
    from datetime import date

    assert isinstance(day, date)
    expected = day if 1900 <= day.year <= 2099 else None
    for form in ("%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%b %d, %Y"):
        written = day.strftime(form)
        if day.year >= 1000:
            assert dates.of(f"on {written}.") == expected
