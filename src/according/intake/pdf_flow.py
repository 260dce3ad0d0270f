"""Lines into paragraphs: what the page broke is joined, within a column, from one to the next, and over the end of a page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median_low

from according.intake.pdf_columns import Line
from according.intake.pdf_words import HYPHEN

_BULLET = re.compile(r"(?:[•·*»–—-]|o(?= [A-Z]))\s+")
_NUMBERED = re.compile(r"\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]\s+(?=\S)")
_ENDED = re.compile(r"""[.!?…:;]["'”’»)\]]*$""")
_GOES_ON = re.compile(r"[a-z(&%]")
_SIZES = 0.12  # a line that differs by so much of its height is of another kind
_LEADING = 1.15  # of a line's height: the distance between lines where a block has too few to tell
_GAP = 1.2  # of the usual distance: paragraphs stand apart by more
_WIDE_GAP = 1.7  # of it: no sentence runs on over so much
_INDENT = 0.7  # of a line's height
_CELL_GAP = 1.5
_STUB = 0.35  # of its block's width: a shorter line stands for itself
_BLANK = 0.25
_NOTES = 0.93  # of the body's height: smaller type is a footnote or a caption
_AROUND = 4  # lines before and after one that tell how far lines reach there
_HYPHENS = ("-", HYPHEN)
_HEAD = re.compile(r"[^\W\d_]*$")
_LONGEST = 40  # letters of a word
_MOST_CELLS = 40
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_HEADS = frozenset("self anti cross non counter".split())  # with a hyphen after them they make compounds


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines in reading order, their usual distance in heights of a line, and how far they reach; ``body`` is the document's height."""

    lines: list[Line]
    leading: float
    left: float
    right: float
    body: float


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Its text in pieces ``(page, words)``, several where it runs over the end of a page, and what tells whether it runs on."""

    pieces: tuple[tuple[int, str], ...]
    block: int
    size: float
    opening: float  # width of its first word
    room: float  # left in its last line
    opens: bool = False  # with a bullet, with a number, or as the row of a table

    @property
    def text(self) -> str:
        return "".join(words for _, words in self.pieces)


def paragraphs(pages: Sequence[Sequence[list[Line]]]) -> list[Paragraph]:
    """The paragraphs of all pages, each page given as its blocks of lines in reading order."""
    known = _vocabulary(pages)
    body = _body_size(pages)
    found: list[Paragraph] = []
    number = 0
    for page, blocks in enumerate(pages):
        for lines in blocks:
            number += 1
            block = _Block(lines, _leading(lines), min(line.x0 for line in lines), max(line.x1 for line in lines), body)
            found += [_paragraph(group, page, number, block, known) for group in _groups(block)]
    return [_written(paragraph) for paragraph in _run_on([p for p in found if p.text], body, known)]


def _vocabulary(pages: Sequence[Sequence[list[Line]]]) -> Counter[str]:
    """The document's words in small letters, whole ones only."""
    found: Counter[str] = Counter()
    for blocks in pages:
        for lines in blocks:
            for before, line in pairwise(["", *(line.text for line in lines)]):
                whole = line.rpartition(" ")[0] if line.endswith(_HYPHENS) else line
                found.update(_WORD.findall((whole.partition(" ")[2] if before.endswith(_HYPHENS) else whole).lower()))
    return found


def _body_size(pages: Sequence[Sequence[list[Line]]]) -> float:
    """The height of the lines that most of the text is set in."""
    sizes: Counter[float] = Counter()
    for blocks in pages:
        for lines in blocks:
            for line in lines:
                sizes[round(line.size, 1)] += len(line.text)
    return max(sizes, key=lambda size: sizes[size], default=0.0)


def _groups(block: _Block) -> Iterator[list[Line]]:
    """The lines of one block by paragraphs."""
    group: list[Line] = []
    for n, line in enumerate(block.lines):
        if group and not _continues(group, block, n):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _leading(lines: list[Line]) -> float:
    """The usual distance of baselines, in heights of a line."""
    steps = [(a.y - b.y) / a.size for a, b in pairwise(lines) if _alike(a.size, b.size) and 0 < a.y - b.y < 2 * a.size]
    return median_low(steps) if len(steps) > 2 else _LEADING


