"""The user's own lists of places: read, told of, kept, joined, fetched, taken out. The world here is five places."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
import threading
import zipfile
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

import pytest

from according import cli
from according.errors import BadSource, FetchFailed, GazetteerMissing
from according.places import building, folding, store, world
from according.places.entries import Entry
from according.places.gazetteer import Gazetteer
from according.places.lists import columns, divisions, endings, faults, fetching, geojson, geonames, shapes, sources, table
from according.places.lists.columns import parsed
from according.places.lists.faults import Fault
from according.places.lists.listed import Options
from according.places.store import Row

SHARED = Path(__file__).resolve().parents[1] / os.environ.get("SHARED", "../shared")
UCDP = SHARED / "data" / "gazetteer" / "syria-ucdp.csv"
SY = Options("villages", country="SY")


def place(key: str, name: str, lat: float, lon: float, feature: str = "PPL", *names: str, **more: object) -> Row:
    return Row(Entry(key, name, lat, lon, feature, ("SY",), **more), [name, *names])


WORLD = [
    place("iso:SY", "Syria", 35.0, 38.0, "PCLI", radius_km=340.0),
    place("div:SY.11", "Homs", 34.47, 38.06, "ADM1", "Ḩimş", admin1="11", radius_km=163.0),
    place("gn:901", "Tal Varin", 34.90, 37.00, "PPL", "Tell Warin", admin1="11", geonames_id=901, population=4000),
    place("gn:902", "Jindurel", 34.50, 37.50, admin1="11", geonames_id=902),
    place("gn:903", "Ostrel", 35.50, 36.50, admin1="12", geonames_id=903),
]


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("ACCORDING_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(world, "rows", lambda: iter(WORLD))
    monkeypatch.setattr(fetching, "PAUSES", (0.0, 0.0))
    building.gazetteer.cache_clear()
    yield tmp_path / "home"
    building.gazetteer.cache_clear()


class Ran(NamedTuple):
    status: int
    out: str
    err: str


@pytest.fixture
def run(monkeypatch, capsys):
    def run(*arguments: object) -> Ran:
        monkeypatch.setattr(sys, "argv", ["according", "gazetteer", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        return Ran(ended.value.code or 0, *capsys.readouterr())

    return run


@pytest.fixture
def write(tmp_path):
    def write(name: str, text: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    return write


def good(outcomes) -> list[Row]:
    return [outcome for outcome in outcomes if isinstance(outcome, Row)]


def bad(outcomes) -> list[Fault]:
    return [outcome for outcome in outcomes if isinstance(outcome, Fault)]


def read_csv(path: Path, options: Options = SY, **told: str):
    header = table.header(path)
    held = {field: (column,) for field, column in told.items()}
    return list(table.outcomes(path, {**held, **columns.guessed(held, header)}, options))


def held() -> Gazetteer:
    return Gazetteer(building.ready())


def found(name: str) -> list[str]:
    return [match.entry.key for match in held().exact(folding.plain(name))]


# GeoNames


def line(number: int = 1001, name: str = "Karsa", **more: object) -> str:
    cells = {
        "alternates": "Karsah,Qarsa,كرسا,QSW", "lat": "34.7", "lon": "37.2", "class": "P", "code": "PPL", "country": "SY", "cc2": "",
        "admin1": "11", "admin2": "1101", "population": "120",
    } | more  # fmt: skip
    first = [number, name, cells.get("ascii", name), cells["alternates"], cells["lat"], cells["lon"], cells["class"], cells["code"]]
    last = [cells["country"], cells["cc2"], cells["admin1"], cells["admin2"], "", "", cells["population"], "", "600", "Asia/Damascus", ""]
    return "\t".join(map(str, [*first, *last])) + "\n"


DISTRICT = line(1100, "Markaz Homs", **{"class": "A", "code": "ADM2", "population": "0"})


def zipped(**members: str) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name.replace("_", "."), text)
    return raw.getvalue()


def test_a_dump_s_line_is_a_place_with_its_names_and_its_district(write):
    row = good(geonames.outcomes(write("SY.txt", line() + DISTRICT)))[0]
    assert (row.entry.key, row.entry.geonames_id, row.entry.admin1, row.entry.admin2) == ("gn:1001", 1001, "11", "Markaz Homs")
    assert (row.entry.lat, row.entry.lon, row.entry.population, row.entry.country) == (34.7, 37.2, 120, ("SY",))
    assert row.names == ["Karsa", "Karsah", "Qarsa", "كرسا"]  # the airport's code is none


def test_a_dump_is_read_from_its_zip_with_the_file_of_alternate_names(write):
    names = "7\t1001\tku\tQersa\t\t\t\t\t\t\n8\t1001\tlink\thttps://example.org\t\t\t\t\t\t\n9\t1001\tiata\tXKX\t\t\t\t\t\t\nbroken\n"
    dump, others = write("SY.zip", zipped(readme_txt="x", SY_txt=line())), write("names.zip", zipped(SY_txt=names))
    outcomes = list(geonames.outcomes(dump, others))
    assert "Qersa" in good(outcomes)[0].names and not {"https://example.org", "XKX"} & set(good(outcomes)[0].names)
    assert [fault.where for fault in bad(outcomes)] == ["alternate names, line 4"]


def test_kinds_that_are_never_placed_are_left_out_and_are_no_faults(write):
    text = line() + line(1002, **{"class": "S", "code": "HTL1"}) + line(1003, **{"class": "", "code": "PPL"})
    outcomes = list(geonames.outcomes(write("SY.txt", text)))
    assert len(good(outcomes)) == 1 and bad(outcomes) == []


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ("a\tb\n", "2 columns, not 19"),
        (line(lat="north"), "latitude “north”"),
        (line(lat="91"), "up to 90"),
        (line(lon="nan"), "up to 180"),
        (line(lat="0", lon="0"), "0.0, 0.0"),
        (line(population="-3"), "population “-3”"),
        (line(population="9" * 30), "population"),
        (line("x7"), "geonameid “x7”"),
        (line(name="?"), "no name"),
    ],
)
def test_a_bad_line_is_told_with_its_number_and_the_rest_goes_in(write, wrong, why):
    outcomes = list(geonames.outcomes(write("SY.txt", line() + wrong + line(1005, "Belgar"))))
    assert [row.entry.name for row in good(outcomes)] == ["Karsa", "Belgar"]
    assert [fault.where for fault in bad(outcomes)] == ["line 2"] and why in bad(outcomes)[0].why


def test_a_river_may_lie_in_several_countries(write):
    row = good(geonames.outcomes(write("SY.txt", line(cc2="SY,IQ", **{"class": "H", "code": "STM"}))))[0]
    assert row.entry.country == ("SY", "IQ")


def test_a_list_without_a_good_row_is_refused(write):
    with pytest.raises(BadSource, match=r"no place could be read from it \(line 1: latitude"):
        list(faults.some(geonames.outcomes(write("SY.txt", line(lat="x"))), "SY.txt"))


# CSV


def test_columns_that_leave_no_doubt_are_taken_whatever_parts_them(write):
    for mark, delimiter in (("", ","), ("\ufeff", ";"), ("", "\t"), ("\ufeff", "|")):
        text = mark + "Name,LAT,Longitude,adm1\nKarsa,34.7,37.2,Homs Governorate\n".replace(",", delimiter)
        row = good(read_csv(write("v.csv", text)))[0]
        assert (row.entry.name, row.entry.lat, row.entry.lon, row.entry.admin1) == ("Karsa", 34.7, 37.2, "11")
        assert (row.entry.key, row.entry.source, row.entry.country) == ("villages:2", "villages", ("SY",))


def test_a_spreadsheet_s_utf_16_is_read_and_other_encodings_are_refused(write):
    text = "name\tlat\tlon\nكرسا\t34,7\t37,2\n"  # with decimal commas
    row = good(read_csv(write("v.csv", b"\xff\xfe" + text.encode("utf-16-le"))))[0]
    assert (row.entry.name, row.entry.lat) == ("كرسا", 34.7)
    with pytest.raises(BadSource, match="not in UTF-8; save it anew"):
        read_csv(write("w.csv", "name,lat,lon\nKärsa,34.7,37.2\n".encode("latin-1")))


def test_several_names_are_parted_and_may_stand_in_several_columns(write):
    path = write("v.csv", "name,lat,lon,alt,ar\nKarsa,34.7,37.2,Qarsa|Karsah; Garsa,كرسا\n")
    row = good(table.outcomes(path, {"name": ("name",), "lat": ("lat",), "lon": ("lon",), "names": ("alt", "ar")}, SY))[0]
    assert row.names == ["Karsa", "Qarsa", "Karsah", "Garsa", "كرسا"]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (",34.7,37.2,SY", "no name"),
        ("-,34.7,37.2,SY", "no name"),
        ("Karsa,,37.2,SY", "no latitude"),
        ("Karsa,34°42',37.2,SY", "no number of degrees"),
        ("Karsa,136.2,34.7,SY", "swapped"),
        ("Karsa,37.2,234.7,SY", "beyond 180"),
        ("Karsa,0,0.0,SY", "0, which lists put for unknown"),
        ("Karsa,34.7,37.2,Atlantis", "“Atlantis” is no country"),
        ("Karsa,34.7,37.2", "3 columns and the header 4"),
        ("Karsa,-1.3,36.8,KE", ""),
        ("Karsa,36.8,-1.3,KE", "swapped"),  # within range, yet far from Kenya, where the other way round is
    ],
)
def test_a_bad_row_is_told_with_its_line_and_the_rest_goes_in(write, row, why):
    outcomes = read_csv(write("v.csv", f"name,lat,lon,country\nOstrel,35.5,36.5,SYR\n\n{row}\nBelgar,35.5,36.6,syria\n"))
    assert {"Ostrel", "Belgar"} <= {row.entry.name for row in good(outcomes)}
    assert [fault.where for fault in bad(outcomes)] == (["line 4"] if why else [])
    assert all(why in fault.why and fault.lost for fault in bad(outcomes))


def test_a_quotation_mark_that_is_not_closed_is_told(write):
    text = 'name,lat,lon\nOstrel,35.5,36.5\n"Karsa,34.7,37.2\n' + "Belgar,35.5,36.6\n" * 40
    assert "a quotation mark is not closed" in bad(read_csv(write("v.csv", text)))[0].why


def test_what_of_a_row_is_not_known_is_told_and_the_row_goes_in(write):
    outcomes = read_csv(write("v.csv", "name,lat,lon,admin1,feature\nKarsa,34.7,37.2,Nowhere,palace of ice\n"))
    assert [fault.lost for fault in bad(outcomes)] == [False, False]
    assert good(outcomes)[0].entry.admin1 is None and good(outcomes)[0].entry.feature == "PPL"


def test_a_p_code_of_several_rows_is_that_of_what_they_lie_in(write):
    outcomes = read_csv(write("v.csv", "name,lat,lon,pcode\nKarsa,34.7,37.2,SY0401\nBelgar,34.8,37.2,SY0401\nOstrel,34.9,37.2,C7\n"))
    assert [row.entry.pcode for row in good(outcomes)] == [None, None, "C7"]


def test_a_column_that_is_not_there_is_told_with_those_that_are(write):
    path = write("v.csv", "Village,Y,X\nKarsa,34.7,37.2\n")
    with pytest.raises(BadSource, match=r"no column “Name” \(for name\). The columns are: Village, Y, X."):
        sources.prepared(path, "v", "2025", told=parsed(["name=Name"]), country="SY")
    with pytest.raises(BadSource, match=r"hold name; say it with --columns name=COLUMN. The columns are: Village, Y, X."):
        sources.prepared(path, "v", "2025", told={}, country="SY")
    with pytest.raises(BadSource, match="hold the country; say it with"):
        sources.prepared(path, "v", "2025", told=parsed(["name=Village"]))
    assert list(sources.incoming().iterdir()) == []
    source = sources.prepared(path, "v", "2025", told=parsed(["name=Village"]), country="SY")
    assert source.columns == {"name": ("Village",), "lat": ("Y",), "lon": ("X",)}


def test_a_map_of_columns_as_the_user_writes_it():
    assert parsed(["name=Village, old,lat=Y", "names=A,names=B,admin2="]) == {
        "name": ("Village, old",), "lat": ("Y",), "names": ("A", "B"), "admin2": (),
    }  # fmt: skip
    for wrong in ("Village", "nmae=Village", "lat=Y,lat=Z"):
        with pytest.raises(ValueError, match=r"\.$"):
            parsed([wrong])


@pytest.mark.parametrize(
    ("name", "feature", "names"),
    [
        ("Tal Varin village", "PPL", ("Tal Varin village", "Tal Varin")),
        ("Eastern Karsa town", "PPL", ("Eastern Karsa town", "Eastern Karsa")),
        ("Ostrel/Vostrel town", "PPL", ("Ostrel/Vostrel town", "Ostrel/Vostrel", "Ostrel", "Vostrel")),
        ("Karsa town (Belgar)", "PPL", ("Karsa town (Belgar)", "Karsa town", "Karsa")),
        ("Karsa sub-district", "ADM3", ("Karsa sub-district", "Karsa")),
        ("Jabal Karsa district", "ADM2", ("Jabal Karsa district", "Jabal Karsa")),
        ("Northern Homs Governorate", "AREA", ("Northern Homs Governorate",)),
        ("Karsa Military Airbase", "AIRB", ("Karsa Military Airbase",)),
        ("Jabal Karsa mountain", "MT", ("Jabal Karsa mountain", "Jabal Karsa")),
        ("Road between Karsa and Ostrel village", "RD", ("Road between Karsa and Ostrel village",)),
        ("Silos east of Karsa/Ostrel", "AREA", ("Silos east of Karsa/Ostrel",)),
        ("Old City", "PPL", ("Old City",)),
        ("In Karsa", None, ("In Karsa",)),
        ("Village", None, ("Village",)),
    ],
)
def test_the_words_of_a_name_tell_its_kind_and_its_other_names(name, feature, names):
    assert endings.named(name) == endings.Named(feature, names)


def test_part_of_a_governorate_is_not_the_governorate_and_a_country_is_no_town(write):
    text = "name,lat,lon,adm1\nCoastal Homs Governorate,34.7,37.2,Homs\nHoms Governorate,34.7,37.2,\nSyria,35,38,\n"
    rows = good(read_csv(write("v.csv", text)))
    assert [(row.entry.feature, row.entry.admin1) for row in rows] == [("AREA", "11"), ("ADM1", "11"), ("PCLI", None)]
    assert rows[0].names == ["Coastal Homs Governorate"]


def test_a_division_is_known_by_name_and_by_code():
    assert {divisions.code("SY", told) for told in ("Hims", "Ḩimş", "homs governorate", "11", "SY-HI")} == {"11"}
    assert divisions.code("SY", "Nowhere") is None


# GeoJSON


def square(lon: float, lat: float, size: float = 1.0) -> list[list[float]]:
    return [[lon, lat], [lon + size, lat], [lon + size, lat + size], [lon, lat + size], [lon, lat]]


def collection(*features: tuple[dict | None, dict]) -> str:
    return json.dumps(
        {
            "type": "FeatureCollection",
            "features": [{"type": "Feature", "geometry": geometry, "properties": properties} for geometry, properties in features],
        }
    )


def test_an_outline_s_middle_is_weighted_by_area_and_its_radius_is_that_of_a_circle():
    lat, lon, radius = shapes.middle([[square(36, 34)]])
    assert (lat, lon) == (pytest.approx(34.5, abs=0.01), pytest.approx(36.5)) and radius == pytest.approx(57.0, abs=0.5)
    holed = shapes.middle([[square(36, 34, 2), square(37, 34, 1)]])
    assert holed[1] == pytest.approx(36.8333, abs=0.01) and holed[2] == pytest.approx(57.0 * 3**0.5, abs=1.5)
    both = shapes.middle([[square(36, 34)], [square(38, 34, 0.1)]])
    assert 36.5 < both[1] < 36.53
    assert abs(shapes.middle([[square(179, -17)], [square(-180, -17)]])[1]) == pytest.approx(180)
    assert abs(shapes.middle([[[[179, -17], [-179, -17], [-179, -16], [179, -16], [179, -17]]]])[1]) == pytest.approx(180)
    with pytest.raises(ValueError, match="no area"):
        shapes.middle([[[[36, 34], [37, 35], [36, 34]]]])


def test_ocha_s_boundaries_are_understood_unasked(write):
    older = {
        "ADM0_EN": "Syrian Arab Republic (the)", "ADM0_PCODE": "SY", "ADM1_EN": "Homs", "ADM1_PCODE": "SY04", "ADM2_EN": "Karsa",
        "ADM2_AR": "كرسا", "ADM2_REF": "Qarsa", "ADM2_PCODE": "SY0409", "ADM3_EN": None, "validOn": "2020-01-01",
    }  # fmt: skip
    newer = {"adm0_pcode": "SY", "adm1_name": "Homs", "adm2_name": "Karsa", "adm3_name": "Ostrel", "adm3_name1": "أسترل"}
    polygon = {"type": "Polygon", "coordinates": [square(37, 34, 0.3)]}
    path = write("a.geojson", collection((polygon, older), (polygon, newer), ({"type": "Point", "coordinates": [37.1, 34.1]}, newer)))
    district, subdistrict, town = good(geojson.outcomes(path, {}, Options("cod")))
    assert (district.entry.feature, district.entry.name, district.entry.pcode) == ("ADM2", "Karsa", "SY0409")
    assert (district.entry.admin1, district.entry.admin2, district.entry.country) == ("11", "Karsa", ("SY",))
    assert district.names == ["Karsa", "كرسا", "Qarsa"] and district.entry.radius_km == pytest.approx(17, abs=1)
    assert (subdistrict.entry.feature, subdistrict.entry.admin2, subdistrict.names) == ("ADM3", "Karsa", ["Ostrel", "أسترل"])
    assert (town.entry.feature, town.entry.radius_km, town.entry.key) == ("PPL", None, "cod:3")


def test_other_properties_are_mapped_and_strange_geometry_is_told(write):
    path = write(
        "a.json",
        collection(
            ({"type": "Point", "coordinates": [37.1, 34.1]}, {"NAM": "Karsa camp", "POP": 12.0}),
            ({"type": "LineString", "coordinates": [[37.1, 34.1], [37, 35]]}, {"NAM": "Karsa road", "POP": 0}),
            (None, {"NAM": "Nowhere", "POP": None}),
            ({"type": "Point", "coordinates": [4_100_000.0, 512_000.0]}, {"NAM": "Metres", "POP": None}),
        ),
    )
    outcomes = list(geojson.outcomes(path, parsed(["name=NAM,population=POP"]), Options("camps", country="SY")))
    assert [(row.entry.name, row.entry.feature, row.entry.population) for row in good(outcomes)] == [("Karsa camp", "CMP", 12)]
    assert [fault.where for fault in bad(outcomes)] == ["feature 2", "feature 3", "feature 4"]
    with pytest.raises(BadSource, match="The columns are: NAM, POP"):
        list(geojson.outcomes(path, parsed(["name=Name"]), Options("camps", country="SY")))


@pytest.mark.parametrize("text", ['{"type": "Feature"}', '{"type": "FeatureCollection", "features": [', "[1]"])
def test_json_that_is_no_collection_is_refused(write, text):
    with pytest.raises(BadSource):
        geojson.header(write("a.json", text))


# Joining


@pytest.mark.parametrize(
    ("row", "same"),
    [
        (place("v:1", "Tal Varin village", 34.91, 37.01, "PPL", "Tal Varin"), "gn:901"),
        (place("v:1", "Tell Warin", 34.93, 37.01), "gn:901"),  # by another name
        (place("v:1", "Tall Varin", 34.93, 37.01), "gn:901"),  # by sound
        (place("v:1", "Jendurel", 34.503, 37.503), "gn:902"),  # a vowel apart, and very near
        (place("v:1", "Jendurel", 34.53, 37.50), None),  # a vowel apart, and not so near
        (place("v:1", "Tal Varin", 34.98, 37.01), None),  # 9 km away
        (place("v:1", "Tal Varin", 34.90, 37.00, "ADM3"), None),  # its subdistrict
        (place("gn:7", "Tal Varin", 34.90, 37.00, geonames_id=7), None),  # GeoNames tells them apart
        (place("gn:901", "Renamed", 33.0, 36.0, geonames_id=901), "gn:901"),
        (place("v:1", "Homs Governorate", 34.0, 36.9, "ADM1", "Homs", admin1="11"), "div:SY.11"),
        (place("gn:5", "Syrian Arab Republic", 35.0, 38.0, "PCLI", geonames_id=5), "iso:SY"),
    ],
)
def test_the_same_place_from_two_sources_is_one(tmp_path, row, same):
    with closing(store.create(tmp_path / "g.sqlite")) as database:
        store.write(database, WORLD)
        assert store.join(database, [row]) == (1, 0 if same else 1)
        store.finish(database)
    gazetteer = Gazetteer(tmp_path / "g.sqlite")
    assert (gazetteer.by_key(same or row.entry.key) or row.entry).key == (same or row.entry.key)
    if same:
        assert same in [match.entry.key for name in row.names for match in gazetteer.exact(folding.plain(name))]
        assert gazetteer.by_key(same) and (row.entry.key == same or gazetteer.by_key(row.entry.key) is None)


def test_p_codes_join_what_is_of_one_kind_and_keep_apart_what_has_others(tmp_path):
    rows = [
        place("v:1", "Karsa", 34.7, 37.2, pcode="C1"),
        place("v:2", "Garza", 34.2, 37.9, pcode="C1"),
        place("v:3", "Karsa", 34.71, 37.2, pcode="C2"),
        place("v:4", "Karsa", 34.7, 37.2, "ADM3", pcode="C1"),
    ]
    with closing(store.create(tmp_path / "g.sqlite")) as database:
        assert store.join(database, rows) == (4, 3)


# Keeping


def test_an_imported_list_is_kept_told_and_found(run, write, home):
    path = write("Our villages.csv", "name,lat,lon\nTal Varin village,34.9,37.0\nKarsa village,34.7,37.2\nNo Where,0,0\n")
    ran = run("import", path, "--country", "sy", "--credit", "Us, CC0")
    assert ran.status == 1
    assert ran.out.splitlines() == [
        "our-villages: columns taken: name=name, lat=lat, lon=lon.", "our-villages: 2 places read, 1 new, 1 was known.",
    ]  # fmt: skip
    assert ran.err == "according: our-villages: 1 row left out: line 4: latitude and longitude are 0, which lists put for unknown.\n"
    assert found("Karsa") == ["our-villages:3"] and found("Tal Varin village") == ["gn:901"]
    source = sources.kept()[0]
    assert (source.kind, source.country, source.credit) == ("csv", "SY", "Us, CC0")
    assert sorted(path.name for path in (home / "sources").iterdir()) == ["incoming", source.files[0].name, "our-villages.json"]
    listed = run("list").out
    assert "our-villages" in listed and "Us, CC0" in listed and "world" in listed
    building.path().unlink()  # the gazetteer is made anew from what is kept
    assert found("Karsa") == ["our-villages:3"]


def test_what_is_made_anew_is_what_was_joined(run, write):
    run("import", write("a.csv", "name,lat,lon\nKarsa,34.7,37.2\n"), "--country", "SY")
    run("import", write("b.csv", "name,lat,lon,pcode\nKarsah,34.7,37.2,C1\nBelgar,34.1,37.2,C2\n"), "--country", "SY")

    def told() -> list[tuple]:
        from sqlite3 import connect

        with closing(connect(building.ready())) as database:
            return [database.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in ("place", "name", "sound", "source")]

    joined = told()
    building.path().unlink()
    assert told() == joined


def test_a_dump_and_a_geojson_are_known_by_their_beginning(run, write):
    assert run("import", write("places.txt", line()), "--name", "dump").out == "dump: 1 place read, 1 new, 0 were known.\n"
    point = ({"type": "Point", "coordinates": [37.2, 34.1]}, {"name": "Belgar"})
    assert "1 new" in run("import", write("a.zip", zipped(places_geojson=collection(point))), "--name", "points", "--country", "SY").out
    assert found("Karsa") == ["gn:1001"] and found("Belgar") == ["points:1"]


def test_a_list_is_taken_out_again(run, write, home):
    run("import", write("villages.csv", "name,lat,lon\nTal Varin village,34.9,37.0\nKarsa,34.7,37.2\n"), "--country", "SY")
    assert run("remove", "Villages") == (0, "villages: taken out; the gazetteer was made anew without it.\n", "")
    assert found("Karsa") == [] and found("Tal Varin village") == [] and found("Tal Varin") == ["gn:901"]
    assert [path.name for path in (home / "sources").iterdir()] == ["incoming"]
    assert run("remove", "villages").status == 2


def test_a_kept_file_that_was_changed_is_told_and_can_be_taken_out(run, write, home):
    run("import", write("villages.csv", "name,lat,lon\nKarsa,34.7,37.2\n"), "--country", "SY")
    next((home / "sources").glob("villages-*.csv")).write_text("name,lat,lon\nBelgar,34.7,37.2\n")
    building.path().unlink()
    with pytest.raises(BadSource, match="according gazetteer remove villages"):
        building.ready()
    assert not list(home.glob("*.part"))
    assert run("remove", "villages").status == 0 and found("Karsa") == []
    (home / "sources" / "odd.json").write_text("{}")
    with pytest.raises(BadSource, match=r"odd.json is not as it was written; delete it"):
        sources.kept()


@pytest.mark.parametrize("when", ["joining", "renaming"])
def test_an_import_that_is_stopped_leaves_a_whole_gazetteer(run, write, home, monkeypatch, when):
    before = building.ready().read_bytes()

    def stop(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        if when == "joining":
            patch.setattr(store, "_merge", stop)
        else:
            patch.setattr(Path, "replace", lambda self, to: stop() if to == building.path() else os.replace(self, to) or to)
        text = "name,lat,lon\nKarsa,34.7,37.2\nTal Varin,34.9,37.0\n"
        assert run("import", write("villages.csv", text), "--country", "SY").status == 130
    assert building.path().read_bytes() == before and not list(home.glob("*.part"))
    assert list((home / "sources" / "incoming").iterdir()) == []
    # Once it is kept, the list is taken in when the gazetteer is next asked for.
    assert found("Karsa") == ([] if when == "joining" else ["villages:2"])


def test_what_a_killed_process_left_is_taken_away_in_time(home):
    home.mkdir()
    old, young = home / "gazetteer.sqlite.1.part", home / "gazetteer.sqlite.2.part"
    for path in (old, young):
        path.write_text("half")
    os.utime(old, (0, 0))
    building.ready()
    assert not old.exists() and young.exists()


def test_a_folder_that_cannot_be_written_is_told(write, monkeypatch, tmp_path):
    monkeypatch.setenv("ACCORDING_HOME", str(write("file", "x") / "home"))
    with pytest.raises(GazetteerMissing, match="Set ACCORDING_HOME"):
        sources.incoming()


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("--country", "XX"), "no country's ISO 3166-1 code"),
        (("--feature", "QQQ"), "no feature code"),
        (("--columns", "place=Name"), "FIELD=COLUMN"),
        (("--name", "taken"), "a list taken already"),
    ],
)
def test_wrong_use_of_import_is_told(run, write, arguments, why):
    path = write("taken.csv", "name,lat,lon\nKarsa,34.7,37.2\n")
    run("import", path, "--country", "SY")
    ran = run("import", path, *arguments)
    assert ran.status == 2 and why in " ".join(ran.err.split())


@pytest.mark.parametrize("name", ["world", "GN", "???"])
def test_a_name_that_cannot_be_is_refused(name):
    with pytest.raises(BadSource, match="--name"):
        sources.name_of(name)


ODD = [b"", b"\n\n", b"just words\n", b"PK\x05\x06" + bytes(18), b"{", b"\xff\xfe\x00", zipped(a_csv="x", b_csv="y"), zipped(a_shp="x")]


@pytest.mark.parametrize("raw", ODD)
def test_a_file_that_is_no_list_is_refused_with_one_sentence(run, write, raw):
    ran = run("import", write("odd.csv", raw), "--country", "SY")
    assert ran.status == 1 and ran.err.startswith("according: odd") and ran.err.count("\n") == 1 and "Traceback" not in ran.err
    assert list(sources.incoming().iterdir()) == [] and sources.kept() == []


# Fetching


class Mirror:
    """A server of files that cuts the answers it is told to cut, at so many bytes."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files, self.cuts, self.asked, self.etag, self.status = files, [], [], '"1"', 200
        mirror = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                mirror.asked.append((self.path, self.headers.get("Range")))
                raw = mirror.files.get(self.path)
                if raw is None or mirror.status != 200:
                    self.send_response(404 if raw is None else mirror.status)
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                    return
                start = 0
                if self.headers.get("Range") and self.headers.get("If-Range") == mirror.etag:
                    start = int(self.headers["Range"].removeprefix("bytes=").rstrip("-"))
                self.send_response(416 if start >= len(raw) else 206 if start else 200)
                if start >= len(raw):
                    raw = b""
                    self.send_header("Content-Range", f"bytes */{start}")
                elif start:
                    self.send_header("Content-Range", f"bytes {start}-{len(raw) - 1}/{len(raw)}")
                self.send_header("ETag", mirror.etag)
                self.send_header("Content-Length", str(len(raw[start:])))
                self.end_headers()
                cut = mirror.cuts.pop(0) if mirror.cuts else None
                self.wfile.write(raw[start:][:cut])
                if cut is not None:
                    self.close_connection = True

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"


