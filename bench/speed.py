#!/usr/bin/env python3
"""Measure the command as a user runs it: reports a second from HTML bytes to claims, cold start, peak memory.

    speed.py [--pages N]

Writes speed.md. The pages are invented (pages.py); every figure is of whole processes, start included. Linux only: memory is read
from /proc.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pages
from shared import ROOT, command, environment

EVERY = 0.05  # seconds between two looks at the memory


@dataclass(frozen=True)
class Run:
    """One run of the command: seconds to the end, and the tree's largest memory in MB, shared pages counted once."""

    seconds: float
    peak: float


def watched(arguments: list[str]) -> Run:
    began, peak = time.monotonic(), 0.0
    process = subprocess.Popen(arguments, env=environment(), stdout=subprocess.DEVNULL)
    while process.poll() is None:
        peak = max(peak, sum(memory(p) for p in tree(process.pid)))
        time.sleep(EVERY)
    if process.returncode:
        sys.exit(f"according ended with status {process.returncode}")
    return Run(time.monotonic() - began, peak)


def tree(root: int) -> list[int]:
    """A process and all its descendants."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
        except (OSError, IndexError):
            continue
        children.setdefault(parent, []).append(int(folder.name))
    found = [root]
    for process in found:
        found += children.get(process, [])
    return found


def memory(process: int) -> float:
    """A process's proportional share of memory in MB; 0 once it is gone."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def first_claim(page: Path) -> float:
    """Seconds from the start of a fresh process to its first line."""
    began = time.monotonic()
    with subprocess.Popen(command("code", page, "--format", "jsonl"), env=environment(), stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        if not process.stdout.readline():
            sys.exit("no claim was coded from an invented page")
        seconds = time.monotonic() - began
        process.stdout.read()
    return seconds


def machine() -> str:
    try:
        facts = Path("/proc/cpuinfo").read_text().splitlines()
        names = {line.split(":", 1)[0].strip(): line.split(":", 1)[1].strip() for line in facts if ":" in line}
    except OSError:
        names = {}
    cpu = f"{names.get('model name', platform.machine())}, family {names.get('cpu family', '?')}"
    return f"{os.cpu_count()} cores ({cpu}), {platform.system()}, Python {platform.python_version()}"


def rows(count: int) -> Iterable[tuple[str, str]]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "pages").mkdir()
        paths = pages.write(folder / "pages", count)
        first_claim(paths[0])  # the disk's cache is warm from here on
        cold = statistics.median(first_claim(path) for path in paths[:5])
        for jobs in (1, 2):
            out = folder / "claims.jsonl"
            run = watched(command("code", folder / "pages", "--format", "jsonl", "--output", out, "--jobs", str(jobs)))
            told = "one process" if jobs == 1 else "two processes"
            yield f"reports a second, {told}", f"{count / run.seconds:.1f}"
            yield f"peak memory of all processes, {told}", f"{run.peak:.0f} MB"
        yield "first claim of a cold start", f"{cold:.1f} s"
        home = environment() | {"ACCORDING_HOME": str(folder / "home")}
        began = time.monotonic()
        subprocess.run(command("places", "Goma"), env=home, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        yield "gazetteer made, at the first use", f"{time.monotonic() - began:.0f} s"
        yield "gazetteer, on the disk", f"{(folder / 'home' / 'gazetteer.sqlite').stat().st_size / 1e6:.0f} MB"
    told = subprocess.run(
        [sys.executable, ROOT / "bench" / "placing.py"], env=environment(), stdout=subprocess.PIPE, text=True, check=False
    )
    for line in told.stdout.splitlines():
        yield tuple(line.rsplit(": ", 1))  # type: ignore[misc]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=200)
    count = parser.parse_args().pages
    load = os.getloadavg()[0]
    about = f"{count} invented HTML pages of about {pages.WORDS} words, from bytes to claims; whole processes, start included."
    where = f"Machine: {machine()}; load when measuring began {load:.1f}. Written by `make speed`."
    lines = ["# Speed", "", about, "", where, "", "| what | measured |", "|---|---:|"]
    for label, value in rows(count):
        print(f"{label:44}{value}", flush=True)
        lines.append(f"| {label} | {value} |")
    (ROOT / "bench" / "speed.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
