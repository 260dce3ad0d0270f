"""Pages: the traps measured on trafilatura, metadata, and pages made to do harm."""

from __future__ import annotations

import time
from datetime import date

import pytest

from according.intake import from_bytes
from according.model import Report

P1 = (
    "Government troops entered the village of Brenik on Monday after two days of shelling, the army said, and at least nine fighters were "
    "killed in clashes near the bridge."
)
P2 = "Residents told reporters that dozens of families had left for Tesk, and that the road to the south was closed by the Front."
P3 = "The monitor said it could not confirm the army's figures, and that two children were among the wounded."
BIO = "Lina Marsh is a freelance journalist born in Halvet. She survived the siege of Dolen and writes about the north."
COMMENT = "Ninety people died in Zimna, my uncle saw it all."
COMMENTS = f"<h3>2 Comments</h3><ol><li><b>Ana</b> <i>May 4, 2031 at 3:15 pm</i><p>{COMMENT}</p><a href='#'>Reply</a></li></ol>"
FORM = (
    "<p>Leave a Reply</p><p>Your email address will not be published.</p><p>Required fields are marked *</p><p>Comment *</p><p>Name *</p>"
)
HEAD = (
    "<html><head><title>Army enters Brenik - North News</title></head><body>"
    "<div class='nav'><a href='/'>Home</a> <a href='/w'>World</a></div><h1>Army enters Brenik</h1>"
)
FOOT = "<footer>© 2031 North News</footer></body></html>"
PARAGRAPHS = f"<p>{P1}</p><p>{P2}</p><p>{P3}</p>"
SHARE = "<div>Share this: <a href='#'>Facebook</a> <a href='#'>Twitter</a></div>"


def read(html: str) -> Report:
    (report,) = from_bytes(html.encode(), "page.html")
    return report


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(
            f"<div class='entry-content'><p>{P1}</p></div><div class='author-box'><h4>About Lina Marsh</h4><p>{BIO}</p></div>{COMMENTS}",
            id="one",
        ),
        pytest.param(f"<div><p>{P1}</p></div><div><h4>About Lina Marsh</h4><p>{BIO}</p></div>{COMMENTS}", id="one-no-classes"),
        pytest.param(
            f"<div class='entry-content'>{P1}<br><br>{P2}<br><br>{P3}</div><div class='author-box'><p>{BIO}</p></div>", id="breaks"
        ),
        pytest.param(f"<div class='entry-content'>{PARAGRAPHS}<p>{BIO}</p></div>", id="biography-as-last-paragraph"),
        pytest.param(f"<div class='entry-content'>{PARAGRAPHS}{FORM}</div>", id="form-as-paragraphs"),
        pytest.param(f"<div class='entry-content'>{PARAGRAPHS}{COMMENTS}{FORM}</div>", id="comments-within"),
        pytest.param(
            f"<div><div>{P1}</div><div>{P2}</div><div>{P3}</div>{SHARE}<div>{BIO}</div><div>2 Comments</div><div>{COMMENT}</div></div>",
            id="soup",
        ),
        pytest.param(
            f"<div>{P1}<br><br>{P2}<br><br>{P3}<br><br>{BIO}<br><br>2 Comments<br>Ana<br>{COMMENT}<br>Reply</div>", id="soup-breaks"
        ),
    ],
)
def test_the_whole_report_and_nothing_else(body: str) -> None:
    report = read(HEAD + body + FOOT)
    assert report.text == "\n\n".join(p for p in (P1, P2, P3) if p in body)
    assert report.published is None  # the day of a reader's comment is not the report's
    assert report.title == "Army enters Brenik"


def test_a_text_in_a_pre_element() -> None:
    text = f"Home | World\n\nArmy enters Brenik\n\nBy Lina Marsh\nMay 4, 2031\n\n{P1}\n\n{P2}\n\n\n{BIO}\n\n2 Comments\n\n{COMMENT}"
    report = read(f"<html><body><pre>{text}</pre></body></html>")
    assert report.text == f"Army enters Brenik\n\n{P1}\n\n{P2}"
    assert (report.byline, report.published) == ("Lina Marsh", date(2031, 5, 4))


def test_a_repeated_paragraph_is_not_lost() -> None:
    assert read(f"{HEAD}<article>{PARAGRAPHS}<p>{P1}</p></article>{FOOT}").text.count(P1) == 2


@pytest.mark.parametrize(
    ("head", "published"),
    [
        (
            '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2031-05-08T23:30:00+03:00"}</script>',
            date(2031, 5, 8),
        ),
        ('<meta property="article:published_time" content="2031-05-08T01:00:00Z">', date(2031, 5, 8)),
        ('<meta property="article:modified_time" content="2031-05-09">', None),
        ('<link rel="canonical" href="https://north.example/2031/05/08/brenik">', date(2031, 5, 8)),
        ('<script type="application/ld+json">{"@type":"NewsArticle","datePublished":</script>', None),
        ("", None),
    ],
)
def test_the_day_of_publication_stands_in_the_page(head: str, published: date | None) -> None:
    assert (
        read(f"<html><head>{head}</head><body><h1>Army enters Brenik</h1><article>{PARAGRAPHS}</article></body></html>").published
        == published
    )


def test_metadata() -> None:
    linked = (
        '{"@graph":[{"@type":"NewsArticle","headline":"Army enters Brenik &amp; Zimna","datePublished":"2031-05-08",'
        '"author":[{"name":"Lina Marsh"},{"name":"Petar Vos"}],"publisher":{"name":"North News"},"url":"https://north.example/b"}]}'
    )
    report = read(
        f"<html><head><script type='application/ld+json'>{linked}</script></head><body><article>{PARAGRAPHS}</article></body></html>"
    )
    assert (report.title, report.byline, report.source) == ("Army enters Brenik & Zimna", "Lina Marsh, Petar Vos", "North News")
    assert report.url == "https://north.example/b"


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("<div>" * 260 + PARAGRAPHS + "</div>" * 260, id="deep"),
        pytest.param("<div>" * 50_000 + PARAGRAPHS, id="unclosed"),
        pytest.param("<div " + " ".join(f"a{n}='x'" for n in range(100_000)) + f">{PARAGRAPHS}</div>", id="attributes"),
        pytest.param("<div " + " ".join(f'a{n}=">"' for n in range(100_000)) + f">{PARAGRAPHS}</div>", id="attributes-with-brackets"),
        pytest.param(PARAGRAPHS + "<a" * 100_000, id="open-tags"),
        pytest.param(PARAGRAPHS + '<a x="' * 50_000, id="open-quotes"),
        pytest.param(PARAGRAPHS + "<script>" * 50_000, id="open-scripts"),
    ],
)
def test_harmful_pages_neither_hang_nor_lose_text(body: str) -> None:
    began = time.perf_counter()
    report = read(HEAD + body)
    assert report.text == f"{P1}\n\n{P2}\n\n{P3}"
    assert time.perf_counter() - began < 10


def test_a_page_that_is_cut_off_is_read_and_says_so() -> None:
    report = read(f"{HEAD}<article><p>{P1}</p><p>{P2}</p><p>{P3[:50]}")
    assert P1 in report.text and P2 in report.text
    assert any("cut off" in note for note in report.notes)
    assert not read(f"{HEAD}<article>{PARAGRAPHS}</article>{FOOT}").notes
