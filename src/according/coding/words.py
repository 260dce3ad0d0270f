"""The lists of ``words.toml``."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib import resources


@lru_cache(maxsize=1)
def _lists() -> dict[str, frozenset[str]]:
    data = tomllib.loads(resources.files("according.coding").joinpath("words.toml").read_text(encoding="utf-8"))
    return {name: frozenset(words.split()) for name, words in data.items()}


def words(name: str) -> frozenset[str]:
    """The list of that name; ``KeyError`` where there is none."""
    return _lists()[name]
