"""Export a trained model to the file that is shipped: ``python training/export.py --model build/model --out src/according/reading/model``.

Weights are stored as 8-bit integers with one scale a column (a row for the word table) and turned back into float32 by the
run time when it loads them, so that all arithmetic is float32: labels do not differ between kinds of CPU, nor with what stands beside a
sentence in a batch, as they do where activations are quantised.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from network import Reader, Sizes

SMALL = 4096  # tensors of fewer numbers stay float32


class Shipped(nn.Module):
    """The reader with the outputs that the run time needs: labels for all arcs are decided here, to keep the output small."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, ids: Tensor, shapes: Tensor, first: Tensor, last: Tensor) -> tuple[Tensor, ...]:
        upos, xpos, names, arc, rel = self.reader(ids, shapes, first, last)
        return upos.argmax(-1), xpos.argmax(-1), torch.log_softmax(names, -1), arc, rel.argmax(-1)


def quantise(model: onnx.ModelProto) -> onnx.ModelProto:
    """Replace large float initialisers by int8 with scales, followed by the operators that turn them back."""
    graph = model.graph
    users: dict[str, list[onnx.NodeProto]] = {}
    for node in graph.node:
        for name in node.input:
            users.setdefault(name, []).append(node)
    extra: list[onnx.NodeProto] = []
    for tensor in list(graph.initializer):
        values = numpy_helper.to_array(tensor)
        if tensor.data_type != TensorProto.FLOAT or values.size < SMALL or values.ndim < 2:
            continue
        gathered = all(n.op_type == "Gather" and n.input[0] == tensor.name for n in users[tensor.name])
        axes = tuple(range(1, values.ndim)) if gathered else tuple(range(values.ndim - 1))
        scale = np.maximum(np.abs(values).max(axis=axes, keepdims=True) / 127.0, 1e-12).astype(np.float32)
        whole = np.clip(np.round(values / scale), -127, 127).astype(np.int8)
        graph.initializer.remove(tensor)
        graph.initializer.append(numpy_helper.from_array(whole, tensor.name + ".q"))
        graph.initializer.append(numpy_helper.from_array(scale, tensor.name + ".s"))
        if gathered:  # look up first: the big word table need not be unpacked
            for node in users[tensor.name]:
                out = node.output[0]
                nodes = [
                    helper.make_node("Gather", [tensor.name + ".q", node.input[1]], [out + ".q"], axis=0),
                    helper.make_node("Gather", [tensor.name + ".s", node.input[1]], [out + ".s"], axis=0),
                    helper.make_node("Cast", [out + ".q"], [out + ".f"], to=TensorProto.FLOAT),
                    helper.make_node("Mul", [out + ".f", out + ".s"], [out]),
                ]
                at = list(graph.node).index(node)
                graph.node.remove(node)
                for offset, new in enumerate(nodes):
                    graph.node.insert(at + offset, new)
        else:
            extra.append(helper.make_node("Cast", [tensor.name + ".q"], [tensor.name + ".f"], to=TensorProto.FLOAT))
            extra.append(helper.make_node("Mul", [tensor.name + ".f", tensor.name + ".s"], [tensor.name]))
    for offset, node in enumerate(extra):
        graph.node.insert(offset, node)
    onnx.checker.check_model(model)
    return model


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--model", type=Path, default=Path("build/model"))
    ap.add_argument("--out", type=Path, default=Path("src/according/reading/model"))
    a = ap.parse_args()
    saved = torch.load(a.model / "model.pt", weights_only=False)
    reader = Reader(Sizes(**saved["sizes"]))
    reader.load_state_dict(saved["weights"])
    reader.eval()
    a.out.mkdir(parents=True, exist_ok=True)
    ids = torch.tensor([[101, 2632, 2121, 102, 0], [101, 2632, 2121, 2632, 102]])
    places = torch.tensor([[1, 2, 0], [1, 2, 3]])
    float_file = a.model / "float" / "reader.onnx"
    float_file.parent.mkdir(exist_ok=True)
    pieces = {k: {0: "b", 1: "t"} for k in ("ids", "shapes")}
    words = {k: {0: "b", 1: "w"} for k in ("first", "last", "upos", "xpos", "names", "arc", "rel")}
    torch.onnx.export(
        Shipped(reader), (ids, torch.ones_like(ids), places, places), str(float_file), dynamo=False, opset_version=17,
        input_names=["ids", "shapes", "first", "last"], output_names=["upos", "xpos", "names", "arc", "rel"], dynamic_axes=pieces | words,
    )  # fmt: skip
    onnx.save(quantise(onnx.load(str(float_file))), str(a.out / "reader.onnx"))
    for folder in (a.out, float_file.parent):  # the float32 model is a model too, to compare with
        shutil.copyfile(a.model / "tokenizer.json", folder / "tokenizer.json")
        digest = hashlib.sha256((folder / "reader.onnx").read_bytes()).hexdigest()
        card = {"labels": saved["labels"], "epochs": saved["epochs"], "reader_sha256": digest}
        (folder / "labels.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    digest = hashlib.sha256((a.out / "reader.onnx").read_bytes()).hexdigest()
    print(f"{a.out / 'reader.onnx'}: {(a.out / 'reader.onnx').stat().st_size / 1e6:.1f} MB, sha256 {digest}")


if __name__ == "__main__":
    main()
