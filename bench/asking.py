#!/usr/bin/env python3
"""Measure how long a ledger of many claims takes to answer, and how large its file is.

    asking.py [--claims N] [--keep FILE]

Fills a SQLite ledger with invented reports of ten claims each, over ten years, 20,000 places and 300 actors by Zipf's law, asks some dozens
of different questions of each kind, and writes asking.md. The ledger lies in a temporary folder; with --keep it is made at FILE, or taken
from there if it is there, and stays.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate, islice
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from according.ledger import runs, schema
from according.ledger.claimrows import rows_of
from according.ledger.ledger import Ledger
from according.ledger.question import Near, Question
from according.ledger.reportrows import row_of
from according.ledger.runs import Versions
from according.model import (
    Anchor,
    Claim,
    ClaimType,
    Figure,
    Located,
    Manner,
    Measure,
    Party,
    Place,
    Precision,
    Report,
    Span,
    Status,
    When,
    claim_id,
)

PLACES, ACTORS, SOURCES, A_REPORT = 20_000, 300, 400, 10
FIRST, DAYS = date(2016, 1, 1), 3652
ASKED = 60  # questions of each kind
SKETCH = 50  # values, of a report of 400 words
COUNTRIES = ("SY", "IQ", "YE", "LY", "SD", "ML", "CD", "UA", "AF", "MM", "SO", "ET")
WORDS = 20_000


class World:
    """Invented names, each with how often it is met."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.words = [self._name(3) for _ in range(WORDS)]
        self.by_word = list(accumulate(1 / n for n in range(1, WORDS + 1)))
        self.filler = [" ".join(self._words(26)).capitalize() + "." for _ in range(20_000)]
        self.provinces = [(self._name(3).title(), COUNTRIES[self._zipf(len(COUNTRIES))]) for _ in range(150)]
        self.places = [self._place() for _ in range(PLACES)]
        self.by_place = list(accumulate(1 / n for n in range(1, PLACES + 1)))
        self.actors = [f"{self._name(2).title()} {chance.choice(('army', 'forces', 'militia', 'front', 'rebels'))}" for _ in range(ACTORS)]
        self.by_actor = list(accumulate(1 / n for n in range(1, ACTORS + 1)))

    def place(self) -> tuple[str, float, float, str, str]:
        return self.chance.choices(self.places, cum_weights=self.by_place)[0]

    def actor(self) -> str:
        return self.chance.choices(self.actors, cum_weights=self.by_actor)[0]

    def _words(self, count: int) -> list[str]:
        return self.chance.choices(self.words, cum_weights=self.by_word, k=count)

    def _place(self) -> tuple[str, float, float, str, str]:
        province, country = self.provinces[self._zipf(len(self.provinces))]
        corner = COUNTRIES.index(country)
        lat, lon = 5 + 2.5 * corner + 5 * self.chance.random(), -10 + 6 * corner + 6 * self.chance.random()
        return self._name(4).title(), lat, lon, province, country

    def _name(self, syllables: int) -> str:
        return "".join(self.chance.choice("bdfghjklmnrstz") + self.chance.choice("aeiou") for _ in range(syllables))

    def _zipf(self, count: int) -> int:
        return self.chance.choices(range(count), [1 / n for n in range(1, count + 1)])[0]


def report(world: World, number: int) -> tuple[Report, list[Claim]]:
    """A report of about 400 words: ten sentences with a claim each, and others between them."""
    chance = world.chance
    published = FIRST + timedelta(days=chance.randrange(DAYS))
    told = [sentence(world) for _ in range(A_REPORT)]
    text, claims = "", []
    for words, *_ in told:
        text += f"{words} {chance.choice(world.filler)}\n"
    made = Report(
        f"report-{number}",
        text,
        f"Report {number} of the day",
        published,
        f"Outlet {number % SOURCES}",
        url=f"https://example.org/{number}",
    )
    at = 0
    for words, place, actor, speaker in told:
        at = text.index(words, at)
        claims.append(claim(world, made, Span.of(text, at, at + len(words)), place, actor, speaker))
        at += len(words)
    return made, claims


