"""Who says it: the subject of a cue verb, by the tree where the tree is right and by the words around the verb where it is not.

Texts that lost their commas and quotation marks ("… an old police station said the monitor") lead any parser astray.
"""

from __future__ import annotations

from spacy.tokens import Token

from according.reading.cues import Cues
from according.reading.entities import entity
from according.reading.sayings import base, children, finite, preposition, subtree

#: Relations by which a verb without a subject of its own takes the subject of its head.
_SHARED = frozenset({"conj", "advcl", "ccomp", "parataxis", "xcomp", "dep", "acl"})
#: Relations that stay inside a noun phrase.
INSIDE_A_PHRASE = frozenset({"nmod", "compound", "flat", "amod", "nmod:poss", "nummod", "nmod:desc", "nmod:unmarked", "fixed"})
_NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
#: A subject of more tokens than this, far from its verb, is taken for a misread clause (tokens).
_LONG_SUBJECT = 12
#: How many verbs are climbed in search of a shared subject.
_CLIMB = 8


def source_of(verb: Token, cues: Cues) -> tuple[Token | None, bool]:
    """The head of who says it, and whether the verb is passive (then it is the agent, or nobody)."""
    if _passive(verb):
        near = adjacent(verb, cues) if _agent(verb) is None and verb.dep_ == "acl:relcl" else None
        if near is None or near.i == verb.head.i or not speaks(near, cues):
            return _agent(verb), True
        return near, False  # "… weapons Press TV reported": not weapons that were reported
    return subject(verb, cues), False


def _passive(verb: Token) -> bool:
    if any(child.dep_ in {"nsubj:pass", "aux:pass", "csubj:pass"} for child in verb.children):
        return True
    if verb.tag_ != "VBN" or any(child.dep_ in {"aux", "nsubj"} for child in verb.children):
        return False
    if verb.dep_ in {"acl", "acl:relcl", "advcl", "amod"}:
        return not children(verb, "obj")
    return verb.dep_ == "conj" and verb.head.tag_ == "VBN" and _passive(verb.head)


