"""The report's own paragraphs out of a parsed page.

trafilatura chooses the body; what it is known to get wrong is put right afterwards: a body that it missed altogether, paragraphs that
it dropped from between others, links to other stories, and the headline repeated as a first line.
"""

from __future__ import annotations

import copy
import html as entities
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

import trafilatura
from lxml import html as markup
from lxml.etree import ParserError, _Element
from lxml.html import HtmlElement

from according.intake import direction, furniture, normal
from according.intake.metadata import Metadata

EXTRACTOR = f"trafilatura {trafilatura.__version__}"
_SKIPPED = frozenset("script style noscript nav footer aside form button select template svg iframe figcaption".split())
_ASIDE = re.compile(
    r"comment|related|share|social|sidebar|widget|newsletter|breadcrumb|author-?(?:box|bio)|bio\b|promo|footer|cookie|consent|modal|banner|subscribe|caption",
    re.IGNORECASE,
)
_LEAD = re.compile(r"(?:^|[\s_-])(?:summary|lead|lede|standfirst|intro)(?:$|[\s_-])", re.IGNORECASE)
_HEADS = frozenset("h1 h2 h3 h4 h5 h6".split())
_BLOCKS = frozenset("p div section article li ul ol blockquote pre h1 h2 h3 h4 h5 h6 td tr table dd dt dl main header figure hr".split())
_SHORTEST = 8  # words of a paragraph that is put back where it was dropped
_HALF = 0.5
_SENTENCE_END = re.compile(r"""[.!?…:]["'”’»)\]]*$""")
_BEGINNING = 60  # letters by which a paragraph is known again
_USUAL = 100_000  # letters of a report; in a longer one not every place is looked at
_CLIMB = 1.3  # an element around the chosen one is taken instead where it holds so much more prose


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, list item or table row, with the share of its characters that stand in links."""

    text: str
    heading: bool = False
    linked: float = 0.0
    within: int = 0  # tells apart the elements that blocks of a page stand in


def parse(html: str) -> HtmlElement | None:
    """The page's tree, or ``None`` where there is not one element in it."""
    # Without huge_tree a text of 10 MB, and all after it, is lost without a word; depth and number of tags are the guard's concern.
    parser = markup.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        tree: HtmlElement | None = markup.document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except (ParserError, ValueError):
        return None
    return tree


def hidden(tree: HtmlElement) -> str | None:
    """What the page's text holds that a reader does not see as it stands, told in words. Overrides of direction are carried out in it.

    Here, since trafilatura throws them away.
    """
    pieces: list[str] = []
    for element in tree.iter():
        if element.text and element.tag not in ("script", "style") and not element.text.isascii():
            pieces.append(element.text)
            if direction.OVERRIDE in element.text:
                element.text = _settable(direction.as_shown(element.text))
        if element.tail and not element.tail.isascii():
            pieces.append(element.tail)
            if direction.OVERRIDE in element.tail:
                element.tail = _settable(direction.as_shown(element.tail))
    return normal.hidden("\n".join(pieces))


def _settable(text: str) -> str:
    """``text`` without the characters that lxml takes from a page, but not from us."""
    return re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)


def preformatted(tree: HtmlElement) -> str | None:
    """The text of the page's one preformatted element, where that holds most of the page's words: a text in the guise of a page."""
    found = list(tree.iter("pre"))
    words = len(found[0].text_content().split()) if len(found) == 1 else 0
    whole = words and len(next(tree.iter("body"), tree).text_content().split())
    return str(found[0].text_content()) if words > 40 and words > 0.8 * whole else None


