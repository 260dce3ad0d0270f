"""What is told to have happened, and what is only planned, hedged, denied, asked for or imagined: a word's status, or none at all."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Token

from according.coding.arguments import NEGATIONS, is_passive
from according.coding.kinds import common_lemma
from according.coding.words import lists
from according.model import ClaimType, Status


@dataclass(frozen=True, slots=True)
class Words:
    """The lists of ``irrealis.toml``, which tells what each is for."""

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
    comes: frozenset[str]
    awaits: frozenset[str]
    presses: frozenset[str]
    seems: frozenset[str]
    goes: frozenset[str]
    blocks: frozenset[str]
    times: frozenset[str]
    defines: frozenset[str]


@lru_cache(maxsize=1)
def words() -> Words:
    return Words(**lists("irrealis.toml"))


@dataclass(slots=True)
class Verdict:
    """A word's status; ``None`` where nothing is claimed, with the reason."""

    status: Status | None
    why: str
    type: ClaimType | None = None  # an attempt at taking a place is a clash


def judge(token: Token, kind: ClaimType) -> Verdict:
    """Look at the word itself, then at every word above it, nearest first."""
    if _question(token):
        return Verdict(None, "a question")
    if _defines(token):
        return Verdict(None, "what a word means")
    verdict = _own(token)
    if verdict.status is None:
        return verdict
    below = token
    for above in token.ancestors:
        step = _step(below, above, kind)
        if step is not None and step.status is None:
            return step
        if step is not None and verdict.status is Status.HAPPENED:
            verdict = step
        if below.dep_ == "acl:relcl" and _whoever(below, above, kind):
            return Verdict(None, "whoever it may be")
        if _closes(below, above, kind):
            return Verdict(None, "a condition") if _conditional(above) else verdict
        below = above
    return verdict


def _question(token: Token) -> bool:
    last = next((t for t in reversed(list(token.sent)) if not t.is_space and t.text not in ("”", '"', "’", "'", ")")), None)
    return last is not None and last.text == "?"


def _defines(token: Token) -> bool:
    """“Shelling civilians is a war crime”, "artillery fire is not classified as a strike": of a kind of act, not of one that was."""
    for up in [token, *token.ancestors]:
        present = any(c.lower_ in ("is", "are") and c.dep_ in ("cop", "aux:pass") for c in up.children)
        if present and (common_lemma(up) in words().defines or any(c.dep_ == "csubj" and c.tag_ == "VBG" for c in up.children)):
            return True
        if up.dep_ == "acl:relcl":
            return False
    return False


def _whoever(verb: Token, noun: Token, kind: ClaimType) -> bool:
    """“Must treat well the fighters they capture”: under what is asked for, a relative clause in the present speaks of no one yet."""
    if verb.tag_ not in ("VBP", "VBZ") or any(c.dep_ == "aux" for c in verb.children):
        return False
    governing = next((t for t in noun.ancestors if t.pos_ == "VERB"), None)
    return governing is not None and judge(governing, kind).status is None


def _conditional(token: Token) -> bool:
    """Whether the clause above a closed one is a condition: "whether this was a strike that killed civilians"."""
    clauses = [t for t in [token, *token.ancestors] if t.pos_ in ("VERB", "AUX", "NOUN", "ADJ")]
    return any(c.dep_ in ("mark", "advmod") and c.lower_ in words().conditions for t in clauses for c in t.children)


# --- the word itself ---------------------------------------------------------------------------------------------------


def _own(token: Token) -> Verdict:
    """Modals, negation, adverbs and adjectives on a word."""
    for child in token.children:
        verdict = _modal(child, token) or _qualified(child, token) or _negated(child, token)
        if verdict is not None:
            return verdict
    if any(c.dep_ == "det" and c.lower_ == "any" for c in token.children) and _under_no(token):
        return Verdict(Status.DENIED, "“not … any”")
    bare = not any(c.dep_ in ("nsubj", "aux") for c in token.children)
    if token.tag_ == "VB" and token.dep_ in ("root", "ROOT") and token.is_sent_start and bare:
        return Verdict(None, "a command")
    return Verdict(Status.HAPPENED, "told as fact")


