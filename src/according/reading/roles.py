"""Who stands in which grammatical role to a word: its subjects, its objects, what its "of" phrase holds.

Roles are followed where the sentence leaves them unsaid: relative pronouns, participles, "forced to flee", "shot and killed".
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from spacy.tokens import Token

#: Steps up the tree that a missing subject is looked for.
_REACH = 4
_RELATIVES = frozenset({"who", "which", "that", "whom", "whose"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_SUBJECT = frozenset({"nsubj", "nsubj:pass", "nsubj:outer"})


def opening(token: Token) -> int:
    """The index of the first word of the sentence. (``Token.sent`` looks through the whole ``Doc`` each time.)"""
    at = token.i
    while at > 0 and not token.doc[at].is_sent_start:
        at -= 1
    return at


def together(first: Token, second: Token) -> bool:
    """Whether two words, in the order they stand, are in one sentence."""
    return not any(token.is_sent_start for token in first.doc[first.i + 1 : second.i + 1])


def conjuncts(token: Token) -> list[Token]:
    """The words coordinated with ``token``, first of their row, in the order they stand."""
    return [child for child in token.children if child.dep_ == "conj"]


def listed_with(first: Token, numbered: Collection[int]) -> list[Token]:
    """``first`` and the words in one row with it. In prose without commas a numbered apposition is of the row too:
    "11 women nine children and a medic". ``numbered``: indexes of the words that bear a number.
    """
    out, waiting = [first], [first]
    while waiting:
        for child in waiting.pop(0).children:
            row = child.dep_ == "conj" or (child.dep_ == "appos" and child.i in numbered and _goes_on(child))
            if row and child.i > first.i and child not in out:
                out.append(child)
                waiting.append(child)
    return sorted(out, key=lambda t: t.i)


def _goes_on(token: Token) -> bool:
    """Whether the row goes on after ``token``, so that it is no explanation of the word before."""
    return any(other.dep_ == "conj" and other.i > token.i for other in (*token.children, *token.head.children))


def companions(word: Token) -> Iterator[Token]:
    """What a clause adds to its subject: "in addition to the 14 tanks", "along with another family"."""
    for child in word.children:
        if (
            child.dep_ in ("obl", "nmod")
            and case(child) in ("along", "alongside", "besides", "plus", "with")
            and any(c.lower_ in ("along", "alongside", "besides", "plus", "together") for c in child.subtree if c.i < child.i)
        ):
            yield child
        if child.dep_ == "obl" and child.lower_ == "addition":
            below = [c for c in child.children if c.dep_ == "nmod"]
            yield from below or [c for c in word.children if c.dep_ == "obl" and case(c) == "to" and c.i > child.i]


def case(token: Token) -> str:
    """The preposition of a phrase, in small letters; empty where there is none."""
    return next((child.lower_ for child in token.children if child.dep_ == "case" and child.i < token.i), "")


def bare(token: Token) -> bool:
    """Whether a phrase has no preposition of its own: "at" in "at least 12 people" and "up to" in "up to 12" are none."""
    cases = [child for child in token.children if child.dep_ == "case" and child.i < token.i]
    quantifier = {"at", "up", "to", "over", "around", "about", "under", "above", "between", "as"}
    return not cases or all(c.lower_ in quantifier and _counts(token, c) for c in cases)


def _counts(token: Token, preposition: Token) -> bool:
    """Whether a number follows ``preposition`` within two words: it may be the number's."""
    after = preposition.doc[preposition.i + 1 : min(preposition.i + 4, token.i + 1)]
    return any(word.pos_ == "NUM" for word in after) and (preposition.lower_ not in {"to"} or preposition.nbor(-1).lower_ == "up")


def resolved(token: Token) -> Token:
    """A relative pronoun's antecedent; any other word itself."""
    if token.lower_ not in _RELATIVES:
        return token
    for above in (token, *token.ancestors):
        if above.dep_ == "acl:relcl":
            noun = above.head
            naming = noun.dep_ in ("obj", "xcomp") and noun.head.dep_ == "acl" and noun.head.lemma_ in ("name", "call")
            return noun.head.head if naming else noun  # "a man named A who was hurt": the man, not the name
    return token


