"""How telling it is that two groups share something: the rarer, the more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from math import log

from sourcebook.resolve.events.sketch import Sketch
from sourcebook.resolve.events.votes import Site

#: A pile is never taken for smaller than this when rarity is judged.
_FEWEST = 20


class Rarity:
    """How telling it is that two groups share a feature: 1 if nobody else has it, towards 0 if all do."""

    def __init__(self, sketches: Iterable[Sketch]) -> None:
        self._counts: Counter[str] = Counter()
        self._groups = 0
        self._known: dict[int, float] = {}
        for sketch in sketches:
            self._groups += 1
            self._counts.update(features(sketch))

    @classmethod
    def counted(cls, counts: Mapping[str, int], groups: int) -> Rarity:
        """The same from counts that were taken elsewhere."""
        made = cls(())
        made._counts.update(counts)
        made._groups = groups
        return made

    @property
    def groups(self) -> int:
        """How many groups were counted."""
        return self._groups

    def counts(self, sketches: Iterable[Sketch]) -> dict[str, int]:
        """How many groups have each of the features that some have."""
        return {f: self._counts[f] for f in set().union(*map(features, sketches))}

    def replace(self, gone: Iterable[Sketch], made: Sketch) -> None:
        """Count one group in the place of others."""
        for sketch in gone:
            self._groups -= 1
            self._counts.subtract(features(sketch))
        self._groups += 1
        self._counts.update(features(made))
        self._known.clear()

    def of(self, feature: str) -> float:
        """log(N / df) / log(N): a feature that two of N groups have is not far below 1."""
        shared = max(self._counts[feature] - 1, 1)
        if shared not in self._known:
            among = max(self._groups, _FEWEST)
            self._known[shared] = max(log(among / shared) / log(among), 0.05)
        return self._known[shared]

    def count(self, feature: str) -> int:
        """How many groups have it."""
        return self._counts[feature]


def features(sketch: Sketch) -> set[str]:
    """What a group has that others may share."""
    return {
        f"type {sketch.family}",
        *(f"word {w}" for w in sketch.words),
        *(f"around {w}" for w in sketch.around | sketch.words),
        *(f"site {s.key}" for s in sketch.sites),
        *spots(sketch.sites, sketch.words),
        *(f"country {c}" for c in sketch.countries),
        *(f"who {e}" for e in sketch.doers | sketch.done_to | sketch.beside),
    }


@lru_cache(maxsize=1 << 16)
def spots(sites: frozenset[Site], words: frozenset[str]) -> frozenset[str]:
    """What it was done to, by town: "a church in Norrby" is rarer than churches are."""
    return frozenset(f"spot {s.key} {w}" for s in sites if s.fine for w in words)
