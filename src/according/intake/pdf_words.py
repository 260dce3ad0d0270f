"""The words of a PDF's page where they stand on it.

Lengths are in points (1/72 inch), ``y`` grows upwards, and the page is turned so that most of its words stand upright.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pypdfium2 as pdfium
from pypdfium2 import raw as api

from according.intake import normal

HYPHEN = "\u2010"  # ends a word that may be broken at the end of its line
_LINE_HYPHENS = frozenset((0x02, 0xAD))  # as which the library gives it
_BLANKS = frozenset((*range(1, 0x21), *range(0x7F, 0xA1), *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000)) - _LINE_HYPHENS
_BULLETS = "▪■□●○◦‣►▶➢➤✓✔❖♦\uf0b7\uf0a7\uf0d8\uf076\uf0fc\uf06e\uf02d"  # the last ones are those of symbol fonts
_LIGATURES = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st"}
_DIRECTIONS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"  # on a page every letter has its own place
_FOLDED = str.maketrans({**_LIGATURES, **dict.fromkeys(_BULLETS, "•"), **dict.fromkeys(_DIRECTIONS, "")})
_NO_LETTER = re.compile("[\0\ue000-\uf8ff\ufdd0-\ufdef\ufffd-\uffff\ud800-\udfff\U000f0000-\U0010ffff]")
_NOTE = re.compile(r"[\d*†‡,⁰¹²³⁴-⁹]+")  # what refers to a footnote, where it is raised
_RAISED_DIGITS = re.compile(r"(?<=[^\W\d_].)[⁰¹²³⁴-⁹]+|(?<=[.,;:”\"’)])[⁰¹²³⁴-⁹]+")
_MEASURE = re.compile(r"[kcm]?m[.,;)]?")  # a raised digit after it is no footnote's
_SUPERSCRIPT = str.maketrans("23", "²³")
_RAISED = 0.15  # of the height of the letters beside it
_SMALLER = 0.85
_NEAR = 0.4
_UPRIGHT = 0.1  # radians that a word may be off


@dataclass(frozen=True, slots=True)
class Word:
    """A run of letters. ``size`` is from the font's lowest to its highest point, ``turn`` in quarters against the clock."""

    text: str
    x0: float
    x1: float
    y: float  # of its baseline
    size: float
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Words:
    """What a page holds: its upright words, how many more stand sideways or aslant, how many characters stand for no known letter."""

    upright: tuple[Word, ...]
    aside: int
    unreadable: int
    characters: int


@dataclass(frozen=True, slots=True)
class _Box:
    """A letter's place: where it begins on its baseline, and its font's lowest and highest point there."""

    x: float
    y: float
    left: float
    bottom: float
    right: float
    top: float

    def turned(self, quarters: int) -> _Box:
        """As it stands when the page is turned back by so many quarters."""
        if quarters == 1:
            return _Box(self.y, -self.x, self.bottom, -self.right, self.top, -self.left)
        if quarters == 2:
            return _Box(-self.x, -self.y, -self.right, -self.top, -self.left, -self.bottom)
        if quarters == 3:
            return _Box(-self.y, self.x, -self.top, self.left, -self.bottom, self.right)
        return self

    @property
    def size(self) -> float:
        return self.top - self.bottom


def of(page: pdfium.PdfTextPage, most: int) -> Words:
    """The words of a page in the order of its file. Raises ``OverflowError`` where it has more than ``most`` characters."""
    count = page.count_chars()
    if count > most:
        raise OverflowError(count)
    found: list[Word] = []
    unreadable = aslant = 0
    for letters, first in _runs(page.raw, count):
        unreadable += 0 if letters.isascii() and letters.isprintable() else len(_NO_LETTER.findall(letters.translate(_FOLDED)))
        turn = _turn(page.raw, first)
        if turn is None:
            aslant += 1
        elif word := _word(page.raw, letters, first, turn):
            found.append(word)
    turns = Counter(word.turn for word in found)
    usual = max(turns, key=lambda turn: (turns[turn], -turn)) if turns else 0
    upright = [word for word in found if word.turn == usual]
    return Words(tuple(_without_notes(upright)), aslant + len(found) - len(upright), unreadable, count)