def _continues(group: list[Line], block: _Block, n: int) -> bool:
    """Whether the block's ``n``-th line goes on with the paragraph of the lines before it."""
    last, line = group[-1], block.lines[n]
    if not _alike(last.size, line.size) or _BULLET.match(line.text):
        return False
    gap = (last.y - line.y) / (block.leading * line.size)
    if _has_cells(group[0]):
        return gap <= _GAP and _wraps(group, line, block.right)
    ended = bool(_ENDED.search(last.text))
    runs_on = not ended and bool(_GOES_ON.match(line.text) or last.text.endswith(_HYPHENS))
    if gap > (_WIDE_GAP if runs_on else _GAP) or _is_row(block.lines, n):
        return False
    fits = _edge(block.lines, n - 1) - last.x1 > line.opening + _BLANK * line.size
    if _NUMBERED.match(line.text) and (ended or fits):
        return False
    if runs_on or last.size > (1 + _SIZES) * block.body:  # a heading is set in lines of any length
        return not ended
    is_stub = last.x1 - last.x0 < _STUB * (block.right - block.left)
    return not fits and not is_stub and (_is_flush(group, line) or (not ended and _is_centred(last, line)))


def _is_flush(group: list[Line], line: Line) -> bool:
    """Whether ``line`` begins where the paragraph's lines do, so that no indent sets it apart."""
    if len(group) > 1:
        return abs(line.x0 - group[1].x0) <= _INDENT * line.size
    indent = line.x0 - group[0].x0
    return indent <= _INDENT * line.size or _opens(group[0]) or not _ENDED.search(group[0].text)


def _is_centred(a: Line, b: Line) -> bool:
    return abs(a.x0 + a.x1 - b.x0 - b.x1) < 4 and abs(a.x0 - b.x0) > a.size


def _edge(lines: list[Line], n: int) -> float:
    """How far to the right lines of this kind reach here."""
    near = lines[max(n - _AROUND, 0) : n + _AROUND + 1]
    return max(line.x1 for line in near if _alike(line.size, lines[n].size))


def _is_row(lines: list[Line], n: int) -> bool:
    """Whether the ``n``-th line is the row of a table: of three cells, or of two and next to another one."""
    if not _has_cells(lines[n]):
        return False
    beside = [lines[m] for m in (n - 1, n + 1) if 0 <= m < len(lines)]
    return len(lines[n].cells) > 2 or any(_has_cells(line) for line in beside)


def _has_cells(line: Line) -> bool:
    return len(line.cells) <= _MOST_CELLS and line.gap > _CELL_GAP * line.size


def _wraps(group: list[Line], line: Line, edge: float) -> bool:
    """Whether ``line`` holds what had no room left in cells of the row that the group began with."""
    row = group[0].cells
    return len(line.cells) < len(row) and all(_full(group, piece, edge) for piece in line.cells or (line,))


def _full(group: list[Line], piece: Line, edge: float) -> bool:
    at = _cell(group[0].cells, piece)
    if at is None:
        return False
    row = group[0].cells
    last = [part for line in group for part in line.cells or (line,) if _cell(row, part) == at][-1]
    end = row[at + 1].x0 if at + 1 < len(row) else edge
    return last.x1 + piece.opening + (_BLANK if at + 1 == len(row) else _CELL_GAP) * piece.size > end


def _cell(row: tuple[Line, ...], piece: Line) -> int | None:
    """Which cell of ``row`` stands above ``piece``."""
    return next((n for n, cell in enumerate(row) if abs(cell.x0 - piece.x0) < _INDENT * piece.size), None)


def _alike(one: float, other: float) -> bool:
    return abs(one - other) <= _SIZES * max(one, other)


def _opens(line: Line) -> bool:
    return bool(_BULLET.match(line.text) or _NUMBERED.match(line.text))


