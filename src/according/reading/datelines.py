"""A place set before a sentence with a comma ("Northwestern Syria, shelling killed three") is read apart from it.

The model takes such a place for the first of several subjects. Where it did, the rest is parsed again alone, and the place hung on its root.
"""

from __future__ import annotations

from dataclasses import replace

from according.reading.parser import Parse, Parser

_SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
#: The longest place that may stand so, in words.
LONGEST = 4


def apart(sentences: list[list[str]], parses: list[Parse], parser: Parser) -> list[Parse]:
    """The parses, those of sentences that begin with a place set apart made anew."""
    cuts = {n: cut for n, parse in enumerate(parses) if (cut := _cut(sentences[n], parse))}
    if not cuts:
        return parses
    rests = parser.parse([sentences[n][cut:] for n, cut in cuts.items()])
    out = list(parses)
    for (n, cut), rest in zip(cuts.items(), rests, strict=True):
        out[n] = _joined(parses[n], rest, cut)
    return out


def _cut(words: list[str], parse: Parse) -> int:
    """How many words stand before the sentence, their comma counted; 0 where none do."""
    comma = next((i for i, word in enumerate(words[: LONGEST + 1]) if word == ","), 0)
    if not comma or len(words) < comma + 4 or not words[comma + 1][:1].islower():
        return 0
    if not any(tag.endswith("place") for tag in parse.names[:comma]) or not all(word[:1].isupper() for word in words[:comma]):
        return 0
    tops = [i for i in range(comma) if not 0 < parse.heads[i] <= comma]
    if len(tops) != 1 or parse.rels[tops[0]] not in _SUBJECTS:
        return 0
    top = tops[0] + 1
    listed = any(head == top and rel == "conj" for head, rel in zip(parse.heads[comma:], parse.rels[comma:], strict=True))
    return comma + 1 if listed else 0


def _joined(whole: Parse, rest: Parse, cut: int) -> Parse:
    """The first ``cut`` words as they were read, their head now an ``obl`` of the root of the rest."""
    root = rest.heads.index(0) + 1 + cut
    heads, rels = whole.heads[:cut], whole.rels[:cut]
    for i in range(cut):
        if not 0 < heads[i] <= cut:
            heads[i], rels[i] = root, "punct" if whole.upos[i] == "PUNCT" else "obl"
    return replace(
        whole,
        upos=whole.upos[:cut] + rest.upos,
        xpos=whole.xpos[:cut] + rest.xpos,
        heads=heads + [head + cut if head else 0 for head in rest.heads],
        rels=rels + rest.rels,
        names=whole.names[:cut] + rest.names,
    )