def sentence(world: World) -> tuple[str, tuple[str, float, float, str, str], str, str]:
    place, actor, speaker, other = world.place(), world.actor(), world.actor(), world.actor()
    filler = " ".join(world.chance.choice(world.filler).split()[:8])
    first = f"The {speaker} said on Friday that the {actor} had shelled {place[0]} in {place[3]} province"
    return f"{first}, killing 12 of the {other}, {filler}.", place, actor, speaker


def claim(
    world: World, made: Report, whole: Span, told: tuple[str, float, float, str, str], actor: str, speaker: str, killed: int = 12
) -> Claim:
    chance, (name, lat, lon, province, country) = world.chance, told

    def span(words: str) -> Span:
        start = made.text.index(words, whole.start)
        return Span.of(made.text, start, start + len(words))

    day = made.published - timedelta(days=min(int(chance.expovariate(1 / 4)), 3000))
    length, precision = chance.choice(((0, Precision.DAY),) * 6 + ((6, Precision.WEEK), (30, Precision.MONTH), (None, None), (None, None)))
    when = When(span("Friday"))
    if length is not None:
        when = When(span("Friday"), day - timedelta(days=length), day, precision, Anchor.PUBLISHED)
    around = Place(span(province), province, 2, lat, lon, "ADM1", "01", None, country, Located.ADMIN1, 80.0, 0.8)
    kind = chance.choice([*ClaimType])
    trigger = span("shelled")
    return Claim(
        claim_id(made.text_sha256, trigger, kind), made.id, whole, trigger, kind, chance.choice([Status.HAPPENED] * 8 + [*Status]),
        (Party(span(speaker)),) if chance.random() < 0.7 else (), Manner.REPORTED, (Party(span(actor)),) if chance.random() < 0.7 else (),
        (Party(span(f"{killed} of")),) if chance.random() < 0.3 else (),
        Place(span(name), name, 1, lat, lon, "PPL", "01", None, country, Located.SETTLEMENT, 3.0, 0.8) if chance.random() < 0.8 else None,
        (around,) if chance.random() < 0.6 else (),
        when, (Figure(span(f"{killed}"), Measure.KILLED, None, killed, killed),) if chance.random() < 0.3 else (),
        None, ("frame.shell",), chance.random(),
    )  # fmt: skip


