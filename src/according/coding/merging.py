"""Triggers of one sentence that tell one happening → one of them, the others absorbed.

A strike that killed twelve is one claim, an air strike with the figure killed 12. Outcomes (deaths, damage) go onto what caused them;
light verbs go with their noun ("regained control", "reached a deal"); two causes that share an outcome are one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from spacy.tokens import Token

from according.coding.arguments import joined, preposition
from according.coding.kinds import content, kinds
from according.coding.parts import VIOLENT, parts
from according.coding.triggers import Trigger
from according.model import ClaimType

_CAUSAL = ("in", "by", "from", "during", "following", "after", "under", "because", "amid", "through", "with", "as", "of", "to", "on")
_CAUSAL_MARKS = {"after", "when", "as", "while", "because"}


def merged(found: list[Trigger]) -> list[Trigger]:
    """The triggers that stay, in order, each with what it absorbed."""
    by_sentence: dict[int, list[Trigger]] = defaultdict(list)
    for trigger in found:
        by_sentence[trigger.token.sent.start].append(trigger)
    return [t for group in by_sentence.values() for t in _sentence(group)]


class _Hosts:
    """Which trigger takes in which; never in a circle."""

    def __init__(self) -> None:
        self.of: dict[int, int] = {}

    def root(self, i: int) -> int:
        while i in self.of:
            i = self.of[i]
        return i

    def join(self, part: int, host: int) -> bool:
        """Let ``host`` take ``part`` in; False where it is taken in already or would hold its own host."""
        if part in self.of or self.root(host) == part:
            return False
        self.of[part] = host
        return True


def _sentence(group: list[Trigger]) -> list[Trigger]:
    at = {t.token.i: t for t in group}
    hosts = _Hosts()
    for trigger in group:
        for part in parts(trigger, at):
            if hosts.join(part.token.i, trigger.token.i):
                part.rules.append(f"part of “{trigger.token.text}”")
    for trigger in group:
        if trigger.token.i not in hosts.of and (trigger.row.frame.effect or _does(trigger, at)):
            _to_cause(trigger, group, at, hosts)
    for trigger in group:  # "killing 12 and wounding 30": the second outcome has the first one's cause
        if trigger.row.frame.effect and trigger.token.i not in hosts.of:
            beside = [at[i] for i in _beside(trigger.token) if i in at]
            twin = next((t for t in beside if t.row.frame.effect and not _own_clauses(trigger, t)), None)
            if twin is not None and twin.token.i in hosts.of and at[hosts.of[twin.token.i]].type in VIOLENT:
                hosts.join(trigger.token.i, hosts.of[twin.token.i])
    for i in hosts.of:
        at[hosts.root(i)].absorbed.append(at[i])
    return [t for t in group if t.token.i not in hosts.of]


def _to_cause(trigger: Trigger, group: list[Trigger], at: dict[int, Trigger], hosts: _Hosts) -> None:
    """Put an outcome onto what caused it; causes that share it become one, the first by the text."""
    cause = _cause(trigger, at, hosts) or _only_violence(trigger, group, hosts) or _wrecking(trigger, at)
    if cause is None:
        return
    first, *others = [at[i] for i in _coordinated(cause.token, at)] or [cause]
    if hosts.join(trigger.token.i, first.token.i):
        first.rules.append(f"caused “{trigger.token.text}”")
        for other in others:
            hosts.join(other.token.i, first.token.i)


def _coordinated(token: Token, at: dict[int, Trigger]) -> list[int]:
    """The violent nouns coordinated with one, in the order of the text: the first gives the claim its type."""
    top = token
    while top.dep_ == "conj" and top.head.pos_ in ("NOUN", "VERB", "PROPN") and top.head.i in at:
        top = top.head
    group = [t for t in joined(top) if t.i in at and at[t.i].type in VIOLENT and at[t.i].noun is at[token.i].noun]
    return sorted({t.i for t in group} | {token.i}) if token.i in at and at[token.i].noun else [token.i]


def _own_clauses(a: Trigger, b: Trigger) -> bool:
    """Deaths and damage that each have a subject of their own are told apart."""
    own = all(any(c.dep_ in ("nsubj", "nsubj:pass") for c in t.token.children) for t in (a, b))
    return own and a.row.frame.type is not b.row.frame.type


def _cause(effect: Trigger, at: dict[int, Trigger], hosts: _Hosts) -> Trigger | None:
    """The happening of the same sentence that an outcome came of."""
    for token in _causes(effect):
        for i in (token.i, *[j.i for j in joined(token)]):
            found = at.get(i)
            if found is not None and found is not effect and found.type in VIOLENT and not found.row.frame.effect:
                return at.get(hosts.root(i), found)
    return _nearest_before(effect, at, hosts)


def _after_mark(token: Token) -> bool:
    """A participle coordinated with one that has its own mark: "after eliminating … and destroying …"."""
    head = token.head
    return token.dep_ == "conj" and head.tag_ == "VBG" and any(c.dep_ == "mark" for c in head.children)


def _only_violence(effect: Trigger, group: list[Trigger], hosts: _Hosts) -> Trigger | None:
    """Deaths of which no doer is told, beside one violent happening in the sentence, are its deaths."""
    if effect.type is not ClaimType.CASUALTIES or (
        effect.args.get("subj") and not effect.noun and effect.token.lemma_ in ("kill", "wound", "injure", "eliminate")
    ):
        return None
    others = [
        t
        for t in group
        if t.type in VIOLENT - {ClaimType.SIEGE, ClaimType.TAKES_TERRITORY} and not t.row.frame.effect and t.token.i not in hosts.of
    ]
    return others[0] if len(others) == 1 and others[0].token.i < effect.token.i and others[0].noun else None


def _wrecking(effect: Trigger, at: dict[int, Trigger]) -> Trigger | None:
    """“Destroyed two boats, killing 12”: the dead are those of the boats."""
    token = effect.token
    wreck = at.get(token.head.i) if effect.type is ClaimType.CASUALTIES and token.tag_ == "VBG" and token.dep_ == "advcl" else None
    if wreck is None or any(c.dep_ in ("mark", "nsubj") for c in token.children):
        return None
    return wreck if wreck.type is ClaimType.DESTRUCTION and not wreck.noun and wreck.token.i < token.i else None


def _nearest_before(effect: Trigger, at: dict[int, Trigger], hosts: _Hosts) -> Trigger | None:
    """Trailing participles and relative clauses of outcome ("…, killing 12", "… which killed 12") belong to the violence told last."""
    token = effect.token
    if not (token.tag_ == "VBG" and token.dep_ in ("advcl", "acl", "conj", "xcomp", "parataxis")) and token.dep_ != "acl:relcl":
        return None
    if any(c.dep_ == "mark" and c.lower_ in ("after", "before", "since", "by", "while", "without") for c in token.children) or _after_mark(
        token
    ):
        return None
    if token.dep_ == "acl:relcl" and kinds(token.head) & {"armed", "people"} and token.head.ent_type_ != "place":
        return None
    before = [t for i, t in at.items() if i < token.i and t.type in VIOLENT and not t.row.frame.effect]
    return at[hosts.root(max(before, key=lambda t: t.token.i).token.i)] if before else None


def _causes(effect: Trigger) -> Iterator[Token]:
    """Words that may name the cause, the surest first."""
    token = effect.token
    for t in effect.args.get("subj"):
        yield t
        yield content(t)
    for role in _CAUSAL:
        for t in effect.args.get(role):
            yield t
            yield from _nested(t)
    for t in effect.args.get("obj"):  # "injuring 200 others in air strikes"
        yield from (c for c in t.children if c.dep_ == "nmod" and preposition(c) in ("in", "by", "from") and c.i > token.i)
    carrier = effect.args.support
    for verb in [
        v
        for v in (carrier, token.head if token.dep_ in ("xcomp", "obj", "amod", "nmod", "obl", "nsubj", "nsubj:pass") else None)
        if v is not None
    ]:
        for child in verb.children:
            if child.dep_ in ("nsubj", "nsubj:pass", "obl", "obl:agent", "nmod") and child != token:
                yield child
                yield from _nested(child)
        if verb.pos_ == "VERB":
            yield verb
            yield from _above(verb)
    yield from _below(token)
    yield from _above(token)


def _does(trigger: Trigger, at: dict[int, Trigger]) -> bool:
    """“The raids hit three buildings”: the noun tells the happening, the verb only what it met with."""
    if trigger.noun or trigger.type not in VIOLENT:
        return False
    during = [at[t.i] for role in ("during", "in") for t in trigger.args.get(role) if t.i in at]
    if trigger.row.frame.means and any(d.noun and d.type in VIOLENT for d in during):
        return True
    subjects = [at[t.i] for t in trigger.args.get("subj") if t.i in at]
    return any(s.noun and s.type in VIOLENT for s in subjects) and trigger.token.lemma_ not in ("repel", "repulse", "thwart", "foil")


def _nested(token: Token) -> Iterator[Token]:
    """“a series of air strikes”, “the intensity of the bombing”, “a group's shelling of the town”."""
    for child in token.children:
        if child.dep_ in ("nmod", "acl", "compound"):
            yield child
            yield from _nested(child)


