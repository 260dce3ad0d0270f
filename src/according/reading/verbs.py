"""Cue verbs: who is the subject, and which complement holds what is said."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from according.reading.cues import Cue, Cues, Stance
from according.reading.sayings import Saying, base, children, finite, particle, phrase, preposition, subtree

#: Relations by which a verb without a subject of its own takes the subject of its head.
_SHARED = frozenset({"conj", "advcl", "ccomp", "parataxis", "xcomp", "dep", "acl"})
#: Relations that stay inside a noun phrase.
INSIDE_A_PHRASE = frozenset({"nmod", "compound", "flat", "amod", "nmod:poss", "nummod", "nmod:desc", "nmod:unmarked", "fixed"})
RELATIVES = frozenset({"who", "which", "that", "whose", "whom"})
#: Conjunctions that set a second speaker's clause beside the first one's.
_BESIDE = frozenset({"while", "whereas", "although", "though", "but"})


def find(doc: Doc, cues: Cues) -> list[Saying]:
    """The sayings of a text's verbs, in order; at most one a verb."""
    found = []
    for token in doc:
        if token.pos_ in {"VERB", "AUX"} and token.lemma_ in cues.verbs:
            saying = _of_verb(token, cues)
            if saying is not None:
                found.append(saying)
    return found


def _of_verb(verb: Token, cues: Cues) -> Saying | None:
    """The saying of one verb: by the first cue of its lemma that finds content, else one that waits for direct speech."""
    source, passive = source_of(verb, cues)
    waiting: Saying | None = None
    for cue in cues.verbs[verb.lemma_]:
        extra = particle(verb, cue.particle) if cue.particle else None
        if cue.particle and extra is None:
            continue
        content, parenthetical = _content(verb, cue, cues, passive, extra)
        who = _teller(verb, source) if parenthetical else source
        if who is None and not passive:
            continue
        words = phrase(who) if who is not None else ()
        marks = tuple(sorted({verb.i, *([extra.i] if extra is not None else ())}))
        saying = Saying(
            cue=marks,
            head=verb.i,
            stance=cue.stance,
            content=frozenset(content) - frozenset(marks) - frozenset(words),
            rule=f"verb {verb.lemma_}",
            source=words,
            source_head=who.i if who is not None else None,
            asserts=_asserts(verb, cue, cues),
            parenthetical=parenthetical,
            quotable="quote" in cue.takes and not passive,
        )
        if saying.content:
            return saying
        if waiting is None and saying.quotable and finite(verb) and not children(verb, "xcomp"):
            waiting = saying
    return waiting


def _asserts(verb: Token, cue: Cue, cues: Cues) -> bool:
    """Whether the source stands behind the content: not where the cue is negated, withheld, a question or a wish."""
    if cue.stance not in cues.asserts or not cue.asserts:
        return False
    if any(child.lemma_ in {"not", "never"} and child.dep_ == "advmod" for child in verb.children) and cue.stance is not Stance.DENY:
        return False
    if verb.dep_ == "xcomp" and verb.head.lemma_ in cues.words["withheld"]:
        return False
    if cue.stance is Stance.ANNOUNCE and verb.dep_ == "acl" and verb.tag_ == "VBN":
        return False  # "the truce announced by both sides": a deed, told as fact
    return not any(mark.lower_ in {"if", "whether"} for child in children(verb, "ccomp") for mark in children(child, "mark"))


# --- source ------------------------------------------------------------------------------------------------------------


def source_of(verb: Token, cues: Cues) -> tuple[Token | None, bool]:
    """The head of who says it, and whether the verb is passive (then it is the agent, or nobody)."""
    if _passive(verb):
        return _agent(verb), True
    return subject(verb, cues), False


def _passive(verb: Token) -> bool:
    if any(child.dep_ in {"nsubj:pass", "aux:pass", "csubj:pass"} for child in verb.children):
        return True
    if verb.tag_ != "VBN" or any(child.dep_ in {"aux", "nsubj"} for child in verb.children):
        return False
    if verb.dep_ in {"acl", "acl:relcl", "advcl", "amod"}:
        return not children(verb, "obj")
    return verb.dep_ == "conj" and verb.head.tag_ == "VBN" and _passive(verb.head)


