#!/usr/bin/env python3
"""Measure how long Explore takes to answer a filter on a ledger of many claims.

    exploring.py [--claims N] [--keep FILE]

Fills a SQLite ledger with the invented reports of grouping.py, groups them, and asks the site for the page and for the map's points with
some dozens of filters, each after a write to the ledger, so that nothing is remembered, and then once more. Writes exploring.md. The ledger
lies in a temporary folder; with --keep it is made at FILE, or taken from there if it is there, and stays.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import re
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import sqlalchemy as sa
from starlette.testclient import TestClient

from according.events.version import version
from according.ledger.ledger import Ledger
from according.ledger.schema import groupings
from according.web.app import application
from according.web.site import Site
from asking import COUNTRIES, World, month
from grouping import filled

GOAL_MS = 300


@dataclass(frozen=True)
class Answer:
    """Milliseconds, and how many events were found; ``bytes`` of the points as they are sent."""

    events: int
    page: float
    processor: float  # of the page
    again: float
    points: float
    bytes: int


def filters(world: World) -> Iterator[tuple[str, dict[str, object]]]:
    """Filters as a person may set them, each with its kind: the busiest of everything, and others."""
    places, actors, provinces = (
        [place[0] for place in world.places],
        world.actors,
        [name for name, _ in world.provinces],
    )
    when = {"since": "2019-01-01", "until": "2019-12-31"}
    yield "nothing", {}
    yield from (("type", {"type": kind}) for kind in ("shelling", "air_strike", "takes_territory"))
    yield "two types", {"type": ["shelling", "bombing"]}
    yield from (("country", {"country": code}) for code in COUNTRIES[:4])
    yield from (("country and type", {"country": code, "type": "shelling"}) for code in COUNTRIES[:3])
    yield from (("place", {"place": places[n]}) for n in (0, 5, 50, 500))
    yield from (("province", {"place": provinces[n]}) for n in (0, 10))
    yield from (("actor", {"actor": actors[n]}) for n in (0, 3, 30))
    yield from (("speaker", {"speaker": name}) for name in (actors[0], actors[10], "-"))
    yield from (("month", {name: str(day) for name, day in month(world.chance).items()}) for _ in range(3))
    yield "year", when
    yield "year and country", {**when, "country": "SY"}
    yield "published in a year", {"known-since": "2019-01-01", "known-until": "2019-12-31"}
    yield from (("grade", {"grade": grade}) for grade in ("contested", "several"))
    yield "status", {"status": "happened"}
    yield from (("words", {"q": words}) for words in (f'"{actors[3]}"', places[2], f"{provinces[1]} killing"))
    yield "box", {"box": "-10,5,20,20"}
    yield "near", {"near": f"{world.places[0][1]:.3f},{world.places[0][2]:.3f},100"}
    yield "without copies", {"independent": "1"}
    yield "several together", {**when, "country": "SY", "type": ["shelling", "air_strike"], "actor": actors[0], "grade": "contested"}
    yield "several together", {"place": provinces[0], "speaker": actors[0], "since": "2018-01-01", "q": "killing"}


def asked(ledger: Ledger, site: TestClient, filter: dict[str, object]) -> Answer:
    query = urlencode(filter, doseq=True)
    written(ledger)
    spent = time.process_time()
    page, text = timed(site, f"/?{query}")
    processor = 1000 * (time.process_time() - spent)
    again, _ = timed(site, f"/?{query}")
    written(ledger)
    points, _ = timed(site, f"/explore/points.json?{query}")
    sent = site.get(f"/explore/points.json?{query}")
    found = re.search(r'role="status" aria-live="polite">([\d,]+) event', text)
    assert found
    return Answer(int(found[1].replace(",", "")), page, processor, again, points, sent.num_bytes_downloaded)


def timed(site: TestClient, address: str) -> tuple[float, str]:
    began = time.perf_counter()
    answer = site.get(address)
    spent = 1000 * (time.perf_counter() - began)
    assert answer.status_code == 200, answer.text
    return spent, answer.text


def written(ledger: Ledger) -> None:
    """Anything that is kept: what was remembered is forgotten."""
    with ledger.writing() as connection:
        connection.execute(sa.update(groupings).values(version=version()))


def lines(kinds: dict[str, list[Answer]], claims: int, events: int, load: float) -> Iterator[str]:
    everything = [answer for of_kind in kinds.values() for answer in of_kind]
    yield "# Exploring"
    yield ""
    yield f"{claims:,} invented claims in reports of ten, {events:,} events, in SQLite: from a request for Explore to the last byte of the"
    yield f"answer, by one process, {len(everything)} filters. Before each the ledger was written to, so that nothing was remembered but in"
    yield "the column “again”."
    yield ""
    yield f"Machine: {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}; load when measuring began {load:.1f}."
    yield "Written by `bench/exploring.py`."
    yield ""
    heads = ("filters", "events, mean", "page, median", "slowest", "of the processor", "again", "the map's points", "their bytes, most")
    yield f"| asked for | {' | '.join(heads)} |"
    yield f"|---|{'---:|' * len(heads)}"
    for kind, of_kind in (*kinds.items(), ("**all**", everything)):
        page, *others = ([getattr(a, name) for a in of_kind] for name in ("page", "processor", "again", "points"))
        mean, most = statistics.mean(a.events for a in of_kind), max(a.bytes for a in of_kind)
        spent = (statistics.median(page), max(page), *map(statistics.median, others))
        yield f"| {kind} | {len(of_kind)} | {mean:,.0f} | {' | '.join(f'{ms:,.0f} ms' for ms in spent)} | {most:,} |"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=100_000, help="how many")
    parser.add_argument("--keep", type=Path, help="the ledger's file, made if it is not there")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.keep or Path(folder) / "according.db"
        world, fresh = World(random.Random(4)), not path.exists()
        with Ledger(path, create=fresh) as ledger:
            if fresh:
                filled(ledger, world, given.claims)
            for _ in ledger.readying():
                pass
            world.chance.seed(5)
            load = os.getloadavg()[0]
            kinds: dict[str, list[Answer]] = defaultdict(list)
            site = TestClient(application(Site(ledger)), base_url="http://127.0.0.1")
            timed(site, "/")  # what is loaded once
            for kind, filter in filters(world):
                kinds[kind].append(asked(ledger, site, filter))
                print(kind, filter, kinds[kind][-1], file=sys.stderr)
            out = list(lines(kinds, given.claims, kinds["nothing"][0].events, load))
    Path(__file__).with_suffix(".md").write_text("\n".join(out) + "\n", encoding="utf-8")
    median = statistics.median(answer.page for of_kind in kinds.values() for answer in of_kind)
    print(f"median {median:.0f} ms", file=sys.stderr)
    return 0 if median <= GOAL_MS else 1


if __name__ == "__main__":
    sys.exit(main())
