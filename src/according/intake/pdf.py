"""A PDF as a report: the text of its pages in flowing paragraphs, and where in the text each page stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date

import pypdfium2 as pdfium
from pypdfium2 import raw as api

from according.errors import IntakeError, NothingToRead, NotText, TooLarge, Truncated, Unsafe
from according.intake import dates, normal, pasted, pdf_columns, pdf_flow, pdf_margins, pdf_streams, pdf_words
from according.intake.pdf_columns import Line
from according.intake.pdf_flow import Paragraph

EXTRACTOR = f"pypdfium2 {pdfium.PYPDFIUM_INFO.tag}"
MOST_PAGES = 500
MOST_CHARACTERS = 3_000_000  # on all pages
MOST_ON_PAGE = 100_000
_END = 2048  # bytes among which its end stands
_UNREADABLE = 0.3  # share of characters without a known letter that makes a text layer worthless
_BIGGER = 1.2  # times the body's height: the type of a title
_TITLE_WORDS = range(2, 41)
_NO_TITLE = re.compile(
    r"^(?:microsoft (?:word|powerpoint)|untitled|document\d*$|powerpoint|slide \d|print\b|layout)"
    r"|\.(?:docx?|indd|pdf|rtf|odt|pptx?|tex|xlsx?|html?)$",
    re.IGNORECASE,
)
_HEAD = 12  # paragraphs of the first page among which its date stands
_PROSE = 30  # words of a paragraph that is none of them
_LONGEST = 1000  # characters of it that matter
_DATE_WORDS = 20
_REPORT = re.compile(
    r"\b(?:report|update|bulletin|statement|brief(?:ing)?|sitrep|snapshot|summary|release|communiqu[ée]|no\.|number|issue)\b|#", re.I
)
_DAY_OF_WEEK = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?"
_SAID = re.compile(rf"\b(?:as (?:of|at)|published|issued|released|updated|dated?):?(?: on)? {_DAY_OF_WEEK}$", re.IGNORECASE)
_SET_OFF = re.compile(rf"(?:[|•·,(:–—-]|#? ?\d+) ?{_DAY_OF_WEEK}$", re.IGNORECASE)
_BAR = re.compile(rf"[|•·] ?{_DAY_OF_WEEK}$")
_SPAN_BEFORE = re.compile(
    r"(?:\d(?:st|nd|rd|th)?(?: [A-Za-z]+)?(?: \d{4})? ?(?:[-–—]|to|until|and)|\b(?:from|between|since|until|till|to)) ?$", re.IGNORECASE
)
_CLOSED = re.compile(r"\s*(?:$|[)\]|•·–—(-])")
_SPAN_AFTER = re.compile(r" ?(?:[-–—]|to|until) ?(?:\d|[A-Z][a-z]+ \d)")


@dataclass(frozen=True, slots=True)
class Pdf:
    """The text, its paragraphs apart by one empty line, and what its first page says of it.

    ``pages`` has a stretch ``(start, end)`` for each page, ascending and disjoint; a page without text has an empty one.
    """

    text: str
    pages: tuple[tuple[int, int], ...]
    title: str | None = None
    byline: str | None = None
    published: date | None = None
    notes: tuple[str, ...] = ()
    extractor: str = EXTRACTOR


@dataclass(slots=True)
class _Taken:
    """What was taken from the pages, each one's lines in pieces, and which pages (from 1) gave nothing and why."""

    pages: list[list[Line]] = field(default_factory=list)
    characters: int = 0
    unreadable: int = 0
    aside: list[int] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    damaged: list[int] = field(default_factory=list)


def read(data: bytes, name: str) -> Pdf:
    """The report in a PDF.

    Raises :class:`NothingToRead` where its pages are pictures or its letters cannot be told, :class:`TooLarge` for more than
    500 pages or 3 million characters, :class:`Unsafe` for streams that would fill the memory, :class:`Truncated` where it is cut off
    before its first page, and :class:`NotText` where it is damaged or wants a password.
    """
    if pdf_streams.is_bomb(data):
        raise Unsafe(f"{name}: the PDF unpacks to hundreds of megabytes beside its pictures; it was not opened.")
    cut = b"%%EOF" not in data[-_END:]
    with _opened(data, name, cut) as document:
        taken = _taken(document, name)
        stated = normal.line(document.get_metadata_value("Title"))
    if not any(taken.pages):
        raise _nothing(taken, name)
    if taken.unreadable > _UNREADABLE * taken.characters:
        raise NothingToRead(f"{name}: the PDF's fonts do not tell which letters its signs stand for; run OCR first.")
    without = pdf_margins.without(taken.pages)
    blocks = [pdf_columns.ordered(lines) for lines in without]
    found = pdf_flow.paragraphs(blocks)
    if not found:
        raise NothingToRead(f"{name}: nothing but page numbers and running heads was found in the PDF.")
    text, pages = _laid_out(found, len(taken.pages))
    head = _head(found)
    kept = set(map(id, without[0]))
    margins = [row.text for row in pdf_columns.rows(line for line in taken.pages[0] if id(line) not in kept)]
    opening = pasted.read("\n\n".join(line for line in head if not _names_period(line)))
    return Pdf(
        text=text,
        pages=pages,
        title=_title(stated) or _biggest(found) or opening.title,
        byline=opening.byline,
        published=opening.published or _published(head + margins),
        notes=_notes(taken, cut),
    )


@contextmanager
def _opened(data: bytes, name: str, cut: bool) -> Iterator[pdfium.PdfDocument]:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise _refused(error, name, cut) from error
    with closing(document):
        count = len(document)
        if count > MOST_PAGES:
            raise TooLarge(f"{name}: the PDF has {count:,} pages, more than the {MOST_PAGES} that are read; split it.")
        if not count:
            raise _cut_off(name) if cut else NotText(f"{name}: the PDF has no page that can be found; save it again.")
        yield document


