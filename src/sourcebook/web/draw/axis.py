"""Readings of one fact on one axis: points, ranges, open ends, in the order of report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from sourcebook.model import DateValue, DocumentId, Fact, Quantity, Reading
from sourcebook.views import wording
from sourcebook.views.draw.scale import Tick
from sourcebook.web.book import Book

#: The picture runs from 0 to 100 per cent; this much at either side is for arrows and round ends.
_MARGIN = 4.0
_TICKS = 5


class Bar(NamedTuple):
    """One reading: where it lies in per cent, and on which sides it is open. None: it is no number."""

    reading: Reading
    documents: Sequence[DocumentId]
    reported: str
    speakers: Sequence[tuple[str, bool]]
    left: float | None = None
    right: float | None = None
    open_left: bool = False
    open_right: bool = False

    @property
    def is_point(self) -> bool:
        """Whether it is one number or day."""
        return self.left == self.right and not (self.open_left or self.open_right)


class Axis(NamedTuple):
    """The readings in the order of report, and the scale; no ticks where there is nothing to draw."""

    bars: Sequence[Bar]
    ticks: Sequence[Tick]


class _Range(NamedTuple):
    low: float | None
    high: float | None


def of_fact(book: Book, fact: Fact) -> Axis:
    """The readings of a fact, drawn where they are numbers or dates that differ."""
    rows = [_row(book, r) for r in fact.readings]
    rows.sort(key=lambda b: [book.witness.order(d) for d in b.documents[:1]])
    ranges = [_range(b.reading) for b in rows]
    ends = [n for r in ranges if r for n in r if n is not None]
    if not ends or len(rows) < 2:
        return Axis(rows, ())
    low, high = min(ends), max(ends)
    dates = any(isinstance(b.reading.value, DateValue) for b in rows)
    spread = (high - low) or 1.0
    low, high = (low - spread * 0.1, high + spread * 0.15) if dates else (_floor(low, high), high * 1.08 or 1)
    scale = _scale(low, high)
    bars = [_placed(b, r, scale) for b, r in zip(rows, ranges, strict=True)]
    return Axis(bars, _ticks(low, high, scale, dates=dates))


def _row(book: Book, reading: Reading) -> Bar:
    documents = sorted(reading.documents, key=book.witness.order)
    first = book.witness.reported(documents[0]) if documents else None
    speakers = [(s, s in book.party_names) for s in reading.speakers]
    return Bar(reading, documents, wording.days(first), speakers)


def _range(reading: Reading) -> _Range | None:
    value = reading.value
    if isinstance(value, Quantity):
        low, high = value.low, value.high
        if low is None and high is None:
            low, high = value.usual_low, value.usual_high
        return _Range(low, high) if low is not None or high is not None else None
    if isinstance(value, DateValue) and (value.earliest or value.latest):
        return _Range(
            value.earliest.toordinal() if value.earliest else None,
            value.latest.toordinal() if value.latest else None,
        )
    return None


def _floor(low: float, high: float) -> float:
    """Nought, unless the numbers lie close together far from it."""
    return 0.0 if low < (high - low) * 4 or low < 20 else low - (high - low) * 0.5


def _scale(low: float, high: float) -> Callable[[float], float]:
    width = (high - low) or 1.0
    return lambda n: round(_MARGIN + (n - low) / width * (100 - 2 * _MARGIN), 2)


def _placed(bar: Bar, held: _Range | None, scale: Callable[[float], float]) -> Bar:
    if held is None:
        return bar
    return bar._replace(
        left=scale(held.low) if held.low is not None else 0.5,
        right=scale(held.high) if held.high is not None else 99.5,
        open_left=held.low is None,
        open_right=held.high is None,
    )


def _ticks(low: float, high: float, scale: Callable[[float], float], *, dates: bool) -> list[Tick]:
    if dates:
        days = sorted({round(low + (high - low) * n / 4) for n in (1, 3)})
        return [Tick(scale(d), date.fromordinal(d).isoformat()) for d in days if d > 0]
    step = _step((high - low) / _TICKS)
    first = -(-low // step) * step
    return [
        Tick(scale(first + n * step), f"{first + n * step:,.0f}")
        for n in range(_TICKS * 2 + 1)
        if first + n * step <= high
    ]


def _step(rough: float) -> float:
    """The round number next above: 1, 2 or 5 times a power of ten."""
    size = 1.0
    while size * 10 <= rough:
        size *= 10
    return next((size * n for n in (1, 2, 5, 10) if size * n >= rough), size * 10)
