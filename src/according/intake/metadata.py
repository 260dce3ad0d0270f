"""What a page says of itself: title, byline, day of publication, outlet, address, language.

JSON-LD first, then ``meta`` tags, then what stands visibly in the page. A date is taken only where one is written; none is guessed.
"""

from __future__ import annotations

import html as entities
import itertools
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from lxml.html import HtmlElement

from according.intake import dates, normal

_ARTICLE = re.compile(r"article|posting|report|newsitem|webpage", re.IGNORECASE)
_TITLES = ("og:title", "twitter:title", "dc.title", "headline", "sailthru.title", "title")
_BYLINES = ("author", "article:author", "dc.creator", "byl", "parsely-author", "sailthru.author", "citation_author")
_OUTLETS = ("og:site_name", "application-name", "dc.publisher", "publisher", "article:publisher", "twitter:site")
_PUBLISHED = (
    "article:published_time", "og:published_time", "article:published", "datepublished", "date_published", "publish-date", "publish_date",
    "publishdate", "pubdate", "parsely-pub-date", "sailthru.date",
    "dc.date.issued", "dcterms.created", "dc.date", "date", "cxenseparse:recs:publishtime",
    "article.published", "originalpublicationdate", "citation_publication_date",
)  # fmt: skip
_ASIDE = re.compile(r"relat|comment|sidebar|footer|widget|recommend|popular|trending|teaser|promo|most-", re.IGNORECASE)
_BYLINE_CLASS = re.compile(r"(?:^|[\s_-])(?:byline|author)(?:$|[\s_-])", re.IGNORECASE)
_NEAR = 15  # elements after the headline among which the day of publication may stand
_MONTHS = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_URL_DATE = re.compile(r"/((?:19|20)\d{2})[/-](\d{1,2})[/-](\d{1,2})(?:/|-|$)")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What could be found; ``None`` for the rest. ``body`` is the report's text where JSON-LD carries it."""

    title: str | None = None
    byline: str | None = None
    published: date | None = None
    outlet: str | None = None
    url: str | None = None
    language: str | None = None
    body: str | None = None


def of(tree: HtmlElement) -> Metadata:
    """The metadata of a parsed page."""
    meta, linked = _meta(tree), _linked(tree)
    outlets = (_clean(_name(linked.get("publisher"))), *(_clean(meta.get(key)) for key in _OUTLETS))
    outlet = next((found for found in outlets if found and "://" not in found), None)
    url = _url(tree, meta, linked)
    return Metadata(
        title=_title(tree, meta, linked, outlet),
        byline=byline(_name(linked.get("author")) or _first(meta, _BYLINES) or _visible_byline(tree) or ""),
        published=_published(tree, meta, linked, url),
        outlet=outlet.lstrip("@") if outlet else None,
        url=url,
        language=(tree.get("lang") or meta.get("og:locale") or meta.get("language") or "")[:2].lower() or None,
        body=linked.get("articleBody") if isinstance(linked.get("articleBody"), str) else None,
    )


def byline(words: str) -> str | None:
    """The writers' names in ``words``, without "By" and what follows a bar; ``None`` where these are no names."""
    names = re.sub(r"^(?:(?:written|posted|reported)\s+)?by:?\s+", "", normal.line(words), flags=re.IGNORECASE)
    names = re.split(rf"\s[|•·–—-]\s|,\s*\d|\s+(?:updated|published|posted|on)\b|\s+(?:{_MONTHS})\b\.?,? \d", names, maxsplit=1)[0].strip(
        " ,;|"
    )
    if not names or len(names) > 100 or "://" in names or names.lower() in ("admin", "administrator", "editor", "staff", "author"):
        return None
    return names


