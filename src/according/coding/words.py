"""Word lists kept as TOML: a table of names, each with its words in one string."""

from __future__ import annotations

from functools import cache

from according.data import toml


@cache
def lists(file: str) -> dict[str, frozenset[str]]:
    """The lists of one of this package's files, as ``words.toml``, by name."""
    data = toml(__package__, file)
    return {name: frozenset(words.split()) for name, words in data.items()}


def words(name: str) -> frozenset[str]:
    """The list of that name in ``words.toml``; ``KeyError`` where there is none."""
    return lists("words.toml")[name]
