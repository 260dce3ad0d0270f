"""Feeds and ReliefWeb's answers: what they point to, and the reports that they carry."""

from __future__ import annotations

import json
import resource
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from according.errors import BadRecord, IntakeError, NotEnglish, NotFetched, NothingToRead, TooLarge
from according.intake import inputs, opened
from according.intake.items import Item, Link
from according.intake.opening import Opened
from according.model import Report

FIRST = "Government troops entered the village of Brenik on Monday after two days of shelling, the army said."
SECOND = "Residents told reporters that dozens of families had left for Tesk, and that the road to the south was closed."
THIRD = "The Sulin Front denied that it had withdrawn, and said that nine soldiers had been killed near the bridge of Dolen on Sunday."
WORDS = f"{FIRST}\n\n{SECOND}\n\n{THIRD}"


def rss(*entries: str, head: str = "", more: str = "") -> bytes:
    return (
        f"{head}<rss version='2.0'{more}><channel><title>North News</title><link>https://north.test/</link>{''.join(entries)}</channel></rss>"
    ).encode()


def entry(title: str = "Army enters Brenik", link: str | None = "https://north.test/a", text: str = "", day: str = "") -> str:
    address = f"<link>{link}</link>" if link is not None else ""
    return f"<item><title>{title}</title>{address}<description><![CDATA[{text}]]></description><pubDate>{day}</pubDate></item>"


def taken(data: bytes, url: str | None = None) -> Opened:
    return opened(Item("feed.xml", data, url=url))


def test_the_entries_of_an_rss_feed_are_links_with_title_and_day() -> None:
    found = taken(rss(entry("Army &amp;amp; Front", day="Thu, 08 May 2031 23:30:00 -0500"), entry("Second", "https://north.test/b")))
    assert found.links == (
        Link("https://north.test/a", "feed.xml", "Army & Front", date(2031, 5, 8)),  # the day where it was written, not in London
        Link("https://north.test/b", "feed.xml", "Second", None),
    )
    assert found.reports == ()


def test_the_entries_of_an_atom_feed_are_links() -> None:
    data = b"""<?xml version="1.0" encoding="utf-8"?><!-- made by x --><feed xmlns="http://www.w3.org/2005/Atom"><title>North News</title>
    <entry><title type="html">Army &lt;b&gt;enters&lt;/b&gt; Brenik</title><link rel="self" href="https://north.test/api/1"/>
    <link rel="alternate" href="/2031/05/a"/><published>2031-05-08T01:00:00+03:00</published></entry></feed>"""
    assert taken(data, "https://north.test/feed").links == (
        Link("https://north.test/2031/05/a", "feed.xml", "Army enters Brenik", date(2031, 5, 8)),
    )


def test_an_rdf_feed_in_an_old_encoding_is_read() -> None:
    data = (
        "<?xml version='1.0' encoding='windows-1251'?><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
        "xmlns='http://purl.org/rss/1.0/'><item><title>Бои у Бреника</title><link>https://north.test/a</link></item></rdf:RDF>"
    ).encode("cp1251")
    assert [link.title for link in taken(data).links] == ["Бои у Бреника"]


def test_a_link_is_told_once_and_only_where_it_can_be_asked() -> None:
    links = [
        "https://north.test/a",
        "https://north.test/a",
        "mailto:x@north.test",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "http://",
        "b",
    ]
    found = taken(rss(*(entry(link=link) for link in links)))
    assert [link.url for link in found.links] == ["https://north.test/a"]
    (error,) = found.reports
    assert isinstance(error, NothingToRead) and "5 of the feed's entries" in str(error)
    assert [link.url for link in taken(rss(entry(link="b")), "https://south.test/x/feed").links] == ["https://south.test/x/b"]


def test_an_entry_without_a_link_but_with_a_text_is_a_report() -> None:
    markup = "".join(f"<p>{p.replace('Monday', '<b>Mon</b>day')}</p>" for p in WORDS.split("\n\n"))
    (report,) = taken(rss(entry(link=None, text=f"{markup}<script>x()</script>", day="Thu, 08 May 2031 10:00:00 GMT"))).reports
    assert isinstance(report, Report)
    assert (report.text, report.title, report.source, report.published) == (WORDS, "Army enters Brenik", "North News", date(2031, 5, 8))
    assert report.id.startswith("army-enters-brenik-") and report.raw_sha256


def test_a_feed_without_entries_says_so() -> None:
    (error,) = taken(rss()).reports
    assert isinstance(error, NothingToRead) and "no entries" in str(error)


