"""Which reports are copies of one another: thirty outlets that repeat one agency's text are one source.

A report is a copy of another where most of its own words stand there too, and its names and figures with them. How much stands there is
measured by word shingles and containment (Broder, "On the resemblance and containment of documents", 1997). Names and figures tell a
copy from a bulletin: a copy alters words and keeps names, the next day's bulletin keeps the words and alters names. The same goes for the
lines that every page of one outlet carries. Both are measures of two texts alone, so that a third report never changes what holds of them.

The sketch by which a ledger finds the reports worth comparing is made by winnowing (Schleimer, Wilkerson and Aiken, "Winnowing: local
algorithms for document fingerprinting", 2003): two texts with ``RUN`` words in a row in common share a value of it, for certain.

All is pure and the same on every machine; ``bench/copies.py`` measures what the thresholds find and miss.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from hashlib import blake2b

SHINGLE = 5  # words
WINDOW = 15  # shingles, of which one at least is in the sketch
RUN = WINDOW + SHINGLE - 1  # words in a row in common that never go unseen
MOST = 0.5  # of a report's shingles stand in the report that it copies, and of its names and figures
BOTH = 0.625  # is the mean of the two shares at the least
LEAD = 1.25  # times its own length: how much of the longer report's beginning a cut copy is looked for in
LIKELY = 0.25  # of the smaller sketch is shared by two reports worth comparing
_BITS = 60  # of a hash, so that it fits a signed integer of 64
_WITHIN = re.compile(r"['’‘`´ʼ\u200b-\u200f\u202a-\u202e\u2066-\u2069]|(?<=\w)\.(?=\w)|(?<=\d),(?=\d)")  # left out, the word goes on
_WORD = re.compile(r"[^\W_]+")
_SENTENCE_ENDS = (".", "!", "?", ":", "…", '"', "”", "»")
_OPENING = "([{“‘«\"'-–—"


@dataclass(frozen=True)
class Wording:
    """The words of a text as they are compared. Build it with ``wording``."""

    sequence: tuple[int, ...]  # a hash of each five words in a row, in the text's order
    words: frozenset[str]  # folded
    telling: frozenset[str]  # those of them that are names or figures

    @cached_property
    def shingles(self) -> frozenset[int]:
        return frozenset(self.sequence)


@dataclass(frozen=True)
class Text:
    """A report as copies are looked for: its key, when it was published and what its words are."""

    key: str
    published: date | None
    wording: Wording = field(repr=False)

    @property
    def node(self) -> Node:
        return Node(self.key, self.published, len(self.wording.sequence))


@dataclass(frozen=True, slots=True)
class Node:
    """What of a report decides its place before or after others. ``length`` is its number of shingles."""

    key: str
    published: date | None
    length: int

    @property
    def rank(self) -> tuple[date, int, str]:
        """Reports in the order of their days, one without a day last; on one day the longer first, since outlets cut what they copy."""
        return (self.published or date.max, -self.length, self.key)


def wording(text: str) -> Wording:
    """The words of ``text`` folded: no capitals, diacritics, apostrophes or punctuation. Fewer than five words give no shingle."""
    words = _folded(text)
    runs = (" ".join(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1))
    return Wording(tuple(map(_hash, runs)), frozenset(words), telling(text))


def shingles(text: str) -> frozenset[int]:
    """Hashes of all runs of five words, each from 0 to 2⁶⁰ - 1."""
    return wording(text).shingles


def sketch(sequence: Sequence[int]) -> tuple[int, ...]:
    """The least hash of each 15 shingles in a row, each once and in ascending order: about one shingle in eight.

    A text of fewer than 15 shingles has the least of them all; one without shingles has an empty sketch.
    """
    windows = range(max(1, len(sequence) - WINDOW + 1)) if sequence else ()
    return tuple(sorted({min(sequence[at : at + WINDOW]) for at in windows}))


def worth_comparing(shared: int, one: int, other: int) -> bool:
    """Whether two reports whose sketches have ``one`` and ``other`` values, ``shared`` of them in common, may be copies."""
    return shared > 0 and shared >= LIKELY * min(one, other)


def contained(a: Wording, b: Wording) -> float:
    """The share of a's shingles that stand in b, 0 to 1; 0 where a has none."""
    return len(a.shingles & b.shingles) / len(a.shingles) if a.sequence else 0.0


