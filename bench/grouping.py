#!/usr/bin/env python3
"""Measure how long a ledger of many claims takes to be grouped into events, and how that grows.

    grouping.py [--claims N ...]

Fills SQLite ledgers with invented reports of ten claims each, over ten years, 20,000 places and 300 actors by Zipf's law (those of
asking.py); every happening is told by four claims on average, in different reports, with days and numbers that do not all agree. Then
groups them all at once, and after that one report more. The smaller sizes are measured once more over so many days that as much happens a
day as in the largest. Each size runs in a process of its own. Writes grouping.md.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from according.ledger import runs, schema
from according.ledger.claimrows import rows_of
from according.ledger.ledger import Ledger
from according.ledger.reportrows import row_of
from according.ledger.runs import Versions
from according.model import Anchor, Claim, ClaimType, Figure, Measure, Precision, Report, Span, Status, When
from asking import A_REPORT, DAYS, FIRST, SOURCES, World, claim

ROOT = Path(__file__).resolve().parent.parent
TOLD_BY = 4  # claims on average
KINDS = (ClaimType.SHELLING, ClaimType.AIR_STRIKE, ClaimType.ARMED_CLASH, ClaimType.ATTACK, ClaimType.BOMBING, ClaimType.TAKES_TERRITORY)


@dataclass(frozen=True)
class Happening:
    place: tuple[str, float, float, str, str]
    actor: str
    day: date
    killed: int
    kind: ClaimType


def pool(world: World, claims: int, days: int = DAYS) -> list[Happening]:
    """What happened within so many days, in their order."""
    chance = world.chance
    made = []
    for _ in range(claims // TOLD_BY):
        day, killed = FIRST + timedelta(days=chance.randrange(days)), 1 + int(chance.expovariate(0.2))
        made.append(Happening(world.place(), world.actor(), day, killed, chance.choice(KINDS)))
    return sorted(made, key=lambda h: h.day)


def report(world: World, happenings: list[Happening], number: int) -> tuple[Report, list[Claim]]:
    """A report on ten happenings of the days before it."""
    chance = world.chance
    at = chance.randrange(len(happenings))
    near = [happenings[max(0, at - chance.randrange(40))] for _ in range(A_REPORT)]
    published = max(h.day for h in near) + timedelta(days=chance.randrange(3))
    text, told = "", []
    for h in near:
        speaker, other = world.actor(), world.actor()
        what = f"the {h.actor} had shelled {h.place[0]} in {h.place[3]} province, killing {h.killed} of the {other}"
        words = f"The {speaker} said on Friday that {what}."
        told.append((words, h, speaker))
        text += f"{words} {chance.choice(world.filler)}\n"
    made = Report(
        f"report-{number}", text, f"Report {number}", published, f"Outlet {number % SOURCES}", url=f"https://example.org/{number}"
    )
    claims, at = [], 0
    for n, (words, h, speaker) in enumerate(told):
        at = text.index(words, at)
        whole = Span.of(text, at, at + len(words))
        one = claim(world, made, whole, h.place, h.actor, speaker, h.killed)
        claims.append(_of(one, h, n, chance))
        at += len(words)
    return made, claims


def _of(one: Claim, h: Happening, n: int, chance: random.Random) -> Claim:
    """The claim as an account of the happening: a day that may be one off, a number that may differ, or neither."""
    day = h.day + timedelta(days=chance.choice((0, 0, 0, 0, 1)))
    when = When(one.time.span, day, day, Precision.DAY, Anchor.PUBLISHED) if one.time and chance.random() < 0.7 else None
    killed = h.killed + chance.choice((0, 0, 0, 1, 3))
    span = one.figures[0].span if one.figures else one.trigger
    figures = (Figure(span, Measure.KILLED, "people", killed, killed),) if chance.random() < 0.5 else ()
    return replace(one, type=h.kind, status=Status.HAPPENED, time=when, figures=figures, event=n)


def filled(ledger: Ledger, world: World, count: int, days: int = DAYS) -> None:
    moment, happenings = "2026-01-01T00:00:00Z", pool(world, count, days)
    with ledger.writing() as connection:
        run = runs.begin(connection, "bench", Versions("0", "0", "0", "0"))
        connection.execute(sa.insert(schema.sources), [{"n": n, "name": f"Outlet {n - 1}"} for n in range(1, SOURCES + 1)])
    numbers, n = iter(range(1, count // A_REPORT + 1)), 0
    while some := list(islice(numbers, 1000)):
        names = ("reports", "claims", "parties", "surroundings", "figures", "ungrouped")
        tables: dict[str, list[dict[str, Any]]] = {name: [] for name in names}
        for number in some:
            made, claims = report(world, happenings, number)
            more = {"n": number, "source": number % SOURCES + 1, "first_seen": moment, "last_seen": moment, "shingles": 400}
            tables["reports"].append(row_of(made, made.url) | more)
            tables["ungrouped"].append({"report": number})
            for one in claims:
                n += 1
                rows = rows_of(one, made)
                tables["claims"].append(rows.claim | {"n": n, "report": number, "run": run})
                for name in ("parties", "surroundings", "figures"):
                    tables[name] += [{"claim": n, **part} for part in getattr(rows, name)]
        with ledger.writing() as connection:
            for name, of in tables.items():
                connection.execute(sa.insert(schema.metadata.tables[name]), of)


def measured(count: int, days: int) -> dict[str, float]:
    """Seconds by the clock and of the processor, and megabytes, for grouping ``count`` claims on so many days, then one report more."""
    with tempfile.TemporaryDirectory() as folder, Ledger(Path(folder) / "according.db", create=True) as ledger:
        filled(ledger, World(random.Random(4)), count, days)
        began, spent = time.perf_counter(), time.process_time()
        ledger.group()
        wall, processor = time.perf_counter() - began, time.process_time() - spent
        with ledger.writing() as connection:
            events = connection.execute(sa.select(sa.func.count()).select_from(schema.events)).scalar_one()
            last = count // A_REPORT // 2
            connection.execute(sa.insert(schema.ungrouped).values(report=last))
        began = time.process_time()
        ledger.group()
        more = time.process_time() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"claims": count, "days": days, "wall": wall, "processor": processor, "events": events, "one": more, "memory": memory}


def lines(rows: list[dict[str, float]]) -> Iterator[str]:
    yield "# Grouping"
    yield ""
    yield "Invented claims in reports of ten, by Zipf's law over 20,000 places, each happening told by four claims on average, in SQLite:"
    yield "from claims that were never grouped to events written down, by one process."
    yield ""
    yield f"Machine: {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}. Written by `bench/grouping.py`."
    yield ""
    yield "Over ten years, so that ten times the claims are ten times as many a day:"
    yield ""
    yield from _table([row for row in rows if row["days"] == DAYS])
    yield ""
    yield "The same number a day:"
    yield ""
    most = max(row["claims"] for row in rows)
    yield from _table([row for row in rows if row["days"] == _days(int(row["claims"]), int(most))])


def _table(rows: list[dict[str, float]]) -> Iterator[str]:
    yield "| claims | days | events | seconds, clock | processor | µs a claim | against n log n | most memory | one report anew |"
    yield "|---:|---:|---:|---:|---:|---:|---:|---:|---:|"
    first = rows[0]
    for row in rows:
        n = row["claims"]
        law = row["processor"] / first["processor"] / (n * math.log(n) / (first["claims"] * math.log(first["claims"])))
        yield (
            f"| {n:,.0f} | {row['days']:,.0f} | {row['events']:,.0f} | {row['wall']:,.1f} | {row['processor']:,.1f} |"
            f" {1e6 * row['processor'] / n:,.0f} | {law:.2f} | {row['memory']:,.0f} MB | {1000 * row['one']:,.0f} ms |"
        )


def _days(count: int, most: int) -> int:
    """Of ``count`` claims, if as many are told a day as of ``most`` in ten years."""
    return max(1, DAYS * count // most)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, nargs="*", default=[10_000, 100_000, 1_000_000], help="how many, each size apart")
    parser.add_argument("--one", type=int, nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(measured(*given.one)))
        return 0
    sizes = [(count, days) for count in given.claims for days in sorted({DAYS, _days(count, max(given.claims))}, reverse=True)]
    rows = []
    for count, days in sizes:
        run = subprocess.run([sys.executable, __file__, "--one", str(count), str(days)], capture_output=True, text=True, check=True)
        rows.append(json.loads(run.stdout.splitlines()[-1]))
        print(rows[-1], file=sys.stderr)
    (ROOT / "bench" / "grouping.md").write_text("\n".join(lines(rows)) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
