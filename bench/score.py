#!/usr/bin/env python3
"""Code the development set, score it and hold the scores against floors.toml.

    score.py [--errors N] [--keep FILE]

Exit status 1 where a score falls below its floor, 2 where the set is not there. The reports go through the command, as a user's would.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

from shared import ROOT, SHARED, according, scored, write_lines

GOLD = SHARED / "gold" / "dev"
SCORER = SHARED / "gold" / "score.py"
FIELDS = ("id", "title", "published", "source", "text")


def predict(folder: Path) -> Path:
    """Code the gold files' reports; the file of claims."""
    golds = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(GOLD.glob("*.json"))]
    write_lines(folder / "reports.jsonl", ({key: gold[key] for key in FIELDS} for gold in golds))
    according("code", folder / "reports.jsonl", "--format", "jsonl", "--output", folder / "claims.jsonl")
    return folder / "claims.jsonl"


def value(scores: dict[str, Any], name: str) -> float:
    """``typed`` is its F1, ``typed R`` its recall."""
    field, _, part = name.partition(" ")
    return float(scores[field][part or "F"])


def rows(name: str, floors: dict[str, float], scores: dict[str, Any]) -> list[tuple[str, float, float]]:
    """Field, score and floor of each floor of a set."""
    return [(f"{name} {field}", value(scores, field), floor) for field, floor in floors.items()]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", type=int, default=0, help="show so many missed and spurious claims")
    parser.add_argument("--keep", type=Path, help="keep the coded claims in this file")
    arguments = parser.parse_args()
    if not SCORER.exists():
        print(f"nothing to score: no development set beside this checkout (SHARED={SHARED.name})", file=sys.stderr)
        return 2
    floors = tomllib.loads((ROOT / "bench" / "floors.toml").read_text(encoding="utf-8"))
    table: list[tuple[str, float, float]] = []
    with tempfile.TemporaryDirectory() as name:
        claims = predict(Path(name))
        for part, wanted in floors.items():
            if part == "outside":  # held to by the tests
                continue
            gold = GOLD
            if part != "dev":  # a floor for one report alone
                gold = Path(name) / part
                gold.mkdir()
                shutil.copy(GOLD / f"{part}.json", gold)
            table += rows(part, wanted, scored(SCORER, gold, claims))
        if arguments.errors:
            subprocess.run([sys.executable, SCORER, GOLD, claims, "--errors", str(arguments.errors)], check=True)
        if arguments.keep:
            shutil.copy(claims, arguments.keep)
    print(f"{'':18}{'score':>8}{'floor':>8}")
    for label, score, floor in table:
        print(f"{label:18}{score:8.3f}{floor:8.3f}{'' if score >= floor else '  below'}")
    return int(any(score < floor for _, score, floor in table))


if __name__ == "__main__":
    sys.exit(main())
