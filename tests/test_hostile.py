"""Hostile input taken into a ledger, by real processes under real limits: each kind is read or refused, and none stops the run.

Here are the kinds that take a second or less; ``make hostile`` takes in all of them, with their time and memory.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from according.ingest.running import Run, crew_of
from according.ingest.told import Silent
from according.ingest.web import Web, Wish
from according.ledger.ledger import Ledger
from according.ledger.question import Question
from poison import Poison, corpus

SLOW = ("text-19mb", "text-21mb", "records-300", "keys-100000", "lines-180000", "members-100000", "single-letters")
HEAVY = 3_000_000  # bytes


class NoWeb(Web):
    """Nothing is fetched: what is asked for is noted."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def ask(self, wish: Wish) -> None:
        self.asked.append(wish.url)


def kinds() -> list[Poison]:
    rooms = ("zip", "gzip", "warc", "pdf", "feed", "folder", "json")
    return [poison for poison in corpus() if poison.room in rooms and not poison.name.startswith(SLOW)]


def test_no_kind_stops_the_run_and_each_is_read_or_refused_as_told(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    paths = {poison: poison.write(folder) for poison in kinds()}
    light = {poison: path for poison, path in paths.items() if path.is_dir() or (path.is_file() and path.stat().st_size < HEAVY)}
    assert len(light) >= 60
    with Ledger(tmp_path / "according.db", create=True) as ledger, crew_of(2) as crew, NoWeb() as web:
        run = Run(ledger, crew, web, Silent(), "ingest")
        run.through([str(path) for path in light.values()])
        assert not list(ledger.faults())
        texts: dict[str, list[str]] = {}
        with ledger.reading() as connection:
            rows = connection.execute(sa.text("SELECT s.place, r.text FROM sightings s JOIN reports r ON r.n = s.report")).all()
            told = connection.execute(sa.text("SELECT place FROM stages WHERE state = 'quarantined'")).scalars().all()
        for place, text in rows:
            texts.setdefault(place.partition("!/")[0], []).append(text)
        wrong = [problem for poison, path in light.items() if (problem := fault(poison, path, texts, told, web.asked))]
        assert wrong == []
        assert len(list(ledger.reports(Question(versions=True)))) >= 10


def fault(poison: Poison, path: Path, texts: dict[str, list[str]], told: list[str], asked: list[str]) -> str:
    """What is wrong with what became of a kind; nothing for most."""
    mine = [text for place, found in texts.items() if Path(place) == path or path in Path(place).parents for text in found]
    refused = [place for place in told if place.startswith(str(path))]
    if poison.outcome == "refused" and mine and poison.room not in ("folder", "zip", "warc"):
        return f"{poison.name} was read"
    if poison.outcome == "read" and not (mine and all(any(words in text for text in mine) for words in poison.holds)):
        return f"{poison.name} was not read, or not all of it: {refused}"
    return "" if mine or refused or asked or poison.room in ("feed", "folder") else f"{poison.name} left no trace"


@pytest.mark.parametrize("room", ["page", "text"])
def test_the_corpus_has_many_kinds(room: str) -> None:
    assert sum(poison.room == room for poison in corpus()) > 100
