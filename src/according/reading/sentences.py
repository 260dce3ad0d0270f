"""A text → its sentences, by rules.

Blank lines and bullets always end a sentence. A single line break ends one unless the text is hard-wrapped there. A full stop ends
one unless it belongs to an abbreviation, an initial or a number, or the next word begins small.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from according.data import toml

#: A mark that may end a sentence, with the closing quotes and brackets after it.
_END = re.compile(r"(?P<mark>[.!?…]{1,4})(?P<close>[”\"’'»)\]]{0,3}(?:\[\d{1,3}\]){0,9})(?=\s|$|(?P<stuck>[A-Z“\"][a-z]|[“]))")
_BULLET = re.compile(r"[ \t]*(?:[-–—•*·▪●]|\(?\d{1,2}[.)])\s+\S")
_WORD_BEFORE = re.compile(r"[^\s“\"(\[]{0,24}$")
_LINE = re.compile(r"[^\n]*")


@dataclass(frozen=True, slots=True)
class _Abbreviations:
    titles: frozenset[str]
    open: frozenset[str]
    openers: frozenset[str]


@lru_cache(maxsize=1)
def _abbreviations() -> _Abbreviations:
    data = toml("according.reading", "abbreviations.toml")
    return _Abbreviations(*(frozenset(data[key]) for key in ("titles", "open", "openers")))


def split(text: str) -> list[tuple[int, int]]:
    """The sentences of ``text`` as (start, end) in code points, in order, without the blanks around them."""
    out = []
    for start, end in _blocks(text):
        for a, b in _inside(text, start, end):
            while a < b and text[a].isspace():
                a += 1
            while b > a and text[b - 1].isspace():
                b -= 1
            if a < b:
                out.append((a, b))
    return out


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Stretches that no sentence crosses."""
    lines = [(m.start(), m.end()) for m in _LINE.finditer(text)]
    lines = [(a, b) for i, (a, b) in enumerate(lines) if a < b or i == 0 or lines[i - 1][1] != a]
    width = max((b - a for a, b in lines), default=0)
    start: int | None = None
    for i, (a, b) in enumerate(lines):
        if not text[a:b].strip():
            if start is not None:
                yield start, a
            start = None
            continue
        if start is not None and not _wrapped(text, lines[i - 1], (a, b), width):
            yield start, a
            start = a
        elif start is None:
            start = a
    if start is not None:
        yield start, len(text)


def _wrapped(text: str, before: tuple[int, int], line: tuple[int, int], width: int) -> bool:
    """Whether a line goes on from the one before, as in a text broken at a fixed width."""
    last, this = text[slice(*before)].rstrip(), text[slice(*line)].lstrip()
    if not last or _BULLET.match(text, line[0]):
        return False
    if this[:1].islower() or last.endswith((",", "-", "–")):
        return True
    if last.endswith((".", "!", "?", "”", '"', ":")):
        return False
    return width < 120 and len(last) > 0.75 * width


def _inside(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for found in _END.finditer(text, start, end):
        if found.start() < at:
            continue
        if _ends(text, found, start, end):
            yield at, found.end()
            at = found.end()
    if at < end:
        yield at, end


def _ends(text: str, found: re.Match[str], start: int, end: int) -> bool:
    after = text[found.end() : found.end() + 40].lstrip()
    if found.end() >= end or not after:
        return True
    before = _WORD_BEFORE.search(text, max(start, found.start() - 24), found.start())
    word = before.group().lower().lstrip("‘'") if before else ""
    first = re.match(r"[“\"‘'(\[]*([\w’'.-]*)", after)
    following = first.group(1) if first else ""
    if following[:1].islower():
        return False
    if found.group("mark") != ".":
        return found.group("mark")[0] in "!?" or following[:1].isupper()
    known = _abbreviations()
    if word in known.titles or (len(word) == 1 and word.isalpha() and word != "i" and not found.group("close")):
        return False
    if word in known.open or re.fullmatch(r"(?:[a-z]\.)+[a-z]", word):
        return following[:1].isupper() and following.lower().rstrip(".,") in known.openers
    if found.group("stuck"):  # no blank after the stop: a dropped blank ("city.The"), or a name like "Dec.14th"
        return len(word) > 1 and word[-1:].isalpha()
    return (bool(following) and not following[:1].islower()) or not following