def _runs(page: object, count: int) -> Iterator[tuple[str, int]]:
    """Letters between blanks, each run with the index of its first one."""
    letter = api.FPDFText_GetUnicode
    run: list[str] = []
    for at in range(count):
        code = letter(page, at)
        if code in _LINE_HYPHENS:  # the library gives no blank after it
            yield "".join(run) + HYPHEN, at - len(run)
            run = []
        elif code not in _BLANKS:
            run.append(chr(code))
        elif run:
            yield "".join(run), at - len(run)
            run = []
    if run:
        yield "".join(run), count - len(run)


def _turn(page: object, at: int) -> int | None:
    quarters = -api.FPDFText_GetCharAngle(page, at) / (math.pi / 2)
    return round(quarters) % 4 if abs(quarters - round(quarters)) * math.pi / 2 <= _UPRIGHT else None


def _word(page: object, letters: str, first: int, turn: int) -> Word | None:
    last = first + len(letters) - 1
    marked = _NOTE.search(letters)
    boxes = [_box(page, at, turn) for at in (range(first, last + 1) if marked else sorted({first, last}))]
    if marked:
        boxes = [_inked(page, at, turn, box) if letters[at - first].isdigit() else box for at, box in enumerate(boxes, first)]
    if marked and not _NOTE.fullmatch(letters):
        letters = _without_raised(letters, boxes)
    text = letters if letters.isascii() and letters.isprintable() else _readable(letters)
    base = max(boxes, key=lambda box: box.size)
    return Word(text, boxes[0].left, boxes[-1].right, base.y, base.size, turn) if text else None


def _readable(letters: str) -> str:
    """``letters`` without what nobody sees or can read; ligatures as letters, all bullets as one sign."""
    return _RAISED_DIGITS.sub("", normal.line(_NO_LETTER.sub("", letters.translate(_FOLDED))))


def _box(page: object, at: int, turn: int) -> _Box:
    area, x, y = api.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    api.FPDFText_GetLooseCharBox(page, at, area)
    api.FPDFText_GetCharOrigin(page, at, x, y)
    return _Box(x.value, y.value, area.left, area.bottom, area.right, area.top).turned(turn)


def _inked(page: object, at: int, turn: int, box: _Box) -> _Box:
    """``box``, or that of the digit's ink where it is drawn above its baseline, as some fonts draw raised digits."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    api.FPDFText_GetCharBox(page, at, left, right, bottom, top)
    ink = _Box(box.x, box.y, left.value, bottom.value, right.value, top.value).turned(turn)
    raised = ink.bottom - box.y > _RAISED * box.size
    return replace(box, y=ink.bottom, bottom=ink.bottom, top=ink.top) if raised else box


def _without_raised(letters: str, boxes: list[_Box]) -> str:
    """``letters`` of one run without the digits and marks that stand raised and small among them."""
    base = max(boxes, key=lambda box: box.size)
    kept = [
        letter
        for n, (letter, box) in enumerate(zip(letters, boxes, strict=True))
        if not (
            _NOTE.fullmatch(letter) and _is_raised(box.y, box.size, base.y, base.size) and not (n <= 3 and _MEASURE.fullmatch(letters[:n]))
        )
    ]
    return "".join(kept)


def _is_raised(y: float, size: float, line_y: float, line_size: float) -> bool:
    return size < _SMALLER * line_size and line_y + _RAISED * line_size < y < line_y + line_size


def _without_notes(words: list[Word]) -> list[Word]:
    """``words`` without the raised digits that stand alone after a word or before one; those of a measure are joined to it."""
    kept: list[Word] = []
    for n, word in enumerate(words):
        beside = words[max(n - 1, 0) : n] + words[n + 1 : n + 2]
        if not (_NOTE.fullmatch(word.text) and any(_is_note(word, other) for other in beside)):
            kept.append(word)
        elif kept and _MEASURE.fullmatch(kept[-1].text):
            kept[-1] = replace(kept[-1], text=kept[-1].text + word.text.translate(_SUPERSCRIPT), x1=word.x1)
    return kept


def _is_note(word: Word, beside: Word) -> bool:
    near = -_NEAR * beside.size < word.x0 - beside.x1 < _NEAR * beside.size or -1 < beside.x0 - word.x1 < beside.size
    return near and _is_raised(word.y, word.size, beside.y, beside.size)
