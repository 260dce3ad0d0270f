#!/usr/bin/env python3
"""Run every outside set whose data lie in SHARED and write the table of scores beside the published figures.

    outside.py [--only NAME ...] [--jobs N]

NAME is a part of a set's name ("times" runs both). The scores of sets that are not run are kept from the run before. Writes outside.json
(the scores) and outside.md (the table made from it and from outside.toml).
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
import tomllib
from pathlib import Path
from typing import Any

from shared import ROOT, SHARED, according, scored, write_lines

BENCH = ROOT / "bench"
SCORES = BENCH / "outside.json"
HEAD = """# Outside sets

Public gold data that the rules were not tuned on sentence by sentence: the development halves; others are held out. Written by
`make bench`. The published figures beside ours are of other systems, restated from the sets' notes; they compare only as far as said.

| set | reports | figure | According | published, or a floor |
|---|---:|---|---:|---|
"""


def predict(entry: dict[str, Any], data: Path, out: Path, jobs: int) -> None:
    """Write what the scorer reads."""
    if entry["from"] == "events":
        grouped(data, out, jobs)
    elif entry["from"] == "intake":
        write_lines(out, main_texts(data))
    else:
        according(entry["from"], data / "reports.jsonl", "--format", "jsonl", "--output", out, "--jobs", jobs)


def grouped(data: Path, out: Path, jobs: int) -> None:
    """Each report with the event that it tells most of, from a ledger of them all."""
    ledger = out.with_name("according.db")
    according("ingest", data / "reports.jsonl", "--ledger", ledger, "--jobs", jobs)
    according("events", "--reports", "--format", "jsonl", "--ledger", ledger, "--output", out)


def main_texts(data: Path) -> list[dict[str, Any]]:
    """What intake takes out of each page, in whatever language it is; nothing for a page that it refuses."""
    pages = [json.loads(line) for line in (data / "reports.jsonl").read_text(encoding="utf-8").splitlines()]
    return [{"id": page["id"], "text": main_text(data / page["file"])} for page in pages]


def main_text(path: Path) -> str:
    from according.errors import IntakeError
    from according.intake import encoding, page

    try:
        return page.read(encoding.mended(encoding.decode(path.read_bytes(), path.name)).text, path.name).text
    except IntakeError:
        return ""


def figure(scores: dict[str, Any], path: str) -> float | None:
    """``typed.F`` is ``scores["typed"]["F"]``; a row that a scorer leaves out is ``None``."""
    value: Any = scores
    for key in path.rsplit(".", 1):
        value = value.get(key) if isinstance(value, dict) else None
    return value


def title(entry: dict[str, Any]) -> str:
    """What a row is called: its set, or what of it is measured where there are several."""
    told: str = entry.get("as", entry["name"])
    return told


def table(entries: list[dict[str, Any]], kept: dict[str, Any]) -> str:
    lines = []
    for entry in entries:
        scores = kept.get(title(entry))
        if scores is None:
            lines.append(f"| {title(entry)} | | not run | | {entry['published']} |")
            continue
        for n, (label, path) in enumerate(entry["figures"].items()):
            value = figure(scores, path)
            told = "–" if value is None else f"{value:.3f}"
            name, count, published = (title(entry), scores["reports"], entry["published"]) if n == 0 else ("", "", "")
            lines.append(f"| {name} | {count} | {label} | {told} | {published} |")
    return HEAD + "\n".join(lines) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", default=[""], help="parts of the names of the sets to run")
    parser.add_argument("--jobs", type=int, default=2)
    arguments = parser.parse_args()
    entries = tomllib.loads((BENCH / "outside.toml").read_text(encoding="utf-8"))["set"]
    kept = json.loads(SCORES.read_text(encoding="utf-8")) if SCORES.exists() else {}
    chosen = [e for e in entries if any(part in title(e) for part in arguments.only)]
    there = [e for e in chosen if (SHARED / "data" / "bench" / e["name"] / "gold.jsonl").exists()]
    if not there:
        print(f"nothing to run: no such outside sets beside this checkout (SHARED={SHARED.name})", file=sys.stderr)
        return 2
    for entry in there:
        data, began = SHARED / "data" / "bench" / entry["name"], time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "predictions.jsonl"
            predict(entry, data, out, arguments.jobs)
            scores = scored(SHARED / "bench" / entry["scorer"], data / "gold.jsonl", out)
        # The page scorer counts pages; the table wants one word for it.
        kept[title(entry)] = {"reports": scores.get("pages"), **scores}
        SCORES.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        (BENCH / "outside.md").write_text(table(entries, kept), encoding="utf-8")
        told = ", ".join(f"{label} {figure(scores, path)}" for label, path in entry["figures"].items())
        print(f"{title(entry):22}{time.monotonic() - began:6.0f} s  {told}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
