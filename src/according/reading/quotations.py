"""Stretches of a text that stand between quotation marks, found from the characters alone.

Reports lose marks and commas on their way through scrapers and translators, so a mark may lack its partner, and a
quotation of several paragraphs repeats its opening mark at each and closes only the last. Nothing here needs a tree.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

#: A mark of one or two characters: Wikipedia's '' and ``, and the "" that CSV files leave behind, count as one.
_MARK = re.compile(r"''|``|\"\"|[\"“”„‟«»″＂‘’‚‛']")
_DOUBLED = re.compile('""')
_OPENS = frozenset("“„«``‚")
_CLOSES = frozenset("”»")
_SINGLE = frozenset("'‘’‚‛")
#: Where a paragraph ends: a blank line, or a line break after a mark that ends a sentence (others are hard wraps).
_BREAK = re.compile(r"(?<=[.!?:;…\"”’')\]])[^\S\n]*\n\s*|(?<![^\S\n])[^\S\n]*\n[^\S\n]*\n\s*")
_BLANKS = re.compile(r"\s*")
_SENTENCE_END = re.compile(r"[.!?…][)\]]?\s+(?=[A-Z\d“\"'‘(])")

#: A single-marked quotation longer than this is an apostrophe's work (characters).
LONGEST_SINGLE = 400


class Side(StrEnum):
    """What a mark looks to be doing."""

    OPENS = "opens"
    CLOSES = "closes"
    EITHER = "either"
    NEITHER = "neither"  # an apostrophe, a minute, an inch


@dataclass(frozen=True, slots=True)
class Quotation:
    """``text[start:end]`` is the quotation with its marks, ``text[inside:outside]`` without them.

    ``run`` numbers quotations that carry one another on (an opening mark repeated at each paragraph): same number, same speaker.
    """

    start: int
    inside: int
    outside: int
    end: int
    run: int = 0
    opened: bool = True  # False where only the closing mark is there
    closed: bool = True

    def holds(self, offset: int) -> bool:
        return self.start <= offset < self.end


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    side: Side
    single: bool


def find(text: str) -> tuple[Quotation, ...]:
    """All quotations of ``text`` in order, none inside another. Never raises."""
    found: list[Quotation] = []
    before: list[Quotation] = []  # those of the paragraph before
    for start, end in _paragraphs(text):
        left_open = bool(before) and not before[-1].closed and _blank(text, before[-1].end, start)
        before = _in_paragraph(text, start, end, left_open)
        found += before
    return tuple(_numbered(text, found))


def _numbered(text: str, found: list[Quotation]) -> list[Quotation]:
    """Give each quotation the run of the one before it, where that was left open and nothing but space stands between."""
    numbered: list[Quotation] = []
    for quotation in found:
        last = numbered[-1] if numbered else None
        carries_on = last is not None and not last.closed and _blank(text, last.end, quotation.start)
        run = 0 if last is None else last.run if carries_on else last.run + 1
        numbered.append(replace(quotation, run=run))
    return numbered


def _blank(text: str, start: int, end: int) -> bool:
    """Whether nothing but blanks stands there."""
    blanks = _BLANKS.match(text, start)
    return blanks is not None and blanks.end() >= end


def _paragraphs(text: str) -> list[tuple[int, int]]:
    bounds, at = [], 0
    for gap in _BREAK.finditer(text):
        if gap.start() > at:
            bounds.append((at, gap.start()))
        at = gap.end()
    if at < len(text):
        bounds.append((at, len(text)))
    return bounds


def _in_paragraph(text: str, start: int, end: int, left_open: bool) -> list[Quotation]:
    """The quotations of one paragraph. ``left_open``: the paragraph before it ended inside one."""
    found: list[Quotation] = []
    opening: _Mark | None = None
    for mark in _marks(text, start, end):
        if opening is None:
            if _opens(text, mark):
                opening = mark
            elif not mark.single:
                floor = found[-1].end if found else start
                found += _headless(text, mark, floor, whole=left_open and not found)
        elif mark.side is Side.OPENS and not mark.single and not opening.single:
            # A second opening while the first is open: the first lost its end, and the speaker goes on.
            found.append(_cut(text, opening, mark.start))
            opening = mark
        elif mark.side is not Side.OPENS and mark.single == opening.single:
            found.append(Quotation(opening.start, opening.end, mark.start, mark.end))
            opening = None
    if opening is not None and not opening.single:
        found.append(_cut(text, opening, end))
    return found


def _opens(text: str, mark: _Mark) -> bool:
    """Whether a mark opens a quotation, while none is open."""
    if mark.single:
        return mark.side is Side.OPENS and _single_end(text, mark)
    return mark.side is not Side.CLOSES


def _headless(text: str, mark: _Mark, floor: int, whole: bool) -> list[Quotation]:
    """The quotation that a closing mark ends, where its opening mark was lost: the sentence, or ``whole``, from ``floor`` on."""
    begin = floor if whole else _sentence_start(text, floor, mark.start)
    if not text[begin : mark.start].strip():
        return []
    return [Quotation(begin, begin, mark.start, mark.end, opened=False)]


def _sentence_start(text: str, floor: int, before: int) -> int:
    starts = [gap.end() for gap in _SENTENCE_END.finditer(text, floor, before)]
    begin = starts[-1] if starts else floor
    while begin < before and text[begin].isspace():
        begin += 1
    return begin


def _cut(text: str, opening: _Mark, limit: int) -> Quotation:
    """A quotation without its closing mark, ending before ``limit``."""
    end = limit
    while end > opening.end and text[end - 1].isspace():
        end -= 1
    return Quotation(opening.start, opening.end, end, end, closed=False)


def _marks(text: str, start: int, end: int) -> list[_Mark]:
    marks = []
    packed = _packed(text, start, end)
    if packed:
        start, end = start + 1, end - 1
    for match in (_DOUBLED if packed else _MARK).finditer(text, start, end):
        single = match.group() in _SINGLE
        side = _side(text, match.start(), match.end(), match.group(), start, end)
        if side is not Side.NEITHER:
            marks.append(_Mark(match.start(), match.end(), side, single))
    return marks


def _packed(text: str, start: int, end: int) -> bool:
    """Whether a paragraph stands in one more pair of marks, as CSV files write it, its own marks all doubled: "He said ""no""."."""
    inner = text[start + 1 : end - 1]
    return text[start : start + 1] == '"' == text[end - 1 : end] and '""' in inner and '"' not in inner.replace('""', "")


def _side(text: str, start: int, end: int, mark: str, low: int, high: int) -> Side:
    before = text[start - 1] if start > low else " "
    after = text[end] if end < high else " "
    if mark in _SINGLE:
        return _single_side(before, after, mark)
    if mark in _OPENS:
        return Side.OPENS
    if mark in _CLOSES:
        return Side.CLOSES
    if mark == '"' and before.isdigit() and after in " x×":
        return Side.EITHER  # 6" of rain: closes if something is open
    loose_before = before.isspace() or before in "([{—–-/"
    loose_after = after.isspace() or after in ")]}.,;:!?—–-/"
    if loose_before and not after.isspace():
        return Side.OPENS
    if loose_after and not before.isspace():
        return Side.CLOSES
    return Side.EITHER


def _single_side(before: str, after: str, mark: str) -> Side:
    if before.isalnum() and after.isalnum():
        return Side.NEITHER
    if mark == "‘" or (not before.isalnum() and before not in '.,!?;:”"' and after.isalpha()):
        return Side.OPENS if after.isalpha() else Side.NEITHER
    if after.isalnum() or before.isspace():
        return Side.NEITHER
    return Side.CLOSES


def _single_end(text: str, mark: _Mark) -> bool:
    """Whether a single mark that looks like an opening one finds a partner that is no plural's apostrophe."""
    limit = mark.end + LONGEST_SINGLE
    line_end = text.find("\n", mark.end, limit)
    limit = limit if line_end < 0 else line_end
    return re.search(r"[^\W_][.,!?]?['’](?!\w)", text[mark.end : limit]) is not None
