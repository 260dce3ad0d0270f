"""A reading → what it asserts: the triggers that stand, each with its status and who says it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from according.coding.arguments import definite, preposition
from according.coding.irrealis import Verdict, judge
from according.coding.merging import merged
from according.coding.pointing import Context
from according.coding.triggers import Trigger, by_means_of, candidates
from according.coding.words import words
from according.coding.worth import charged, worth_telling
from according.model import ClaimType, Status
from according.reading import Reading
from according.reading.attributions import AttributionMention, Voice, speakers
from according.reading.cues import Stance
from according.reading.stretches import Stretches

#: Token → the sayings whose content holds it.
Held = Mapping[int, Sequence[AttributionMention]]


@dataclass(frozen=True, slots=True)
class Assertion:
    """A trigger, how it is put, and in whose voice."""

    trigger: Trigger
    verdict: Verdict
    voice: Voice


def assertions(reading: Reading, held: Held, note: Callable[[Trigger, str], None]) -> list[Assertion]:
    """The triggers that assert something, in order; ``note`` is told of each that does not, and why."""
    found = candidates(reading.doc, reading.report.furniture)
    times = Stretches.of((t.span.start, t.span.end) for t in reading.claim_times)
    judged: dict[int, Verdict] = {}
    for trigger in found:
        judged[trigger.token.i] = judge(trigger.token, trigger.type)
    for trigger in found:
        if trigger.noun and charged(trigger):
            judged[trigger.token.i] = Verdict(None, "only what somebody is charged with")
    standing = [t for t in found if judged[t.token.i].status is not None]
    for trigger in found:
        if judged[trigger.token.i].status is None:
            note(trigger, judged[trigger.token.i].why)
    out = []
    context = Context()
    for trigger in merged(standing):
        by_means_of(trigger)
        context.look_back(trigger)
        why = worth_telling(trigger, times)
        if why:
            note(trigger, why)
            continue
        verdict = judged[trigger.token.i]
        if verdict.type is not None:
            trigger.type = verdict.type
        if trigger.type is ClaimType.AID and (verdict.status is Status.DENIED or _kept_out(trigger)):
            trigger.type, verdict = ClaimType.SIEGE, Verdict(Status.HAPPENED, "aid kept out")
        around = held.get(trigger.token.i, ())
        out.append(Assertion(trigger, _heard(verdict, around, trigger), speakers(reading.doc, around, trigger.token.i)))
        context.remember(trigger)
    return out


def _kept_out(trigger: Trigger) -> bool:
    """“Received no aid”, “no food has entered”."""
    return any(c.lower_ == "no" for role in ("subj", "obj") for t in trigger.args.get(role) for c in [*t.children, *t.head.children])


def _heard(verdict: Verdict, around: Sequence[AttributionMention], trigger: Trigger) -> Verdict:
    """What the cues of saying around a trigger make of its status: a denial, a plan, a belief."""
    for mention in sorted(around, key=lambda m: len(m.content)):
        if mention.stance is Stance.DENY:
            return Verdict(Status.DENIED, f"“{mention.attribution.cue.text}”", verdict.type)
        doubted = mention.stance is Stance.FEAR and trigger.token.dep_ != "amod" and not all(_given(t, mention) for t in _told(trigger))
        if doubted and verdict.status is Status.HAPPENED:
            return Verdict(Status.POSSIBLE, f"“{mention.attribution.cue.text}”", verdict.type)
    return verdict


def _told(trigger: Trigger) -> list[Token]:
    """Its own words, and the outcomes that it took in: "the strike reportedly killed three" doubts the deaths."""
    return [trigger.token, *(part.token for part in trigger.absorbed)]


def _given(token: Token, mention: AttributionMention) -> bool:
    """What is believed takes for granted who and what it is about: "the gunman who shot four is thought to be", "charged in the death of".

    A conviction is no belief.
    """
    if token.doc[mention.cue_head].lemma_ in words("proven"):
        return True
    for below in (token, *token.ancestors):
        if below.i not in mention.content:
            return False
        if below.dep_ == "acl:relcl":
            return below.head.i in mention.content
        if below.pos_ in ("VERB", "AUX") and below is not token and below.dep_ in ("ccomp", "xcomp", "parataxis"):
            return False
        over = below.dep_ in ("obl", "nmod") and preposition(below) in ("in", "after", "over", "following")
        if below.pos_ == "NOUN" and (below.dep_ in ("nsubj", "nsubj:pass") or over) and definite(below):
            return True
    return False
