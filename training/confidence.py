"""Fit the confidence of claims on the development set: ``python training/confidence.py --shared ../shared``.

Writes ``src/according/coding/confidence.toml``. A claim counts as right where a gold claim of its type stands on its words or in its
sentence (as ``score.py`` matches). Ridge-penalised logistic regression by Newton's method; prints how well the fitted chances
agree with what came, by tenths, from leaving each report out in turn.
"""

from __future__ import annotations

import argparse
import json
from datetime import date
from pathlib import Path

import numpy as np

from according.coding import coder, confidence
from according.intake import furniture
from according.model import Report
from according.reading import read_report

OUT = Path(__file__).resolve().parents[1] / "src" / "according" / "coding" / "confidence.toml"
RIDGE = 2.0


def rows(gold: Path) -> list[tuple[str, dict[str, float], bool]]:
    """(report, features, right) of every claim that is made on the gold reports."""
    seen: list[tuple[dict[str, float], str]] = []
    made = confidence.confidence

    def watch(trigger: object, claim: object) -> float:
        seen.append((confidence.features(trigger, claim), claim.id))  # type: ignore[arg-type, attr-defined]
        return 0.5

    coder.confidence = watch  # type: ignore[attr-defined, assignment]
    out = []
    for path in sorted(gold.glob("*.json")):
        record = json.loads(path.read_text(encoding="utf-8"))
        text = record["text"]
        published = date.fromisoformat(record["published"]) if record["published"] else None
        report = Report(id=record["id"], text=text, published=published, furniture=tuple(furniture.spans(text, None)))
        seen.clear()
        claims = coder.code(read_report(report)).claims
        by_id = {key: values for values, key in seen}
        out += [(record["id"], by_id[c.id], _right(c, record, text)) for c in claims]
    coder.confidence = made  # type: ignore[attr-defined]
    return out


def _right(claim: object, record: dict[str, object], text: str) -> bool:
    for g in record["claims"]:  # type: ignore[attr-defined]
        if g["type"] != claim.type:  # type: ignore[attr-defined]
            continue
        start = max(0, text.find(g["sentence"]))
        if start < claim.trigger.end and claim.trigger.start < start + len(g["sentence"]):  # type: ignore[attr-defined]
            return True
    return False


def fit(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    w = np.zeros(x.shape[1])
    penalty = RIDGE * np.eye(x.shape[1])
    penalty[0, 0] = 0.0
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ w))
        step = np.linalg.solve(x.T @ (x * (p * (1 - p))[:, None]) + penalty, x.T @ (y - p) - penalty @ w)
        w += step
        if np.abs(step).max() < 1e-8:
            break
    return w


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--shared", type=Path, default=Path("../shared"))
    a = ap.parse_args()
    data = rows(a.shared / "gold" / "dev")
    names = list(data[0][1])
    x = np.array([[1.0, *r[1].values()] for r in data])
    y = np.array([float(r[2]) for r in data])
    reports = np.array([r[0] for r in data])
    held = np.zeros(len(y))
    for report in sorted(set(reports)):
        away = reports == report
        held[away] = 1 / (1 + np.exp(-x[away] @ fit(x[~away], y[~away])))
    for low in np.arange(0.0, 1.0, 0.1):
        some = (held >= low) & (held < low + 0.1)
        if some.any():
            print(f"{low:.1f}–{low + 0.1:.1f}: {some.sum():4} claims, told {held[some].mean():.2f}, right {y[some].mean():.2f}")
    print(f"Brier score {((held - y) ** 2).mean():.3f}, of always saying {y.mean():.2f}: {((y.mean() - y) ** 2).mean():.3f}")
    weights = fit(x, y)
    lines = ["# Written by training/confidence.py: weights of a logistic model, in log odds.", "", "[weights]"]
    lines += [f"{name} = {value:.3f}" for name, value in zip(["bias", *names], weights, strict=True)]
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
