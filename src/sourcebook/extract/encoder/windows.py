"""How a text longer than the encoder's reach is cut, and how the scores of overlapping cuts are joined."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Offsets = Sequence[tuple[int, int]]
Floats = NDArray[np.float32]

#: Wordpieces in a window, and from one window's start to the next at most.
SIZE, STRIDE = 254, 170
#: A wordpiece this far inside its window counts fully; nearer to a cut it counts less.
_DEEP = 64
_SENTENCE_END = re.compile(r"[.!?][\"'”’]?\s{1,9}(?=\S)|\s{3,9}|\n\s{0,9}\n\s{0,9}")


def windows(text: str, offsets: Offsets, *, size: int = SIZE, stride: int = STRIDE) -> list[tuple[int, int]]:
    """Half-open runs of wordpieces that cover the text, begun at a sentence where one begins in reach."""
    if len(offsets) <= size:
        return [(0, len(offsets))]
    starts = [start for start, _ in offsets]
    sentences = sorted({bisect_left(starts, m.end()) for m in _SENTENCE_END.finditer(text)})
    found = [(0, size)]
    while found[-1][1] < len(offsets):
        here = found[-1][0]
        last = bisect_right(sentences, here + stride) - 1
        begun = sentences[last] if last >= 0 else 0
        start = begun if begun > here + stride // 2 else here + stride
        found.append((start, min(len(offsets), start + size)))
    return found


def blend(parts: Sequence[tuple[int, int, Floats]], length: int) -> Floats:
    """One row a wordpiece from windows (start, end, rows): the mean, the middle of a window weighing most."""
    total = np.zeros((length, *parts[0][2].shape[1:]), dtype=np.float32)
    mass = np.zeros(length, dtype=np.float32)
    for start, end, rows in parts:
        weight = _weights(end - start, first=start == 0, last=end == length)
        total[start:end] += rows * weight.reshape(-1, *[1] * (rows.ndim - 1))
        mass[start:end] += weight
    return (total / mass.reshape(-1, *[1] * (total.ndim - 1))).astype(np.float32)


def _weights(length: int, *, first: bool, last: bool) -> Floats:
    place = np.arange(length)
    weight = np.minimum(np.minimum(place + 1, place[::-1] + 1), _DEEP).astype(np.float32)
    if first:
        weight[: length // 2] = _DEEP
    if last:
        weight[length // 2 :] = _DEEP
    return weight
