"""Whether a word that tells of a happening tells enough of it: who, where, when or how many. A bare pointer back is no claim."""

from __future__ import annotations

from spacy.tokens import Token

from according.coding.arguments import definite, joined
from according.coding.frames import frames
from according.coding.kinds import common_lemma, kinds
from according.coding.triggers import Trigger
from according.coding.words import words
from according.model import ClaimType
from according.reading.stretches import Stretches
from according.reading.tolls import put

_ARMED = {ClaimType.ARMED_CLASH}
#: Kinds whose words only complete the trigger ("use of chemical weapons"): they tell nothing more.
_WORDING = {"chemical", "weapons", "accords", "aid", "funds", "prisoners", "talking"}

#: Where the parties and the place of a noun stand.
_ROLES = "subj is obj on against at in near between with of to by from into over inside outside for".split()


def worth_telling(trigger: Trigger, times: Stretches) -> str:
    """Empty where a claim is worth making, else why not. ``times``: where the report's times stand (offsets)."""
    if trigger.type is ClaimType.CASUALTIES and put(trigger.token):
        return ""
    tolled = any(c.role == "support" and c.lemmas & words("tolling") for c in trigger.row.conditions)
    if tolled and not any(c.dep_ == "nummod" for c in trigger.token.children):
        return "a toll put at no number"  # "put its losses at 40 million dollars", "listed the names of the dead"
    if trigger.noun:
        return _noun(trigger, times)
    args = trigger.args
    if trigger.token.dep_ == "amod" and trigger.type in (ClaimType.TALKS, ClaimType.AGREEMENT, ClaimType.DEPLOYMENT, ClaimType.AID):
        return "only describes"
    if (
        trigger.token.dep_ == "amod"
        and trigger.type is ClaimType.TAKES_TERRITORY
        and not any(t.ent_type_ for t in trigger.token.head.subtree)
    ):
        return "only describes"
    if trigger.token.dep_ == "amod" and trigger.type is ClaimType.DISPLACEMENT and not _counted(trigger.token.head):
        return "only describes"
    if not args.get("subj") and not args.get("obj") and not args.get("obl"):
        return "nobody and nothing is named"
    if trigger.type in _ARMED:
        near = [t for role in ("subj", "obj", "with", "against", "on", "in") for t in args.get(role)]
        if not any(kinds(t) & {"armed", "place", "happening"} for t in near):
            return "no fighting party or place"
    return ""


def _counted(token: Token) -> bool:
    """“300 displaced families”, "displaced thousands"."""
    return common_lemma(token) in words("collecting") or any(c.dep_ == "nummod" for c in [*token.children, *token.head.children])


def _noun(trigger: Trigger, times: Stretches) -> str:
    args = trigger.args
    if any("air" in kinds(t) for t in joined(trigger.token)[1:]):
        return "names a kind of aircraft"  # "attack, bomber and fighter aircraft"
    support = args.support
    if support is not None and support.dep_ == "acl:relcl" and support.tag_ in ("VBZ", "VBP") and support.lemma_ in words("monitoring"):
        return "says what somebody's work is"
    if trigger.absorbed:
        return ""
    sent = trigger.token.sent
    pointer = any(c.dep_ == "det" and c.lower_ in ("this", "that", "these", "those", "such") for c in trigger.token.children)
    wording = {t.i for c in trigger.row.conditions if c.lemmas or c.kind in _WORDING for t in args.get(c.role)}
    around = [t for role in _ROLES for t in args.get(role) if t.i not in wording and t.lower_ not in ("who", "whoever", "what")]
    filled = any(kinds(t) or t.ent_type_ or t.pos_ == "PROPN" for t in around)
    named = any(t.ent_type_ or t.pos_ == "PROPN" or "armed" in kinds(t) for t in args.get("mod"))
    numbered = any(c.dep_ == "nummod" for c in trigger.token.children)
    start, end = trigger.token.left_edge.idx, trigger.token.right_edge.idx + len(trigger.token.right_edge.text)
    dated = times.holds(trigger.token.head.idx) or times.begins(start, end)
    holding = any(t.ent_type_ in ("place", "facility", "organisation", "group") for t in trigger.token.subtree if t.i != trigger.token.i)
    owned = bool(args.get("poss"))
    if filled or named or numbered or dated or holding or owned:
        return ""
    if pointer:
        return "only points back"
    carrier = args.support
    if carrier is not None:
        around = [c for c in carrier.children if c.dep_ in ("obl", "obl:unmarked") and c.i != trigger.token.i]
        lent = args.get("support-subj") and common_lemma(carrier) in frames().support
        if any(c.ent_type_ or kinds(c) & {"place", "building", "armed", "officials"} for c in around) or lent:
            return ""
        if args.get("does") and carrier.lemma_ in words("occurring"):
            return ""
        if times.within(sent.start_char, sent.end_char) and trigger.token.dep_ in (
            "nsubj",
            "nsubj:pass",
            "obj",
        ):
            return ""
    return "says neither who, where, when nor how many"


def charged(trigger: Trigger) -> bool:
    """“Charged with murder”, "two counts of assault", "a murder charge": with no victim told, the name of a crime."""
    token = trigger.token
    if common_lemma(token) not in words("crimes") or trigger.args.get("of") or trigger.args.get("obj") or definite(token):
        return False
    return token.dep_ in ("compound", "obl", "nmod", "obj", "conj") and common_lemma(token.head) in words("charging") | words("crimes")
