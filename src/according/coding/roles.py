"""Who did it and whom it struck: from a trigger's roles, by its frame, and from what it took in."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from according.coding import places
from according.coding.arguments import preposition
from according.coding.frames import Condition
from according.coding.kinds import classes, common_lemma, content, kinds
from according.coding.parties import parties
from according.coding.triggers import Trigger, fronted, only_place
from according.coding.words import words
from according.model import ClaimType, Party
from according.reading.attributions import Voice


def actors(trigger: Trigger, voice: Voice, taken: frozenset[int]) -> tuple[Party, ...]:
    """Who did it. ``taken``: token indexes of time expressions, which nobody is."""
    found = _parties(trigger, trigger.row.frame.actor, voice, taken, actor=True)
    if not found and trigger.type is ClaimType.ARMED_CLASH and any(p.row.frame.type is ClaimType.CASUALTIES for p in trigger.absorbed):
        # "A killed in clashes with B": B is the doer
        found = _parties(trigger, (Condition("with"),), voice, taken, actor=True)
    if found and not trigger.noun:  # "A is fighting alongside B"
        beside = [t for t in trigger.args.get("alongside") if t.i not in taken and _may_act(t)]
        found += tuple(p for p in parties(beside, voice.names) if p not in found)
    return found or _otherwise(trigger, voice, taken)


def _parties(trigger: Trigger, order: Sequence[Condition], voice: Voice, taken: frozenset[int], *, actor: bool) -> tuple[Party, ...]:
    """The parties of the first role in ``order`` that is filled by what may be one."""
    for condition in order:
        tokens = [t for t in trigger.args.get(condition.role) if condition.kind is None or condition.kind in kinds(t)]
        if condition.role in ("mod", "holder"):  # "a Syrian government raid": one body
            beside = {t.i - 1 for t in tokens if t.dep_ == "compound" and "armed" in kinds(t)}
            tokens = [t for t in tokens if not (t.i in beside and t.dep_ == "amod" and t.ent_type_ == "group")]
        if condition.role == "between":
            tokens = tokens[:1] if actor else tokens[1:]
        tokens = [t for t in tokens if t.i not in taken and (_may_act(t) if actor else _may_suffer(t, trigger))]
        if actor and any(t.ent_type_ != "place" for t in tokens):
            tokens = [t for t in tokens if t.ent_type_ != "place" or t.text in classes()["country"]]
        found = parties(tokens, voice.names)
        if found:
            return found
    return ()


def _otherwise(trigger: Trigger, voice: Voice, taken: frozenset[int]) -> tuple[Party, ...]:
    """Who did it where the trigger's own roles do not say: the doer of an outcome it took in, the subject of its clause, itself."""
    for part in trigger.absorbed:
        fired = not part.noun and part.type is trigger.type and part.args.passive  # "a missile fired by the army hit a school"
        if fired or (part.row.frame.effect and part.row.frame.actor):
            inside = {trigger.token.i, *(p.token.i for p in trigger.absorbed)}
            doers = [
                t for t in part.args.get("subj") if t.i not in inside and t.i not in taken and _may_act(t) and "happening" not in kinds(t)
            ]
            if doers:
                return parties(doers, voice.names)
    if trigger.noun and trigger.type is ClaimType.ARMED_CLASH:
        within = any(c.dep_ == "case" and c.lower_ in ("in", "during") for c in trigger.token.children)
        doers = [t for t in trigger.args.get("clause-subj") if within and "armed" in kinds(t) and t.dep_ == "nsubj" and t.i not in taken]
        if doers:
            return parties(doers, voice.names)
    if trigger.noun and trigger.row.lemma in ("bomber", "gunman"):
        return parties([trigger.token], voice.names)
    return ()


def _may_act(token: Token) -> bool:
    return (
        (bool(kinds(token) & {"armed", "people", "officials", "person", "air"}) or _accused(token))
        and not fronted(token)
        and common_lemma(token) != "other"
        and not (only_place(token) and token.dep_ not in ("nsubj", "nmod:poss", "obl:agent") and not _accused(token))
    )


def _accused(token: Token) -> bool:
    """“Accused Moscow of shelling”: a capital may stand for those who rule there."""
    return token.dep_ == "obj" and token.head.lemma_ in words("accusing")


_SUFFERING = frozenset({"armed", "people", "building", "materiel", "officials", "person", "aid", "air"})


def _may_suffer(token: Token, trigger: Trigger) -> bool:
    lemma = common_lemma(content(token))
    if lemma in words("missiles") and trigger.type is not ClaimType.DESTRUCTION:
        return False
    if trigger.type is ClaimType.AIR_STRIKE and "air" in kinds(token):
        return False
    if any(t.lemma_ in ("use", "employ") and t != trigger.token for t in list(token.ancestors)[:2]):
        return False
    if "happening" in kinds(token):
        return False
    if lemma in words("grounds") and not _held_by(token) and not _lived_in(token):
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
    """“Terrorists' positions” are the terrorists'."""
    owners = [c for c in content(token).children if c.dep_ in ("compound", "nmod:poss", "nmod")]
    return any(c.ent_type_ in ("group", "organisation") or common_lemma(c) in classes()["armed"] for c in owners if c.pos_ != "VERB")


def _lived_in(token: Token) -> bool:
    return any(c.lower_ in ("residential", "civilian", "populated", "crowded") for c in token.children)


def targets(trigger: Trigger, voice: Voice, taken: frozenset[int], actor: tuple[Party, ...], where: places.Where) -> tuple[Party, ...]:
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
        against = [
            t for t in trigger.args.support.subtree if preposition(t) == "against" and t.i > trigger.token.i and _may_suffer(t, trigger)
        ]
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
    return [
        m
        for h in held
        for m in h.children
        if m.dep_ in ("compound", "obl:unmarked", "obl", "nmod", "amod", "advmod") and m.pos_ in ("NOUN", "PROPN", "ADJ")
    ]


def _without(found: tuple[Party, ...], actor: tuple[Party, ...], where: places.Where) -> tuple[Party, ...]:
    """Neither the doers nor the place itself, which goes in ``place``."""
    place = where.place.span if where.place is not None else None
    return tuple(p for p in found if all(p.span != a.span for a in actor) and (place is None or not p.span.overlaps(place)))
