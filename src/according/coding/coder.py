"""A reading → its claims: find the words that tell, decide what each asserts, fill its fields, number the happenings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from spacy.tokens import Token

from according.coding import places
from according.coding.arguments import preposition
from according.coding.confidence import confidence
from according.coding.counts import figures, owners
from according.coding.frames import Condition
from according.coding.happenings import numbered
from according.coding.irrealis import Verdict, judge
from according.coding.kinds import classes, common_lemma, content, kinds
from according.coding.merging import merged
from according.coding.parties import parties
from according.coding import timing
from according.coding.timing import Timed, timed, when
from according.coding.trace import Trace
from according.coding.triggers import OPEN, POINTING, STRUCK, Trigger, by_means_of, candidates, fronted, only_place
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
    times = timed(reading.doc, reading.claim_times, {m.cue_head: m.content for m in reading.attributions}, reading.dateline)
    taken = frozenset(i for t in times for i in t.tokens)
    owner = owners(reading.doc, reading.figures, [t for t, _, _ in triggers])
    known = places.mentions(reading.doc, taken)
    claims: list[Claim] = []
    told: list[places.Told] = []
    for trigger, verdict, voice in triggers:
        claim, where = _claim(reading, trigger, verdict, voice, times, taken, known, owner, told)
        if claim.time is None and claim.type is not ClaimType.CONTROL:
            carried = None if _still(trigger.token) else timing.carried(claims, claim, reading.report.text)
            if carried is not None:
                claim = replace(claim, time=carried, evidence=(*claim.evidence, "time carried over"))
        claims.append(claim)
        told.append(places.Told(trigger.type, where, claim.sentence, claim.time))
        _note(result, trigger, "made", f"{claim.type}, {claim.status}" + (f", said by {claim.said_by[0].span.text}" if claim.said_by else ""))
    result.claims = numbered(claims)
    return result


def _still(token: Token) -> bool:
    """Present and perfect tenses ("nations which have conducted strikes") are of no day told before."""
    verb = next((t for t in [token, *token.ancestors] if t.pos_ in ("VERB", "AUX")), token)
    helped = [c.lower_ for c in verb.children if c.dep_ in ("aux", "aux:pass")]
    return bool({"have", "has", "is", "are"} & set(helped)) or (verb.tag_ in ("VBZ", "VBP") and not helped)


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
        by_means_of(trigger)
        context.look_back(trigger)
        why = worth_telling(trigger, reading)
        if why:
            _note(result, trigger, "refused", why)
            continue
        verdict = judged[trigger.token.i]
        if verdict.type is not None:
            trigger.type = verdict.type
        if trigger.type is ClaimType.AID and (verdict.status is Status.DENIED or _kept_out(trigger)):
            trigger.type, verdict = ClaimType.SIEGE, Verdict(Status.HAPPENED, "aid kept out")
        voice = speakers(reading.doc, reading.attributions, trigger.token.i)
        out.append((trigger, _heard(verdict, voice, reading, trigger), voice))
        context.remember(trigger)
    return out


class _Context:
    """The violence told with its means so far: "the attack" after a chemical attack is one, "bombing" among air raids is theirs."""

    def __init__(self) -> None:
        self.told: list[ClaimType] = []

    def look_back(self, trigger: Trigger) -> None:
        if not self.told or any(r.startswith("means") for r in trigger.rules):
            return
        lemma = trigger.row.lemma
        points = trigger.noun and lemma in POINTING and _definite(trigger.token) and not trigger.row.weight
        struck = not trigger.noun and lemma in STRUCK and (not trigger.args.get("subj") or lemma == "engage")
        usual = max(dict.fromkeys(self.told), key=self.told.count)
        kind = usual if lemma in OPEN and not trigger.row.weight and usual is not ClaimType.BOMBING else self.told[-1] if points or struck else None
        if kind is not None:
            trigger.type = kind
            trigger.rules.append(f"points back to {kind}")

    def remember(self, trigger: Trigger) -> None:
        told = any(r.startswith("means") for r in trigger.rules) or not trigger.row.frame.means and trigger.row.lemma not in OPEN
        if trigger.type in _NAMED_VIOLENCE and told:
            self.told.append(trigger.type)


_NAMED_VIOLENCE = {ClaimType.AIR_STRIKE, ClaimType.BOMBING, ClaimType.CHEMICAL_ATTACK, ClaimType.SHELLING}


def _definite(token: Token) -> bool:
    pointing = any(c.dep_ == "det" and c.lower_ in ("the", "these", "those", "this", "that") for c in token.children)
    return pointing and not any(c.dep_ == "amod" and c.lower_ in ("new", "another", "fresh", "latest", "other", "next", "previous") for c in token.children)


def _kept_out(trigger: Trigger) -> bool:
    """"Received no aid", "no food has entered"."""
    return any(c.lower_ == "no" for role in ("subj", "obj") for t in trigger.args.get(role) for c in [*t.children, *t.head.children])


def _heard(verdict: Verdict, voice: Voice, reading: Reading, trigger: Trigger) -> Verdict:
    """What the cue of saying makes of a status: a denial, a plan, a belief."""
    inner = [m for m in reading.attributions if trigger.token.i in m.content]
    for mention in sorted(inner, key=lambda m: len(m.content)):
        if mention.stance is Stance.DENY:
            return Verdict(Status.DENIED, f"“{mention.attribution.cue.text}”", verdict.type)
        if mention.stance is Stance.FEAR and trigger.token.dep_ != "amod" and verdict.status is Status.HAPPENED:
            return Verdict(Status.POSSIBLE, f"“{mention.attribution.cue.text}”", verdict.type)
    return verdict


def _claim(
    reading: Reading,
    trigger: Trigger,
    verdict: Verdict,
    voice: Voice,
    times: Sequence[Timed],
    taken: frozenset[int],
    known: Sequence[places.Mention],
    owner: dict[int, Trigger],
    told: list[places.Told],
) -> tuple[Claim, places.Where]:
    report = reading.report
    sentence = reading.sentence_of(trigger.token)
    words = _trigger_span(trigger)
    moment, time_rule = when(trigger, times)
    if moment is not None and moment.span.text.lower() == "now" and trigger.type is not ClaimType.CONTROL:
        moment = None
    where = places.where(trigger, known, _of_saying(reading, trigger))
    if where.place is None:
        where = places.carried(trigger, reversed(told), known, moment, report.text)
    actor = _parties(trigger, trigger.row.frame.actor, voice, taken, actor=True)
    if not actor and trigger.type is ClaimType.ARMED_CLASH and any(p.row.frame.type is ClaimType.CASUALTIES for p in trigger.absorbed):
        # "A killed in clashes with B": B is the doer
        actor = _parties(trigger, (Condition("with"),), voice, taken, actor=True)
    actor = actor or _actor_otherwise(trigger, voice, taken)
    target = _targets(trigger, voice, taken, actor, where)
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
    )
    return replace(claim, confidence=confidence(trigger, claim)), where


def _of_saying(reading: Reading, trigger: Trigger) -> frozenset[int]:
    """Words of the trigger's sentence that tell of the saying ("told a news conference in Geneva"), the speaker's own phrase aside."""
    out: set[int] = set()
    for mention in reading.attributions:
        if trigger.token.i in mention.content and mention.asserts:
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


def _parties(trigger: Trigger, order: Sequence[Condition], voice: Voice, taken: frozenset[int], *, actor: bool) -> tuple[Party, ...]:
    """The parties of the first role in ``order`` that is filled by what may be one."""
    for condition in order:
        tokens = [t for t in trigger.args.get(condition.role) if condition.kind is None or condition.kind in kinds(t)]
        if condition.role == "between":
            tokens = tokens[:1] if actor else tokens[1:]
        tokens = [t for t in tokens if t.i not in taken and (_may_act(t) if actor else _may_suffer(t, trigger))]
        if actor and any(t.ent_type_ != "place" for t in tokens):
            tokens = [t for t in tokens if t.ent_type_ != "place" or t.text in classes()["country"]]
        found = parties(tokens, voice.names)
        if found:
            return found
    return ()


def _actor_otherwise(trigger: Trigger, voice: Voice, taken: frozenset[int]) -> tuple[Party, ...]:
    """Who did it where the trigger's own roles do not say: the doer of an outcome it took in, the subject of its clause, itself."""
    for part in trigger.absorbed:
        if part.row.frame.effect and part.row.frame.actor:
            inside = {trigger.token.i, *(p.token.i for p in trigger.absorbed)}
            doers = [t for t in part.args.get("subj") if t.i not in inside and t.i not in taken and _may_act(t) and "happening" not in kinds(t)]
            if doers:
                return parties(doers, voice.names)
    if trigger.noun and trigger.type is ClaimType.ARMED_CLASH:
        inside = any(c.dep_ == "case" and c.lower_ in ("in", "during") for c in trigger.token.children)
        doers = [t for t in trigger.args.get("clause-subj") if inside and "armed" in kinds(t) and t.dep_ == "nsubj" and t.i not in taken]
        if doers:
            return parties(doers, voice.names)
    if trigger.noun and trigger.row.lemma in ("bomber", "gunman"):
        return parties([trigger.token], voice.names)
    return ()


