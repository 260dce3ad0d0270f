"""A word in its tree → who stands in which role to it, passives, nominalisations, relative clauses and control undone.

Roles are ``subj`` and ``obj`` (logical: a passive's subject is its ``obj``), ``mod`` (modifiers before a noun), ``poss``, ``prt``,
``xcomp``, ``not``, and every preposition ("in", "with", "against" …). Coordinated words stand beside each other in a role.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from according.coding.words import words
from according.reading.tolls import is_putting

Roles = dict[str, list[Token]]

_SUBJECTS = {"nsubj", "csubj", "nsubj:outer"}
_PASSIVE_SUBJECTS = {"nsubj:pass", "csubj:pass"}
_OBLIQUES = {"obl", "obl:agent", "nmod", "obl:unmarked", "nmod:unmarked", "obl:tmod", "nmod:poss"}
_RELATIVES = {"who", "which", "that", "whom", "whose"}
NEGATIONS = {"not", "n't", "n’t", "never", "no", "neither", "nor", "without"}


@dataclass(slots=True)
class Arguments:
    """The roles around one word, and the words through which they were found (support verbs, clauses)."""

    token: Token
    roles: Roles = field(default_factory=dict)
    passive: bool = False
    support: Token | None = None  # the verb that lends a noun its subject: "conducted strikes"

    def add(self, role: str, *tokens: Token) -> None:
        have = self.roles.setdefault(role, [])
        have.extend(t for t in tokens if t not in have)

    def get(self, role: str) -> list[Token]:
        return self.roles.get(role, [])


def joined(token: Token) -> list[Token]:
    """A word and those coordinated with it."""
    out = [token]
    for child in token.children:
        if child.dep_ == "conj" and (
            child.pos_ in ("NOUN", "PROPN", "PRON", "NUM", "ADJ", "SYM", "X", "DET") or (child.tag_ == "VBG" and token.pos_ == "NOUN")
        ):
            out.extend(joined(child))
    return out


def preposition(token: Token) -> str | None:
    """The preposition before a noun phrase, a compound one by its last word ("out of" → "of")."""
    words = [c for c in token.children if c.dep_ == "case" and c.i < token.i]
    if not words:
        return None
    first = words[0].lower_
    if first == "out" or (first in ("away", "off") and len(words) > 1):
        return "out"
    if first in ("because", "due", "according", "as", "along", "together", "instead", "prior"):
        return {"along": "with", "together": "with"}.get(
            first, first if first == "as" else "because" if first in ("because", "due") else first
        )
    return words[-1].lower_


def definite(token: Token) -> bool:
    """“The attack”, “these strikes”: an article or a pronoun that points."""
    return any(c.dep_ == "det" and c.lower_ in ("the", "this", "that", "these", "those") for c in token.children)


def is_passive(verb: Token) -> bool:
    if any(c.dep_ in ("nsubj:pass", "aux:pass", "obl:agent", "csubj:pass") for c in verb.children):
        return True
    if verb.tag_ != "VBN" or any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children):
        return False
    if verb.dep_ in ("acl", "amod", "advcl"):
        return not any(c.dep_ == "obj" for c in verb.children)
    if verb.dep_ == "conj" and verb.head.tag_ == "VBN":
        return is_passive(verb.head) and not any(c.dep_ in _SUBJECTS for c in verb.children)
    return verb.dep_ in ("root", "ROOT", "parataxis", "ccomp") and not any(c.dep_ in ("nsubj", "obj") for c in verb.children)


def antecedent(token: Token) -> list[Token]:
    """A relative pronoun stands for the noun that its clause hangs on; any other word for itself."""
    if token.lower_ in _RELATIVES and token.pos_ in ("PRON", "DET", "SCONJ"):
        for up in token.ancestors:
            if up.dep_ in ("acl:relcl", "acl"):
                return [up.head]
            if up.dep_ in ("root", "ROOT"):
                break
    return [token]


def _resolved(tokens: list[Token]) -> list[Token]:
    return [r for t in tokens for j in joined(t) for r in antecedent(j)]


def surface_subjects(verb: Token, depth: int = 0) -> list[Token]:
    """The grammatical subject of a verb, its own or the one it shares with the verb it hangs on."""
    own = [c for c in verb.children if c.dep_ in _SUBJECTS | _PASSIVE_SUBJECTS]
    if own:
        before = [c for c in own if c.i < verb.i]
        if len(before) > 1 and _added(before[-1]):
            return _resolved(before[-2:])  # but "the Army of the North and the South and militants"
        return _resolved(before[-1:] or own)  # a verb has one subject: of two, the farther is an apposition misread
    head = verb.head
    if depth > 4 or head == verb:
        return []
    accusing = verb.tag_ == "VBG" and head.lemma_ in words("accusing")
    if accusing and any(c.lower_ in ("of", "for", "with") for c in verb.children if c.dep_ in ("mark", "case")):
        accused = [c for c in head.children if c.dep_ in ("obj", "nsubj:pass")]
        return _resolved(accused or ([head.head] if head.dep_ == "acl" else []))  # "officials accused of torturing prisoners"
    if verb.dep_ == "acl:relcl" and not any(c.lower_ in _RELATIVES for c in verb.children):
        return []
    if verb.dep_ == "acl":
        if verb.tag_ == "VBG" and any(c.dep_ in ("mark", "case") and c.i > head.i for c in verb.children):  # "made progress in liberating"
            if head.head.lemma_ in words("accusing"):
                return _resolved([head])
            carrier = _carrier(head)
            return surface_subjects(carrier, depth + 1) if carrier is not None else []
        return [] if verb.tag_ in ("VB", "VBP") else [head]
    if verb.dep_ == "xcomp":
        if verb.tag_ == "VBN" and is_putting(head):
            return []  # "put the figure at 60 killed"
        objects = [c for c in head.children if c.dep_ in ("obj", "iobj")]
        if objects and head.lemma_ in words("object_control"):
            return _resolved(objects)
        return surface_subjects(head, depth + 1) if head.pos_ in ("VERB", "AUX", "ADJ") else []
    marks = [c for c in verb.children if c.dep_ == "mark" and c.lower_ == "with"]
    if verb.dep_ == "advcl" and verb.tag_ == "VBG" and marks:  # "with residents fleeing"
        return _resolved([c for c in head.children if c.dep_ == "obl" and marks[0].i < c.i < verb.i])
    if verb.dep_ in ("conj", "advcl", "parataxis") and head.pos_ in ("VERB", "AUX", "ADJ", "NOUN"):
        if verb.dep_ == "parataxis" and verb.tag_ != "VBG":
            return []
        return surface_subjects(head, depth + 1)
    return []


def _added(subject: Token) -> bool:
    """Whether a subject, with the names before it, follows an "and"."""
    at = subject.left_edge.i
    while at > subject.sent.start and subject.doc[at - 1].pos_ == "PROPN" and subject.doc[at].dep_ != "cc":
        at -= 1
    return "cc" in (subject.doc[at].dep_, subject.doc[max(at - 1, subject.sent.start)].dep_)


def arguments(token: Token) -> Arguments:
    """The roles around a verb, a noun or an adjective."""
    found = Arguments(token)
    _phrases(found, token)
    if token.pos_ in ("VERB", "AUX"):
        _verb(found, token)
    elif token.pos_ == "ADJ":
        _adjective(found, token)
    else:
        _noun(found, token)
    return found


def _phrases(found: Arguments, token: Token) -> None:
    """Prepositional phrases, particles and negation of a word."""
    found.add("word", *[c for c in token.children if c.pos_ in ("NOUN", "ADJ", "VERB", "ADV")])
    for child in token.children:
        if child.dep_ in _OBLIQUES:
            case = preposition(child)
            if case:
                found.add(case, *joined(child))
                found.add("obl", *joined(child))
            if case in ("under", "in", "into", "to") and child.lemma_ in words("holding"):
                found.add("holder", *_whose(child))
        elif child.dep_ == "compound:prt" or (child.dep_ == "advmod" and child.lower_ in _PARTICLES):
            found.add("prt", child)
        elif child.dep_ == "acl" and child.lemma_ in ("use", "employ") and child.tag_ == "VBG":
            found.add("using", *[c for c in child.children if c.dep_ == "obj"])
        elif child.lower_ in NEGATIONS and child.dep_ in ("advmod", "det", "cc:preconj"):
            found.add("not", child)
        elif child.dep_ == "xcomp":
            found.add("xcomp", child)
        elif child.dep_ == "acl" and child.tag_ == "VB":
            found.add("todo", child)
        elif child.dep_ == "advcl":
            marks = [c.lower_ for c in child.children if c.dep_ in ("mark", "case")]
            if marks:
                found.add("advcl:" + marks[0], child)


def _whose(noun: Token) -> list[Token]:
    """“Under the control of the army”, "into rebel hands", "in their hands": whose they are."""
    owners = [c for c in noun.children if c.dep_ in ("compound", "amod", "nmod:poss", "nmod:desc", "obl:unmarked")]
    return [t for c in noun.children if c.dep_ == "nmod" and preposition(c) in ("of", "by") for t in joined(c)] or owners


def _borrowed(found: Arguments, noun: Token) -> None:
    """“Air strikes and fighting in X”: what follows the last of coordinated nouns belongs to all of them."""
    if noun.dep_ == "nmod" and noun.head.lemma_ in ("report", "claim", "allegation", "series", "wave", "spate", "number", "case"):
        for child in noun.head.children:  # "reports of attacks against children"
            if child.dep_ == "nmod" and child.i > noun.i and preposition(child) in ("in", "at", "on", "against", "by", "across"):
                found.add(preposition(child) or "", *joined(child))
    last = joined(noun)[-1]
    if last == noun or any(c.dep_ == "nmod" and c.i > noun.i for c in noun.children):
        return
    for child in last.children:
        if child.dep_ in ("nmod", "obl") and child.i > last.i:
            case = preposition(child)
            if case in ("in", "at", "on", "near", "against", "by", "around", "across", "between", "outside"):
                found.add(case, *joined(child))


_PARTICLES = {"back", "out", "off", "up", "down", "over", "away", "in", "dead", "alive"}


def _verb(found: Arguments, verb: Token) -> None:
    found.passive = is_passive(verb)
    surface = surface_subjects(verb)
    objects = _resolved([c for c in verb.children if c.dep_ == "obj"])
    if verb.dep_ == "acl:relcl" and not objects and any(c.lower_ in _RELATIVES and c.dep_ == "obj" for c in verb.children):
        objects = [verb.head]
    if not objects and not found.passive:  # "kidnapped and killed 11 people"
        twins = [c for c in verb.children if c.dep_ == "conj" and c.pos_ == "VERB" and c.i - verb.i <= 3]
        twins += [verb.head] if verb.dep_ == "conj" and verb.i - verb.head.i <= 3 else []
        objects = _resolved(
            [
                c
                for t in twins
                for c in t.children
                if c.dep_ == "obj" and c.i > verb.i and not any(k.dep_.startswith("nsubj") for k in t.children if t.i > verb.i)
            ]
        )
    if verb.dep_ == "amod":
        objects = [verb.head] if verb.tag_ in ("VBN", "VBD", "JJ") else objects
        surface = [verb.head] if verb.tag_ == "VBG" else []
    if (
        verb.dep_ == "acl:relcl"
        and not objects
        and not any(c.lower_ in _RELATIVES for c in verb.children)
        and not found.passive
        and surface
    ):
        objects = [verb.head]  # "the officers they were holding"
    if found.passive:
        found.add("obj", *(surface or objects))
        agents = [c for c in verb.children if c.dep_ == "obl:agent"] or [t for t in found.get("by") if t.head == verb]
        found.add("subj", *_resolved(agents))
        if not agents and verb.dep_ != "amod":
            found.add("agentless", verb)
    else:
        found.add("subj", *surface)
        found.add("obj", *objects)
        for word in (o for o in objects if o.lemma_ in ("war", "battle")):  # "fought a war with Israel"
            found.add("with", *[c for c in word.children if c.dep_ == "nmod" and preposition(c) in ("with", "against")])
        found.add("from", *[c for o in objects for c in o.children if c.dep_ == "nmod" and preposition(c) == "from"])
        if verb.lemma_ == "find":  # "found a man with a gunshot wound"
            found.add("with", *[c for o in objects for c in o.children if c.dep_ == "nmod" and preposition(c) == "with"])
        found.add("iobj", *_resolved([c for c in verb.children if c.dep_ == "iobj"]))
    if verb.dep_ == "amod":
        found.add("mod", *premodifiers(verb))
    within = verb.head if verb.dep_ == "conj" and verb.head.dep_ == "xcomp" else verb
    if within.dep_ == "xcomp" and verb.tag_ == "VB":  # "managed to control the town"
        found.add("above", within.head)


def _adjective(found: Arguments, adjective: Token) -> None:
    if adjective.dep_ == "amod":
        found.add("subj", adjective.head)
    elif adjective.dep_ == "xcomp":
        objects = [c for c in adjective.head.children if c.dep_ == "obj"]
        found.add("subj", *_resolved(objects or surface_subjects(adjective.head)))
    else:
        found.add("subj", *surface_subjects(adjective))
    found.add("obj", *found.get("subj"))


def _noun(found: Arguments, noun: Token) -> None:
    _borrowed(found, noun)
    if preposition(noun) and any(c.dep_ == "cop" for c in noun.children):  # "the boy is in critical condition"
        found.add("is", *_resolved([c for c in noun.children if c.dep_ == "nsubj"]))
    if preposition(noun) == "in" and noun.dep_ in ("xcomp", "obl") and noun.head.lemma_ in ("report", "say", "believe", "think", "know"):
        found.add("is", *[t for t in surface_subjects(noun.head) if is_passive(noun.head)])  # "were reported in control of the town"
    holder = noun.head  # "have been behind many of the attacks"
    if noun.dep_ in ("nmod", "obl") and any(c.dep_ == "case" and c.lower_ == "behind" for c in holder.children):
        found.add("subj", *_resolved([c for c in holder.children if c.dep_ == "nsubj"]))
    if noun.dep_ == "nmod" and holder.lemma_ == "responsibility" and holder.head.lemma_ in words("owning_up"):
        found.add("subj", *surface_subjects(holder.head))  # "claimed responsibility for the attack"
    if any(c.dep_ == "case" and c.lower_ == "among" for c in noun.children):  # "was among the dead"
        found.add("obj", *_resolved([c for c in noun.children if c.dep_ in ("nsubj", "nsubj:pass")]))
    if any(c.dep_ == "case" and c.lower_ == "behind" for c in noun.children):  # "was behind the attack"
        found.add("subj", *_resolved([c for c in noun.children if c.dep_ == "nsubj"]))
    found.add("mod", *premodifiers(noun))
    found.add("poss", *[a for c in noun.children if c.dep_ == "nmod:poss" for a in antecedent(c)])
    found.add("case", *[c for c in noun.children if c.dep_ == "case"])
    head = noun.head
    if noun.dep_ in ("nmod", "acl", "obl") and head.pos_ in ("NOUN", "PROPN"):
        found.add("head", *joined(head))
    clause = _carrier(noun)
    if clause is not None and _is_subject(noun):
        clause = _raised(clause)
        found.add("does", clause)
        found.add("by", *[c for c in clause.children if noun.i < c.i < clause.i and preposition(c) == "by" and not is_passive(clause)])
        if clause.lemma_ in words("happening_verbs"):
            for child in clause.children:
                case = preposition(child) if child.dep_ in ("obl", "obl:agent") else None
                if case:
                    found.add(case, *joined(child))
    if clause is not None:
        found.support = clause
        passive = is_passive(clause)
        direct = noun.dep_ in ("obj", "nsubj:pass") or (noun.dep_ == "conj" and head.dep_ in ("obj", "nsubj:pass"))
        if noun.dep_ in ("obl", "nmod") and not direct:
            found.add("clause-subj", *surface_subjects(clause))
            found.add("clause-obj", *_resolved([c for c in clause.children if c.dep_ == "obj"]))
        found.add("support-against", *[c for c in clause.children if c.dep_ == "obl" and preposition(c) == "against"])
        found.add("support-on", *[c for c in clause.children if c.dep_ == "obl" and preposition(c) == "on" and c.i > noun.i])
        if direct or clause.lemma_ in words("taking_part") | {"subject"}:
            if passive and clause.lemma_ not in words("taking_part"):
                found.add("support-subj", *_resolved([c for c in clause.children if c.dep_ == "obl:agent"]))
            else:
                found.add("support-subj", *surface_subjects(clause))
        found.add("support", clause)
        if preposition(noun) in ("with", "by", "using") and not passive:
            found.add("wielder", *surface_subjects(clause))
    for child in noun.children:  # "the attack targeting a wedding", "the raid that hit ..."
        if child.dep_ in ("acl", "acl:relcl") and child.pos_ == "VERB":
            if child.tag_ == "VBN" or any(k.dep_ == "aux:pass" for k in child.children):
                if child.lemma_ not in ("back", "support", "assist", "aid", "lead", "accompany"):
                    found.add("acl-by", *_resolved([c for c in child.children if c.dep_ == "obl:agent"]))
            else:
                found.add("acl-obj", *_resolved([c for c in child.children if c.dep_ == "obj"]))


def _carrier(noun: Token) -> Token | None:
    """The verb whose object, passive subject or subject a noun is, through coordination."""
    token = noun
    while token.dep_ == "conj" and token.head.pos_ in ("NOUN", "PROPN"):
        token = token.head
    if token.dep_ in ("obj", "nsubj:pass", "nsubj", "obl", "obl:agent") and token.head.pos_ in ("VERB", "AUX"):
        return token.head
    if (
        token.dep_ == "nmod"
        and token.head.lemma_ in ("series", "wave", "number", "dozen", "campaign", "phase", "spate", "string")
        and token.head != token
    ):
        return _carrier(token.head)
    return None


def _is_subject(noun: Token) -> bool:
    while noun.dep_ == "conj" and noun.head.pos_ in ("NOUN", "PROPN"):
        noun = noun.head
    return noun.dep_ in ("nsubj", "nsubj:pass")


def _raised(verb: Token) -> Token:
    """“The attack appeared to have been carried out”: the lower verb is the one that says it."""
    if verb.lemma_ in ("appear", "seem", "begin", "continue", "start", "believe", "think", "say", "report", "know", "tend"):
        lower = [c for c in verb.children if c.dep_ == "xcomp" and c.pos_ == "VERB"]
        if lower:
            return lower[0]
    return verb


def _apart(before: Token, token: Token) -> bool:
    return any(t.text in (",", ";", ":", "—") for t in token.doc[before.i + 1 : token.i]) and before.dep_ not in ("amod", "compound")


def premodifiers(token: Token) -> list[Token]:
    """The adjectives and nouns right before a word, by the tree and, where the tree errs, by their place."""
    out = [
        c
        for c in token.children
        if c.dep_ in ("compound", "amod", "nmod:desc", "nmod:poss", "obl:unmarked", "nummod", "nmod:unmarked")
        and c.i < token.i
        and not _apart(c, token)
    ]
    at = token.i - 1
    while at >= token.sent.start:
        before = token.doc[at]
        if before.text in ("-", "–", "’s", "'s", "“", '"') or before.is_space:
            at -= 1
            continue
        if before.pos_ not in ("NOUN", "ADJ", "PROPN") and not (before.pos_ == "VERB" and before.dep_ == "amod"):
            break
        if before not in out and ((before.head.i <= token.i and before.head.i >= before.i) or before.head == token):
            out.append(before)
        at -= 1
    for child in list(out):
        out.extend(c for c in child.children if c.dep_ in ("compound", "amod", "conj", "obl:unmarked") and c.i < token.i and c not in out)
    return sorted(set(out), key=lambda t: t.i)


#: Links that lead into another clause make two words more distant.
_CLAUSES = frozenset({"ccomp", "parataxis", "acl:relcl", "advcl"})


def links(a: Token, b: Token) -> float:
    """How far ``b`` is from ``a`` in their tree, in links; those into other clauses count more. Infinite across sentences."""
    up_a, up_b = [a, *a.ancestors], [b, *b.ancestors]
    at = {t.i: n for n, t in enumerate(up_a)}
    for n, token in enumerate(up_b):
        if token.i in at:
            down = sum(1.5 for t in up_b[:n] if t.dep_ in _CLAUSES)
            up = sum(0.5 for t in up_a[: at[token.i]] if t.dep_ in ("ccomp", "parataxis"))
            return at[token.i] + n + down + up
    return float("inf")
