"""The trained model at run time: words → parts of speech, heads, labels and name tags, by onnxruntime alone."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from according.errors import ModelMissing
from according.reading.pieces import Pieces, batch, shape
from according.reading.trees import best_tree

#: A batch holds about this many pieces, padding counted.
PIECES_A_BATCH = 512
#: A batch of at least ENOUGH pieces ends where the next sentence is this much longer than its shortest: padding costs as much as words.
UNEVEN = 1.1
ENOUGH = 32
#: The encoder has 512 positions, two of them for its own marks.
LONGEST = 510


@dataclass(frozen=True, slots=True)
class Parse:
    """One sentence's analysis, a value a word; ``heads`` are 0 for the root, else 1-based."""

    upos: list[str]
    xpos: list[str]
    heads: list[int]
    rels: list[str]
    names: list[str]  # BIO tags: "O", "B-place" …


class Parser:
    """The shipped model. ``parse`` is a pure function of its sentences."""

    def __init__(self, folder: Path) -> None:
        try:
            card = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
            self._pieces = Pieces(folder / "tokenizer.json")
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = 1
            options.inter_op_num_threads = 1
            options.log_severity_level = 3
            self._session = onnxruntime.InferenceSession(str(folder / "reader.onnx"), options, providers=["CPUExecutionProvider"])
        except (OSError, ValueError, onnxruntime.capi.onnxruntime_pybind11_state.NoSuchFile) as error:
            raise ModelMissing(
                f"The reading model is not in {folder}: reinstall according, or see training/README.md to make it."
            ) from error
        self._labels: dict[str, list[str]] = card["labels"]
        self._allowed = _transitions(self._labels["names"])

    def parse(self, sentences: list[list[str]]) -> list[Parse]:
        """Parse sentences given as words; one :class:`Parse` each, in the same order. A sentence without words gives an empty parse.

        A sentence over 510 pieces raises ``ValueError``: cut it first with :meth:`fits`.
        """
        coded = [[self._pieces.of(word) for word in words] for words in sentences]
        order = sorted((i for i, words in enumerate(coded) if words), key=lambda i: sum(map(len, coded[i])))
        parses: list[Parse] = [Parse([], [], [], [], []) for _ in sentences]
        group: list[int] = []
        for at in order:
            length = sum(map(len, coded[at])) + 2
            if length > LONGEST + 2:
                raise ValueError(f"a sentence of {length - 2} pieces is too long for the model")
            shortest = sum(map(len, coded[group[0]])) + 2 if group else length
            uneven = length > UNEVEN * shortest + 4 and shortest * len(group) >= ENOUGH
            if group and (uneven or length * (len(group) + 1) > PIECES_A_BATCH):
                self._run(group, sentences, coded, parses)
                group = []
            group.append(at)
        if group:
            self._run(group, sentences, coded, parses)
        return parses

    def size(self, word: str) -> int:
        """How many pieces a word takes."""
        return len(self._pieces.of(word))

    def _run(self, group: list[int], sentences: list[list[str]], coded: list[list[tuple[int, ...]]], parses: list[Parse]) -> None:
        arrays = batch([coded[i] for i in group], [[shape(w) for w in sentences[i]] for i in group])
        feed = {k: arrays[k] for k in ("ids", "shapes", "first", "last")}
        upos, xpos, names, arc, rel = self._session.run(None, feed)
        labels = self._labels
        for row, at in enumerate(group):
            n = len(sentences[at])
            heads = best_tree(arc[row, :n, : n + 1])
            parses[at] = Parse(
                [labels["upos"][i] for i in upos[row, :n]],
                [labels["xpos"][i] for i in xpos[row, :n]],
                [int(h) for h in heads],
                ["root" if h == 0 else labels["rels"][rel[row, d, h]] for d, h in enumerate(heads)],
                [labels["names"][i] for i in _viterbi(names[row, :n], self._allowed)],
            )


def _transitions(tags: list[str]) -> NDArray[np.float32]:
    """[from, to]: 0 where a tag may follow another, -inf where an I- tag would stand without its B-."""
    allowed = np.zeros((len(tags), len(tags)), np.float32)
    for j, to in enumerate(tags):
        if to.startswith("I-"):
            for i, before in enumerate(tags):
                if before[2:] != to[2:]:
                    allowed[i, j] = -np.inf
    return allowed


def _viterbi(scores: NDArray[np.float32], allowed: NDArray[np.float32]) -> list[int]:
    best = scores[0] + allowed[0]  # a sentence begins as after "O", which is tag 0
    back = []
    for row in scores[1:]:
        paths = best[:, None] + allowed
        back.append(paths.argmax(0))
        best = paths.max(0) + row
    at = int(best.argmax())
    out = [at]
    for row in reversed(back):
        at = int(row[at])
        out.append(at)
    return out[::-1]


@lru_cache(maxsize=2)
def shipped(folder: Path | None = None) -> Parser:
    """The parser whose files are in the package (or in ``folder``), loaded once a process."""
    return Parser(folder or Path(__file__).parent / "model")
