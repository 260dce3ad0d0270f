"""Treebanks and name corpora → training sentences, all in one form.

A name's kind is one of :data:`KINDS`. The corpora draw the lines differently: :mod:`kinds` defines the kinds, and the test files are
converted by the same rules as the training files.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from gum import BRIDGES, PARTICLES, bio, gum_names
from kinds import BODIES, COMMON, COUNTRIES, KINDS, LANDS, NATIONALITY, core, nameless, people, settled, title

__all__ = ["KINDS", "Sentence", "conllu", "re3d", "uner", "wikigold"]

RE3D_KINDS = {"Person": "person", "Nationality": "group", "Organisation": "organisation", "Location": "place"}
SHORT_KINDS = {"PER": "person", "ORG": "organisation", "LOC": "place", "MISC": "other"}


@dataclass(slots=True)
class Sentence:
    """One sentence: words, and whichever layers its corpus has (``None`` where it has none)."""

    words: list[str]
    upos: list[str] | None = None
    xpos: list[str] | None = None
    heads: list[int] | None = None  # 0 is the root, else 1-based
    rels: list[str] | None = None
    names: list[str] | None = None  # BIO tags over KINDS
    lemmas: list[str] = field(default_factory=list)


def conllu(path: Path, *, with_names: bool) -> Iterator[Sentence]:
    """The sentences of a CoNLL-U file; names are read from GUM's ``Entity=`` where ``with_names``.

    "?" among the names is a proper noun of which GUM does not say what it names: nothing is taught and nothing scored there.
    """
    for document in _documents(path):
        names = gum_names(document) if with_names else [None] * len(document)
        for rows, tags in zip(document, names, strict=True):
            yield Sentence(
                words=[r[1] for r in rows],
                upos=[r[3] for r in rows],
                xpos=[r[4] for r in rows],
                heads=[int(r[6]) for r in rows],
                rels=[r[7] for r in rows],
                names=tags,
                lemmas=[r[2] for r in rows],
            )


def _documents(path: Path) -> Iterator[list[list[list[str]]]]:
    """Documents as sentences as rows as columns."""
    document: list[list[list[str]]] = []
    rows: list[list[str]] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("# newdoc") and document:
            yield document
            document = []
        elif not line:
            if rows:
                document.append(rows)
            rows = []
        elif not line.startswith("#"):
            columns = line.split("\t")
            if columns[0].isdigit():
                rows.append(columns)
    if document:
        yield document


def wikigold(path: Path) -> Iterator[Sentence]:
    """WikiGold: IOB1 tags over PER ORG LOC MISC."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        rows = [line.rsplit(" ", 1) for line in block.splitlines() if " " in line and "DOCSTART" not in line]
        if rows:
            yield Sentence([r[0] for r in rows], names=_iob([r[0] for r in rows], [r[1] for r in rows]))


def uner(path: Path) -> Iterator[Sentence]:
    """Universal NER's IOB2 files: number, word, tag."""
    rows: list[tuple[str, str]] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if not line:
            if rows:
                words = [r[0] for r in rows]
                tags = _iob(words, [r[1] for r in rows])
                # UNER does not mark nationalities, so what looks like one teaches nothing either way ("?").
                silent = [t == "O" and bool(people(w) or NATIONALITY.match(w)) for w, t in zip(words, tags, strict=True)]
                yield Sentence(words, names=["?" if s else t for s, t in zip(silent, tags, strict=True)])
            rows = []
        elif not line.startswith("#"):
            columns = line.split("\t")
            if columns[0].isdigit():
                rows.append((columns[1], columns[2]))


def _iob(words: Iterable[str], tags: list[str]) -> list[str]:
    words = list(words)
    spans: list[tuple[int, int, str]] = []
    last = ""
    for at, tag in enumerate(tags):
        kind = SHORT_KINDS.get(tag[2:], "")
        if kind and tag[0] == "I" and last == kind and spans and spans[-1][1] == at - 1:
            spans[-1] = (spans[-1][0], at, kind)
        elif kind:
            spans.append((at, at, kind))
        last = kind
    return bio(len(words), [(a, b, settled(" ".join(words[a : b + 1]), k)) for a, b, k in spans])


NO_NAMES = frozenset(
    "i he she it we they you our my his her their its me him them us mine ours this that these those who"
    " january february march april may june july august september october november december".split()
)
TOKEN = re.compile(r"(?:[A-Z]\.)+|\w+(?=n['’]t\b)|n['’]t\b|['’]s\b|\w+['’](?!(?:s|t|re|ve|ll|d|m)\b)\w+|\w+(?:\.\w+)*|[^\w\s]")


def re3d(path: Path) -> Iterator[Sentence]:
    """re3d: nested, noisy spans over raw text. Persons at their shortest, the rest at their longest."""
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        text = record["text"]
        spans = [(e["start"], e["end"], RE3D_KINDS[e["type"]]) for e in record["entities"] if e["type"] in RE3D_KINDS]
        spans.sort(key=lambda s: (s[2] != "person", s[2] != "group", (s[1] - s[0]) * (1 if s[2] == "person" else -1)))
        for start, end in _rough_sentences(text):
            tokens = [(m.start(), m.end()) for m in TOKEN.finditer(text, start, end)]
            if not tokens:
                continue
            words = [text[a:b] for a, b in tokens]
            found = []
            for a, b, kind in spans:
                inside = [i for i, (s, e) in enumerate(tokens) if s >= a and e <= b]
                for first, last in _named(inside, words, kind):
                    found.append((first, last, settled(" ".join(words[first : last + 1]), kind)))
            yield Sentence(words, names=bio(len(words), found))


def _named(inside: list[int], words: list[str], kind: str) -> Iterator[tuple[int, int]]:
    """The names in a re3d span, which may say more ("the Syrian city of Esten, Norwood"): runs of capitals, without article and titles."""
    for first, last in _capitals(inside, words, PARTICLES if kind == "person" else BRIDGES | {"in"}):
        if kind == "person":
            first = max((i + 1 for i in range(first, last) if title(words[i]) or words[i].lower() in COMMON), default=first)
        while first <= last and (not words[first][:1].isupper() or words[first] in ("The", "A", "An")):
            first += 1
        if first <= last and _is_name(words[first : last + 1], kind):
            yield first, last


def _is_name(words: list[str], kind: str) -> bool:
    """Whether a run of capitals names something; re3d also marks pronouns, offices, months and points of the compass."""
    low = [w.lower() for w in words]
    if nameless(words) or (len(words) == 1 and words[0] != "US" and (low[0] in NO_NAMES or len(low[0]) == 1)):
        return False
    tells = core(" ".join(words)).split()[-1]
    if kind == "person" and (tells.lower() in BODIES | LANDS | COUNTRIES | COMMON or people(tells)):
        return False
    return kind not in ("person", "organisation") or not title(tells)


def _capitals(inside: list[int], words: list[str], bridges: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Runs of words with capitals, and of numbers and bridges between them."""
    first = last = -1
    for i in inside:
        if any(c.isupper() for c in words[i]):
            first, last = (i if first < 0 else first), i
        elif first >= 0 and words[i].lower() not in bridges and not words[i].isdigit():
            yield first, last
            first = -1
    if first >= 0:
        yield first, last


def _rough_sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for found in re.finditer(r"(?<=[a-z0-9)”\"][.!?])[”\"]?\s+(?=[A-Z“\"])|\n+", text):
        yield start, found.start()
        start = found.end()
    yield start, len(text)
