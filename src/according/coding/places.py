"""Where a happening was, as the words say it: the most specific named place, and the places it lies in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from according.coding.arguments import joined, preposition
from according.coding.kinds import classes, common_lemma, kinds
from according.coding.triggers import Trigger
from according.model import ClaimType, Place, Span

_LOCATIVE = frozenset(
    "in at near on outside inside around across over throughout toward towards into within along between through off beyond above under behind from to of"
    " against via north south east west".split()
)
_WEAK = frozenset({"from", "to", "of", "against", "between", "on", "over", "through", "via", "under", "above", "into"})
_DIRECTIONS = frozenset(
    "north south east west northern southern eastern western northeast northwest southeast southwest northeastern northwestern southeastern"
    " southwestern central upper lower outskirt outskirts countryside center centre part surroundings vicinity suburb suburbs edge heart middle".split()
)
#: Heads that only say what kind of place the name after "of" is.
_KIND_ONLY = frozenset("city town village hamlet settlement neighborhood neighbourhood district area province region camp state governorate island capital".split())
#: What happens over a wide area is no reason to take the place of a narrower happening along.
_LOCAL = frozenset({ClaimType.TALKS, ClaimType.AGREEMENT})


@dataclass(frozen=True, slots=True)
class Where:
    """A place and those around it; ``told`` where the sentence itself names it."""

    place: Place | None
    within: tuple[Place, ...] = ()
    told: bool = False
    rule: str = ""


def where(trigger: Trigger, taken: frozenset[int]) -> Where:
    """The place that a trigger's own sentence names. ``taken``: token indexes of time expressions and speakers."""
    found: list[tuple[Token, str]] = []
    for token, rule in _sources(trigger):
        if token.i in taken or any(token == t for t, _ in found):
            continue
        named = _named(token, taken)
        if named is not None and all(named != t for t, _ in found):
            found.append((named, rule))
    if not found:
        return Where(None)
    first, rule = found[0]
    around = [t for t in _around(first, taken)]
    around += [t for t, _ in found[1:3] if t not in around and not _inside(t, first)]
    place = Place(_span(first, taken))
    within = tuple(Place(_span(t, taken)) for t in around)
    return Where(place, tuple(w for w in within if not w.span.overlaps(place.span)), True, rule)


def _inside(token: Token, other: Token) -> bool:
    return other in token.subtree and False


def _sources(trigger: Trigger) -> Iterator[tuple[Token, str]]:
    """Words that may be the place, the surest first."""
    args = trigger.args
    frame = trigger.row.frame
    for condition in frame.place:
        for token in args.get(condition.role):
            if condition.kind is None or condition.kind in kinds(token):
                yield token, f"place from {condition.role}"
    for part in [trigger, *trigger.absorbed]:
        yield from _locatives(part.token)
    for token in args.get("obj"):
        if "place" in kinds(token) or token.pos_ == "NOUN":
            yield from _locatives(token)
            if trigger.type not in (ClaimType.CASUALTIES, ClaimType.DISPLACEMENT, ClaimType.TALKS) and token.ent_type_ in ("place", "facility"):
                yield token, "place from object"
    for role in ("on", "against", "at", "by", "subj"):
        for token in args.get(role):
            yield from _locatives(token)
            if role in ("on", "at") and token.ent_type_ in ("place", "facility"):
                yield token, f"place from {role}"
    for modifier in args.get("mod"):
        if modifier.ent_type_ in ("place", "facility") and trigger.noun and modifier not in args.get("subj"):
            yield modifier, "place before the noun"
    yield from _above(trigger)


def _locatives(token: Token) -> Iterator[tuple[Token, str]]:
    for strong in (True, False):
        for child in token.children:
            if child.dep_ not in ("obl", "nmod", "obl:unmarked", "nmod:unmarked", "appos"):
                continue
            case = preposition(child)
            if case in _LOCATIVE and (case not in _WEAK) is strong:
                yield child, f"place after “{case}”"
            elif case is None and not strong and child.ent_type_ in ("place", "facility"):
                yield child, "place beside the word"


def _above(trigger: Trigger) -> Iterator[tuple[Token, str]]:
    """Phrases of the clauses that hold the trigger: "In Syria, the army …"."""
    for up in trigger.token.ancestors:
        for token, rule in _locatives(up):
            if token.i != trigger.token.i and trigger.token not in token.subtree:
                yield token, rule + " above"
        if up.dep_ in ("nsubj", "nsubj:pass", "obj") and up.ent_type_ in ("place", "facility") and trigger.token.dep_ in ("acl", "acl:relcl", "amod"):
            yield up, "place of the noun"
        if up.dep_ in ("acl:relcl",):
            yield up.head, "place of the noun"


