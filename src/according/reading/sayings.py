"""One thing told, while it is being put together: token indexes only, before any of it becomes spans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from according.reading.cues import Stance


@dataclass(frozen=True, slots=True)
class Saying:
    """Somebody's words or thoughts. All numbers are token indexes into one ``Doc``.

    ``source`` is empty where nobody is named. ``parenthetical``: the cue stands after or inside what it introduces ("…, he said").
    """

    cue: tuple[int, ...]
    head: int  # the cue's head word
    stance: Stance
    content: frozenset[int]
    rule: str
    source: tuple[int, ...] = ()
    source_head: int | None = None
    itself: bool = False
    asserts: bool = True
    parenthetical: bool = False
    quotable: bool = False  # a cue that may introduce direct speech

    @property
    def clause(self) -> frozenset[int]:
        """The saying without what is said."""
        return frozenset(self.cue) | frozenset(self.source)


def holders(sayings: Sequence[Saying]) -> dict[int, list[int]]:
    """Token → the positions of the sayings whose content holds it."""
    found: dict[int, list[int]] = {}
    for n, saying in enumerate(sayings):
        for i in saying.content:
            found.setdefault(i, []).append(n)
    return found


def base(dep: str) -> str:
    """A relation without its subtype: "nsubj:pass" → "nsubj"."""
    return dep.partition(":")[0]


def children(token: Token, *deps: str) -> list[Token]:
    """A token's dependents with one of these relations, in text order; "nsubj" also stands for "nsubj:pass"."""
    return [child for child in token.children if child.dep_ in deps or base(child.dep_) in deps]


def subtree(token: Token, without: frozenset[int] = frozenset()) -> frozenset[int]:
    """The indexes under a token, itself included, not going into the tokens of ``without``."""
    found: set[int] = set()
    stack = [token]
    while stack:
        at = stack.pop()
        if at.i in without or at.i in found:
            continue
        found.add(at.i)
        stack.extend(at.children)
    return frozenset(found)


def phrase(head: Token, cue: Token | None = None) -> tuple[int, ...]:
    """A noun phrase's tokens in order, unbroken, without the case marks before it and without the clause on it that holds ``cue``.

    Starting from the head, runs as far to both sides as the phrase's own tokens reach without a gap.
    """
    skip = frozenset(c.i for c in head.children if c.dep_ in {"case", "mark", "cc", "punct", "parataxis"})
    if cue is not None:
        skip |= frozenset(c.i for c in head.children if c.i == cue.i or c.is_ancestor(cue))
    own = subtree(head, skip)
    doc = head.doc
    low = high = head.i
    while low > 0 and (low - 1 in own or (doc[low - 1].is_punct and low - 2 in own) or (doc[low - 1].is_space and low - 2 in own)):
        low -= 1
    while high + 1 < len(doc) and (high + 1 in own or ((doc[high + 1].is_punct or doc[high + 1].is_space) and high + 2 in own)):
        high += 1
    return trimmed(doc, tuple(range(low, high + 1)))


def trimmed(doc: Doc, tokens: tuple[int, ...]) -> tuple[int, ...]:
    """Tokens without the marks and blanks at both ends (a bracket that was opened inside stays closed)."""
    low, high = 0, len(tokens)
    while low < high and (doc[tokens[low]].is_space or doc[tokens[low]].is_punct):
        low += 1
    while high > low and (
        doc[tokens[high - 1]].is_space or (doc[tokens[high - 1]].is_punct and doc[tokens[high - 1]].text not in {")", "]"})
    ):
        high -= 1
    return tokens[low:high]


def particle(verb: Token, word: str) -> Token | None:
    """The dependent that makes "point" into "point out", or "make" into "make clear"."""
    for child in verb.children:
        if child.lower_ == word and child.dep_ in {"compound:prt", "advmod", "xcomp", "obj", "ccomp", "amod"}:
            return child
        if child.dep_ in {"obl", "advcl"} and any(grand.lower_ == word and grand.dep_ in {"case", "mark"} for grand in child.children):
            mark = next(grand for grand in child.children if grand.lower_ == word)
            return mark if mark.i <= verb.i + 2 else None
    return None


def preposition(token: Token) -> str | None:
    """The word that leads a prepositional phrase or an of-clause, small letters."""
    marks = [child for child in token.children if child.dep_ in {"case", "mark"}]
    return marks[0].lower_ if marks else None


def finite(token: Token) -> bool:
    """Whether a clause's head stands in a finite clause (has a tensed verb, an auxiliary or a copula with one)."""
    if token.tag_ in {"VBD", "VBZ", "VBP", "MD"}:
        return True
    helpers = [child for child in token.children if child.dep_ in {"aux", "aux:pass", "cop"}]
    if token.tag_ == "VBN" and not helpers:
        return any(child.dep_ == "nsubj" for child in token.children)
    return any(child.tag_ in {"VBD", "VBZ", "VBP", "MD"} for child in helpers)
