"""Direct speech that the tree of one sentence cannot see: quotations over several sentences, on their own, or without marks.

A quotation that a saying touches belongs to that saying whole, with the quotations that carry it on; one that stands free goes to
who spoke just before it; after "X said:" at a line's end comes what X said.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc, Token

from according.reading.cues import Cues, Stance
from according.reading.quotations import Quotation
from according.reading.sayings import Saying, children, holders, phrase

#: A cue and the quotation it introduces are at most this many tokens apart (a date or "in a statement" may stand between).
_NEAR = 12


def extend(doc: Doc, sayings: list[Saying], quotations: tuple[Quotation, ...], cues: Cues) -> list[Saying]:
    """The sayings with the direct speech around them, and those that free quotations add."""
    tokens = [tokens_of(doc, quotation) for quotation in quotations]
    held = holders(sayings)
    taken: dict[int, int] = {}  # quotation → the saying whose speaker utters it
    for n, inside in enumerate(tokens):
        owner = _owner(doc, sayings, inside, held)
        if owner is not None:
            taken[n] = owner
    sayings = list(sayings)
    for n in range(len(quotations)):
        if n not in taken and tokens[n]:
            _settle(doc, n, quotations, tokens, taken, sayings, cues)
    for n, owner in taken.items():
        saying = sayings[owner]
        sayings[owner] = replace(saying, content=(saying.content | tokens[n]) - saying.clause)
    return [_announced(doc, saying, sayings, cues) for saying in sayings]


def tokens_of(doc: Doc, quotation: Quotation) -> frozenset[int]:
    """The indexes of a quotation's tokens, its marks included."""
    span = doc.char_span(quotation.start, quotation.end, alignment_mode="expand")
    return frozenset() if span is None else frozenset(range(span.start, span.end))


def _owner(doc: Doc, sayings: list[Saying], inside: frozenset[int], held: dict[int, list[int]]) -> int | None:
    """The saying whose content reaches into a quotation from a cue outside it; the nearest, if several."""
    best: tuple[int, int, int] | None = None
    words = sum(1 for i in inside if not doc[i].is_punct)
    for n in sorted({n for i in inside for n in held.get(i, ())}):
        saying = sayings[n]
        if saying.head in inside or not saying.source or not (saying.quotable or saying.parenthetical):
            continue
        if not saying.quotable and len(saying.content & inside) < words:
            continue
        gap = min(abs(saying.head - min(inside)), abs(saying.head - max(inside)))
        rank = (0 if saying.quotable else 1, gap, n)
        best = rank if best is None or rank < best else best
    return None if best is None else best[2]


def _settle(
    doc: Doc,
    n: int,
    quotations: tuple[Quotation, ...],
    tokens: list[frozenset[int]],
    taken: dict[int, int],
    sayings: list[Saying],
    cues: Cues,
) -> None:
    """Find the speaker of a quotation that no saying's clause reaches, and write it into ``taken`` (and ``sayings``)."""
    same_run = [m for m in taken if quotations[m].run == quotations[n].run]
    if same_run:
        taken[n] = taken[same_run[0]]
        return
    inside = tokens[n]
    first, last = min(inside), max(inside)
    beside = _beside(doc, sayings, first, last)
    if beside is not None:
        taken[n] = beside
        return
    if not _whole_sentences(doc, inside):
        return
    before = [m for m in taken if tokens[m] and max(tokens[m]) < first]
    if before:
        near = max(before, key=lambda m: max(tokens[m]))
        end = max(max(tokens[near]), *sayings[taken[near]].clause)
        if _next_sentence(doc, end, first):
            taken[n] = taken[near]
            return
    added = _introduced(doc, first, inside, cues)
    if added is not None:
        sayings.append(added)
        taken[n] = len(sayings) - 1


def _beside(doc: Doc, sayings: list[Saying], first: int, last: int) -> int | None:
    """A cue of direct speech right before or after a quotation, in its sentence or closing the one before."""
    for n, saying in enumerate(sayings):
        far = min(abs(saying.head - first), abs(saying.head - last)) > 5 * _NEAR
        if far or not (saying.quotable and saying.source):
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


def _whole_sentences(doc: Doc, inside: frozenset[int]) -> bool:
    """Whether a quotation fills the sentences it stands in."""
    span = doc[min(inside) : max(inside) + 1]
    return _only_marks(doc, span[0].sent.start, span.start) and _only_marks(doc, span.end, span[-1].sent.end)


def _next_sentence(doc: Doc, end: int, first: int) -> bool:
    """Whether nothing but the rest of the sentence of token ``end`` stands before token ``first``."""
    return _only_marks(doc, doc[end].sent.end, first)


def _introduced(doc: Doc, first: int, inside: frozenset[int], cues: Cues) -> Saying | None:
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
        content=inside,
        rule="free quotation",
        source=phrase(subjects[0]),
        source_head=subjects[0].i,
        quotable=True,
    )


def _can_speak(token: Token, cues: Cues) -> bool:
    people = cues.words["men"] | cues.words["women"]
    return token.ent_type_ == "person" or token.lower_ in people or token.lower_ in cues.words["speakers"]


# --- "X said:" and no marks after it -----------------------------------------------------------------------------------------


def _announced(doc: Doc, saying: Saying, sayings: list[Saying], cues: Cues) -> Saying:
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
    end = _speech_end(doc, saying, start, sayings, cues)
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


def _speech_end(doc: Doc, saying: Saying, start: int, sayings: list[Saying], cues: Cues) -> int:
    """Where speech without marks ends: a statement in the first person runs on until somebody else speaks; else one paragraph does."""
    stops = [
        doc[s.head].sent.start
        for s in sayings
        if s.head > start
        and s.quotable
        and s.source_head is not None
        and s.parenthetical
        and doc[s.source_head].lower_ not in cues.words["own"]
    ]
    limit = min([stop for stop in stops if stop > start], default=len(doc))
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
