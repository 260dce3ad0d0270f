"""Taking in: folders, links, lines of JSON, and what an item holds once it is opened."""

from __future__ import annotations

import gzip
import io
import json
import os
import socket
import subprocess
import sys
import threading
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pdfs
from according import errors
from according.intake import count, identity, inputs, opened
from according.intake.contents import within
from according.intake.items import Item, Refusal, shown
from according.intake.walk import items
from according.model import Report

FIRST = "Government troops entered the village of Brenik on Monday after two days of shelling, the army said."
SECOND = "Residents told reporters that dozens of families had left for Tesk, and that the road to the south was closed."
PAGE = f"<html><head><title>Army enters Brenik</title></head><body><article><p>{FIRST}</p><p>{SECOND}</p></article></body></html>"
ROOT = Path(__file__).parent.parent


def names(found: list[Item | Refusal], folder: Path) -> list[str]:
    return [str(Path(one.where).relative_to(folder)) + ("" if isinstance(one, Item) else " refused") for one in found]


def one(item: Item) -> Report:
    (report,) = opened(item).reports
    assert isinstance(report, Report), report
    return report


def error(data: bytes, name: str = "x") -> errors.IntakeError:
    (outcome,) = opened(Item(name, data)).reports
    assert isinstance(outcome, errors.IntakeError)
    return outcome


# ---- folders


