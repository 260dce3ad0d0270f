"""Direct speech that the tree of one sentence cannot see: quotations over several sentences, on their own, or without marks.

A quotation that a saying touches belongs to that saying whole, with the quotations that carry it on; one that stands free goes to
who spoke just before it; after "X said:" at a line's end comes what X said.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from dataclasses import replace

from spacy.tokens import Doc, Token

from according.reading.cues import Cues, Stance
from according.reading.quotations import Quotation
from according.reading.sayings import Saying, children, holders, phrase

#: A cue and the quotation it introduces are at most this many tokens apart (a date or "in a statement" may stand between).
_NEAR = 12
#: So many speeches that a colon announces may stand in one another.
_DEEPEST = 8


def extend(doc: Doc, sayings: list[Saying], quotations: tuple[Quotation, ...], cues: Cues) -> list[Saying]:
    """The sayings with the direct speech around them, and those that free quotations add."""
    tokens = [tokens_of(doc, quotation) for quotation in quotations]
    held = holders(sayings)
    said = _Said(list(sayings))
    for n, inside in enumerate(tokens):
        owner = _owner(doc, sayings, inside, held)
        if owner is not None:
            said.take(n, owner, quotations[n], inside)
    for n, quotation in enumerate(quotations):
        if n not in said.taken and tokens[n]:
            owner = _settled(doc, quotation, tokens[n], said, cues)
            if owner is not None:
                said.take(n, owner, quotation, tokens[n])
    sayings = said.sayings
    uttered: dict[int, list[range]] = {}
    for n, owner in said.taken.items():
        uttered.setdefault(owner, []).append(tokens[n])
    for owner, stretches in uttered.items():
        saying = sayings[owner]
        sayings[owner] = replace(saying, content=saying.content.union(*stretches) - saying.clause)
    return _with_announced(doc, sayings, cues)


class _Said:
    """The sayings of a text while its quotations are given out, and which quotation goes to which."""

    def __init__(self, sayings: list[Saying]) -> None:
        self.sayings = sayings
        self.taken: dict[int, int] = {}  # quotation → the saying whose speaker utters it
        self.runs: dict[int, int] = {}  # run → the saying of its quotation that was given out first
        self._heads = sorted((saying.head, n) for n, saying in enumerate(sayings))
        self._ends: list[tuple[int, int, int]] = []  # last token, how early given out (0, -1, …), quotation

    def take(self, n: int, owner: int, quotation: Quotation, inside: range) -> None:
        self.runs.setdefault(quotation.run, owner)
        if inside:
            insort(self._ends, (inside[-1], -len(self.taken), n))
        self.taken[n] = owner

    def add(self, saying: Saying) -> int:
        """Put a saying beside the others; its number."""
        self.sayings.append(saying)
        insort(self._heads, (saying.head, len(self.sayings) - 1))
        return len(self.sayings) - 1

    def near(self, first: int, last: int, reach: int) -> list[int]:
        """The numbers of the sayings with a head at most ``reach`` tokens from either of two tokens, in order."""
        found = {
            n
            for at in (first, last)
            for _, n in self._heads[bisect_left(self._heads, (at - reach,)) : bisect_left(self._heads, (at + reach + 1,))]
        }
        return sorted(found)

    def before(self, first: int) -> tuple[int, int] | None:
        """The last token of the quotation given out that ends last before a token, and the saying that it went to."""
        at = bisect_left(self._ends, (first,))
        return (self._ends[at - 1][0], self.taken[self._ends[at - 1][2]]) if at else None


def tokens_of(doc: Doc, quotation: Quotation) -> range:
    """The indexes of a quotation's tokens, its marks included."""
    span = doc.char_span(quotation.start, quotation.end, alignment_mode="expand")
    return range(0) if span is None else range(span.start, span.end)


