"""Text that a page has and its report has not: lost by the parser without a word, or left out where it may be the report itself."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterable, Sequence

from lxml import etree
from lxml.html import HtmlElement

_UNSEEN = "script style noscript template svg iframe textarea select".split()
_OPENING = re.compile(f"<(!--|(?:{'|'.join(_UNSEEN)})\\b)", re.IGNORECASE)
_ENDS = {"!--": re.compile("-->"), **{name: re.compile(f"</{name}\\s*>", re.IGNORECASE) for name in _UNSEEN}}
_TAG = re.compile(r"</?[A-Za-z!?][^<>]*+>")
_LONG = 12  # words of a line that is no label, link or caption
_SENTENCE_END = re.compile(r"""[.!?…]["'”’»)\]]*$""")
_FEW = 30  # words: less is not much of any page
_PARSED = 0.9  # share of a page's words below which the parser lost some; measured: all of them are there in every page of 97
_KEPT = 0.3  # share of a page's own prose below which a person should look; measured: three of four kept at least .7, none under .4
_KEPT_OF_ALL = 0.1  # the same of all prose in it, readers' comments too, of which a page may have five times its report


def of(html: str, tree: HtmlElement, kept: Sequence[str], own: Iterable[str], dropped: Iterable[str]) -> tuple[str, ...]:
    """A note where much of a page is missing from its report, else nothing.

    ``html`` is the page as it came, ``tree`` what the parser made of it, ``kept`` the paragraphs of the report, ``own`` the page's lines
    that stand in no menu, aside or comment, and ``dropped`` all that are not in the report.
    """
    words = _count(kept)
    written, parsed = _written(html), _parsed(tree)
    if parsed < _PARSED * written and written - parsed > _FEW:
        return (_note(words, written),)
    for share, prose in ((_KEPT, _count(_prose(own))), (_KEPT_OF_ALL, words + _count(_prose(dropped)))):
        if words < share * prose and prose - words > _FEW:
            return (_note(words, prose),)
    return ()


def _prose(lines: Iterable[str]) -> Iterable[str]:
    return (line for line in lines if len(line.split()) >= _LONG and _SENTENCE_END.search(line))


def _note(kept: int, of: int) -> str:
    return f"much of the page's text is missing from the report: {kept:,} of {of:,} words were kept; compare it with the page"


def _count(lines: Iterable[str]) -> int:
    return sum(len(line.split()) for line in lines)


def _parsed(tree: HtmlElement) -> int:
    """How many words the parsed page has, scripts and the like aside."""
    count = 0
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        if event == "end":
            count += len((element.tail or "").split())
        elif element.tag in _UNSEEN:
            walk.skip_subtree()
        else:
            count += len((element.text or "").split())
    return count


def _written(html: str) -> int:
    """How many words stand in the page's source outside tags, comments, scripts and the like; what has no end is taken for text."""
    pieces: list[str] = []
    unended: set[str] = set()
    at = start = 0
    while match := _OPENING.search(html, at):
        name = match.group(1).lower()
        at = match.end()
        end = None if name in unended else _ENDS[name].search(html, at)
        if end is None:
            unended.add(name)
        else:
            pieces.append(html[start : match.start()])
            at = start = end.end()
    pieces.append(html[start:])
    return len(entities.unescape(_TAG.sub(" ", " ".join(pieces))).split())
