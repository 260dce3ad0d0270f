"""Score a model on the treebanks' test files: ``python training/evaluate.py --shared ../shared``.

Gold words, punctuation counted. UAS and LAS are shares of words; LAS compares whole labels with their subtypes (``nsubj:pass``),
``LAS-main`` labels without them. Names: a predicted name is right where it overlaps a gold name of its kind, one to one.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

from corpus import Sentence, conllu

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))
from according.reading.parser import Parse, Parser


def spans(tags: list[str]) -> list[tuple[int, int, str]]:
    out: list[tuple[int, int, str]] = []
    for i, tag in enumerate(tags):
        if tag.startswith("B-"):
            out.append((i, i, tag[2:]))
        elif tag.startswith("I-") and out:
            out[-1] = (out[-1][0], i, out[-1][2])
    return out


def tree_scores(gold: list[Sentence], parses: list[Parse]) -> dict[str, float]:
    count: Counter[str] = Counter()
    for g, p in zip(gold, parses, strict=True):
        assert g.upos and g.xpos and g.heads and g.rels
        for i in range(len(g.words)):
            head = g.heads[i] == p.heads[i]
            count["words"] += 1
            count["UPOS"] += g.upos[i] == p.upos[i]
            count["XPOS"] += g.xpos[i] == p.xpos[i]
            count["UAS"] += head
            count["LAS"] += head and g.rels[i] == p.rels[i]
            count["LAS-main"] += head and g.rels[i].split(":")[0] == p.rels[i].split(":")[0]
    return {k: round(count[k] / count["words"], 4) for k in ("UPOS", "XPOS", "UAS", "LAS", "LAS-main")}


def name_scores(gold: list[Sentence], parses: list[Parse]) -> dict[str, float]:
    """Overlap F1, of each kind and of all; ``kindless`` takes any kind for right, ``without_other`` leaves the kind "other" out."""
    tally: dict[str, Counter[str]] = {}
    for g, p in zip(gold, parses, strict=True):
        want, have = spans(g.names or []), spans(p.names)
        for key in ("kindless", "without_other", *{s[2] for s in want + have}):
            t = tally.setdefault(key, Counter())
            if key == "kindless":
                a, b = [(x, y, "") for x, y, _ in want], [(x, y, "") for x, y, _ in have]
            elif key == "without_other":
                a, b = ([s for s in side if s[2] != "other"] for side in (want, have))
            else:
                a, b = ([s for s in side if s[2] == key] for side in (want, have))
            left = list(b)
            t["gold"] += len(a)
            t["pred"] += len(b)
            for s in a:
                hit = next((q for q in left if q[0] <= s[1] and s[0] <= q[1] and q[2] == s[2]), None)
                if hit:
                    left.remove(hit)
                    t["hit"] += 1
    return {f"names {k}": round(2 * t["hit"] / max(1, t["gold"] + t["pred"]), 4) for k, t in sorted(tally.items())}


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--shared", type=Path, default=Path("../shared"))
    ap.add_argument("--model", type=Path, default=Path(__file__).resolve().parents[1] / "src" / "according" / "reading" / "model")
    ap.add_argument("--split", default="test")
    a = ap.parse_args()
    parser = Parser(a.model)
    for bank in ("gum", "ewt"):
        gold = list(conllu(a.shared / "data" / "syntax" / f"{bank}-{a.split}.conllu", with_names=bank == "gum"))
        parses = parser.parse([s.words for s in gold])
        print(bank, json.dumps(tree_scores(gold, parses) | (name_scores(gold, parses) if bank == "gum" else {})))


if __name__ == "__main__":
    main()
