"""What is wrong with the table of actors: ``python -m according.actors.faults [FILE]...`` prints it."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from according.actors.table import Inter, Role, rows
from according.places.tables import codes

Row = Mapping[str, Any]

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_REQUIRED = {"id": str, "name": str, "role": str, "kind": str, "countries": list, "support": str}
_OPTIONAL = {
    "from": int,
    "to": int,
    "aliases": list,
    "native": list,
    "persons": list,
    "parent": str,
    "allies": list,
    "backers": list,
    "labels": list,
}
_TIE = {"id": str, "from": int, "to": int}
_LABEL = {"words": list, "by": list, "from": int, "to": int}
_YEARS = range(1000, 2100)
_LATIN = re.compile(r"[A-Za-z]")
_LOADED = re.compile(
    r"\b(?:terrorists?|regime|mercenar(?:y|ies)|occupiers?|occupation|fascists?|nazis?|infidels?|apostates?|puppets?|thugs)\b",
    re.IGNORECASE,
)


def faults(told: Iterable[tuple[str, Row]], known: Iterable[str] = ()) -> Iterator[str]:
    """A sentence for each fault of these rows. ``known`` are further ids that they may point to."""
    told = list(told)
    ids = {str(row.get("id")) for _, row in told} | set(known)
    seen: set[str] = set()
    for file, row in told:
        where = f"{file}: {row.get('id') or row.get('name') or row}"
        yield from (f"{where}: {fault}" for fault in _of_row(row))
        if row.get("id") in seen:
            yield f"{where}: the id stands twice"
        seen.add(str(row.get("id")))
        yield from (f"{where}: {fault}" for fault in _of_references(row, ids))


def _of_row(row: Row) -> Iterator[str]:
    wrong = list(_shape(row, _REQUIRED | _OPTIONAL, _REQUIRED))
    yield from wrong
    if wrong:
        return
    if not _ID.fullmatch(row["id"]):
        yield "an id is lower-case ASCII with hyphens"
    if row["role"] not in set(Role):
        yield f"no role is called {row['role']!r}"
    if row["kind"] not in set(Inter):
        yield f"no kind is called {row['kind']!r}"
    yield from (f"no country has the code {code!r}" for code in row["countries"] if code not in codes())
    yield from _of_years(row)
    names = [row["name"], *row.get("aliases", ()), *row.get("native", ()), *row.get("persons", ()), row["support"]]
    yield from (f"{name!r} is no name" for name in names if not isinstance(name, str) or not name or name != name.strip())
    yield from (f"the alias {name!r} stands twice" for name in sorted({n for n in names if names.count(n) > 1}, key=str))
    yield from (f"{name!r} is a loaded label, not an alias" for name in row.get("aliases", ()) if _LOADED.search(str(name)))
    yield from (f"{name!r} is in Latin letters, so it is an alias" for name in row.get("native", ()) if _LATIN.search(str(name)))
    for tie in [*row.get("allies", ()), *row.get("backers", ())]:
        yield from _shape(tie, _TIE, ("id",))
        yield from _of_years(tie)
    for label in row.get("labels", ()):
        yield from _shape(label, _LABEL, ("words", "by"))
        yield from _of_years(label)


def _shape(row: Row, kinds: Mapping[str, type], required: Iterable[str]) -> Iterator[str]:
    if not isinstance(row, Mapping):
        yield f"{row!r} is no table"
        return
    yield from (f"{key} is missing" for key in required if key not in row)
    for key, value in row.items():
        if key not in kinds:
            yield f"no column is called {key!r}"
        elif not isinstance(value, kinds[key]) or isinstance(value, bool):
            yield f"{key} is {value!r}"


def _of_years(row: Row) -> Iterator[str]:
    told = [row[key] for key in ("from", "to") if isinstance(row.get(key), int)]
    yield from (f"{year} is no year" for year in told if year not in _YEARS)
    if len(told) == 2 and told[0] > told[1]:
        yield f"it ends ({told[1]}) before it begins ({told[0]})"


def _of_references(row: Row, ids: set[str]) -> Iterator[str]:
    ties = [tie.get("id") for key in ("allies", "backers") for tie in row.get(key, ()) if isinstance(tie, Mapping)]
    users = [user for label in row.get("labels", ()) if isinstance(label, Mapping) for user in label.get("by", ())]
    for other in dict.fromkeys([*([row["parent"]] if row.get("parent") else []), *ties, *users]):
        if other == row.get("id"):
            yield "it points to itself"
        elif other not in ids:
            yield f"open reference: {other}"


def main(files: list[str]) -> int:
    """Print the faults of these files, of all of the package without any; how many there are."""
    try:
        told = [
            (Path(file).name, row) for file in files for row in tomllib.loads(Path(file).read_text(encoding="utf-8"))["actor"]
        ] or rows()
    except (OSError, tomllib.TOMLDecodeError, KeyError) as error:
        print(f"cannot be read: {error}")
        return 1
    found = list(faults(told))
    print("\n".join([*found, f"{len(told)} rows, {len(found)} faults"]))
    return len(found)


if __name__ == "__main__":
    sys.exit(min(1, main(sys.argv[1:])))