def filled(ledger: Ledger, world: World, count: int) -> None:
    moment = "2026-01-01T00:00:00Z"
    with ledger.writing() as connection:
        run = runs.begin(connection, "bench", Versions("0", "0", "0", "0"))
        connection.execute(sa.insert(schema.sources), [{"n": n, "name": f"Outlet {n - 1}"} for n in range(1, SOURCES + 1)])
    numbers = iter(range(1, count // A_REPORT + 1))
    n = 0
    while some := list(islice(numbers, 1000)):
        names = ("reports", "claims", "parties", "surroundings", "figures", "sketches")
        tables: dict[str, list[dict[str, Any]]] = {name: [] for name in names}
        for number in some:
            made, claims = report(world, number)
            more = {"n": number, "source": number % SOURCES + 1, "first_seen": moment, "last_seen": moment, "shingles": 400}
            tables["reports"].append(row_of(made, made.url) | more)
            tables["sketches"] += [{"hash": world.chance.getrandbits(60), "report": number} for _ in range(SKETCH)]
            for one in claims:
                n += 1
                rows = rows_of(one, made)
                tables["claims"].append(rows.claim | {"n": n, "report": number, "run": run})
                for name in ("parties", "surroundings", "figures"):
                    tables[name] += [{"claim": n, **part} for part in getattr(rows, name)]
        with ledger.writing() as connection:
            connection.exec_driver_sql("PRAGMA cache_size = -1000000")  # for filling only: the connections that ask have what users' have
            for name, of in tables.items():
                connection.execute(sa.insert(schema.metadata.tables[name]), of)


def month(chance: random.Random) -> dict[str, date]:
    first = (FIRST + timedelta(days=chance.randrange(DAYS))).replace(day=1)
    return {"since": first, "until": (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)}


def questions(world: World) -> dict[str, list[Question]]:
    """By kind, ASKED different questions each. One half of the places are the busiest, the other half are taken as often as met."""
    chance = world.chance
    half = ASKED // 2
    places = [place[0] for place in world.places[:half]] + [world.place()[0] for _ in range(half)]
    provinces = [name for name, _ in world.provinces[:ASKED]]
    actors = world.actors[:ASKED]
    spots = world.places[:half] + [world.place() for _ in range(half)]
    return {
        "place and month": [Question(places=name, **month(chance)) for name in places],
        "of these, the 10 busiest places": [Question(places=name, **month(chance)) for name in places[:10] for _ in range(6)],
        "province (as told around the place) and month": [Question(places=name, **month(chance)) for name in provinces],
        "country and month": [Question(countries=chance.choice(COUNTRIES), **month(chance)) for _ in range(ASKED)],
        "within 50 km of a place, and month": [Question(near=Near(spot[1], spot[2], 50), **month(chance)) for spot in spots],
        "type and month": [Question(types=chance.choice([*ClaimType]), **month(chance)) for _ in range(ASKED)],
        "month": [Question(**month(chance)) for _ in range(ASKED // 6)],
        "actor and month": [Question(actors=name, **month(chance)) for name in actors],
        "actor, place and month": [Question(actors=actors[0], places=name, **month(chance)) for name in places],
        "actor, the first 100 claims": [Question(actors=name, limit=100) for name in actors],
        "two words": [Question(words=" ".join(chance.sample(world.words[5:500], 2))) for _ in range(ASKED)],
        "word and month": [Question(words=chance.choice(world.words[5:500]), **month(chance)) for _ in range(ASKED)],
    }


@dataclass(frozen=True)
class Timing:
    rows: float
    median: float  # milliseconds
    slowest: float


def timed(ledger: Ledger, asked: Iterable[Question]) -> Timing:
    spent, rows = [], []
    for question in asked:
        began = time.perf_counter()
        rows.append(sum(1 for _ in ledger.claims(question)))
        spent.append(1000 * (time.perf_counter() - began))
    return Timing(statistics.mean(rows), statistics.median(spent), max(spent))


def used(ledger: Ledger) -> int:
    """The bytes of the file's pages that are in use."""
    with ledger.reading() as connection:
        told = [connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in ("page_count", "freelist_count", "page_size")]
    return int((told[0] - told[1]) * told[2])


def lines(ledger: Ledger, world: World, count: int) -> Iterator[str]:
    yield "# Asking"
    yield ""
    yield f"{count:,} invented claims in {count // A_REPORT:,} reports of about 400 words, over ten years, {PLACES:,} places and"
    yield f"{ACTORS} actors by Zipf's law, in SQLite; from the question to the last claim, read whole."
    yield ""
    load = os.getloadavg()[0]
    machine = f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
    yield f"Machine: {machine}; load when measuring began {load:.1f}. Written by `bench/asking.py`."
    yield ""
    yield "| asked for | claims found, mean | median | slowest |"
    yield "|---|---:|---:|---:|"
    for name, asked in questions(world).items():
        found = timed(ledger, asked)
        yield f"| {name} | {found.rows:,.0f} | {found.median:.0f} ms | {found.slowest:.0f} ms |"
    yield ""
    yield f"The file has {used(ledger) / (count // A_REPORT):,.0f} bytes a report: its text, {A_REPORT} claims, and all indexes."


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=1_000_000, help="how many")
    parser.add_argument("--keep", type=Path, help="the ledger's file, made if it is not there")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.keep or Path(folder) / "according.db"
        world, fresh = World(random.Random(4)), not path.exists()
        with Ledger(path, create=fresh) as ledger:
            if fresh:
                began = time.monotonic()
                filled(ledger, world, given.claims)
                print(f"filled in {time.monotonic() - began:.0f} s", file=sys.stderr)
            world.chance.seed(5)
            out = []
            for line in lines(ledger, world, given.claims):
                print(line, flush=True)
                out.append(line)
    Path(__file__).with_suffix(".md").write_text("\n".join(out) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