def _owner(doc: Doc, sayings: list[Saying], inside: range, held: dict[int, list[int]]) -> int | None:
    """The saying whose content reaches into a quotation from a cue outside it; the nearest, if several."""
    best: tuple[int, int, int] | None = None
    words = sum(1 for i in inside if not doc[i].is_punct)
    for n in sorted({n for i in inside for n in held.get(i, ())}):
        saying = sayings[n]
        if saying.head in inside or not saying.source or not (saying.quotable or saying.parenthetical):
            continue
        if not saying.quotable and sum(i in saying.content for i in inside) < words:
            continue
        gap = min(abs(saying.head - inside[0]), abs(saying.head - inside[-1]))
        rank = (0 if saying.quotable else 1, gap, n)
        best = rank if best is None or rank < best else best
    return None if best is None else best[2]


def _settled(doc: Doc, quotation: Quotation, inside: range, said: _Said, cues: Cues) -> int | None:
    """The saying (added, if need be) of a quotation that no saying's clause reaches."""
    if quotation.run in said.runs:
        return said.runs[quotation.run]
    beside = _beside(doc, said, inside[0], inside[-1])
    if beside is not None or not _whole_sentences(doc, inside):
        return beside
    near = said.before(inside[0])
    if near is not None:
        end = max(near[0], *said.sayings[near[1]].clause)
        if _next_sentence(doc, end, inside[0]):
            return near[1]
    added = _introduced(doc, inside[0], inside, cues)
    return None if added is None else said.add(added)


def _beside(doc: Doc, said: _Said, first: int, last: int) -> int | None:
    """A cue of direct speech right before or after a quotation, in its sentence or closing the one before."""
    for n in said.near(first, last, 5 * _NEAR):
        saying = said.sayings[n]
        if not (saying.quotable and saying.source):
            continue
        start, end = min(saying.clause), max(saying.clause)
        same_sentence = doc[start].sent == doc[first].sent
        if 0 < start - last <= 3 and _only_marks(doc, last + 1, start) and doc[start].sent == doc[last].sent:
            return n
        if 0 < first - end <= _NEAR and same_sentence and doc[first - 1].text in {",", ":", ";"}:
            return n
        if 0 < first - end <= 2 * _NEAR and _sentence_final(doc, saying, first):
            return n
    return None


def _sentence_final(doc: Doc, saying: Saying, first: int) -> bool:
    """Whether a cue that follows its words ends its sentence right before the quotation: “…,” X said. “…”"""
    sentence = doc[saying.head].sent
    return saying.parenthetical and sentence.end <= first and _only_marks(doc, sentence.end, first)


def _only_marks(doc: Doc, start: int, end: int) -> bool:
    return all(t.is_punct or t.is_space for t in doc[start:end])


def _whole_sentences(doc: Doc, inside: range) -> bool:
    """Whether a quotation fills the sentences it stands in."""
    span = doc[inside.start : inside.stop]
    return _only_marks(doc, span[0].sent.start, span.start) and _only_marks(doc, span.end, span[-1].sent.end)


def _next_sentence(doc: Doc, end: int, first: int) -> bool:
    """Whether nothing but the rest of the sentence of token ``end`` stands before token ``first``."""
    return _only_marks(doc, doc[end].sent.end, first)


def _introduced(doc: Doc, first: int, inside: range, cues: Cues) -> Saying | None:
    """A free quotation after a sentence about somebody: "A witness described the blast. "I saw …"": the subject speaks."""
    at = first - 1
    while at >= 0 and doc[at].is_space:
        at -= 1
    if at < 0:
        return None
    root = doc[at].sent.root
    subjects = [s for s in children(root, "nsubj") if _can_speak(s, cues)]
    if not subjects:
        return None
    return Saying(
        cue=(root.i,),
        head=root.i,
        stance=Stance.SAY,
        content=frozenset(inside),
        rule="free quotation",
        source=phrase(subjects[0]),
        source_head=subjects[0].i,
        quotable=True,
    )


