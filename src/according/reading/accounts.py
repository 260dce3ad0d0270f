"""Sayings told by other words than verbs: nouns ("claims that"), adjectives ("confident that"), hedges, "according to", headlines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Span, Token

from according.reading import subjects
from according.reading.cues import Cue, Cues, Stance
from according.reading.sayings import Saying, base, children, finite, phrase, preposition, subtree

#: A headline's speaker has at most this many words.
LONGEST_SPEAKER = 7
#: A colon in a longer sentence is no headline's.
LONGEST_HEADLINE = 40


def find(doc: Doc, cues: Cues) -> list[Saying]:
    """The sayings of a text's nouns, adjectives, adverbs, phrases and headlines."""
    found: list[Saying | None] = []
    leading: dict[str, list[tuple[str, ...]]] = {}
    for words in cues.prepositions:
        leading.setdefault(words[0], []).append(words)
    for token in doc:
        if token.pos_ in {"NOUN", "PROPN"} and token.lemma_.lower() in cues.nouns:
            found.append(_of_noun(token, cues))
        elif token.pos_ in {"ADJ", "VERB"} and token.lemma_ in cues.adjectives:
            found.append(_of_adjective(token, cues))
        elif token.pos_ == "ADV" and token.lower_ in cues.adverbs:
            found.append(_of_adverb(token, cues))
        found.extend(_of_phrase(token, leading.get(token.lower_, ()), cues))
    found.extend(saying for sentence in doc.sents for saying in _of_headline(sentence, cues))
    return [saying for saying in found if saying is not None]


# --- nouns -------------------------------------------------------------------------------------------------------------


def _of_noun(noun: Token, cues: Cues) -> Saying | None:
    source, light = _owner(noun, cues)
    for cue in cues.nouns[noun.lemma_.lower()]:
        content = _noun_content(noun, cue, source)
        if not content or (source is None and not cue.itself):
            continue
        words = phrase(source) if source is not None else ()
        return Saying(
            cue=tuple(sorted({noun.i, *light})),
            head=noun.i,
            stance=cue.stance,
            content=frozenset(content) - frozenset(words),
            rule=f"noun {noun.lemma_.lower()}",
            source=words,
            source_head=source.i if source is not None else None,
            itself=source is None or cue.itself,
            asserts=cue.stance in cues.asserts,
        )
    return None


def _noun_content(noun: Token, cue: Cue, source: Token | None) -> set[int]:
    content: set[int] = set()
    for child in noun.children:
        if child.i < noun.i or (source is not None and child.i == source.i):
            continue
        mark = preposition(child)
        clausal = child.dep_ in {"acl", "ccomp", "appos", "acl:relcl", "advcl"}
        if (clausal and mark == "to") or (clausal and child.tag_ == "VB" and mark is None):
            held = "infinitive" in cue.takes
        elif clausal and mark in {"that", None}:
            held = "clause" in cue.takes and finite(child) and child.dep_ != "acl:relcl"
        else:
            held = (child.dep_ == "nmod" or clausal) and mark in cue.takes
        if held:
            content |= subtree(child)
    return content


def _owner(noun: Token, cues: Cues) -> tuple[Token | None, tuple[int, ...]]:
    """Whose claim it is: "X's claim", "the claim by X", or the subject of "X made the claim", then with the verb as part of the cue."""
    for child in noun.children:
        if child.dep_ == "nmod:poss":
            return child, ()
        if child.dep_ in {"nmod", "obl", "obl:agent"} and preposition(child) in {"by", "from"}:
            return child, ()
        if child.dep_ == "acl" and child.tag_ == "VBN" and child.lemma_ in cues.words["light_verbs"]:
            agents = [grand for grand in child.children if grand.dep_ in {"obl:agent", "obl"} and preposition(grand) == "by"]
            if agents:
                return agents[0], ()
    head = noun.head
    if noun.dep_ in {"obj", "obl"} and head.lemma_ in cues.words["light_verbs"] and noun.i > head.i:
        source, passive = subjects.source_of(head, cues)
        if source is not None and not passive:
            return source, (head.i,) if noun.i - head.i <= 4 else ()
    return None, ()


# --- adjectives and adverbs -----------------------------------------------------------------------------------------------


def _of_adjective(word: Token, cues: Cues) -> Saying | None:
    if not children(word, "cop") and not (word.dep_ in {"xcomp", "advcl", "conj", "acl"} or children(word, "aux:pass")):
        return None
    own = children(word, "nsubj")
    who = own[0] if own else subjects.subject(word, cues)
    if who is None or (who.lower_ in {"it", "there"} and not children(word, "cop")):
        return None
    for cue in cues.adjectives[word.lemma_]:
        content: set[int] = set()
        for child in word.children:
            mark = preposition(child)
            if child.dep_ == "ccomp" or (child.dep_ == "advcl" and mark == "that"):
                content |= subtree(child) if "clause" in cue.takes else set()
            elif child.dep_ == "xcomp" and mark == "to":
                content |= subtree(child) if "infinitive" in cue.takes else set()
            elif child.dep_ in {"obl", "obl:agent", "advcl"} and mark in cue.takes:
                content |= subtree(child)
        if content:
            return _plain(word, cue, cues, content, f"adjective {word.lemma_}", who)
    return None


