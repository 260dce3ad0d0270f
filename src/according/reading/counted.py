"""Noun phrases with how many they say: which word bears a number, and what a phrase without one says."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from according.model import Span
from according.reading.measures import base, is_aged, is_people, listed
from according.reading.numbers import Kind, Number
from according.reading.roles import case, together

_MODIFIES = frozenset({"nummod", "det", "amod", "advmod", "det:predet", "dep", "nmod:unmarked", "case", "discourse"})
_LEFT = frozenset({"det", "amod", "compound", "nummod", "nmod:poss", "nmod:desc", "flat", "advmod", "det:predet", "punct", "nmod:unmarked"})
_NAME = frozenset({"amod", "compound", "flat", "nmod:desc", "punct"})
_BEARERS = frozenset({"NOUN", "PROPN", "PRON", "ADJ", "NUM", "SYM"})
#: Relations in which a number has lost its noun.
_LOOSE = frozenset({"nmod", "obl", "dep", "compound", "appos", "parataxis", "nmod:desc", "root", "cc", "punct", "nummod", "case"})
_ONE = frozenset({"he", "she", "him", "her", "his", "hers", "i", "me", "my", "someone", "somebody", "himself", "herself"})
_MANY = frozenset({"they", "them", "we", "us", "others"})


@dataclass(frozen=True, slots=True)
class Counted:
    """A number in its noun phrase. ``bearer``: the word that stands in the sentence for the whole phrase ("dozens" in
    "dozens of villages"); ``noun``: what is counted ("villages"), ``None`` where it is left out ("12 were killed").
    """

    number: Number
    bearer: int
    noun: int | None


def anchors(doc: Doc, numbers: Sequence[Number]) -> dict[int, Counted]:
    """Each number's phrase, by the index of its bearer and again by that of its noun."""
    starts = [token.idx for token in doc]
    found: list[Counted] = []
    for number in sorted(numbers, key=lambda n: n.kind in (Kind.ONE, Kind.VAGUE)):  # a number before an article
        first = bisect_right(starts, number.core.start) - 1
        last = bisect_right(starts, number.core.end - 1) - 1
        if first >= 0:
            found.append(_anchor(doc, number, first, last))
    nouns = {it.noun for it in found if it.number.kind is Kind.COUNT}
    found = [it for it in found if it.number.core.text.lower() != "others" or it.bearer not in nouns]  # "dozens of others"
    out: dict[int, Counted] = {}
    for it in found:
        out.setdefault(it.bearer, it)
    for it in found:  # "500 of the 4,000 villagers": the villagers are 4,000
        if it.noun is not None:
            out.setdefault(it.noun, it)
    return out


def _anchor(doc: Doc, number: Number, first: int, last: int) -> Counted:
    core = range(first, last + 1)
    outward = [doc[i] for i in core if doc[i].head.i not in core or doc[i].head is doc[i]]
    solid = [t for t in outward if t.pos_ not in ("ADP", "PUNCT", "SYM", "CCONJ")] or outward or [doc[last]]
    top = solid[-1]
    head = top.head
    # Not a verb: in "22 killed" the number stands for the people.
    if top.dep_ in _MODIFIES and head.i > last and head.pos_ in _BEARERS and together(top, head):
        return Counted(number, head.i, None if head.pos_ == "ADJ" else head.i)
    beside = _noun_after(doc, last) if top.dep_ in _LOOSE and doc[last].lower_ != "of" else None
    if beside is not None:
        return Counted(number, beside, beside)
    below = [c for i in core for c in doc[i].children if c.dep_ in ("nmod", "obl") and c.i > last and case(c) == "of" and c.i - last < 12]
    return Counted(number, top.i, below[0].i if below else None)


def _noun_after(doc: Doc, last: int) -> int | None:
    """The noun that a number runs straight into, where the tree does not tie them: "10,000 and 12,000 people"."""
    found, at = None, last + 1
    while at < len(doc) and at <= last + 6 and together(doc[last], doc[at]) and doc[at].pos_ in ("ADJ", "NOUN", "PROPN", "ADV"):
        if doc[at].pos_ == "NOUN":
            found = at
        at += 1
    if found is None or doc[found].dep_ in ("obl:unmarked", "advmod", "compound", "xcomp"):
        return None
    return found


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
        return None if people and base(token) in listed("nouns", "never") else (None, None)
    if token.pos_ == "NOUN":
        return _singular(token, people)
    if token.tag_ in ("JJ", "VBN") and any(child.lower_ == "the" for child in token.children):
        return (1, 1) if people and is_aged(token) else (None, None)  # "the 15-year-old", "the wounded"
    return None


def _pronoun(token: Token) -> tuple[int | None, int | None] | None:
    if token.lower_ in _ONE:
        return 1, 1
    return (None, None) if token.lower_ in _MANY else None


def _proper(token: Token) -> tuple[int | None, int | None] | None:
    if token.ent_type_ == "person" or any(c.dep_ == "amod" and c.lower_ == "old" for c in token.children):
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


def words(text: str, token: Token, counted: Counted | None, joined: Sequence[Token]) -> tuple[Span, str | None]:
    """The phrase as written, from its number to its noun, and the exact words of what is counted."""
    doc = token.doc
    noun = doc[counted.noun] if counted and counted.noun is not None else (None if counted else token)
    head = noun if noun is not None else token
    start = min([head.i, token.i, *(_left(head, counted))])
    end = max([head.i, token.i, *(word.i for word in joined)])
    begin, finish = doc[start].idx, doc[end].idx + len(doc[end])
    if counted:
        begin, finish = min(begin, counted.number.span.start), max(finish, counted.number.span.end)
        after = doc[end + 1] if end + 1 < len(doc) else None
        if noun is None and after is not None and after.lower_ == "more":
            finish = after.idx + len(after)  # "30 more"
    of = None
    if noun is not None and noun.pos_ != "PRON":
        named = min([noun.i, *(_left(noun, counted, _NAME))])
        of = text[doc[named].idx : doc[end].idx + len(doc[end])]
    return Span.of(text, begin, finish), of


def _left(head: Token, counted: Counted | None, relations: frozenset[str] = _LEFT) -> list[int]:
    """The modifiers that stand before ``head`` without a gap, those of the number left to the number."""
    edge = head.i
    after = counted.number.span.end if counted and counted.number.span.end <= head.idx else 0
    for child in sorted(head.lefts, key=lambda t: -t.i):
        if (
            child.dep_ not in relations
            or (child.dep_ == "punct" and child.text not in ("-", "–", '"', "“"))
            or child.right_edge.i + 1 < edge
            or child.left_edge.idx < after
            or child.text in ",;:"
        ):
            break
        edge = child.left_edge.i
    return [edge]
