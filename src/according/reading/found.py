"""A noun phrase under a measure, before it is made a figure."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from according.reading.counted import Counted
from according.reading.numbers import Kind

Known = dict[int, Counted]

#: Measures of people, where one person named or meant is a figure of one.
PEOPLE = frozenset({"killed", "injured", "casualties", "missing", "displaced", "returned", "abducted", "detained"})
#: Measures of those who do something.
DOERS = frozenset({"attackers", "participants"})

_SAYS = frozenset({Kind.COUNT, Kind.VAGUE, Kind.NONE})


@dataclass(frozen=True, slots=True)
class Found:
    """``head`` and ``governor`` are indexes of words; ``part_of`` is the head of the phrase that this one is a part of.
    ``sure``: the order of the words alone says it, whatever the tree makes of it.
    """

    measure: str
    head: int
    governor: int
    part_of: int | None = None
    sure: bool = False


def says(counted: Counted | None) -> bool:
    """Whether a phrase has a number, "several" or "no"; an article is none."""
    return counted is not None and counted.number.kind in _SAYS


def noun(phrase: Token, known: Known) -> Token | None:
    """What a phrase counts; ``None`` where it is left out ("12 were killed")."""
    counted = known.get(phrase.i)
    if counted is None:
        return phrase
    return None if counted.noun is None else phrase.doc[counted.noun]


def bearer(phrase: Token, known: Known) -> int:
    """The word that stands for the whole phrase: "dozens" for "villages" in "dozens of villages"."""
    counted = known.get(phrase.i)
    return counted.bearer if counted else phrase.i