def test_a_folder_is_walked_in_the_order_of_its_names(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.html", "a/b/c.txt", "c.json", "a.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("text")
    assert names(list(items([tmp_path])), tmp_path) == ["a/b/c.txt", "a/z.html", "a.txt", "b.txt", "c.json"]
    assert count([tmp_path, tmp_path / "b.txt"]) == 6


def test_a_page_or_feed_under_any_name_is_taken_and_pictures_and_scripts_never(tmp_path: Path) -> None:
    for name in ("story.php?id=3", "12.5.2031", "page.aspx", "script.js", ".hidden.html", "picture.svg"):
        (tmp_path / name).write_text(PAGE)
    (tmp_path / "notes.2031").write_text("no page")
    assert names(list(items([tmp_path])), tmp_path) == ["12.5.2031", "page.aspx", "story.php?id=3"]


def test_office_documents_are_told_and_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.doc").write_bytes(b"\xd0\xcf\x11\xe0" + b"x" * 600)
    (_, outcome), *rest = inputs([tmp_path])
    assert isinstance(outcome, errors.NotText) and "office" in str(outcome) and not rest


def test_an_item_tells_when_its_file_was_written(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("text")
    os.utime(tmp_path / "a.txt", (1_935_568_800, 1_935_568_800))
    (item,) = items([tmp_path])
    assert isinstance(item, Item) and item.taken == datetime(2031, 5, 3, 10, tzinfo=UTC)


def test_a_link_counts_as_its_file_once_and_never_leads_out_of_the_folder(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    (inside / ".store").mkdir(parents=True)
    (inside / "sub").mkdir()
    outside.mkdir()
    (outside / "secret.txt").write_text("secret")
    (inside / "sub" / "own.txt").write_text("own")
    (inside / ".store" / "kept").write_text("kept")
    for name, target in {
        "again.txt": "sub/own.txt",
        "first.txt": ".store/kept",
        "second.txt": ".store/kept",
        "folder": "sub",
        "loop": ".",
        "gone.txt": "nowhere",
        "self.txt": "self.txt",
        "secret.txt": "../out/secret.txt",
        "away": "../out",
    }.items():
        (inside / name).symlink_to(target)
    found = list(items([inside]))
    assert names(found, inside) == [
        "away refused",
        "first.txt",
        "gone.txt refused",
        "secret.txt refused",
        "self.txt refused",
        "sub/own.txt",
    ]
    assert {type(one.error) for one in found if isinstance(one, Refusal) and Path(one.where).name in ("away", "secret.txt")} == {
        errors.Unsafe
    }


def test_a_link_that_the_user_names_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.txt").write_text("text")
    (tmp_path / "link").symlink_to("real")
    (tmp_path / "link.txt").symlink_to("real/a.txt")
    assert [isinstance(one, Item) for one in items([tmp_path / "link", tmp_path / "link.txt"])] == [True, True]


def test_pipes_and_sockets_in_a_folder_are_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")  # opening it would wait for ever
    with socket.socket(socket.AF_UNIX) as listening:
        here = os.open(".", os.O_RDONLY)
        os.chdir(tmp_path)  # a socket's path may have a hundred bytes only
        listening.bind("socket.txt")
        os.fchdir(here)
        os.close(here)
        assert list(items([tmp_path])) == []


def test_a_pipe_that_the_user_names_is_read_whole(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    data = gzip.compress(FIRST.encode())

    def write() -> None:
        with open(tmp_path / "pipe", "wb", buffering=0) as pipe:
            pipe.write(data[:1])  # the beginning tells the kind, even when it comes in pieces
            pipe.write(data[1:])

    thread = threading.Thread(target=write)
    thread.start()
    (item,) = items([tmp_path / "pipe"])
    thread.join()
    assert isinstance(item, Item) and item.data == FIRST.encode()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read all")
def test_what_may_not_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("text")
    (tmp_path / "sub").mkdir()
    (tmp_path / "a.txt").chmod(0)
    (tmp_path / "sub").chmod(0)
    found = list(items([tmp_path]))
    (tmp_path / "sub").chmod(0o700)
    assert names(found, tmp_path) == ["a.txt refused", "sub refused"]


@pytest.mark.parametrize("name", ["gone.txt", "nul\0.txt", "x" * 5000, "file.txt/below.txt"])
def test_a_path_that_cannot_be_opened_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "file.txt").write_text("text")
    (refusal,) = items([f"{tmp_path}/{name}"])
    assert isinstance(refusal, Refusal) and str(refusal.error).endswith(".") and "\0" not in str(refusal.error)


def test_a_tree_deeper_than_calls_can_be_is_walked(tmp_path: Path) -> None:
    here = os.open(".", os.O_RDONLY)
    os.chdir(tmp_path)
    for _ in range(1200):
        os.mkdir("d")
        os.chdir("d")
    Path("a.txt").write_text("text")
    os.fchdir(here)
    os.close(here)
    found = [isinstance(one, Item) for one in items([tmp_path])]
    subprocess.run(["rm", "-rf", tmp_path / "d"], check=True)  # pytest's own way to clear up is not made for it
    assert found == [True]


def test_names_are_told_so_that_they_can_be_printed_and_stored() -> None:
    assert shown("a\x1b[31m\n\u202etxt\udcff é.html") == "a\\x1b[31m\\n\\u202etxt\\udcff é.html"


def test_standard_input_may_be_a_container(monkeypatch: pytest.MonkeyPatch) -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as out:
        out.writestr("a.txt", FIRST)

    class Stdin:
        buffer = io.BytesIO(archive.getvalue())

    monkeypatch.setattr("sys.stdin", Stdin)
    (item,) = items(["-"])
    assert isinstance(item, Item) and item.where == "standard input!/a.txt"


# ---- lines of JSON


def test_each_line_is_an_item_and_tells_its_number(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'\xef\xbb\xbf\n{"text": "one"}\r\n\n{broken\n{"text": "two"}')
    found = list(items([tmp_path / "a.jsonl"]))
    assert [(one.where.partition("!/")[2], one.data) for one in found if isinstance(one, Item)] == [
        ("2", b'{"text": "one"}'),
        ("4", b"{broken"),
        ("5", b'{"text": "two"}'),
    ]


@pytest.mark.parametrize(
    ("name", "text", "how_many"),
    [
        ("a.txt", '{"text": "one"}\n{"text": "two"}\n', 2),
        ("a.json", '\n\n{"text": "one"}\n\n{"text": "two"}', 2),
        ("a.json", '{"text": "one"}\n', 1),
        ("a.jsonl", '{"text": "one"}', 1),
        ("a.jsonl", '{\n"text": "one"}', 1),
        ("a.json", '{"text": "one",\n"more": {}}', 1),
        ("a.jsonl", '[{"text": "one"},\n{"text": "two"}]', 1),
    ],
)
def test_lines_are_told_from_one_object_by_their_look(tmp_path: Path, name: str, text: str, how_many: int) -> None:
    (tmp_path / name).write_text(text)
    found = list(items([tmp_path / name]))
    assert len(found) == how_many
    reports = [outcome for item in found if isinstance(item, Item) for outcome in opened(item).reports]
    assert all(isinstance(outcome, Report) for outcome in reports)


def test_a_line_too_long_costs_only_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("according.intake.guard.MOST_BYTES", 50)
    (tmp_path / "a.jsonl").write_text("\n".join(json.dumps({"text": text}) for text in ("one", "x" * 200, "two", "y" * 40)))
    found = list(items([tmp_path]))
    assert [one.data if isinstance(one, Item) else type(one.error) for one in found] == [
        b'{"text": "one"}',
        errors.TooLarge,
        b'{"text": "two"}',
        errors.TooLarge,
    ]


def test_walking_a_large_file_of_lines_takes_little_memory(tmp_path: Path) -> None:
    line = json.dumps({"text": "x" * 1_000}) + "\n"
    with gzip.open(tmp_path / "a.jsonl.gz", "wt", compresslevel=1) as out:
        for _ in range(100):
            out.write("".join(f'{{"id": "{os.urandom(300).hex()}"}}\n{line}' for _ in range(1_000)))
    code = "import re, sys; from according.intake.walk import items; n = sum(1 for _ in items(sys.argv[1:])); "
    code += "print(n, int(re.search('VmHWM: *([0-9]+)', open('/proc/self/status').read().replace(chr(9), ' '))[1]) // 1024)"
    command = [sys.executable, "-c", code, str(tmp_path)]
    run = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ | {"PYTHONPATH": str(ROOT / "src")})
    lines, megabytes = map(int, run.stdout.split())
    assert lines == 200_000 and megabytes < 300


# ---- opened items


def test_an_item_s_address_is_its_report_s_where_that_has_none() -> None:
    assert one(Item("a", FIRST.encode(), url="https://north.test/a")).url == "https://north.test/a"
    own = PAGE.replace("<title>", '<link rel="canonical" href="https://north.test/own"><title>')
    assert one(Item("a", own.encode(), url="https://north.test/a")).url == "https://north.test/own"


def test_a_report_s_id_comes_from_what_is_read_and_not_from_where_it_lies() -> None:
    page = one(Item("a.html", PAGE.encode()))
    assert page.id.startswith("army-enters-brenik-") and len(page.id) == len("army-enters-brenik-") + 10
    assert one(Item("other/b.html", PAGE.encode("utf-16"))).id == page.id
    assert one(Item("a.html", PAGE.encode(), url="https://north.test/a")).id != page.id


@given(st.text(max_size=200), st.one_of(st.none(), st.text(max_size=80)))
@settings(max_examples=200, deadline=None)
def test_ids_are_plain_words_of_bounded_length(text: str, title: str | None) -> None:
    found = identity.content_id(Report("", text, title))
    words, _, digits = found.rpartition("-")
    assert 1 <= len(words) <= 24 and len(digits) == 10
    assert set(words) <= set("abcdefghijklmnopqrstuvwxyz0123456789-") and words[0] != "-" != words[-1]


def test_an_id_is_cut_between_words() -> None:
    title = "Army says that it has entered the villages of Brenik and Tesk"
    assert identity.content_id(Report("", "x", title)).rpartition("-")[0] == "army-says-that-it-has"
    assert identity.content_id(Report("", "", "ألف")).startswith("report-")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"[" * 2_000_000, errors.NothingToRead),
        (b'{"a":' * 4_000_000, errors.BadRecord),
        (b'{"text": ' + b"9" * 1_000_000 + b"}", errors.BadRecord),
        (b'{"text": 1e400}', errors.BadRecord),
        (b"[" + b"{}," * 200_000 + b"{}]", errors.TooLarge),
        (b'{"text": "a", "id": {}}', errors.BadRecord),
        (b"\x1f\x8b\x08\x00", errors.NotText),
        (b"<?xml version='1.0'?><kml><Placemark/></kml>", errors.NotText),
    ],
)
def test_hostile_and_foreign_items_are_told(data: bytes, kind: type[errors.IntakeError]) -> None:
    assert isinstance(error(data), kind)


