"""The words that tell that somebody said or thought something: ``cues.toml`` as a table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from according.data import toml


class Stance(StrEnum):
    """What the source does with the content."""

    SAY = "say"
    CLAIM = "claim"
    ACCUSE = "accuse"
    DENY = "deny"
    ANNOUNCE = "announce"
    PROMISE = "promise"
    FEAR = "fear"  # fears, beliefs and other hedges
    PLAN = "plan"
    HOPE = "hope"
    JUDGE = "judge"  # praise, blame, support: the content is taken for granted
    ORDER = "order"
    ASK = "ask"
    HEAR = "hear"
    SHOW = "show"


@dataclass(frozen=True, slots=True)
class Cue:
    """What one word tells of its source, and where its content stands. See the head of ``cues.toml`` for ``takes``."""

    stance: Stance
    takes: frozenset[str]
    particle: str | None = None  # the second word of "point out"
    itself: bool = False  # a noun that stands for its own source
    asserts: bool = True  # False where a row overrides its stance


@dataclass(frozen=True, slots=True)
class Cues:
    """The table. Words are lower-case lemmas; a word has one cue for each kind of content it takes."""

    asserts: frozenset[Stance]  # stances whose source stands behind the content
    verbs: dict[str, tuple[Cue, ...]]
    nouns: dict[str, tuple[Cue, ...]]
    adjectives: dict[str, tuple[Cue, ...]]
    adverbs: dict[str, tuple[Cue, ...]]
    prepositions: tuple[tuple[str, ...], ...]
    possessed: frozenset[tuple[str, str]]
    words: dict[str, frozenset[str]]


@lru_cache(maxsize=1)
def cues() -> Cues:
    """The shipped table."""
    data = toml("according.reading", "cues.toml")
    phrases = data["phrases"]
    return Cues(
        asserts=frozenset(Stance(name) for name, asserts in data["stances"].items() if asserts),
        verbs=_rows(data["verbs"]),
        nouns=_rows(data["nouns"]),
        adjectives=_rows(data["adjectives"]),
        adverbs=_rows(data["adverbs"]),
        prepositions=tuple(tuple(words.split()) for words in phrases["prepositions"]),
        possessed=frozenset((words.split()[0], words.split()[1]) for words in phrases["possessed"]),
        words={name: frozenset(words) for name, words in data["words"].items()},
    )


def _rows(rows: list[dict[str, Any]]) -> dict[str, tuple[Cue, ...]]:
    table: dict[str, list[Cue]] = {}
    for row in rows:
        for words in row["lemmas"]:
            word, _, particle = words.partition(" ")
            takes = frozenset(row.get("takes", ()))
            cue = Cue(Stance(row["stance"]), takes, particle or None, row.get("itself", False), row.get("asserts", True))
            table.setdefault(word, []).append(cue)
    return {word: tuple(found) for word, found in table.items()}
