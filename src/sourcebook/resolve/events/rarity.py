"""How telling it is that two groups share something: the rarer, the more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from itertools import chain
from math import log
from typing import Final

from sourcebook.resolve.events.sketch import Sketch

#: A pile is never taken for smaller than this when rarity is judged.
_FEWEST = 20


Feature = Callable[[Sketch], Set[str]]


class Rarity:
    """How telling it is that two groups share a feature: 1 if nobody else has it, towards 0 if all do.

    A feature is a kind (see `FEATURES`) and what a group has of it.
    """

    #: How many groups were counted.
    groups: int

    def __init__(self, sketches: Iterable[Sketch]) -> None:
        sketches = tuple(sketches)
        self._counts = {
            kind: Counter(chain.from_iterable(map(of, sketches))) for kind, of in FEATURES.items()
        }
        self.groups = len(sketches)
        self._known: dict[int, float] = {}

    @classmethod
    def counted(cls, counts: Mapping[str, Mapping[str, int]], groups: int) -> Rarity:
        """The same from counts that were taken elsewhere."""
        made = cls(())
        made._counts = {kind: Counter(those) for kind, those in counts.items()}
        made.groups = groups
        return made

    def counts(self, sketches: Sequence[Sketch]) -> dict[str, dict[str, int]]:
        """How many groups have each of the features that some have, by kind."""
        return {
            kind: {f: self._counts[kind][f] for f in set().union(*map(of, sketches))}
            for kind, of in FEATURES.items()
        }

    def join(self, one: Sketch, two: Sketch, made: Sketch) -> None:
        """Count the group that two were joined to in their place."""
        for kind, of in FEATURES.items():
            counts, mine, theirs, both = self._counts[kind], of(one), of(two), of(made)
            for feature in mine & theirs:
                counts[feature] -= 1
            if both != mine | theirs:
                counts.update(both - mine - theirs)
                counts.subtract((mine | theirs) - both)
        self.groups -= 1
        self._known.clear()

    def part(self, whole: Sketch, parts: Sequence[Sketch]) -> None:
        """Count what a group was taken apart to in its place."""
        for kind, of in FEATURES.items():
            self._counts[kind].subtract(of(whole))
            self._counts[kind].update(chain.from_iterable(map(of, parts)))
        self.groups += len(parts) - 1
        self._known.clear()

    def of(self, kind: str, feature: str) -> float:
        """log(N / df) / log(N): a feature that two of N groups have is not far below 1."""
        shared = max(self._counts[kind][feature] - 1, 1)
        if shared not in self._known:
            among = max(self.groups, _FEWEST)
            self._known[shared] = max(log(among / shared) / log(among), 0.05)
        return self._known[shared]


def spots(towns: Iterable[str], words: Set[str]) -> set[str]:
    """What it was done to, by town: "a church in Norrby" is rarer than churches are."""
    return {f"{town} {word}" for town in towns for word in words}


#: What a group has that others may share, by kind.
FEATURES: Final[Mapping[str, Feature]] = {
    "type": lambda s: {s.family},
    "word": lambda s: s.words,
    "around": lambda s: s.around | s.words,
    "site": lambda s: {site.key for site in s.sites},
    "spot": lambda s: spots((site.key for site in s.sites if site.fine), s.words),
    "country": lambda s: s.countries,
    "who": lambda s: s.doers | s.done_to | s.beside,
}