def test_utf_16_without_a_mark_and_nul_bytes_are_read() -> None:
    assert one(Item("a", PAGE.encode("utf-16-le"))).text == one(Item("a", PAGE.encode())).text
    assert one(Item("a", json.dumps({"text": FIRST}).encode("utf-16-be"))).text == FIRST
    nul = one(Item("a", FIRST.replace(" ", " \0", 1).encode()))
    assert nul.text == FIRST and "NUL" in nul.notes[0]


def test_several_records_in_one_item_are_all_told() -> None:
    data = json.dumps([{"text": FIRST, "id": "a"}, {"text": ""}, {"text": SECOND, "published": "2031-05-08"}]).encode()
    first, second, third = opened(Item("x.json", data, url="https://north.test/all")).reports
    assert isinstance(first, Report) and (first.id, first.url) == ("a", "https://north.test/all")
    assert isinstance(second, errors.NothingToRead) and "record 2" in str(second)
    assert isinstance(third, Report) and third.published == date(2031, 5, 8)


KEYS = st.sampled_from(["text", "data", "fields", "id", "href", "totalCount", "title", "file", "date", "source", "body", "url"])
LEAVES = st.sampled_from([None, "", "published", "2031-05-08", FIRST, "<p>x", "https://north.test/a.pdf", 7, True])
ANSWERS = st.recursive(LEAVES, lambda below: st.lists(below, max_size=3) | st.dictionaries(KEYS, below, max_size=4), max_leaves=12)