def _under_no(token: Token) -> bool:
    """“Was not aware of any strike”, "denied any attack": above an "any" stands what denies it."""
    for up in token.ancestors:
        if up.lemma_ in ("deny", "reject", "dismiss") or any(c.dep_ == "advmod" and c.lower_ in NEGATIONS for c in up.children):
            return True
        if up.dep_ in ("ccomp", "acl:relcl", "advcl", "parataxis"):
            return False
    return False


def _modal(child: Token, token: Token) -> Verdict | None:
    small = child.lower_
    if small == "to" and any(c.lemma_ == "be" and c.dep_.startswith("aux") and c.i < child.i for c in token.children):
        return Verdict(Status.PLANNED, "“are to”")
    if child.dep_ != "aux":
        return None
    if small in ("will", "shall", "may", "might", "could", "would") and _on_condition(token):
        return Verdict(None, f"“{small}”, on a condition")
    if small in ("will", "shall", "’ll", "'ll"):
        return Verdict(Status.PLANNED, f"“{small}”")
    if small in ("may", "might", "could"):
        return Verdict(Status.POSSIBLE, f"“{small}”")
    if small in ("should", "must", "can", "ought", "ca"):
        return Verdict(None, f"“{small}” is no assertion")
    if small in ("would", "’d"):
        perfect = any(c.dep_ == "aux" and c.lemma_ == "have" for c in token.children)
        said = any(t.dep_ == "ccomp" for t in [token, *token.ancestors, *token.head.children])
        return Verdict(Status.PLANNED, "“would”") if said and not perfect else Verdict(None, "“would” imagines")
    return None


def _on_condition(token: Token) -> bool:
    """“If the talks fail, fighting may resume”; "should the talks fail, …"."""
    marks = [c for clause in token.children if clause.dep_ == "advcl" for c in clause.children if c.dep_ in ("mark", "aux")]
    return any(c.lower_ in ("if", "unless") or (c.lower_ == "should" and c.i == c.head.left_edge.i) for c in marks)


def _qualified(child: Token, token: Token) -> Verdict | None:
    book, small = words(), child.lower_
    if child.dep_ in ("advmod", "amod", "nmod:desc", "compound") and small in book.hedges | book.hedging_adjectives:
        return Verdict(Status.POSSIBLE, f"“{child.text}”")
    if child.dep_ in ("amod", "acl") and small in book.planning_adjectives:
        return Verdict(Status.PLANNED, f"“{child.text}”")
    if small in ("due", "set", "about", "scheduled") and token.tag_ in ("VB", "VBN") and child.i < token.i:
        return Verdict(Status.PLANNED, f"“{child.text} to”")
    if child.dep_ == "mark" and small in book.conditions:
        return Verdict(None, f"“{child.text}” makes it a condition")
    return None


def _negated(child: Token, token: Token) -> Verdict | None:
    after = token.doc[child.i + 1].lower_ if child.i + 1 < len(token.doc) else ""
    merely = after in ("just", "only", "merely", "simply")  # "not only shelled" was shelled
    if child.lower_ in NEGATIONS and not merely and child.dep_ in ("advmod", "det", "cc:preconj", "case"):
        return Verdict(Status.DENIED, f"“{child.text}”")
    if child.dep_ in ("nsubj", "nsubj:pass") and child.lower_ in ("nobody", "none", "neither"):
        return Verdict(Status.DENIED, f"“{child.text}”")
    if child.dep_ in ("nsubj", "nsubj:pass", "obj") and any(c.lower_ in ("no", "neither") and c.dep_ == "det" for c in child.children):
        return Verdict(Status.DENIED, f"“no {child.text}”")
    return None


# --- the words above ---------------------------------------------------------------------------------------------------


