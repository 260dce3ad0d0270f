"""Whether a figure is a standing total, over a span of time or several happenings, or tells of one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from tomllib import loads

from spacy.tokens import Doc, Token

_CLAUSES = frozenset({"ccomp", "parataxis", "acl:relcl", "csubj"})


@cache
def _signs(name: str) -> re.Pattern[str]:
    rows = loads(files(__package__).joinpath("standing.toml").read_text(encoding="utf-8"))[name]
    return re.compile(r"\b(?:" + "|".join(sorted(map(re.escape, rows), key=len, reverse=True)) + r")\b")


def is_standing(doc: Doc, governor: Token, times: Sequence[tuple[int, int]] = ()) -> bool:
    """Whether the clause of ``governor`` says that its figures are sums. ``times``: offsets of the times that last longer than a day."""
    verb = _verb(governor)
    said = _clause(verb)
    if _signs("window").search(said):
        return True
    if _perfect(verb) and re.search(r"\b(?:in|over|within) (?:\w+ ){0,3}(?:%s)\b" % _signs("lapse").pattern[5:-3], said):
        return True
    if _several(verb):
        return True
    return any(low <= child.idx < high for low, high in times for child in verb.children if child.dep_.startswith(("obl", "nmod")))


def _verb(token: Token) -> Token:
    """The verb whose clause ``token`` stands in."""
    for it in (token, *token.ancestors):
        if it.pos_ in ("VERB", "AUX") and it.dep_ not in ("acl", "amod"):
            return it
    return token


def _clause(verb: Token) -> str:
    """The words of a clause, without the clauses told inside it; the time may hang on the first of coordinated verbs, or on the last."""
    heads = [verb]
    while heads[-1].dep_ in ("conj", "advcl") and heads[-1].head.pos_ == "VERB":
        heads.append(heads[-1].head)
    kept: list[Token] = []
    for head in {h.i: h for h in (*heads, *(c for c in verb.children if c.dep_ == "conj"))}.values():
        kept.extend(_own(head))
    return " ".join(token.lower_ for token in sorted(set(kept), key=lambda t: t.i))


def _own(head: Token) -> list[Token]:
    out, stack = [head], [head]
    while stack:
        for child in stack.pop().children:
            if child.dep_ in _CLAUSES or (child.dep_ == "conj" and child.pos_ == "VERB"):
                continue
            out.append(child)
            stack.append(child)
    return out


def _perfect(verb: Token) -> bool:
    return any(child.dep_ == "aux" and child.lower_ in ("has", "have", "had", "'ve") for child in verb.children)


def _several(verb: Token) -> bool:
    """Whether several happenings did it: "waves of air raids", "in different parts of the province"."""
    near = [c for c in verb.children if c.dep_ in ("obl", "nsubj", "obl:agent")]
    return any(_signs("several").search(" ".join(t.lower_ for t in doc_slice(c))) for c in near)


def doc_slice(token: Token) -> list[Token]:
    """``token`` with what stands before it in its phrase, and its "of" phrase."""
    return [t for t in token.subtree if t.i <= token.i or t.head == token and t.i <= token.i + 6 or t.head.head == token]