def _meta(tree: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for tag in tree.iter("meta"):
        key = (tag.get("property") or tag.get("name") or tag.get("itemprop") or "").strip().lower()
        value = (tag.get("content") or "").strip()
        if key and value:
            found.setdefault(key, value)
    return found


def _linked(tree: HtmlElement) -> dict[str, Any]:
    """The JSON-LD record of the article, where the page has one that can be read."""
    best: dict[str, Any] = {}
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        try:
            loaded = json.loads(normal.line((script.text or "").replace("\t", " ")), strict=False)
        except (ValueError, RecursionError):
            continue
        for record in _records(loaded, 0):
            if (
                _ARTICLE.search(str(record.get("@type", "")))
                and len(record) > len(best)
                and ("headline" in record or "datePublished" in record)
            ):
                best = record
    return best


def _records(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > 6:
        return
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _records(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            yield from _records(inner, depth + 1)


def _name(value: Any) -> str | None:
    if isinstance(value, list):
        return ", ".join(dict.fromkeys(n for n in map(_name, value) if n)) or None
    if isinstance(value, dict):
        value = value.get("name")
        return _name(value) if not isinstance(value, str) else value
    return value if isinstance(value, str) else None


def _clean(value: object) -> str | None:
    return normal.line(entities.unescape(value)) or None if isinstance(value, str) else None


def _first(meta: dict[str, str], keys: tuple[str, ...]) -> str | None:
    return next((found for key in keys if (found := _clean(meta.get(key)))), None)


def _title(tree: HtmlElement, meta: dict[str, str], linked: dict[str, Any], outlet: str | None) -> str | None:
    heads = [normal.line(h.text_content()) for h in tree.iter("h1")]
    heads = [h for h in heads if h]
    stated = _clean(linked.get("headline")) or _first(meta, _TITLES)
    page = normal.line(next((t.text_content() for t in tree.iter("title")), ""))
    if stated is None and len(heads) == 1:
        stated = heads[0]
    title = stated or page
    for head in heads:  # "A headline - The Outlet": the headline stands in the page without the outlet
        if len(head) > 15 and title.startswith(head):
            return head
    if outlet:
        title = re.sub(rf"\s+[|–—:»-]\s+{re.escape(outlet)}$", "", title, flags=re.IGNORECASE)
    return title or None


def _visible_byline(tree: HtmlElement) -> str | None:
    for element in tree.iter("a", "span", "p", "div", "address"):
        named = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
        if element.get("rel") == "author" or _BYLINE_CLASS.search(named):
            words = normal.line(element.text_content())
            if 3 < len(words) <= 80 and not _within_aside(element):
                return words
    return None


def _published(tree: HtmlElement, meta: dict[str, str], linked: dict[str, Any], url: str | None) -> date | None:
    for stated in (linked.get("datePublished"), *(meta.get(key) for key in _PUBLISHED)):
        if isinstance(stated, str) and (found := dates.of(stated)):
            return found
    for element in tree.iter("time", "abbr"):
        if (element.get("datetime") or element.get("title")) and not _within_aside(element):
            found = dates.of(element.get("datetime") or element.get("title") or "") or dates.of(element.text_content())
            if found:
                return found
    return _near_title(tree) or _in_url(url)


def _near_title(tree: HtmlElement) -> date | None:
    """A full date on a line of its own shortly after the headline."""
    head = next(tree.iter("h1"), None)
    if head is None:
        return None
    for element in itertools.islice(head.xpath("following::*[not(self::script or self::style)]"), _NEAR):
        words = normal.line(element.text or "")
        if len(words.split()) > 20:  # the report begins: a date from here on belongs to it or to a reader's comment
            return None
        if 8 <= len(words) <= 60 and (found := dates.of(words)):
            return found
    return None


def _in_url(url: str | None) -> date | None:
    match = _URL_DATE.search(url or "")
    return dates.of("-".join(match.groups())) if match else None


def _url(tree: HtmlElement, meta: dict[str, str], linked: dict[str, Any]) -> str | None:
    canonical = next((link.get("href") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"), None)
    for found in (canonical, meta.get("og:url"), linked.get("url")):
        if isinstance(found, str) and re.match(r"https?://\S+$", found.strip()):
            return found.strip()
    return None


def _within_aside(element: HtmlElement) -> bool:
    for above in [element, *element.iterancestors()]:
        if above.tag in ("aside", "footer", "nav") or _ASIDE.search(f"{above.get('class') or ''} {above.get('id') or ''}"):
            return above.tag not in ("body", "html")
    return False