def _step(below: Token, above: Token, kind: ClaimType) -> Verdict | None:
    """What a word above says of the word below: by how the two hang together."""
    marks = {c.lower_ for c in below.children if c.dep_ in ("mark", "case", "advmod")}
    infinitive = below.tag_ in ("VB", "VBG", "VBN") and any(c.lower_ == "to" and c.dep_ in ("mark", "aux", "case") for c in below.children)
    if below.tag_ == "VBG" and "from" in marks and common_lemma(above) in words().prevents | words().blocks:
        return Verdict(None, f"“{above.text}”")
    if below.dep_ in ("advcl", "acl") and marks & {"toward", "towards"}:
        return Verdict(None, "what something leads to")
    if below.dep_ == "advcl":
        return _adverbial(below, above, marks, infinitive)
    if below.dep_ == "acl":
        return Verdict(None, "what something is for") if infinitive else None
    if below.dep_ in ("csubj", "nsubj") and below.pos_ == "VERB" and _own(above).status is not Status.HAPPENED:
        return Verdict(None, f"“{above.text}” imagines")
    if below.dep_ in ("xcomp", "ccomp", "csubj"):
        return _complement(below, above, kind, infinitive)
    if below.dep_ == "conj" and infinitive and above.dep_ == "obl":  # "agreed to the plan and to withdraw"
        return _complement(below, above.head, kind, infinitive)
    if below.dep_ in ("obj", "nsubj:pass", "obl", "nmod", "nsubj", "compound", "obl:agent"):
        return _governed(below, above, kind)
    return None


def _adverbial(below: Token, above: Token, marks: set[str], infinitive: bool) -> Verdict | None:
    book = words()
    if marks & book.conditions:
        return Verdict(None, "a condition")
    if infinitive:
        return Verdict(Status.PLANNED, f"“{above.text}”") if common_lemma(above) in book.plans else Verdict(None, "a purpose")
    if below.tag_ == "VBG" and not marks & book.times:  # "will return to the Gulf, visiting …"
        own = _own(above)
        return own if own.status in (None, Status.PLANNED) else None
    return None


def _complement(below: Token, above: Token, kind: ClaimType, infinitive: bool) -> Verdict | None:
    """“Tried to”, "is expected to", "wants to", "is believed to": the verb above says how real its complement is."""
    book, lemma, own = words(), common_lemma(above), _own(above)
    if lemma == "have" and infinitive and any(c.lower_ == "yet" for c in above.children):
        return Verdict(Status.DENIED, "“have yet to”")
    if lemma in book.tries:
        return _attempt(above, own, kind)
    if lemma in book.fails:  # "must stop attacking" tells of nothing
        return own if own.status is None else Verdict(Status.DENIED, f"“{above.text}”")
    if infinitive and lemma in book.plans:
        return Verdict(Status.PLANNED, f"“{above.text}”")
    if infinitive and lemma in book.helps | book.prevents:
        return Verdict(None, f"“{above.text}” tells what for")
    if infinitive and lemma == "continue" and own.status is Status.PLANNED:
        return Verdict(None, "a policy")
    if lemma in book.hopes and (infinitive or below.dep_ == "ccomp"):
        return Verdict(None, f"“{above.text}” asserts nothing")
    if lemma in book.hedging_verbs and (infinitive or is_passive(above) or lemma in book.seems):
        return Verdict(Status.POSSIBLE, f"“{above.text}”")
    return own if infinitive and own.status is not Status.HAPPENED else None


def _attempt(above: Token, own: Verdict, kind: ClaimType) -> Verdict | None:
    """An attempt at taking a place is a clash; at most other things it is no news of them."""
    if kind is ClaimType.TAKES_TERRITORY:
        return Verdict(own.status, f"“{above.text}”", ClaimType.ARMED_CLASH)
    if kind is ClaimType.ARMED_CLASH:
        return None
    if kind in _UNTRIED:
        return Verdict(None, f"“{above.text}” is no more than an attempt")
    return Verdict(Status.POSSIBLE if own.status is Status.HAPPENED else own.status, f"“{above.text}”")


