"""Which groups of claims are worth comparing: those that share something and are not plainly apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

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
    """What tells two groups apart at once.

    Days as numbers, the countries of the sites as bits, the outcome, and the latitudes that the towns lie
    between (south above north where there are none).
    """

    start: int
    end: int
    number: int
    lands: int
    stage: int
    south: float
    north: float


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
        towns = [s for s in sketch.sites if s.fine and s.precision != "site"]
        latitudes = [x for s in towns for x in ((-90.0, 90.0) if s.lat is None else (s.lat,))]
        return _Outline(
            start=first.toordinal() if first else _LAST,
            end=last.toordinal() if last else _LAST,
            number=number,
            lands=lands,
            stage=_STAGES.index(sketch.stage),
            south=min(latitudes, default=180.0) - _REACH,
            north=max(latitudes, default=-180.0) + _REACH,
        )

    def _near(self, members: Iterable[int]) -> Iterator[int]:
        """Pairs of a block in the order of their dates, as far apart as two dates may be for one event."""
        outlines = sorted(self._outlines[n] for n in members)
        small, count = len(outlines) <= _SMALL, len(self.names)
        reach = len(outlines) if small else _WINDOW
        for n, one in enumerate(outlines, 1):
            end, left = one.end, one.number
            for two in outlines[n : n + reach]:
                if two.start - end > 1 and two.start != _LAST:
                    # those after begin later still, but the undated come last in a small block
                    if not small:
                        break
                    continue
                if not _apart(one, two):
                    right = two.number
                    yield left * count + right if left < right else right * count + left


def _apart(one: _Outline, two: _Outline) -> bool:
    """Whether countries, outcomes or the latitudes of towns exclude one another."""
    if one.lands and two.lands and not one.lands & two.lands:
        return True
    if one.stage and two.stage and one.stage != two.stage:
        return True
    towns = one.south < one.north and two.south < two.north
    return towns and (one.north < two.south or two.north < one.south)
