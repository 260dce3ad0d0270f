"""Words → what the encoder reads: sub-word pieces, and a class for the shape of each word.

The encoder is uncased, so capitals would be lost; the shape of every word (lower, Title, UPPER, digits …) goes in beside its
pieces. Training and reading share this module, so that both see a word in the same way.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

#: Special pieces of the BERT vocabulary, by id.
PAD, UNK, CLS, SEP, MASK = 0, 100, 101, 102, 103

#: Word shapes; the position in this tuple is the class that the encoder sees. ``none`` is padding and special pieces.
SHAPES = ("none", "lower", "title", "upper", "initial", "camel", "digits", "mixed", "mark", "other", "hyphen-title")

#: A word gives at most this many pieces (a URL of 2,000 letters says no more than its head).
PIECES_PER_WORD = 12


def shape(word: str) -> int:
    """The class of a word's shape, as an index into :data:`SHAPES`."""
    letters = [c for c in word if c.isalpha()]
    if not letters:
        return SHAPES.index("digits" if any(c.isdigit() for c in word) else "mark")
    if any(c.isdigit() for c in word):
        return SHAPES.index("mixed")
    if not any(c.islower() or c.isupper() for c in letters):
        return SHAPES.index("other")
    if all(c.isupper() for c in letters):
        return SHAPES.index("initial" if len(letters) == 1 else "upper")
    if all(c.islower() for c in letters):
        return SHAPES.index("lower")
    if word[0].isupper() and all(c.islower() for c in letters[1:]):
        return SHAPES.index("title")
    parts = word.replace("’", "-").replace("'", "-").split("-")
    if len(parts) > 1 and any(part[:1].isupper() for part in parts):
        return SHAPES.index("hyphen-title")
    return SHAPES.index("camel")


class Pieces:
    """A word-piece vocabulary. ``of(word)`` gives the ids of a word's pieces, never none."""

    def __init__(self, path: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(path))
        # The file as published pads and cuts every input at 128 pieces.
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self.of = lru_cache(maxsize=65536)(self._pieces)

    def _pieces(self, word: str) -> tuple[int, ...]:
        ids = self._tokenizer.encode(word[:256], add_special_tokens=False).ids
        return tuple(ids[:PIECES_PER_WORD]) or (UNK,)


def batch(sentences: list[list[tuple[int, ...]]], shapes: list[list[int]]) -> dict[str, NDArray[np.int64]]:
    """Pad sentences, given as the pieces and the shape of each word, into the encoder's inputs.

    ``ids`` and ``shapes`` are [sentences, pieces]; ``first`` and ``last`` are [sentences, words], the position of each
    word's first and last piece; ``words`` is [sentences], how many words each sentence has.
    """
    longest = max(sum(map(len, words)) for words in sentences) + 2
    most = max(map(len, sentences))
    count = len(sentences)
    out = {
        "ids": np.zeros((count, longest), np.int64),
        "shapes": np.zeros((count, longest), np.int64),
        "first": np.zeros((count, most), np.int64),
        "last": np.zeros((count, most), np.int64),
        "words": np.array([len(words) for words in sentences], np.int64),
    }
    for row, (words, kinds) in enumerate(zip(sentences, shapes, strict=True)):
        at = 1
        out["ids"][row, 0] = CLS
        for column, (word, kind) in enumerate(zip(words, kinds, strict=True)):
            out["ids"][row, at : at + len(word)] = word
            out["shapes"][row, at : at + len(word)] = kind
            out["first"][row, column] = at
            at += len(word)
            out["last"][row, column] = at - 1
        out["ids"][row, at] = SEP
    return out