def _governed(below: Token, above: Token, kind: ClaimType) -> Verdict | None:
    """A noun under a verb or another noun: what is called for, prevented or imagined did not happen."""
    book, lemma = words(), common_lemma(above)
    if above.pos_ not in ("VERB", "AUX", "ADJ"):
        if lemma in book.imagined:
            return Verdict(None, f"“{above.text}”")
        return Verdict(None, "nobody claims it") if lemma == "responsibility" and _nobody(above.head) else None
    direct = below.dep_ in ("obj", "nsubj:pass") or (below.dep_ == "obl" and lemma in book.presses)
    if direct and lemma in book.hopes | book.prevents and not (lemma == "call" and below.dep_ == "obj"):
        return Verdict(None, f"“{above.text}” asserts nothing")
    if below.dep_ == "obj" and lemma in book.plans:
        return Verdict(Status.PLANNED, f"“{above.text}”")
    if below.dep_ == "nsubj:pass" and lemma in book.awaits:
        return Verdict(Status.PLANNED, f"“{above.text}”")
    if below.dep_ in ("nsubj", "nsubj:pass") and lemma in book.seems:
        return Verdict(Status.POSSIBLE, f"“{above.text}”")
    if below.dep_ in ("nsubj", "nsubj:pass") and lemma in book.plans and _comes_about(above):
        return Verdict(Status.PLANNED, f"“{above.text}”")
    if below.dep_ == "obl" and lemma in book.goes and any(c.lower_ == "for" for c in below.children):
        return Verdict(Status.PLANNED, f"“{above.text} for”")
    return _clause_of(below, above, kind)


def _comes_about(verb: Token) -> bool:
    """“The talks are due to begin”: the noun itself is what is to come."""
    return any(c.dep_ == "xcomp" and common_lemma(c) in words().comes for c in verb.children)


def _clause_of(below: Token, above: Token, kind: ClaimType) -> Verdict | None:
    """A noun shares what its verb's modals and negation say, as object; as subject only what is brought about by it does."""
    own = _own(above)
    if own.status is Status.HAPPENED:
        return None
    if below.dep_ in ("obj", "nsubj:pass"):
        return own
    if below.dep_ == "nsubj" and common_lemma(above) in words().comes:
        return own
    if below.dep_ == "nsubj" and kind is ClaimType.DESTRUCTION:
        return Verdict(None, f"“{above.text}”")
    return own if own.status is None and below.dep_ == "obl" and kind not in _SUDDEN else None


#: Violence named in passing is told as having been, even beside a "can" or a "should".
_SUDDEN = {
    ClaimType.AIR_STRIKE, ClaimType.SHELLING, ClaimType.BOMBING, ClaimType.CHEMICAL_ATTACK, ClaimType.ATTACK, ClaimType.CASUALTIES,
    ClaimType.SIEGE, ClaimType.ARMED_CLASH,
}  # fmt: skip
#: An attempt at these is no news of them.
_UNTRIED = {
    ClaimType.AGREEMENT, ClaimType.DISPLACEMENT, ClaimType.TALKS, ClaimType.AID, ClaimType.CASUALTIES, ClaimType.CONTROL,
    ClaimType.DEPLOYMENT,
}  # fmt: skip


def _nobody(verb: Token) -> bool:
    return any(c.lower_ in NEGATIONS | {"nobody", "one", "none"} and c.dep_ in ("advmod", "nsubj", "det") for c in verb.children)


def _closes(below: Token, above: Token, kind: ClaimType) -> bool:
    """Past these links, what stands above no longer bears on the word: relative clauses, asides, clauses of time and cause."""
    if below.dep_ in ("acl:relcl", "parataxis", "appos", "advcl"):
        return True
    if below.dep_ in ("acl", "amod") and below.tag_ in ("VBN", "VBG", "VBD"):
        return True
    if below.dep_ == "conj" and below.pos_ in ("VERB", "AUX"):
        return any(c.dep_ in ("nsubj", "nsubj:pass", "aux") for c in below.children)
    if kind in _SUDDEN and below.dep_ == "nmod" and above.pos_ == "NOUN" and common_lemma(above) not in words().imagined:
        return True  # "an end to the bombing", "an inquiry into the attack": the violence itself is a given
    if kind in _SUDDEN and below.dep_ == "obj" and common_lemma(above) in words().ends:
        return True
    cases = {c.lower_ for c in below.children if c.dep_ == "case"}
    return below.dep_ == "obl" and above.pos_ in ("VERB", "AUX") and bool(cases & (words().times | {"in", "during", "following", "amid"}))
