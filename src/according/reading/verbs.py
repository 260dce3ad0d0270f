"""Cue verbs: which complement holds what is said, or what the cue stands in or after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from spacy.tokens import Doc, Token

from according.reading import tolls
from according.reading.cues import Cue, Cues, Stance
from according.reading.sayings import Saying, children, finite, particle, phrase, preposition, subtree
from according.reading.subjects import adjacent, after, nearest, source_of, teller

#: The rule by which somebody cited speaks inside who cites.
CITED = "cited"
_CITING = frozenset({"cite", "quote"})
#: Conjunctions that set a second speaker's clause beside the first one's.
_BESIDE = frozenset({"while", "whereas", "although", "though", "but"})
#: Prepositions by which a saying names its occasion or its paper: "said in a statement that".
_OCCASION = frozenset({"in", "at", "during", "on", "via", "through"})
#: Stances that are hearsay where nobody is named.
_HEARSAY = frozenset({Stance.SAY, Stance.CLAIM, Stance.ACCUSE})
#: What a cue takes that is told by putting a toll at a number.
_TOLLS = frozenset({"sum", "toll", "count"})
#: A cue clause that ends its sentence has at most this many tokens after its verb.
_LONGEST_TAIL = 25


def find(doc: Doc, cues: Cues) -> list[Saying]:
    """The sayings of a text's verbs, in order; at most one a verb."""
    verbs = (token for token in doc if token.pos_ in {"VERB", "AUX"} and token.lemma_ in cues.verbs)
    found = [saying for saying in (_of_verb(verb, cues) for verb in verbs) if saying is not None]
    of = {saying.head: saying for saying in found}
    cited = {saying.head: _cited(doc[saying.head], of) for saying in found}
    return [cited[saying.head] or saying for saying in found]


def _cited(verb: Token, sayings: Mapping[int, Saying]) -> Saying | None:
    """Whom a speaker leans on: "state TV, citing a military source, said …" tells what the source said. ``sayings``: by their verbs."""
    named = [child for child in children(verb, "obj") if child.pos_ in {"NOUN", "PROPN"}]
    if verb.lemma_ not in _CITING or verb.tag_ != "VBG" or not named or children(verb, "advcl", "xcomp", "ccomp"):
        return None
    governing = sorted({verb.head.i, verb.head.head.i} - {verb.i})
    outer = next((sayings[i] for i in governing if i in sayings and sayings[i].content), None)
    if outer is None:
        return None
    words = phrase(named[0])
    return replace(
        outer,
        cue=(verb.i,),
        head=verb.i,
        source=words,
        source_head=named[0].i,
        content=outer.content - set(words),
        rule=CITED,
        quotable=False,
    )


def _of_verb(verb: Token, cues: Cues) -> Saying | None:
    """The saying of one verb: by the first cue of its lemma with a complement, else by what stands around it or will be quoted."""
    rows = [(cue, particle(verb, cue.particle) if cue.particle else None) for cue in cues.verbs[verb.lemma_]]
    rows = [(cue, extra) for cue, extra in rows if extra is not None or not cue.particle]
    who, passive = source_of(verb, cues)
    complements = [
        (cue, extra, tolls.content(verb, who, cue.takes, cues) if cue.takes & _TOLLS else _complement(verb, cue, cues, passive, extra))
        for cue, extra in rows
    ]
    if passive:  # "was said to have fled": the row that takes in the subject
        complements.sort(key=lambda row: -len(row[2]))
    for cue, extra, content in complements:
        content -= _told_by_another(verb, content, cues)
        if content:
            trailing = "quote" in cue.takes and not passive and max(content) < verb.i and _closes(verb)
            if trailing:
                content |= _before(verb, cues)
            found = _saying(verb, cue, cues, content, who, passive, extra, trailing)
            if found is not None and found.content:
                return found
    if passive:
        return None
    for cue, extra in rows:
        if "quote" in cue.takes or (verb.dep_ == "parataxis" and "clause" in cue.takes):
            content = _around(verb, cues) if "clause" in cue.takes else set()
            content -= _told_by_another(verb, content, cues)
            found = _saying(verb, cue, cues, content, who, passive, extra, True)
            if found is not None and (found.content or _may_quote(verb)):
                return found
    return None


def _told_by_another(verb: Token, content: set[int], cues: Cues) -> frozenset[int]:
    """“…, the army said, as aid workers reported that …”: after the tag, an as-clause with a speaker of its own is the writer's."""
    return frozenset(
        i
        for clause in (verb.doc[i] for i in content if i > verb.i and min(content) < verb.i)
        if clause.dep_ == "advcl" and clause.lemma_ in cues.verbs and children(clause, "nsubj")
        if any(mark.lower_ in {"as", "while"} for mark in children(clause, "mark"))
        for i in subtree(clause)
    )


