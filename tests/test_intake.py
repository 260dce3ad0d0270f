"""What kind of input it is, and what it gives: ids, fields, errors, folders, standard input."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import pytest

from according import errors
from according.intake import from_bytes, from_text, inputs, outcomes
from according.model import Report

FIRST = "Government troops entered the village of Brenik on Monday after two days of shelling, the army said."
SECOND = "Residents told reporters that dozens of families had left for Tesk, and that the road to the south was closed."
EXAMPLES = Path(__file__).parent.parent / "examples"


def record(**fields: object) -> str:
    return json.dumps(
        {"id": "r1", "title": None, "published": "2031-05-08", "source": "North News", "text": f"{FIRST}\n\n{SECOND}", **fields}
    )


def one(data: bytes, name: str = "report.txt") -> Report:
    (report,) = from_bytes(data, name)
    return report


def test_plain_text_gives_title_byline_and_day() -> None:
    report = one(f"Army enters Brenik\n\nBy Lina Marsh\nPublished: 8 May 2031, 10:15\n\n{FIRST}\n\n{SECOND}\n".encode())
    assert (report.title, report.byline, report.published) == ("Army enters Brenik", "Lina Marsh", date(2031, 5, 8))
    assert report.text == f"Army enters Brenik\n\n{FIRST}\n\n{SECOND}"
    assert report.dropped == ("By Lina Marsh", "Published: 8 May 2031, 10:15")


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ("KARSA, May 8, 2031 (Agency) - ", date(2031, 5, 8)),
        ("KARSA, May 8 (Agency) - ", None),  # no year is made up
        ("", None),
    ],
)
def test_a_dateline_stays_in_the_text(head: str, published: date | None) -> None:
    report = one(f"Army enters Brenik\n\n{head}{FIRST}\n\n{SECOND}".encode())
    assert report.published == published
    assert head + FIRST in report.text


def test_a_date_that_can_be_read_two_ways_is_no_date() -> None:
    assert one(f"Army enters Brenik\n\n03/04/2031\n\n{FIRST}\n\n{SECOND}".encode()).published is None


def test_hard_wrapped_lines_are_joined_and_lists_are_not() -> None:
    lines = [
        "On Wednesday jets carried out 18 strikes on convoys that tried to",
        "flee towards the forest. Reports that civilians may have been in",
        "these convoys are being examined.",
        "",
        "- nine vehicles destroyed",
        "- two mortars seized",
    ]
    found = one("\n".join(lines).encode()).text.split("\n\n")
    assert found == [" ".join(lines[:3]), *lines[4:]]


def test_the_text_of_a_json_report_is_kept_code_point_for_code_point() -> None:
    text = f"{FIRST}\r\n\u00a0 \u200bLeave a Reply\n\n{SECOND} â€œ"
    report = one(record(text=text).encode(), "r.json")
    assert report.text == text
    assert (report.id, report.source, report.published) == ("r1", "North News", date(2031, 5, 8))


def test_furniture_of_a_json_report_is_marked() -> None:
    text = f"{FIRST}\n\n{SECOND}\n\nLeave a Reply\n\nYour email address will not be published. Required fields are marked *"
    report = one(record(text=text).encode())
    assert [report.text[a:b].split("\n")[0] for a, b in report.furniture] == ["Leave a Reply"]
    assert report.furniture[-1][1] == len(text)


def test_a_bad_line_does_not_stop_the_others() -> None:
    lines = [record(id="a"), '{"id": "b", "text": 7}', "{not json}", "[1]", record(id="c"), record(id="d")[:-30]]
    found = outcomes("\n".join(lines).encode(), "many.jsonl")
    assert [o.id if isinstance(o, Report) else type(o).__name__ for o in found] == [
        "a",
        "BadRecord",
        "BadRecord",
        "BadRecord",
        "c",
        "Truncated",
    ]
    assert [f"line {n}" in str(o) for n, o in enumerate(found, 1) if not isinstance(o, Report)] == [True] * 4
    with pytest.raises(errors.BadRecord, match="line 2"):
        from_bytes("\n".join(lines).encode(), "many.jsonl")


def test_a_list_of_reports_and_an_indented_one() -> None:
    both = f"[{record(id='a')}, {record(id='b')}]"
    assert [r.id for r in from_bytes(both.encode(), "x")] == ["a", "b"]
    assert one(json.dumps(json.loads(record()), indent=2).encode()).id == "r1"


@pytest.mark.parametrize(
    ("data", "kind", "words"),
    [
        (b"", errors.NothingToRead, "empty"),
        (b" \n\t\0", errors.NothingToRead, "empty"),
        (b"%PDF-1.7 ...", errors.Truncated, "PDF"),
        (b"\x89PNG\r\n\x1a\n....", errors.NotText, "picture"),
        (b"PK\x03\x04....", errors.NotText, "zip"),
        (bytes(range(256)) * 20, errors.NotText, "binary"),
        (b"x" * 20_000_001, errors.TooLarge, "20 MB"),
        (b"<html><body>" + b"<i>x</i>" * 60_000, errors.TooLarge, "tags"),
        (b"<html><head><title>Army ent", errors.Truncated, "cut off"),
        (b"<html><body><nav><a href='/'>Home</a></nav></body></html>", errors.NothingToRead, "no report"),
        (record()[:-20].encode(), errors.Truncated, "cut off"),
        (b'{"id": 1', errors.Truncated, "cut off"),
        (record(text="").encode(), errors.NothingToRead, "empty"),
        (record(published="8 May").encode(), errors.BadRecord, "published"),
        (record(text="half \ud800 a character").encode(), errors.BadRecord, "surrogate"),
        (b'[{"a":' * 100_000, errors.BadRecord, "nested"),
        (b"[[[[ 12", errors.NothingToRead, "word"),
        (b"[]", errors.NothingToRead, "no report"),
        (
            "Les soldats sont entrés dans le village lundi après deux jours de bombardements, selon l’armée.".encode(),
            errors.NotEnglish,
            "French",
        ),
        ("دخلت القوات الحكومية القرية يوم الاثنين بعد يومين من القصف بحسب الجيش وقتل تسعة مقاتلين".encode(), errors.NotEnglish, "Arabic"),
        ("Войска вошли в деревню в понедельник после двух дней обстрелов, сообщила армия.".encode("cp1251"), errors.NotEnglish, "Russian"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, kind: type[errors.IntakeError], words: str) -> None:
    (outcome,) = outcomes(data, "the-file")
    assert type(outcome) is kind
    assert words in str(outcome) and str(outcome).startswith("the-file") and str(outcome).endswith(".")


def test_some_arabic_and_very_short_texts_are_english_enough() -> None:
    assert one(f"{FIRST} The operation is called العاصفة by the Front.".encode()).language == "en"
    assert one(b"Karsa: 12 killed.").language == "en"


def test_ids_differ_with_the_content_and_with_nothing_else() -> None:
    same = one(FIRST.encode(), "a/first.txt"), one(f"{FIRST}\n".encode("utf-16"), "b/second.txt")
    assert same[0].id == same[1].id and same[0].id.startswith("government-troops-")
    assert one(SECOND.encode(), "a/first.txt").id != same[0].id


def test_from_text_keeps_the_text() -> None:
    text = f"  {FIRST}\r\n\r\nLeave a Reply"
    report = from_text(text, title="A title", published=date(2031, 5, 8))
    assert (report.text, report.title, report.published, report.id) == (text, "A title", date(2031, 5, 8), from_text(text).id)
    with pytest.raises(errors.NothingToRead):
        from_text(" ")


def test_folders_files_and_missing_ones(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "b.txt").write_text(FIRST)
    (tmp_path / "sub" / "a.html").write_text(f"<html><body><article><p>{FIRST}</p><p>{SECOND}</p></article></body></html>")
    (tmp_path / "c.pdf").write_bytes(b"%PDF-1.4")
    (tmp_path / ".hidden.txt").write_text(SECOND)
    (tmp_path / "style.css").write_text("p { color: red }")
    found = [(Path(name).name, type(o).__name__) for name, o in inputs([tmp_path, tmp_path / "gone.txt"])]
    assert found == [("b.txt", "Report"), ("c.pdf", "Truncated"), ("a.html", "Report"), ("gone.txt", "IntakeError")]


def test_a_second_report_of_one_id_is_refused_and_told_whether_it_is_the_same(tmp_path: Path) -> None:
    for name, text in (("a.json", FIRST), ("b.json", SECOND), ("c.json", FIRST)):
        (tmp_path / name).write_text(record(text=text))
    (_, first), (name, other), (_, again) = inputs([tmp_path])
    assert isinstance(first, Report) and name.endswith("b.json")
    assert isinstance(other, errors.BadRecord) and "'r1' is that of another report" in str(other)
    assert isinstance(again, errors.BadRecord) and "same report again" in str(again) and "a.json" in str(again)


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stdin:
        buffer = io.BytesIO(FIRST.encode())

    monkeypatch.setattr("sys.stdin", Stdin)
    ((name, report),) = inputs(["-"])
    assert name == "standard input" and isinstance(report, Report) and report.text == FIRST


def test_a_large_file_of_json_lines_is_streamed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("according.intake.guard.MOST_BYTES", 400)
    (tmp_path / "many.jsonl").write_text("\n".join([record(id="a"), "{", record(id="b")]))
    assert [o.id if isinstance(o, Report) else type(o).__name__ for _, o in inputs([tmp_path])] == ["a", "Truncated", "b"]


def test_the_examples_are_read_whole_and_clean() -> None:
    found = {Path(name).name: o for name, o in inputs([EXAMPLES])}
    assert sorted(found) == ["army-statement.txt", "news-page.html", "rival-account.txt"]
    for report in found.values():
        assert isinstance(report, Report) and report.published == date(2031, 5, 8) and report.title
        assert 250 <= len(report.text.split()) <= 450
        for leak in (
            "eighty people",
            "20 policemen",
            "100 people in Zimna",
            "siege of Dolen, in which",
            "two brothers",
            "email",
            "Tags",
            "Share",
            "rights reserved",
        ):
            assert leak not in report.text
    page = found["news-page.html"]
    assert isinstance(page, Report) and (page.byline, page.source) == ("Ilse Varan", "The Mirna Post")
    assert any("eighty people" in line for line in page.dropped)