def is_passive(verb: Token) -> bool:
    """Whether a verb's subject is the one it is done to: "were killed", "people killed in"."""
    marks = {child.dep_ for child in verb.children}
    if marks & {"aux:pass", "nsubj:pass", "obl:agent"}:
        return True
    twin = verb.tag_ == "VBD" and verb.dep_ == "conj" and verb.head.tag_ == "VBN" and verb.i - verb.head.i <= 2  # "people shot and killed"
    if (verb.tag_ != "VBN" and not twin) or "obj" in marks or any(child.dep_ == "aux" for child in verb.children):
        return False
    if verb.dep_ == "conj" and verb.head.pos_ == "VERB" and not marks & _SUBJECT:
        return is_passive(verb.head)
    return True


def subjects(word: Token, reach: int = _REACH) -> list[Token]:
    """The subjects of a verb or predicate, borrowed from the clause above where it has none of its own."""
    own = [resolved(child) for child in word.children if child.dep_ in _SUBJECT]
    if own or reach == 0:
        return own
    head = word.head
    if word.dep_ == "xcomp":
        return objects(head) or subjects(head, reach - 1)
    if word.dep_ in ("acl", "acl:relcl", "amod") and head.pos_ in _NOMINAL | {"ADJ"}:
        return [head]
    if word.dep_ == "conj" and (head.pos_ in ("VERB", "ADJ", "AUX") or any(c.dep_ == "cop" for c in head.children)):
        return subjects(head, reach - 1)
    if word.dep_ == "advcl" and word.tag_ in ("VBG", "VBN"):
        return subjects(head, reach - 1)
    return []


def objects(verb: Token) -> list[Token]:
    """The objects of an active verb, shared over a coordination: "killed and wounded 12 people"."""
    own = _own_objects(verb)
    if own:
        return own
    for other in conjuncts(verb):
        if other.pos_ == "VERB" and not _is_done_to(other) and not any(c.dep_ in _SUBJECT for c in other.children):
            shared = _own_objects(other)
            if shared:
                return shared
    if verb.dep_ == "conj" and verb.head.pos_ == "VERB":
        return [it for it in _own_objects(verb.head) if it.i > verb.i]
    return _gap(verb)


def _is_done_to(verb: Token) -> bool:
    return any(child.dep_ in ("aux:pass", "nsubj:pass") for child in verb.children)


def _own_objects(verb: Token) -> list[Token]:
    found = [resolved(child) for child in verb.children if child.dep_ == "obj"]
    if not found and not _is_done_to(verb):
        found = [c for c in verb.children if c.dep_ in ("obl", "iobj") and c.i > verb.i and c.pos_ in _NOMINAL and case(c) and bare(c)]
    if not found and verb.tag_ == "VBG":
        found = [c for c in verb.children if c.dep_ in ("nmod", "obl") and case(c) == "of"]  # "the killing of 12 people"
    return found


def _gap(verb: Token) -> list[Token]:
    """As in "the officers that they had held": the noun of a relative clause that has its own subject and no object."""
    if verb.dep_ != "acl:relcl" or _is_done_to(verb):
        return []
    subject = [child for child in verb.children if child.dep_ in _SUBJECT]
    return [verb.head] if subject and subject[0].lower_ not in _RELATIVES else []


def patients(verb: Token) -> list[Token]:
    """Those to whom a verb is done, in the active and in the passive."""
    if is_passive(verb):
        return subjects(verb)
    found = objects(verb)
    if found or verb.tag_ not in ("VBD", "VBN"):
        return found
    # Headlines drop "were": "22 killed in car bomb".
    return [s for s in subjects(verb, 0) if s.pos_ == "NUM" or any(c.dep_ == "nummod" for c in s.children)]


def complements(noun: Token) -> Iterator[Token]:
    """What stands in a noun's "of" phrase or before it as its owner: "the death of 12 people", "her death"."""
    for child in noun.children:
        if child.dep_ == "nmod:poss" or (child.dep_ == "nmod" and case(child) == "of"):
            yield resolved(child)
