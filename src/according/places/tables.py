"""The tables written for According: countries, first-level divisions, regions. Read strictly; tests check every row."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable


@dataclass(frozen=True, slots=True)
class Country:
    """A row of countries.tsv. ``adjectives`` are its nationality words, ``capitals`` the names of its seats of government."""

    code: str  # ISO 3166-1 alpha-2
    name: str
    lat: float
    lon: float
    radius_km: float
    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    capitals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Division:
    """A row of divisions.tsv: a first-level division, with the code that GeoNames gives it in its country, and its ISO 3166-2 code."""

    country: str
    admin1: str
    iso: str | None
    geonames_id: int | None
    name: str
    lat: float
    lon: float
    radius_km: float
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class District:
    """A row of districts.tsv: a second-level division, where reports name them and the towns' list tells them: not of all countries.

    Centre and radius are those of the towns in it; ``population`` is theirs together.
    """

    country: str
    admin1: str
    name: str
    lat: float
    lon: float
    radius_km: float
    population: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Region:
    """A row of regions/*.tsv. ``near``: towns that lie in it or beside it, which is what the row rests on.

    The table ``remote`` has places with no listed town beside them: its ``near`` names the nearest, and its radii allow for that.
    """

    name: str
    kind: str
    country: tuple[str, ...]
    lat: float
    lon: float
    radius_km: float  # the centre is good to a third of it
    sure: str  # high or medium
    variants: tuple[str, ...]
    near: tuple[str, ...]
    table: str  # the file that it stands in


@cache
def countries() -> tuple[Country, ...]:
    return tuple(
        Country(
            row["code"], row["name"], float(row["lat"]), float(row["lon"]), float(row["radius_km"]),
            _several(row["names"]), _several(row["adjectives"]), _several(row["capitals"]),
        )
        for row in _rows(_data() / "countries.tsv")
    )  # fmt: skip


@cache
def divisions() -> tuple[Division, ...]:
    return tuple(
        Division(
            row["country"], row["admin1"], row["iso"] or None, int(row["geonames_id"]) if row["geonames_id"] else None,
            row["name"], float(row["lat"]), float(row["lon"]), float(row["radius_km"]), _several(row["names"]),
        )
        for row in _rows(_data() / "divisions.tsv")
    )  # fmt: skip


@cache
def districts() -> tuple[District, ...]:
    return tuple(
        District(
            row["country"], row["admin1"], row["name"], float(row["lat"]), float(row["lon"]), float(row["radius_km"]),
            int(row["population"]), _several(row["names"]),
        )
        for row in _rows(_data() / "districts.tsv")
    )  # fmt: skip


@cache
def regions() -> tuple[Region, ...]:
    return tuple(
        Region(
            row["name"], row["kind"], _several(row["country"]), float(row["lat"]), float(row["lon"]), float(row["radius_km"]),
            row["sure"], _several(row["variants"]), _several(row["near"]), file.name.removesuffix(".tsv"),
        )
        for file in _region_files()
        for row in _rows(file)
    )  # fmt: skip


@cache
def codes() -> frozenset[str]:
    """The ISO 3166-1 alpha-2 codes of the countries' table."""
    return frozenset(country.code for country in countries())


@cache
def nationalities() -> dict[str, str]:
    """The country of each nationality word: “Syrians” → SY."""
    return {word: country.code for country in countries() for word in country.adjectives}


def stamp() -> bytes:
    """The tables' bytes: what a gazetteer built from them is known by."""
    names = ("countries.tsv", "divisions.tsv", "districts.tsv", "folding.toml", "features.toml")
    return b"\0".join(file.read_bytes() for file in [*(_data() / name for name in names), *_region_files()])


def _region_files() -> list[Traversable]:
    return sorted((file for file in (_data() / "regions").iterdir() if file.name.endswith(".tsv")), key=lambda file: file.name)


def _data() -> Traversable:
    return resources.files("according.places") / "data"


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


def _rows(file: Traversable) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8") as lines:
        for number, row in enumerate(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE), 2):
            if None in row or None in row.values():
                raise ValueError(f"{file.name}, line {number}: not as many columns as the head has")
            yield row
