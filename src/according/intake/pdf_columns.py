"""Lines of a PDF's page in the order in which they are read: down each column, across the rows of a table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import mean
from typing import TypeVar

from according.intake.pdf_words import HYPHEN, Word

_APART = 0.9  # of a line's height: a wider gap parts columns or cells
_AFTER_MARK = 4.0  # of it, where the line opens with a bullet or number
_MARK = re.compile(r"[•·*»–—-]|o|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]")
_SAME_LINE = 0.3
_NO_GAP = 0.1
_HYPHENS = ("-", HYPHEN)
_NARROWEST = 90.0  # points: less holds no two columns
_PROSE = 3.2  # words in a line of a column, on average
_LEVEL = 0.05  # of a line's height: the cells of a row differ by less
_ALIGNED = 0.5  # share of lines that have another beside them on the same baseline
_DEEPEST = 6  # columns within columns
_HEADING = 1.08  # times the height of the lines under it
_STEP = 2.0  # points
_MOST_PIECES = 3000  # a page with more has no order that could be told
_MOST_GUTTERS = 12


@dataclass(frozen=True, slots=True)
class Line:
    """Words that stand on one baseline without a wide gap, or all cells of a row."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    opening: float  # width of its first word
    cells: tuple[Line, ...] = ()  # of a row

    @property
    def gap(self) -> float:
        """The widest one between its cells."""
        return max((b.x0 - a.x1 for a, b in pairwise(self.cells)), default=0.0)

    @property
    def words(self) -> int:
        return self.text.count(" ") + 1


_Placed = TypeVar("_Placed", Word, Line)


def lines(words: Iterable[Word]) -> list[Line]:
    """The lines that ``words`` make, one across two columns in two pieces; from the top down, then from left to right."""
    found: list[Line] = []
    for row in _on_one_line(words):
        piece = [row[0]]
        for word in row[1:]:
            apart = _AFTER_MARK if len(piece) == 1 and _MARK.fullmatch(piece[0].text) else _APART
            if word.x0 - max(w.x1 for w in piece[-3:]) > apart * max(word.size, piece[-1].size):
                found.append(_line(piece))
                piece = []
            piece.append(word)
        found.append(_line(piece))
    return found


def rows(pieces: Iterable[Line]) -> list[Line]:
    """The pieces that stand on one baseline as one line each, from the top down."""
    return [_row(cells) for cells in _on_one_line(pieces)]


def ordered(pieces: Sequence[Line], depth: int = 0) -> list[list[Line]]:
    """Blocks of lines in reading order: a column, or what stands between two bands of columns."""
    gutter = _gutter(pieces) if depth < _DEEPEST else None
    if gutter is None:
        return [rows(pieces)] if pieces else []
    blocks: list[list[Line]] = []
    for is_columns, group in groupby(_bands(pieces, gutter), key=lambda band: _is_columns(band, gutter)):
        if not is_columns:
            blocks.append(rows(line for band in group for line in band))
            continue
        for band in group:
            blocks += ordered([line for line in band if _middle(line) < gutter], depth + 1)
            blocks += ordered([line for line in band if _middle(line) >= gutter], depth + 1)
    return blocks


def _on_one_line(things: Iterable[_Placed]) -> list[list[_Placed]]:
    found: list[list[_Placed]] = []
    for thing in sorted(things, key=lambda t: (-t.y, t.x0)):
        if found and found[-1][0].y - thing.y <= _SAME_LINE * min(thing.size, found[-1][0].size):
            found[-1].append(thing)
        else:
            found.append([thing])
    return [sorted(row, key=lambda t: t.x0) for row in found]


def _line(words: list[Word]) -> Line:
    sizes: Counter[float] = Counter()
    for word in words:
        sizes[round(word.size, 1)] += len(word.text)
    size = max(sizes, key=lambda s: (sizes[s], s))
    usual = next(word for word in words if round(word.size, 1) == size)
    text = words[0].text + "".join(("" if _is_split(a, b) else " ") + b.text for a, b in pairwise(words))
    return Line(text, words[0].x0, max(w.x1 for w in words), usual.y, size, words[0].x1 - words[0].x0)


