"""What became of those who were shot: the words of one sentence leave it open, the rest of the report may tell.

In news "a man was shot" mostly means wounded, unless his death is told, in whatever sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from according.coding.kinds import common_lemma, content
from according.coding.parties import antecedent
from according.coding.words import words
from according.model import Measure
from according.reading.entities import bounds
from according.reading.figures import FigureMention
from according.reading.measures import is_aged
from according.reading.roles import subjects

#: Two phrases without a name, "a man" and "the man", mean one person where no more words than this lie between them.
_NEAR = 150


@dataclass(frozen=True, slots=True)
class _Person:
    """Who a figure of one is: his name, the nouns for him, and whether the text points at one already told of."""

    name: tuple[str, ...]
    nouns: frozenset[str]
    known: bool
    at: int

    def same(self, other: _Person) -> bool:
        if self.name and other.name:
            short, long = sorted((self.name, other.name), key=len)
            return short == long or (len(short) == 1 and short[0] in (long[0], long[-1]))
        later = max(self, other, key=lambda p: p.at)
        return later.known and abs(self.at - other.at) <= _NEAR and bool(self.nouns & other.nouns)


def settled(doc: Doc, mentions: Sequence[FigureMention]) -> list[FigureMention]:
    """The figures, with those of the shot told as killed or injured where the report tells which."""
    fallen = [m for m in mentions if m.figure.measure is Measure.KILLED and m.figure.min != 0]
    dead = [_person(doc, m) for m in fallen if _single(m)]
    alone = bool(dead) and len(dead) == len(fallen)
    out = []
    for mention in mentions:
        fate = _fate(doc, mention, dead, none=not fallen, alone=alone) if _left_open(doc, mention) else mention.figure.measure
        out.append(mention if fate is mention.figure.measure else replace(mention, figure=replace(mention.figure, measure=fate)))
    return out


def _left_open(doc: Doc, mention: FigureMention) -> bool:
    """Whether its words say neither that he died nor that he lived: shot, or taken to hospital."""
    return mention.figure.measure in (Measure.CASUALTIES, Measure.INJURED) and doc[mention.governor].lemma_.lower() in words("open_fates")


def _fate(doc: Doc, mention: FigureMention, dead: Sequence[_Person], *, none: bool, alone: bool) -> Measure:
    """``none``: the report tells of no death; ``alone``: of those of single people only."""
    shot = mention.figure.measure is Measure.CASUALTIES
    if _single(mention):
        person = _person(doc, mention)
        if any(person.same(other) for other in dead):
            return Measure.KILLED
        if person.known and alone:
            return Measure.CASUALTIES  # he may be the one who died
    return Measure.INJURED if shot and (none or _others(content(doc[mention.head]))) else mention.figure.measure


def _others(token: Token) -> bool:
    """“Seven others”, “another man”, “the other victims”: beside those who died."""
    return any(t.lower_ in ("other", "others", "another") for t in (token, *token.children))


def _single(mention: FigureMention) -> bool:
    return mention.figure.min == mention.figure.max == 1


def _person(doc: Doc, mention: FigureMention) -> _Person:
    token, known = content(doc[mention.head]), False
    if token.lower_ in ("himself", "herself"):
        token, known = next(iter(subjects(doc[mention.governor])), token), True
    if token.pos_ == "PRON" or token.dep_ == "nmod:poss":
        token, known = antecedent(token) or token, True
    whole = [token, *(c for c in token.children if c.dep_ == "appos")]
    name = next((t for t in whole if t.ent_type_ == "person"), None)
    called = tuple(doc[i].lower_ for i in bounds(name)) if name is not None else ()
    nouns = frozenset(_aged(t) if is_aged(t) else common_lemma(t) for t in whole if t is not name)
    return _Person(called, nouns, known or name is not None or _pointed(token), mention.head)


def _aged(token: Token) -> str:
    """“15-year-old” by the age."""
    return "".join(t.lower_ for t in token.doc[max(token.i - 4, 0) : token.i + 1])


def _pointed(token: Token) -> bool:
    """“The boy”, “his wife”: not a new one."""
    return any(c.dep_ == "nmod:poss" or (c.dep_ == "det" and c.lower_ in ("the", "this", "that")) for c in token.children)
