"""What is told to have happened, and what is only planned, hedged, denied, asked for or imagined: a word's status, or none at all."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from spacy.tokens import Token

from according.coding.arguments import NEGATIONS, is_passive
from according.coding.kinds import common_lemma
from according.model import ClaimType, Status


@dataclass(frozen=True, slots=True)
class Words:
    """The lists of ``irrealis.toml``."""

    plans: frozenset[str]
    hopes: frozenset[str]
    tries: frozenset[str]
    fails: frozenset[str]
    hedges: frozenset[str]
    hedging_adjectives: frozenset[str]
    hedging_verbs: frozenset[str]
    planning_adjectives: frozenset[str]
    prevents: frozenset[str]
    imagined: frozenset[str]
    conditions: frozenset[str]
    helps: frozenset[str]
    ends: frozenset[str]


@lru_cache(maxsize=1)
def words() -> Words:
    data = tomllib.loads(resources.files("according.coding").joinpath("irrealis.toml").read_text(encoding="utf-8"))
    return Words(**{name: frozenset(data[name].split()) for name in Words.__slots__})


@dataclass(slots=True)
class Verdict:
    """A word's status; ``None`` where nothing is claimed, with the reason."""

    status: Status | None
    why: str
    type: ClaimType | None = None  # an attempt at taking a place is a clash


def judge(token: Token, kind: ClaimType) -> Verdict:
    """Look at the word itself, then at every word above it, nearest first."""
    verdict = Verdict(Status.HAPPENED, "told as fact")
    if _question(token):
        return Verdict(None, "a question")
    own = _own(token)
    if own.status is not Status.HAPPENED:
        if own.status is None:
            return own
        verdict = own
    below = token
    for above in token.ancestors:
        step = _step(below, above, kind)
        if step is not None:
            if step.status is None:
                return step
            if verdict.status is Status.HAPPENED:
                verdict = Verdict(step.status, step.why, step.type or verdict.type)
        if _closes(below, above, kind):
            return Verdict(None, "a condition") if _conditional(above) else verdict
        below = above
    return verdict


def _conditional(token: Token) -> bool:
    """Whether the clause above a closed one is a condition: "whether this was a strike that killed civilians"."""
    marks = words().conditions
    return any(
        c.dep_ in ("mark", "advmod") and c.lower_ in marks
        for t in [token, *token.ancestors]
        for c in t.children
        if t.pos_ in ("VERB", "AUX", "NOUN", "ADJ")
    )


def _question(token: Token) -> bool:
    sent = token.sent
    last = next((t for t in reversed(list(sent)) if not t.is_space and t.text not in ("”", '"', "’", "'", ")")), None)
    return last is not None and last.text == "?"


def _own(token: Token) -> Verdict:
    """Modals, negation, adverbs and adjectives on the word itself."""
    book = words()
    for child in token.children:
        small = child.lower_
        if child.dep_ == "aux":
            verdict = _modal(small, token)
            if verdict:
                return verdict
        if child.dep_ in ("advmod", "amod", "nmod:desc", "compound") and small in book.hedges | book.hedging_adjectives:
            return Verdict(Status.POSSIBLE, f"“{child.text}”")
        if child.dep_ in ("amod", "acl") and small in book.planning_adjectives:
            return Verdict(Status.PLANNED, f"“{child.text}”")
        if small in ("due", "set", "about", "scheduled") and token.tag_ == "VB" and child.i < token.i:
            return Verdict(Status.PLANNED, f"“{child.text} to”")
        if child.dep_ == "mark" and small in book.conditions:
            return Verdict(None, f"“{child.text}” makes it a condition")
        more = child.i + 1 < len(token.doc) and token.doc[child.i + 1].lower_ in ("just", "only", "merely", "simply")
        if small in NEGATIONS and not more and child.dep_ in ("advmod", "det", "cc:preconj", "case"):
            return Verdict(Status.DENIED, f"“{child.text}”")
        if child.dep_ in ("nsubj", "nsubj:pass", "obj") and any(c.lower_ in ("no", "neither") and c.dep_ == "det" for c in child.children):
            return Verdict(Status.DENIED, f"“no {child.text}”")
    if (
        token.pos_ == "VERB"
        and token.tag_ == "VB"
        and token.dep_ in ("root", "ROOT")
        and not any(c.dep_ in ("nsubj", "aux") for c in token.children)
        and token.is_sent_start
    ):
        return Verdict(None, "a command")
    return Verdict(Status.HAPPENED, "")


