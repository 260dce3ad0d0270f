"""Noun phrases with how many they say: which word bears a number, and what a phrase without one says."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from according.model import Span
from according.reading.measures import base, is_people, listed
from according.reading.numbers import Kind, Number
from according.reading.roles import case

_MODIFIES = frozenset({"nummod", "det", "amod", "advmod", "det:predet", "dep", "nmod:unmarked", "case", "discourse"})
_LEFT = frozenset({"det", "amod", "compound", "nummod", "nmod:poss", "nmod:desc", "flat", "advmod", "det:predet", "punct", "case", "obl", "nmod", "nmod:unmarked"})
_NAME = frozenset({"amod", "compound", "flat", "nmod:desc", "punct"})
_ONE = frozenset({"he", "she", "him", "her", "his", "hers", "i", "me", "my", "someone", "somebody"})
_MANY = frozenset({"they", "them", "we", "us", "others"})


@dataclass(frozen=True, slots=True)
class Counted:
    """A number in its noun phrase. ``bearer``: the word that stands in the sentence for the whole phrase ("dozens" in
    "dozens of villages"); ``noun``: what is counted ("villages"), ``None`` where it is left out ("12 were killed")."""

    number: Number
    bearer: int
    noun: int | None


def anchors(doc: Doc, numbers: Sequence[Number]) -> dict[int, Counted]:
    """Each number's phrase, by the index of its bearer and again by that of its noun."""
    starts = [token.idx for token in doc]
    out: dict[int, Counted] = {}
    for number in sorted(numbers, key=lambda n: n.kind is Kind.ONE):  # a number before an article
        first = bisect_right(starts, number.core.start) - 1
        last = bisect_right(starts, number.core.end - 1) - 1
        if first < 0:
            continue
        found = _anchor(doc, number, first, last)
        out.setdefault(found.bearer, found)
        if found.noun is not None:
            out.setdefault(found.noun, found)
    return out


def _anchor(doc: Doc, number: Number, first: int, last: int) -> Counted:
    core = range(first, last + 1)
    outward = [doc[i] for i in core if doc[i].head.i not in core or doc[i].head is doc[i]]
    solid = [t for t in outward if t.pos_ not in ("ADP", "PUNCT", "SYM", "CCONJ")] or outward or [doc[last]]
    top = solid[-1]
    head = top.head
    if top.dep_ in _MODIFIES and head.i > last and head.pos_ in ("NOUN", "PROPN", "PRON", "ADJ", "VERB", "NUM", "SYM") and head.sent == top.sent:
        if head.pos_ != "VERB" or head.tag_ in ("VBN", "VBG"):
            return Counted(number, head.i, None if head.pos_ in ("ADJ", "VERB") else head.i)
    below = [c for i in core for c in doc[i].children if c.dep_ in ("nmod", "obl") and c.i > last and case(c) == "of" and c.i - last < 12]
    return Counted(number, top.i, below[0].i if below else None)


def interval(token: Token, counted: Counted | None, people: bool) -> tuple[int | None, int | None] | None:
    """What a noun phrase says of its number, [min, max]; ``None`` where it is no figure at all.

    ``people``: it is killed, hurt, held or moved, so that one person named or meant counts as one.
    """
    if counted:
        number = counted.number
        if number.kind is Kind.ONE and ((people and base(token) in listed("nouns", "collective")) or token.tag_ in ("NNS", "NNPS")):
            return None, None
        return number.min, number.max
    if token.pos_ == "PRON":
        return _pronoun(token) if people else None
    if token.pos_ == "PROPN":
        return _proper(token) if people else None
    if token.tag_ == "NNS":
        return None, None
    if token.pos_ == "NOUN":
        return _singular(token, people)
    if token.tag_ in ("JJ", "VBN") and any(child.lower_ == "the" for child in token.children):
        return None, None  # "the wounded"
    return None


def _pronoun(token: Token) -> tuple[int | None, int | None] | None:
    if token.lower_ in _ONE:
        return 1, 1
    return (None, None) if token.lower_ in _MANY else None


def _proper(token: Token) -> tuple[int | None, int | None] | None:
    if token.ent_type_ == "person":
        return 1, 1
    if token.tag_ == "NNPS" or (is_people(token) and token.lower_ != base(token)):
        return None, None
    return (1, 1) if is_people(token) else None


def _singular(token: Token, people: bool) -> tuple[int | None, int | None] | None:
    word = base(token)
    if word in listed("nouns", "collective"):
        return None, None
    if word in listed("nouns", "never"):
        return None
    return (1, 1) if people else (None, None)


def words(doc: Doc, token: Token, counted: Counted | None, joined: Sequence[Token]) -> tuple[Span, str | None]:
    """The phrase as written, from its number to its noun, and the exact words of what is counted."""
    noun = doc[counted.noun] if counted and counted.noun is not None else (None if counted else token)
    head = noun if noun is not None else token
    start = min([head.i, token.i, *(_left(head, counted))])
    end = max([head.i, token.i, *(word.i for word in joined)])
    begin, finish = doc[start].idx, doc[end].idx + len(doc[end])
    if counted:
        begin, finish = min(begin, counted.number.span.start), max(finish, counted.number.span.end)
    of = None
    if noun is not None and noun.pos_ != "PRON":
        named = min([noun.i, *(_left(noun, counted, _NAME))])
        of = doc.text[doc[named].idx : doc[end].idx + len(doc[end])]
    return Span.of(doc.text, begin, finish), of


def _left(head: Token, counted: Counted | None, relations: frozenset[str] = _LEFT) -> list[int]:
    """The modifiers that stand before ``head`` without a gap, those of the number left to the number."""
    edge = head.i
    after = counted.number.span.end if counted and counted.number.span.end <= head.idx else 0
    for child in sorted(head.lefts, key=lambda t: -t.i):
        if child.dep_ not in relations or child.right_edge.i + 1 < edge or child.left_edge.idx < after or child.text in ",;:":
            break
        edge = child.left_edge.i
    return [edge]
