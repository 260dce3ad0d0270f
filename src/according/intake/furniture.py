"""Furniture: what stands on a page beside its report. Patterns are in ``furniture.toml``; this module applies them.

Only lines are judged, never sentences within a paragraph of prose (but for the flattened foot of a page, ``[inline]``).
The same spans are removed from pages and pasted texts at intake, and only marked in reports whose text must stay as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from according.intake import biography, tables

_BODY = 20  # words of prose that make a report: a tail begins only after so many
_LONGEST = 400  # characters: a longer line is a paragraph, and no pattern for lines is tried on it
_BLOCK = 8  # lines that a heading such as "Related stories" takes with it at most
_PIECES = re.compile(r"\s+[|•·>»/›]\s+|\s*[|•›»]\s*")
_PROSE_END = re.compile(r"""[.!?…]["'”’»)\]]*$""")
_SAYS = re.compile(r"\S.{0,40}\b(?:says?|said|wrote|writes)\s?:?", re.IGNORECASE)
_TIME_STAMP = re.compile(
    r"(?:on )?(?:\w{3,9},? )?(?:\w{3,9}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\d{1,2}(?:st|nd|rd|th)? \w{3,9},? \d{4}|"
    r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}),?(?: at|,| -|:)? \d{1,2}[:.]\d{2}(?: ?[ap]\.?m\.?)?|"
    r"(?:\d{1,2}|an?) (?:minutes?|hours?|days?|weeks?|months?|years?) ago",
    re.IGNORECASE,
)
_REPLY = re.compile(r"reply\W*|.{0,30}\breply\b.{0,20}|leave a (?:reply|comment).*", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d]\S{0,24}(?: \S{1,24}){0,3}")


@dataclass(frozen=True, slots=True)
class _Line:
    start: int  # offset of the first character that is no blank
    end: int
    text: str

    @property
    def words(self) -> int:
        return len(self.text.split())

    @property
    def prose(self) -> bool:
        return self.words > 35 or (self.words >= 9 and bool(_PROSE_END.search(self.text)))


def spans(text: str, byline: str | None = None) -> list[tuple[int, int]]:
    """The stretches of ``text`` that are furniture: ``(start, end)`` in code points, sorted and disjoint.

    ``byline`` helps to tell the writer's biography from a report's last paragraph about a person.
    """
    lines = _lines(text)
    if not lines:
        return []
    out = [_is_line(line.text) for line in lines]
    _mark_blocks(lines, out)
    tail = _tail(lines, out)
    out[tail:] = [True] * (len(lines) - tail)
    for n in biography.lines([line.text for line in lines], out, _gaps(text, lines), byline):
        out[n] = True
    marked = [(line.start, line.end) for line, is_out in zip(lines, out, strict=True) if is_out]
    feet = [foot for line, is_out in zip(lines, out, strict=True) if not is_out for foot in _foot(line, len(text))]
    return _merged(text, sorted(marked + feet))


def split(paragraphs: Sequence[str], byline: str | None = None) -> tuple[list[str], list[str]]:
    """``paragraphs`` (one line each) without the furniture, and the furniture."""
    text = "\n\n".join(paragraphs)
    kept: list[str] = []
    dropped: list[str] = []
    at = 0
    for start, end in [*spans(text, byline), (len(text), len(text))]:
        kept += _filled(text[at:start])
        dropped += _filled(text[start:end])
        at = end
    return kept, dropped


def is_line(text: str) -> bool:
    """Whether ``text``, one line, is furniture wherever it stands."""
    return _is_line(text.strip())


def tails(lines: Sequence[str]) -> list[int]:
    """The places in a whole page's lines where readers' comments or the page's foot may begin."""
    spread = [_Line(0, len(line), line) for line in lines]
    replied = _last_reply(spread)
    return [n for n, line in enumerate(spread) if _begins_tail(line) or _begins_comments(spread, n, replied)]


