"""A reading → its claims: find the words that tell, decide what each asserts, fill its fields, number the happenings."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from according.coding import places, timing
from according.coding.assertions import Assertion, Held, assertions
from according.coding.confidence import confidence
from according.coding.counts import Owned, figures, owned
from according.coding.fates import settled
from according.coding.happenings import numbered
from according.coding.roles import actors, targets
from according.coding.sentences import BySentence, by_sentence
from according.coding.timing import Timed, timed, when
from according.coding.trace import Trace
from according.coding.triggers import Trigger
from according.model import Claim, ClaimType, Manner, Party, Span, claim_id
from according.reading import Reading
from according.reading.attributions import AttributionMention, holding


@dataclass(slots=True)
class Coding:
    """What one report's coding came to: the claims, and a trace of every decision by sentence (its first token)."""

    claims: tuple[Claim, ...] = ()
    traces: dict[int, list[Trace]] = field(default_factory=dict)


def code(reading: Reading) -> Coding:
    """Code a report. Pure: the same reading gives the same claims."""
    result = Coding()
    held = holding(reading.attributions)
    asserted = assertions(reading, held, lambda trigger, why: _note(result, trigger, "refused", why))
    said = {m.cue_head: m.content for m in reading.attributions if _told_apart(m, reading)}
    hung = timed(reading.doc, reading.claim_times, reading.times, said, reading.dateline)
    taken = frozenset(i for t in hung for i in t.tokens)
    times = by_sentence(reading.doc, hung, lambda time: time.host)
    owner = owned(reading.doc, settled(reading.doc, reading.figures), [a.trigger for a in asserted])
    known = places.Known.of(reading.doc, places.mentions(reading.doc, taken))
    claims: list[Claim] = []
    told: places.Told | None = None
    for assertion in asserted:
        claim, where = _claim(reading, assertion, times, taken, known, held, owner, told)
        if claim.time is None:
            carried = timing.carried(assertion.trigger, claims, claim, reading.report.text)
            if carried is not None:
                claim = replace(claim, time=carried, evidence=(*claim.evidence, "time carried over"))
        claims.append(claim)
        told = places.told(claim, where) or told
        by = f", said by {claim.said_by[0].span.text}" if claim.said_by else ""
        _note(result, assertion.trigger, "made", f"{claim.type}, {claim.status}{by}")
    result.claims = numbered(claims)
    return result


def _claim(
    reading: Reading,
    assertion: Assertion,
    times: BySentence[Timed],
    taken: frozenset[int],
    known: places.Known,
    held: Held,
    owner: Owned,
    told: places.Told | None,
) -> tuple[Claim, places.Where]:
    trigger, verdict, voice = assertion.trigger, assertion.verdict, assertion.voice
    report = reading.report
    sentence = reading.sentence_of(trigger.token)
    words = _trigger_span(trigger)
    moment, time_rule = when(trigger, times.of(trigger.token))
    if moment is not None and moment.span.text.lower() == "now" and trigger.type is not ClaimType.CONTROL:
        moment = None
    where = places.where(trigger, known, _of_saying(reading, held, trigger))
    if where.place is None:
        where = places.carried(trigger, told, known, moment, report.text)
    actor = actors(trigger, voice, taken)
    target = targets(trigger, voice, taken, actor, where)
    evidence = [*trigger.rules, f"status: {verdict.why}"] + [r for r in (where.rule, time_rule) if r]
    evidence += [f"speaker: {m.rule}" for m in voice.mentions]
    manner = Manner.QUOTED if voice.quoted else Manner.REPORTED if voice.names else Manner.STATED
    assert verdict.status is not None
    claim = Claim(
        id=claim_id(report.text_sha256, words, trigger.type),
        report=report.id,
        sentence=sentence,
        trigger=words,
        type=trigger.type,
        status=verdict.status,
        said_by=tuple(Party(name) for name in voice.names),
        manner=manner,
        actor=actor,
        target=target,
        place=where.place,
        within=where.within,
        time=moment,
        figures=figures(trigger, owner.get(trigger.token.i, ())),
        evidence=tuple(evidence),
    )
    return replace(claim, confidence=confidence(trigger, claim)), where


def _told_apart(mention: AttributionMention, reading: Reading) -> bool:
    """Whether a saying has a time and place of its own; "shelling was reported in Donetsk on Monday" tells those of the shelling."""
    if mention.source_head is not None:
        return True
    return not any(c.dep_ == "nsubj:pass" and c.i in mention.content for c in reading.doc[mention.cue_head].children)


def _of_saying(reading: Reading, held: Held, trigger: Trigger) -> frozenset[int]:
    """Words of the trigger's sentence that tell of the saying ("told a news conference in Geneva"), the speaker's own phrase aside."""
    out: set[int] = set()
    for mention in held.get(trigger.token.i, ()):
        if mention.asserts and _told_apart(mention, reading):
            cue = reading.doc[mention.cue_head]
            own = {t.i for t in cue.subtree} - mention.content
            if mention.source_head is not None:
                own -= {t.i for t in reading.doc[mention.source_head].subtree}
            out |= own
    return frozenset(out)


def _trigger_span(trigger: Trigger) -> Span:
    """The shortest words that say it: the word, and the noun of a light verb or the particle beside it."""
    tokens = [trigger.token]
    for condition in trigger.row.conditions:
        if condition.lemmas and not condition.negated and condition.role in ("obj", "prt", "mod", "xcomp"):
            tokens += [t for t in trigger.args.get(condition.role) if abs(t.i - trigger.token.i) <= 4][:1]
    start, end = min(t.i for t in tokens), max(t.i for t in tokens)
    doc = trigger.token.doc
    return Span.of(doc.text, doc[start].idx, doc[end].idx + len(doc[end].text))


def _note(result: Coding, trigger: Trigger, outcome: str, why: str) -> None:
    trace = Trace(trigger.row.name, trigger.token.text, "made" if outcome == "made" else "refused", why)
    result.traces.setdefault(trigger.token.sent.start, []).append(trace)
