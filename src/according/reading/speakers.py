"""From the words of a cue's subject to the name of who speaks: ranks left out, pronouns resolved, issuers put for documents."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from spacy.tokens import Doc, Token

from according.reading.cues import Cues
from according.reading.entities import bounds
from according.reading.sayings import Saying, children, preposition, subtree, trimmed
from according.reading.subjects import speaks

Tokens = tuple[int, ...]
_BEFORE_A_NOUN = frozenset({"compound", "amod", "nmod:poss", "nummod", "nmod", "flat", "nmod:desc", "obl:unmarked"})
#: A pronoun stands for one of this many speakers before it; an office written as a name, for a person this many tokens back.
_REMEMBERED, _REACH = 40, 4000
#: So many mentions of an office are asked for the name after them.
_ASKED = 100
_PARTICLES = frozenset({"al", "el", "bin", "ibn", "de", "van", "von"})


def named(doc: Doc, sayings: Sequence[Saying], cues: Cues) -> list[tuple[Tokens, ...]]:
    """For each saying, in the order given, its speakers: the tokens of each name. Empty where nobody is named.

    ``sayings`` come in text order of their cues: a pronoun stands for a speaker or a subject before it.
    """
    found: list[tuple[Tokens, ...]] = []
    heard: list[tuple[int, tuple[Tokens, ...]]] = []  # source head → its names, so far
    for saying in sayings:
        names = _of_saying(doc, saying, heard, sayings, cues)
        found.append(names)
        if names and saying.source_head is not None:
            heard.append((saying.source_head, names))
    return found


def _of_saying(
    doc: Doc, saying: Saying, heard: list[tuple[int, tuple[Tokens, ...]]], sayings: Sequence[Saying], cues: Cues
) -> tuple[Tokens, ...]:
    names: list[Tokens] = []
    if saying.itself:
        names.append((saying.head,))
    if saying.source_head is None:
        return tuple(names)
    head = doc[saying.source_head]
    heads = [head, *(child for child in children(head, "conj") if child.i in saying.source)]
    for each in heads:
        word = each.lower_
        if word in cues.words["own"]:
            continue  # whoever speaks around it
        if each.pos_ == "PRON" or word in cues.words["men"] | cues.words["women"] | cues.words["things"] | cues.words["many"]:
            names.extend(_stands_for(doc, each, heard, cues))
        else:
            names.append(name(each, cues, saying.source))
    return tuple(dict.fromkeys(n for n in names if n))


# --- names ---------------------------------------------------------------------------------------------------------------


def name(head: Token, cues: Cues, within: Tokens = ()) -> Tokens:
    """The shortest full name of a noun phrase: a person's without rank, a document's issuer, else the noun's own words."""
    person = _person(head, cues, within)
    if person:
        return person
    if head.lemma_.lower() in cues.words["documents"]:
        issuer = _issuer(head, cues)
        if issuer is not None:
            return name(issuer, cues)
    apposed = [
        child for child in children(head, "appos", "flat") if child.i == head.i + 1 and child.pos_ == "PROPN" and head.pos_ == "NOUN"
    ]
    if apposed:
        return _noun(apposed[0])  # "state news agency Sana"
    plain = _noun(head)
    if plain and all(_title(head.doc[i], cues) for i in plain):
        return _after_title(head.doc, plain[-1], cues) or _titled_before(head.doc, plain, cues) or plain
    return plain


def _titled_before(doc: Doc, title: Tokens, cues: Cues) -> Tokens:
    """The person whom the text named before with the same office, written as a name: "the Foreign Secretary"."""
    words = [doc[i].text for i in title]
    if not all(word[:1].isupper() for word in words):
        return ()
    places = _places(doc).get(words[0], [])
    lowest = max(-1, title[0] - _REACH)
    at = bisect_right(places, title[0] - len(words))
    for start in reversed(places[max(bisect_right(places, lowest), at - _ASKED) : at]):
        if [doc[start + k].text for k in range(len(words))] == words:
            found = _after_title(doc, start + len(words) - 1, cues)
            if found:
                return found
    return ()


def _places(doc: Doc) -> dict[str, list[int]]:
    """Where each word stands that is written with a capital, in order; kept with the ``Doc`` once it is looked for."""
    if "capitals" not in doc.user_data:
        found: dict[str, list[int]] = {}
        for token in doc:
            if token.text[:1].isupper():
                found.setdefault(token.text, []).append(token.i)
        doc.user_data["capitals"] = found
    known: dict[str, list[int]] = doc.user_data["capitals"]
    return known


def _after_title(doc: Doc, last: int, cues: Cues) -> Tokens:
    """The name right after a rank that the tree cut off from it."""
    near = [i for i in range(last + 1, min(last + 8, len(doc))) if doc[i].sent == doc[last].sent]
    stop = next((n for n, i in enumerate(near) if doc[i].text == "," or doc[i].pos_ in {"VERB", "AUX", "DET"}), len(near))
    runs = _runs(doc, near[:stop], cues)
    return runs[0] if runs and runs[0][0] <= last + 3 else ()


def _person(head: Token, cues: Cues, within: Tokens) -> Tokens:
    """The person whom a phrase speaks of: a run of names after a rank, or one known as a person's; not an owner's or a modifier's."""
    doc = head.doc
    named = [grand for child in head.children if child.dep_ == "acl" and child.lower_ in cues.words["naming"] for grand in child.children]
    reach = sorted(_reach(head, within) | {i for token in named for i in _reach(token, ())})
    best: Tokens = ()
    for run in _runs(doc, reach, cues):
        before = [i for i in reach if i < run[0] and not doc[i].is_punct]
        titled = bool(before) and before[-1] >= run[0] - 3 and _title(doc[before[-1]], cues)
        named_here = run[-1] >= head.i and any(doc[i].ent_type_ == "person" for i in run)
        if titled and all(doc[i].ent_type_ in {"", "person"} for i in run):
            best = run  # the last: "Foreign Office Minister Jane Doe"
        elif named_here and not best:
            best = run
    return best


