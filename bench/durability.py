#!/usr/bin/env python3
"""Show that a collection comes into the ledger whole, whatever happens on the way: killed, shuffled, split, repeated, on a full disk.

    durability.py [--reports N] [--kills N] [--jobs N] [--ledger URL]

Takes an invented collection in without disturbance, then under each disturbance, and compares the dumps byte for byte. Writes
durability.md. Linux only; the full disk needs root (a small tmpfs is mounted), and is left out without.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import collection
from shared import ROOT, command, environment

sys.path.insert(0, str(ROOT / "src"))

from according.formats.jsonl import line
from according.ledger.ledger import Ledger
from according.ledger.question import Question
from according.records import claim_record


def dump(ledger: str | Path) -> str:
    """All claims, and all reports with what is derived of them, in the ledger's fixed order; nothing of when it was seen."""
    with Ledger(ledger) as opened:
        everything = Question(versions=True, rejected=True, withdrawn=True)
        rows = [line(claim_record(row.claim)) for row in opened.claims(everything)]
        rows += [
            repr((row.key, row.id, row.source, row.published, row.claims, row.replaced_by, row.copy_of))
            for row in opened.reports(everything)
        ]
        rows += [f"{fault.kind}: {fault.message}" for fault in opened.faults()]
    return "\n".join(rows)


def start(ledger: str | Path, paths: Sequence[Path], jobs: int) -> subprocess.Popen[bytes]:
    arguments = command("ingest", *paths, "--ledger", str(ledger), "--jobs", str(jobs))
    return subprocess.Popen(arguments, env=environment(), stderr=subprocess.DEVNULL, start_new_session=True)


def ingest(ledger: str | Path, paths: Sequence[Path], jobs: int) -> int:
    return start(ledger, paths, jobs).wait()


def killed(folder: Path, paths: Sequence[Path], kills: int, jobs: int, expected: str) -> tuple[int, int]:
    """Kill runs at random moments, over as many ledgers as that takes; how many kills, and over how many ledgers."""
    chance = random.Random(3)
    done = ledgers = 0
    while done < kills:
        ledgers += 1
        ledger = folder / f"killed-{ledgers}.db"
        while True:
            process = start(ledger, paths, jobs)
            try:
                process.wait(chance.uniform(0.5, 8.0))
                break
            except subprocess.TimeoutExpired:
                if chance.random() < 0.5:
                    os.kill(process.pid, signal.SIGKILL)  # its workers must end by themselves
                else:
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                done += 1
            if done >= kills:
                ingest(ledger, paths, jobs)
                break
        same("killed", dump(ledger), expected)
        print(f"{done} kills over {ledgers} ledgers", flush=True)
    return done, ledgers


def same(what: str, found: str, expected: str) -> None:
    if found != expected:
        Path(f"{what}.found").write_text(found, encoding="utf-8")
        Path(f"{what}.expected").write_text(expected, encoding="utf-8")
        sys.exit(f"{what}: the dumps differ; see {what}.found and {what}.expected")


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    disk = folder / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", disk], check=True)
    try:
        yield disk
    finally:
        subprocess.run(["umount", disk], check=True)


def full(folder: Path, paths: Sequence[Path], jobs: int, expected: str) -> str:
    """A run on a disk that fills up: what it says; then the disk grows, and the run goes on."""
    with small_disk(folder, 1) as disk:
        ledger = disk / "according.db"
        run = subprocess.run(
            command("ingest", *paths, "--ledger", ledger, "--jobs", str(jobs)),
            env=environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        if run.returncode == 0 or "Traceback" in run.stderr:
            sys.exit(f"a full disk was not told:\n{run.stderr}")
        subprocess.run(["mount", "-o", "remount,size=500m", disk], check=True)
        with Ledger(ledger) as opened:
            if faults := list(opened.faults()):
                sys.exit(f"a full disk left half of something: {faults[:3]}")
        ingest(ledger, paths, jobs)
        same("full", dump(ledger), expected)
    return run.stderr.strip().splitlines()[-1].replace(str(disk), "…")


def rows(count: int, kills: int, jobs: int) -> Iterator[tuple[str, str]]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = collection.write(folder / "in", count)
        began = time.monotonic()
        ingest(folder / "unbroken.db", paths, jobs)
        expected = dump(folder / "unbroken.db")
        yield "an unbroken run", f"{expected.count(chr(10)) + 1:,} lines of dump, {time.monotonic() - began:.0f} s"
        ingest(folder / "unbroken.db", paths, jobs)
        same("again", dump(folder / "unbroken.db"), expected)
        yield "the same again", "the same dump"
        done, ledgers = killed(folder, paths, kills, jobs, expected)
        yield f"{done} kills with SIGKILL, over {ledgers} ledgers", "the same dump each time"
        chance = random.Random(5)
        parts = collection.shuffled(paths[1], folder, 3, chance)
        given = [paths[0], *parts, paths[2], paths[0]]
        chance.shuffle(given)
        for path in given:
            ingest(folder / "shuffled.db", [path], jobs)
        same("shuffled", dump(folder / "shuffled.db"), expected)
        yield f"shuffled, split into {len(given)} runs, with a fifth of the lines twice", "the same dump"
        if os.geteuid() == 0:
            yield "a full disk", f"“{full(folder, paths, jobs, expected)}”; then, with more room, the same dump"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=500)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--jobs", type=int, default=2)
    told = parser.parse_args()
    kinds = "pages, JSON Lines, a zip; copies, changed pages and broken files among them"
    about = f"{told.reports} invented reports ({kinds}), --jobs {told.jobs}."
    lines = ["# Durability", "", about, "", "Written by `make durability`.", "", "| what happened | and then |", "|---|---|"]
    for label, value in rows(told.reports, told.kills, told.jobs):
        print(f"{label}: {value}", flush=True)
        lines.append(f"| {label} | {value} |")
    (ROOT / "bench" / "durability.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