def _filled(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _lines(text: str) -> list[_Line]:
    return [
        _Line(m.start() + len(line) - len(line.lstrip()), m.start() + len(line.rstrip()), line.strip())
        for m in re.finditer(r"[^\n]+", text)
        if (line := m.group()).strip()
    ]


def _gaps(text: str, lines: list[_Line]) -> list[bool]:
    """For each line, whether more room than usual stands before it: two empty lines or more."""
    between = [0] + [text.count("\n", a.end, b.start) for a, b in pairwise(lines)]
    return [count >= 3 for count in between]


def _is_line(line: str) -> bool:
    if len(line) > _LONGEST:
        return False
    bare = line.lstrip("-–•*# ").strip()
    return not bare or _matches("line", bare) or _is_row(bare)


def _is_row(line: str) -> bool:
    """A row of links such as "Home | World | Sport" or "Home > News > Middle East"."""
    pieces = _PIECES.split(line)
    short = [p for p in pieces if 0 < len(p.split()) <= 3 and not any(c.isdigit() for c in p) and not _PROSE_END.search(p)]
    if len(pieces) == 2 and all(_matches("line", p) for p in pieces):
        return True
    return len(pieces) >= 3 and len(short) >= len(pieces) - 1


def _mark_blocks(lines: list[_Line], out: list[bool]) -> None:
    """A heading over links takes the short lines after it with it, where prose or the end stops them soon."""
    for n, line in enumerate(lines):
        if line.words <= 12 and _matches("block", line.text):
            out[n] = True
            for m in range(n + 1, min(n + 1 + _BLOCK, len(lines))):
                if lines[m].prose:
                    break
                out[m] = True


def _tail(lines: list[_Line], out: list[bool]) -> int:
    """The line from which on all is readers' comments or the page's foot; ``len(lines)`` where there is none."""
    body, replied = 0, _last_reply(lines)
    for n, line in enumerate(lines):
        if body >= _BODY and (_begins_tail(line) or _begins_comments(lines, n, replied)):
            return n
        if not out[n] and line.prose:
            body += line.words
    return len(lines)


def _begins_tail(line: _Line) -> bool:
    return line.words <= 25 and _matches("tail", line.text.lstrip("-–•*# "))


def _begins_comments(lines: list[_Line], n: int, replied: int) -> bool:
    """A reader's comment: who says it and the minute of saying it; a report gives no minute on a line of its own."""
    following = [line.text for line in lines[n + 1 : n + 3]]
    stamped = next((k for k, text in enumerate(following) if _TIME_STAMP.fullmatch(text.strip("•·|- "))), None)
    if _SAYS.fullmatch(lines[n].text) and (stamped is not None or n < replied):
        return True
    return stamped == 0 and bool(_NAME.fullmatch(lines[n].text)) and n < replied


def _last_reply(lines: list[_Line]) -> int:
    """The last line that offers to reply; -1 where none does."""
    return next((n for n in reversed(range(len(lines))) if _REPLY.fullmatch(lines[n].text)), -1)


def _foot(line: _Line, length: int) -> list[tuple[int, int]]:
    """The flattened foot of a page at the end of ``line``, where the line is in the text's last third."""
    earliest = max(0, length * 2 // 3 - line.start)
    hits = [m for pattern in _patterns("inline") for m in pattern.finditer(line.text, earliest)]
    return [(line.start + min(_first_letter(m) for m in hits), line.end)] if hits else []


def _first_letter(match: re.Match[str]) -> int:
    return match.start() + len(match.group()) - len(match.group().lstrip())


def _matches(group: str, line: str) -> bool:
    return any(pattern.fullmatch(line) for pattern in _patterns(group))


@cache
def _patterns(group: str) -> tuple[re.Pattern[str], ...]:
    rows: dict[str, Any] = tables.load("furniture.toml")[group]
    return tuple(tables.pattern(row) for name in rows for row in rows[name])


def _merged(text: str, marked: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans with only blanks between them become one."""
    out: list[tuple[int, int]] = []
    for start, end in marked:
        if out and not text[out[-1][1] : start].strip():
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        elif start < end:
            out.append((start, end))
    return out
