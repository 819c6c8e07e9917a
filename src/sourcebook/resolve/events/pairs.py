"""Which groups of claims are worth comparing: those that share something and are not plainly apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from sourcebook.resolve.events.sketch import Sketch

#: A block up to this size is compared pair by pair, a larger one in a window over its dates.
_SMALL = 40
_WINDOW = 12
#: Blocks beyond this size tell nothing: what their members share is everywhere.
_LARGEST = 4000
_LAST = date.max.toordinal()
_STAGES = ("", "done", "undone")


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


class _Outline(NamedTuple):
    """What tells two groups apart at once: days as numbers, the countries of the sites and the outcome."""

    start: int
    end: int
    number: int
    lands: int
    stage: int


class Blocks:
    """Groups by what they share, each known by its number in the order of names.

    Only blocks that changed since they were last read are read again. Pairs that `never` would hold apart by
    their days, countries or outcomes alone are left out here: they are most of all.
    """

    def __init__(self, sketches: Mapping[str, Sketch], of: Callable[[Sketch], Iterable[str]] = keys) -> None:
        self._of = of
        self.names = sorted(sketches)
        self._numbers = {name: n for n, name in enumerate(self.names)}
        self._bits: dict[str, int] = {}
        self._outlines: dict[int, _Outline] = {}
        self._blocks: dict[str, set[int]] = {}
        self._changed: set[str] = set()
        for name, sketch in sketches.items():
            self.add(name, sketch)

    def add(self, name: str, sketch: Sketch) -> None:
        """Put a group into its blocks."""
        number = self._numbers[name]
        self._outlines[number] = self._outline(number, sketch)
        for key in self._of(sketch):
            self._blocks.setdefault(key, set()).add(number)
            self._changed.add(key)

    def drop(self, name: str, sketch: Sketch) -> None:
        """Take a group out of its blocks; `sketch` is the one it was added with."""
        number = self._numbers[name]
        for key in self._of(sketch):
            self._blocks[key].discard(number)
            self._changed.add(key)

    def pairs(self) -> set[int]:
        """Pairs of the blocks that changed since the last call, each as one number: see `named`."""
        found: set[int] = set()
        for key in self._changed:
            members = self._blocks[key]
            if 1 < len(members) <= _LARGEST:
                found.update(self._near(members))
        self._changed.clear()
        return found

    def named(self, pair: int) -> tuple[str, str]:
        """The names of a pair, the lesser first; pairs are in the order of their names."""
        left, right = divmod(pair, len(self.names))
        return self.names[left], self.names[right]

    def _outline(self, number: int, sketch: Sketch) -> _Outline:
        first, last = sketch.when.earliest, sketch.when.latest
        lands = 0
        for country in {s.country for s in sketch.sites if s.country}:
            lands |= 1 << self._bits.setdefault(country, len(self._bits))
        return _Outline(
            start=first.toordinal() if first else _LAST,
            end=last.toordinal() if last else _LAST,
            number=number,
            lands=lands,
            stage=_STAGES.index(sketch.stage),
        )

    def _near(self, members: Iterable[int]) -> Iterator[int]:
        """Pairs of a block in the order of their dates, as far apart as two dates may be for one event."""
        outlines = sorted(self._outlines[n] for n in members)
        small, count = len(outlines) <= _SMALL, len(self.names)
        reach = len(outlines) if small else _WINDOW
        for n, (_, end, left, lands, stage) in enumerate(outlines, 1):
            for start, _, right, others, other in outlines[n : n + reach]:
                if start - end > 1 and start != _LAST:
                    # those after begin later still, but the undated come last in a small block
                    if not small:
                        break
                    continue
                if not (lands and others and not lands & others) and not (stage and other and stage != other):
                    yield left * count + right if left < right else right * count + left