@pytest.fixture
def mirror(monkeypatch):
    dump = line() + "".join(line(2000 + n, f"Karsa {n}", lat=f"{33 + n / 1000:.3f}") for n in range(900))
    names = "7\t1001\tku\tQersa\t\t\t\t\t\t\n"
    mirror = Mirror({"/SY.zip": zipped(readme_txt="x", SY_txt=dump), "/alternatenames/SY.zip": zipped(SY_txt=names)})
    thread = threading.Thread(target=mirror.server.serve_forever, daemon=True)
    thread.start()
    monkeypatch.setenv("ACCORDING_GEONAMES_URL", mirror.url + "/")
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    yield mirror
    mirror.server.shutdown()
    mirror.server.server_close()


def test_a_country_is_fetched_added_and_credited(run, mirror, home):
    assert run("add", "sy") == (0, "SY: 901 places read, 901 new, 0 were known.\n", "")
    assert found("Qersa") == ["gn:1001"]
    source = sources.kept()[0]
    assert (source.name, source.licence, [file.url for file in source.files]) == (
        "SY", "CC BY 4.0", [f"{mirror.url}/SY.zip", f"{mirror.url}/alternatenames/SY.zip"],
    )  # fmt: skip
    assert list((home / "sources" / "incoming").iterdir()) == []
    assert "CC BY 4.0" in run("list").out