def _below(token: Token) -> Iterator[Token]:
    """“killed when a bomb exploded”, “killed after being hit by shells”."""
    for child in token.children:
        if child.dep_ == "advcl" and any(c.lower_ in _CAUSAL_MARKS for c in child.children if c.dep_ in ("mark", "advmod", "case")):
            yield child
            yield from (c for c in child.children if c.dep_ in ("obl", "obl:agent", "nsubj"))


def _above(token: Token) -> Iterator[Token]:
    """“shelled the town, killing 12”, “the strike that killed”, “attacked the village and killed 12”."""
    head = token.head
    if head == token:
        return
    if token.dep_ in ("acl", "acl:relcl"):
        yield head
        yield from _nested_up(head)
    elif token.dep_ in ("advcl", "parataxis") and token.tag_ == "VBG" and not any(c.dep_ in ("mark", "case") for c in token.children):
        yield head
        yield from (c for c in head.children if c.dep_ in ("nsubj", "nsubj:pass", "obj", "obl"))
        if head.dep_ in ("acl", "acl:relcl"):
            yield head.head
        if head.dep_ == "conj":
            yield head.head
    elif token.dep_ == "conj":
        yield head
        yield from _above(head)


def _nested_up(token: Token) -> Iterator[Token]:
    if token.dep_ == "nmod" and token.head.pos_ == "NOUN":
        yield token.head


def _beside(token: Token) -> list[int]:
    out = [c.i for c in token.children if c.dep_ == "conj"]
    if token.dep_ == "conj":
        out.append(token.head.i)
        out += [c.i for c in token.head.children if c.dep_ == "conj"]
    if token.dep_ == "advcl":
        out += [c.i for c in token.head.children if c.dep_ == "advcl"]
        out.append(token.head.i)
    return [i for i in out if i != token.i]