def repeats(a: Wording, b: Wording) -> bool:
    """Whether most of a's words stand in b, and its names and figures with them."""
    words = contained(a, b)
    if words < MOST:
        return False
    told = len(a.telling & b.words) / len(a.telling) if a.telling else 1.0
    return told >= MOST and (words + told) / 2 >= BOTH


def is_copy(a: Text, b: Text) -> bool:
    """Whether ``a`` is a copy of ``b``: it repeats b and stands after it.

    On one day, or where neither has a day, nothing tells which of two was first. The shorter is then taken for the copy, and only where it
    is the opening of the longer, or most of it: an outlet cuts a text from its end, a round-up has the text somewhere among others.
    """
    if a.node.rank <= b.node.rank or not repeats(a.wording, b.wording):
        return False
    return a.published != b.published or _opens(a.wording, b.wording) or contained(b.wording, a.wording) >= MOST


def link(one: Text, other: Text) -> tuple[str, str] | None:
    """The keys of the copy and of what it copies, whichever of the two is which; ``None`` where neither is a copy of the other."""
    first, second = sorted((one, other), key=lambda text: text.node.rank)
    return (second.key, first.key) if is_copy(second, first) else None


def originals(reports: Iterable[Node], pairs: Iterable[tuple[str, str]]) -> dict[str, str | None]:
    """The original of each report: the root that is reached from a copy by its earliest source, and that one's; ``None`` for a root.

    ``pairs`` are links: the copy's key, then the key of what it copies. A pair with a report that is not among ``reports`` is passed over,
    as is one whose copy does not stand after the other. The result is the same in whatever order both come, and has no circles. This is
    what is meant; a ledger reckons the same a report at a time.
    """
    nodes = {node.key: node for node in reports}
    earliest: dict[str, Node] = {}
    for copy, source in pairs:
        if copy in nodes and source in nodes and nodes[source].rank < nodes[copy].rank:
            earliest[copy] = min(earliest.get(copy, nodes[source]), nodes[source], key=lambda node: node.rank)
    roots: dict[str, str] = {}
    for node in sorted(nodes.values(), key=lambda node: node.rank):  # what a report copies stands before it, so its root is known
        roots[node.key] = roots[earliest[node.key].key] if node.key in earliest else node.key
    return {key: None if root == key else root for key, root in roots.items()}


def _opens(a: Wording, b: Wording) -> bool:
    """Whether most of a stands at the beginning of b, where a headline, a date line or a lead of its own may go before."""
    opening = set(b.sequence[: int(LEAD * len(a.sequence))])
    return len(a.shingles & opening) >= MOST * len(a.shingles)


class _Bare(dict[int, str]):
    """Each character without its marks, by its number. One by one: a text is not put in order at once, which takes a square of a tower."""

    def __missing__(self, number: int) -> str:
        whole = unicodedata.normalize("NFKD", chr(number))
        self[number] = bare = "".join(c for c in whole if not unicodedata.combining(c))
        return bare


_BARE = _Bare()


def _folded(text: str) -> list[str]:
    """The words of a text. Ledgers hold hashes of them, so another folding needs a migration."""
    text = _WITHIN.sub("", text)
    if not text.isascii():
        text = text.translate(_BARE)
    return _WORD.findall(text.casefold())


def _hash(run: str) -> int:
    return int.from_bytes(blake2b(run.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") >> (64 - _BITS)


def telling(text: str) -> frozenset[str]:
    """Folded words with a digit, and those with a capital that does not begin a sentence; of a text in capitals, nearly all words."""
    told: list[str] = []
    for line in text.splitlines():
        before = "."
        for word in line.split():
            bare = word.lstrip(_OPENING)
            if (bare[:1].isupper() and not before.endswith(_SENTENCE_ENDS)) or any(map(str.isdigit, bare)):
                told.append(word)
            before = word
    return frozenset(_folded(" ".join(told)))
