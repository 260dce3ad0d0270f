"""Treebanks and name corpora → training sentences, all in one form.

A name's kind is one of :data:`KINDS`. The corpora draw the lines differently; the rules that bring them together are here, and
the test files are converted by the same rules as the training files.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

KINDS = ("person", "organisation", "place", "group", "facility", "other")

FACILITIES = frozenset(
    "airport airfield airbase hospital clinic museum bridge school station palace stadium church mosque cathedral castle temple"
    " hotel prison theatre theater library tower hall building dam embassy consulate checkpoint barracks port harbour harbor"
    " shrine monastery abbey basilica synagogue mausoleum pavilion auditorium arena gymnasium factory refinery plant".split()
)
ARMED = re.compile(
    r"\b(ISIL|ISIS|IS|Daesh|Da'esh|DAESH|Nusra|Qaeda|Qaida|Taliban|Hezbollah|Hizballah|Hamas|YPG|YPJ|PKK|PYD|SDF|FSA|AQI|Peshmerga"
    r"|Shabaab|Haram|Rebels?|Militia|Brigades?|Ahrar|Jaysh|Jaish|Mujahideen|Contras?|Insurgents?|Militants?)\b"
)
GUM_KINDS = {"person": "person", "organization": "organisation", "place": "place", "event": "other", "object": "other", "abstract": "other"}
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
    """The sentences of a CoNLL-U file; names are read from GUM's ``Entity=`` where ``with_names``."""
    rows: list[list[str]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line:
            if rows:
                yield _sentence(rows, with_names)
            rows = []
        elif not line.startswith("#"):
            columns = line.split("\t")
            if columns[0].isdigit():
                rows.append(columns)


def _sentence(rows: list[list[str]], with_names: bool) -> Sentence:
    sentence = Sentence(
        words=[r[1] for r in rows],
        upos=[r[3] for r in rows],
        xpos=[r[4] for r in rows],
        heads=[int(r[6]) for r in rows],
        rels=[r[7] for r in rows],
        lemmas=[r[2] for r in rows],
    )
    if with_names:
        sentence.names = _gum_names(sentence, rows)
    return sentence


def _mentions(rows: list[list[str]]) -> Iterator[tuple[int, int, str]]:
    """GUM's bracketed mentions, as (first, last, type); brackets that do not close in the sentence are dropped."""
    open_at: dict[str, list[tuple[int, str]]] = {}
    for at, row in enumerate(rows):
        found = re.search(r"Entity=([^|]*)", row[9])
        if not found:
            continue
        for piece in re.findall(r"\([^()]+\)?|[^()]+\)", found.group(1)):
            fields = piece.strip("()").split("-")
            key = fields[0]
            if piece.startswith("("):
                kind = fields[1] if len(fields) > 1 else ""
                if piece.endswith(")"):
                    yield at, at, kind
                else:
                    open_at.setdefault(key, []).append((at, kind))
            elif open_at.get(key):
                start, kind = open_at[key].pop()
                yield start, at, kind


def _gum_names(sentence: Sentence, rows: list[list[str]]) -> list[str]:
    spans = []
    for start, end, kind in _mentions(rows):
        if kind not in GUM_KINDS:
            continue
        head = _head(sentence, start, end)
        if head is None or sentence.upos is None or sentence.upos[head] != "PROPN":
            continue
        first, last = _proper_run(sentence, head, start, end)
        spans.append((first, last, _kind(GUM_KINDS[kind], sentence, first, last, head)))
    spans.sort(key=lambda s: (s[0] - s[1], s[0]))  # the longest first
    for at, upos in enumerate(sentence.upos or []):
        if upos == "ADJ" and sentence.lemmas[at][:1].isupper() and sentence.words[at][1:2].islower():
            spans.append((at, at, "group"))
    return bio(len(sentence.words), spans)


def _head(sentence: Sentence, start: int, end: int) -> int | None:
    assert sentence.heads is not None
    for at in range(start, end + 1):
        if not start <= sentence.heads[at] - 1 <= end:
            return at
    return None


def _proper_run(sentence: Sentence, head: int, start: int, end: int) -> tuple[int, int]:
    """The name around a mention's head: proper nouns and capitals, bridged by small words ("University of Leeds")."""
    assert sentence.upos is not None

    def proper(at: int) -> bool:
        return sentence.upos[at] == "PROPN" or (sentence.words[at][:1].isupper() and sentence.upos[at] in ("NOUN", "ADJ", "NUM", "VERB"))

    small = {"of", "the", "and", "for", "'s", "’s", "de", "la", "du", "del", "der", "von", "van", "al", "-", "in", "on", "&", "."}
    first = last = head
    at = head - 1
    while at >= start and (proper(at) or sentence.words[at].lower() in small):
        if proper(at):
            first = at
        at -= 1
    at = head + 1
    while at <= end and (proper(at) or sentence.words[at].lower() in small or sentence.upos[at] == "NUM"):
        if proper(at) or (sentence.upos[at] == "NUM" and at == last + 1):
            last = at
        at += 1
    return first, last


def _kind(kind: str, sentence: Sentence, first: int, last: int, head: int) -> str:
    text = " ".join(sentence.words[first : last + 1])
    if kind in ("person", "organisation") and ARMED.search(text):
        return "group"
    if kind == "person" and sentence.xpos is not None and sentence.xpos[head] == "NNPS":
        return "group"
    if kind == "place" and sentence.words[head].lower() in FACILITIES:
        return "facility"
    return kind


def bio(length: int, spans: Iterable[tuple[int, int, str]]) -> list[str]:
    """Tags from spans (both ends inclusive); the first span to claim a word keeps it."""
    tags = ["O"] * length
    for first, last, kind in spans:
        if all(tag == "O" for tag in tags[first : last + 1]):
            tags[first : last + 1] = ["B-" + kind] + ["I-" + kind] * (last - first)
    return tags


def wikigold(path: Path) -> Iterator[Sentence]:
    """WikiGold: IOB1 tags over PER ORG LOC MISC. A one-word capitalised MISC that ends like a nationality is a group."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        rows = [line.rsplit(" ", 1) for line in block.splitlines() if " " in line and "DOCSTART" not in line]
        if rows:
            yield Sentence([r[0] for r in rows], names=_iob(list(zip(*rows, strict=True))[0], [r[1] for r in rows]))


def uner(path: Path) -> Iterator[Sentence]:
    """Universal NER's IOB2 files: number, word, tag."""
    rows: list[tuple[str, str]] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if not line:
            if rows:
                words = [r[0] for r in rows]
                tags = _iob(words, [r[1] for r in rows])
                # UNER does not mark nationalities, so what looks like one teaches nothing either way ("?").
                yield Sentence(words, names=["?" if t == "O" and NATIONALITY.match(w) else t for w, t in zip(words, tags, strict=True)])
            rows = []
        elif not line.startswith("#"):
            columns = line.split("\t")
            if columns[0].isdigit():
                rows.append((columns[1], columns[2]))


NATIONALITY = re.compile(r"^[A-Z][a-z]+(an|ans|ese|ish|i|is|ch|sh|ic|eek|wiss|utch|urds?|erbs?|urks?|rabs?|ews?|ewish)$")


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
    return bio(len(words), [(a, b, _short_kind(" ".join(words[a : b + 1]), k)) for a, b, k in spans])


def _short_kind(text: str, kind: str) -> str:
    if kind in ("other", "place") and NATIONALITY.match(text) and kind == "other":
        return "group"
    if kind in ("organisation", "person") and ARMED.search(text):
        return "group"
    if kind in ("place", "organisation") and text.split()[-1].lower() in FACILITIES:
        return "facility"
    return kind


TOKEN = re.compile(r"(?:[A-Z]\.)+|\w+(?=n['’]t\b)|n['’]t\b|['’]s\b|\w+(?:\.\w+)*|[^\w\s]")


def re3d(path: Path) -> Iterator[Sentence]:
    """re3d: nested, noisy spans over raw text. Persons at their shortest (no rank), the rest at their longest, capitals only."""
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
                while inside and not words[inside[0]][:1].isupper():
                    inside.pop(0)
                while inside and inside[0] + 1 <= inside[-1] and words[inside[0]] in ("The", "A", "An"):
                    inside.pop(0)
                while inside and not any(c.isupper() for c in words[inside[-1]]):
                    inside.pop()
                if inside and words[inside[0]] not in ("The", "A", "An"):
                    piece = " ".join(words[inside[0] : inside[-1] + 1])
                    found.append((inside[0], inside[-1], _short_kind(piece, kind)))
            yield Sentence(words, names=bio(len(words), found))


def _rough_sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for found in re.finditer(r"(?<=[a-z0-9)”\"][.!?])[”\"]?\s+(?=[A-Z“\"])|\n+", text):
        yield start, found.start()
        start = found.end()
    yield start, len(text)
