"""Scores of heads → dependency trees: one root, no cycles, the highest sum of scores (Chu and Liu 1965, Edmonds 1967)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

#: How many words are tried as the root when the best heads do not already make a tree.
ROOTS_TRIED = 3


def best_tree(scores: Floats) -> Ints:
    """The heads of the words of one sentence: [words], 0 for the root, else 1-based.

    ``scores`` is [words, words + 1]: word d's score for each head, column 0 being the root.
    """
    words = scores.shape[0]
    scores = scores.copy()
    scores[np.arange(words), np.arange(words) + 1] = -np.inf
    heads: Ints = scores.argmax(1)
    if (heads == 0).sum() == 1 and not _cycle(heads):
        return heads
    best, best_sum = heads, -np.inf
    for root in np.argsort(-scores[:, 0], kind="stable")[:ROOTS_TRIED]:
        fixed = scores.copy()
        fixed[:, 0] = -np.inf
        fixed[root] = -np.inf
        fixed[root, 0] = 0.0
        heads = _spanning(fixed)
        total = float(scores[np.arange(words), heads].sum())
        if total > best_sum:
            best, best_sum = heads, total
    return best


def _cycle(heads: Ints) -> list[int]:
    """The words (1-based) of one cycle, or an empty list."""
    state = [0] * (len(heads) + 1)
    state[0] = 2
    for start in range(1, len(heads) + 1):
        path = []
        at = start
        while state[at] == 0:
            state[at] = 1
            path.append(at)
            at = int(heads[at - 1])
        if state[at] == 1:
            return path[path.index(at) :]
        for seen in path:
            state[seen] = 2
    return []


def _spanning(scores: Floats) -> Ints:
    """The maximum spanning arborescence from node 0, by contracting cycles."""
    heads: Ints = scores.argmax(1)
    cycle = _cycle(heads)
    if not cycle:
        return heads
    words = scores.shape[0]
    inside = np.zeros(words + 1, bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)  # nodes that stay, 0 among them
    ring = np.array(cycle)
    own = scores[ring - 1, heads[ring - 1]]
    entering = scores[ring - 1][:, outside] - own[:, None]  # what breaking the cycle at each word costs
    leaving = scores[outside[1:] - 1][:, ring]
    small = np.full((len(outside), len(outside) + 1), -np.inf, scores.dtype)
    small[:-1, : len(outside)] = scores[outside[1:] - 1][:, outside]
    small[:-1, -1] = leaving.max(1) if len(ring) else -np.inf
    small[-1, : len(outside)] = entering.max(0)
    solved = _spanning(small)
    result = heads.copy()
    for row, node in enumerate(outside[1:]):
        head = int(solved[row])
        result[node - 1] = ring[int(leaving[row].argmax())] if head == len(outside) else outside[head]
    into = int(solved[-1])
    broken = ring[int(entering[:, into].argmax())]
    result[broken - 1] = outside[into]
    return result
