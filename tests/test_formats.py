from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest

from according.formats import FORMATS, rows
from according.formats.phrases import figure_phrase, when_phrase
from according.formats.result import Coded
from according.model import Figure, Measure, Party, Span, When
from according.records import claim_record, mentions_record
from ledger_of_hand import CLAIMS, CODED, HEARD, REPORT


def claims(form: str, *results: Coded) -> str:
    out = io.StringIO()
    FORMATS[form].write_claims(results, out)
    return out.getvalue()


def mentions(form: str) -> str:
    out = io.StringIO()
    FORMATS[form].write_mentions([HEARD], out)
    return out.getvalue()


def test_json_lines_and_json_hold_the_same_records():
    expected = [claim_record(c) for c in CLAIMS]
    assert [json.loads(line) for line in claims("jsonl", CODED).splitlines()] == expected
    assert json.loads(claims("json", CODED)) == expected
    assert json.loads(mentions("json")) == [json.loads(mentions("jsonl"))] == [mentions_record(HEARD.mentions)]


def test_nothing_coded_is_an_empty_array_and_no_lines():
    assert json.loads(claims("json", Coded(REPORT, ()))) == []
    assert claims("jsonl", Coded(REPORT, ())) == ""
    assert claims("csv", Coded(REPORT, ())).splitlines() == [",".join(rows.CLAIM_COLUMNS)]


@pytest.mark.parametrize("mark", ["\u2028", "\u2029", "\x85", "\x0c", "\ud800", "\n", "🕊"])
def test_a_record_is_one_line_whatever_its_text_holds(mark):
    words = Span(0, 3, f"a{mark}b")
    line = claims("jsonl", Coded(REPORT, (replace(CLAIMS[0], sentence=words),)))
    assert len(line.encode().decode().splitlines()) == 1
    assert json.loads(line)["sentence"]["text"] == words.text


def test_csv_has_one_flat_row_a_claim():
    table = list(csv.DictReader(io.StringIO(claims("csv", CODED), newline="")))
    assert len(table) == len(CLAIMS)
    retaken, clash, _, lost, shelling = table
    assert (retaken["said_by"], retaken["from"], retaken["outlet"]) == ("The army", "2031-05-16", "Frontline Herald")
    assert (clash["killed_min"], clash["killed_max"], clash["injured_min"]) == ("12", "", "")
    assert (shelling["killed_min"], shelling["killed_max"]) == ("2; ", "2; 5")
    assert (lost["place"], lost["place_lat"], lost["place_country"]) == ("Tal Hamra", "-3.5", "SY")
    assert json.loads(shelling["record"]) == claim_record(CLAIMS[4])


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_can_run_in_a_spreadsheet(start):
    words = f"{start}HYPERLINK(0)"
    party = Party(Span(0, len(words), words))
    coded = Coded(replace(REPORT, title=words), (replace(CLAIMS[0], actor=(party,)),))
    (row,) = csv.DictReader(io.StringIO(claims("csv", coded), newline=""))
    assert row["actor"] == row["title"] == f"'{words}"
    assert not any(cell.startswith(start) for key, cell in row.items() if key != "place_lat")


def test_csv_of_mentions_has_a_row_for_each():
    table = list(csv.DictReader(io.StringIO(mentions("csv"), newline="")))
    assert [row["mention"] for row in table] == ["name", "name", "place", "time", "figure", "attribution", "attribution"]
    assert table[-1]["content"] == "We destroyed […] positions" and table[-1]["source"] == ""
    assert table[4]["min"] == "12" and table[4]["max"] == ""


def figure(words: str, low: int | None, high: int | None, **more: bool) -> Figure:
    return Figure(Span(0, len(words), words), Measure.KILLED, None, low, high, **more)


@pytest.mark.parametrize(
    ("given", "phrase"),
    [
        (figure("3", 3, 3), "killed 3"),
        (figure("1,200", 1200, 1200), "killed 1,200"),
        (figure("at least three", 3, None), "killed ≥ 3 (at least three)"),
        (figure("nearly a million", None, 1_000_000), "killed ≤ 1,000,000 (nearly a million)"),
        (figure("between 30 and 40", 30, 40), "killed 30–40 (between 30 and 40)"),
        (figure("about 70", 70, 70, approximate=True), "killed ≈ 70 (about 70)"),
        (figure("dozens", 24, None, cumulative=True), "killed ≥ 24 in all (dozens)"),
        (figure("civilians", None, None), "killed (civilians)"),
    ],
)
def test_figures_are_said_as_a_person_notes_them(given, phrase):
    assert figure_phrase(given) == phrase


def test_what_is_merely_counted_is_no_measure():
    assert figure_phrase(replace(figure("some 9,000 people", 9000, 9000), measure=Measure.OTHER)) == "9,000 (some 9,000 people)"


def test_a_time_without_an_anchor_keeps_its_words_alone():
    assert when_phrase(When(Span(0, 15, "later Wednesday"))) == "later Wednesday"
