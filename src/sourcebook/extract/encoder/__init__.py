"""A small neural tagger, run once a document: how likely each word opens or continues a filler of each role.

MiniLM with 22 million weights in 8-bit integers, read by onnxruntime on one thread. `training/encoder` makes
it; `docs/reference/model-card.md` says from what, how good it is, and what it must not be used for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file
from pathlib import Path
from typing import Final

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from sourcebook.extract.encoder.windows import Floats, blend, windows
from sourcebook.extract.shipped import MODEL, WEIGHTS

#: Heads that tag words, in the order of the network's output.
ROLES: Final = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon", "VictimDesc")
#: Heads that judge the text: incident types of MUC-4 with examples enough, and whether there is any incident.
TYPES: Final = ("ATTACK", "BOMBING", "KIDNAPPING")
KINDS: Final = (*TYPES, "ANY")

_CLS, _SEP, _PAD = 101, 102, 0
#: Windows that are run at once: bounds the memory of a long document.
_TOGETHER: Final = 8


@dataclass(frozen=True)
class Scores:
    """What the tagger makes of a text. `marks` has a row a wordpiece: head, then outside, begin, inside.

    `offsets` are half-open code points of the text; `kinds` are chances between 0 and 1.
    """

    text: str
    offsets: Sequence[tuple[int, int]]
    marks: Floats
    kinds: Mapping[str, float]

    def head(self, name: str) -> Floats:
        """Chances of outside, begin and inside for every wordpiece."""
        return self.marks[:, ROLES.index(name)]


class Tagger:
    """The network and its tokenizer, on one thread."""

    def __init__(self, model: Path, tokenizer: str) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_str(tokenizer)
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()

    def read(self, text: str) -> Scores:
        """The chances for every wordpiece of the text and for the text as a whole."""
        encoded = self._tokenizer.encode(text, add_special_tokens=False)
        if not encoded.ids:
            return Scores(text, [], np.zeros((0, len(ROLES), 3), np.float32), dict.fromkeys(KINDS, 0.0))
        cuts = windows(text, encoded.offsets)
        parts: list[tuple[int, int, Floats]] = []
        kinds = np.zeros(len(KINDS), np.float32)
        for low in range(0, len(cuts), _TOGETHER):
            group = cuts[low : low + _TOGETHER]
            marks, judged = self._run([encoded.ids[start:end] for start, end in group])
            parts += [(s, e, rows[1 : 1 + e - s]) for (s, e), rows in zip(group, marks, strict=True)]
            kinds = np.maximum(kinds, judged.max(axis=0))
        chances = {kind: float(chance) for kind, chance in zip(KINDS, kinds, strict=True)}
        return Scores(text, encoded.offsets, blend(parts, len(encoded.ids)), chances)

    def _run(self, group: Sequence[Sequence[int]]) -> tuple[Floats, Floats]:
        ids = np.full((len(group), max(map(len, group)) + 2), _PAD, dtype=np.int64)
        for row, pieces in zip(ids, group, strict=True):
            row[: len(pieces) + 2] = [_CLS, *pieces, _SEP]
        marks, kinds = self._session.run(["marks", "kinds"], {"ids": ids})
        return marks, kinds


@cache
def tagger() -> Tagger:
    """The shipped network, loaded once a process."""
    with as_file(WEIGHTS.joinpath(MODEL)) as path:
        return Tagger(path, WEIGHTS.joinpath("tokenizer.json").read_text(encoding="utf-8"))


def read(text: str) -> Scores:
    """What the shipped network makes of a text."""
    return tagger().read(text)