def _named(token: Token, taken: frozenset[int]) -> Token | None:
    """The word itself where it bears a name, or holds one that says where it is."""
    if token.i in taken or "person" in kinds(token) and token.ent_type_ == "person":
        return None
    if _bears_name(token):
        return token
    lemma = common_lemma(token)
    if token.pos_ in ("NOUN", "ADJ", "PROPN") and (lemma in classes()["place"] or lemma in _DIRECTIONS or lemma in classes()["building"]):
        for child in token.children:
            if child.dep_ in ("nmod", "appos", "compound", "flat", "nmod:poss", "nmod:desc", "amod", "nmod:unmarked") and _bears_name(child) and child.i not in taken:
                if child.dep_ == "amod" and lemma not in _DIRECTIONS | _KIND_ONLY:
                    continue
                return token if child.dep_ in ("compound", "flat", "nmod:desc", "amod") or lemma not in _KIND_ONLY else child
        for child in token.children:
            if child.dep_ == "nmod":
                inner = _named(child, taken)
                if inner is not None:
                    return inner if lemma in _KIND_ONLY else token
    return None


def _bears_name(token: Token) -> bool:
    if token.ent_type_ in ("place", "facility"):
        return True
    return token.pos_ == "PROPN" and not token.ent_type_ and token.text[:1].isupper() and token.text[1:2].islower()


def _around(token: Token, taken: frozenset[int]) -> list[Token]:
    """Named places that a place's own phrase puts around it: "Palmyra, Syria", "Hama in western Syria"."""
    out = []
    for child in token.children:
        if child.i > token.i and child.dep_ in ("nmod", "appos", "obl", "nmod:unmarked", "list", "parataxis", "conj") and child.i not in taken:
            if child.dep_ == "conj" and any(c.dep_ == "cc" for c in child.children):
                continue
            named = _named(child, taken)
            if named is not None and not (common_lemma(token) in _DIRECTIONS and child.dep_ == "nmod"):
                out.append(named)
                out += _around(named, taken)
    head = token.head
    if token.dep_ in ("nmod", "appos") and head.pos_ in ("NOUN", "PROPN"):
        for child in head.children:
            if child != token and child.i > token.i and child.dep_ in ("nmod", "appos"):
                named = _named(child, taken)
                if named is not None:
                    out.append(named)
    return out


def _span(token: Token, taken: frozenset[int]) -> Span:
    """The words of a place: its name, what says which part of it, and the places coordinated with it."""
    doc = token.doc
    start, end = _edges(token, taken)
    for other in joined(token)[1:]:
        if any(c.dep_ in ("cc", "punct") for c in other.children) and other.i not in taken and _named(other, taken) is not None:
            if any(c.dep_ == "cc" for c in other.children):
                end = max(end, _edges(other, taken)[1])
    return _trim(doc, start, end)


def _edges(token: Token, taken: frozenset[int]) -> tuple[int, int]:
    start = end = token.i
    for child in token.children:
        if child.i in taken:
            continue
        if child.dep_ in ("compound", "amod", "flat", "nmod:desc", "nmod:poss", "fixed", "goeswith", "punct") and child.dep_ != "punct":
            start, end = min(start, child.left_edge.i), max(end, child.i if child.i < token.i else child.right_edge.i)
        elif child.dep_ == "nmod" and child.i > token.i and common_lemma(token) not in _KIND_ONLY and not _bears_name(token):
            if any(c.dep_ == "case" and c.lower_ in ("of", "in") for c in child.children):
                end = max(end, _edges(child, taken)[1])
    ent = next((e for e in token.doc.ents if e.start <= token.i < e.end and e.label_ in ("place", "facility")), None)
    if ent is not None:
        start, end = min(start, ent.start), max(end, ent.end - 1)
    return start, end


def _trim(doc: Doc, start: int, end: int) -> Span:
    while start < end and (doc[start].pos_ in ("DET", "PUNCT", "ADP", "CCONJ", "PRON") or doc[start].is_space):
        start += 1
    while end > start and (doc[end].is_punct or doc[end].is_space or doc[end].lower_ in ("'s", "’s")):
        end -= 1
    a, b = doc[start].idx, doc[end].idx + len(doc[end].text)
    return Span.of(doc.text, a, b)


def carried(trigger: Trigger, before: Iterable[tuple[ClaimType, Where]]) -> Where:
    """The place of the claim before, where the sentence names none."""
    if trigger.type in _LOCAL:
        return Where(None)
    for _, earlier in before:
        if earlier.place is not None:
            return Where(earlier.place, earlier.within, False, "place carried over")
    return Where(None)