def test_a_feed_that_is_cut_off_or_broken_gives_the_links_before_the_break() -> None:
    data = rss(entry(), entry(link="https://north.test/b"), entry(link="https://north.test/c"))
    assert [link.url for link in taken(data[:-200]).links][:2] == ["https://north.test/a", "https://north.test/b"]
    assert len(taken(data.replace(b"Army", b"Army & <br> Front &nbsp;")).links) == 3


@pytest.mark.parametrize("breaks", ["\n", " "])
def test_entities_that_multiply_do_no_harm(breaks: str) -> None:
    names = [f"e{n}" for n in range(12)]
    rows = ['<!ENTITY e0 "aaaaaaaaaaaaaaaaaaaa">'] + [f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise(names)]
    outside = '<!ENTITY secret SYSTEM "file:///etc/passwd">'
    head = f"<?xml version='1.0'?>{breaks}<!DOCTYPE rss [{breaks}{breaks.join([*rows, outside])}{breaks}]>{breaks}"
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = taken(rss(entry("&e11; &secret;"), head=head))
    assert [link.url for link in found.links] == ["https://north.test/a"]
    assert "aaaa" not in (found.links[0].title or "") and "root:" not in (found.links[0].title or "")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # kilobytes


@pytest.mark.parametrize("data", [rss("<item/>" * 10_001), rss(entry(text="x" * 5_000_001))])
def test_a_feed_too_large_is_refused(data: bytes) -> None:
    (error,) = taken(data).reports
    assert isinstance(error, TooLarge)


def test_a_page_that_speaks_of_feeds_is_a_page() -> None:
    page = (
        f"<?xml version='1.0'?><!-- <rss> --><html xmlns='http://www.w3.org/1999/xhtml'><body><p>{FIRST}</p><p>{SECOND}</p></body></html>"
    )
    (report,) = taken(page.encode()).reports
    assert isinstance(report, Report) and FIRST in report.text


def test_reading_without_a_ledger_says_how_a_feed_s_pages_are_fetched(tmp_path: Path) -> None:
    (tmp_path / "north.rss").write_bytes(rss(entry(), entry(link="https://north.test/b")))
    ((_, error),) = inputs([tmp_path])
    assert isinstance(error, NotFetched) and "2 pages" in str(error) and "according ingest" in str(error)


# ---- ReliefWeb


def fields(**changed: Any) -> dict[str, Any]:
    whole: dict[str, Any] = {
        "id": 4061234,
        "title": "Brenik: Situation Report No. 3",
        "status": "published",
        "body": WORDS,
        "url": "https://reliefweb.int/node/4061234",
        "url_alias": "https://reliefweb.int/report/arda/brenik-situation-report-no-3",
        "date": {"original": "2031-05-08T00:00:00+00:00", "created": "2031-05-09T11:12:13+00:00"},
        "source": [{"name": "UN Office for Relief", "shortname": "UNOR"}, {"name": "North Aid"}],
        "language": [{"name": "English", "code": "en"}],
        "file": [{"url": "https://reliefweb.int/attachments/x/report.pdf", "mimetype": "application/pdf"}],
    }
    return {key: value for key, value in (whole | changed).items() if value is not None}


def answer(*reports: dict[str, Any], **more: Any) -> bytes:
    rows = [{"id": str(n), "href": f"https://api.reliefweb.int/v2/reports/{n}", "fields": row} for n, row in enumerate(reports)]
    return json.dumps(
        {"href": "https://api.reliefweb.int/v2/reports", "totalCount": len(rows), "count": len(rows), "data": rows, **more}
    ).encode()


def one(data: bytes) -> Report:
    (report,) = taken(data).reports
    assert isinstance(report, Report), report
    return report


def test_a_report_of_reliefweb_is_taken_with_all_that_it_tells() -> None:
    report = one(answer(fields()))
    assert (report.text, report.title, report.published) == (WORDS, "Brenik: Situation Report No. 3", date(2031, 5, 8))
    assert report.source == "UN Office for Relief, North Aid"
    assert report.url == "https://reliefweb.int/report/arda/brenik-situation-report-no-3"
    assert report.language == "en" and report.id.startswith("brenik-situation-report-") and report.extractor == "ReliefWeb"


def test_one_report_out_of_its_envelope_or_a_line_each_is_the_same() -> None:
    row = json.loads(answer(fields()))["data"][0]
    alone = json.dumps(row).encode()
    assert one(alone).id == one(json.dumps([row]).encode()).id == one(answer(fields())).id
    assert len(taken(b"\n".join([alone, alone])).reports) == 2


