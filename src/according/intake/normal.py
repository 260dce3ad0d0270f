"""A text's final form: what is done to it once, before it is stored, and never again.

Pages and pasted texts pass through here; the text of a JSON report does not, since others hold offsets into it.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

# Carriage returns, vertical tabs, form feeds and the Unicode line and paragraph separators all end a line.
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# Soft hyphens, zero-width characters, bidi controls, other controls: nothing that a reader sees.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]"
)
_BLANKS = re.compile(r"[^\S\n]+")
_LIST_ITEM = re.compile(r"(?:[-*•–·]|\d{1,2}[.)])\s")
_WIDEST_WRAP = 120  # a line wider than this was not wrapped by an editor or a mail program


def line(text: str) -> str:
    """``text`` as one line: composed (NFC), nothing unseen, single blanks, none at the ends."""
    return paragraph(text).replace("\n", " ")


def paragraph(text: str) -> str:
    """``text`` composed (NFC), with plain line ends and single blanks; line breaks stay, without blanks around them."""
    seen = unicodedata.normalize("NFC", _UNSEEN.sub("", _LINE_ENDS.sub("\n", text)))
    return "\n".join(part.strip() for part in _BLANKS.sub(" ", seen).split("\n")).strip()


def paragraphs(text: str) -> list[str]:
    r"""The paragraphs of a pasted text, each one line: hard-wrapped lines are joined, other lines stand for themselves.

    Applied to ``"\n\n".join(paragraphs(text))`` it gives the same again.
    """
    lines = paragraph(text).split("\n")
    return [found for found in _joined(lines, _wrap_width(lines)) if found]


def _joined(lines: list[str], width: int | None) -> list[str]:
    out: list[str] = []
    before = ""
    for now in lines:
        if width is not None and _wrapped(before, now, width):
            out[-1] += f" {now}"
        else:
            out.append(now)
        before = now
    return out


def _wrapped(before: str, now: str, width: int) -> bool:
    """Whether ``now`` goes on where ``before`` had no room left for its first word, or hardly any and no sentence ended."""
    if not before or not now or _LIST_ITEM.match(now):
        return False
    no_room = len(before) <= width < len(before) + 1 + len(now.split(" ", 1)[0])
    return no_room or (0.75 * width <= len(before) <= width and before[-1] not in '.!?:;"”')


def _wrap_width(lines: list[str]) -> int | None:
    """The width at which the lines were wrapped, or ``None`` where most lines end for another reason."""
    pairs = [(a, b) for a, b in pairwise(lines) if a and b]
    if len(pairs) < 2:
        return None
    lengths = sorted(len(a) for a, _ in pairs)
    usual = lengths[len(lengths) * 4 // 5]
    width = max(length for length in lengths if length <= usual * 1.1)  # a title may be wider than the rest
    wrapped = sum(_wrapped(a, b, width) for a, b in pairs)
    return width if width <= _WIDEST_WRAP and wrapped >= 2 and wrapped * 2 >= len(pairs) else None
