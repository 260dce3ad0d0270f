"""Whom a figure counts: everybody, or a group that may be part of another one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache, reduce

from according.data import toml

#: The group of figures that name nobody in particular, of which all others are part.
EVERYBODY = "people"


@lru_cache(maxsize=10_000)
def group(counted: str | None) -> str:
    """The group of what is counted, by its words as they stand in the report: “14 civilians” of “civilians”."""
    words = (counted or "").lower().replace("’", "'").replace(",", " ").split()
    told = [found for word in words if (found := _groups().get(word) or _groups().get(_singular(word)))]
    if not told:
        return EVERYBODY
    return told[-1] if "and" not in words else reduce(_together, told)


def _together(one: str, other: str) -> str:
    """The narrowest group in which both lie: women and children are civilians."""
    for above in (one, *_groups_above(one)):
        if other == above or part_of(other, above):
            return above
    return EVERYBODY


def _groups_above(name: str) -> list[str]:
    found: list[str] = []
    while (name := _above().get(name, "")) != "":
        found.append(name)
    return found


@cache
def part_of(part: str, whole: str) -> bool:
    """Whether one group lies in the other; none lies in itself."""
    above: str | None = _above().get(part)
    while above is not None:
        if above == whole:
            return True
        above = _above().get(above)
    return False


def disjoint(one: str, other: str) -> bool:
    return one != other and not part_of(one, other) and not part_of(other, one)


def _singular(word: str) -> str:
    if word in ("men", "women", "policemen", "servicemen", "gunmen", "militiamen", "airmen", "policewomen"):
        return word[:-2] + "an"
    if word in ("children", "schoolchildren"):
        return word[:-3]
    return word[:-3] + "y" if word.endswith("ies") else word[:-2] if word.endswith(("sses", "shes", "ches")) else word.removesuffix("s")


@cache
def _groups() -> Mapping[str, str]:
    return {word: name for name, row in _rows().items() for word in row["words"].split()}


@cache
def _above() -> Mapping[str, str]:
    return {name: row["in"] for name, row in _rows().items() if "in" in row}


@cache
def _rows() -> dict[str, dict[str, str]]:
    return toml("according.events", "groups.toml")