def test_a_country_that_is_there_is_replaced_by_what_is_fetched_anew(run, mirror, home):
    run("add", "SY")
    mirror.files["/SY.zip"] = zipped(SY_txt=line(1009, "Belgar"))
    assert run("add", "SY").out == "SY: 1 place read, 1 new, 0 were known.\n"
    assert found("Karsa") == [] and found("Belgar") == ["gn:1009"]
    assert len(list((home / "sources").glob("SY-*.zip"))) == 2


def test_a_connection_cut_in_the_middle_is_gone_on_from(run, mirror):
    mirror.cuts = [1000, 700]
    assert run("add", "SY").status == 0
    assert mirror.asked[:3] == [("/SY.zip", None), ("/SY.zip", "bytes=1000-"), ("/SY.zip", "bytes=1700-")]
    assert found("Qersa") == ["gn:1001"]


def test_what_came_is_kept_for_the_next_call(run, mirror, home):
    mirror.cuts = [1000, 0, 0]
    ran = run("add", "SY")
    assert ran.status == 1 and "try again; the 1,000 bytes that came are kept and will be gone on from." in ran.err
    assert sources.kept() == [] and (home / "sources" / "incoming" / "SY-places.zip.part").stat().st_size == 1000
    mirror.asked.clear()
    assert run("add", "SY").status == 0 and mirror.asked[0] == ("/SY.zip", "bytes=1000-")


