"""The gazetteer's file: its tables, and writing to them. One SQLite file, made anew from its sources whenever they change."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter
from pathlib import Path
from typing import Any

from according.places import folding
from according.places.entries import Entry, distance_km
from according.places.features import class_of

#: Raised whenever the tables change, or how names are folded; a file of another number is made anew.
SCHEMA = 2

_TABLES = """
CREATE TABLE about (field TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE source (name TEXT PRIMARY KEY, kind TEXT NOT NULL, credit TEXT NOT NULL, sha256 TEXT NOT NULL, added TEXT NOT NULL,
                     read INTEGER NOT NULL, new INTEGER NOT NULL);
CREATE TABLE place (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, name TEXT NOT NULL, lat REAL NOT NULL, lon REAL NOT NULL, feature TEXT NOT NULL,
    country TEXT NOT NULL, admin1 TEXT, admin2 TEXT, geonames_id INTEGER, pcode TEXT, population INTEGER NOT NULL, radius_km REAL,
    seat INTEGER NOT NULL, fame INTEGER NOT NULL, source TEXT NOT NULL
);
CREATE TABLE name (plain TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (plain, place)) WITHOUT ROWID;
CREATE TABLE sound (country TEXT NOT NULL, skeleton TEXT NOT NULL, sound TEXT NOT NULL, place INTEGER NOT NULL,
                    PRIMARY KEY (country, skeleton, sound, place)) WITHOUT ROWID;
"""
_INDEXES = """
CREATE INDEX IF NOT EXISTS place_geonames ON place (geonames_id);
CREATE INDEX IF NOT EXISTS place_pcode ON place (pcode) WHERE pcode IS NOT NULL;
CREATE INDEX IF NOT EXISTS place_country ON place (country);
CREATE INDEX IF NOT EXISTS sound_sound ON sound (sound);
"""
COLUMNS = tuple(f.name for f in fields(Entry))
_COUNTRY = COLUMNS.index("country")
_FIELDS = attrgetter(*COLUMNS)
_SEVERAL = "|"
#: Two settlements of one name nearer than this are one place told by two sources; other classes are as wide as their radius.
_SAME_KM = 5.0
#: Two whose names have the same consonants and vowels of which few differ ("Jenderis", "Jindayris"), nearer than this, are one as well.
_ALIKE_KM = 1.0
_LIKE = 0.8
_SPELT, _SOUNDING, _ALIKE = range(3)
_SETTLED = {"settlement", "quarter"}
_DEGREE_KM = 111.0  # of latitude


@dataclass(frozen=True, slots=True)
class Row:
    """A place and all its names, as a source gives them."""

    entry: Entry
    names: Sequence[str]


def create(path: Path) -> sqlite3.Connection:
    """A new, empty gazetteer file. It is not safe against a fall of the machine until it is done: it is renamed into place then."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    database = sqlite3.connect(path)
    database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 8192;" + _TABLES)
    database.execute(f"PRAGMA user_version = {SCHEMA}")
    return database


def reopened(path: Path) -> sqlite3.Connection:
    """A gazetteer file to join further sources to: a copy, for a fall in the middle would leave it in pieces."""
    database = sqlite3.connect(path)
    database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;")
    return database


def finish(database: sqlite3.Connection) -> None:
    database.executescript(_INDEXES + "ANALYZE;")
    database.commit()


def values(entry: Entry) -> tuple[object, ...]:
    """An entry's columns, in the order of ``COLUMNS``."""
    told = _FIELDS(entry)
    return (*told[:_COUNTRY], _SEVERAL.join(entry.country), *told[_COUNTRY + 1 :])


def entry_of(row: Sequence[object]) -> Entry:
    """The entry that a row of ``COLUMNS`` holds."""
    told = dict(zip(COLUMNS, row, strict=True))
    told["country"] = tuple(str(told["country"]).split(_SEVERAL)) if told["country"] else ()
    return Entry(**told)  # type: ignore[arg-type]


def write(database: sqlite3.Connection, rows: Iterable[Row]) -> int:
    """Write places that are known to stand in no other source. The number written."""
    first = database.execute("SELECT coalesce(max(id), 0) FROM place").fetchone()[0]
    number = first
    names: list[tuple[str, int]] = []
    sounds: list[tuple[str, str, str, int]] = []
    places: list[tuple[object, ...]] = []
    for row in rows:
        number += 1
        places.append((number, *values(row.entry)))
        keys = {folding.plain(name) for name in row.names}
        keys.discard("")
        names += [(key, number) for key in keys]
        sounds += _sounds(row.entry, keys, number)
        if len(places) == 20_000:
            _flush(database, places, names, sounds)
    _flush(database, places, names, sounds)
    return int(number - first)


def _sounds(entry: Entry, keys: Iterable[str], number: int) -> Iterator[tuple[str, str, str, int]]:
    compared = [country for country in entry.country if country not in _SPELT_ONE_WAY]
    if compared:
        for sound in {sound for key in keys if len(sound := folding.sounded(key)) > 2}:
            for country in compared:
                yield country, folding.skeleton(sound), sound, number


#: Countries whose languages have long been written in Latin letters with one spelling of a name: no romanisations to compare.
_SPELT_ONE_WAY = frozenset(
    "US CA GB IE AU NZ FR DE AT CH LU BE NL IT ES PT SE NO DK FI IS PL CZ SK HU SI HR EE LV LT MT AD LI MC SM GR "
    "MX BR AR CL PE BO PY UY EC CR PA CU DO JM PR RO JP TW KR CN".split()
)


def _flush(
    database: sqlite3.Connection, places: list[tuple[object, ...]], names: list[tuple[str, int]], sounds: list[tuple[str, str, str, int]]
) -> None:
    marks = ", ".join("?" * (len(COLUMNS) + 1))
    database.executemany(f"INSERT INTO place (id, {', '.join(COLUMNS)}) VALUES ({marks})", places)
    database.executemany("INSERT OR IGNORE INTO name VALUES (?, ?)", names)
    database.executemany("INSERT OR IGNORE INTO sound VALUES (?, ?, ?, ?)", sounds)
    places.clear()
    names.clear()
    sounds.clear()


def join(database: sqlite3.Connection, rows: Iterable[Row]) -> tuple[int, int]:
    """Write places of a further source; one that stands there already gains the names and codes it lacked. (read, new)."""
    database.executescript(_INDEXES)
    read = new = 0
    for row in rows:
        read += 1
        same = _same(database, row)
        if same is None:
            new += write(database, [row])
        else:
            _merge(database, same, row)
    database.commit()
    return read, new


def _same(database: sqlite3.Connection, row: Row) -> int | None:
    """The place that a row tells of, if it stands there: by GeoNames id, by code, else by name, class and nearness.

    The same spelling goes before the same sound, that before a like sound, then the nearer before the farther.
    """
    entry = row.entry
    kind = class_of(entry.feature)
    found = _by_code(database, entry)
    if found is not None:
        return found
    reach = max(_SAME_KM, kind.radius_km, entry.radius_km or 0) if kind.name not in _SETTLED else _SAME_KM
    best: tuple[int, float, int] | None = None
    for rank, number, lat, lon, feature, country, admin1, geonames_id, pcode in _of_name(database, row, reach):
        theirs = class_of(feature)
        if theirs.name != kind.name and not {theirs.name, kind.name} <= _SETTLED:
            continue
        if (entry.geonames_id and geonames_id) or (entry.pcode and pcode) or not set(entry.country) & set(country.split(_SEVERAL)):
            continue
        if kind.name == "division" and entry.admin1 and admin1 and entry.admin1 != admin1:
            continue
        far = distance_km(entry.lat, entry.lon, lat, lon)
        if far <= (_ALIKE_KM if rank == _ALIKE else reach) and (best is None or (rank, far, number) < best):
            best = (rank, far, number)
    return best[2] if best else None


def _by_code(database: sqlite3.Connection, entry: Entry) -> int | None:
    """The place with a row's GeoNames id, its country or division code, or its p-code."""
    asked: list[tuple[str, object]] = []
    if entry.geonames_id is not None:
        asked.append(("geonames_id", entry.geonames_id))
    if entry.feature.startswith("PCL") and entry.feature != "PCLH" and entry.country:
        asked.append(("key", f"iso:{entry.country[0]}"))
    if entry.feature == "ADM1" and entry.admin1 and entry.country:
        asked.append(("key", f"div:{entry.country[0]}.{entry.admin1}"))
    if entry.pcode is not None:
        asked.append(("pcode", entry.pcode))
    for column, value in asked:
        for number, feature in database.execute(f"SELECT id, feature FROM place WHERE {column} = ?", (value,)):
            if column != "pcode" or class_of(feature) is class_of(entry.feature):
                return int(number)
    return None


def _of_name(database: sqlite3.Connection, row: Row, reach: float) -> Iterator[tuple[Any, ...]]:
    """The places within ``reach`` km of latitude that have a name of a row's, each after its rank: spelt, sounding or alike."""
    columns = "p.id, p.lat, p.lon, p.feature, p.country, p.admin1, p.geonames_id, p.pcode"
    band = (row.entry.lat - reach / _DEGREE_KM, row.entry.lat + reach / _DEGREE_KM)
    keys = sorted({folding.plain(name) for name in row.names} - {""})
    sql = f"SELECT {_SPELT}, {columns} FROM name n JOIN place p ON p.id = n.place WHERE n.plain = ? AND p.lat BETWEEN ? AND ?"
    for key in keys:
        yield from database.execute(sql, (key, *band))
    sql = (
        f"SELECT s.sound, {columns} FROM sound s JOIN place p ON p.id = s.place "
        "WHERE s.country = ? AND s.skeleton = ? AND p.lat BETWEEN ? AND ?"
    )
    for country, skeleton, sound, _ in sorted(_sounds(row.entry, keys, 0)):
        for theirs, *rest in database.execute(sql, (country, skeleton, *band)):
            if theirs == sound:
                yield (_SOUNDING, *rest)
            elif folding.likeness(sound, theirs) >= _LIKE:
                yield (_ALIKE, *rest)


def _merge(database: sqlite3.Connection, number: int, row: Row) -> None:
    """What stands there stays; what it lacked is filled in. GeoNames says more closely what a place without a kind of its own is."""
    entry = row.entry
    finer = entry.feature if entry.geonames_id is not None else "PPL"
    database.execute(
        "UPDATE place SET admin1 = coalesce(admin1, ?), admin2 = coalesce(admin2, ?), geonames_id = coalesce(geonames_id, ?), "
        "pcode = coalesce(pcode, ?), radius_km = coalesce(radius_km, ?), population = max(population, ?), "
        "fame = max(fame, ?), feature = CASE WHEN feature = 'PPL' THEN ? ELSE feature END WHERE id = ?",
        (entry.admin1, entry.admin2, entry.geonames_id, entry.pcode, entry.radius_km, entry.population, entry.fame, finer, number),
    )
    keys = {folding.plain(name) for name in row.names} - {""}
    database.executemany("INSERT OR IGNORE INTO name VALUES (?, ?)", [(key, number) for key in keys])
    database.executemany("INSERT OR IGNORE INTO sound VALUES (?, ?, ?, ?)", list(_sounds(entry, keys, number)))
