"""Triggers that only complete another one: the noun of a light verb, the words its row asks for, the modifiers of a noun."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from spacy.tokens import Token

from according.coding.kinds import common_lemma
from according.coding.triggers import Trigger
from according.coding.words import words
from according.model import ClaimType
from according.reading.tolls import put

#: What can kill and destroy.
VIOLENT = frozenset(
    {
        ClaimType.ARMED_CLASH, ClaimType.AIR_STRIKE, ClaimType.SHELLING, ClaimType.BOMBING, ClaimType.CHEMICAL_ATTACK, ClaimType.ATTACK,
        ClaimType.SIEGE, ClaimType.PROTEST, ClaimType.TAKES_TERRITORY,
    }
)  # fmt: skip
At = Mapping[int, Trigger]


def parts(trigger: Trigger, at: At) -> Iterator[Trigger]:
    """The triggers of the same sentence (``at``: by token index) that are part of this one."""
    yield from _asked_for(trigger, at)
    if trigger.noun:
        yield from _of_noun(trigger, at)
        return
    for child in trigger.token.children:
        other = at.get(child.i)
        if other is not None and _completes(trigger, child, other):
            yield other
    for t in trigger.args.get("obj"):
        yield from _of_object(trigger, t, at)
    yield from _before_taking(trigger, at)
    yield from _fired_before(trigger, at)
    after = at.get(trigger.token.i + 1)
    if after is not None and after.token.pos_ == "ADJ" and after.token.lower_ == "dead":
        yield after  # "shot dead three women"


def _asked_for(trigger: Trigger, at: At) -> Iterator[Trigger]:
    """The words that the row's conditions hold of."""
    for condition in trigger.row.conditions:
        listed = condition.role in ("obj", "prt", "mod", "of", "xcomp", "to", "under") or (condition.role == "subj" and condition.lemmas)
        if (listed and not condition.negated) or (condition.role in ("in", "into") and condition.lemmas & words("holding")):
            yield from (at[t.i] for t in trigger.args.get(condition.role) if t.i in at)


def _completes(trigger: Trigger, child: Token, other: Trigger) -> bool:
    """Whether a trigger right under a verb is part of it."""
    cases = {c.lower_ for c in child.children if c.dep_ in ("case", "mark")}
    if child.dep_ in ("xcomp", "compound:prt"):
        return child.pos_ == "ADJ"
    if child.dep_ == "conj":  # "ambushed and struck the convoy", "kidnapped and killed 11 people"
        stormed = trigger.type is ClaimType.ARMED_CLASH and other.type is ClaimType.TAKES_TERRITORY
        return child.pos_ == "VERB" and not trigger.args.passive and not stormed and _share_object(trigger.token, child)
    if child.dep_ not in ("obl", "advmod"):
        return False
    if other.noun and cases & {"with", "using"}:  # "targeted it with artillery shells"
        return True
    if other.type is ClaimType.CONTROL and trigger.type is ClaimType.TAKES_TERRITORY:  # "liberated from ISIL control"
        return True
    alike = other.noun and other.type is trigger.type and not trigger.row.frame.effect
    return alike and "for" not in cases  # "trapped under a blockade"; but "arrived for talks" tells two


def _before_taking(trigger: Trigger, at: At) -> Iterator[Trigger]:
    """“Stormed and retook the town”: told as taking it."""
    token = trigger.token
    storm = at.get(token.head.i) if token.dep_ == "conj" and trigger.type is ClaimType.TAKES_TERRITORY else None
    if storm is not None and not storm.noun and storm.type is ClaimType.ARMED_CLASH and _share_object(storm.token, token):
        yield storm


def _fired_before(trigger: Trigger, at: At) -> Iterator[Trigger]:
    """“Rockets fired from the hills landed on the town”."""
    for t in trigger.args.get("subj"):
        fired = (at[c.i] for c in t.children if c.dep_ == "acl" and c.i in at and common_lemma(t) in words("missiles"))
        yield from (other for other in fired if other.type is trigger.type)


def _of_object(trigger: Trigger, t: Token, at: At) -> Iterator[Trigger]:
    """The object of a light verb, what is told of it again, and things that are killed, destroyed or fired."""
    token = trigger.token
    if t.i in at and at[t.i].noun and (t.dep_ == "conj" or (t.dep_ in ("obj", "nsubj:pass") and t.head == token)):
        yield at[t.i]
    for clause in t.children:
        if clause.i in at and clause.dep_ == "acl:relcl" and at[clause.i].type is trigger.type and not trigger.row.frame.effect:
            yield at[clause.i]  # "fired rockets that fell on the town"
    for inner in t.subtree:
        if inner.i in at and inner != token and at[inner.i].noun and at[inner.i].row.lemma in words("things"):
            yield at[inner.i]


def _of_noun(trigger: Trigger, at: At) -> Iterator[Trigger]:
    if trigger.type is ClaimType.CASUALTIES:  # "put its losses at four dead"
        yield from (at[t.i] for number in put(trigger.token) for t in number.subtree if t.i in at and t.i != trigger.token.i)
    for t in trigger.args.get("mod"):
        if t.i in at and t.pos_ != "VERB" and at[t.i].type is not ClaimType.CONTROL:
            yield at[t.i]
    for child in trigger.token.children:
        other = at.get(child.i)
        if other is None or not other.noun:
            continue
        if child.dep_ == "nmod" and other.type is ClaimType.AID and trigger.type in VIOLENT:
            yield other  # "the attack on an aid convoy"
        if trigger.type in VIOLENT and any(c.dep_ == "case" and c.lower_ in ("with", "using") for c in child.children):
            yield other  # "an attack with a rocket shell"
        if other.type is not trigger.type:
            continue
        if child.dep_ == "conj" and other.row.lemma == trigger.row.lemma:
            yield other  # "39 bomber sorties and 35 helicopter sorties"
        if child.dep_ == "nmod" and any(c.lower_ in ("including", "like") for c in child.children):
            yield other


def _share_object(first: Token, second: Token) -> bool:
    """Two coordinated verbs of which one object belongs to both: it stands with one of them, after the second."""
    if any(c.dep_ in ("nsubj", "nsubj:pass") for c in second.children):
        return False
    of_first = [c for c in first.children if c.dep_ == "obj"]
    of_second = [c for c in second.children if c.dep_ == "obj"]
    if of_first and not of_second:
        return of_first[0].i > second.i
    return bool(of_second) and not of_first and second.i - first.i <= 3
