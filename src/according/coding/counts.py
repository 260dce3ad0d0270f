"""Which of a report's figures belong to a claim: those that its words, or the outcomes it took in, govern."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from according.coding.triggers import Trigger
from according.model import ClaimType, Figure, Measure
from according.reading.figures import FigureMention
from according.reading.tolls import adding, put

#: What a plain count of things or people means under each type, where the words around it do not say.
_DEFAULT = {
    ClaimType.TAKES_TERRITORY: Measure.PLACES,
    ClaimType.ABDUCTION_DETENTION: Measure.DETAINED,
    ClaimType.DISPLACEMENT: Measure.DISPLACED,
    ClaimType.DESTRUCTION: Measure.DESTROYED,
    ClaimType.PROTEST: Measure.PARTICIPANTS,
}


#: The token of a trigger → the mentions that go to it.
Owned = Mapping[int, Sequence[FigureMention]]


def figures(trigger: Trigger, mentions: Sequence[FigureMention]) -> tuple[Figure, ...]:
    """The figures of one trigger, from the mentions that go to it."""
    out: list[Figure] = []
    direct = {t.i for role in ("subj", "obj") for part in [trigger, *trigger.absorbed] for t in part.args.get(role)}
    for mention in mentions:
        figure = mention.figure
        if _no_count(figure, trigger):
            continue
        if figure.measure is Measure.OTHER and not mention.share and mention.head in direct and mention.governor in _words(trigger):
            figure = replace(figure, measure=_DEFAULT.get(trigger.type, Measure.OTHER))
        vague = figure.measure is Measure.OTHER and figure.min is None and figure.max is None
        if vague and (mention.head not in direct - _words(trigger) or _of_itself(trigger, mention.head)):
            continue  # "several reports", "a series of strikes": how many is not said, and of nothing that was struck
        if all(f.span != figure.span or f.measure is not figure.measure for f in out):
            out.append(figure)
    return tuple(out)


def _no_count(figure: Figure, trigger: Trigger) -> bool:
    """“The death toll” is nobody; the numbers of resolutions count nothing."""
    if figure.span.text.lower() in ("they", "them", "these", "those"):
        return True
    if figure.of is not None and figure.of.split()[-1] in ("toll", "tolls", "number", "numbers") and figure.max in (1, None):
        return True
    return trigger.type is ClaimType.AGREEMENT and figure.of is None and figure.measure is Measure.OTHER


def _of_itself(trigger: Trigger, head: int) -> bool:
    """“A series of strikes”: the noun that carries the happening."""
    return any(c.i in _words(trigger) and c.dep_ == "nmod" for c in trigger.token.doc[head].children)


def _words(trigger: Trigger) -> set[int]:
    return {trigger.token.i, *(t.token.i for t in trigger.absorbed)}


def owned(doc: Doc, mentions: Sequence[FigureMention], triggers: Sequence[Trigger]) -> Owned:
    """The figures of each trigger, in their order. One goes to the trigger whose words govern it, else to the nearest above it."""
    by_word = {i: t for t in triggers for i in _words(t)}
    out: dict[int, list[FigureMention]] = {}
    for mention in mentions:
        found = by_word.get(mention.governor) or _climb(doc, mention, by_word) or _put(doc, mention, by_word)
        if found is not None and not _adds(doc, mention, found):
            out.setdefault(found.token.i, []).append(mention)
    return out


def _climb(doc: Doc, mention: FigureMention, by_word: dict[int, Trigger]) -> Trigger | None:
    token = doc[mention.head]
    for up in token.ancestors:
        if up.i in by_word:
            return by_word[up.i]
        if up.dep_ in ("ccomp", "parataxis", "acl:relcl"):
            break
    return None


def _put(doc: Doc, mention: FigureMention, by_word: dict[int, Trigger]) -> Trigger | None:
    """“Put the number of those hurt in the raid at 17”: the hurt are told between the toll and its number, or below the toll."""
    toll, head = doc[mention.governor], mention.head
    if toll.i == head or not any(head in (t.i, *(c.i for c in t.children)) for t in put(toll)):
        return None
    words = {t.i for t in toll.subtree} | set(range(toll.i, head))
    return next((by_word[i] for i in sorted(words & by_word.keys(), key=lambda i: (abs(i - toll.i), i))), None)


def _adds(doc: Doc, mention: FigureMention, found: Trigger) -> bool:
    """“Put the toll at 17 after five bodies were found”: the five are of the 17, not of what the 17 died of beside them."""
    clause = adding(doc[mention.governor])
    return clause is not None and found.token not in clause.subtree
