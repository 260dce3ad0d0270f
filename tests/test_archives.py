"""Zip, gzip and web archives: what lies in them is given, what is made to harm is refused, and nothing ends the walk."""

from __future__ import annotations

import gzip
import io
import os
import stat
import struct
import zipfile
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from according.errors import BadRecord, IntakeError, NotText, TooLarge, Truncated, Unsafe
from according.intake import contents, limits, walk
from according.intake.items import Item, Refusal

PAGE = b"<html><body><p>Government troops entered the village of Brenik on Monday.</p></body></html>"
MEGABYTE = 1_000_000


def zipped(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name, (2031, 5, 8, 10, 0, 0)), data, method)
    return out.getvalue()


def taken(path: Path, name: str, data: bytes) -> list[Item | Refusal]:
    (path / name).write_bytes(data)
    return list(walk.items([path / name]))


def told(found: list[Item | Refusal]) -> list[tuple[str, object]]:
    """Where each lies in its archive, with its bytes or the class of its error."""
    return [(one.where.partition("!/")[2], one.data if isinstance(one, Item) else type(one.error)) for one in found]


def test_a_zip_s_files_are_given_in_the_order_of_their_names_with_their_dates(tmp_path: Path) -> None:
    found = taken(tmp_path, "a.zip", zipped(("pages/b.html", PAGE), ("a.txt", b"text"), ("style.css", b"p {}"), ("pages/.x.html", PAGE)))
    assert told(found) == [("a.txt", b"text"), ("pages/b.html", PAGE)]
    assert [one.taken for one in found if isinstance(one, Item)] == [datetime(2031, 5, 8, 10, tzinfo=UTC)] * 2


def test_a_container_is_told_by_its_content_not_by_its_name(tmp_path: Path) -> None:
    assert told(taken(tmp_path, "pages.html", zipped(("a.html", PAGE)))) == [("a.html", PAGE)]
    assert told(taken(tmp_path, "text.zip", b"no archive at all")) == [("", b"no archive at all")]


@pytest.mark.parametrize("name", ["../up.html", "/etc/passwd.txt", "a/../../b.html", "..\\up.html", "C:\\x.html", "\\\\host\\x.html"])
def test_a_name_that_leads_out_of_the_archive_is_refused_and_the_rest_is_given(tmp_path: Path, name: str) -> None:
    found = taken(tmp_path, "a.zip", zipped((name, PAGE), ("z.txt", b"text")))
    assert sorted(str(data) for _, data in told(found)) == sorted([str(Unsafe), str(b"text")])
    assert [p.name for p in tmp_path.parent.iterdir() if p.name == "up.html"] == []


def test_links_devices_and_what_is_encrypted_are_refused(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, kind in (("link.txt", stat.S_IFLNK), ("device.txt", stat.S_IFCHR), ("plain.txt", stat.S_IFREG), ("secret.txt", 0)):
            info = zipfile.ZipInfo(name)
            info.external_attr = (kind | 0o644) << 16
            archive.writestr(info, b"/etc/passwd")
    data = bytearray(out.getvalue())
    data[data.rindex(b"secret.txt") - 46 + 8] |= 1  # the flag of encryption, in the archive's list
    assert told(taken(tmp_path, "a.zip", bytes(data))) == [
        ("device.txt", Unsafe),
        ("link.txt", Unsafe),
        ("plain.txt", b"/etc/passwd"),
        ("secret.txt", IntakeError),
    ]


def test_a_bomb_in_a_zip_is_refused_and_its_neighbours_are_given(tmp_path: Path) -> None:
    found = taken(tmp_path, "a.zip", zipped(("bomb.txt", b"0" * 15 * MEGABYTE), ("fine.txt", b"text"), ("some.txt", b" " * MEGABYTE)))
    assert told(found) == [("bomb.txt", Unsafe), ("fine.txt", b"text"), ("some.txt", b" " * MEGABYTE)]


def test_a_bomb_of_archives_in_archives_is_refused(tmp_path: Path) -> None:
    data = zipped(("deep.txt", b"text"))
    for _ in range(limits.DEEPEST):
        data = zipped(("inner.zip", data), ("beside.txt", b"text"))
    assert [found for _, found in told(taken(tmp_path, "a.zip", data))] == [b"text"] * 3
    outer = taken(tmp_path, "b.zip", zipped(("outer.zip", data)))
    assert [found for _, found in told(outer)] == [b"text", b"text", Unsafe]
    flat = zipped(("zeros.txt", b"0" * 15 * MEGABYTE), method=zipfile.ZIP_STORED)
    assert [found for _, found in told(taken(tmp_path, "c.zip", zipped(("a.zip", flat))))] == [Unsafe]


def test_members_that_lie_upon_each_other_are_refused(tmp_path: Path) -> None:
    data = zipped(("a.txt", os.urandom(5_000)))
    at = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    row = data[at:end]
    many = 50
    listed = b"".join(row.replace(b"a.txt", b"%05d" % n) for n in range(many))
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, many, many, len(listed), at, 0)
    ((_, error),) = told(taken(tmp_path, "a.zip", data[:at] + listed + tail))
    assert error is Unsafe


