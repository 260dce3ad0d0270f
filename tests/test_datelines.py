"""What stands before a sentence is read apart from it. The parser is a stand-in that hangs every word on the first."""

from __future__ import annotations

import pytest

from according.reading import datelines
from according.reading.parser import Parse


class Flat:
    """Makes the second word a subject's neighbour and the first the root; keeps what it was asked to parse."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []

    def parse(self, sentences: list[list[str]]) -> list[Parse]:
        self.asked += sentences
        return [flat(words) for words in sentences]


def flat(words: list[str]) -> Parse:
    n = len(words)
    return Parse(["X"] * n, ["XX"] * n, [0] + [1] * (n - 1), ["root"] + ["dep"] * (n - 1), ["O"] * n)


LINES = [
    # words before, words of the sentence
    ("KINSHASA , May 17 , 2023 –", "Rebels left the town ."),
    ("KINSHASA –", "Rebels left the town ."),
    ("GOMA , May 8 ( Free North ) -", "Rebels left the town ."),
    ("PORT SUDAN , 3 June —", "Rebels left the town ."),
    ("KYIV ( Free North )", "Rebels left the town ."),
    ("", "Rebels left the town ."),
    ("", "UN : 30 people killed in Darfur"),
    ("", "The army - a strong one - left ."),
]


@pytest.mark.parametrize(("before", "rest"), LINES)
def test_a_date_line_hangs_on_the_root_of_the_rest(before: str, rest: str) -> None:
    parser = Flat()
    words = [*before.split(), *rest.split()]
    (made,) = datelines.apart([words], [flat(words)], parser)  # type: ignore[arg-type]
    cut = len(before.split())
    assert parser.asked == ([rest.split()] if cut else [])
    assert len(made.heads) == len(made.rels) == len(made.upos) == len(made.xpos) == len(made.names) == len(words)
    assert made.heads.count(0) == 1
    assert made.heads[cut] == 0
    if cut:
        assert made.rels[0] == datelines.DATELINE
        assert all(head > cut for word, head in enumerate(made.heads) if word > cut)


def test_a_place_taken_for_the_first_of_two_subjects_is_cut_off() -> None:
    words = "Northern Kivu , shelling killed three people .".split()
    heads = [2, 5, 2, 2, 0, 7, 5, 5]
    rels = ["amod", "nsubj", "punct", "conj", "root", "nummod", "obj", "punct"]
    names = ["B-place", "I-place", "O", "O", "O", "O", "O", "O"]
    parser = Flat()
    (made,) = datelines.apart([words], [Parse(["X"] * 8, ["XX"] * 8, heads, rels, names)], parser)  # type: ignore[arg-type]
    assert parser.asked == [words[3:]]
    assert made.heads[:4] == [2, 4, 2, 0] or made.heads[1] == 4
    assert made.rels[1] == "obl"
    assert made.names[:2] == ["B-place", "I-place"]


def test_a_place_that_is_the_subject_stays() -> None:
    words = "Kivu , a province , saw shelling on Monday .".split()
    heads = [6, 1, 4, 1, 1, 0, 6, 9, 6, 6]
    rels = ["nsubj", "punct", "det", "appos", "punct", "root", "obj", "case", "obl", "punct"]
    whole = Parse(["X"] * 10, ["XX"] * 10, heads, rels, ["B-place"] + ["O"] * 9)
    parser = Flat()
    assert datelines.apart([words], [whole], parser) == [whole]  # type: ignore[arg-type]
    assert parser.asked == []
