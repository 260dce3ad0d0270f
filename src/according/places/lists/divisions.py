"""First-level divisions by what a list calls them: “Homs Governorate”, “Ḩimş”, “11” and “SY-HI” are one code."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from according.places import folding, tables
from according.places.lists import endings


def code(country: str, told: str) -> str | None:
    """GeoNames' code of a country's division, from its name, that code or its ISO 3166-2 code; ``None`` where none or several fit."""
    by_code, by_name = _of(country)
    for key in _keys(told):
        found = by_name.get(key, frozenset())
        if len(found) == 1:
            return next(iter(found))
    return by_code.get(told.upper())


@cache
def _of(country: str) -> tuple[Mapping[str, str], Mapping[str, frozenset[str]]]:
    codes: dict[str, str] = {}
    names: dict[str, set[str]] = defaultdict(set)
    for division in tables.divisions():
        if division.country != country:
            continue
        if division.iso:
            codes[f"{country}-{division.iso}"] = division.admin1
        codes[division.admin1] = division.admin1
        for name in (division.name, *division.names):
            for key in _keys(name):
                names[key].add(division.admin1)
    return codes, {key: frozenset(found) for key, found in names.items()}


def _keys(name: str) -> list[str]:
    """Keys of a division's name from strict to loose; the word for its kind is off in the second and third."""
    bare = endings.bare(name)
    keys = [folding.plain(name), folding.plain(bare), "~" + folding.sounded(folding.plain(bare))]
    return [key for key in keys if len(key) > 1]
