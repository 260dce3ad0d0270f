"""Looking places up: by exact spelling, by sound within a country, by key."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from according.places import borders, folding
from according.places.entries import Entry
from according.places.store import COLUMNS, entry_of

_PLACE = ", ".join(f"p.{column}" for column in COLUMNS)
#: A looser match than this is none: of ten letters one consonant and one vowel may differ, of five two vowels.
ALIKE = 0.79
#: Sounds shorter than this are common to names of many languages.
_TELLING = 6
#: How like a name is that differs by its romanisation only, found in all the world.
_ROMANISED = 0.75
#: Names no longer than this must be more alike: many short ones are.
_FEW_LETTERS, _MORE_ALIKE = 6, 0.88


@dataclass(frozen=True, slots=True)
class Match:
    """An entry, and how like the asked name one of its names is: 1 for the same spelling."""

    entry: Entry
    likeness: float


class Gazetteer:
    """A gazetteer file, read only. Look-ups are pure: the same file gives the same answers, in the same order."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._database = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        self._database.execute("PRAGMA cache_size = -4096")
        self.exact = lru_cache(maxsize=4_000)(self._exact)
        self.sounding = lru_cache(maxsize=1_000)(self._sounding)
        self.by_key = lru_cache(maxsize=1_000)(self._by_key)
        self.alike = lru_cache(maxsize=1_000)(self._alike)
        self.border = lru_cache(maxsize=64)(self._border)
        self._skeletons = lru_cache(maxsize=8)(self._all_skeletons)

    def _exact(self, key: str) -> tuple[Match, ...]:
        """Entries one of whose names has this plain key, by the number of their people, then by key."""
        sql = f"SELECT {_PLACE} FROM name n JOIN place p ON p.id = n.place WHERE n.plain = ?"
        found = [Match(entry_of(row), 1.0) for row in self._database.execute(sql, (key,))]
        return tuple(sorted(found, key=lambda m: (-m.entry.population, m.entry.key)))

    def _alike(self, key: str, country: str) -> tuple[Match, ...]:
        """Entries of a country whose name sounds as this plain key does, most alike first; names too short to tell are not compared."""
        sound = folding.sounded(key)
        if len(sound) < 4:
            return ()
        near = process.extract(
            folding.skeleton(sound), self._skeletons(country), scorer=DamerauLevenshtein.distance, score_cutoff=1, limit=None
        )
        best: dict[int, float] = {}
        for skeleton, _, _ in near:
            sql = "SELECT sound, place FROM sound WHERE country = ? AND skeleton = ?"
            for theirs, place in self._database.execute(sql, (country, skeleton)):
                likeness = folding.likeness(sound, theirs)
                if likeness >= (_MORE_ALIKE if len(sound) <= _FEW_LETTERS else ALIKE) and likeness > best.get(place, 0.0):
                    best[place] = likeness
        found = [Match(entry, best[place]) for place, entry in self._numbered(best)]
        return tuple(sorted(found, key=lambda m: (-m.likeness, -m.entry.population, m.entry.key)))

    def _sounding(self, key: str) -> tuple[Match, ...]:
        """Entries of any country whose name is this plain key but for its romanisation: "Sahel al-Ghab" for "Sahl al-Ghab"."""
        sound = folding.sounded(key)
        if len(sound) < _TELLING:
            return ()
        sql = f"SELECT DISTINCT {_PLACE} FROM sound s JOIN place p ON p.id = s.place WHERE s.sound = ?"
        found = [Match(entry_of(row), _ROMANISED) for row in self._database.execute(sql, (sound,))]
        return tuple(sorted(found, key=lambda m: (-m.entry.population, m.entry.key)))

    def _all_skeletons(self, country: str) -> tuple[str, ...]:
        return tuple(row[0] for row in self._database.execute("SELECT DISTINCT skeleton FROM sound WHERE country = ?", (country,)))

    def _numbered(self, numbers: Iterable[int]) -> list[tuple[int, Entry]]:
        sql = f"SELECT p.id, {_PLACE} FROM place p WHERE p.id = ?"
        return [(row[0], entry_of(row[1:])) for n in numbers for row in self._database.execute(sql, (n,))]

    def division_name(self, entry: Entry) -> str | None:
        """The name of the first-level division that an entry lies in, where it lies in one country."""
        division = self.by_key(f"div:{entry.country[0]}.{entry.admin1}") if len(entry.country) == 1 and entry.admin1 else None
        return division.name if division else None

    def _by_key(self, key: str) -> Entry | None:
        row = self._database.execute(f"SELECT {_PLACE} FROM place p WHERE p.key = ?", (key,)).fetchone()
        return entry_of(row) if row else None

    def _border(self, country: str, other: str) -> tuple[tuple[float, float], ...]:
        """The middles between towns on either side of the border of two countries. See ``borders``."""
        return tuple(borders.middles(self.towns(country), self.towns(other)))

    def towns(self, country: str) -> list[tuple[float, float]]:
        """Where the towns of a country lie: degrees north and east."""
        sql = "SELECT lat, lon FROM place WHERE country = ? AND feature LIKE 'PPL%' ORDER BY id"
        return [(lat, lon) for lat, lon in self._database.execute(sql, (country,))]