def test_what_is_whole_is_not_fetched_twice(run, mirror):
    mirror.cuts = [None, 0, 0, 0]
    assert run("add", "SY").status == 1
    mirror.asked.clear()
    size = len(mirror.files["/SY.zip"])
    assert run("add", "SY").status == 0 and mirror.asked[0] == ("/SY.zip", f"bytes={size}-") and len(mirror.asked) == 2


def test_another_version_starts_anew(run, mirror):
    mirror.cuts = [1000, 0, 0]
    run("add", "SY")
    mirror.etag, mirror.files["/SY.zip"] = '"2"', zipped(SY_txt=line(1009, "Belgar"))
    assert run("add", "SY").status == 0 and found("Belgar") == ["gn:1009"]


def test_a_damaged_zip_is_thrown_away(run, mirror, home):
    mirror.files["/SY.zip"] = mirror.files["/SY.zip"][:-40] + bytes(40)
    ran = run("add", "SY")
    assert ran.status == 1 and "came damaged" in ran.err and list((home / "sources" / "incoming").iterdir()) == []


@pytest.mark.parametrize(("status", "why"), [(403, "refused (HTTP 403)"), (503, "did not come (HTTP 503); check the connection and try")])
def test_a_refusal_is_told(run, mirror, status, why):
    mirror.status = status
    ran = run("add", "SY")
    assert ran.status == 1 and why in ran.err and len(mirror.asked) == (1 if status == 403 else 3)


