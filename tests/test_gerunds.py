"""A word in -ing that stands as a subject is a noun, whatever part of speech the model gives it."""

from __future__ import annotations

import pytest

from according.reading.gerunds import as_nouns
from according.reading.parser import Parse

TREES = [
    # words, xpos, heads, rels, which words become nouns
    ("Shelling killed four", "VBG VBD CD", [2, 0, 2], "nsubj root obj", [0]),
    ("Fighting broke out", "VBG VBD RP", [2, 0, 2], "nsubj root compound:prt", [0]),
    ("killed in shelling", "VBN IN VBG", [0, 3, 1], "root case nmod", [2]),
    ("Shelling towns kills", "VBG NNS VBZ", [3, 1, 0], "nsubj obj root", []),
    ("Shelling towns kills", "VBG NNS VBZ", [3, 1, 0], "csubj obj root", []),
    ("Fighting killed four", "VBG VBD CD", [2, 0, 2], "csubj root obj", [0]),
    ("Troops left burning", "NNS VBD VBG", [2, 0, 2], "nsubj root advcl", []),
    ("Shelling killed four", "NN VBD CD", [2, 0, 2], "nsubj root obj", []),
]


@pytest.mark.parametrize(("words", "xpos", "heads", "rels", "nouns"), TREES)
def test_gerunds(words: str, xpos: str, heads: list[int], rels: str, nouns: list[int]) -> None:
    upos = ["VERB" if tag.startswith("V") else "NOUN" if tag.startswith("N") else "X" for tag in xpos.split()]
    before = Parse(upos, xpos.split(), heads, rels.split(), ["O"] * 3)
    after = as_nouns(before)
    assert [n for n in range(3) if after.upos[n] != before.upos[n]] == nouns
    assert all(after.upos[n] == "NOUN" and after.xpos[n] == "NN" for n in nouns)
    assert (after.heads, after.names) == (before.heads, before.names)
    assert after.rels == [rel.replace("csubj", "nsubj") if n in nouns else rel for n, rel in enumerate(before.rels)]