def test_the_address_is_the_report_s_own_not_the_interface_s() -> None:
    found = opened(Item("x", answer(fields(url_alias=None)), url="https://api.reliefweb.int/v2/reports?appname=x"))
    assert [report.url for report in found.reports if isinstance(report, Report)] == ["https://reliefweb.int/node/4061234"]


def test_the_marks_of_markdown_are_taken_off_and_nothing_else() -> None:
    body = f"## Highlights\n\n* {FIRST.replace('Brenik', '**Brenik**')}\n* {SECOND.replace('Tesk', '[Tesk](https://x.test/t)')}\n\n"
    body += f"![map](https://x.test/m_(a).png)\n\n---\n\n> {THIRD.replace('denied', '_denied_')} "
    body += "A 5 * 3 * 2 grid, snake\\_case, file_name_x.<br>\nEnd &amp; done."
    text = one(answer(fields(body=body))).text
    assert text.split("\n\n") == [
        "Highlights",
        f"- {FIRST}",
        f"- {SECOND}",
        f"{THIRD} A 5 * 3 * 2 grid, snake_case, file_name_x.",
        "End & done.",
    ]


def test_the_body_in_html_is_taken_before_the_one_in_markdown() -> None:
    html = f"<h3>Highlights</h3><ul><li>{FIRST}</li><li>{SECOND}</li></ul><p>{THIRD}<br />End &amp; done.</p><style>p {{}}</style>"
    report = one(answer(fields(**{"body": "**other**", "body-html": html})))
    assert report.text.split("\n\n") == ["Highlights", FIRST, SECOND, THIRD, "End & done."]


def test_furniture_in_a_body_goes_out() -> None:
    report = one(answer(fields(body=f"{WORDS}\n\nShare this:\n\nLeave a Reply\n\nYour email address will not be published.")))
    assert report.text == WORDS and "Leave a Reply" in report.dropped


def test_a_report_that_is_only_a_pdf_is_a_link_to_it() -> None:
    found = taken(answer(fields(body=None), fields(body=" ", title="Map", file=[{"url": "https://reliefweb.int/a/map.PDF"}])))
    assert found.links == (
        Link("https://reliefweb.int/attachments/x/report.pdf", "feed.xml, record 1", "Brenik: Situation Report No. 3", date(2031, 5, 8)),
        Link("https://reliefweb.int/a/map.PDF", "feed.xml, record 2", "Map", date(2031, 5, 8)),
    )
    assert found.reports == ()


def test_a_list_of_titles_alone_is_links_to_the_pages() -> None:
    found = taken(answer({"title": "Brenik", "url": "https://reliefweb.int/node/1"}))
    assert [(link.url, link.title) for link in found.links] == [("https://reliefweb.int/node/1", "Brenik")]


@pytest.mark.parametrize(
    ("row", "kind", "words"),
    [
        (fields(status="to-review"), NothingToRead, "to-review"),
        (fields(language=[{"name": "French", "code": "fr"}]), NotEnglish, "French"),
        (fields(body="", file=[]), NothingToRead, "neither"),
        (fields(date={"original": "8 May"}), BadRecord, "date"),
        (fields(date={"original": 7}), BadRecord, "date"),
        (None, BadRecord, "fields"),
    ],
)
def test_what_is_no_report_says_why_and_stops_no_other(row: dict[str, Any] | None, kind: type[IntakeError], words: str) -> None:
    first, second = taken(answer(row, fields())).reports  # type: ignore[arg-type]
    assert type(first) is kind and words in str(first) and "record 1" in str(first)
    assert isinstance(second, Report)


@pytest.mark.parametrize("piece", ["[", "![", "[a](", "*", "_a", "<a ", "**a", "&lt;", "\\", "> ", "<p>"])
def test_marks_without_end_do_not_hold_the_reader_up(piece: str) -> None:
    assert taken(answer(fields(body=f"{FIRST}\n{SECOND}\n" + piece * (300_000 // len(piece))))).reports  # a square of it would take an hour


def test_an_answer_without_reports_says_so() -> None:
    (error,) = taken(answer()).reports
    assert isinstance(error, NothingToRead)


def test_one_s_own_record_with_a_text_is_never_taken_for_reliefweb_s() -> None:
    report = one(json.dumps({"id": "a", "text": WORDS, "fields": {}, "data": []}).encode())
    assert (report.id, report.text) == ("a", WORDS)
