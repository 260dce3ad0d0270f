"""A writer's biography: the paragraphs at the end of a page that tell of the writer and not of what happened."""

from __future__ import annotations

import re
from functools import cache

from according.intake import tables

_NAMES = r"(?:[A-Z][\w.'’-]+|al|el|bin|ibn|de|van|von|and)(?: (?:[A-Z][\w.'’-]*|al|el|bin|ibn|de|van|von|and)){0,6}"
_OPENS = re.compile(
    rf"(?P<who>[Tt]he (?:author|writer|reporter)|{_NAMES})(?:,[^,]{{1,60}},)? (?:is|are) (?:an?|the|our|[A-Z]\S+ )?(?P<what>[^.;]{{3,160}})"
)
_ABOUT = re.compile(rf"[Aa]bout {_NAMES}")
_GOES_ON = re.compile(r"(?:He|She|They|His|Her|Their)\b")
_LONGEST = 900  # characters of one paragraph of a biography
_MOST = 4  # paragraphs


def lines(texts: list[str], out: list[bool], gaps: list[bool], byline: str | None) -> list[int]:
    """Which of the last lines, furniture aside, are the writer's biography.

    ``out`` says of each line whether it is furniture already, ``gaps`` whether it stands apart from the line before.
    """
    left = [n for n, is_out in enumerate(out) if not is_out]
    for first in range(len(left) - 1, max(len(left) - 1 - _MOST, 0), -1):
        opening = texts[left[first]]
        after = [texts[n] for n in left[first + 1 :]]
        if not all(_continues(opening, text) for text in after):
            continue
        followed = left[-1] < len(texts) - 1  # furniture stands after it, as a comment form does
        if _opens(opening, " ".join(after), gaps[left[first]], followed, byline):
            headed = first > 0 and _ABOUT.fullmatch(texts[left[first - 1]])
            return left[first - 1 if headed else first :]
        if _ABOUT.fullmatch(opening) and not after:
            return left[first:]
        if _ABOUT.fullmatch(opening) and _continues(opening.partition(" ")[2], after[0] if after else ""):
            return left[first:]
    return []


def _opens(text: str, rest: str, apart: bool, followed: bool, byline: str | None) -> bool:
    """Whether a biography opens with ``text``: a name, "is", a profession, and a second sign that it is no part of the report."""
    match = _OPENS.match(text)
    if not match or len(text) > _LONGEST:
        return False
    who = match["who"]
    signed = who.lower().startswith("the ") or bool(byline and _shares_name(who, byline))
    if not (_profession().search(match["what"]) or (signed and followed)):
        return False
    return signed or apart or any(mark.search(f"{text} {rest}"[match.end("who") :]) for mark in _marks())


def _continues(opening: str, text: str) -> bool:
    """Whether ``text`` goes on telling of the person with whom the biography opened."""
    surnames = [w for w in opening.split()[:4] if w[:1].isupper() and len(w) > 2]
    return bool(text) and len(text) <= _LONGEST and (bool(_GOES_ON.match(text)) or any(text.startswith(name) for name in surnames))


def _shares_name(who: str, byline: str) -> bool:
    return any(len(part) > 2 and part.lower() in byline.lower().split() for part in who.split())


@cache
def _profession() -> re.Pattern[str]:
    words = "|".join(tables.load("furniture.toml")["bio"]["professions"])
    return re.compile(rf"\b(?:{words})s?\b", re.IGNORECASE)


@cache
def _marks() -> tuple[re.Pattern[str], ...]:
    rows: list[str] = tables.load("furniture.toml")["bio"]["marks"]
    return tuple(tables.pattern(row) for row in rows)