def _agent(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ == "obl:agent" or (child.dep_ == "obl" and preposition(child) == "by"):
            return child
    return None


def subject(verb: Token, cues: Cues) -> Token | None:
    """Who does what a verb tells, its own subject or the one it shares; a relative pronoun gives way to the noun it stands for."""
    at = verb
    for _ in range(_CLIMB):
        own = children(at, "nsubj")
        if own:
            return _antecedent(_inverted(at, nearest(own, at)), at, cues)
        if at.dep_ in {"acl", "acl:relcl"}:
            return at.head if at.tag_ == "VBG" or at.dep_ == "acl:relcl" else None
        if children(at, "csubj") or at.head.i == at.i or base(at.dep_) not in _SHARED:
            return None
        if at.dep_ in {"xcomp", "advcl"} and _object_controls(at):
            return children(at.head, "obj", "iobj")[0]
        if at.dep_ in {"ccomp", "parataxis"} and finite(at):
            return None
        at = at.head
        if at.dep_ == "ccomp" and at.head.lemma_ in cues.verbs and verb.tag_ == "VBG" and children(at.head, "nsubj"):
            at = at.head  # "X said Y was hit, adding that": X adds
    return None


def nearest(own: list[Token], verb: Token) -> Token:
    """The subject of a verb to which the tree gave several: the last before it, for the first belongs to what is said."""
    before = [who for who in own if who.i < verb.i]
    return before[-1] if before else own[0]


def _inverted(verb: Token, who: Token) -> Token:
    """In "said the monitor, a group which …", where the tree makes the apposition the subject, the noun nearer to the verb."""
    between = [child for child in children(verb, "obj", "iobj") if verb.i < child.i < who.i]
    return between[0] if between else who


def _object_controls(verb: Token) -> bool:
    """Whether the head's object does what the verb tells: "urged X to say", "quoted X as saying"."""
    if not children(verb.head, "obj", "iobj"):
        return False
    return verb.dep_ == "xcomp" or preposition(verb) == "as"


def _antecedent(who: Token, clause: Token, cues: Cues) -> Token:
    if who.lower_ not in cues.words["relatives"]:
        return who
    at = clause
    while at.dep_ in {"conj", "xcomp", "ccomp"} and at.head.i != at.i:
        at = at.head
    return at.head if at.dep_ == "acl:relcl" else who


def teller(verb: Token, who: Token | None, hearer: bool, cues: Cues) -> Token | None:
    """The subject of "…, X said": the noun right before the verb where the tree took another for it, or none.

    ``hearer``: a verb like "tell", whose subject cannot stand after it.
    """
    behind = None if hearer else following(verb)
    if behind is not None and speaks(behind, cues):
        return behind
    near = adjacent(verb, cues)
    if who is None or near is None:
        return who or near or after(verb)
    if who.i > verb.i:
        return near if hearer else who
    own = subtree(who)
    if near.i in own and near.i != who.i and speaks(near, cues) and not speaks(who, cues):
        loose = preposition(near) is None and near.dep_ not in {"conj", "compound", "flat"}
        return near if loose or len(own) > _LONG_SUBJECT else who
    if near.i not in own and speaks(near, cues) and preposition(near) is None:
        return near
    return who if max(own) >= verb.i - 4 else near


def adjacent(verb: Token, cues: Cues) -> Token | None:
    """The noun phrase that ends right before a verb (adverbs and auxiliaries aside), whatever the tree makes of the verb."""
    at = verb.i - 1
    while at > verb.sent.start and verb.doc[at].pos_ in {"ADV", "AUX"}:
        at -= 1
    if at < verb.sent.start or verb.doc[at].pos_ not in _NOUNS:
        return None
    head = verb.doc[at]
    name = entity(head)
    if name is not None and name.root.i < verb.i:
        head = name.root
    while _inside(head, verb) and (not speaks(head, cues) or head.dep_ == "compound" or _owned(head, cues)):
        head = head.head
    return head


def _owned(head: Token, cues: Cues) -> bool:
    """Whether a speaker's name only tells whose speaker it is: "a report by the UN", "opponents of Doe"."""
    led = preposition(head)
    return led in {"by", "from"} or (led in {"of", "for"} and speaks(head.head, cues))


def _inside(head: Token, verb: Token) -> bool:
    """Whether a noun belongs to the phrase of the noun it hangs on: a second article without a preposition begins a new phrase."""
    up = head.head
    if head.dep_ not in INSIDE_A_PHRASE or up.i == head.i or up.i >= verb.i or up.pos_ not in _NOUNS:
        return False
    return not (head.dep_ == "nmod" and preposition(head) is None and children(head, "det"))


def speaks(token: Token, cues: Cues) -> bool:
    """Whether a noun is one that reports let speak: a person, an organisation, "sources", "the ministry"."""
    words = cues.words["speakers"] | cues.words["people"]
    return token.ent_type_ in {"person", "organisation"} or token.lower_ in words or token.lemma_.lower() in words


def following(verb: Token) -> Token | None:
    """The head of the noun phrase that begins right after a verb, by its words."""
    for token in verb.doc[verb.i + 1 : min(verb.i + 8, verb.sent.end)]:
        if token.pos_ in {"NOUN", "PROPN"} and not (token.dep_ in INSIDE_A_PHRASE and token.head.i > token.i):
            return token
        if token.pos_ not in {"DET", "ADJ", "NOUN", "PROPN", "NUM"} and token.text not in {"-", "."}:
            return None
    return None


def after(verb: Token) -> Token | None:
    """The noun phrase right after an inverted cue ("…," said the monitor) which the tree made no subject."""
    for child in verb.children:
        if child.i > verb.i and child.pos_ in {"NOUN", "PROPN", "PRON"} and min(subtree(child)) == verb.i + 1 and not finite(child):
            return child
    return None