def test_one_country_s_misfortune_does_not_stop_the_next(run, mirror):
    ran = run("add", "IQ", "SY")
    assert ran.status == 1 and "according: IQ: " in ran.err and "is not there" in ran.err and ran.out.startswith("SY: ")


def test_codes_are_checked_before_anything_is_fetched(run, mirror):
    assert run("add", "SY", "SYR").status == 2 and mirror.asked == []


@pytest.mark.parametrize("address", ["mirror.example", "http://mirror:example", "ftp://mirror.example"])
def test_an_address_that_is_none_is_told(monkeypatch, address):
    monkeypatch.setenv("ACCORDING_GEONAMES_URL", address)
    with pytest.raises(FetchFailed, match="ACCORDING_GEONAMES_URL"):
        fetching.country("SY", "2025", lambda *_: None)


# The world as it is, and a list of the field


@pytest.mark.skipif(not UCDP.exists(), reason="the sample of places (../shared/data/gazetteer) is not here (SHARED)")
def test_a_list_of_the_field_goes_in_whole():
    with UCDP.open(encoding="utf-8-sig", newline="") as text:
        listed = sum(1 for _ in csv.reader(text)) - 1
    outcomes = read_csv(UCDP, Options("ucdp", country="SY"))
    assert len(good(outcomes)) == listed and bad(outcomes) == []
    kinds = [row.entry.feature for row in good(outcomes)]
    assert kinds.count("PPL") > 1600 and kinds.count("ADM1") == 13 and kinds.count("PCLI") == 1
