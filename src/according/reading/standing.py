"""Whether a figure is a standing total, over a span of time or several happenings, or tells of one."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from spacy.tokens import Token

from according.data import toml
from according.reading.roles import case, is_passive, subjects
from according.reading.stretches import Stretches

NEVER = Stretches.of(())
#: What is told inside a clause but does not belong to it.
_CLAUSES = frozenset({"ccomp", "parataxis", "acl:relcl", "csubj"})
_VERBAL = frozenset({"VERB", "AUX"})


@cache
def _table() -> dict[str, Any]:
    found: dict[str, Any] = toml(__package__, "standing.toml")
    return found


@cache
def _signs(name: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(_table()[name]) + r")\b")


def is_standing(governor: Token, least: int | None, times: Stretches = NEVER, clauses: dict[int, str] | None = None) -> bool:
    """Whether the clause of ``governor`` says that its figure is a sum. ``least``: the figure's lower bound; ``times``: where (offsets)
    the times stand that last longer than a day; ``clauses``: the words of verbs' clauses, kept from one figure to the next.
    """
    verb = _verb(governor)
    said = (clauses or {}).get(verb.i) or _clause(verb)
    if clauses is not None:
        clauses[verb.i] = said
    if _signs("window").search(said) or _several(verb):
        return True
    if _signs("span").search(said) and not _one_doing(verb):
        return True
    if _perfect(verb) and (_signs("lapse").search(said) or (least is not None and least >= _table()["large"] and not _one_cause(verb))):
        return True
    return not _one_doing(verb) and any(times.holds(child.idx) for child in verb.children if child.dep_.startswith(("obl", "nmod")))


def _verb(token: Token) -> Token:
    """The verb whose clause ``token`` stands in."""
    for it in (token, *token.ancestors):
        if it.pos_ in _VERBAL and it.dep_ != "amod":
            return it
    return token


def _clause(verb: Token) -> str:
    """The words of a clause, without those told inside it. Coordinated verbs share their times."""
    heads = [verb]
    while heads[-1].dep_ in ("conj", "advcl", "acl", "xcomp"):
        above = next((t for t in heads[-1].ancestors if t.pos_ in _VERBAL), None)
        if above is None:
            break
        heads.append(above)
    heads += [c for c in verb.children if c.dep_ == "conj" and c.pos_ in _VERBAL]
    kept = {token.i: token for head in heads for token in _own(head)}
    return " ".join(kept[i].lower_ for i in sorted(kept))


def _own(head: Token) -> list[Token]:
    out, stack = [head], [head]
    while stack:
        for child in stack.pop().children:
            if child.dep_ not in _CLAUSES and not (child.dep_ == "conj" and child.pos_ in _VERBAL):
                out.append(child)
                stack.append(child)
    return out


def _perfect(verb: Token) -> bool:
    """Whether a verb is in the perfect tense, its auxiliary perhaps on the verb that it is coordinated with."""
    here = any(child.dep_ == "aux" and child.lower_ in ("has", "have", "having", "'ve") for child in verb.children)
    shared = verb.dep_ == "conj" and verb.tag_ == "VBN" and not any(child.dep_.startswith(("nsubj", "aux")) for child in verb.children)
    return here or (shared and _perfect(verb.head))


def _one_cause(verb: Token) -> bool:
    """Whether a phrase with an article names one happening as the cause: "in a car bomb blast"."""
    causes = [c for c in verb.children if c.dep_.startswith("obl") and case(c) in ("in", "by", "after")]
    single = [cause for cause in causes if cause.tag_ == "NN" and not cause.ent_type_]
    return any(child.lower_ in ("a", "an", "the") for cause in single for child in cause.children)


def _one_doing(verb: Token) -> bool:
    """Whether a phrase with an article names one happening as what did it: "a shooting that killed three in July"."""
    doers = [t for t in subjects(verb) if t.tag_ == "NN" and not t.ent_type_ and not is_passive(verb)]
    return _one_cause(verb) or any(child.lower_ in ("a", "an", "the") for doer in doers for child in doer.children)


def _several(verb: Token) -> bool:
    """Whether several happenings or places are summed up: "in waves of raids", "in Syria and Iraq"."""
    verbs = [verb, verb.head] if verb.dep_ == "conj" and verb.head.pos_ in _VERBAL else [verb]
    near = [c for it in verbs for c in it.children if c.dep_.startswith("obl")] + subjects(verb)
    if any(_signs("several").search(" ".join(t.lower_ for t in phrase.subtree if t.i <= phrase.i + 4)) for phrase in near):
        return True
    return any(_places(phrase) for phrase in near) or any(_places(c) for phrase in near for c in phrase.children)


def _places(phrase: Token) -> bool:
    if phrase.ent_type_ != "place" or case(phrase) not in ("in", "across"):
        return False
    return any(c.dep_ == "conj" and c.ent_type_ == "place" for c in phrase.children)
