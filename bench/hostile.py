#!/usr/bin/env python3
"""Take in every kind of the tests' hostile corpus, one after the other, and tell what became of each, in what time and memory.

    hostile.py [--only ROOM ...] [--match WORDS] [--slow SECONDS]

Writes hostile.md where all kinds were taken in. Linux only: memory is read from /proc.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from shared import ROOT

sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from according.ingest.running import Run, crew_of  # noqa: E402
from according.ingest.told import Silent  # noqa: E402
from according.ingest.web import Web  # noqa: E402
from according.ledger.ledger import Ledger  # noqa: E402
from according.ledger.question import Question  # noqa: E402
from poison import Poison, corpus  # noqa: E402

MB = 1024


def peak(process: int) -> float:
    """A process's largest memory so far, in MB, libraries counted; 0 once it is gone."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / MB


def settled(process: int) -> None:
    """Begin a process's largest memory anew."""
    try:
        Path(f"/proc/{process}/clear_refs").write_text("5")
    except OSError:
        return


def workers() -> list[int]:
    return [child.pid for child in multiprocessing.active_children() if child.pid]


def taken(poison: Poison, run: Run, ledger: Ledger, folder: Path) -> tuple[str, str]:
    """What became of a kind: its outcome, and whether that is what it may be."""
    path = poison.write(folder)
    run.through([str(path)])
    texts = [ledger.report(row.key).text for row in ledger.reports(Question(versions=True)) if row.key]
    refused = [row for row in ledger.quarantined()]
    if texts:
        lost = [words for words in poison.holds if not any(words in text for text in texts)]
        wrong = poison.outcome == "refused" or bool(lost)
        return "read", f"{'not to be read' if poison.outcome == 'refused' else f'without {lost}'}" if wrong else ""
    return refused[0].reason or "refused" if refused else "nothing", "to be read" if poison.outcome == "read" else ""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="*", metavar="ROOM")
    parser.add_argument("--match", default="")
    parser.add_argument("--slow", type=float, default=5.0, help="print the kinds that take longer")
    told = parser.parse_args()
    kinds = [p for p in corpus() if (not told.only or p.room in told.only) and told.match in p.name]
    outcomes: Counter[str] = Counter()
    rows: list[tuple[float, float, str, str]] = []
    wrong = []
    own = multiprocessing.current_process().pid
    with tempfile.TemporaryDirectory() as name, crew_of(1) as crew, Web() as web:
        for number, poison in enumerate(kinds):
            folder = Path(name) / str(number)
            folder.mkdir()
            for process in [own or 0, *workers()]:
                settled(process)
            began = time.monotonic()
            with Ledger(folder / "according.db", create=True) as ledger:
                outcome, fault = taken(poison, Run(ledger, crew, web, Silent(), "ingest"), ledger, folder)
            seconds = time.monotonic() - began
            memory = max(map(peak, [own or 0, *workers()]))
            outcomes[outcome] += 1
            rows.append((seconds, memory, poison.name, outcome))
            if fault or seconds > told.slow or memory > 700:
                print(f"{poison.room:8}{poison.name:44}{outcome:16}{seconds:6.1f} s {memory:6.0f} MB  {fault}", flush=True)
            if fault:
                wrong.append(poison.name)
    print(f"{len(kinds)} kinds: {dict(outcomes)}; {len(wrong)} wrong; slowest {max(rows)[0]:.1f} s; most {max(r[1] for r in rows):.0f} MB")
    if not told.only and not told.match:
        write(rows, outcomes)
    return 1 if wrong else 0


def write(rows: list[tuple[float, float, str, str]], outcomes: Counter[str]) -> None:
    most = sorted(rows, reverse=True)[:10]
    table = [f"| {name} | {outcome} | {seconds:.1f} s | {memory:.0f} MB |" for seconds, memory, name, outcome in most]
    about = f"{len(rows)} kinds of hostile or broken input (tests/poison.py), each taken into a ledger by one worker."
    told = ", ".join(f"{number} {outcome}" for outcome, number in outcomes.most_common())
    largest = max(rows, key=lambda row: row[1])
    lines = [
        "# Hostile input",
        "",
        about,
        "",
        "Written by `make hostile`.",
        "",
        f"What became of them: {told}.",
        "",
        "| slowest | became | time | memory |",
        "|---|---|---:|---:|",
        *table,
    ]
    lines += ["", f"Most memory of any process: {largest[1]:.0f} MB ({largest[2]})."]
    (ROOT / "bench" / "hostile.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
