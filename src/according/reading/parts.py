"""Figures inside figures: "44 civilians, including nine children", "three boys were among the dead"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from according.reading.found import Found, Known, bearer
from according.reading.numbers import Kind
from according.reading.roles import listed_with, opening, subjects

_NOMINAL = frozenset({"NOUN", "NUM", "ADJ", "PRON", "PROPN"})
_PARTING = frozenset({"including", "among", "amongst", "particularly", "mostly", "mainly"})


def parts(doc: Doc, known: Known, found: Sequence[Found]) -> list[Found]:
    """The phrases that are a part of one in ``found`` in their sentence, under its measure and governor."""
    out: list[Found] = []
    here: dict[int, list[Found]] = {}  # by the first token of the sentence
    by_head: dict[int, list[Found]] = {}
    for it in found:
        here.setdefault(opening(doc[it.head]), []).append(it)
        by_head.setdefault(it.head, []).append(it)
    for token in doc:
        if token.lower_ in _PARTING:
            own = here.get(opening(token), ())
            out.extend(_include(token, known, own) if token.lower_ not in ("among", "amongst") else _among(token, known, own, by_head))
    taken = {(it.head, it.measure) for it in found}
    return [it for it in dict.fromkeys(out) if (it.head, it.measure) not in taken and it.head != it.part_of]


def _include(token: Token, known: Known, found: Sequence[Found]) -> Iterator[Found]:
    prepositional = token.dep_ in ("case", "mark", "advmod")
    part = token.head if prepositional else next((c for c in token.children if c.dep_ in ("obj", "obl", "nmod")), None)
    if part is None or part.i < token.i or part.pos_ not in _NOMINAL:
        return
    whole = _whole(token, part.head if prepositional else token.head, found)
    if whole is None:
        return
    for each in listed_with(part, known):
        counted = known.get(each.i)
        if each.pos_ not in _NOMINAL or (counted is None and each.pos_ not in ("NOUN", "PROPN")):
            continue
        if whole.measure == "places" and (counted is None or counted.number.kind is Kind.ONE):
            continue  # "dozens of villages, including a stronghold" names one, and counts none
        yield replace(whole, head=bearer(each, known), part_of=whole.head)


def _whole(token: Token, above: Token, found: Sequence[Found]) -> Found | None:
    """The figure that "including" takes from: the one it hangs on, else the last before it in its sentence."""
    before = [it for it in found if it.head < token.i and it.measure not in ("strikes", "attackers")]
    hung = [it for it in before if it.head == above.i or (above.head.i == it.head and above.dep_ in ("nmod", "appos"))]
    return hung[-1] if hung else max(before, key=lambda it: it.head, default=None)


def _among(token: Token, known: Known, found: Sequence[Found], by_head: Mapping[int, Sequence[Found]]) -> Iterator[Found]:
    """As in "three children were among the 12 killed"."""
    if token.dep_ != "case":
        return
    if token.head.lower_ in ("them", "whom", "which") and token.head.i == token.i + 1:  # "44 people, among them nine children"
        whole_ = max((it for it in found if it.head < token.i), key=lambda it: it.head, default=None)
        after = next((i for i in range(token.head.i + 1, token.head.i + 6) if i in known), None)
        if whole_ is not None and after is not None:
            yield from (replace(whole_, head=bearer(each, known), part_of=whole_.head) for each in listed_with(token.doc[after], known))
        return
    for whole in [it for it in by_head.get(bearer(token.head, known), ()) if it.governor != token.head.i]:
        for member in subjects(token.head, 0):
            for each in listed_with(member, known):
                yield replace(whole, head=bearer(each, known), part_of=whole.head)