def _agent(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ == "obl:agent" or (child.dep_ == "obl" and preposition(child) == "by"):
            return child
    return None


def subject(verb: Token, cues: Cues) -> Token | None:
    """Who does what a verb tells, its own subject or the one it shares; a relative pronoun gives way to the noun it stands for."""
    seen = 0
    at = verb
    while seen < 8:
        seen += 1
        own = children(at, "nsubj")
        if own:
            return _antecedent(_inverted(at, own[0]), at, cues)
        if children(at, "csubj"):
            return None
        if at.dep_ in {"acl", "acl:relcl"}:
            return at.head if at.tag_ == "VBG" or at.dep_ == "acl:relcl" else None
        if at.head.i == at.i or base(at.dep_) not in _SHARED:
            return None
        if at.dep_ in {"xcomp", "advcl"} and _object_controls(at):
            return children(at.head, "obj", "iobj")[0]
        if at.dep_ in {"ccomp", "parataxis"} and finite(at):
            return None
        at = at.head
        if at.dep_ == "ccomp" and at.head.lemma_ in cues.verbs and verb.tag_ == "VBG" and children(at.head, "nsubj"):
            at = at.head  # "X said Y was hit, adding that": X adds
    return None


def _inverted(verb: Token, who: Token) -> Token:
    """"said the monitor, a group which …": where the tree makes the apposition the subject, the noun nearer to the verb."""
    between = [child for child in children(verb, "obj", "iobj") if verb.i < child.i < who.i]
    return between[0] if between else who


def _object_controls(verb: Token) -> bool:
    """"urged X to say", "quoted X as saying": the object is who says."""
    if not children(verb.head, "obj", "iobj"):
        return False
    return verb.dep_ == "xcomp" or preposition(verb) == "as"


def _antecedent(who: Token, clause: Token, cues: Cues) -> Token:
    if who.lower_ not in cues.words["relatives"]:
        return who
    at = clause
    while at.dep_ in {"conj", "xcomp", "ccomp"} and at.head.i != at.i:
        at = at.head
    return at.head if at.dep_ == "acl:relcl" else who


def _teller(verb: Token, subject_: Token | None) -> Token | None:
    """The subject of "…, X said": the noun right before the verb where the tree took another, or none, for it."""
    if subject_ is not None and (subject_.i > verb.i or verb.i in range(max(subtree(subject_)), max(subtree(subject_)) + 4)):
        return subject_
    return adjacent(verb) or subject_


# --- content -----------------------------------------------------------------------------------------------------------


def _content(verb: Token, cue: Cue, cues: Cues, passive: bool, extra: Token | None) -> tuple[set[int], bool]:
    """The tokens of what is said, and whether they stand around the cue rather than under it."""
    content: set[int] = set()
    person: set[int] = set()
    for child in verb.children:
        if extra is not None and (child.i == extra.i or extra.head.i == child.i and extra.dep_ in {"case", "mark"}):
            if child.i != extra.i:
                content |= subtree(child, frozenset({extra.i}))
            continue
        kind = _kind(child, verb, cue)
        if kind == "content":
            content |= _clause(child, cues)
        elif kind == "person" and child.pos_ != "PRON" or kind == "person" and "infinitive" in cue.takes:
            person |= subtree(child)
            if any(preposition(grand) in cue.takes for grand in children(child, "acl", "nmod") if grand.i > child.i):
                content |= person
    if extra is not None and extra.dep_ == "xcomp":
        for child in children(extra, "ccomp"):
            content |= _clause(child, cues)
    if passive and verb.dep_ in {"acl", "amod"} and {"object", "person"} & cue.takes:
        person |= subtree(verb.head, frozenset({verb.i}))
        if "object" in cue.takes and verb.dep_ == "acl":
            content |= person
    if content and "person" in cue.takes:
        content |= person
    if not content and "clause" in cue.takes and not passive:
        content |= _hung(verb)
    if "clause" not in cue.takes or passive:
        return content, False
    if not content:
        return (_around(verb), True) if "quote" in cue.takes or verb.dep_ == "parataxis" else (content, False)
    if "quote" in cue.takes and max(content) < verb.i and _closes(verb):
        return content | _before(verb), True
    return content, False


def _kind(child: Token, verb: Token, cue: Cue) -> str | None:
    dep, takes = child.dep_, cue.takes
    if dep == "ccomp":
        return "content" if {"clause", "gerund"} & takes else None
    if dep in {"csubj", "csubj:pass"}:
        return "content" if "clause" in takes and children(verb, "expl") else None
    if dep == "xcomp":
        return "content" if _xcomp(child) in takes or preposition(child) in takes - {"infinitive"} else None
    if dep in {"obl", "advcl", "obl:unmarked", "nmod"}:
        return "content" if (preposition(child) or "") in takes - {"clause", "object"} else None
    if dep == "parataxis":
        return "content" if "clause" in takes and child.i > verb.i and _introduced(verb, child) else None
    if dep in {"obj", "nsubj:pass"}:
        if "object" in takes and child.pos_ != "PRON":
            return "content"
        return "person" if "person" in takes else None
    return None


def _xcomp(child: Token) -> str:
    if child.tag_ == "VBG":
        return "gerund"
    if any(mark.lower_ == "to" for mark in children(child, "mark")):
        return "infinitive"
    return "xcomp"


def _introduced(verb: Token, child: Token) -> bool:
    """Whether a colon or an opening quotation mark stands between a verb and the clause set beside it."""
    first = min(subtree(child))
    return any(t.text in {":", '"', "“", "‘", "``"} for t in verb.doc[verb.i + 1 : max(first + 1, verb.i + 1)])


def _clause(head: Token, cues: Cues) -> frozenset[int]:
    """A clause's tokens, without a clause set beside it in which somebody else speaks ("… but one told us that …")."""
    beside = set()
    for child in head.children:
        if child.lemma_ in cues.verbs and children(child, "nsubj") and children(child, "ccomp", "parataxis"):
            marks = {mark.lower_ for mark in child.children if mark.dep_ in {"mark", "cc"}}
            if (child.dep_ == "conj" and "that" not in marks) or (child.dep_ == "advcl" and marks & _BESIDE):
                beside.add(child.i)
    return subtree(head, frozenset(beside))


def _hung(verb: Token) -> frozenset[int]:
    """A that-clause which the tree hangs on a noun between: "said in a statement that", "told reporters that"."""
    for child in verb.children:
        if child.i > verb.i and child.dep_ in {"obl", "obj", "iobj", "obl:unmarked"}:
            for grand in child.children:
                if grand.dep_ in {"acl", "ccomp", "advcl", "acl:relcl"} and grand.i > child.i and preposition(grand) == "that" and finite(grand):
                    return subtree(grand)
    return frozenset()


def _around(verb: Token) -> set[int]:
    """What a cue without a complement stands in or after: "A, he said, B" and "A, he said"; also where the tree missed it."""
    if verb.dep_ == "parataxis" or (verb.dep_ == "advcl" and preposition(verb) == "as"):
        return set(subtree(verb.head, frozenset({verb.i}))) | (_before(verb) if _closes(verb) else set())
    if not _closes(verb):
        return set()
    if verb.dep_ == "acl:relcl":
        own = subtree(verb)
        return set() if any(t.lower_ in RELATIVES for t in verb.doc[min(own) : verb.i]) else _before(verb)
    loose = verb.dep_ in {"root", "ROOT", "ccomp", "conj", "dep"} or (verb.dep_ == "advcl" and preposition(verb) is None)
    return _before(verb) if loose else set()


def _before(verb: Token) -> set[int]:
    """The sentence up to a cue clause that closes it; not across a semicolon."""
    subjects = [i for child in children(verb, "nsubj") if child.i < verb.i for i in subtree(child)]
    near = adjacent(verb)
    first = min([verb.i, *subjects]) if near is None or any(near.i == i for i in subjects) else min(phrase(near))
    start = verb.sent.start
    for token in verb.doc[start:first]:
        if token.text == ";":
            start = token.i + 1
    return set(range(start, first))


def adjacent(verb: Token) -> Token | None:
    """The noun phrase that ends right before a verb (adverbs and auxiliaries aside), by its words rather than by the verb's place in the tree."""
    at = verb.i - 1
    while at > verb.sent.start and verb.doc[at].pos_ in {"ADV", "AUX"}:
        at -= 1
    if at < verb.sent.start or verb.doc[at].pos_ not in {"NOUN", "PROPN", "PRON", "NUM"}:
        return None
    head = verb.doc[at]
    while head.dep_ in INSIDE_A_PHRASE and head.head.i < verb.i and head.head.pos_ in {"NOUN", "PROPN", "PRON"} and head.head.i != head.i:
        head = head.head
    return head


def _closes(verb: Token) -> bool:
    """Whether a cue clause ends its sentence: nothing clausal comes after it."""
    after = [t for t in verb.doc[verb.i + 1 : verb.sent.end] if not (t.is_punct or t.is_space)]
    return len(after) <= 12 and not any(finite(t) for t in after)
