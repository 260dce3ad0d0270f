"""Running heads, running feet and page numbers: what stands at the edge of page after page and belongs to none of them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from according.intake import pdf_columns
from according.intake.pdf_columns import Line

_DEEP = 5  # rows at either edge of a page that may be running ones
_GAP = 1.4  # of a line's height: nearer rows belong to the page's text
_SAME_PLACE = 8.0  # points
_FEW = 4  # pages: in so few, what stands on two of them is a running head already
_NUMBER = re.compile(r"(?:page\s*|p\.?\s*)?[-–—|]?\s*(?P<n>\d{1,4})\s*[-–—|]?(?:\s*(?:of|/)\s*\d{1,4})?", re.IGNORECASE)
_TOLD_NUMBER = re.compile(r"page\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?|\d{1,4}\s*(?:of|/)\s*\d{1,4}", re.IGNORECASE)
_ROMAN = re.compile(r"[ivxl]{1,7}")


def without(pages: Sequence[list[Line]]) -> list[list[Line]]:
    """The pages' lines without the running ones, which are taken off from the edges inwards."""
    edges = [(_edge(page), _edge(page, top=False)) for page in pages]
    running = [_running([edge[n] for edge in edges]) for n in (0, 1)]
    return [
        _left(page, [_peeled(edge, known, number) for edge, known in zip(both, running, strict=True)])
        for number, (page, both) in enumerate(zip(pages, edges, strict=True), 1)
    ]


def _edge(page: Sequence[Line], top: bool = True) -> list[Line]:
    """Up to five rows, the outermost one first."""
    found = pdf_columns.rows(page)
    return found[:_DEEP] if top else found[::-1][:_DEEP]


def _key(text: str, number: int) -> str:
    """``text`` without its numbers; where it is numbers only, without that of the page, as rows of figures are no running heads."""
    bare = re.sub(r"\d+", "#", text.casefold())
    return bare if bare == "#" or re.search(r"[^\W\d_]", bare) else re.sub(rf"\b{number}\b", "#", text, count=1)


def _running(edges: Sequence[list[Line]]) -> dict[str, list[float]]:
    """Words that recur at one height of different pages, digits aside, with these heights."""
    heights: defaultdict[str, list[float]] = defaultdict(list)
    for number, edge in enumerate(edges, 1):
        for key, y in {_key(row.text, number): row.y for row in edge}.items():
            heights[key].append(y)
    least = 2 if len(edges) <= _FEW else 3
    found: dict[str, list[float]] = {}
    for key, ys in heights.items():
        places = Counter(round(y / _SAME_PLACE) for y in ys)
        kept = [y for y in ys if sum(places[round(y / _SAME_PLACE) + step] for step in (-1, 0, 1)) >= least]
        if kept:
            found[key] = kept
    return found


def _peeled(edge: Sequence[Line], running: dict[str, list[float]], number: int) -> list[float]:
    """Baselines of the rows that go, from the edge to the last running one before the gap that parts them from the page's text."""
    runs = [
        any(abs(row.y - y) <= _SAME_PLACE for y in running.get(_key(row.text, number), ())) or _is_number(row.text, number) for row in edge
    ]
    count = runs.index(False) if False in runs else len(runs)
    while 0 < count < len(edge) and abs(edge[count].y - edge[count - 1].y) < _GAP * edge[count].size:
        count -= 1
    return [row.y for row in edge[:count]]


def _is_number(text: str, number: int) -> bool:
    match = _NUMBER.fullmatch(text)
    return bool(_TOLD_NUMBER.fullmatch(text) or _ROMAN.fullmatch(text) or (match and int(match["n"]) == number))


def _left(page: list[Line], gone: list[list[float]]) -> list[Line]:
    heights = [y for ys in gone for y in ys]
    return [line for line in page if not any(abs(line.y - y) <= 0.3 * line.size for y in heights)]
