"""A web page as a report: its text, what it says of itself, and what was left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lxml.html import HtmlElement

from according.errors import TooLarge
from according.intake import body, guard, loss, metadata, normal, pasted
from according.intake.metadata import Metadata

_MARKUP = re.compile(r"<!doctype html|<(?:html|head|body|article|main|div|p|title|meta|table|h1)\b[^<>]{0,2000}>", re.IGNORECASE)
_ENDED = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """The text of a page, its paragraphs apart by one empty line, and all that was found with it."""

    text: str
    known: Metadata
    dropped: tuple[str, ...] = ()
    extractor: str = ""
    notes: tuple[str, ...] = ()


def is_page(text: str) -> bool:
    """Whether ``text`` is markup: a document type, or two tags of a page near its beginning."""
    start = text[:5000].lstrip()
    hits = len(_MARKUP.findall(start))
    return bool(re.match(r"<!doctype html|<html\b", start, re.IGNORECASE)) or (start.startswith("<") and hits >= 1) or hits >= 3


def read(html: str, name: str) -> Page:
    """The report on a page; its text is empty where none was found. Raises :class:`~according.errors.TooLarge`."""
    safe, notes = guard.harmless(html, name)
    if is_cut(html):
        notes += ("the page is cut off: what stands before the cut was read",)
    tree = body.parse(safe)
    if tree is None:
        return Page("", Metadata(), notes=notes)
    try:
        return _of_tree(tree, html, notes)
    except RecursionError:  # where a page is deeper than its tags tell
        raise TooLarge(f"{name}: the page's elements are nested too deeply; save the report's text alone.") from None


def _of_tree(tree: HtmlElement, html: str, notes: tuple[str, ...]) -> Page:
    if found := body.hidden(tree):
        notes += (f"the page hides what a reader does not see as it stands ({found}): compare the text with it",)
    known = metadata.of(tree)
    if (plain := body.preformatted(tree)) is not None:
        return _of_plain(pasted.read(plain), known, notes)
    kept, dropped, how = body.paragraphs(tree, known)
    notes += loss.of(html, tree, kept, body.own_lines(tree), dropped)
    text = "\n\n".join(kept)
    if words := normal.look_alikes(text):
        notes += (f"words of Latin letters mixed with others that look like them ({words}): they may be missed",)
    return Page(text, known, tuple(dropped), how, notes)


def _of_plain(read: pasted.Pasted, known: Metadata, notes: tuple[str, ...]) -> Page:
    found = replace(
        known,
        title=known.title or read.title,
        byline=known.byline or read.byline,
        published=known.published or read.published,
        outlet=known.outlet or read.outlet,
    )
    return Page(read.text, found, read.dropped, "plain text", notes)


def is_cut(html: str) -> bool:
    """Whether a page that opened as a whole document ends without its end, or in the middle of a tag."""
    if html.rfind("<") > html.rfind(">") and re.match(r"</?[A-Za-z!]", html[html.rfind("<") :]):
        return True
    opened = re.search(r"<(?:html|body)\b", html[:20_000], re.IGNORECASE)
    return bool(opened) and not _ENDED.search(html[-20_000:]) and not html.rstrip().endswith(">")
