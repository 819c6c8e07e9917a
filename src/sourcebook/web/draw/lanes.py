"""Events in lanes over time: a dot for a day, a bar for the days that an imprecise date covers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from sourcebook.model import Event
from sourcebook.web.draw.axis import Tick

_ROW = 18
#: How far apart two events of one row must lie, in per cent.
_APART = 1.6
_MOST_ROWS = 40

#: A lane with more events than this shows bins, so many of them.
_MOST_ITEMS = 260
_BINS = 120
_BIN_HEIGHT = 60


class Item(NamedTuple):
    """One event: from where to where in per cent, and its distance from the top of its lane."""

    event: Event
    left: float
    right: float
    y: int
    open_left: bool
    open_right: bool

    @property
    def is_day(self) -> bool:
        """Whether the day is known."""
        return self.left == self.right


class Bin(NamedTuple):
    """Many events of a stretch of time: where it lies in per cent, how high it stands, how many there are."""

    left: float
    width: float
    height: int
    times: int
    since: str
    until: str


class Lane(NamedTuple):
    """One lane: its name, its height in pixels, its events, or bins of them where there are too many."""

    name: str
    items: Sequence[Item]
    height: int
    bins: Sequence[Bin] = ()

    @property
    def times(self) -> int:
        """How many events it holds."""
        return len(self.items) or sum(b.times for b in self.bins)


class Lanes(NamedTuple):
    """Every lane on one scale."""

    lanes: Sequence[Lane]
    ticks: Sequence[Tick]


def draw(events: Iterable[Event], lane_of: Callable[[Event], Sequence[str]]) -> Lanes:
    """Lay out the dated events; an event stands in every lane that `lane_of` names."""
    dated = [e for e in events if e.date and (e.date.earliest or e.date.latest)]
    days = [d for e in dated for d in _ends(e)]
    if not days:
        return Lanes((), ())
    first, last = min(days).toordinal(), max(days).toordinal()
    spread = max(30.0, (last - first) * 1.0)
    low, high = first - spread * 0.03, last + spread * 0.03

    def scale(day: date) -> float:
        return round((day.toordinal() - low) / (high - low) * 100, 2)

    named: dict[str, list[Event]] = {}
    for event in dated:
        for name in lane_of(event):
            named.setdefault(name, []).append(event)
    order = sorted(named.items(), key=lambda n: (-len(n[1]), n[0]))
    return Lanes([_lane(name, held, scale) for name, held in order], _ticks(int(low), int(high), scale))


def _ends(event: Event) -> list[date]:
    held = event.date
    return [d for d in (held.earliest, held.latest) if d] if held else []


def _binned(name: str, events: Sequence[Event], scale: Callable[[date], float]) -> Lane:
    """Counts of events by the middle of their dates."""
    held: dict[int, list[date]] = {}
    for event in events:
        ends = _ends(event)
        middle = date.fromordinal((min(ends).toordinal() + max(ends).toordinal()) // 2)
        held.setdefault(int(scale(middle) * _BINS / 100), []).append(middle)
    most = max(len(days) for days in held.values())
    bins = [
        Bin(
            round(at * 100 / _BINS, 2),
            round(100 / _BINS, 2),
            max(3, round(len(days) / most * _BIN_HEIGHT)),
            len(days),
            min(days).isoformat(),
            max(days).isoformat(),
        )
        for at, days in sorted(held.items())
    ]
    return Lane(name, (), _BIN_HEIGHT + 6, bins)


def _lane(name: str, events: Sequence[Event], scale: Callable[[date], float]) -> Lane:
    if len(events) > _MOST_ITEMS:
        return _binned(name, events, scale)
    free: list[float] = []
    items = []
    for event in sorted(events, key=lambda e: (min(_ends(e)), e.id)):
        ends = _ends(event)
        left, right = scale(min(ends)), scale(max(ends))
        row = next((n for n, at in enumerate(free) if at + _APART <= left), len(free))
        if row == len(free) and row < _MOST_ROWS:
            free.append(right)
        row = min(row, len(free) - 1)
        free[row] = max(free[row], right)
        held = event.date
        open_left = held is not None and held.earliest is None
        open_right = held is not None and held.latest is None
        items.append(Item(event, left, right, row * _ROW + 14, open_left, open_right))
    return Lane(name, items, len(free) * _ROW + 12)


def _ticks(low: int, high: int, scale: Callable[[date], float]) -> list[Tick]:
    first, last = date.fromordinal(max(1, low)), date.fromordinal(high)
    years = last.year - first.year
    if years >= 2:
        step = max(1, -(-years // 7))
        return [
            Tick(scale(date(y, 1, 1)), str(y)) for y in range(first.year + 1, last.year + 1) if y % step == 0
        ]
    days = sorted({round(low + (high - low) * n / 5) for n in range(1, 5)})
    return [Tick(scale(date.fromordinal(d)), date.fromordinal(d).isoformat()) for d in days]
