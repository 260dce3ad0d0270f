"""GeoNames' dump of a country: one place a line, 19 columns parted by tabs; and its file of alternate names."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from according.places import features, folding
from according.places.entries import Entry
from according.places.lists import packed
from according.places.lists.faults import Fault, Outcome
from according.places.store import Row

#: geonameid, name, asciiname, alternatenames, latitude, longitude, feature class, feature code, country code, cc2, admin1, admin2, admin3,
#: admin4 codes, population, elevation, dem, timezone, modification date.
WIDE = 19
_CLASSES = frozenset("APHLSTUVR")
#: Of these classes a place may lie in several countries: rivers, lakes, mountains, regions.
_WIDE_CLASSES = frozenset("HLTUV")
#: alternateNameId, geonameid, isolanguage, name, is preferred, short, colloquial, historic, and since 2018 from, to.
_NAMES_WIDE = (8, 10)
#: What stands in the column of languages without being one.
_NO_NAMES = frozenset(["link", "post", "iata", "icao", "faac", "wkdt", "unlc", "abbr"])


def is_dump(start: str) -> bool:
    """Whether a text that starts so is a dump."""
    first = start.lstrip("\r\n").split("\n", 1)[0].split("\t")
    return len(first) == WIDE and first[0].strip().isdigit()


def outcomes(path: Path, names: Path | None = None) -> Iterator[Outcome]:
    """The places of a dump whose kind is of a class (``features.known``), with the names of the file ``names``, and its bad lines."""
    faults: list[Fault] = []
    others = _alternates(names, faults) if names else {}
    districts = _districts(path)
    yield from faults
    for number, cells in _lines(path):
        if len(cells) != WIDE:
            yield Fault(f"line {number}", f"it has {len(cells)} columns, not {WIDE}")
        elif cells[6] in _CLASSES and features.known(cells[7]):
            try:
                yield _row(cells, others, districts)
            except ValueError as error:
                yield Fault(f"line {number}", str(error))


def _lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    with packed.opened(path) as text:
        for number, line in enumerate(text, 1):
            if line.strip():
                yield number, line.rstrip("\r\n").split("\t")


def _districts(path: Path) -> dict[tuple[str, str], str]:
    """The names of the second-level divisions by the codes of the first and the second."""
    return {(cells[10], cells[11]): cells[1] for _, cells in _lines(path) if len(cells) == WIDE and cells[7] == "ADM2"}


def _alternates(path: Path, faults: list[Fault]) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for number, cells in _lines(path):
        if len(cells) not in _NAMES_WIDE:
            faults.append(Fault(f"alternate names, line {number}", f"it has {len(cells)} columns, not {_NAMES_WIDE[-1]}"))
        elif cells[2] not in _NO_NAMES:
            found[cells[1]].append(cells[3])
    return found


def _row(cells: Sequence[str], others: Mapping[str, Sequence[str]], districts: Mapping[tuple[str, str], str]) -> Row:
    """A line's place. Raises ``ValueError`` with what is wrong with it."""
    name, country = cells[1].strip(), cells[8].strip()
    if not folding.plain(name):
        raise ValueError("no name")
    more = cells[9].split(",") if cells[6] in _WIDE_CLASSES else []
    listed = [name, *(other for cell in cells[3].split(",") if (other := cell.strip()) and not _is_code(other))]
    entry = Entry(
        key=f"gn:{_whole(cells[0], 'geonameid', least=1)}",
        name=name,
        lat=_degrees(cells[4], "latitude", 90),
        lon=_degrees(cells[5], "longitude", 180),
        feature=cells[7],
        country=tuple(dict.fromkeys(code.strip() for code in (country, *more) if code.strip())),
        admin1=cells[10] if cells[10] not in ("", "00") else None,
        admin2=districts.get((cells[10], cells[11])) if cells[11] else None,
        geonames_id=int(cells[0]),
        population=_whole(cells[14] or "0", "population"),
        seat=2 if cells[7] == "PPLC" else 0,
        fame=len(listed),
        source="geonames",
    )
    return Row(entry, list(dict.fromkeys([*listed, cells[2].strip(), *others.get(cells[0], ())])))


def _is_code(name: str) -> bool:
    """Airport codes ("QSW") stand among the alternate names."""
    return len(name) == 3 and name.isascii() and name.isupper()


def _whole(text: str, what: str, least: int = 0) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 12 and int(text) >= least):
        raise ValueError(f"{what} “{text}” is no number that can be")
    return int(text)


def _degrees(text: str, what: str, limit: int) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not abs(value) <= limit:
        raise ValueError(f"{what} “{text}” is no number of degrees up to {limit}")
    return value