def _may_act(token: Token) -> bool:
    return bool(kinds(token) & {"armed", "people", "officials", "person", "air"}) and not fronted(token) and not (only_place(token) and token.dep_ not in ("nsubj", "nmod:poss", "obl:agent"))


#: What is fired, thrown and dropped is no target of it.
_MISSILES = frozenset("bomb missile rocket shell munition explosive mortar grenade round projectile gas weapon salvo barrage fire loss casualty".split())
_SUFFERING = frozenset({"armed", "people", "building", "materiel", "officials", "person", "aid", "air"})
_GROUNDS = frozenset("city town village area region territory ground part province district land position road highway edge countryside zone sector side neighborhood neighbourhood".split())


def _may_suffer(token: Token, trigger: Trigger) -> bool:
    lemma = common_lemma(content(token))
    if lemma in _MISSILES and trigger.type is not ClaimType.DESTRUCTION:
        return False
    if trigger.type is ClaimType.AIR_STRIKE and "air" in kinds(token) or any(t.lemma_ in ("use", "employ") for t in list(token.ancestors)[:2]):
        return False
    if lemma in _GROUNDS and not _held_by(token) and not _lived_in(token):
        return False
    if trigger.type is ClaimType.DESTRUCTION or trigger.row.frame.type is ClaimType.DESTRUCTION:
        return token.pos_ in ("NOUN", "PROPN")
    if trigger.type is ClaimType.AID:
        return bool(kinds(token) & {"people", "armed"}) and "aid" not in kinds(token)
    if _held_by(token):
        return True
    if trigger.type in (ClaimType.TAKES_TERRITORY, ClaimType.CONTROL, ClaimType.LEAVES_TERRITORY):
        return "armed" in kinds(token)
    return bool(kinds(token) & (_SUFFERING | ({"place"} if token.pos_ == "NOUN" and not token.ent_type_ else set())))


