"""Days on a line, and the marks that a reader counts by."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

_MOST_TICKS: Final = 9
_YEARS: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500)
_MONTHS: Final = (1, 2, 3, 6)
_DAYS: Final = (1, 2, 5, 10)
_NAMES: Final = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


class Tick(NamedTuple):
    """A mark of the scale: where, and what it says."""

    at: float
    text: str


class Scale(NamedTuple):
    """Ordinal days from `low` to `high`, on `width` units."""

    low: float
    high: float
    width: float

    def at(self, day: date) -> float:
        """Where a day lies."""
        return self.of(day.toordinal())

    def of(self, ordinal: float) -> float:
        """Where a day lies that is given by its number."""
        return round((ordinal - self.low) / (self.high - self.low) * self.width, 2)

    def ticks(self) -> list[Tick]:
        """Round days, months or years, a handful."""
        first, last = date.fromordinal(max(1, int(self.low))), date.fromordinal(int(self.high))
        return [Tick(self.at(day), text) for day, text in _round(first, last)]


def over(days: Sequence[date], width: float) -> Scale:
    """A scale that holds all the days, with room at the ends; a month at least."""
    first, last = min(days).toordinal(), max(days).toordinal()
    spread = max(30.0, float(last - first))
    middle = (first + last) / 2
    low = min(first - spread * 0.03, middle - spread * 0.53)
    return Scale(max(1.0, low), max(last + spread * 0.03, middle + spread * 0.53), width)


def _round(first: date, last: date) -> list[tuple[date, str]]:
    months = (last.year - first.year) * 12 + last.month - first.month
    days = (last - first).days
    for step in _DAYS:
        if days / step <= _MOST_TICKS:
            ordinals = range(first.toordinal() + 1, last.toordinal() + 1)
            shown = (date.fromordinal(n) for n in ordinals if n % step == 0)
            return [(d, f"{d.day} {_NAMES[d.month - 1]} {d.year}") for d in shown]
    for step in _MONTHS:
        if months / step <= _MOST_TICKS:
            whole = range(first.year * 12 + first.month, last.year * 12 + last.month)
            return [
                (date(n // 12, n % 12 + 1, 1), f"{_NAMES[n % 12]} {n // 12}") for n in whole if n % step == 0
            ]
    step = next((s for s in _YEARS if (last.year - first.year) / s <= _MOST_TICKS), _YEARS[-1])
    return [(date(y, 1, 1), str(y)) for y in range(first.year + 1, last.year + 1) if y % step == 0]
