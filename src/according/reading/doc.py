"""A text → a spaCy ``Doc`` with sentences, parts of speech, dependencies, lemmas and names.

spaCy is the container and the tokenizer; the analysis is the shipped model's. The ``Doc``'s text is the report's text, exactly, so
``token.idx`` is an offset into it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Any, cast

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from according.reading import datelines, gerunds, naming, sentences
from according.reading.lemmas import lemma
from according.reading.parser import LONGEST, Parse, Parser, shipped

#: A sentence of more tokens is cut, at a mark where there is one: such are lists and lost line breaks.
LONGEST_SENTENCE = 180


#: A run without a blank is cut at every so many characters: the tokenizer looks through all of it for each mark that it takes off its ends.
LONGEST_WORD = 1000
#: So too, at shorter stretches, a run of nothing but marks, which come off one by one.
LONGEST_MARKS = 100
_LONG = re.compile(rf"(?<!\S)\S{{{LONGEST_WORD + 1},}}")
_MARKS = re.compile(rf"(?<![^\w\s])[^\w\s]{{{2 * LONGEST_MARKS + 1},}}")
#: A sentence of more tokens than this, and none of them a word or a number, is not given to the model: such are rulers and broken tables.
MOST_MARKS = 40


class KeptText(Doc):
    """A ``Doc`` that keeps its text: spaCy's own puts it together from the words anew at each call."""

    @property
    def text(self) -> str:
        return str(self.user_data["text"])


@lru_cache(maxsize=1)
def _blank() -> Language:
    language = spacy.blank("en")
    language.max_length = 50_000_000
    own = [r"(?<=[a-z0-9”\"])[.,](?=\[)", r"[\[\]]"]  # "died.[3][4]": marks of notes stick to nothing
    infixes = spacy.util.compile_infix_regex([*(language.Defaults.infixes or []), *own])
    tokenizer = cast(Any, language.tokenizer)  # spaCy types it as any callable
    tokenizer.infix_finditer = infixes.finditer
    return language


def build(text: str, parser: Parser | None = None) -> Doc:
    """Read a text of any length; an empty one gives an empty ``Doc``. Names are the ``Doc``'s entities."""
    parser = parser or shipped()
    plain = _cut(text)
    groups = [g for part in _sentences(plain) for g in _short(plain, part, parser)]
    words = [_as_read([plain[i].text for i in group]) for group in groups]
    parses = _parsed(words, parser)
    return _annotated(plain, groups, [gerunds.as_nouns(parse) for parse in parses])


def _parsed(words: list[list[str]], parser: Parser) -> list[Parse]:
    """The analysis of each sentence, given as its words."""
    bare = {n for n, own in enumerate(words) if len(own) > MOST_MARKS and not any(c.isalnum() for word in own for c in word)}
    told = [own for n, own in enumerate(words) if n not in bare]
    parses = iter(datelines.apart(told, parser.parse(told), parser))
    return [_unread(len(own)) if n in bare else next(parses) for n, own in enumerate(words)]


def _unread(count: int) -> Parse:
    """Marks that hang on the first of them."""
    rels = ["root", *["punct"] * (count - 1)]
    return Parse(["PUNCT"] * count, [":"] * count, [0, *[1] * (count - 1)], rels, ["O"] * count)


def _cut(text: str) -> Doc:
    """The words of a text, and nothing else of it."""
    kinds = ((_LONG, LONGEST_WORD), (_MARKS, LONGEST_MARKS))
    cuts = sorted({at for kind, step in kinds for run in kind.finditer(text) for at in range(run.start() + step, run.end(), step)})
    if not cuts:
        return _blank().make_doc(text)
    tokens = [token for start, end in pairwise([0, *cuts, len(text)]) for token in _blank().make_doc(text[start:end])]
    return Doc(_blank().vocab, words=[t.text for t in tokens], spaces=[bool(t.whitespace_) for t in tokens])


def _as_read(words: list[str]) -> list[str]:
    """The words as the model is given them. It knows no capitals but by shape, and would take the group "IS" for the verb."""
    return ["ISIS" if word == "IS" else word for word in words] if any(word.islower() for word in words) else words


def _sentences(plain: Doc) -> Iterator[list[int]]:
    """Token indexes of each sentence, blanks left out."""
    ends = [end for _, end in sentences.split(plain.text)]
    at = 0
    group: list[int] = []
    for token in plain:
        while at < len(ends) and token.idx >= ends[at]:
            if group:
                yield group
            group, at = [], at + 1
        if not token.is_space:
            group.append(token.i)
    if group:
        yield group


def _short(plain: Doc, group: list[int], parser: Parser) -> Iterator[list[int]]:
    """Cut what the model could not take in one piece."""
    first = 0
    while first < len(group):
        taken, size = 0, 0
        for i in group[first : first + LONGEST_SENTENCE]:
            size += parser.size(plain[i].text)
            if size > LONGEST:
                break
            taken += 1
        if first + taken < len(group):
            marks = [n for n in range(taken // 2, taken) if plain[group[first + n]].text in {";", ".", ":", "—", ",", "*", "•"}]
            taken = marks[-1] + 1 if marks else taken
        yield group[first : first + taken]
        first += taken


def _annotated(plain: Doc, groups: list[list[int]], parses: list[Parse]) -> Doc:
    count = len(plain)
    heads, deps = list(range(count)), ["dep"] * count
    pos, tags, names = ["SPACE"] * count, ["_SP"] * count, ["O"] * count
    lemmas = [token.text for token in plain]
    for group, parse in zip(groups, parses, strict=True):
        for n, i in enumerate(group):
            head = parse.heads[n]
            heads[i] = group[head - 1] if head else i
            deps[i], pos[i], tags[i], names[i] = parse.rels[n], parse.upos[n], parse.xpos[n], parse.names[n]
            lemmas[i] = lemma(plain[i].text, pos[i])
    last = None
    for token in plain:  # blanks hang on the word before them, so that they start no sentence
        if pos[token.i] != "SPACE":
            last = token.i
        elif last is not None:
            heads[token.i] = last
    first = next((i for i in range(count) if pos[i] != "SPACE"), None)
    for i in range(first or 0):
        heads[i] = first or 0
    words = [t.text for t in plain]
    return KeptText(
        plain.vocab,
        words=words,
        spaces=[bool(t.whitespace_) for t in plain],
        heads=heads,
        deps=deps,
        pos=pos,
        tags=tags,
        lemmas=lemmas,
        ents=_iob(naming.agreed(words, naming.taken(words, lemmas, heads, deps, names))),
        user_data={"text": plain.text},
    )


def _iob(names: list[str]) -> list[str]:
    """SpaCy's tags: an I- tag after a blank between two words of one name would be refused, so names end at line breaks."""
    out = []
    before = "O"
    for tag in names:
        if tag.startswith("I-") and before[2:] != tag[2:]:
            tag = "B-" + tag[2:]
        out.append(tag)
        before = tag
    return out
