"""A reading → its claims: find the words that tell, decide what each asserts, fill its fields, number the happenings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from according.coding import places
from according.coding.arguments import Arguments
from according.coding.counts import figures, owners
from according.coding.frames import Condition
from according.coding.happenings import numbered
from according.coding.irrealis import Verdict, judge
from according.coding.kinds import kinds
from according.coding.merging import merged
from according.coding.parties import parties
from according.coding.timing import Timed, timed, when
from according.coding.trace import Trace
from according.coding.triggers import Trigger, candidates
from according.coding.worth import worth_telling
from according.model import Claim, ClaimType, Manner, Party, Span, Status, claim_id
from according.reading import Reading
from according.reading.attributions import Voice, speakers
from according.reading.cues import Stance


@dataclass(slots=True)
class Coding:
    """What one report's coding came to: the claims, and a trace of every decision by sentence (its first token)."""

    claims: tuple[Claim, ...] = ()
    traces: dict[int, list[Trace]] = field(default_factory=dict)


def code(reading: Reading) -> Coding:
    """Code a report. Pure: the same reading gives the same claims."""
    result = Coding()
    triggers = _asserted(reading, result)
    times = timed(reading.doc, reading.claim_times, frozenset(m.cue_head for m in reading.attributions))
    taken = frozenset(i for t in times for i in t.tokens)
    owner = owners(reading.doc, reading.figures, [t for t, _, _ in triggers])
    claims: list[Claim] = []
    told: list[tuple[ClaimType, places.Where, Span]] = []
    for trigger, verdict, voice in triggers:
        claim, where = _claim(reading, trigger, verdict, voice, times, taken, owner, told)
        told.append((trigger.type, where, claim.sentence))
        claims.append(claim)
        _note(result, trigger, "made", f"{claim.type}, {claim.status}" + (f", said by {claim.said_by[0].span.text}" if claim.said_by else ""))
    result.claims = numbered(claims)
    return result


def _asserted(reading: Reading, result: Coding) -> list[tuple[Trigger, Verdict, Voice]]:
    """The triggers that assert something, with their status and speakers."""
    found = candidates(reading.doc, list(reading.report.furniture))
    judged: dict[int, Verdict] = {}
    for trigger in found:
        judged[trigger.token.i] = judge(trigger.token, trigger.type)
    standing = [t for t in found if judged[t.token.i].status is not None]
    for trigger in found:
        if judged[trigger.token.i].status is None:
            _note(result, trigger, "refused", judged[trigger.token.i].why)
    out = []
    context = _Context()
    for trigger in merged(standing):
        context.look_back(trigger)
        why = worth_telling(trigger, reading)
        if why:
            _note(result, trigger, "refused", why)
            continue
        verdict = judged[trigger.token.i]
        if verdict.type is not None:
            trigger.type = verdict.type
        voice = speakers(reading.doc, reading.attributions, trigger.token.i)
        out.append((trigger, _heard(verdict, voice, reading, trigger), voice))
        context.remember(trigger)
    return out


class _Context:
    """The violent happening told last: "the attack" after a chemical attack is one."""

    def __init__(self) -> None:
        self.last: ClaimType | None = None

    def look_back(self, trigger: Trigger) -> None:
        definite = any(c.dep_ == "det" and c.lower_ in ("the", "these", "those", "this", "that") for c in trigger.token.children)
        bare = trigger.row.frame.means and trigger.row.lemma in _POINTING_BACK
        if self.last and trigger.noun and bare and definite and not any(r.startswith("means") for r in trigger.rules):
            trigger.type = self.last
            trigger.rules.append(f"points back to {self.last}")

    def remember(self, trigger: Trigger) -> None:
        if trigger.type in _NAMED_VIOLENCE:
            self.last = trigger.type


_POINTING_BACK = {"attack", "raid", "strike", "incident"}
_NAMED_VIOLENCE = {ClaimType.AIR_STRIKE, ClaimType.BOMBING, ClaimType.CHEMICAL_ATTACK, ClaimType.SHELLING, ClaimType.ATTACK}