def _stance(cue: Cue, nobody: bool) -> Stance:
    """A cue's stance; what "was said", "is alleged" by nobody is hearsay ("was quoted as" is not)."""
    hearsay = nobody and cue.stance in _HEARSAY and "as" not in cue.takes
    return Stance.FEAR if hearsay else cue.stance


def _may_quote(verb: Token) -> bool:
    return (finite(verb) or verb.tag_ == "VBG") and not children(verb, "xcomp")


def _saying(
    verb: Token, cue: Cue, cues: Cues, content: set[int], who: Token | None, passive: bool, extra: Token | None, parenthetical: bool
) -> Saying | None:
    if parenthetical:
        who = teller(verb, who, "hearer" in cue.takes, cues)
    elif who is None and not passive and "quote" in cue.takes and finite(verb):
        who = adjacent(verb, cues) or after(verb)
    if who is None and not passive:
        return None
    words = phrase(who, verb) if who is not None else ()
    marks = tuple(sorted({verb.i, *([extra.i] if extra is not None else ())}))
    return Saying(
        cue=marks,
        head=verb.i,
        stance=_stance(cue, passive and who is None),
        content=frozenset(content) - frozenset(marks) - frozenset(words),
        rule=f"verb {verb.lemma_}",
        source=words,
        source_head=who.i if who is not None else None,
        asserts=_asserts(verb, cue, cues),
        parenthetical=parenthetical,
        quotable="quote" in cue.takes and not passive,
    )


def _asserts(verb: Token, cue: Cue, cues: Cues) -> bool:
    """Whether the source stands behind the content: not where the cue is negated, withheld, a question or a deed done by words."""
    if cue.stance not in cues.asserts or not cue.asserts:
        return False
    negated = any(child.lemma_ in {"not", "never"} and child.dep_ == "advmod" for child in verb.children)
    if negated and cue.stance is not Stance.DENY:
        return False
    if verb.dep_ == "xcomp" and verb.head.lemma_ in cues.words["withheld"]:
        return False
    if cue.stance is Stance.ANNOUNCE and verb.dep_ == "acl" and verb.tag_ == "VBN":
        return False  # "the truce announced by both sides": told as fact
    return not any(mark.lower_ in {"if", "whether"} for child in children(verb, "ccomp") for mark in children(child, "mark"))


# --- complements -------------------------------------------------------------------------------------------------------


def _complement(verb: Token, cue: Cue, cues: Cues, passive: bool, extra: Token | None) -> set[int]:
    """The tokens of what is said, where they hang on the verb."""
    content: set[int] = set()
    person: set[int] = set()
    if extra is not None:
        content |= _beyond(verb, extra, cues)
    for child in [*verb.children, *_shared_object(verb, passive)]:
        if extra is not None and (child.i == extra.i or child.i == extra.head.i):
            continue
        kind = _kind(child, verb, cue)
        if kind == "content":
            content |= _clause(child, cues)
        elif kind == "person":
            person |= subtree(child)
            if _holds_complement(child, cue):
                content |= person
    if passive and verb.dep_ in {"acl", "amod"}:
        head = set(subtree(verb.head, frozenset({verb.i})))
        if "object" in cue.takes and verb.dep_ == "acl":
            content |= head
        elif "person" in cue.takes:
            person |= head
    if content and "person" in cue.takes:
        content |= person
    if not content and "clause" in cue.takes and not passive:
        content |= _hung(verb)
        if not content and "quote" in cue.takes:
            content |= _following(verb)
    return content


def _shared_object(verb: Token, passive: bool) -> list[Token]:
    """The passive subject that "announced by A and confirmed by B" share."""
    if passive and verb.dep_ == "conj" and not children(verb, "nsubj"):
        return [child for child in verb.head.children if child.dep_ == "nsubj:pass"]
    return []


def _beyond(verb: Token, extra: Token, cues: Cues) -> set[int]:
    """What hangs on the second word of a cue: "called on X", "made clear that"."""
    if extra.dep_ in {"case", "mark"} and extra.head.i != verb.i:
        return set(subtree(extra.head, frozenset({extra.i})))
    if extra.dep_ == "xcomp":
        return {i for child in children(extra, "ccomp") for i in _clause(child, cues)}
    return set()


def _holds_complement(child: Token, cue: Cue) -> bool:
    """Whether the tree hung the second complement on the first: "accused [X of lying]", "called [the claim “false”]"."""
    if any(preposition(grand) in cue.takes for grand in children(child, "acl", "nmod") if grand.i > child.i):
        return True
    return "xcomp" in cue.takes and any(t.text in {'"', "“"} for t in child.subtree)


