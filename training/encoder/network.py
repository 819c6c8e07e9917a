"""MiniLM (a BERT of 6 layers) with a token classifier a head and one classifier of the text."""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

WIDTH, LAYERS, ATTENTION_HEADS, INNER, VOCABULARY, LONGEST = 384, 6, 12, 1536, 30522, 512


class Dropout(nn.Module):
    """Dropout of whole columns of a text: a thousandth of the random numbers, and as good here."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share

    def forward(self, x: Tensor) -> Tensor:
        """The same shape again; as it was, unless training."""
        if not self.training:
            return x
        kept = torch.rand(x.shape[0], 1, x.shape[2]) >= self.share
        return x * (kept.to(x.dtype) / (1 - self.share))


class Layer(nn.Module):
    """One transformer layer, normalised after each half."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query, self.key, self.value, self.mixed = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.widen, self.narrow = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.norm1, self.norm2 = (nn.LayerNorm(WIDTH, eps=1e-12) for _ in range(2))
        self.dropout = Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """The same shape again: text, wordpiece, width."""
        q, k, v = (self._split(part(x)) for part in (self.query, self.key, self.value))
        scores = (q * (WIDTH // ATTENTION_HEADS) ** -0.5) @ k.transpose(-1, -2) + mask
        seen = (scores.softmax(-1) @ v).transpose(1, 2).reshape(x.shape)
        x = self.norm1(x + self.dropout(self.mixed(seen)))
        return self.norm2(x + self.dropout(self.narrow(functional.gelu(self.widen(x)))))

    @staticmethod
    def _split(x: Tensor) -> Tensor:
        return x.reshape(x.shape[0], x.shape[1], ATTENTION_HEADS, WIDTH // ATTENTION_HEADS).transpose(1, 2)


class Encoder(nn.Module):
    """Wordpieces to (text, wordpiece, head, outside/begin/inside) and (text, kind), both before softmax."""

    def __init__(self, heads: int, kinds: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.words, self.places = nn.Embedding(VOCABULARY, WIDTH), nn.Embedding(LONGEST, WIDTH)
        self.segment = nn.Parameter(torch.zeros(WIDTH))
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.token, self.text = nn.Linear(WIDTH, heads * 3), nn.Linear(WIDTH, kinds)
        self.dropout, self.heads = Dropout(dropout), heads

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """`mask` is true where there is a wordpiece."""
        place = torch.arange(ids.shape[1], device=ids.device)
        x = self.norm(self.words(ids) + self.places(place) + self.segment)
        x = self.dropout(x)
        attend = torch.zeros(mask.shape, dtype=x.dtype).masked_fill(~mask, -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, attend)
        x = self.dropout(x)
        return self.token(x).reshape(ids.shape[0], ids.shape[1], self.heads, 3), self.text(x[:, 0])


_RENAMED = (
    ("attention.self.query", "query"),
    ("attention.self.key", "key"),
    ("attention.self.value", "value"),
    ("attention.output.dense", "mixed"),
    ("attention.output.LayerNorm", "norm1"),
    ("intermediate.dense", "widen"),
    ("output.dense", "narrow"),
    ("output.LayerNorm", "norm2"),
)


def pretrained(weights: Path, heads: int, kinds: int, dropout: float = 0.1) -> Encoder:
    """The encoder with the weights of all-MiniLM-L6-v2 (safetensors) and fresh classifiers."""
    given = load_file(weights)
    state = {
        "words.weight": given["embeddings.word_embeddings.weight"],
        "places.weight": given["embeddings.position_embeddings.weight"],
        "segment": given["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": given["embeddings.LayerNorm.weight"],
        "norm.bias": given["embeddings.LayerNorm.bias"],
    }
    for number in range(LAYERS):
        for old, new in _RENAMED:
            for part in ("weight", "bias"):
                state[f"layers.{number}.{new}.{part}"] = given[f"encoder.layer.{number}.{old}.{part}"]
    network = Encoder(heads, kinds, dropout)
    missing, unexpected = network.load_state_dict(state, strict=False)
    if unexpected or any(not name.startswith(("token.", "text.")) for name in missing):
        raise ValueError(f"not the weights of MiniLM-L6: {missing} {unexpected}")
    return network