def _paragraph(group: list[Line], page: int, number: int, block: _Block, known: Counter[str]) -> Paragraph:
    first = group[0]
    text = _cells_text(group, known) if _has_cells(first) else _text(group, known)
    text = _BULLET.sub("", text, count=1).strip("•")
    return Paragraph(((page, text),), number, first.size, first.opening, block.right - group[-1].x1, _opens(first) or _has_cells(first))


def _text(lines: Sequence[Line], known: Counter[str]) -> str:
    parts = [lines[0].text]
    for line in lines[1:]:
        parts[-1:] = _seam(parts[-1], line.text, known)
    return "".join(parts)


def _cells_text(group: list[Line], known: Counter[str]) -> str:
    """A row of a table cell by cell, each with what had no room in its first line."""
    row = group[0].cells
    parts = [part for line in group for part in line.cells or (line,)]
    cells = [[part for part in parts if part is cell or _cell(row, part) == n] for n, cell in enumerate(row)]
    return " ".join(_text(cell, known) for cell in cells)


def _written(paragraph: Paragraph) -> Paragraph:
    return replace(paragraph, pieces=tuple((page, words.replace(HYPHEN, "-")) for page, words in paragraph.pieces))


def _seam(before: str, after: str, known: Counter[str]) -> tuple[str, str]:
    """Two pieces of one paragraph, the first one ended as it must be for both to be written together."""
    if not before.endswith(_HYPHENS):
        return (before if re.search(r"\S[–—/]$", before[-2:]) else f"{before} "), after
    head = _HEAD.search(before[-1 - _LONGEST : -1])
    if not head or not (head[0] or before[-2:-1].isdigit()):
        return f"{before[:-1]}- ", after
    tail = _WORD.match(after)
    if after[:1].islower() and tail and not _is_compound(head[0], tail[0][:_LONGEST], known):
        return before[:-1], after
    return f"{before[:-1]}-", after


def _is_compound(head: str, tail: str, known: Counter[str]) -> bool:
    """Whether the hyphen between two parts of a word belongs to it: as the document writes it elsewhere, else by its parts."""
    whole, compound = known[f"{head}{tail}".lower()], known[f"{head}-{tail}".lower()]
    if whole or compound:
        return compound > whole
    return not _is_word(head + tail) and _is_word(tail) and (head in _HEADS or _is_word(head) or head.istitle())


def _is_word(letters: str) -> bool:
    import lemminflect  # here, as it loads spaCy, which most texts do not need

    return len(letters) > 2 and bool(lemminflect.getAllLemmas(letters.lower()))


def _run_on(found: list[Paragraph], body: float, known: Counter[str]) -> Iterator[Paragraph]:
    """Paragraphs with those joined that a column or page broke. Notes between the parts come before the whole, or after it."""
    held: Paragraph | None = None
    notes: list[Paragraph] = []
    for paragraph in found:
        if held and paragraph.size < _NOTES * body:
            notes.append(paragraph)
            continue
        if held and _is_broken(held, paragraph):
            page = held.pieces[-1][0]
            yield from (note for note in notes if note.pieces[0][0] <= page)
            notes = [note for note in notes if note.pieces[0][0] > page]
            held = _joined(held, paragraph, known)
            continue
        if held:
            yield held
        yield from notes
        held, notes = paragraph, []
    if held:
        yield held
    yield from notes


def _is_broken(before: Paragraph, after: Paragraph) -> bool:
    """Whether ``after`` is the rest of ``before``, which stands at the foot of another column or page."""
    if before.block == after.block or not _alike(before.size, after.size) or after.opens or _ENDED.search(before.pieces[-1][1]):
        return False
    return bool(_GOES_ON.match(after.text)) or before.room < after.opening + _BLANK * after.size


def _joined(before: Paragraph, after: Paragraph, known: Counter[str]) -> Paragraph:
    *settled, (page, words) = before.pieces
    first, second = _seam(words, after.text, known)
    (other, _), *_rest = after.pieces
    pieces = [*settled, (page, first + second)] if page == other else [*settled, (page, first), (other, second)]
    return Paragraph(tuple(pieces), after.block, before.size, before.opening, after.room, before.opens)
