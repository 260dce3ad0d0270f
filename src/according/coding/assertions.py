"""A reading → what it asserts: the triggers that stand, each with its status and who says it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from according.coding.irrealis import Verdict, judge
from according.coding.merging import merged
from according.coding.pointing import Context
from according.coding.triggers import Trigger, by_means_of, candidates
from according.coding.worth import worth_telling
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
        if mention.stance is Stance.FEAR and trigger.token.dep_ != "amod" and verdict.status is Status.HAPPENED:
            return Verdict(Status.POSSIBLE, f"“{mention.attribution.cue.text}”", verdict.type)
    return verdict
