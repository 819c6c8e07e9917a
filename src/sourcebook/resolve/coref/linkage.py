"""Average linkage over a sparse likeness (Sokal and Michener 1958): what is not given is none."""

from __future__ import annotations

from collections.abc import Mapping
from heapq import heapify, heappop, heappush


def linked(count: int, likeness: Mapping[tuple[int, int], float], least: float) -> list[int]:
    """For each of `count` things the number of its cluster's first; joins down to an average of `least`.

    Ties go to the pair that comes first.
    """
    sums: list[dict[int, float]] = [{} for _ in range(count)]
    for (left, right), value in likeness.items():
        sums[left][right] = sums[right][left] = value
    size = [1] * count
    of = list(range(count))
    waiting = [(-v, min(p), max(p)) for p, v in likeness.items() if v >= least]
    heapify(waiting)
    while waiting:
        negative, left, right = heappop(waiting)
        if of[left] != left or of[right] != right or _average(sums, size, left, right) != -negative:
            continue
        of[right] = left
        for other, value in sums[right].items():
            if other != left:
                sums[left][other] = sums[other][left] = sums[left].get(other, 0.0) + value
                del sums[other][right]
        sums[left].pop(right, None)
        size[left] += size[right]
        for other in sums[left]:
            average = _average(sums, size, left, other)
            if average >= least:
                heappush(waiting, (-average, min(left, other), max(left, other)))
    return [_root(of, n) for n in range(count)]


def _average(sums: list[dict[int, float]], size: list[int], left: int, right: int) -> float:
    return sums[left].get(right, 0.0) / (size[left] * size[right])


def _root(of: list[int], at: int) -> int:
    while of[at] != at:
        at = of[at]
    return at