def _can_speak(token: Token, cues: Cues) -> bool:
    people = cues.words["men"] | cues.words["women"]
    return token.ent_type_ == "person" or token.lower_ in people or token.lower_ in cues.words["speakers"]


# --- "X said:" and no marks after it -----------------------------------------------------------------------------------------


def _with_announced(doc: Doc, sayings: list[Saying], cues: Cues) -> list[Saying]:
    """The sayings, those before a colon with what follows it; where too many such speeches stand in one another, the inner ones without."""
    turns = _turns(doc, sayings, cues)
    out = list(sayings)
    open_: list[int] = []  # where the speeches end that run on
    for n in sorted(range(len(sayings)), key=lambda n: sayings[n].head):
        open_ = [end for end in open_ if end > sayings[n].head]
        if len(open_) < _DEEPEST:
            out[n] = _announced(doc, sayings[n], turns, cues)
            if out[n] is not sayings[n]:
                open_.append(max(out[n].content, default=-1) + 1)
    return out


def _turns(doc: Doc, sayings: list[Saying], cues: Cues) -> list[int]:
    """The first tokens, in order, of the sentences in which somebody is named who speaks after or inside his words."""
    return sorted(
        doc[s.head].sent.start
        for s in sayings
        if s.quotable and s.source_head is not None and s.parenthetical and doc[s.source_head].lower_ not in cues.words["own"]
    )


def _announced(doc: Doc, saying: Saying, turns: list[int], cues: Cues) -> Saying:
    """A cue that closes its sentence with a colon takes what follows, where no quotation mark does."""
    sentence = doc[saying.head].sent
    if not (saying.quotable and saying.source) or not _colon_end(doc, sentence.end):
        return saying
    if any(i >= sentence.end for i in saying.content) or not _only_spaces(doc, saying.head + 1, sentence.end - 1):
        return saying
    start = sentence.end
    while start < len(doc) and doc[start].is_space:
        start += 1
    if start >= len(doc):
        return saying
    end = _speech_end(doc, saying, start, turns, cues)
    kept = frozenset(i for i in saying.content if i > saying.head)
    return replace(saying, content=kept | frozenset(range(start, end)))


def _colon_end(doc: Doc, end: int) -> bool:
    at = end - 1
    while at > 0 and doc[at].is_space:
        at -= 1
    return doc[at].text == ":"


def _only_spaces(doc: Doc, start: int, end: int) -> bool:
    """No clause between a cue and its colon (a date, "in a statement" may stand there)."""
    return all(t.pos_ not in {"VERB", "AUX"} for t in doc[start:end])


def _speech_end(doc: Doc, saying: Saying, start: int, turns: list[int], cues: Cues) -> int:
    """Where speech without marks ends: a statement in the first person runs on until somebody else speaks; else one paragraph does."""
    turn = bisect_right(turns, start)
    limit = turns[turn] if turn < len(turns) else len(doc)
    if any(t.lower_ in cues.words["own"] for t in doc[start:limit]):
        return _third_person(doc, saying, start, limit)
    for token in doc[start:limit]:
        if "\n" in token.text and token.i + 1 < limit and not _list_item(doc, token.i + 1):
            return token.i
    return limit


def _third_person(doc: Doc, saying: Saying, start: int, limit: int) -> int:
    """Where, before ``limit``, a sentence has the speaker for its subject: nobody says "I" and then his own name."""
    own = {doc[i].lower_ for i in saying.source if doc[i].pos_ in {"NOUN", "PROPN"}}
    at = start
    while at < limit:
        sentence = doc[at].sent
        if any(subject.lower_ in own for subject in children(sentence.root, "nsubj")):
            return max(start, sentence.start)
        at = sentence.end
    return limit


def _list_item(doc: Doc, at: int) -> bool:
    return doc[at].text in {"-", "–", "—", "•", "*", "·"} or doc[at].like_num