@given(st.one_of(st.binary(max_size=300), ANSWERS.map(lambda value: json.dumps(value).encode())))
@settings(max_examples=200, deadline=None)
def test_any_item_gives_reports_links_or_intake_errors(data: bytes) -> None:
    for item in within(Item("x", data)):
        if isinstance(item, Item):
            found = opened(item)
            assert found.reports or found.links
            assert all(isinstance(o, Report | errors.IntakeError) for o in found.reports)


def test_bytes_that_were_fetched_may_be_a_container() -> None:
    item = Item("https://north.test/a.gz", gzip.compress(PAGE.encode()), url="https://north.test/a.gz", media="application/gzip")
    (found,) = within(item)
    assert isinstance(found, Item) and (found.data, found.url) == (PAGE.encode(), item.url)
    (same,) = within(Item("https://north.test/b", PAGE.encode(), url="https://north.test/b"))
    assert same == Item("https://north.test/b", PAGE.encode(), url="https://north.test/b")


def test_a_pdf_is_told_by_its_content_and_keeps_its_pages() -> None:
    pages = [pdfs.column(72, 720, words, 400)[0] for words in (f"{FIRST}\n\n{SECOND}", f"{SECOND}\n\n{FIRST}")]
    report = one(Item("report.txt", pdfs.pdf(pages), url="https://north.test/report.pdf"))
    assert [report.text[a:b].split("\n\n")[0] for a, b in report.pages] == [FIRST, SECOND]
    assert report.url == "https://north.test/report.pdf" and report.extractor and report.raw_sha256


def test_a_page_that_speaks_of_pdfs_is_a_page() -> None:
    assert FIRST in one(Item("a", PAGE.replace("<title>", "<!-- %PDF-1.7 --><title>").encode())).text
