"""A page, a text, a PDF or a piece of markup as a report: what was read put together with what is known of it."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

from lxml import etree

from according.errors import NotEnglish, NothingToRead, TooLarge, Truncated
from according.intake import body, encoding, guard, identity, language, page, pasted
from according.model import Report

_MARKUP = re.compile(r"</?(?:p|div|br|ul|ol|li|h[1-6]|a|b|i|em|strong|span|table|blockquote|figure|img)\b[^<>]{0,2000}>", re.IGNORECASE)
_BLOCKS = frozenset("p div section article li ul ol blockquote pre h1 h2 h3 h4 h5 h6 tr table dd dt dl br hr figure figcaption".split())
_MOST_LINES = 50_000  # of a plain text: no report has a tenth of it, and each is weighed beside its neighbours
_UNREAD = frozenset("script style template noscript svg iframe".split())


def of_text(decoded: encoding.Decoded, name: str) -> Report:
    """The report in a page or in a plain text."""
    return _of_page(decoded, name) if page.is_page(decoded.text) else _of_plain(decoded, name)


def _of_page(decoded: encoding.Decoded, name: str) -> Report:
    read = page.read(decoded.text, name)
    if not read.text:
        if page.is_cut(decoded.text):
            raise Truncated(f"{name}: the page is cut off before its report begins; save it again.")
        raise NothingToRead(f"{name}: no report was found in the page, only navigation and the like.")
    return Report(
        id="",
        text=read.text,
        title=read.known.title,
        published=read.known.published,
        source=read.known.outlet,
        byline=read.known.byline,
        url=read.known.url,
        extractor=read.extractor,
        dropped=read.dropped,
        notes=decoded.notes + read.notes,
    )


def _of_plain(decoded: encoding.Decoded, name: str) -> Report:
    read = _pasted(decoded.text, name)
    if not read.text:
        raise NothingToRead(f"{name}: no report is left in the text once the page furniture is out.")
    return Report(
        id="",
        text=read.text,
        title=read.title,
        published=read.published,
        source=read.outlet,
        byline=read.byline,
        extractor="plain text",
        dropped=read.dropped,
        notes=decoded.notes + read.notes,
    )


def of_pdf(data: bytes, name: str) -> Report:
    """The report in a PDF, with the stretch of each page."""
    from according.intake import pdf  # loads a library that most runs do without

    read = pdf.read(data, name)
    return Report(
        id="",
        text=read.text,
        title=read.title,
        published=read.published,
        byline=read.byline,
        pages=read.pages,
        extractor=read.extractor,
        notes=read.notes,
    )


def of_piece(text: str, name: str, known: Report) -> Report:
    """``known`` with the words of ``text``, a plain text or a piece of markup such as feeds and interfaces carry, without its furniture."""
    read = _pasted(plain(text, name), name)
    if not read.text:
        raise NothingToRead(f"{name}: there is no text in it.")
    return replace(known, text=read.text, byline=known.byline or read.byline, dropped=read.dropped)


def _pasted(text: str, name: str) -> pasted.Pasted:
    if sum(bool(line.strip()) for line in text.splitlines()) > _MOST_LINES:
        raise TooLarge(f"{name}: the text has more than {_MOST_LINES:,} lines; give each report by itself.")
    return pasted.read(text)


def plain(text: str, name: str) -> str:
    """A piece of markup as plain text, its paragraphs apart by one empty line; what is no markup as it is."""
    if not _MARKUP.search(text):
        return text
    safe, _ = guard.harmless(f"<html><body>{text}</body></html>", name)
    tree = body.parse(safe)
    if tree is None:
        return ""
    pieces: list[str] = []
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        if event == "start" and element.tag in _UNREAD:
            walk.skip_subtree()
        elif event == "start":
            pieces += ["\n\n" if element.tag in _BLOCKS else "", _one_line(element.text)]
        else:
            pieces += ["\n\n" if element.tag in _BLOCKS else " " if element.tag in ("td", "th") else "", _one_line(element.tail)]
    return "".join(pieces)


def _one_line(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")


def finished(report: Report, where: str, url: str | None = None, raw_sha256: str | None = None) -> Report:
    """``report`` with its language, with the address and bytes that it came by where it has none of its own, and with an id.

    Raises :class:`NothingToRead` or :class:`NotEnglish`.
    """
    if not any(map(str.isalpha, report.text)):
        raise NothingToRead(f"{where}: there is not one word in it.")
    other = language.other_than_english(_outside(report))
    if other is not None:
        raise NotEnglish(f"{where}: the text is in {other}; only English is read so far.")
    whole = replace(report, language="en", url=report.url or url, raw_sha256=report.raw_sha256 or raw_sha256)
    return whole if whole.id else replace(whole, id=identity.content_id(whole))


def _outside(report: Report) -> str:
    """The report's text without the stretches that are only marked as furniture."""
    edges = [0, *itertools.chain.from_iterable(report.furniture), len(report.text)]
    return " ".join(report.text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True))
