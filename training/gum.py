"""GUM's mentions → names: which words of a typed, bracketed mention are the name, and of which kind.

GUM marks all mentions, named or not ("the physician Jane Doe" is one person mention), and types them by what they do: a museum is an
organization where it hires and a place where it stands. :mod:`kinds` says what is made of that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kinds import COUNTRIES, nameless, people, settled, title

TYPES = {"person": "person", "organization": "organisation", "place": "place", "event": "other", "object": "other", "abstract": "other"}
#: Words that may stand inside a name, by kind; a person's name is not bridged by "of" ("Jane of Leeds" are two).
PARTICLES = frozenset("de la du del della der den von van al el bin ibn da di dos le - . ' ’ the".split())
BRIDGES = PARTICLES | frozenset("of and for 's ’s on &".split())

Rows = list[list[str]]  # CoNLL-U columns, a row a word
WORD, LEMMA, UPOS, XPOS, HEAD, REL, MISC = 1, 2, 3, 4, 6, 7, 9


class Mention(NamedTuple):
    first: int
    last: int
    type: str
    link: str  # Wikipedia title, or ""


class Named(NamedTuple):
    first: int
    last: int
    kind: str


def mentions(rows: Rows) -> Iterator[Mention]:
    """The bracketed mentions of a sentence; brackets that do not close in the sentence are dropped."""
    open_at: dict[str, list[tuple[int, str, str]]] = {}
    for at, row in enumerate(rows):
        found = re.search(r"Entity=([^|]*)", row[MISC])
        if not found:
            continue
        for piece in re.findall(r"\([^()]+\)?|[^()]+\)", found.group(1)):
            fields = piece.strip("()").split("-", 6)
            key, kind = fields[0], fields[1] if len(fields) > 1 else ""
            link = fields[6] if len(fields) > 6 else ""
            if piece.startswith("(") and piece.endswith(")"):
                yield Mention(at, at, kind, link)
            elif piece.startswith("("):
                open_at.setdefault(key, []).append((at, kind, link))
            elif open_at.get(key):
                start, kind, link = open_at[key].pop()
                yield Mention(start, at, kind, link)


def gum_names(document: list[Rows]) -> list[list[str]]:
    """Name tags for every sentence of a document.

    A proper noun that no mention explains takes the kind that the same words have elsewhere in the document, or else "?".
    """
    found = [list(_named(rows)) for rows in document]
    known = {_text(rows, n.first, n.last).lower(): n.kind for rows, names in zip(document, found, strict=True) for n in names}
    return [_tags(rows, names, known) for rows, names in zip(document, found, strict=True)]


def _tags(rows: Rows, names: list[Named], known: dict[str, str]) -> list[str]:
    tags = bio(len(rows), sorted(names, key=lambda n: (n.first - n.last, n.first)))
    dated = {at for m in mentions(rows) if m.type in ("time", "substance", "animal", "plant") for at in range(m.first, m.last + 1)}
    for first, last in _runs(rows, tags):
        words = [r[WORD] for r in rows[first : last + 1]]
        text = " ".join(words)
        low = text.lower()
        if low in COUNTRIES or low in known:
            tags[first : last + 1] = bio(last - first + 1, [(0, last - first, "place" if low in COUNTRIES else known[low])])
        elif first == last and people(text):
            tags[first] = "B-group"
        elif not nameless(words) and not all(at in dated for at in range(first, last + 1)):
            tags[first : last + 1] = ["?"] * (last - first + 1)
    for at, row in enumerate(rows):
        if tags[at] == "O" and row[UPOS] in ("ADJ", "NOUN") and people(row[WORD]):
            tags[at] = "B-group"
    return tags


def _runs(rows: Rows, tags: list[str]) -> Iterator[tuple[int, int]]:
    """Runs of proper nouns that have no tag."""
    start = None
    for at in range(len(rows) + 1):
        free = at < len(rows) and rows[at][UPOS] == "PROPN" and tags[at] == "O"
        if free and start is None:
            start = at
        elif not free and start is not None:
            yield start, at - 1
            start = None


def _named(rows: Rows) -> Iterator[Named]:
    all_mentions = list(mentions(rows))
    heads = {m: _head(rows, m) for m in all_mentions}
    own = {(m.first, m.last): heads[m] for m in all_mentions}
    for mention, head in heads.items():
        if mention.type not in TYPES or head is None:
            continue
        if rows[head][UPOS] != "PROPN":
            inner = _apposed(rows, mention, head, set(heads.values()))
            if inner is None:
                continue
            head = inner
        kind = TYPES[mention.type]
        first, last = _extent(rows, mention, head, kind, own)
        words = [r[WORD] for r in rows[first : last + 1]]
        if kind == "person":
            words, first = _without_titles(rows, first, last, head)
        if not words or nameless(words):
            continue
        if kind == "person" and rows[head][XPOS] == "NNPS":
            kind = "group"
        yield Named(first, last, settled(" ".join(words), kind, mention.link))


def _head(rows: Rows, mention: Mention) -> int | None:
    for at in range(mention.first, mention.last + 1):
        if not mention.first <= int(rows[at][HEAD]) - 1 <= mention.last:
            return at
    return None


def _apposed(rows: Rows, mention: Mention, head: int, heads: set[int | None]) -> int | None:
    """The proper noun that names what a common noun is: "the critic *Doe*", "the town of *Esna*"; ``None`` where there is none."""
    for at in range(mention.first, mention.last + 1):
        row = rows[at]
        if row[UPOS] != "PROPN" or int(row[HEAD]) - 1 != head or at in heads:
            continue
        if row[REL] in ("flat", "appos", "nmod:desc") and (at > head or mention.type == "person"):
            return at
        if row[REL] == "nmod" and mention.type == "place" and rows[at - 1][WORD] == "of":
            return at
    return None


def _extent(rows: Rows, mention: Mention, head: int, kind: str, own: dict[tuple[int, int], int | None]) -> tuple[int, int]:
    """The name around a head: proper nouns and capitals, bridged by small words, not across another mention in a list or an apposition."""
    bridges = PARTICLES if kind == "person" else BRIDGES
    others = [(a, b) for (a, b), h in own.items() if (a, b) != (mention.first, mention.last) and h is not None and h != head]

    def proper(at: int) -> bool:
        row = rows[at]
        capital = row[WORD][:1].isupper() and row[UPOS] in ("NOUN", "ADJ", "NUM", "VERB") and kind != "person"
        return row[UPOS] == "PROPN" or capital or (row[UPOS] == "ADJ" and row[WORD][:1].isupper() and rows[at - 1][WORD] == "the")

    def closed(at: int) -> bool:
        """Whether a bridge leads out of the name: "Leeds and …", "Leeds's …" where what stands there is a mention of its own."""
        word = rows[at][WORD].lower()
        if word in ("'s", "’s"):
            return any(b in (at, at - 1) for _, b in others)
        beyond = at + (2 if rows[min(at + 1, len(rows) - 1)][WORD].lower() == "the" else 1)
        return word in ("and", "&", "on") and any(a in (at + 1, beyond) for a, _ in others)

    first = last = head
    at = head - 1
    while at >= mention.first and (proper(at) or (rows[at][WORD].lower() in bridges and not closed(at))):
        if proper(at):
            first = at
        at -= 1
    at = head + 1
    while at <= mention.last and (proper(at) or rows[at][UPOS] == "NUM" or (rows[at][WORD].lower() in bridges and not closed(at))):
        if proper(at) or (rows[at][UPOS] == "NUM" and at == last + 1):
            last = at
        at += 1
    return first, last


def _without_titles(rows: Rows, first: int, last: int, head: int) -> tuple[list[str], int]:
    """A person's name without all that stands before it to the last title; no words where only an office is named."""
    office = title(rows[head][WORD]) and not any(int(r[HEAD]) - 1 == head and r[REL] == "flat" for r in rows[first : last + 1])
    first = max((at + 1 for at in range(first, head) if title(rows[at][WORD])), default=first)
    while first <= last and rows[first][WORD].lower() in (".", "-", "'", "’", "the"):
        first += 1
    return ([] if office else [r[WORD] for r in rows[first : last + 1]]), first


def _text(rows: Rows, first: int, last: int) -> str:
    return " ".join(r[WORD] for r in rows[first : last + 1])


def bio(length: int, spans: Iterable[tuple[int, int, str]]) -> list[str]:
    """Tags from spans (both ends inclusive); the first span to claim a word keeps it."""
    tags = ["O"] * length
    for first, last, kind in spans:
        if all(tag == "O" for tag in tags[first : last + 1]):
            tags[first : last + 1] = ["B-" + kind] + ["I-" + kind] * (last - first)
    return tags
