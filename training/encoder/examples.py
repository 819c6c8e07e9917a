"""Texts to batches: windows of wordpieces with the label of every head."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
import torch
from corpus import Span, Text
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor

from sourcebook.extract.encoder import KINDS, ROLES
from sourcebook.extract.encoder.windows import SIZE, windows

#: No label: the corpus does not mark this head.
UNMARKED = -100
OUTSIDE, BEGIN, INSIDE = 0, 1, 2
CLS, SEP, PAD = 101, 102, 0
#: From one window to the next; smaller when reading, where overlaps are averaged.
STRIDE = 230


@dataclass(frozen=True)
class Window:
    """Wordpieces of one window, their labels (wordpiece, head) and the labels of the text (or UNMARKED)."""

    ids: list[int]
    labels: NDArray[np.int8]
    kinds: NDArray[np.int8]

    @property
    def empty(self) -> bool:
        """No role of an incident stands in it."""
        return not (self.labels > 0).any()


def labels(offsets: Sequence[Span], text: Text) -> NDArray[np.int8]:
    """Outside, begin, inside for every wordpiece and head; a later span is drawn over an earlier one."""
    marks = np.full((len(offsets), len(ROLES)), UNMARKED, dtype=np.int8)
    starts, ends = np.array(offsets).reshape(-1, 2).T
    for number, head in enumerate(ROLES):
        if head not in text.spans:
            continue
        marks[:, number] = OUTSIDE
        for start, end in text.spans[head]:
            inside = np.flatnonzero((starts < end) & (ends > start))
            marks[inside, number] = INSIDE
            marks[inside[:1], number] = BEGIN
    return marks


def cut(texts: Iterable[Text], tokenizer: Tokenizer) -> list[Window]:
    """All windows of the texts. Only one with a role in it, or the first, is told the incident types."""
    found = []
    for text in texts:
        encoded = tokenizer.encode(text.text, add_special_tokens=False)
        marks = labels(encoded.offsets, text)
        kinds = np.array([kind in text.kinds for kind in KINDS], dtype=np.int8)
        for start, end in windows(text.text, encoded.offsets, size=SIZE, stride=STRIDE):
            window = Window(encoded.ids[start:end], marks[start:end], kinds)
            if start and window.empty and text.kinds:
                window = Window(window.ids, window.labels, np.full_like(kinds, -1))
            found.append(window)
    return found


@dataclass(frozen=True)
class Batch:
    """Tensors of some windows, padded to the longest."""

    ids: Tensor
    mask: Tensor
    labels: Tensor
    kinds: Tensor


def batch(group: Sequence[Window]) -> Batch:
    """The windows with [CLS] and [SEP] around them."""
    length = max(len(w.ids) for w in group) + 2
    ids = torch.full((len(group), length), PAD)
    marks = torch.full((len(group), length, len(ROLES)), UNMARKED)
    for row, window in enumerate(group):
        ids[row, : len(window.ids) + 2] = torch.tensor([CLS, *window.ids, SEP])
        marks[row, 1 : len(window.ids) + 1] = torch.from_numpy(window.labels).long()
    kinds = torch.from_numpy(np.stack([w.kinds for w in group])).float()
    return Batch(ids, ids != PAD, marks, kinds)


def batches(found: Sequence[Window], size: int, draw: Random) -> Iterator[list[Window]]:
    """All windows once in random order, those of like length together."""
    order = draw.sample(found, len(found))
    groups = []
    for low in range(0, len(order), size * 16):
        alike = sorted(order[low : low + size * 16], key=lambda w: len(w.ids))
        groups += [alike[i : i + size] for i in range(0, len(alike), size)]
    draw.shuffle(groups)
    return iter(groups)
