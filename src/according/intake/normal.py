"""A text's final form: what is done to it once, before it is stored, and never again.

Pages and pasted texts pass through here; the text of a JSON report does not, since others hold offsets into it.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

from according.intake import direction

# Carriage returns, vertical tabs, form feeds and the Unicode line and paragraph separators all end a line.
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# Soft hyphens, zero-width characters, marks of direction, controls, tags, what will never be a character: nothing that a reader sees;
# and what tells a terminal its colours and title.
_UNSEEN = re.compile(
    "\x1b\\[[0-?]*+[ -/]*+[@-~]|\x1b\\][^\x07\x1b\n]{0,200}(?:\x07|\x1b\\\\)|"
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x9f\u00ad\u034f\u061c\u17b4\u17b5\u180b-\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f"
    "\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e0fff"
    + "".join(f"{chr(n + 0xFFFE)}{chr(n + 0xFFFF)}" for n in range(0x10000, 0x110000, 0x10000))
    + "]"
)
# Which form of a character is meant, and whether it joins the next: kept where pictures and the scripts that need them have them.
_SELECTORS = re.compile("(?<![\u203c-\u3299\U0001f000-\U0001faff])[\ufe00-\ufe0f]")
_JOINED = "\u0600-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u18af\ufb50-\ufdff\ufe70-\ufefe\u2600-\u27bf\U0001f000-\U0001faff"
_JOINERS = re.compile(f"(?<![{_JOINED}\ufe0f])[\u200c\u200d]|[\u200c\u200d](?![{_JOINED}])")
# More marks on one letter than any language has: they hide it, and a million of them would be put in order for hours.
_ACCENTS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_MARKS = "".join(chr(c) for c in range(0x300, 0x20000) if unicodedata.combining(chr(c)))
_TOWERS = re.compile(f"[{_ACCENTS}]{{4,}}|[{_MARKS}]{{10,}}")
_BLANKS = re.compile("[^\\S\n]+")
_BLANK_LETTERS = re.compile("[\u115f\u1160\u2800\u3164\uffa0]")
_LIST_ITEM = re.compile(r"(?:[-*•–·]|\d{1,2}[.)])\s")
_WIDEST_WRAP = 120  # a line wider than this was not wrapped by an editor or a mail program

_LATIN = "A-Za-z0-9\u00c0-\u024f"
_HIDDEN = {
    "direction overrides": re.compile("[\u202d\u202e]"),
    "unseen characters within words": re.compile(
        f"(?<=[{_LATIN}])[\u200b-\u200d\u2060-\u2064\ufeff\ufe00-\ufe0f\u034f\U000e0000-\U000e0fff]+(?=[{_LATIN}])"
    ),
    "towers of accents": _TOWERS,
}

_MIXED = re.compile(r"\b(?=[^\W\d_]{4})(?:[A-Za-z]++[\u0370-\u03ff\u0400-\u052f]|[\u0370-\u03ff\u0400-\u052f]++[A-Za-z])[^\W\d_]*+")


def line(text: str) -> str:
    """``text`` as one line: composed (NFC), nothing unseen, single blanks, none at the ends."""
    return paragraph(text).replace("\n", " ")


def paragraph(text: str) -> str:
    """``text`` composed (NFC), with plain line ends and single blanks; line breaks stay, without blanks around them.

    Nothing stays that a reader does not see, and what an override of direction shows backwards stands as it is shown.
    """
    if text.isascii() and text.isprintable():  # most of a page's pieces
        return " ".join(text.split())
    seen = _UNSEEN.sub("", direction.as_shown(_LINE_ENDS.sub("\n", text)))
    if not seen.isascii():
        seen = _composed(_JOINERS.sub("", _SELECTORS.sub("", _BLANK_LETTERS.sub(" ", seen))))
    return "\n".join(part.strip() for part in _BLANKS.sub(" ", seen).split("\n")).strip()


def hidden(text: str) -> str | None:
    """What ``text`` holds that a reader does not see as it stands, in words: "2 direction overrides"; ``None`` for nothing."""
    if text.isascii():
        return None
    counts = {name: len(pattern.findall(text)) for name, pattern in _HIDDEN.items()}
    return ", ".join(f"{count} {name if count > 1 else _one(name)}" for name, count in counts.items() if count) or None


def look_alikes(text: str) -> str | None:
    """The first words of ``text`` whose letters are Latin and others that look like them: a search does not find these words."""
    found = [] if text.isascii() else list(dict.fromkeys(match.group() for match in _MIXED.finditer(text)))
    return ", ".join(repr(word) for word in found[:3]) + (", …" if len(found) > 3 else "") if found else None


def _one(name: str) -> str:
    """``name``, which is told of several, told of one."""
    return re.sub(r"(?<=[a-z])s\b", "", name, count=1)


def _composed(text: str) -> str:
    """NFC, without the marks piled up on a letter, also those that NFC brings together."""
    composed = unicodedata.normalize("NFC", _TOWERS.sub("", text))
    bare = _TOWERS.sub("", composed)
    return composed if bare == composed else unicodedata.normalize("NFC", bare)


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