def test_an_archive_that_unpacks_to_too_much_in_all_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_UNPACKED", 250_000)
    found = taken(tmp_path, "a.zip", zipped(*((f"{n}.txt", os.urandom(100_000)) for n in range(5))))
    assert [one if one is Unsafe else len(one) for _, one in told(found)] == [100_000, 100_000, Unsafe, Unsafe, Unsafe]


def test_an_archive_of_too_many_files_is_refused_before_they_are_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_MEMBERS", 10)
    ((_, error),) = told(taken(tmp_path, "a.zip", zipped(*((f"{n}.txt", b"x") for n in range(11)))))
    assert error is TooLarge


def test_a_member_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    data = bytearray(zipped(("a.txt", b"text " * 100), ("b.txt", b"text")))
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = struct.pack("<L", 7)
    assert told(taken(tmp_path, "a.zip", bytes(data))) == [("a.txt", Truncated), ("b.txt", b"text")]


def test_a_damaged_member_costs_only_itself(tmp_path: Path) -> None:
    data = bytearray(zipped(("a.txt", os.urandom(500)), ("b.txt", b"text")))
    data[200] ^= 0xFF
    assert told(taken(tmp_path, "a.zip", bytes(data))) == [("a.txt", Truncated), ("b.txt", b"text")]


def test_a_zip_that_is_cut_off_says_so(tmp_path: Path) -> None:
    (refusal,) = taken(tmp_path, "a.zip", zipped(("a.txt", b"text"), ("b.txt", b"text"))[:-30])
    assert isinstance(refusal, Refusal) and isinstance(refusal.error, Truncated) and "a.zip" in str(refusal.error)


def test_an_empty_zip_holds_nothing(tmp_path: Path) -> None:
    assert taken(tmp_path, "a.zip", zipped()) == []


def test_an_office_document_is_no_archive_of_reports(tmp_path: Path) -> None:
    ((_, error),) = told(taken(tmp_path, "a.docx", zipped(("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w/>"))))
    assert error is NotText


def test_a_method_that_cannot_be_held_in_bounds_is_refused(tmp_path: Path) -> None:
    assert told(taken(tmp_path, "a.zip", zipped(("a.txt", b"text"), method=zipfile.ZIP_BZIP2))) == [("a.txt", IntakeError)]