def _modal(small: str, token: Token) -> Verdict | None:
    if small in ("will", "shall", "’ll", "'ll"):
        return Verdict(Status.PLANNED, f"“{small}”")
    if small in ("may", "might", "could"):
        return Verdict(Status.POSSIBLE, f"“{small}”")
    if small in ("should", "must", "can", "ought", "ca"):
        return Verdict(None, f"“{small}” is no assertion")
    if small in ("would", "’d"):
        perfect = any(c.dep_ == "aux" and c.lemma_ == "have" for c in token.children)
        told = (
            token.dep_ == "ccomp" or any(t.dep_ == "ccomp" for t in token.ancestors) or any(c.dep_ == "ccomp" for c in token.head.children)
        )
        return Verdict(Status.PLANNED, "“would”") if told and not perfect else Verdict(None, "“would” imagines")
    return None


def _step(below: Token, above: Token, kind: ClaimType) -> Verdict | None:
    """What a word above says of the word below."""
    book = words()
    lemma = common_lemma(above)
    if (
        below.tag_ == "VBG"
        and lemma in book.prevents | {"stop", "keep", "block", "bar"}
        and "from" in {c.lower_ for c in below.children if c.dep_ in ("mark", "case")}
    ):
        return Verdict(None, f"“{above.text}”")
    infinitive = below.tag_ in ("VB", "VBG") and any(c.lower_ == "to" and c.dep_ in ("mark", "aux", "case") for c in below.children)
    if below.dep_ == "advcl":
        marks = {c.lower_ for c in below.children if c.dep_ in ("mark", "advmod")}
        if marks & book.conditions:
            return Verdict(None, "a condition")
        if infinitive and lemma in book.plans:
            return Verdict(Status.PLANNED, f"“{above.text}”")
        if infinitive:
            return Verdict(None, "a purpose")
        if below.tag_ == "VBG" and not marks & {"after", "before", "while", "since", "when", "despite"}:
            own = _own(above)
            if own.status in (None, Status.PLANNED):
                return own
    if below.dep_ in ("csubj", "nsubj") and below.pos_ == "VERB" and _own(above).status is not Status.HAPPENED:
        return Verdict(None, f"“{above.text}” imagines")
        if {"toward", "towards"} & {c.lower_ for c in below.children if c.dep_ in ("mark", "case")}:
            return Verdict(None, "what something leads to")
    if below.dep_ == "acl" and (infinitive or {"toward", "towards"} & {c.lower_ for c in below.children}):
        return Verdict(None, "what something is for")
    if below.dep_ in ("xcomp", "ccomp", "csubj"):
        return _complement(below, above, lemma, kind, infinitive)
    if below.dep_ in ("obj", "nsubj:pass", "obl", "nmod", "nsubj", "compound", "obl:agent"):
        return _governed(below, above, lemma, kind)
    return None


def _complement(below: Token, above: Token, lemma: str, kind: ClaimType, infinitive: bool) -> Verdict | None:
    book = words()
    own = _own(above)
    if lemma in book.tries:
        if kind is ClaimType.TAKES_TERRITORY:
            return Verdict(own.status, f"“{above.text}”", ClaimType.ARMED_CLASH)
        if kind in _UNTRIED:
            return Verdict(None, f"“{above.text}” is no more than an attempt")
        return (
            None
            if kind is ClaimType.ARMED_CLASH
            else Verdict(Status.POSSIBLE if own.status is Status.HAPPENED else own.status, f"“{above.text}”")
        )
    if lemma in book.fails:
        return Verdict(Status.DENIED, f"“{above.text}”")
    if infinitive and lemma in book.plans:
        return Verdict(Status.PLANNED, f"“{above.text}”")
    if lemma in book.helps and infinitive:
        return Verdict(None, f"“{above.text}” tells what for")
    if lemma == "continue" and infinitive and own.status is Status.PLANNED:
        return Verdict(None, "a policy")
    if lemma in book.hopes and (infinitive or below.dep_ == "ccomp"):
        return Verdict(None, f"“{above.text}” asserts nothing")
    if lemma in book.hedging_verbs and (
        is_passive(above) or lemma in ("seem", "appear", "look", "suspect", "believe", "think", "fear") or infinitive
    ):
        return Verdict(Status.POSSIBLE, f"“{above.text}”")
    if infinitive and own.status is not Status.HAPPENED:
        return own
    if infinitive and lemma in book.prevents:
        return Verdict(None, f"“{above.text}”")
    return None


