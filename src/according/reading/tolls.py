"""Tolls that a speaker puts at a number: "the ministry put the number of dead at 17, up from 12", "the monitor counted 17 bodies"."""

from __future__ import annotations

from itertools import islice

from spacy.tokens import Token

from according.reading.cues import Cues, cues
from according.reading.sayings import children, preposition, subtree
from according.reading.subjects import speaks

#: Prepositions before the number that a toll is put at; "of" only right after the toll ("a figure of 40").
AT = frozenset({"at", "as", "to"})
_OF = frozenset({"of"})
#: Words that go on from the number: the toll before, the time since when.
_GOES_ON = frozenset({"up", "down", "from", "since"})
_OTHER_CLAUSES = frozenset({"advcl", "conj", "parataxis", "acl:relcl", "ccomp"})


def led(token: Token, words: frozenset[str]) -> bool:
    """Whether one of the prepositions of a phrase is of ``words``, by the tree ("from" in "up from 12") or right before it."""
    if token.i and token.nbor(-1).lower_ in words:
        return True
    return any(child.lower_ in words and child.dep_ in ("case", "advmod") and child.i < token.i for child in token.children)


def content(verb: Token, who: Token | None, takes: frozenset[str], table: Cues) -> set[int]:
    """What a speaker tells with a toll as the verb's object; empty where there is none, or whoever does it is no speaker.

    ``takes``: "sum" (any number of people put at a number), "toll" (a toll changed to one) or "count" (the counted themselves).
    """
    if who is None or not (
        who.pos_ == "PRON" or who.ent_type_ == "group" or who.lemma_.lower() in table.words["counters"] or speaks(who, table)
    ):
        return set()
    told = [c for c in children(verb, "xcomp") if c.pos_ in ("ADJ", "VERB")]  # "put at 60 killed", "confirmed 8 dead"
    for toll in children(verb, "obj") or [c for c in verb.children if c.dep_ == "nsubj:pass"] or told:
        words = {i for t in (toll, *told) if t.i >= toll.i for i in subtree(t, _adding_under(t))}
        harm = any(verb.doc[i].lemma_.lower() in table.words["counted"] for i in words)
        if "count" in takes:
            if harm:
                of_it = [
                    c for c in children(verb, "obl") if c.i > toll.i and preposition(c) not in (None, "on")
                ]  # "on Friday": the saying's
                return words | {i for c in of_it for i in subtree(c)}
        elif toll.lemma_.lower() in table.words["tolls"] or (toll.lemma_.lower() in table.words["numbers"] and (harm or "sum" in takes)):
            return _to_the_number(verb, toll, words)
    return set()


def _to_the_number(verb: Token, toll: Token, words: set[int]) -> set[int]:
    at = numbers(verb, toll)
    if not at:
        return set()
    on = [c for c in verb.children if c.i > at[-1].i and c.dep_.startswith("obl") and led(c, _GOES_ON)]
    after = {i for i in words | {i for t in (*at, *on) for i in subtree(t)} if i > verb.i}
    return words | set(range(min(after), max(after) + 1))


def numbers(verb: Token, toll: Token) -> list[Token]:
    """The heads of the phrases under a verb that say what it puts a toll at, or what the toll comes to."""
    at = [t for t in verb.subtree if t.i > verb.i and (led(t, AT) or (t.head.i == toll.i and led(t, _OF))) and _numeral(t)]
    return [t for t in at if not any(up.dep_ in _OTHER_CLAUSES and up.head.i == verb.i for up in (t, *t.ancestors))]


def _numeral(token: Token) -> bool:
    while token.dep_ in ("nummod", "compound") and token.head.i > token.i:
        token = token.head  # "40" in "at 40 million dollars"
    near = {t.lemma_.lower() for t in (token, *token.children)}
    if near & cues().words["shares"]:
        return False
    return bool(near & {"dozen", "hundred", "thousand"}) or any(t.pos_ == "NUM" for t in (token, *token.children))


def put(word: Token) -> list[Token]:
    """The numbers that a toll is put at or comes to, asked of the toll or of a word for its dead: "the number of dead rose to 17"."""
    known = cues().words
    beside = children(word.head, "obj") if word.dep_ == "xcomp" else []  # "put the figure at 60 killed"
    for toll in (word, *beside, *islice(word.ancestors, 2)):
        if (
            toll.lemma_.lower() in known["tolls"] | known["numbers"]
            and toll.dep_ in ("obj", "nsubj", "nsubj:pass")
            and toll.head.pos_ == "VERB"
        ):
            return numbers(toll.head, toll)
    return []


def is_putting(verb: Token) -> bool:
    """Whether a verb tells what a toll is or becomes: its object or subject is one."""
    return bool(_put_by(verb))


def _put_by(verb: Token) -> list[Token]:
    return [number for toll in children(verb, "obj", "nsubj") for number in put(toll)]


def adding(token: Token) -> Token | None:
    """The clause around a word that tells what a toll rose by: "put at 17 after five bodies were found"."""
    for clause in (token, *token.ancestors):
        if _after(clause) and any(number.i < clause.i for up in islice(clause.ancestors, 4) for number in _put_by(up)):
            return clause
    return None


def _after(clause: Token) -> bool:
    return clause.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in ("after", "as", "when") for c in clause.children)


def _adding_under(phrase: Token) -> frozenset[int]:
    return frozenset(t.i for t in phrase.subtree if adding(t) is t)
