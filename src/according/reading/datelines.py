"""What stands before a sentence without being part of it is read apart from it: a date line ("KARSA, May 8 (Free North) -") and
a place set before with a comma ("Northwestern Syria, shelling killed three").

The model takes such words for the sentence's first subject. The rest is parsed again alone; a date line hangs on its root as
``dep:dateline``, a place as ``obl``.
"""

from __future__ import annotations

import re
from dataclasses import replace

from according.reading.parser import Parse, Parser

#: The label of a date line's top words: they are no part of what is told.
DATELINE = "dep:dateline"
_SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
#: The longest place that may stand before a sentence with a comma, in words.
_PLACE = 4
#: Words joined by blanks: capitals, then a day or an agency in brackets or both, then a dash or (after brackets) nothing.
_LINE = re.compile(
    r"(?:[A-Z][A-Z.'’\-]+ )+"
    r"(?:, (?:[A-Z][\w.]+ ){1,3})?"
    r"(?:, )?(?:(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)\w*\.? \d{1,2} |\d{1,2} [A-Z][a-z]+ )?(?:, )?(?:\d{4} )?"
    r"(?:\( [^()]{2,40} \) (?:[-–—]+ )?|[-–—]+ )"
)


def apart(sentences: list[list[str]], parses: list[Parse], parser: Parser) -> list[Parse]:
    """The parses, those of sentences with something before them made anew."""
    cuts = {}
    for n, parse in enumerate(parses):
        line = _line(sentences[n])
        cut = line or _place(sentences[n], parse)
        if cut:
            cuts[n] = (cut, DATELINE if line else "obl")
    if not cuts:
        return parses
    rests = parser.parse([sentences[n][cut:] for n, (cut, _) in cuts.items()])
    out = list(parses)
    for (n, (cut, label)), rest in zip(cuts.items(), rests, strict=True):
        out[n] = _joined(parses[n], rest, cut, label)
    return out


def _line(words: list[str]) -> int:
    """How many words of a date line stand before the sentence; 0 where none does."""
    found = _LINE.match(" ".join(words[:24]) + " ")
    cut = found.group().count(" ") if found else 0
    return cut if 0 < cut < len(words) - 2 else 0


def _place(words: list[str], parse: Parse) -> int:
    """How many words of a place stand before the sentence, their comma counted; 0 where none do."""
    comma = next((i for i, word in enumerate(words[: _PLACE + 1]) if word == ","), 0)
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


def _joined(whole: Parse, rest: Parse, cut: int, label: str) -> Parse:
    """The first ``cut`` words as they were read, those that hung outside them now on the root of the rest."""
    root = rest.heads.index(0) + 1 + cut
    heads, rels = whole.heads[:cut], whole.rels[:cut]
    for i in range(cut):
        if not 0 < heads[i] <= cut:
            heads[i], rels[i] = root, "punct" if whole.upos[i] == "PUNCT" else label
    return replace(
        whole,
        upos=whole.upos[:cut] + rest.upos,
        xpos=whole.xpos[:cut] + rest.xpos,
        heads=heads + [head + cut if head else 0 for head in rest.heads],
        rels=rels + rest.rels,
        names=whole.names[:cut] + rest.names,
    )