def paragraphs(tree: HtmlElement, known: Metadata) -> tuple[list[str], list[str], str]:
    """The paragraphs kept, the lines dropped, and how the text was taken out."""
    own = _own(tree)
    chosen, how = _trafilatura(tree), EXTRACTOR
    if _prose(own) > _prose(chosen) and _covers(chosen, own) < _HALF <= _prose(own) / max(1, _words_in(own)):
        chosen, how = own, "paragraphs"
    stated = _from_body(known.body) if known.body else []
    if _prose(stated) > max(60, _prose(chosen)) and _covers(chosen, stated) < _HALF:
        chosen, how = stated, "JSON-LD"
    if how == EXTRACTOR:
        chosen = _with_dropped(chosen, own)
    chosen = _with_lead(chosen, tree)
    page = [b.text for b in _walk(next(tree.iter("body"), tree), everything=True)]
    kept = _without_links(_without_comments(chosen, page))
    kept = _without_title(kept, _titles(tree, known))
    lines, dropped = furniture.split([b.text for b in kept], known.byline)
    return lines, _left_out(page + dropped, lines), how


def own_lines(tree: HtmlElement) -> list[str]:
    """All lines of the page but those in menus, asides, comments and links."""
    return [b.text for b in _walk(next(tree.iter("body"), tree)) if b.linked < _HALF]


def _left_out(page: list[str], kept: list[str]) -> list[str]:
    """All lines of the page that are not in its report, in the page's order, each once."""
    told = _Told(kept)
    return list(dict.fromkeys(line for line in page if _key(line) not in told))


def _trafilatura(tree: HtmlElement) -> list[Block]:
    found = trafilatura.bare_extraction(
        copy.deepcopy(tree), favor_precision=True, include_comments=False, include_links=True, include_tables=True, deduplicate=False
    )
    body = getattr(found, "body", None)
    return list(_blocks_of(body)) if body is not None else []


def _blocks_of(body: _Element) -> Iterator[Block]:
    """The tree that trafilatura gives: paragraphs, heads, list items, table rows."""
    for element in body:
        if element.tag in ("list", "quote", "div", "table"):
            yield from _blocks_of(element)
        else:
            yield from _split_block(element, element.tag == "head")
        if element.tail and (words := normal.line(element.tail)):
            yield Block(words)


def _split_block(element: _Element, heading: bool) -> Iterator[Block]:
    """A block of trafilatura's, taken apart where the page breaks the line."""
    linked = sum(len(normal.line("".join(ref.itertext()))) for ref in element.iter("ref"))
    whole = " ".join("".join(cell.itertext()) for cell in element) if element.tag == "row" else _words(element)
    lines = [normal.line(part) for part in whole.split("\0")]
    size = sum(map(len, lines)) or 1
    yield from (Block(line, heading, min(1.0, linked / size)) for line in lines if line)


def _words(element: _Element) -> str:
    """All text within ``element``, with NUL for each break of the line (no parsed page holds one)."""
    inner = "".join(("\0" if child.tag == "lb" else _words(child)) + (child.tail or "") for child in element)
    edge = "\0" if element.tag in ("item", "p", "head", "cell") else ""
    return edge + (element.text or "") + inner + edge


def _own(tree: HtmlElement) -> list[Block]:
    """The blocks of the element that holds most of the page's prose."""
    words: Counter[HtmlElement] = Counter()
    near: Counter[HtmlElement] = Counter()
    for p in tree.iter("p"):
        count = len(p.text_content().split())
        if count >= _SHORTEST and not _set_aside(p) and _linked_words(p) * 2 < count:
            for distance, above in enumerate(p.iterancestors()):
                words[above] += count
                near[above] += count if distance < 2 else 0
    root = max(near, key=lambda e: near[e]) if near else next(tree.iter("body"), tree)
    for above in root.iterancestors():  # a body in several containers, with advertisements between them
        if words[above] > _CLIMB * words[root]:
            root = above
    return list(_walk(root))


def _linked_words(p: HtmlElement) -> int:
    return sum(len(a.text_content().split()) for a in p.iter("a"))


def _set_aside(element: HtmlElement) -> bool:
    return any(e.tag == "a" or _skipped(e) for e in [element, *element.iterancestors()])


