"""Tolls of several events on one scale: from the lowest to the highest figure that a source gives."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

from sourcebook.model import CONTESTED, Event, Fact, Quantity
from sourcebook.views.draw.scale import Tick
from sourcebook.web.book import Book

_MARKS: Final = (1, 10, 100, 1_000, 10_000, 100_000, 1_000_000)
_RIGHT: Final = 94.0


class Toll(NamedTuple):
    """One event's range, in per cent of the scale; `at` are the readings' own figures."""

    event: Event
    fact: Fact
    left: float
    right: float
    low: int
    high: int
    open_right: bool
    at: Sequence[float]
    contested: bool

    @property
    def says(self) -> str:
        """The lowest and the highest figure."""
        if self.low == self.high:
            return f"{'≥' if self.open_right else ''}{self.low:,}"
        return f"{self.low:,} to {self.high:,}{' or more' if self.open_right else ''}"


class Tolls(NamedTuple):
    """Events with the highest figures first, the marks of a scale by powers of ten, how many are left out."""

    rows: Sequence[Toll]
    ticks: Sequence[Tick]
    left_out: int


def draw(book: Book, most: int, property_: str = "killed") -> Tolls:
    """The events with the highest tolls."""
    found = [
        (event, fact, ends)
        for event in book.record.events
        for fact in book.facts.get(event.id, ())
        if fact.property == property_ and fact.rule != "part-of-a-total" and (ends := _ends(fact))
    ]
    found.sort(key=lambda f: (-max(high for _, high, _ in f[2]), f[0].id))
    top = max((high for _, _, ends in found[:most] for _, high, _ in ends), default=0)

    def at(number: float) -> float:
        return round(math.log10(number + 1) / math.log10(max(top, 9) + 1) * _RIGHT, 2)

    rows = []
    for event, fact, ends in found[:most]:
        low, high = min(n for n, _, _ in ends), max(n for _, n, _ in ends)
        rows.append(
            Toll(
                event,
                fact,
                at(low),
                at(high),
                low,
                high,
                any(is_open for _, n, is_open in ends if n == high),
                sorted({at(n) for pair in ends for n in pair[:2]}),
                fact.relation in CONTESTED,
            )
        )
    ticks = [Tick(at(n), f"{n:,}") for n in _MARKS if n <= top]
    return Tolls(rows, ticks, max(0, len(found) - most))


def _ends(fact: Fact) -> list[tuple[int, int, bool]]:
    """The lowest and highest number of each reading, and whether it may be more."""
    found = []
    for reading in fact.readings:
        value = reading.value
        if not isinstance(value, Quantity):
            continue
        low = value.low if value.low is not None else value.usual_low
        high = value.high if value.high is not None else None
        shown = high if high is not None else low
        if shown is not None:
            found.append((low if low is not None else shown, shown, high is None))
    return found