def _held_by(token: Token) -> bool:
    """"Terrorists' positions" are the terrorists'."""
    owners = [c for c in content(token).children if c.dep_ in ("compound", "nmod:poss", "nmod")]
    return any(c.ent_type_ in ("group", "organisation") or common_lemma(c) in classes()["armed"] for c in owners if c.pos_ != "VERB")


def _lived_in(token: Token) -> bool:
    return any(c.lower_ in ("residential", "civilian", "populated", "crowded") for c in token.children)


def _targets(trigger: Trigger, voice: Voice, taken: frozenset[int], actor: tuple[Party, ...], where: places.Where) -> tuple[Party, ...]:
    """Whom a happening struck: its own object, else what the verbs it took in struck, else the victims of its outcomes."""
    frame = trigger.row.frame
    order = list(frame.target)
    if trigger.noun and frame.of == "obj":
        order.append(Condition("of"))
    if Condition("between") in frame.actor:
        order.insert(0, Condition("between"))
    found = _without(_parties(trigger, order, voice, taken, actor=False), actor, where)
    plain = [p for p in trigger.absorbed if not p.row.frame.effect]
    people = [p for p in trigger.absorbed if p.row.frame.effect and p.row.frame.type is ClaimType.CASUALTIES]
    things = [p for p in trigger.absorbed if p.row.frame.effect and p.row.frame.type is not ClaimType.CASUALTIES]
    for group in ([p for p in plain if not p.noun], [p for p in plain if p.noun], people, things):
        if found:
            break
        for part in group:
            struck = _without(_parties(part, part.row.frame.target, voice, taken, actor=False), actor, where)
            found += tuple(p for p in struck if p not in found)
    if trigger.noun and not found and trigger.args.support is not None:
        against = [t for t in trigger.args.support.subtree if preposition(t) == "against" and t.i > trigger.token.i and _may_suffer(t, trigger)]
        found = _without(parties(against[:1], voice.names), actor, where)
    if not found and trigger.type in (ClaimType.ARMED_CLASH, ClaimType.TAKES_TERRITORY):
        found = _without(parties(_holders(trigger), voice.names), actor, where)
    if not found and trigger.type is ClaimType.SIEGE and trigger.row.frame.type is ClaimType.AID:
        found = parties([t for role in ("subj", "obj") for t in trigger.args.get(role) if "aid" in kinds(t)])
    named = tuple(p for p in found if p.span.text.lower().split()[-1] not in ("other", "others", "more", "many"))
    return named or found


def _holders(trigger: Trigger) -> list[Token]:
    """Who held what was fought for: "their assault on insurgent-held Karabilah"."""
    grounds = [t for role in ("obj", "on", "of", "against", "into") for t in trigger.args.get(role)]
    held = [c for t in grounds for c in t.children if c.dep_ == "amod" and c.lemma_ in ("hold", "control")]
    return [m for h in held for m in h.children if m.dep_ in ("compound", "obl:unmarked", "obl", "nmod", "amod", "advmod") and m.pos_ in ("NOUN", "PROPN", "ADJ")]


def _without(found: tuple[Party, ...], actor: tuple[Party, ...], where: places.Where) -> tuple[Party, ...]:
    """Neither the doers nor the place itself, which goes in ``place``."""
    place = where.place.span if where.place is not None else None
    return tuple(p for p in found if all(p.span != a.span for a in actor) and (place is None or not p.span.overlaps(place)))


def _note(result: Coding, trigger: Trigger, outcome: str, why: str) -> None:
    trace = Trace(trigger.row.name, trigger.token.text, "made" if outcome == "made" else "refused", why)
    result.traces.setdefault(trigger.token.sent.start, []).append(trace)