def _is_split(a: Word, b: Word) -> bool:
    """Whether two words are one: the library parts some at their hyphen."""
    return (a.text.endswith(_HYPHENS) or b.text.startswith(_HYPHENS)) and b.x0 - a.x1 < _NO_GAP * a.size


def _row(cells: list[Line]) -> Line:
    if len(cells) == 1:
        return cells[0]
    widest = max(cells, key=lambda cell: len(cell.text))
    text = " ".join(cell.text for cell in cells)
    return Line(text, cells[0].x0, max(c.x1 for c in cells), widest.y, widest.size, cells[0].opening, tuple(cells))


def _middle(line: Line) -> float:
    return (line.x0 + line.x1) / 2


def _gutter(pieces: Sequence[Line]) -> float | None:
    """Where most lines stand wholly to the left or to the right, in columns; ``None`` where there are none."""
    if not 4 <= len(pieces) <= _MOST_PIECES:
        return None
    left, right = min(line.x0 for line in pieces), max(line.x1 for line in pieces)
    if right - left < _NARROWEST:
        return None
    scored = [(_in_columns(pieces, x), -abs(x - (left + right) / 2), x) for x in _valleys(pieces, left, right)]
    best = max(scored, default=(0, 0.0, 0.0))
    return best[2] if best[0] else None


def _in_columns(pieces: Sequence[Line], gutter: float) -> int:
    return sum(len(band) for band in _bands(pieces, gutter) if _is_columns(band, gutter))


def _valleys(pieces: Sequence[Line], left: float, right: float) -> list[float]:
    """Places that fewer lines cross than those beside them, the least crossed ones first."""
    steps = int((right - left) / _STEP) + 2
    change = [0] * (steps + 1)
    for line in pieces:
        change[int((line.x0 - left) / _STEP)] += 1
        change[int((line.x1 - left) / _STEP) + 1] -= 1
    crossed, total = [], 0
    for step in change:
        total += step
        crossed.append(total)
    found, at = [], 0
    for count, group in groupby(crossed[:steps]):
        length = len(list(group))
        lower = at > 0 and at + length < steps and count < crossed[at - 1] and count < crossed[at + length]
        if lower:
            found.append((count, left + (at + length / 2) * _STEP))
        at += length
    return [x for _, x in sorted(found)[:_MOST_GUTTERS]]


def _bands(pieces: Sequence[Line], gutter: float) -> list[list[Line]]:
    """Lines from the top down, parted wherever one crosses the gutter. A heading goes with the lines that it stands over."""
    inorder = sorted(pieces, key=lambda line: (-line.y, line.x0))
    bands = [list(group) for _, group in groupby(inorder, key=lambda line: line.x0 < gutter - 1 and line.x1 > gutter + 1)]
    for band, below in pairwise(bands):
        if len(band) > 1 and band[-1].size > _HEADING * below[0].size:
            below.insert(0, band.pop())
    return bands


def _is_columns(band: Sequence[Line], gutter: float) -> bool:
    """Whether columns of text stand to both sides, not the cells of a table."""
    left = [line for line in band if line.x1 <= gutter + 1]
    right = [line for line in band if line.x0 >= gutter - 1]
    if len(left) + len(right) < len(band) or min(len(left), len(right)) < 2:
        return False
    if all(mean(line.words for line in side) >= _PROSE for side in (left, right)):
        return True
    few, many = sorted((left, right), key=len)
    aligned = sum(any(abs(a.y - b.y) < _LEVEL * b.size for b in many) for a in few)
    return len(few) >= 3 and aligned < _ALIGNED * len(few) and any(mean(w.words for w in side) >= _PROSE for side in (left, right))
