"""RSS and Atom feeds: the pages that their entries point to, and the entries that are reports themselves.

Read with lxml: feedparser takes more than a minute for 5 MB of nothing but "<a>", this half a second.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from email.utils import parsedate_to_datetime
from html import unescape
from html.entities import html5
from urllib.parse import urljoin, urlsplit

from lxml import etree

from according.errors import IntakeError, NothingToRead, TooLarge
from according.intake import documents, normal
from according.intake.items import Link
from according.model import Report

MOST_CHARACTERS = 5_000_000
MOST_ENTRIES = 10_000
_ENOUGH = 40  # words of an entry without a link that are a report and no teaser
_HEAD = 5_000  # characters in which a feed's first element begins
_FIRST = re.compile(r"<([A-Za-z][\w:.-]*)")
_ROOTS = frozenset(["rss", "feed", "rdf:rdf", "channel"])
# Encodings that pages are in; Python knows others, some of which take a square of the length.
_CODED = re.compile(
    rb"""\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']((?:iso|windows|cp|koi|utf|us-ascii|gb|big5|shift|euc)[A-Za-z0-9_.:-]{0,20})["']""",
    re.IGNORECASE,
)
_AMPERSAND = re.compile(r"&(?:(#?\w{1,32});)?")
_ENTITIES = {key[:-1]: value for key, value in html5.items() if key.endswith(";") and not set(value) & set("&<>\"'")}
_OPEN = re.compile(r"<(br|hr|img|wbr)\b[^<>]{0,2000}>", re.IGNORECASE)  # as HTML has them; here they would swallow what follows
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_OF_MEDIA = re.compile(r"mrss|itunes|^media:")  # pictures and recordings beside an entry have titles of their own
_DAY = re.compile(r"\s*(\d{4}-\d{2}-\d{2})(?!\d)")


def root(text: str) -> str | None:
    """The name of the first element of an XML document, in lower case, namespace prefix and all; ``None`` for what is no markup."""
    if not text.lstrip("\ufeff \t\r\n").startswith("<"):
        return None
    match = _FIRST.search(_without_comments(text))
    return match.group(1).lower() if match else None


def is_feed(text: str) -> bool:
    return root(text) in _ROOTS


def decoded(data: bytes, text: str) -> str:
    """``data`` in the encoding that its XML declaration tells; ``text`` where it tells none, or not the truth."""
    match = _CODED.match(data[:300])
    try:
        return data.decode(match.group(1).decode("ascii")) if match else text
    except (LookupError, ValueError):
        return text


def read(text: str, name: str, url: str | None) -> Iterator[Report | Link | IntakeError]:
    """The links of a feed's entries, each once, and reports of those that have no link but a text.

    ``url`` is the feed's own address, which the links may be relative to. A document type with its entities is not looked at.
    """
    if len(text) > MOST_CHARACTERS or len(re.findall(r"<(?:\w+:)?(?:item|entry)\b", text)) > MOST_ENTRIES:
        raise TooLarge(f"{name}: a feed may have {MOST_ENTRIES:,} entries and {MOST_CHARACTERS // 1_000_000} MB; split it.")
    tree = _tree(text, url)
    entries = [_Entry(element) for element in tree.iter(etree.Element) if _local(element) in ("item", "entry")] if tree is not None else []
    if tree is None or not entries:
        raise NothingToRead(f"{name}: the feed has no entries.")
    outlet = _Entry(next((e for e in tree.iter(etree.Element) if _local(e) == "channel"), tree)).line("title")
    seen: set[str] = set()
    empty = 0
    for n, entry in enumerate(entries, 1):
        target = entry.target()
        if target is None:
            found = _report(entry, outlet, f"{name}, entry {n}")
            empty += found is None
            yield from [found] if found is not None else []
        elif target not in seen:
            seen.add(target)
            yield Link(target, name, entry.line("title"), entry.day())
    if empty:
        yield NothingToRead(f"{name}: {empty} of the feed's entries have neither a link nor a text of {_ENOUGH} words.")


def _tree(text: str, url: str | None) -> etree._Element | None:
    """The feed's elements, as many as can be made out of a broken one.

    Entities are declared before the first element, and left out with all that stands there; those of HTML are put in.
    """
    start = _FIRST.search(_without_comments(text))
    whole = _AMPERSAND.sub(
        lambda m: _ENTITIES.get(m.group(1) or "", m.group() if m.group(1) else "&amp;"), text[start.start() if start else 0 :]
    )
    whole = _OPEN.sub(r"<\1/>", whole)
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(_NO_XML.sub("", whole).encode("utf-8", "replace"), parser, base_url=url)
    except (etree.XMLSyntaxError, ValueError):
        return None


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry, its parts known by their names alone: feeds use one prefix for another and forget to declare it."""

    element: etree._Element

    def parts(self, *names: str) -> list[etree._Element]:
        """The parts of these names, in the order of the names."""
        found = [e for e in self.element.iterchildren(etree.Element) if not _OF_MEDIA.search(etree.QName(e).namespace or e.tag)]
        return [e for name in names for e in found if _local(e) == name]

    def line(self, *names: str) -> str | None:
        lines = (normal.line(unescape(re.sub(r"<[^<>]{1,500}>", "", _words(part)))) for part in self.parts(*names))
        return next(filter(None, lines), None)

    def target(self) -> str | None:
        """The address of the entry's page, where that can be asked."""
        links = [e for e in self.parts("link") if e.get("rel", "alternate") == "alternate"]
        names = [e for e in self.parts("guid") if e.get("isPermaLink", "true") == "true" and (e.text or "").strip().startswith("http")]
        for e in links + names:
            try:
                found = urljoin(e.base or "", normal.line(e.get("href") or e.text or ""))
                if urlsplit(found).scheme in ("http", "https") and urlsplit(found).hostname:
                    return found
            except ValueError:
                continue
        return None

    def day(self) -> date | None:
        """The day of publication as the feed writes it, in the zone that it writes it in."""
        for part in self.parts("pubDate", "published", "issued", "date", "updated", "modified"):
            written = part.text or ""
            try:
                match = _DAY.match(written)
                return date.fromisoformat(match.group(1)) if match else parsedate_to_datetime(written).date()
            except (ValueError, TypeError, OverflowError):
                continue
        return None


def _report(entry: _Entry, outlet: str | None, where: str) -> Report | IntakeError | None:
    """An entry's own text as a report; ``None`` where that is too short for one."""
    longest = max(map(_words, entry.parts("encoded", "content", "description", "summary")), key=len, default="")
    byline = entry.line("creator", "author")
    known = Report("", "", entry.line("title"), entry.day(), outlet, byline, extractor="feed entry")
    try:
        found = documents.of_piece(longest, where, known)
    except NothingToRead:
        return None
    except IntakeError as error:
        return error
    return found if len(found.text.split()) >= _ENOUGH else None


def _local(element: etree._Element) -> str:
    return str(etree.QName(element).localname.rpartition(":")[2])


def _words(part: etree._Element) -> str:
    """What stands in a part: its characters, which may be markup, or markup that stands in it as it is."""
    inner = (etree.tostring(child, encoding="unicode") for child in part)
    return (part.text or "") + "".join(inner)


def _without_comments(text: str) -> str:
    """The head of ``text`` with blanks for its comments."""
    return re.sub(r"<!--.*?-->", lambda c: " " * len(c.group()), text[:_HEAD], flags=re.DOTALL)