def _title(token: Token, cues: Cues) -> bool:
    return token.lower_.rstrip(".") in cues.words["titles"] and token.ent_type_ not in {"organisation", "facility"}


def _reach(head: Token, within: Tokens) -> frozenset[int]:
    """The tokens of a phrase that name what its head names: no owners, no of-phrases, no clauses."""
    out = frozenset(
        child.i
        for token in [head, *head.subtree]
        for child in token.children
        if child.dep_ in {"nmod:poss", "acl", "acl:relcl", "conj", "cc", "advcl", "parataxis", "det", "case"}
        or (child.dep_ in {"nmod", "obl"} and preposition(child) is not None)
    )
    own = subtree(head, out - {head.i})
    return own & frozenset(within) if within and head.i in within else own


def _runs(doc: Doc, reach: list[int], cues: Cues) -> list[Tokens]:
    """Unbroken runs of names among tokens, ranks and offices left out; hyphens and the marks of nicknames do not break one."""
    runs: list[list[int]] = []
    last = -9
    for i in reach:
        token = doc[i]
        small = token.text.islower() and token.ent_type_ != "person"  # "State television": no name, whatever its tag
        capital = token.pos_ in {"PROPN", "X"} and token.text[:1].isalnum() and not small and not _title(token, cues)
        if capital or (token.lower_ in _PARTICLES and i == last + 1):
            joined = runs and i - last <= 4 and all(doc[k].text in {'"', "“", "”", "-", "‘", "’", "'"} for k in range(last + 1, i))
            if joined:
                runs[-1].extend(range(last + 1, i + 1))
            else:
                runs.append([i])
            last = i
    return [tuple(run) for run in runs]


def _issuer(head: Token, cues: Cues) -> Token | None:
    """Whose report it is: "the board's report", "a report by the board"."""
    for child in head.children:
        if child.dep_ == "nmod:poss" and child.pos_ != "PRON":
            return child
        if child.dep_ == "nmod" and preposition(child) in {"by", "from"}:
            return child
    return None


def _noun(head: Token) -> Tokens:
    """A noun with what stands right before it and its of-phrases, without article, clauses and appositions."""
    keep = {head.i}
    for child in head.children:
        led = preposition(child)
        before = child.i < head.i and child.dep_ in _BEFORE_A_NOUN
        behind = child.i > head.i and (child.dep_ in {"flat", "compound", "fixed"} or (child.dep_ == "nmod" and led in {"of", "for", "in"}))
        if before or behind:
            keep |= subtree(child)
    keep |= set(bounds(head))
    low, high = min(keep), max(keep)
    tokens = trimmed(head.doc, tuple(range(low, high + 1)))
    while len(tokens) > 1 and head.doc[tokens[0]].pos_ == "DET":
        tokens = tokens[1:]
    return tokens


# --- pronouns ------------------------------------------------------------------------------------------------------------


def _stands_for(doc: Doc, pronoun: Token, heard: list[tuple[int, tuple[Tokens, ...]]], cues: Cues) -> tuple[Tokens, ...]:
    """The nearest speaker before a pronoun that agrees with it, else the nearest subject that does, else nobody."""
    word = pronoun.lower_
    if word in cues.words["many"]:
        for token in reversed(doc[pronoun.sent.start : pronoun.i]):
            noun = token.pos_ in {"NOUN", "PROPN"} and token.dep_ != "compound"
            if noun and speaks(token, cues) and _agrees(token, doc, name(token, cues), word, cues):
                return (name(token, cues),)
    for at, names in reversed(heard[-_REMEMBERED:]):
        if at < pronoun.i and names and _agrees(doc[at], doc, names[0], word, cues):
            return names
    for token in reversed(doc[max(0, pronoun.i - 120) : pronoun.i]):
        if token.dep_ in {"nsubj", "nsubj:pass"} and token.pos_ in {"NOUN", "PROPN"}:
            found = name(token, cues)
            if _agrees(token, doc, found, word, cues) and (word in cues.words["things"] | cues.words["many"] or _human(token, found, cues)):
                return (found,)
    return ()


def _agrees(head: Token, doc: Doc, words: Tokens, pronoun: str, cues: Cues) -> bool:
    if head.i >= 0 and head.pos_ == "PRON" and head.lower_ not in {pronoun}:
        return _compatible(head.lower_, pronoun, cues)
    plural = head.tag_ in {"NNS", "NNPS"} or bool(children(head, "conj"))
    person = _human(head, words, cues)
    if pronoun in cues.words["many"]:
        return plural or not person
    if plural:
        return False
    if pronoun in cues.words["things"]:
        return not person
    if pronoun in cues.words["men"] | cues.words["women"]:
        return person or head.ent_type_ not in {"organisation", "place", "facility", "group"}
    return False


def _human(head: Token, words: Tokens, cues: Cues) -> bool:
    acronym = len(words) == 1 and head.doc[words[0]].is_upper  # "HRW", whatever the name tagger makes of it
    return (not acronym and any(head.doc[i].ent_type_ == "person" for i in words)) or head.lemma_.lower() in cues.words["people"]


def _compatible(one: str, other: str, cues: Cues) -> bool:
    return any(one in cues.words[kind] and other in cues.words[kind] for kind in ("men", "women", "things", "many"))