def _governed(below: Token, above: Token, lemma: str, kind: ClaimType) -> Verdict | None:
    """A noun under a verb or another noun: what is called for, prevented or imagined did not happen."""
    book = words()
    if above.pos_ in ("VERB", "AUX", "ADJ"):
        direct = below.dep_ in ("obj", "nsubj:pass") or (
            below.dep_ == "obl" and lemma in ("call", "push", "press", "wait", "prepare", "hope", "ask", "appeal", "look")
        )
        if direct and lemma in book.hopes | book.prevents and not (lemma == "call" and below.dep_ == "obj"):
            return Verdict(None, f"“{above.text}” asserts nothing")
        if direct and lemma in book.plans and below.dep_ == "obj":
            return Verdict(Status.PLANNED, f"“{above.text}”")
        own = _own(above)
        if below.dep_ in ("obj", "nsubj:pass", "nsubj") and own.status is not Status.HAPPENED and below.dep_ != "nsubj":
            return own
        if below.dep_ in ("nsubj", "nsubj:pass") and lemma in ("appear", "seem", "believe", "think", "suspect", "understand"):
            return Verdict(Status.POSSIBLE, f"“{above.text}”")
        if below.dep_ == "nsubj" and own.status is not Status.HAPPENED and kind is ClaimType.DESTRUCTION:
            return Verdict(None, f"“{above.text}”")
        if (
            lemma in ("arrive", "travel", "fly", "come", "go", "leave", "head")
            and below.dep_ == "obl"
            and any(c.lower_ == "for" for c in below.children)
        ):
            return Verdict(Status.PLANNED, f"“{above.text} for”")
        if own.status is None and below.dep_ == "obl" and kind not in _SUDDEN:
            return own
        if direct and above.tag_ == "VB" and above.dep_ in ("advcl", "acl") and any(c.lower_ == "to" for c in above.children):
            return None  # the step above decides
    elif lemma in book.imagined:
        return Verdict(None, f"“{above.text}”")
    elif lemma == "responsibility" and _nobody(above.head):
        return Verdict(None, "nobody claims it")
    return None


#: Violence named in passing is told as having been, even beside a "can" or a "should".
_SUDDEN = {
    ClaimType.AIR_STRIKE,
    ClaimType.SHELLING,
    ClaimType.BOMBING,
    ClaimType.CHEMICAL_ATTACK,
    ClaimType.ATTACK,
    ClaimType.CASUALTIES,
    ClaimType.SIEGE,
    ClaimType.ARMED_CLASH,
}


#: An attempt at these is no news of them.
_UNTRIED = {
    ClaimType.AGREEMENT,
    ClaimType.DISPLACEMENT,
    ClaimType.TALKS,
    ClaimType.AID,
    ClaimType.CASUALTIES,
    ClaimType.CONTROL,
    ClaimType.DEPLOYMENT,
}


def _nobody(verb: Token) -> bool:
    return any(c.lower_ in NEGATIONS | {"nobody", "one", "none"} and c.dep_ in ("advmod", "nsubj", "det") for c in verb.children)


def _closes(below: Token, above: Token, kind: ClaimType) -> bool:
    """Past these links, what stands above no longer bears on the word: relative clauses, asides, adverbial clauses of time and cause."""
    if below.dep_ in ("acl:relcl", "parataxis", "appos") or (below.dep_ in ("acl", "amod") and below.tag_ in ("VBN", "VBG", "VBD")):
        return True
    if below.dep_ == "conj" and below.pos_ in ("VERB", "AUX"):
        return any(c.dep_ in ("nsubj", "nsubj:pass", "aux") for c in below.children)
    if below.dep_ == "advcl":
        return True
    if below.dep_ == "ccomp":
        return False
    if below.dep_ == "nmod" and kind in _SUDDEN and above.pos_ == "NOUN" and common_lemma(above) not in words().imagined:
        return True  # "an end to the bombing", "an inquiry into the attack": the violence itself is a given
    if below.dep_ == "obj" and kind in _SUDDEN and common_lemma(above) in words().ends:
        return True
    return (
        below.dep_ == "obl"
        and above.pos_ in ("VERB", "AUX")
        and any(
            c.dep_ == "case" and c.lower_ in ("after", "since", "before", "during", "following", "in", "despite", "amid")
            for c in below.children
        )
    )