def test_names_in_old_and_in_untold_encodings_and_hostile_ones_can_be_shown(tmp_path: Path) -> None:
    data = zipped(("xxxxx.txt", b"1"), ("caf\u00e9.txt", b"2"), ("a\u202etxt.html", b"3"), ("b\n\x1b[2J.txt", b"4"))
    data = data.replace(b"xxxxx.txt", "été.txt".encode())  # as many archivers write it: UTF-8, and no word of that
    names = [where for where, _ in told(taken(tmp_path, "a.zip", data))]
    assert names == ["a\\u202etxt.html", "b\\n\\x1b[2J.txt", "caf\u00e9.txt", "été.txt"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_members_of_one_name_are_both_given(tmp_path: Path) -> None:
    assert [data for _, data in told(taken(tmp_path, "a.zip", zipped(("a.txt", b"1"), ("a.txt", b"2"))))] == [b"1", b"2"]


def test_zip64_and_members_without_a_date(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive, archive.open(zipfile.ZipInfo("a.txt"), "w", force_zip64=True) as member:
        member.write(b"text")
    ((item),) = taken(tmp_path, "a.zip", out.getvalue())
    assert isinstance(item, Item) and (item.data, item.taken) == (b"text", None)


def test_a_document_in_an_archive_may_not_be_larger_than_one_outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("according.intake.guard.MOST_BYTES", 400)
    found = taken(tmp_path, "a.zip", zipped(("a.txt", b"x" * 401), ("b.txt", b"x" * 400)))
    assert told(found) == [("a.txt", TooLarge), ("b.txt", b"x" * 400)]


@given(st.integers(0, 2000), st.integers(0, 255), st.booleans())
@settings(max_examples=150, deadline=None)
def test_whatever_is_wrong_with_an_archive_the_walk_goes_on(at: int, byte: int, cut: bool) -> None:
    for whole in (zipped(("a.txt", b"text " * 50), ("b.zip", zipped(("c.html", PAGE)))), gzip.compress(PAGE * 9, mtime=0), WARC):
        data = bytearray(whole)
        at %= len(data)
        data[at] = byte
        found = list(contents.within(Item("x", bytes(data[:at] if cut else data))))
        assert all(isinstance(one, Item | Refusal) for one in found)


def test_gzip_of_one_file_of_several_streams_and_filled_up_with_zeros(tmp_path: Path) -> None:
    data = gzip.compress(PAGE[:20]) + gzip.compress(PAGE[20:]) + b"\0" * 100
    assert told(taken(tmp_path, "a.html.gz", data)) == [("", PAGE)]


def test_a_bomb_in_a_gzip_is_refused(tmp_path: Path) -> None:
    for data in (gzip.compress(b"\0" * 10 * MEGABYTE), gzip.compress(b'{"text": "' + b"\n" * 30 * MEGABYTE + b'"}')):
        (refusal,) = taken(tmp_path, "a.gz", data)
        assert isinstance(refusal, Refusal) and isinstance(refusal.error, Unsafe)


@pytest.mark.parametrize("cut", [5, 12, 40])
def test_a_gzip_that_is_cut_off_gives_its_whole_lines_and_says_so(tmp_path: Path, cut: int) -> None:
    lines = [b'{"text": "%s"}' % os.urandom(20).hex().encode() for _ in range(5000)]
    found = taken(tmp_path, "many.jsonl.gz", gzip.compress(b"\n".join(lines))[:-cut])
    items = [one.data for one in found if isinstance(one, Item)]
    assert items == lines[: len(items)] and len(items) >= 4990
    assert isinstance(found[-1], Refusal) and isinstance(found[-1].error, Truncated)


def test_what_follows_a_gzip_and_is_none_is_told(tmp_path: Path) -> None:
    found = taken(tmp_path, "a.jsonl.gz", gzip.compress(b'{"text": "a"}\n{"text": "b"}\n') + b"rubbish")
    assert [type(one) for one in found] == [Item, Item, Refusal]


# ---- web archives


def record(
    block: bytes, kind: str = "response", url: str = "https://north.test/a", media: str = "application/http; msgtype=response"
) -> bytes:
    head = f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2031-05-08T10:00:00Z\r\nContent-Type: {media}\r\n"
    return head.encode() + b"Content-Length: %d\r\n\r\n" % len(block) + block + b"\r\n\r\n"


def answer(body: bytes, media: str = "text/html; charset=utf-8", status: str = "200 OK", more: str = "") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\n{more}\r\n".encode() + body


WARC = record(answer(PAGE)) * 3


def bodies(found: list[Item | Refusal]) -> list[object]:
    return [data for _, data in told(found)]


def test_the_pages_of_a_web_archive_bring_their_address_date_and_kind(tmp_path: Path) -> None:
    (item,) = taken(tmp_path, "a.warc", record(b"software: x\r\n", "warcinfo", media="application/warc-fields") + record(answer(PAGE)))
    assert isinstance(item, Item)
    assert (item.data, item.url, item.taken, item.media) == (
        PAGE,
        "https://north.test/a",
        datetime(2031, 5, 8, 10, tzinfo=UTC),
        "text/html",
    )
    assert item.where.endswith("a.warc!/2")


def test_only_what_can_be_a_report_is_given(tmp_path: Path) -> None:
    rows = [
        record(answer(b"\x89PNG", "image/png")),
        record(answer(PAGE, status="404 Not Found")),
        record(answer(b"", status="301 Moved")),
        record(b"GET / HTTP/1.1\r\n\r\n", "request", media="application/http; msgtype=request"),
        record(answer(b""), "revisit"),
        record(b"fetched: yes", "metadata", media="application/warc-fields"),
        record(answer(b"User-agent: *", "text/plain"), url="https://north.test/robots.txt"),
        record(answer(b"body { }", "text/css")),
        record(answer(b"%PDF-1.7", "application/octet-stream")),
        record(answer(b'{"text": "a"}', "application/json")),
        record(b"text of a page", "conversion", media="text/plain"),
        record(PAGE, "resource", media="text/html"),
    ]
    assert bodies(taken(tmp_path, "a.warc", b"".join(rows))) == [b"%PDF-1.7", b'{"text": "a"}', b"text of a page", PAGE]


def deflated(data: bytes) -> bytes:
    bare = zlib.compressobj(wbits=-15)
    return bare.compress(data) + bare.flush()


@pytest.mark.parametrize(
    ("header", "body"),
    [
        ("Content-Encoding: gzip\r\n", gzip.compress(PAGE)),
        ("Content-Encoding: deflate\r\n", zlib.compress(PAGE)),
        ("Content-Encoding: deflate\r\n", deflated(PAGE)),
        ("Transfer-Encoding: chunked\r\n", b"5\r\n" + PAGE[:5] + b"\r\n%x;a=b\r\n" % (len(PAGE) - 5) + PAGE[5:] + b"\r\n0\r\n\r\n"),
        ("Transfer-Encoding: chunked\r\n", PAGE),  # an archiver that joined the chunks and left the header
        ("Content-Encoding: gzip\r\n", PAGE),
        ("Content-Encoding: br\r\n", PAGE),
    ],
)
def test_codings_of_an_answer_are_undone(tmp_path: Path, header: str, body: bytes) -> None:
    assert bodies(taken(tmp_path, "a.warc", record(answer(body, more=header)))) == [PAGE]


def test_brotli_is_undone(tmp_path: Path) -> None:
    coded = bytes.fromhex("0f058068656c6c6f20776f726c6403")
    found = taken(tmp_path, "a.warc", record(answer(coded, "text/plain", more="Content-Encoding: br\r\n")))
    assert bodies(found) == [b"hello world"]


def test_a_coding_that_is_damaged_or_unknown_is_told(tmp_path: Path) -> None:
    rows = [record(answer(b"no such thing", more=f"Content-Encoding: {coding}\r\n")) for coding in ("br", "deflate", "zstd", "rot13")]
    assert bodies(taken(tmp_path, "a.warc", b"".join(rows))) == [BadRecord] * 4


def test_a_bomb_in_an_answer_is_refused_and_the_next_page_is_given(tmp_path: Path) -> None:
    bomb = answer(gzip.compress(b"\0" * 21 * MEGABYTE), more="Content-Encoding: gzip\r\n")
    assert bodies(taken(tmp_path, "a.warc", record(bomb) + record(answer(PAGE)))) == [TooLarge, PAGE]


def test_a_record_too_large_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("according.intake.guard.MOST_BYTES", 1000)
    assert bodies(taken(tmp_path, "a.warc", record(answer(b"x" * 1000)) + record(answer(PAGE)))) == [TooLarge, PAGE]


@pytest.mark.parametrize("cut", [10, 100, 230, 300])
def test_a_web_archive_that_is_cut_off_gives_what_is_whole_and_says_so(tmp_path: Path, cut: int) -> None:
    data = record(answer(PAGE)) * 3
    for whole in (data[:-cut], gzip.compress(data)[:-8]):
        found = bodies(taken(tmp_path, "a.warc.gz", whole))
        assert found[:2] == [PAGE, PAGE] and found[-1] is Truncated


def test_damage_between_records_costs_only_itself(tmp_path: Path) -> None:
    good = record(answer(PAGE))
    data = good + b"rubbish\r\nmore of it\r\n" + good + good.replace(b"Content-Length", b"Content-Lenght") + good
    assert bodies(taken(tmp_path, "a.warc", data)) == [PAGE, IntakeError, PAGE, BadRecord, IntakeError, PAGE]


def test_a_record_that_tells_too_short_a_length_costs_no_more_than_itself(tmp_path: Path) -> None:
    good = record(answer(PAGE))
    length = len(answer(PAGE))
    data = good.replace(b"Content-Length: %d" % length, b"Content-Length: %d" % (length - 9)) + good
    assert bodies(taken(tmp_path, "a.warc", data)) == [PAGE[:-9], IntakeError, PAGE]


def test_a_compressed_web_archive_in_a_zip_is_read(tmp_path: Path) -> None:
    crawl = b"".join(gzip.compress(record(answer(PAGE), url=f"https://north.test/{n}")) for n in range(3))
    found = taken(tmp_path, "a.zip", zipped(("crawl.warc.gz", crawl)))
    assert [(one.where.partition("!/")[2], one.url) for one in found if isinstance(one, Item)] == [
        (f"crawl.warc.gz!/{n + 1}", f"https://north.test/{n}") for n in range(3)
    ]
