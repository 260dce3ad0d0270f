"""Lists of places that the user added: kept beside the gazetteer, so that it can be made anew from them.

Each has a file NAME.json, which says what it is, and the files it names: the list as it came. A list is there from the moment when its
NAME.json is, and no longer than that.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import re
import shutil
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from according import settings
from according.errors import BadSource, GazetteerMissing
from according.places.lists import columns, faults, geojson, geonames, packed, table
from according.places.lists.columns import Columns
from according.places.lists.faults import Outcome
from according.places.lists.listed import Options
from according.places.store import Row

#: Keys of the gazetteer begin with these, or are of the world that comes with it.
_TAKEN = frozenset(["world", "gn", "iso", "div", "dis", "reg", "geonames", "countries", "divisions", "regions"])
KINDS = ("geonames", "csv", "geojson")


@dataclass(frozen=True, slots=True)
class File:
    """A kept file: its name in the folder, the SHA-256 of its bytes, and where it came from."""

    name: str
    sha256: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """One added list."""

    name: str
    kind: str  # one of KINDS
    credit: str
    licence: str
    added: str  # ISO 8601, UTC
    files: tuple[File, ...]  # the list, and for GeoNames its file of alternate names
    columns: Columns = dataclasses.field(default_factory=dict)
    country: str | None = None
    feature: str | None = None

    @property
    def sha256(self) -> str:
        return self.files[0].sha256

    def rows(self) -> Iterator[Row]:
        """The list's places. Raises ``BadSource`` where a kept file is gone or is no longer what was added."""
        return faults.places(self.outcomes())

    def outcomes(self, where: Path | None = None) -> Iterator[Outcome]:
        """The list's places and what is wrong with its other rows. ``where``: the folder of its files, if it is not the usual one."""
        paths = [(where or folder()) / file.name for file in self.files]
        for path, file in zip(paths, self.files, strict=True):
            if not path.is_file() or sha256(path) != file.sha256:
                raise BadSource(
                    f"{path} is gone or no longer the file that was added; take the list out with `according gazetteer remove "
                    f"{self.name}` and add it again."
                )
        return faults.some(self._read(paths), self.name)

    def _read(self, paths: list[Path]) -> Iterator[Outcome]:
        if self.kind == "geonames":
            return geonames.outcomes(*paths)
        options = Options(self.name, self.country, self.feature)
        read = table.outcomes if self.kind == "csv" else geojson.outcomes
        return read(paths[0], self.columns, options)


def folder() -> Path:
    return settings.home() / "sources"


def incoming() -> Path:
    """Where a list is put while it is not yet added: what a download brought stays here to be resumed.

    Raises ``GazetteerMissing`` where it cannot be made.
    """
    path = folder() / "incoming"
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise GazetteerMissing(
            f"Lists of places cannot be kept in {path}: {error.strerror or error}. Set ACCORDING_HOME to a folder that can be written."
        ) from error
    return path


def kept() -> list[Source]:
    """The added lists, in the order in which they were added. Raises ``BadSource`` where a NAME.json is not as it was written."""
    found = [_read(path) for path in folder().glob("*.json")]
    return sorted(found, key=lambda source: (source.added, source.name))


def named(name: str) -> Source | None:
    """The added list of a name, in capitals or not."""
    return next((source for source in kept() if source.name.casefold() == name.casefold()), None)


def keep(source: Source, where: Path) -> None:
    """Take a list's files over from the folder ``where``; the one of the same name that was there is replaced."""
    before = named(source.name)
    for file in source.files:
        os.replace(where / file.name, folder() / file.name)
    aside = folder() / f".{source.name}.{os.getpid()}.part"
    aside.write_text(json.dumps(dataclasses.asdict(source), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    aside.replace(_about(source.name))
    if before is not None:
        _drop(before, kept_files=source.files)


def discard(source: Source) -> None:
    """Take away what came of a list that is not added after all."""
    for file in source.files:
        (incoming() / file.name).unlink(missing_ok=True)


def remove(source: Source) -> None:
    """Forget a list and take its files away."""
    _about(source.name).unlink(missing_ok=True)
    _drop(source)


def _drop(source: Source, kept_files: tuple[File, ...] = ()) -> None:
    for file in {file.name for file in source.files} - {file.name for file in kept_files}:
        (folder() / file).unlink(missing_ok=True)


def _about(name: str) -> Path:
    return folder() / f"{name}.json"


def _read(path: Path) -> Source:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        told["files"] = tuple(File(**file) for file in told["files"])
        told["columns"] = {field: tuple(names) for field, names in told["columns"].items()}
        source = Source(**told)
        if source.name != path.stem or source.kind not in KINDS or not source.files:
            raise ValueError(path.stem)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise BadSource(f"{path} is not as it was written; delete it and add the list again.") from error
    return source


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def name_of(told: str) -> str:
    """A list's name from what the user or the file says: small letters, digits, hyphens. Raises ``BadSource`` for none or a taken one."""
    plain = unicodedata.normalize("NFKD", told).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60]
    if not name or name in _TAKEN:
        raise BadSource(f"“{told}” cannot be the name of a list; give it another with --name, of letters and digits.")
    return name


def prepared(
    path: Path, name: str, added: str, *, told: Columns, country: str | None = None, feature: str | None = None, credit: str = ""
) -> Source:
    """A user's file as a list, copied to the folder ``incoming``: its kind seen from its first characters, its columns told or plain.

    Raises ``BadSource`` where it cannot be read, lacks a column or holds none of those told.
    """
    copied, digest = _copied(path, name)
    try:
        kind = _kind(packed.start(copied))
        held = {} if kind == "geonames" else _columns(copied, path.name, kind, told)
        if kind == "csv" and country is None and "country" not in held:
            asked = "say it with --columns country=COLUMN, or --country CODE for all"
            raise BadSource(f"{path.name}: no column is known to hold the country; {asked}.")
    except BadSource:
        copied.unlink()
        raise
    return Source(name, kind, credit, "", added, (File(copied.name, digest),), held, country, feature)


def _columns(copied: Path, file: str, kind: str, told: Columns) -> Columns:
    """The columns that the user told, and those that leave no doubt."""
    found = table.header(copied) if kind == "csv" else geojson.header(copied)
    columns.checked(told, found, file)
    plain = columns.guessed(told, found) if kind == "csv" else geojson.guessed(copied, told)
    held = {field: names for field, names in {**told, **plain}.items() if names}
    return columns.complete(held, found, file) if kind == "csv" else held


def _copied(path: Path, name: str) -> tuple[Path, str]:
    """A copy of the file, named by the list and its bytes, and their SHA-256: what is read is what is kept."""
    aside = incoming() / f"{name}.{os.getpid()}.part"
    try:
        shutil.copyfile(path, aside)
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise BadSource(f"{path}: it cannot be read: {error.strerror or error}.") from error
    digest = sha256(aside)
    return aside.replace(aside.with_name(f"{name}-{digest[:12]}{path.suffix.lower()}")), digest


def _kind(start: str) -> str:
    if geonames.is_dump(start):
        return "geonames"
    return "geojson" if start.lstrip().startswith("{") else "csv"
