"""Which column of a list holds what: as the user says it, or as headers that leave no doubt say it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from according.errors import BadSource

#: What a column may hold, each with the headers that are taken for it unasked, in any case.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "name": ("name",),
    "lat": ("latitude", "lat", "y"),
    "lon": ("longitude", "lon", "lng", "long", "x"),
    "country": ("country", "country_code", "iso2"),
    "admin1": ("admin1", "adm1"),
    "admin2": ("admin2", "adm2"),
    "feature": ("feature", "feature_code"),
    "population": ("population",),
    "pcode": ("pcode",),
    "names": ("names", "alternatenames"),
}
_NEXT = re.compile(rf",\s*(?=(?:{'|'.join(FIELDS)})\s*=)")

#: Columns by what they hold; several only for ``names``, none for a field that the list shall not give.
Columns = Mapping[str, tuple[str, ...]]


def parsed(maps: Sequence[str]) -> Columns:
    """“name=Name,lat=Y” as columns; “admin2=” takes no column for admin2. Raises ``ValueError`` with a sentence for the user."""
    found: dict[str, tuple[str, ...]] = {}
    for part in (part for one in maps for part in _NEXT.split(one.strip())):
        field, sign, column = (piece.strip() for piece in part.partition("="))
        if not sign or field not in FIELDS:
            raise ValueError(f"“{part}” is not of the form FIELD=COLUMN, where FIELD is one of {', '.join(FIELDS)}.")
        if field in found and field != "names":
            raise ValueError(f"{field} is given two columns; only names may have several.")
        found[field] = (*found.get(field, ()), *([column] if column else []))
    return found


def checked(told: Columns, header: Sequence[str], file: str) -> Columns:
    """The columns that the user told, each found in the header. Raises ``BadSource`` with the columns there are."""
    counts = Counter(header)
    for field, columns in told.items():
        for column in columns:
            if counts[column] != 1:
                why = f"no column “{column}”" if not counts[column] else f"more than one column “{column}”"
                raise BadSource(f"{file}: there is {why} (for {field}). {_there(header)}")
    return told


def guessed(told: Columns, header: Sequence[str]) -> Columns:
    """The columns of the fields that the user did not name, where a header says plainly that it holds one."""
    lower = [column.strip().casefold() for column in header]
    taken = {column for columns in told.values() for column in columns}
    found: dict[str, tuple[str, ...]] = {}
    for field, headers in FIELDS.items():
        fitting = [header[i] for i, name in enumerate(lower) if name in headers and header[i] not in taken]
        if field not in told and len(fitting) == 1:
            found[field] = (fitting[0],)
    return found


def complete(columns: Columns, header: Sequence[str], file: str) -> Columns:
    """The columns, if name, latitude and longitude are among them. Raises ``BadSource`` with the columns there are."""
    missing = [field for field in ("name", "lat", "lon") if not columns.get(field)]
    if missing:
        asked = ",".join(f"{field}=COLUMN" for field in missing)
        raise BadSource(f"{file}: no column is known to hold {' and '.join(missing)}; say it with --columns {asked}. {_there(header)}")
    return columns


def _there(header: Sequence[str]) -> str:
    return f"The columns are: {', '.join(header)}."
