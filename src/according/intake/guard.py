"""A look at a page before it is parsed: what would hang the parser or make it lose text is made harmless or refused.

Measured on libxml2: more than 256 elements within each other lose the text inside without a word; one tag with 200,000 attributes takes
more than a minute; a script of 10 MB loses all that follows it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from according.errors import TooLarge

MOST_BYTES = 20_000_000
MOST_TAGS = 100_000
MOST_DEPTH = 200
MOST_ATTRIBUTES = 300_000  # in all of the page
_LONGEST_SCRIPT = 1_000_000  # characters; longer ones are emptied, and no report was ever in one
_LONGEST_TAG = 20_000  # characters; a picture written into its tag may have more, and is not needed
_LONGEST_NAME = 100
_MOST_ATTRIBUTES = 300
_MANY_ATTRIBUTES = 20  # in one tag; from there on they are counted one by one

# A tag and its attributes. No part gives back what it took, so that the time is linear in the page's length.
_TAG = re.compile(r"""<(/?)([A-Za-z][^\s/><]*+)((?:[^>"'=]++|=\s*+"[^"]*+"|=\s*+'[^']*+'|[="'])*+)>""")
_RAW = ("script", "style", "textarea", "xmp", "noembed")  # what stands in these is not markup
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
# Their end tags may be left out, so an open one does not mean that all the rest stands inside.
_OPEN_ENDED = frozenset("p li dt dd tr td th thead tbody tfoot option optgroup colgroup rt rp html head body".split())
# How many elements stand within each other for one of these, with what it holds.
_LEVELS = {"table": 4, "ul": 2, "ol": 2, "dl": 2, "menu": 2, "dir": 2, "ruby": 2, "select": 2}
_STRENGTH = {"div": 1, "table": 2}
_SELF_CLOSED = re.compile(r"""(?:^|[\s"'])/$""")
_KEPT_WHEN_FLAT = frozenset(_RAW) | frozenset("p br h1 h2 h3 h4 h5 h6 li title meta time td tr table a link html head body".split())


@dataclass(slots=True)
class _Look:
    tags: int = 0
    attributes: int = 0
    depth: int = 0
    is_deep: bool = False  # from then on what is open is no longer followed
    within: list[str] = field(default_factory=list)
    emptied: list[tuple[int, int, str]] = field(default_factory=list)  # from where to where, and what stands there instead

    def open(self, tag: str) -> None:
        if _levels(tag) and not self.is_deep:
            self.within.append(tag)
            self.depth += _levels(tag)
            self.is_deep = self.depth > MOST_DEPTH

    def close(self, tag: str) -> None:
        """As libxml2 does: all that is open within the last ``tag`` ends with it, but no end reaches out of a stronger container."""
        for n in range(len(self.within) - 1, -1, -1):
            if self.within[n] == tag:
                self.depth -= sum(map(_levels, self.within[n:]))
                del self.within[n:]
            elif _STRENGTH.get(self.within[n], 0) <= _STRENGTH.get(tag, 0):
                continue
            return


def harmless(html: str, name: str) -> tuple[str, tuple[str, ...]]:
    """``html`` fit to be parsed, and notes on what had to be changed. Raises :class:`TooLarge`."""
    look = _look(html)
    if look.tags > MOST_TAGS:
        raise TooLarge(f"{name}: the page has more than {MOST_TAGS:,} tags; save the report's text alone.")
    if look.attributes > MOST_ATTRIBUTES:
        raise TooLarge(f"{name}: the page's tags have more than {MOST_ATTRIBUTES:,} attributes; save the report's text alone.")
    notes: tuple[str, ...] = ()
    if look.emptied:
        html = _emptied(html, look.emptied)
        notes += (f"{len(look.emptied)} overfull tags or scripts emptied",)
    if look.is_deep:
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
        if len(tag) > _LONGEST_NAME or _is_overfull(look, attributes):
            look.emptied.append((match.start(), at, f"<{closing}{tag[:_LONGEST_NAME]}>"))
        if look.tags > MOST_TAGS or look.attributes > MOST_ATTRIBUTES:
            break
        if closing:
            look.close(tag)
        elif tag in _RAW:
            start, at = at, _end_of_raw(html, tag, at)
            if at - start > _LONGEST_SCRIPT:
                look.emptied.append((start, at, ""))
        elif not _SELF_CLOSED.search(attributes):
            look.open(tag)
    return look


def _levels(tag: str) -> int:
    """By how many elements what stands in a ``tag`` is deeper than what stands before it."""
    return 0 if tag in _VOID or tag in _OPEN_ENDED else _LEVELS.get(tag, 1)


def _is_overfull(look: _Look, attributes: str) -> bool:
    """Whether a tag is better read without its attributes; those of all others are added up."""
    if not attributes or len(attributes) > _LONGEST_TAG:
        return bool(attributes)
    count = len(attributes.split())  # at least as many as there are
    if count > _MANY_ATTRIBUTES:
        count = _count(attributes)
    look.attributes += min(count, _MOST_ATTRIBUTES)
    return count > _MOST_ATTRIBUTES


def _emptied(html: str, stretches: list[tuple[int, int, str]]) -> str:
    pieces: list[str] = []
    at = 0
    for start, end, instead in stretches:
        pieces += (html[at:start], instead)
        at = end
    return "".join([*pieces, html[at:]])


def _count(attributes: str) -> int:
    return len(re.findall(r"""[^\s=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"']*+))?""", attributes))


def _end_of_raw(html: str, tag: str, at: int) -> int:
    match = re.compile(f"</{tag}", re.IGNORECASE).search(html, at)
    return match.start() if match else len(html)


def _flat(html: str) -> str:
    """The page without any container: what was within containers stands apart by line breaks.

    Tables, lists and headings stay as far as they are no deeper than a page may be.
    """
    depth = 0

    def loose(match: re.Match[str]) -> str:
        nonlocal depth
        tag = match.group(2).lower()
        if tag not in _KEPT_WHEN_FLAT:
            return "<br>"
        before = depth
        if not match.group(3).endswith("/"):
            depth = max(0, depth - _levels(tag)) if match.group(1) else depth + _levels(tag)
        return match.group() if max(before, depth) <= MOST_DEPTH or tag in ("p", "br") else "<br>"

    return re.sub(r"<br>(?:\s*+<br>)++", "<br><br>", _TAG.sub(loose, html))
