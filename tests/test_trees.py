"""Scores of heads → a tree: one root, no cycle, and no other tree that scores higher."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from according.reading.trees import Floats, Ints, best_tree

SCORES = st.integers(1, 9).flatmap(lambda n: arrays(np.float32, (n, n + 1), elements=st.floats(-20, 20, width=32)))
SMALL = st.integers(1, 4).flatmap(lambda n: arrays(np.float32, (n, n + 1), elements=st.integers(-20, 20), unique=True))


def is_tree(heads: Ints) -> bool:
    """One word hangs on the root, and every word leads up to it."""
    if (heads == 0).sum() != 1:
        return False
    for word in range(1, len(heads) + 1):
        seen = set()
        while word:
            if word in seen:
                return False
            seen.add(word)
            word = int(heads[word - 1])
    return True


def total(scores: Floats, heads: Ints) -> float:
    return float(sum(scores[word, head] for word, head in enumerate(heads)))


@given(SCORES)
def test_always_a_tree(scores: Floats) -> None:
    heads = best_tree(scores)
    assert heads.shape == (len(scores),)
    assert is_tree(heads)


@given(SMALL)
def test_the_best_of_all_trees_of_a_short_sentence(scores: Floats) -> None:
    """Only three words are tried as the root, so where the best tree has the fourth, the best of those three is asked for."""
    words = len(scores)
    tried = set(np.argsort(-scores[:, 0], kind="stable")[:3])
    trees = [np.array(heads) for heads in product(range(words + 1), repeat=words)]
    best = max(total(scores, t) for t in trees if is_tree(t) and int((t == 0).argmax()) in tried)
    assert total(scores, best_tree(scores)) >= best


@given(SCORES)
def test_the_scores_are_left_as_they_were(scores: Floats) -> None:
    before = scores.copy()
    best_tree(scores)
    assert (scores == before).all()


def test_a_word_is_never_its_own_head() -> None:
    scores = np.array([[1, 99, 2], [0, 3, 99]], np.float32)
    assert best_tree(scores).tolist() == [0, 1]


def test_two_roots_are_one_too_many() -> None:
    scores = np.array([[9, 0, 1], [8, 5, 0]], np.float32)
    assert best_tree(scores).tolist() == [0, 1]


def test_a_cycle_is_broken_where_it_costs_least() -> None:
    scores = np.array([[1, 0, 9, 0], [4, 9, 0, 0], [0, 0, 7, 0]], np.float32)
    assert best_tree(scores).tolist() == [2, 0, 2]


@pytest.mark.parametrize("words", [1, 2, 60])
def test_of_any_length(words: int) -> None:
    scores = np.random.default_rng(words).normal(size=(words, words + 1)).astype(np.float32)
    assert is_tree(best_tree(scores))
