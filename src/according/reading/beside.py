"""What the order of the words says of a number, whatever the tree makes of it.

Headlines and wire prose without commas mislead a parser; "killing 12 people", "22 killed" and "12 people died" cannot.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from according.reading import measures
from according.reading.counted import Counted
from according.reading.found import PEOPLE, Found, Known
from according.reading.measures import Role, Row
from according.reading.numbers import Kind
from according.reading.roles import together

_HELPING = frozenset({"was", "were", "is", "are", "be", "been", "being", "have", "has", "had", "also", "reportedly", "left", "still"})
_PASSIVE = frozenset({"was", "were", "is", "are", "be", "been", "being", "left", "'re"})


def beside(doc: Doc, known: Known) -> Iterator[Found]:
    """The phrases whose measure stands right beside them."""
    for counted in dict.fromkeys(known.values()):
        if counted.number.kind not in (Kind.COUNT, Kind.VAGUE):
            continue
        yield from _verb_before(doc, counted)
        yield from _word_after(doc, counted)
        yield from _how(doc, counted)


def _first(doc: Doc, counted: Counted) -> int:
    """Index of the first word of a number."""
    at = min(counted.bearer, counted.noun if counted.noun is not None else counted.bearer)
    while at > 0 and doc[at].idx > counted.number.span.start:
        at -= 1
    return at


def _verb_before(doc: Doc, counted: Counted) -> Iterator[Found]:
    """As in "killing at least 12 people", "injured scores of others"."""
    at = _first(doc, counted) - 1
    if at < 0 or _follows_verb(doc, counted):
        return
    verb = doc[at]
    if not together(verb, doc[counted.bearer]) or not verb.is_alpha:
        return
    if at > 0 and (doc[at - 1].lower_ in _PASSIVE or doc[at - 1].pos_ == "NUM"):
        return
    if verb.pos_ in ("NOUN", "ADP") or any(child.dep_ in ("aux:pass", "nsubj:pass") for child in verb.children):
        return
    for row in measures.rows(verb):
        if row.role is Role.PATIENT and row.measure in PEOPLE | {"destroyed", "other"} and not row.needs and _fit(doc, counted, row):
            yield Found(row.measure, counted.bearer, at, sure=at == 0 or not _in_row(doc, at))


def _fit(doc: Doc, counted: Counted, row: Row) -> bool:
    """Whether what is counted may be under ``row``: some rows are of people only, and animals are under none of people."""
    if counted.noun is None or row.measure not in PEOPLE:
        return True
    what = doc[counted.noun]
    return measures.is_human(what) if row.people else measures.base(what) not in measures.listed("nouns", "animals")


def _in_row(doc: Doc, at: int) -> bool:
    """Whether a verb may be an adjective ("the wounded 12"), or shares its object ("killed and wounded 12")."""
    before = doc[at - 1].pos_
    if before == "CCONJ" and at > 1:
        return any(row.role is Role.PATIENT for row in measures.rows(doc[at - 2]))
    return before in ("DET", "ADJ", "ADP")


def _follows_verb(doc: Doc, counted: Counted) -> bool:
    """Whether a measure's participle comes right after a bare number, so that it is no object: "2 killed 10 injured"."""
    return counted.noun is None and counted.bearer + 1 < len(doc) and any(_states(doc[counted.bearer + 1]))


def _states(token: Token) -> Iterator[Row]:
    """The rows that a participle or adjective after a number may fit."""
    if token.tag_[:2] in ("VB", "JJ", "NN") and token.lower_.endswith(("ed", "n", "d", "t", "ing")):
        for row in measures.rows(token):
            if row.role in (Role.STATE, Role.PATIENT) and row.measure in PEOPLE | {"destroyed"} and not row.needs:
                yield row


def _how(doc: Doc, counted: Counted) -> Iterator[Found]:
    """As in "nine were shot, one fatally", "four were wounded, two of them critically"."""
    at = max(counted.bearer, counted.noun if counted.noun is not None else -1) + 1
    verb = doc[counted.bearer].head
    if at >= len(doc) or counted.number.kind is not Kind.COUNT or verb.pos_ != "VERB" or verb.i > counted.bearer:
        return
    if not any(row.role is Role.PATIENT and row.measure in ("casualties", "injured", "killed") for row in measures.rows(verb)):
        return
    for measure, listed in (("killed", "fatally"), ("injured", "gravely")):
        if doc[at].lower_ in measures.listed("nouns", listed):
            yield Found(measure, counted.bearer, verb.i, sure=True)


def _word_after(doc: Doc, counted: Counted) -> Iterator[Found]:
    """As in "22 killed", "30 wounded", "12 people died", "three civilians were killed"."""
    last = max(counted.bearer, counted.noun if counted.noun is not None else -1)
    at, passive = last + 1, False
    while at < len(doc) and doc[at].lower_ in _HELPING and at < last + 5:
        passive |= doc[at].lower_ in _PASSIVE
        at += 1
    if at >= len(doc) or not together(doc[last], doc[at]):
        return
    bare = counted.noun is None and at == last + 1
    number_word = bare and counted.bearer == last and counted.number.kind in (Kind.COUNT, Kind.VAGUE)
    if passive or number_word or doc[at].tag_ == "VBN":
        for row in _states(doc[at]):
            if _fit(doc, counted, row) and (number_word or not any(child.dep_ == "obj" for child in doc[at].children)):
                yield Found(row.measure, counted.bearer, at, sure=number_word)
    if not passive:
        for row in measures.rows(doc[at]):
            if row.role is Role.SUBJECT and row.measure in PEOPLE and not row.needs:
                yield Found(row.measure, counted.bearer, at)