def _plain(word: Token, cue: Cue, cues: Cues, content: set[int], rule: str, who: Token | None) -> Saying:
    words = phrase(who) if who is not None else ()
    return Saying(
        cue=(word.i,),
        head=word.i,
        stance=cue.stance,
        content=frozenset(content) - {word.i} - frozenset(words),
        rule=rule,
        source=words,
        source_head=who.i if who is not None else None,
        asserts=cue.stance in cues.asserts,
    )


def _of_adverb(word: Token, cues: Cues) -> Saying | None:
    if word.head.i == word.i:
        return None
    content = subtree(word.head, frozenset({word.i}))
    return _plain(word, cues.adverbs[word.lower_][0], cues, set(content), f"adverb {word.lower_}", None)


# --- phrases -------------------------------------------------------------------------------------------------------------


def _of_phrase(token: Token, leading: Sequence[tuple[str, ...]], cues: Cues) -> Iterator[Saying]:
    """``leading``: the phrases of more words that begin with this one."""
    doc = token.doc
    for words in leading:
        if token.i + len(words) <= len(doc) and all(doc[token.i + n].lower_ == word for n, word in enumerate(words)):
            marks = tuple(range(token.i, token.i + len(words)))
            source = _object_of(token, marks)
            if source is not None:
                yield _phrase(marks, source, " ".join(words))
    if token.pos_ == "NOUN" and ((preposition(token) or ""), token.lower_) in cues.possessed:
        owners = children(token, "nmod:poss")
        if owners and base(token.dep_) in {"obl", "parataxis", "advmod"}:
            marks = tuple(sorted({token.i, *(c.i for c in children(token, "case"))}))
            yield _phrase(marks, owners[0], "in one's view")


def _object_of(token: Token, marks: tuple[int, ...]) -> Token | None:
    """The head of the noun phrase right after "according to" (the tree takes the whole phrase for a verb too often to lean on it)."""
    for at in token.doc[marks[-1] + 1 : min(marks[-1] + 10, token.sent.end)]:
        if at.pos_ in {"NOUN", "PROPN", "PRON"} and not (at.dep_ in subjects.INSIDE_A_PHRASE and at.head.i > at.i):
            return at
        if at.pos_ in {"VERB", "AUX"} and at.tag_ not in {"VBN", "VBG"}:
            break
    return None


def _phrase(marks: tuple[int, ...], source: Token, rule: str) -> Saying:
    doc = source.doc
    words = phrase(source)
    own = frozenset(marks) | frozenset(words)
    at = source
    while at.head.i != at.i and (at.i in own or at.head.i in own):
        at = at.head
    while at.head.i != at.i and not _clausal(at):
        at = at.head
    closes = not any(t.i not in own and not (t.is_punct or t.is_space) for t in doc[marks[-1] + 1 : at.sent.end])
    opens = not any(t.i not in own and not (t.is_punct or t.is_space or t.dep_ in {"advmod", "cc"}) for t in doc[at.sent.start : marks[0]])
    # At either end of a sentence it speaks for the whole of it.
    content = frozenset(t.i for t in at.sent) if opens or closes else subtree(at, frozenset({source.i}))
    return Saying(
        cue=marks,
        head=marks[0],
        stance=Stance.SAY,
        content=content - own,
        rule=rule,
        source=words,
        source_head=source.i,
        parenthetical=True,
    )


def _clausal(token: Token) -> bool:
    return token.pos_ in {"VERB", "AUX"} or bool(children(token, "cop", "nsubj")) or token.dep_ in {"root", "ROOT"}


# --- headlines -----------------------------------------------------------------------------------------------------------


def _of_headline(sentence: Span, cues: Cues) -> Iterator[Saying]:
    """Headlines with a colon: "Army: 12 rebels killed" and "12 rebels killed: army"."""
    tokens = [t for t in sentence if not t.is_space and t.text not in {".", "!", "?"}]
    if not 4 <= len(tokens) <= LONGEST_HEADLINE:
        return
    colons = [n for n, t in enumerate(tokens) if t.text == ":"]
    if len(colons) == 1:
        at = colons[0]
        before, after = tokens[:at], tokens[at + 1 :]
        for speaker, content in ((before, after), (after, before)):
            if len(content) >= 3 and _speaks(speaker, cues):
                yield _headline(speaker, content, (tokens[at].i,))
                return


def _speaks(words: list[Token], cues: Cues) -> bool:
    if not 0 < len(words) <= LONGEST_SPEAKER or any(t.pos_ in {"VERB", "AUX"} and finite(t) for t in words):
        return False
    if any(t.text in {",", '"', "“", "("} for t in words) or words[0].text in {"-", "–", "•", "*"}:
        return False
    last = words[-1]
    return last.lower_ in cues.words["speakers"] or (last.ent_type_ in {"person", "organisation", "group"} and last.pos_ == "PROPN")


def _headline(speaker: list[Token], content: list[Token], cue: tuple[int, ...]) -> Saying:
    return Saying(
        cue=cue,
        head=cue[0],
        stance=Stance.SAY,
        content=frozenset(t.i for t in content),
        rule="headline",
        source=tuple(t.i for t in speaker),
        source_head=speaker[-1].i,
        parenthetical=True,
    )
