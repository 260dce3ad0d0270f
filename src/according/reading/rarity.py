"""How telling a word is that two reports share: a name that few texts hold more than one that many do.

The reading model's vocabulary lists whole words by how often they stood in the texts it was made from, so a word's rank there tells its
rarity (Zipf, "Human Behavior and the Principle of Least Effort", 1949: frequency falls with rank). It is the same on every machine and
never changes with the collection, so that a third report does not alter what two have in common.
"""

from __future__ import annotations

import json
import math
from functools import cache, lru_cache
from importlib import resources

#: Ranks below are marks and single characters.
_FIRST = 1996
#: Of a word that the vocabulary lacks: one more rank than it has.
_UNLISTED = 30_522


@lru_cache(maxsize=200_000)
def rarity(word: str) -> float:
    """0 (on every page) to 1 (in no vocabulary) of a folded word; single letters tell nothing."""
    if len(word) < 2:
        return 0.0
    rank = _ranks().get(word, _UNLISTED)
    return math.log(max(rank - _FIRST, 1)) / math.log(_UNLISTED - _FIRST)


@cache
def _ranks() -> dict[str, int]:
    file = resources.files("according.reading") / "model" / "tokenizer.json"
    ranks: dict[str, int] = json.loads(file.read_text(encoding="utf-8"))["model"]["vocab"]
    return ranks
