"""The reading model: a MiniLM-L6 encoder with heads for parts of speech, dependencies and names.

The encoder is BERT (Devlin et al. 2019) with MiniLM's sizes (Wang et al. 2020); the dependency head is the biaffine
attention of Dozat and Manning (2017). Tensors: B sentences, T pieces, W words, L labels.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F


@dataclass(frozen=True, slots=True)
class Sizes:
    """Everything that fixes the shape of the network. Encoder sizes are MiniLM-L6's."""

    upos: int
    xpos: int
    rels: int
    names: int
    shapes: int
    vocabulary: int = 30522
    positions: int = 512
    hidden: int = 384
    layers: int = 6
    attention_heads: int = 12
    inner: int = 1536
    arc: int = 320
    rel: int = 128
    tag: int = 256

    def to_dict(self) -> dict[str, int]:
        return asdict(self)


class Layer(nn.Module):
    def __init__(self, s: Sizes, dropout: float) -> None:
        super().__init__()
        self.heads = s.attention_heads
        self.query, self.key, self.value, self.out = (nn.Linear(s.hidden, s.hidden) for _ in range(4))
        self.norm1, self.norm2 = nn.LayerNorm(s.hidden, eps=1e-12), nn.LayerNorm(s.hidden, eps=1e-12)
        self.up, self.down = nn.Linear(s.hidden, s.inner), nn.Linear(s.inner, s.hidden)
        self.dropout = nn.Dropout(dropout)
        self.drop = dropout

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        b, t, h = x.shape
        q, k, v = (f(x).view(b, t, self.heads, h // self.heads).transpose(1, 2) for f in (self.query, self.key, self.value))
        if self.training:
            a = F.scaled_dot_product_attention(q, k, v, attn_mask=bias.to(q.dtype), dropout_p=self.drop)
        else:  # plain operators, which export as they are
            a = torch.softmax(q @ k.transpose(2, 3) * (h // self.heads) ** -0.5 + bias, -1) @ v
        x = self.norm1(x + self.dropout(self.out(a.transpose(1, 2).reshape(b, t, h))))
        return self.norm2(x + self.dropout(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Pieces and shapes → the hidden states after each layer, a list of layers + 1 tensors [B, T, hidden]."""

    def __init__(self, s: Sizes, dropout: float = 0.1) -> None:
        super().__init__()
        self.word = nn.Embedding(s.vocabulary, s.hidden)
        self.position = nn.Embedding(s.positions, s.hidden)
        self.shape = nn.Embedding(s.shapes, s.hidden)
        nn.init.normal_(self.shape.weight, std=0.01)
        self.norm = nn.LayerNorm(s.hidden, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(s, dropout) for _ in range(s.layers))

    def forward(self, ids: Tensor, shapes: Tensor) -> list[Tensor]:
        bias = ((ids == 0).to(torch.float32) * -10000.0)[:, None, None, :]
        places = torch.arange(ids.shape[1], device=ids.device)[None]
        x = self.dropout(self.norm(self.word(ids) + self.position(places) + self.shape(shapes)))
        states = [x]
        for layer in self.layers:
            x = layer(x, bias)
            states.append(x)
        return states


class Mix(nn.Module):
    """A learned weighted mean of the last four layers, whole layers dropped at random in training."""

    def __init__(self, layers: int = 4, drop: float = 0.1) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(layers))
        with torch.no_grad():
            self.weight[-1] = 1.0
        self.drop = drop

    def forward(self, states: list[Tensor]) -> Tensor:
        weight = self.weight
        if self.training:
            weight = weight.masked_fill(torch.rand_like(weight) < self.drop, -1e4)
        share = torch.softmax(weight, 0)
        chosen = states[-len(self.weight) :]
        return sum((share[i] * chosen[i] for i in range(1, len(chosen))), share[0] * chosen[0])


def perceptron(inner: int, outer: int, dropout: float) -> nn.Sequential:
    return nn.Sequential(nn.Linear(inner, outer), nn.GELU(), nn.Dropout(dropout))


class Reader(nn.Module):
    """The whole model. ``forward`` takes the arrays of ``according.reading.pieces.batch`` and gives

    upos [B, W, L], xpos [B, W, L], names [B, W, L]: scores of labels a word;
    arc [B, W, W + 1]: scores of heads (0 is the root, h + 1 is word h); rel [B, W, W + 1, L]: scores of labels for every head.
    """

    def __init__(self, sizes: Sizes, dropout: float = 0.33) -> None:
        super().__init__()
        s = self.sizes = sizes
        self.encoder = Encoder(s)
        self.mix_tags, self.mix_tree, self.mix_names = Mix(), Mix(), Mix()
        self.word_dropout = nn.Dropout(0.2)
        self.tag = perceptron(s.hidden, s.tag, 0.2)
        self.upos, self.xpos = nn.Linear(s.tag, s.upos), nn.Linear(s.tag, s.xpos)
        self.name_inner = perceptron(s.hidden, s.tag, 0.2)
        self.names = nn.Linear(s.tag, s.names)
        self.root = nn.Parameter(torch.randn(s.hidden) * 0.02)
        self.arc_head, self.arc_dep = perceptron(s.hidden, s.arc, dropout), perceptron(s.hidden, s.arc, dropout)
        self.rel_head, self.rel_dep = perceptron(s.hidden, s.rel, dropout), perceptron(s.hidden, s.rel, dropout)
        self.arc_weight = nn.Parameter(torch.zeros(s.arc + 1, s.arc))
        nn.init.xavier_normal_(self.arc_weight)
        self.rel_weight = nn.Parameter(torch.zeros(s.rels, s.rel + 1, s.rel + 1))
        nn.init.normal_(self.rel_weight, std=0.01)

    @staticmethod
    def _words(state: Tensor, first: Tensor, last: Tensor) -> Tensor:
        """[B, W, hidden]: the mean of each word's first and last piece."""
        size = state.shape[2]
        a = torch.gather(state, 1, first[:, :, None].expand(-1, -1, size))
        b = torch.gather(state, 1, last[:, :, None].expand(-1, -1, size))
        return (a + b) * 0.5

    def name_scores(self, states: list[Tensor], first: Tensor, last: Tensor) -> Tensor:
        """[B, W, L] from the encoder's states, of which the last four will do."""
        return self.names(self.name_inner(self.word_dropout(self._words(self.mix_names(states), first, last))))

    def forward(self, ids: Tensor, shapes: Tensor, first: Tensor, last: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        states = self.encoder(ids, shapes)
        names = self.name_scores(states, first, last)
        tags = self.tag(self.word_dropout(self._words(self.mix_tags(states), first, last)))
        words = self.word_dropout(self._words(self.mix_tree(states), first, last))
        root = self.root[None, None].expand(words.shape[0], 1, -1)
        rooted = torch.cat([root.to(words.dtype), words], 1)
        arc_dep, arc_head = self.arc_dep(words), self.arc_head(rooted)
        one = torch.ones_like(arc_dep[:, :, :1])
        arc = torch.cat([arc_dep, one], 2) @ self.arc_weight @ arc_head.transpose(1, 2)
        rel_dep = torch.cat([self.rel_dep(words), one], 2)
        rel_head = self.rel_head(rooted)
        rel_head = torch.cat([rel_head, torch.ones_like(rel_head[:, :, :1])], 2)
        labels, size, _ = self.rel_weight.shape
        b, w, _ = rel_dep.shape
        left = (rel_dep @ self.rel_weight.permute(1, 0, 2).reshape(size, labels * size)).view(b, w * labels, size)
        rel = (left @ rel_head.transpose(1, 2)).view(b, w, labels, w + 1).transpose(2, 3)
        return self.upos(tags), self.xpos(tags), names, arc, rel


def load_minilm(encoder: Encoder, tensors: dict[str, Tensor]) -> None:
    """Fill the encoder with a BERT checkpoint's weights; token type 0 is folded into the word table."""
    names = {
        "attention.self.query": "query", "attention.self.key": "key", "attention.self.value": "value", "attention.output.dense": "out",
        "attention.output.LayerNorm": "norm1", "intermediate.dense": "up", "output.dense": "down", "output.LayerNorm": "norm2",
    }  # fmt: skip
    own = encoder.state_dict()
    with torch.no_grad():
        own["word.weight"].copy_(tensors["embeddings.word_embeddings.weight"] + tensors["embeddings.token_type_embeddings.weight"][0])
        own["position.weight"].copy_(tensors["embeddings.position_embeddings.weight"])
        for part in ("weight", "bias"):
            own[f"norm.{part}"].copy_(tensors[f"embeddings.LayerNorm.{part}"])
            for i in range(len(encoder.layers)):
                for theirs, ours in names.items():
                    own[f"layers.{i}.{ours}.{part}"].copy_(tensors[f"encoder.layer.{i}.{theirs}.{part}"])
    encoder.load_state_dict(own)
