#!/usr/bin/env python3
"""Measure taking in against bare coding: the same pages through `according code` and `according ingest`, whole processes, in turns.

    ingesting.py [--pages N] [--rounds N]

Writes ingesting.md: the speed kept, the processor time of each part, a second run over what is known, bytes a report.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pages
from shared import ROOT, command, environment
from speed import machine, watched

JOBS = "2"


def timed(*arguments: str | Path) -> tuple[float, float]:
    """Seconds by the clock, and of the processor over all processes, of one run."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    subprocess.run(command(*arguments), env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.monotonic() - began, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def rows(count: int, rounds: int) -> Iterator[tuple[str, str]]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        given = folder / "pages"
        given.mkdir()
        pages.write(given, count)
        timed("code", given, "--format", "jsonl", "--jobs", JOBS)  # the disk's cache is warm from here on
        coding, taking, ratios = [], [], []
        for number in range(rounds):
            ledger = folder / f"{number}.db"
            code = timed("code", given, "--format", "jsonl", "--jobs", JOBS)
            take = timed("ingest", given, "--ledger", ledger, "--jobs", JOBS)
            coding.append(code)
            taking.append(take)
            ratios.append(code[0] / take[0])
        yield "reports a second, bare coding", f"{count / statistics.median(seconds for seconds, _ in coding):.1f}"
        yield "reports a second, taken into a ledger", f"{count / statistics.median(seconds for seconds, _ in taking):.1f}"
        yield f"speed kept, median of {rounds} rounds ({min(ratios):.3f} to {max(ratios):.3f})", f"{statistics.median(ratios):.3f}"
        yield "processor time a report, bare coding", f"{1000 * statistics.median(cpu for _, cpu in coding) / count:.0f} ms"
        yield "processor time a report, taken into a ledger", f"{1000 * statistics.median(cpu for _, cpu in taking) / count:.0f} ms"
        again, _ = timed("ingest", given, "--ledger", folder / "0.db", "--jobs", JOBS)
        yield f"the same {count} pages again", f"{again:.1f} s"
        run = watched(command("ingest", given, "--ledger", folder / "memory.db", "--jobs", JOBS))
        yield "peak memory of all processes", f"{run.peak:.0f} MB"
        ledger = folder / "0.db"
        text = sum(path.stat().st_size for path in given.iterdir())
        size = sum(part.stat().st_size for part in folder.glob("0.db*"))
        yield f"bytes a report in the ledger (its page has {text / count:,.0f})", f"{size / count:,.0f}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    told = parser.parse_args()
    about = f"{told.pages} invented HTML pages of about {pages.WORDS} words; whole processes, start included; --jobs {JOBS}."
    where = f"Machine: {machine()}; load when measuring began {os.getloadavg()[0]:.1f}. Written by `make ingesting`."
    lines = ["# Taking in", "", about, "", where, "", "| what | measured |", "|---|---:|"]
    for label, value in rows(told.pages, told.rounds):
        print(f"{label:80}{value}", flush=True)
        lines.append(f"| {label} | {value} |")
    (ROOT / "bench" / "ingesting.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
