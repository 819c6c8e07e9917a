"""Which groups of claims are worth comparing: those that share something and are not plainly apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import chain
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sourcebook.gazetteer.distance import NEAR
from sourcebook.resolve.events.exclusions import DEGREE
from sourcebook.resolve.events.sketch import Sketch

#: A block up to this size is compared pair by pair, a larger one in a window over its dates.
_SMALL = 40
_WINDOW = 12
#: Blocks beyond this size tell nothing: what their members share is everywhere.
_LARGEST = 4000
_LAST = date.max.toordinal()
#: Degrees of latitude, half of what two towns may lie apart and be one place.
_REACH = NEAR / DEGREE / 2
_STAGES = ("", "done", "undone")
_OUTLINE: Final = np.dtype(
    [("start", "i4"), ("end", "i4"), ("lands", "u8"), ("stage", "i1"), ("south", "f8"), ("north", "f8")]
)

Numbers = NDArray[np.int64]


def keys(sketch: Sketch) -> Iterator[str]:
    """What a group shares with those that it may be one event with."""
    kind = sketch.family
    for word in sketch.words:
        yield f"{kind} word {word}"
    for site in sketch.sites:
        yield f"{kind} site {site.key}"
    for country in sketch.countries:
        yield f"{kind} {sketch.stage} country {country}"
    for who in sketch.doers | sketch.done_to | sketch.beside:
        yield f"{kind} who {who}"
    for role, toll in sketch.tolls:
        if (toll.low or toll.high or 0) >= 5:
            yield f"{kind} {role} {toll.low} {toll.high}"
    if sketch.when.length == 1:
        yield f"{kind} on {sketch.when.earliest}"


def same_text(sketch: Sketch) -> Iterator[str]:
    """What groups of one document and family share."""
    for document in sketch.documents:
        yield f"{document} {sketch.family}"


class Outlines:
    """What tells groups apart at once, a row each by their numbers in the order of names.

    Days as numbers, the countries of the sites as bits, the outcome, and the latitudes that the towns lie
    between (south above north where there are none).
    """

    def __init__(self, sketches: Mapping[str, Sketch]) -> None:
        self.names = sorted(sketches)
        self._numbers = {name: n for n, name in enumerate(self.names)}
        self._bits: dict[str, int] = {}
        self._rows = np.fromiter((self._row(sketches[name]) for name in self.names), _OUTLINE)

    def number(self, name: str) -> int:
        """The number of a group."""
        return self._numbers[name]

    def put(self, name: str, sketch: Sketch) -> None:
        """What tells a group apart now."""
        self._rows[self._numbers[name]] = self._row(sketch)

    def near(self, members: Numbers, blocks: Numbers) -> Iterator[Numbers]:
        """Pairs of groups of one block that nothing tells apart, each as one number: see `named`.

        A block is read in the order of its days: a small one all through, a large one as far as those that
        begin before another has ended.
        """
        rows = self._rows[members]
        order = np.lexsort((members, rows["end"], rows["start"], blocks))
        members, rows, blocks = members[order], rows[order], blocks[order]
        ends = np.searchsorted(blocks, blocks, "right")
        large = ends - np.searchsorted(blocks, blocks) > _SMALL
        one, step = np.arange(len(members)), 1
        ends = np.where(large, np.minimum(ends, one + _WINDOW + 1), ends)
        while len(one := one[one + step < ends[one]]):
            two = one + step
            late = (rows["start"][two] - rows["end"][one] > 1) & (rows["start"][two] != _LAST)
            met = ~late & ~_apart(rows[one], rows[two])
            pairs = np.sort(members[np.stack((one[met], two[met]))], axis=0)
            yield pairs[0] * len(self.names) + pairs[1]
            # those after begin later still, but the undated come last in a small block
            one, step = one[~(late & large[one])], step + 1

    def named(self, pair: int) -> tuple[str, str]:
        """The names of a pair, the lesser first; pairs are in the order of their names."""
        left, right = divmod(pair, len(self.names))
        return self.names[left], self.names[right]

    def _row(self, sketch: Sketch) -> tuple[float, ...]:
        first, last = sketch.when.earliest, sketch.when.latest
        lands = 0
        for country in {s.country for s in sketch.sites if s.country}:
            # two countries may have one bit: their groups are told apart when they are compared
            lands |= 1 << self._bits.setdefault(country, len(self._bits) % 64)
        towns = [s for s in sketch.sites if s.fine and s.precision != "site"]
        latitudes = [x for s in towns for x in ((-90.0, 90.0) if s.lat is None else (s.lat,))]
        return (
            first.toordinal() if first else _LAST,
            last.toordinal() if last else _LAST,
            lands,
            _STAGES.index(sketch.stage),
            min(latitudes, default=180.0) - _REACH,
            max(latitudes, default=-180.0) + _REACH,
        )


def _apart(one: NDArray[np.void], two: NDArray[np.void]) -> NDArray[np.bool_]:
    """Whether countries, outcomes or the latitudes of towns exclude one another."""
    lands = (one["lands"] > 0) & (two["lands"] > 0) & (one["lands"] & two["lands"] == 0)
    stages = (one["stage"] > 0) & (two["stage"] > 0) & (one["stage"] != two["stage"])
    towns = (one["south"] < one["north"]) & (two["south"] < two["north"])
    apart: NDArray[np.bool_] = lands | stages
    return apart | (towns & ((one["north"] < two["south"]) | (two["north"] < one["south"])))


class Blocks:
    """Groups by what they share.

    Only blocks that changed since they were last read are read again. Pairs that `never` would hold apart by
    their days, countries or outcomes alone are left out here: they are most of all.
    """

    def __init__(
        self,
        sketches: Mapping[str, Sketch],
        outlines: Outlines,
        of: Callable[[Sketch], Iterable[str]] = keys,
    ) -> None:
        self._of = of
        self._outlines = outlines
        self._blocks: dict[str, int] = {}
        self._in: list[tuple[int, ...]] = [()] * len(sketches)
        self._changed: set[int] = set()
        for name, sketch in sketches.items():
            self.put(name, sketch)

    def put(self, name: str, sketch: Sketch | None) -> None:
        """Put a group into the blocks that it belongs in now and no other; without a sketch into none."""
        number = self._outlines.number(name)
        self._changed.update(self._in[number])
        found = frozenset(self._of(sketch)) if sketch else ()
        self._in[number] = tuple(self._blocks.setdefault(key, len(self._blocks)) for key in found)
        self._changed.update(self._in[number])

    def pairs(self) -> list[int]:
        """Pairs of the blocks that changed since the last call, in order, each as one number."""
        if not self._changed:
            return []
        blocks = np.fromiter(chain.from_iterable(self._in), np.int64)
        members = np.repeat(np.arange(len(self._in)), np.fromiter(map(len, self._in), np.int64))
        sizes = np.bincount(blocks, minlength=len(self._blocks))
        read = np.zeros(len(sizes), np.bool_)
        read[np.fromiter(self._changed, np.int64)] = True
        self._changed.clear()
        chosen = (read & (sizes > 1) & (sizes <= _LARGEST))[blocks]
        found = self._outlines.near(members[chosen], blocks[chosen])
        pairs: list[int] = np.unique(np.concatenate([*found, np.empty(0, np.int64)])).tolist()
        return pairs
