"""Fit how far to trust a place's score, on the sets of annotated places: ``python training/places.py --shared ../shared``.

Writes ``src/according/places/data/score.toml``: the two numbers of a straight line from a place's share of belief to the chance that it is
the place meant, by least squares over the names with coordinates that ``read`` found and placed. Right is no farther than 161 km from the
annotators' point, as ``score_places.py`` counts. Prints how well the chances agree with what came, by tenths, and how often each is met.
The sets are used for these two numbers and for nothing else that is shipped.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from according.model import Report
from according.places import gazetteer, mentioned, resolve
from according.places.entries import distance_km
from according.reading import read_report

OUT = Path(__file__).resolve().parents[1] / "src" / "according" / "places" / "data" / "score.toml"
SETS = ("places-trnews", "places-lgl")
RIGHT_KM = 161.0


def rows(folder: Path) -> list[tuple[float, bool]]:
    """(share of belief, right) of every placed name that the set has a point for."""
    golds = {g["id"]: g["places"] for g in _lines(folder / "gold.jsonl")}
    out = []
    for record in _lines(folder / "reports.jsonl"):
        reading = read_report(Report(id=record["id"], text=record["text"], source=record["source"]))
        places = mentioned(reading, gazetteer()).places
        for gold in golds[record["id"]]:
            met = next((p for p in places if p.span.start < gold["end"] and gold["start"] < p.span.end), None)
            if gold["lat"] is None or met is None or met.lat is None or met.lon is None or met.score is None:
                continue
            out.append((met.score, distance_km(met.lat, met.lon, gold["lat"], gold["lon"]) <= RIGHT_KM))
    return out


def _lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def report(score: np.ndarray, right: np.ndarray) -> None:
    print("score       names  mean score  right")
    for low in np.arange(0.3, 1.0, 0.1):
        here = (score >= low) & (score < low + 0.1)
        if here.any():
            print(f"{low:.1f} to {low + 0.1:.1f}  {here.sum():6d}  {score[here].mean():10.2f}  {right[here].mean():5.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    shared = parser.parse_args().shared
    resolve.calibrated = lambda belief: belief  # the bare share
    seen = [row for name in SETS for row in rows(shared / "data" / "bench" / name)]
    belief, right = np.array([b for b, _ in seen]), np.array([float(r) for _, r in seen])
    slope, bias = np.polyfit(belief, right, 1)
    OUT.write_text(
        "# The chance that a place is the one meant is bias + slope x its share of belief. Fitted by training/places.py.\n"
        f"bias = {bias:.3f}\nslope = {slope:.3f}\n",
        encoding="utf-8",
    )
    print(f"bias {bias:.3f}, slope {slope:.3f}, over {len(seen)} names; right {right.mean():.3f}")
    report(bias + slope * belief, right)


if __name__ == "__main__":
    main()
