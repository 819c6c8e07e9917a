"""Events in lanes over time: a dot for a day, a bar for the days that an imprecise date covers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Final, NamedTuple

from sourcebook.model import Event
from sourcebook.views.draw import scale, svg
from sourcebook.views.draw.scale import Scale, Tick

WIDTH: Final = 1000
ROW: Final = 20
#: How far apart two items of one row must lie.
_APART: Final = 10.0
_MOST_ROWS: Final = 40
_TEXT: Final = 12.0

#: A lane with more events than this shows bins, so many of them.
MOST_ITEMS: Final = 260
BINS: Final = 120
BIN_HEIGHT: Final = 60
#: A lane with more events than this shows no names.
_MOST_NAMED: Final = 60
_MOST_LETTERS: Final = 44


class Item(NamedTuple):
    """One event: from where to where, how far below the top of its lane, and its name where there is room.

    `side` is where the name stands: start (right of the item), end (left of it) or "" (nowhere).
    """

    event: Event
    left: float
    right: float
    y: int
    open_left: bool
    open_right: bool
    name: str = ""
    side: str = ""

    @property
    def is_day(self) -> bool:
        """Whether the day is known."""
        return self.left == self.right


class Bin(NamedTuple):
    """Many events of a stretch of time: where it lies, how high it stands, how many there are."""

    left: float
    width: float
    height: int
    times: int
    since: str
    until: str


class Lane(NamedTuple):
    """One lane: its name, its height, its events, or bins of them where there are too many.

    `days` are the middles of the dates of events in bins, so that they can be counted anew from nearer.
    """

    name: str
    items: Sequence[Item]
    height: int
    bins: Sequence[Bin] = ()
    days: Sequence[int] = ()

    @property
    def times(self) -> int:
        """How many events it holds."""
        return len(self.items) or sum(b.times for b in self.bins)


class Lanes(NamedTuple):
    """Every lane on one scale; no scale where no event is dated."""

    lanes: Sequence[Lane]
    ticks: Sequence[Tick]
    scale: Scale | None = None


def draw(
    events: Iterable[Event], lane_of: Callable[[Event], Sequence[str]], within: Sequence[date] = ()
) -> Lanes:
    """Lay out the dated events; an event stands in every lane that `lane_of` names.

    `within` are the first and last day to be shown where these are not those of the events.
    """
    dated = [e for e in events if e.date and (e.date.earliest or e.date.latest)]
    days = [*within] or [d for e in dated for d in ends(e)]
    if not dated or not days:
        return Lanes((), ())
    line = scale.over(days, WIDTH)
    named: dict[str, list[Event]] = {}
    for event in dated:
        for name in lane_of(event):
            named.setdefault(name, []).append(event)
    order = sorted(named.items(), key=lambda n: (-len(n[1]), n[0]))
    return Lanes([_lane(name, held, line) for name, held in order], line.ticks(), line)


def ends(event: Event) -> list[date]:
    """The first and last day that are known of an event."""
    held = event.date
    return [d for d in (held.earliest, held.latest) if d] if held else []


def _binned(name: str, events: Sequence[Event], line: Scale) -> Lane:
    """Counts of events by the middle of their dates."""
    held: dict[int, list[date]] = {}
    for event in events:
        known = ends(event)
        middle = date.fromordinal((min(known).toordinal() + max(known).toordinal()) // 2)
        held.setdefault(int(line.at(middle) * BINS / WIDTH), []).append(middle)
    most = max(len(days) for days in held.values())
    bins = [
        Bin(
            round(at * WIDTH / BINS, 2),
            round(WIDTH / BINS, 2),
            max(3, round(len(days) / most * BIN_HEIGHT)),
            len(days),
            min(days).isoformat(),
            max(days).isoformat(),
        )
        for at, days in sorted(held.items())
    ]
    days = sorted(day.toordinal() for days_there in held.values() for day in days_there)
    return Lane(name, (), BIN_HEIGHT + 6, bins, days)


def _lane(name: str, events: Sequence[Event], line: Scale) -> Lane:
    if len(events) > MOST_ITEMS:
        return _binned(name, events, line)
    free: list[float] = []
    items = []
    named = len(events) <= _MOST_NAMED
    for event in sorted(events, key=lambda e: (min(ends(e)), e.id)):
        item, begin, end = _item(event, line, named=named)
        row = next((n for n, at in enumerate(free) if at + _APART <= begin), len(free))
        if row == len(free) and row < _MOST_ROWS:
            free.append(end)
        row = min(row, len(free) - 1)
        free[row] = max(free[row], end)
        items.append(item._replace(y=row * ROW + 14))
    return Lane(name, items, len(free) * ROW + 8)


def _item(event: Event, line: Scale, *, named: bool) -> tuple[Item, float, float]:
    """An event, and what it takes of its row, its name included."""
    known = ends(event)
    left, right = line.at(min(known)), line.at(max(known))
    days = event.date
    opens = (days is not None and days.earliest is None, days is not None and days.latest is None)
    item = Item(event, left, right, 0, *opens)
    text = svg.short(_plain(event), _MOST_LETTERS)
    wide = svg.wide(text, _TEXT) + 14
    if named and right + wide < WIDTH:
        return item._replace(name=text, side="start"), left, right + wide
    if named and left - wide > 0:
        return item._replace(name=text, side="end"), left - wide, right
    return item, left, right


def _plain(event: Event) -> str:
    """The label without the date at its end, which the scale shows."""
    edtf = event.date.edtf if event.date else None
    head, _, tail = event.label.rpartition(", ")
    return head if head and (tail == edtf or tail[:4].isdigit()) else event.label
