"""Second stage, names: ``python training/names.py --shared ../shared --model build/model``.

Takes the checkpoint that train.py wrote and trains its head for names alone: trees and tags cannot change. The encoder's states are
computed once, so that an epoch takes seconds. The epoch is chosen on gum-dev. The checkpoint is written over the one that was read, which
stays beside it as ``syntax.pt``.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

from corpus import Sentence, conllu, re3d, uner, wikigold
from network import Reader, Sizes
from scores import name_scores
from train import LONGEST, NAME_TAGS, Pieces, batches, tensors, varied

#: How much a sentence of each corpus weighs: the definitions of kinds follow GUM, re3d is the domain, the others draw other lines.
WEIGHTS = {"gum": 1.0, "re3d": 2.0, "wikigold": 0.5, "uner": 0.4}
Batch = dict[str, Tensor]


def corpora(shared: Path) -> Iterator[tuple[str, list[Sentence]]]:
    names = shared / "data" / "names"
    yield "gum", list(conllu(shared / "data" / "syntax" / "gum-train.conllu", with_names=True))
    yield "re3d", list(re3d(names / "re3d.jsonl"))
    yield "wikigold", list(wikigold(names / "wikigold.conll"))
    yield "uner", list(uner(names / "uner-ewt-dev.iob2"))


@torch.no_grad()
def states(reader: Reader, sentences: list[Sentence], pieces: Pieces, weight: float, drop: float, chance: random.Random) -> Iterator[Batch]:
    """Batches with what goes into the head, in half precision: ``state`` [4, B, T, hidden]."""
    reader.eval()
    index = {"upos": {}, "xpos": {}, "rels": {}, "names": {t: i for i, t in enumerate(NAME_TAGS)}}
    for group in batches(sentences, pieces, chance):
        data = tensors(group, pieces, index, drop, chance)
        found = reader.encoder(data["ids"], data["shapes"])[-4:]
        yield {k: data[k] for k in ("first", "last", "names")} | {"state": torch.stack(found).half(), "weight": torch.tensor(weight)}


def scores_of(reader: Reader, data: Batch) -> Tensor:
    return reader.name_scores(list(data["state"].float()), data["first"], data["last"])


@torch.no_grad()
def dev_scores(reader: Reader, dev: list[Batch]) -> dict[str, float]:
    reader.eval()
    gold, found = [], []
    for data in dev:
        for row, best in zip(data["names"], scores_of(reader, data).argmax(-1), strict=True):
            gold.append([NAME_TAGS[i] if i >= 0 else "?" for i in row])
            found.append([NAME_TAGS[i] for i in best])
    return name_scores(gold, found)


def first_stage(folder: Path) -> dict[str, Any]:
    """What train.py made; it is kept as ``syntax.pt`` once this stage has written its own over it."""
    saved: dict[str, Any] = torch.load(folder / "model.pt", weights_only=False)
    if "names_epoch" in saved:
        return dict(torch.load(folder / "syntax.pt", weights_only=False))
    shutil.copyfile(folder / "model.pt", folder / "syntax.pt")
    return saved


def prepared(reader: Reader, pieces: Pieces, shared: Path, chance: random.Random) -> tuple[list[Batch], list[Batch]]:
    """Batches to train on, each sentence as it is and once more varied, and batches of gum-dev."""
    train: list[Batch] = []
    for corpus, sentences in corpora(shared):
        fit = [s for s in sentences if 0 < len(s.words) <= LONGEST]
        train += states(reader, fit, pieces, WEIGHTS[corpus], 0.0, chance)
        train += states(reader, [varied(s, chance) for s in fit], pieces, WEIGHTS[corpus], 0.08, chance)
    dev = list(conllu(shared / "data" / "syntax" / "gum-dev.conllu", with_names=True))
    return train, list(states(reader, dev, pieces, 1.0, 0.0, chance))


def epochs(reader: Reader, train: list[Batch], count: int, rate: float, chance: random.Random) -> Iterator[float]:
    """Train the head for names; the mean loss after each epoch."""
    head = [*reader.mix_names.parameters(), *reader.name_inner.parameters(), *reader.names.parameters()]
    optimiser = torch.optim.AdamW(head, lr=rate, weight_decay=0.01, betas=(0.9, 0.98))
    total = len(train) * count
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda n: min(1.0, (n + 1) / (0.08 * total)) * 0.5 * (1 + math.cos(math.pi * min(1.0, n / total)))
    )
    for _ in range(count):
        running = 0.0
        reader.train()
        chance.shuffle(train)
        for data in train:
            scores = scores_of(reader, data)
            loss = data["weight"] * F.cross_entropy(scores.flatten(0, 1), data["names"].flatten(), ignore_index=-100, label_smoothing=0.03)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(head, 2.0)
            optimiser.step()
            schedule.step()
            running += loss.item()
        yield running / len(train)


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--shared", type=Path, default=Path("../shared"))
    ap.add_argument("--model", type=Path, default=Path("build/model"))
    ap.add_argument("--epochs", type=int, default=3)
    ap.add_argument("--seed", type=int, default=20261122)
    ap.add_argument("--rate", type=float, default=4e-4, help="peak learning rate")
    ap.add_argument("--threads", type=int, default=2)
    a = ap.parse_args()
    torch.set_num_threads(a.threads)
    torch.manual_seed(a.seed)
    chance = random.Random(a.seed)
    saved = first_stage(a.model)
    reader = Reader(Sizes(**saved["sizes"]))
    reader.load_state_dict(saved["weights"])
    began = time.time()
    train, dev = prepared(reader, Pieces(a.model / "tokenizer.json"), a.shared, chance)
    print(f"{len(train)} batches after {time.time() - began:.0f} s; first stage: {json.dumps(dev_scores(reader, dev))}", flush=True)
    best, kept = -1.0, saved
    for epoch, loss in enumerate(epochs(reader, train, a.epochs, a.rate, chance), 1):
        result = dev_scores(reader, dev)
        print(json.dumps({"epoch": epoch, "loss": round(loss, 4), "seconds": round(time.time() - began)} | result), flush=True)
        if result["names without_other"] > best:
            best = result["names without_other"]
            kept = saved | {"weights": {k: v.clone() for k, v in reader.state_dict().items()}, "names_epoch": epoch}
    torch.save(kept, a.model / "model.pt")


if __name__ == "__main__":
    main()
