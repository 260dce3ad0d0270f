"""A report's text with claims marked in place: paragraphs of segments, each of which knows what it is part of.

Offsets are code points, as everywhere. The segments put together are the text, character for character; a mark covers its span and no more.
What cannot be seen and turns or hides what can (marks of the writing direction, characters without width, control characters) is a segment
of its own with a name, so that a page shows the name and nobody is fooled.
"""

from __future__ import annotations

import enum
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from according.model import Claim, Figure, Party, Place


class Field(enum.StrEnum):
    """What words are to a claim."""

    SENTENCE = "sentence"
    TRIGGER = "trigger"
    SAID_BY = "said_by"
    ACTOR = "actor"
    TARGET = "target"
    PLACE = "place"
    WITHIN = "within"
    TIME = "time"
    FIGURE = "figure"


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """Words of a claim: the ``n``-th of a field, counted from 0."""

    start: int
    end: int
    claim: str
    field: Field
    n: int = 0

    @property
    def part(self) -> str:
        """The field as pages name it: ``trigger``, ``actor-0``."""
        return self.field.value if self.field in _ALONE else f"{self.field}-{self.n}"


@dataclass(frozen=True, slots=True)
class Segment:
    """Characters that are all part of the same marks, those that begin first before others. ``sign`` is the name of an unseen character."""

    start: int
    text: str
    marks: tuple[Mark, ...] = ()
    sign: str | None = None

    @property
    def fields(self) -> tuple[Field, ...]:
        return tuple(dict.fromkeys(mark.field for mark in self.marks))

    @property
    def begun(self) -> tuple[Mark, ...]:
        """The marks whose words begin here."""
        return tuple(mark for mark in self.marks if mark.start == self.start)

    @property
    def ended(self) -> tuple[Mark, ...]:
        """The marks whose words end here."""
        return tuple(mark for mark in self.marks if mark.end == self.start + len(self.text))


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the text with the breaks after it; its direction is that of its own first strong letter."""

    start: int
    segments: tuple[Segment, ...]

    @property
    def text(self) -> str:
        return "".join(segment.text for segment in self.segments)

    @property
    def blank(self) -> bool:
        return not self.text.strip()


_ALONE = frozenset({Field.SENTENCE, Field.TRIGGER, Field.PLACE, Field.TIME})
_BREAKS = "\n\r\v\f\x85\u2028\u2029"
_PARAGRAPH = re.compile(f"[^{_BREAKS}]*[{_BREAKS}]+|[^{_BREAKS}]+")
# Joiners are here too, but where letters and pictures need them: see ``_joins``.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    "\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff]"
)
_JOINERS = "\u200c\u200d"
#: The first letter of the scripts that join: Hebrew's block and all after it. Before it stand Latin, Greek, Cyrillic and Armenian.
_JOINING = "\u0590"
_SHORT = {
    "\u00ad": "SHY", "\u061c": "ALM", "\u200b": "ZWSP", "\u200c": "ZWNJ", "\u200d": "ZWJ", "\u200e": "LRM", "\u200f": "RLM",
    "\u202a": "LRE", "\u202b": "RLE", "\u202c": "PDF", "\u202d": "LRO", "\u202e": "RLO", "\u2060": "WJ", "\u2066": "LRI",
    "\u2067": "RLI", "\u2068": "FSI", "\u2069": "PDI", "\ufeff": "BOM",
}  # fmt: skip


def marks(claim: Claim) -> list[Mark]:
    """All words of a claim."""
    several: dict[Field, Sequence[Party | Place | Figure]] = {
        Field.SAID_BY: claim.said_by, Field.ACTOR: claim.actor, Field.TARGET: claim.target, Field.WITHIN: claim.within,
        Field.FIGURE: claim.figures,
    }  # fmt: skip
    spans = [(Field.SENTENCE, 0, claim.sentence), (Field.TRIGGER, 0, claim.trigger)]
    spans += [(field, n, part.span) for field, parts in several.items() for n, part in enumerate(parts)]
    spans += [(Field.PLACE, 0, claim.place.span)] if claim.place else []
    spans += [(Field.TIME, 0, claim.time.span)] if claim.time else []
    return [Mark(span.start, span.end, claim.id, field, n) for field, n, span in spans]


def marked(text: str, told: Iterable[Mark] = (), offset: int = 0) -> list[Paragraph]:
    """The paragraphs of a text, or of a stretch of one that begins at ``offset``: marks are cut off where it ends."""
    last = offset + len(text)
    within = sorted((mark for mark in told if mark.start < last and mark.end > offset), key=lambda m: (m.start, -m.end, m))
    signs = {offset + m.start(): _name(m[0]) for m in _UNSEEN.finditer(text) if not _joins(text, m.start())}
    lines = [(offset + m.start(), offset + m.end()) for m in _PARAGRAPH.finditer(text)]
    cuts = {cut for mark in within for cut in (max(mark.start, offset), min(mark.end, last))}
    cuts |= {cut for at in signs for cut in (at, at + 1)} | {end for _, end in lines} | {offset}
    segments = list(_segments(text, offset, sorted(cuts), within, signs))
    starts = [segment.start for segment in segments]
    return [Paragraph(start, tuple(segments[bisect_left(starts, start) : bisect_left(starts, end)])) for start, end in lines]


def shown(text: str) -> str:
    """A short text of one line, such as a title, with the names of unseen characters in their places."""
    return "".join(f"[{s.sign}]" if s.sign else s.text for p in marked(text) for s in p.segments)


def _segments(text: str, offset: int, cuts: list[int], within: list[Mark], signs: dict[int, str]) -> Iterator[Segment]:
    waiting, open_ = iter(within), list[Mark]()
    after = next(waiting, None)
    for start, end in pairwise(cuts):
        open_ = [mark for mark in open_ if mark.end > start]
        while after is not None and after.start <= start:
            open_.append(after)
            after = next(waiting, None)
        yield Segment(start, text[start - offset : end - offset], tuple(open_), signs.get(start))


def _joins(text: str, at: int) -> bool:
    """Whether a joiner stands where writing needs one: between letters of scripts that join, or the parts of a picture."""
    if text[at] not in _JOINERS or not 0 < at < len(text) - 1:
        return False
    beside = (text[at - 1], text[at + 1])
    return all(letter >= _JOINING and unicodedata.category(letter)[0] in "LMS" for letter in beside)


def _name(unseen: str) -> str:
    return _SHORT.get(unseen) or f"U+{ord(unseen):04X}"
