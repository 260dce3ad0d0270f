"""Kinds of places: a GeoNames feature code or a word of the region tables, its class, and how precisely it is located."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from according.data import toml
from according.model import Located


@dataclass(frozen=True, slots=True)
class Class:
    """A class of places: what precision its entries have, their usual radius in km, and the words of a text that ask for it."""

    name: str
    precision: Located
    radius_km: float
    codes: frozenset[str]
    words: frozenset[str]


@cache
def classes() -> dict[str, Class]:
    """The classes by name, as features.toml lists them."""
    raw = toml("according.places", "data/features.toml")["class"]
    return {
        name: Class(name, Located(row["precision"]), row["radius_km"], frozenset(row["codes"].split()), frozenset(row["words"].split()))
        for name, row in raw.items()
    }


@cache
def _by_code() -> dict[str, Class]:
    return {code: kind for kind in classes().values() for code in kind.codes}


def known(feature: str) -> bool:
    """Whether a feature code is of a class: others (hotels, orchards) are left out of the gazetteer."""
    return feature in _by_code()


def class_of(feature: str) -> Class:
    """The class of a feature code; an unknown code is a settlement, which towns lists mostly hold."""
    return _by_code().get(feature, classes()["settlement"])


def wanted(word: str) -> frozenset[str]:
    """The names of the classes that a common noun asks for: "town" a settlement, "province" a division or a district."""
    return _by_word().get(word, frozenset())


@cache
def _by_word() -> dict[str, frozenset[str]]:
    words = {word for kind in classes().values() for word in kind.words}
    return {word: frozenset(kind.name for kind in classes().values() if word in kind.words) for word in words}