def _skipped(element: HtmlElement) -> bool:
    if not isinstance(element.tag, str) or element.tag in _SKIPPED:
        return True
    return element.tag not in ("body", "html", "article", "main") and bool(_ASIDE.search(_named(element)))


def _unseen(element: HtmlElement) -> bool:
    return not isinstance(element.tag, str) or element.tag in ("script", "style", "template", "svg")


def _named(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def _walk(root: HtmlElement, everything: bool = False) -> Iterator[Block]:
    """Blocks in the order of the page: text is gathered until an element begins or ends a block."""
    pieces: list[str] = []
    links = 0

    def gathered(element: HtmlElement, event: str) -> Iterator[Block]:
        nonlocal links
        words = normal.line("".join(pieces))
        pieces.clear()
        share, links = min(1.0, links / (len(words) or 1)), 0
        if words:
            yield Block(words, event == "end" and element.tag in _HEADS, share, hash(element.getparent()))

    for event, element in _events(root, everything):
        if element.tag in _BLOCKS or element.tag == "br":
            yield from gathered(element, event)
        if event == "start" and element.text:
            pieces.append(element.text)
        if event == "end" and element.tag == "a":
            links += len(normal.line(element.text_content()))
        if event == "end" and element is not root and element.tail:
            pieces.append(element.tail)
    yield from gathered(root, "end")


def _events(root: HtmlElement, everything: bool) -> Iterator[tuple[str, HtmlElement]]:
    """Start and end of each element under ``root`` that is not set aside (of those only the end, for what follows them)."""
    stack: list[tuple[HtmlElement, bool]] = [(root, False)]
    while stack:
        element, done = stack.pop()
        skipped = _unseen(element) if everything else _skipped(element)
        if done or (element is not root and skipped):
            yield "end", element
            continue
        yield "start", element
        stack.append((element, True))
        stack.extend((child, False) for child in reversed(element))


def _from_body(text: str) -> list[Block]:
    plain = re.sub(r"<[^<>]{1,200}>", "\n", entities.unescape(text))
    return [Block(p) for p in normal.paragraphs(plain)]


def _words_in(blocks: list[Block]) -> int:
    return sum(len(b.text.split()) for b in blocks)


def _prose(blocks: list[Block]) -> int:
    """How many words stand in sentences outside links: few in menus and lists of stories."""
    return _words_in([b for b in blocks if b.linked < 0.3 and len(b.text.split()) >= 12])


def _covers(found: list[Block], other: list[Block]) -> float:
    """Which share of the prose words of ``other`` stands in ``found``, by whole paragraphs; 1 where ``other`` has no prose."""
    have = _Told([b.text for b in found])
    prose = [_key(b.text) for b in other if len(b.text.split()) >= 12 and b.linked < _HALF]
    total = sum(map(len, prose))
    return sum(len(p) for p in prose if p[:_BEGINNING] in have) / total if total else 1.0


def _with_dropped(chosen: list[Block], own: list[Block]) -> list[Block]:
    """``chosen`` with the paragraphs put back that stand in the page among its own, and are prose."""
    have = {_key(b.text): n for n, b in enumerate(chosen)}
    keys = [_key(b.text) for b in own]
    places = [n for n, key in enumerate(keys) if key in have]
    if len(places) < 2:
        return chosen
    everything = _Told([b.text for b in chosen])
    containers = {own[n].within for n in places}
    out: list[tuple[float, Block]] = [(n, b) for n, b in enumerate(chosen)]
    last = have[keys[places[0]]] - 0.5
    for n, block in enumerate(own[: places[-1] + 1]):
        if keys[n] in have:
            last = have[keys[n]] + 0.5
        elif block.within in containers and _is_dropped_prose(block) and keys[n][:_BEGINNING] not in everything:
            out.append((last, block))
    return [block for _, block in sorted(out, key=lambda pair: pair[0])]


def _with_lead(chosen: list[Block], tree: HtmlElement) -> list[Block]:
    """``chosen`` with the report's lead before it, where the page keeps that outside the body and it is not told again there."""
    everything = _Told([b.text for b in chosen])
    for element in tree.iter("p", "div", "h2"):
        if (
            _LEAD.search(element.get("class") or "")
            and next(element.iter("p", "div", "li"), None) in (None, element)
            and not _set_aside(element)
        ):
            block = Block(normal.line(element.text_content()))
            words = len(block.text.split())
            if (
                12 <= words <= 80
                and _is_dropped_prose(block)
                and _linked_words(element) * 2 < words
                and _key(block.text)[:_BEGINNING] not in everything
            ):
                return [block, *chosen]
    return chosen


def _is_dropped_prose(block: Block) -> bool:
    """A paragraph worth putting back: a sentence that is no link and no furniture."""
    long = len(block.text.split()) >= _SHORTEST
    return long and bool(_SENTENCE_END.search(block.text)) and block.linked < _HALF and not furniture.is_line(block.text)


def _without_comments(blocks: list[Block], page: list[str]) -> list[Block]:
    """Without what stands only after the heading of the readers' comments, which trafilatura drops while it may keep a comment.

    A heading with most of the report after it is none: it is a link at the top of the page.
    """
    first: dict[str, int] = {}
    for n, line in enumerate(page):
        first.setdefault(_key(line), n)
    places = [first.get(_key(b.text), -1) for b in blocks]
    late = [0] * (len(page) + 1)  # words of blocks that stand at a line of the page or after it
    for block, place in zip(blocks, places, strict=True):
        late[max(0, place)] += _words_in([block]) if place >= 0 else 0
    late = list(accumulate(reversed(late)))[::-1]
    whole = _words_in(blocks)
    for n in furniture.tails(page):
        early = whole - late[n]
        if early >= 20 and late[n] <= max(60, early // 3):
            return [b for b, place in zip(blocks, places, strict=True) if place < n]
    return blocks


def _without_links(blocks: list[Block]) -> list[Block]:
    """Without the paragraphs that are nothing but links to other pages, where most of the report is not."""
    if sum(len(b.text) * b.linked for b in blocks) > 0.3 * sum(len(b.text) for b in blocks):
        return blocks
    return [b for b in blocks if b.linked <= 0.9]


def _titles(tree: HtmlElement, known: Metadata) -> list[str]:
    heads = [*tree.iter("h1"), *tree.iter("title")]
    return [t for t in [known.title, *(normal.line(h.text_content()) for h in heads)] if t]


def _without_title(blocks: list[Block], titles: list[str]) -> list[Block]:
    """Without the headline where the body begins with it."""
    for n, block in enumerate(blocks[:4]):
        if len(blocks) > 1 and (block.heading or n == 0) and any(_same_title(block.text, t) for t in titles):
            return blocks[:n] + blocks[n + 1 :]
    return blocks


def _same_title(line: str, title: str) -> bool:
    a, b = _key(line), _key(title)
    return a == b or (min(len(a), len(b)) > 20 and (a.startswith(b) or b.startswith(a)) and abs(len(a) - len(b)) < 30)


def _key(text: str) -> str:
    """Letters and digits alone, for telling whether two paragraphs are the same."""
    return re.sub(r"[\W_]+", "", text).lower()


class _Told:
    """Which paragraphs are told somewhere in a report: any stretch of its letters, or only their beginnings where it is very long."""

    def __init__(self, report: list[str]) -> None:
        keys = [_key(text) for text in report]
        self._letters = "".join(keys) if sum(map(len, keys)) <= _USUAL else None
        self._beginnings = frozenset(key[:_BEGINNING] for key in keys)

    def __contains__(self, key: str) -> bool:
        return key in self._letters if self._letters is not None else key[:_BEGINNING] in self._beginnings