def _heard(verdict: Verdict, voice: Voice, reading: Reading, trigger: Trigger) -> Verdict:
    """What the cue of saying makes of a status: a denial, a plan, a belief."""
    inner = [m for m in reading.attributions if trigger.token.i in m.content]
    for mention in sorted(inner, key=lambda m: len(m.content)):
        if mention.stance is Stance.DENY:
            return Verdict(Status.DENIED, f"“{mention.attribution.cue.text}”", verdict.type)
        if mention.stance is Stance.FEAR and verdict.status is Status.HAPPENED:
            return Verdict(Status.POSSIBLE, f"“{mention.attribution.cue.text}”", verdict.type)
    return verdict


def _claim(
    reading: Reading,
    trigger: Trigger,
    verdict: Verdict,
    voice: Voice,
    times: Sequence[Timed],
    taken: frozenset[int],
    owner: dict[int, Trigger],
    told: list[tuple[ClaimType, places.Where, Span]],
) -> tuple[Claim, places.Where]:
    report = reading.report
    sentence = reading.sentence_of(trigger.token)
    words = _trigger_span(trigger)
    where = places.where(trigger, taken)
    if where.place is None:
        where = places.carried(trigger, [(kind, w) for kind, w, _ in reversed(told)])
    moment, time_rule = when(trigger, times)
    actor = _parties(trigger, trigger.row.frame.actor, voice, actor=True)
    target = _targets(trigger, voice, actor, where)
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
        figures=figures(trigger, reading.figures, owner),
        evidence=tuple(evidence),
        confidence=_confidence(trigger, verdict, where, actor),
    )
    return claim, where


def _confidence(trigger: Trigger, verdict: Verdict, where: places.Where, actor: Sequence[Party]) -> float:
    return 0.5


def _trigger_span(trigger: Trigger) -> Span:
    """The shortest words that say it: the word, and the noun of a light verb or the particle beside it."""
    tokens = [trigger.token]
    for condition in trigger.row.conditions:
        if condition.lemmas and not condition.negated and condition.role in ("obj", "prt", "mod", "xcomp"):
            tokens += [t for t in trigger.args.get(condition.role) if abs(t.i - trigger.token.i) <= 4][:1]
    start, end = min(t.i for t in tokens), max(t.i for t in tokens)
    doc = trigger.token.doc
    return Span.of(doc.text, doc[start].idx, doc[end].idx + len(doc[end].text))


def _parties(trigger: Trigger, order: Sequence[Condition], voice: Voice, *, actor: bool) -> tuple[Party, ...]:
    for condition in order:
        tokens = [t for t in trigger.args.get(condition.role) if condition.kind is None or condition.kind in kinds(t)]
        tokens = [t for t in tokens if _may_be_party(t, trigger.args, actor)]
        found = parties(tokens, voice.names)
        if found:
            return found
    return ()


def _may_be_party(token: Token, args: Arguments, actor: bool) -> bool:
    of = kinds(token)
    if actor:
        return bool(of & {"armed", "people", "officials", "person", "air"})
    return token.pos_ != "VERB"


def _targets(trigger: Trigger, voice: Voice, actor: tuple[Party, ...], where: places.Where) -> tuple[Party, ...]:
    frame = trigger.row.frame
    order = list(frame.target)
    if trigger.noun and frame.of == "obj":
        order.append(Condition("of"))
    found = _only_targets(trigger, _parties(trigger, order, voice, actor=False), where)
    if not found:
        for part in trigger.absorbed:
            if part.row.frame.effect:
                found += tuple(p for p in _parties(part, part.row.frame.target, voice, actor=False) if p not in found)
        found = _only_targets(trigger, found, where)
    return tuple(p for p in found if all(p.span != a.span for a in actor))


def _only_targets(trigger: Trigger, found: tuple[Party, ...], where: places.Where) -> tuple[Party, ...]:
    """The place itself goes in ``place``."""
    if where.place is None:
        return found
    return tuple(p for p in found if not p.span.overlaps(where.place.span))


def _note(result: Coding, trigger: Trigger, outcome: str, why: str) -> None:
    trace = Trace(trigger.row.name, trigger.token.text, "made" if outcome == "made" else "refused", why)
    result.traces.setdefault(trigger.token.sent.start, []).append(trace)
