#!/usr/bin/env python3
"""Measure what placing costs, in this process: its share of the time of reading and coding, and the memory that look-ups take.

    placing.py [--reports FILE]

FILE is JSON Lines of reports, the world news of places-trnews in SHARED if not given. Prints three lines of "what: figure", which
speed.py takes into speed.md.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from shared import SHARED

TRNEWS = SHARED / "data" / "bench" / "places-trnews" / "reports.jsonl"


def memory() -> float:
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=Path, default=TRNEWS)
    file = parser.parse_args().reports
    if not file.exists():
        print(f"nothing to measure on: no {file.name} beside this checkout (SHARED={SHARED.name})", file=sys.stderr)
        return 2
    from according.coding import code_reading
    from according.intake import inputs
    from according.model import Report
    from according.reading import read_report

    reports = [report for _, report in inputs([str(file)]) if isinstance(report, Report)]
    began = time.process_time()
    readings = [read_report(report) for report in reports]
    claims = [code_reading(reading) for reading in readings]
    coding, before = time.process_time() - began, memory()

    from according.places import gazetteer, situated

    began = time.process_time()
    for reading, told in zip(readings, claims, strict=True):
        situated(reading, told, gazetteer())
    placing, after = time.process_time() - began, memory()
    print(f"placing, CPU ms a report ({len(reports)} of world news): {1000 * placing / len(reports):.1f}")
    print(f"placing, of the time of reading and coding: {100 * placing / coding:.1f} %")
    print(f"placing, memory of the look-ups: {after - before:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
