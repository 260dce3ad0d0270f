"""A look at a page before it is parsed: what would hang the parser or make it lose text is made harmless or refused.

Measured on libxml2: more than 256 elements within each other lose the text inside without a word; one tag with 200,000 attributes takes
more than a minute.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from according.errors import TooLarge

MOST_BYTES = 20_000_000
MOST_TAGS = 100_000
MOST_DEPTH = 200
_LONGEST_TAG = 20_000  # characters; a picture written into its tag may have more, and is not needed
_MOST_ATTRIBUTES = 300

# A tag and its attributes. No part gives back what it took, so that the time is linear in the page's length.
_TAG = re.compile(r"""<(/?)([A-Za-z][^\s/><]*+)((?:[^>"'=]++|=\s*+"[^"]*+"|=\s*+'[^']*+'|[="'])*+)>""")
_RAW = ("script", "style", "textarea", "xmp", "noembed")  # what stands in these is not markup
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
# Their end tags may be left out, so an open one does not mean that all the rest stands inside.
_OPEN_ENDED = frozenset("p li dt dd tr td th thead tbody tfoot option optgroup colgroup rt rp html head body".split())
_KEPT_WHEN_FLAT = frozenset(_RAW) | frozenset("p br h1 h2 h3 h4 h5 h6 li title meta time td tr table a link html head body".split())


@dataclass(slots=True)
class _Look:
    tags: int = 0
    depth: int = 0
    deepest: int = 0
    overfull: list[tuple[int, int, str]] = field(default_factory=list)  # start, end, name


def harmless(html: str, name: str) -> tuple[str, tuple[str, ...]]:
    """``html`` fit to be parsed, and notes on what had to be changed. Raises :class:`TooLarge`."""
    look = _look(html)
    if look.tags > MOST_TAGS:
        raise TooLarge(f"{name}: the page has more than {MOST_TAGS:,} tags; save the report's text alone.")
    notes: tuple[str, ...] = ()
    for start, end, tag in reversed(look.overfull):
        html = f"{html[:start]}<{tag}>{html[end:]}"
    if look.overfull:
        notes += (f"{len(look.overfull)} overfull tags emptied of their attributes",)
    if look.deepest > MOST_DEPTH:
        html = _flat(html)
        notes += (f"elements nested deeper than {MOST_DEPTH}: the page was read without its containers",)
    return html, notes


def _look(html: str) -> _Look:
    look = _Look()
    at, last = 0, html.rfind(">") + 1
    while match := _TAG.search(html, at, last):
        at = match.end()
        closing, tag, attributes = match.group(1), match.group(2).lower(), match.group(3)
        look.tags += 1
        if look.tags > MOST_TAGS:
            break
        if len(attributes) > _LONGEST_TAG or (len(attributes) > _MOST_ATTRIBUTES * 2 and _count(attributes) > _MOST_ATTRIBUTES):
            look.overfull.append((match.start(), match.end(), tag))
        if closing:
            look.depth -= tag not in _VOID and tag not in _OPEN_ENDED and look.depth > 0
        elif tag in _RAW:
            at = _end_of_raw(html, tag, at)
        elif tag not in _VOID and tag not in _OPEN_ENDED and not attributes.endswith("/"):
            look.depth += 1
            look.deepest = max(look.deepest, look.depth)
    return look


def _count(attributes: str) -> int:
    return len(re.findall(r"""[^\s=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"']*+))?""", attributes))


def _end_of_raw(html: str, tag: str, at: int) -> int:
    match = re.compile(f"</{tag}", re.IGNORECASE).search(html, at)
    return match.start() if match else len(html)


def _flat(html: str) -> str:
    """The page without any container: what was within containers stands apart by line breaks."""

    def loose(match: re.Match[str]) -> str:
        return match.group() if match.group(2).lower() in _KEPT_WHEN_FLAT else "<br>"

    return re.sub(r"<br>(?:\s*+<br>)++", "<br><br>", _TAG.sub(loose, html))