def _kind(child: Token, verb: Token, cue: Cue) -> str | None:
    """What a dependent of a cue verb is to it: "content", "person" (content with another complement), or nothing."""
    dep, takes = child.dep_, cue.takes
    led = preposition(child)
    if dep == "ccomp":
        held = bool({"clause", "gerund"} & takes)
    elif dep in {"csubj", "csubj:pass"}:
        held = "clause" in takes and bool(children(verb, "expl"))
    elif dep == "xcomp":
        held = _xcomp(child) in takes or led in takes - {"infinitive"}
    elif dep == "advcl" and led == "to":
        held = "infinitive" in takes and child.tag_ == "VB"
    elif dep in {"obl", "advcl", "obl:unmarked", "nmod"}:
        held = led is not None and led in takes
    elif dep == "parataxis":
        held = "clause" in takes and child.i > verb.i and _introduced(verb, child)
    elif dep in {"obj", "nsubj:pass"}:
        return _object(child, verb, takes)
    else:
        held = False
    return "content" if held else None


def _object(child: Token, verb: Token, takes: frozenset[str]) -> str | None:
    if "xcomp" in takes and any(other.i < child.i for other in children(verb, "obj")):
        return "content"  # "called him a liar": two objects
    if "object" in takes and child.pos_ != "PRON":
        return "content"
    return "person" if "person" in takes else None


def _xcomp(child: Token) -> str:
    if child.tag_ == "VBG":
        return "gerund"
    return "infinitive" if any(mark.lower_ == "to" for mark in children(child, "mark")) else "xcomp"


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
        hearer = child.dep_ in {"obj", "iobj"}
        if child.i > verb.i and (hearer or (child.dep_ in {"obl", "obl:unmarked"} and preposition(child) in _OCCASION)):
            for grand in children(child, "acl", "ccomp", "advcl"):
                if grand.i > child.i and preposition(grand) == "that" and finite(grand):
                    return subtree(grand)
    return frozenset()


def _following(verb: Token) -> set[int]:
    """The rest of the sentence after "saying", "adding that", where the tree hangs it elsewhere."""
    rest = verb.doc[verb.i + 1 : verb.sent.end]
    if len(rest) < 4 or not (verb.tag_ == "VBG" or rest[0].lower_ == "that") or verb.dep_ not in {"advcl", "acl", "conj", "parataxis"}:
        return set()
    if not any(finite(t) for t in rest) or rest[0].pos_ == "ADP":
        return set()
    return {t.i for t in rest}


# --- what a cue stands in or after ----------------------------------------------------------------------------------------


def _around(verb: Token, cues: Cues) -> set[int]:
    """What a cue without a complement stands in or after: "A, he said, B" and "A, he said"; also where the tree missed it."""
    led = preposition(verb)
    aside = verb.dep_ == "advcl" and (led == "as" or (led is None and finite(verb) and bool(children(verb, "nsubj"))))
    if verb.dep_ == "parataxis" or aside:
        return set(subtree(verb.head, frozenset({verb.i}))) | (_before(verb, cues) if _closes(verb) else set())
    if _set_off(verb, cues):
        return {t.i for t in verb.sent} - set(subtree(verb))
    if not _closes(verb):
        return set()
    if verb.dep_ == "acl:relcl":
        relative = any(t.tag_ in {"WDT", "WP", "WRB", "WP$"} or t.lower_ == "that" for t in verb.doc[min(subtree(verb)) : verb.i])
        return set() if relative else _before(verb, cues)
    loose = verb.dep_ in {"root", "ROOT", "ccomp", "conj", "dep"} or (verb.dep_ == "advcl" and led is None)
    return _before(verb, cues) if loose else set()


def _set_off(verb: Token, cues: Cues) -> bool:
    """Whether a cue and its subject stand between two commas, as in "the town, the ministry noted, has fallen"."""
    near = adjacent(verb, cues)
    if near is None or verb.i + 1 >= len(verb.doc) or verb.doc[verb.i + 1].text != ",":
        return False
    first = min(phrase(near, verb) or (near.i,))
    return first > verb.sent.start and verb.doc[first - 1].text == ","


def _before(verb: Token, cues: Cues) -> set[int]:
    """The sentence up to a cue clause that closes it; not across a semicolon."""
    own = children(verb, "nsubj")
    who = teller(verb, nearest(own, verb) if own else None, False, cues)
    first = min([verb.i, *(phrase(who, verb) if who is not None and who.i < verb.i else ())])
    start = verb.sent.start
    for token in verb.doc[start:first]:
        if token.text == ";":
            start = token.i + 1
    return set(range(start, first))


def _closes(verb: Token) -> bool:
    """Whether a cue clause ends its sentence: nothing with a tense comes after it, but on its own subject or after "adding"."""
    rest = [t for t in verb.doc[verb.i + 1 : verb.sent.end] if not (t.is_punct or t.is_space)]
    hung = [
        child
        for child in children(verb, "nsubj", "obj", "iobj", "advcl")
        if child.i > verb.i and (child.dep_ != "advcl" or child.tag_ == "VBG")
    ]
    aside = frozenset(i for child in hung for i in subtree(child))
    return len([t for t in rest if t.i not in aside]) <= _LONGEST_TAIL and not any(finite(t) for t in rest if t.i not in aside)
