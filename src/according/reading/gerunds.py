"""A word in -ing that the tree makes a subject is a noun there: "Shelling killed four", "Fighting broke out".

The model's parts of speech and its tree are two answers to one question. A clause as subject, ``csubj``, has an object or the like of its
own ("shelling towns is a crime"); one that governs nothing ("fighting between them left dozens dead") is a noun too.
"""

from __future__ import annotations

from dataclasses import replace

from according.reading.parser import Parse

_OF_NOUNS = frozenset({"nsubj", "nsubj:pass", "nmod", "obl:agent", "csubj", "csubj:pass"})
_OF_VERBS = frozenset({"obj", "xcomp", "ccomp", "aux", "nsubj", "compound:prt"})


def as_nouns(parse: Parse) -> Parse:
    """The parse, with gerunds that stand as nouns, and govern nothing as verbs do, tagged as such."""
    governing = {head for head, rel in zip(parse.heads, parse.rels, strict=True) if rel in _OF_VERBS}
    found = [
        n
        for n, (tag, rel) in enumerate(zip(parse.xpos, parse.rels, strict=True))
        if tag == "VBG" and rel in _OF_NOUNS and parse.upos[n] == "VERB" and n + 1 not in governing
    ]
    if not found:
        return parse
    upos, xpos = list(parse.upos), list(parse.xpos)
    for n in found:
        upos[n], xpos[n] = "NOUN", "NN"
    rels = [rel.replace("csubj", "nsubj") if n in found else rel for n, rel in enumerate(parse.rels)]
    return replace(parse, upos=upos, xpos=xpos, rels=rels)