def _refused(error: pdfium.PdfiumError, name: str, cut: bool) -> IntakeError:
    if error.err_code in (api.FPDF_ERR_PASSWORD, api.FPDF_ERR_SECURITY):
        return NotText(f"{name}: the PDF is locked with a password; save it without one.")
    return _cut_off(name) if cut else NotText(f"{name}: the PDF is damaged and cannot be opened; save it again.")


def _cut_off(name: str) -> Truncated:
    return Truncated(f"{name}: the PDF is cut off before its pages can be found; fetch it again.")


def _taken(document: pdfium.PdfDocument, name: str) -> _Taken:
    taken = _Taken()
    for number in range(1, len(document) + 1):
        try:
            words, is_drawn = _words(document, number - 1)
        except pdfium.PdfiumError:
            taken.damaged.append(number)
            taken.pages.append([])
            continue
        except OverflowError as error:
            raise TooLarge(
                f"{name}: page {number} of the PDF holds {error.args[0]:,} characters, more than a page can; it was not read."
            ) from error
        taken.characters += words.characters
        taken.unreadable += words.unreadable
        if taken.characters > MOST_CHARACTERS:
            raise TooLarge(f"{name}: the PDF has more than {MOST_CHARACTERS:,} characters; split it.")
        if words.aside:
            taken.aside.append(number)
        if is_drawn and not words.upright:
            taken.pictures.append(number)
        taken.pages.append(pdf_columns.lines(words.upright))
    return taken


def _words(document: pdfium.PdfDocument, index: int) -> tuple[pdf_words.Words, bool]:
    """The words of a page, and whether anything at all is drawn on it."""
    with closing(document[index]) as page, closing(page.get_textpage()) as layer:
        return pdf_words.of(layer, MOST_ON_PAGE), api.FPDFPage_CountObjects(page) > 0


def _nothing(taken: _Taken, name: str) -> IntakeError:
    if taken.pictures:
        return NothingToRead(f"{name}: the PDF holds pictures of pages only; run OCR first.")
    if taken.damaged:
        return NotText(f"{name}: no page of the PDF can be read, it is damaged; save it again.")
    return NothingToRead(f"{name}: the PDF's pages are empty.")


def _laid_out(found: Sequence[Paragraph], count: int) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text, and the stretch of each of ``count`` pages in it."""
    at = 0
    spans: list[tuple[int, int] | None] = [None] * count
    for paragraph in found:
        for page, words in paragraph.pieces:
            known = spans[page]
            spans[page] = (known[0] if known else at, at + len(words))
            at += len(words)
        at += 2
    pages: list[tuple[int, int]] = []
    for span in spans:
        last = pages[-1][1] if pages else 0
        start, end = span or (last, last)
        pages.append((max(start, last), max(end, last)))
    return "\n\n".join(paragraph.text for paragraph in found), tuple(pages)


def _head(found: Sequence[Paragraph]) -> list[str]:
    """What stands on the first page, down to its first long paragraph."""
    first = [paragraph.text[:_LONGEST] for paragraph in found if paragraph.pieces[0][0] == 0][:_HEAD]
    prose = next((n for n, text in enumerate(first) if len(text.split()) > _PROSE), len(first))
    return first[: prose + 1]


def _title(stated: str) -> str | None:
    """The title that the file states, unless its program put it there."""
    return stated if len(stated.split()) in _TITLE_WORDS and not _NO_TITLE.search(stated) else None


def _biggest(found: Sequence[Paragraph]) -> str | None:
    """What is set biggest on the first page, where that is clearly bigger than most of the text."""
    sizes = sorted(paragraph.size for paragraph in found for _ in range(len(paragraph.text.split())))
    body = sizes[len(sizes) // 2]
    heads = [p for p in found if p.pieces[0][0] == 0 and p.size > _BIGGER * body and len(p.text.split()) in _TITLE_WORDS]
    best = max(heads, key=lambda paragraph: round(paragraph.size), default=None)
    return best.text if best else None


def _published(lines: Sequence[str]) -> date | None:
    """The day that a line at the edge of the report names as its own: "Situation Report No. 5 (as of 3 May 2031)"."""
    return next((day for line in lines if len(line.split()) <= _DATE_WORDS and (day := _own_day(line))), None)


def _own_day(line: str) -> date | None:
    found = dates.find(line)
    if found is None or _names_period(line):
        return None
    day, start, end = found
    before, after = line[:start], line[end:]
    alone = not (before + after).strip()
    own = _SAID.search(before) or _BAR.search(before) or (_REPORT.search(before) and _SET_OFF.search(before))
    return day if alone or (own and _CLOSED.match(after)) else None


def _names_period(line: str) -> bool:
    """Whether the first full date of ``line`` is one end of a stretch of days."""
    found = dates.find(line)
    return bool(found and (_SPAN_BEFORE.search(line[: found[1]]) or _SPAN_AFTER.match(line[found[2] :])))


def _notes(taken: _Taken, cut: bool) -> tuple[str, ...]:
    told = (
        ("the file is cut off: the pages that could be found were read", cut),
        (f"not read, as they hold pictures only: {_listed(taken.pictures)}", taken.pictures),
        (f"not read, as they are damaged: {_listed(taken.damaged)}", taken.damaged),
        (f"words that stand sideways or aslant left out: {_listed(taken.aside)}", taken.aside),
    )
    return tuple(note for note, is_so in told if is_so)


def _listed(pages: Sequence[int]) -> str:
    shown = ", ".join(map(str, pages[:10]))
    return f"page{'s' if len(pages) > 1 else ''} {shown}{' and others' if len(pages) > 10 else ''}"
