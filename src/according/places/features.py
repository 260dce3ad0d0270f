"""Kinds of places: a GeoNames feature code or a word of the region tables, its class, and how precisely it is located."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

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
    raw = tomllib.loads((resources.files("according.places") / "data" / "features.toml").read_text(encoding="utf-8"))["class"]
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


@cache
def wanted(word: str) -> frozenset[str]:
    """The names of the classes that a common noun asks for: "town" a settlement, "province" a division or a district."""
    return frozenset(kind.name for kind in classes().values() if word in kind.words)
