"""Score a model on the treebanks' test files: ``python training/evaluate.py --shared ../shared``.

Gold words, punctuation counted. UAS and LAS are shares of words; LAS compares whole labels with their subtypes (``nsubj:pass``),
``LAS-main`` labels without them. Names: see :mod:`scores`. The same model in float32, before its weights were made 8-bit integers, is in
the folder ``float`` beside the checkpoint: ``--model build/model/float``.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

from corpus import Sentence, conllu
from scores import name_scores

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))
from according.reading.parser import Parse, Parser


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
        scores: dict[str, float] = tree_scores(gold, parses)
        if bank == "gum":
            scores |= name_scores([s.names or [] for s in gold], [p.names for p in parses])
        print(bank, json.dumps(scores), flush=True)


if __name__ == "__main__":
    main()
