"""Logistic and ridge regression over named features: what the other scripts of this folder fit with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def vocabulary(rows: Iterable[Sequence[str]], least: int) -> dict[str, int]:
    """Features seen in at least `least` rows, numbered in alphabetical order."""
    seen = Counter(f for row in rows for f in set(row))
    return {f: i for i, f in enumerate(sorted(f for f, n in seen.items() if n >= least))}


def flat(rows: Sequence[Sequence[str]], known: dict[str, int]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Feature numbers of all rows in one array, and where each row starts."""
    numbers = [[known[f] for f in row if f in known] for row in rows]
    starts = np.cumsum([0, *(len(n) for n in numbers)])
    return np.array([i for n in numbers for i in n], dtype=np.int64), starts


def logistic(
    rows: Sequence[Sequence[str]],
    gold: Sequence[bool],
    known: dict[str, int],
    *,
    l2: float = 1e-5,
    epochs: int = 12,
) -> Floats:
    """Weights by AdaGrad over shuffled batches; the seed is fixed."""
    index, starts = flat(rows, known)
    y = np.asarray(gold, dtype=np.float64)
    w, g2 = np.zeros(len(known)), np.full(len(known), 1e-6)
    order = np.random.default_rng(20240401)
    for epoch in range(epochs):
        rate = 0.3 / (1 + epoch)
        shuffled = order.permutation(len(rows))
        for low in range(0, len(rows), 256):
            batch = shuffled[low : low + 256]
            lengths = starts[batch + 1] - starts[batch]
            own = np.repeat(np.arange(len(batch)), lengths)
            cols = np.concatenate([index[starts[b] : starts[b + 1]] for b in batch])
            z = np.bincount(own, weights=w[cols], minlength=len(batch))
            error = 1 / (1 + np.exp(-z)) - y[batch]
            touched, inverse = np.unique(cols, return_inverse=True)
            gradient = np.bincount(inverse, weights=error[own]) / 16 + l2 * 16 * w[touched]
            g2[touched] += gradient**2
            w[touched] -= rate * gradient / np.sqrt(g2[touched])
    return w


def ridge(rows: Sequence[Sequence[str]], wanted: Floats, *, least: int, strength: float) -> dict[str, float]:
    """Weights by feature, from the normal equations."""
    known = vocabulary(rows, least)
    x = np.zeros((len(rows), len(known)))
    for i, row in enumerate(rows):
        x[i, [known[f] for f in row if f in known]] = 1.0
    square = x.T @ x
    square[np.diag_indices(len(known))] += strength
    solved = np.linalg.solve(square, x.T @ wanted)
    return {f: float(solved[i]) for f, i in known.items()}
