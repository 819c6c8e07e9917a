"""Where it happened, as exactly as that is known: a map to move in, a brush of time, and a list of all."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from markupsafe import Markup

from sourcebook.model import Event
from sourcebook.views.draw import lanes
from sourcebook.views.draw import map as drawing
from sourcebook.views.draw.map import Glyph, Place
from sourcebook.views.draw.scale import Scale, Tick, over
from sourcebook.views.filters import Filters, events
from sourcebook.web.pages.asking import Ask
from sourcebook.web.pages.events import by_date

A_PAGE: Final = 100
_EVENTS_A_PLACE: Final = 20
#: At most about so many columns, each of so many months.
_COLUMNS: Final = 72
_A_YEAR: Final = 12
_STEPS: Final = (1, 3, 6, 12, 24, 60, 120, 240, 600)
_DAYS_A_MONTH: Final = 30.44
_BRUSH_WIDTH: Final = 1000
_BRUSH_HEIGHT: Final = 44

EXACTLY: Final = {
    "site": "to the very place",
    "town": "to the town",
    "district": "to the district",
    "province": "to the province",
    "country": "to the country: an area, no point",
    "region": "to a region without a point",
    "none": "by name only: no point",
}


class Column(NamedTuple):
    """How many events begin in a stretch of the brush: where it lies, how high it stands, what it says."""

    x: float
    y: float
    width: float
    height: float
    says: str


class Brush(NamedTuple):
    """Events over time in columns, each a month, quarter or so many years (`step`), the highest of `most`.

    `low` and `high` are the first and last day that may be chosen.
    """

    columns: Sequence[Column]
    ticks: Sequence[Tick]
    low: int
    high: int
    step: str
    most: int
    width: int = _BRUSH_WIDTH
    height: int = _BRUSH_HEIGHT


def context(ask: Ask) -> Mapping[str, Any]:
    """The places of the events asked for, on a map and as a list."""
    book = ask.book
    filters = Filters(
        since=ask.day("since"), until=ask.day("until"), status=ask.word("status"), actor=ask.word("actor")
    )
    found = sorted(events(book.record, filters), key=by_date)
    places = drawing.places(found)
    whole = ask.word("view") == "world"
    last = max(1, -(-len(places) // A_PAGE))
    number = min(ask.number("page"), last)
    kept = {k: v for k in ("since", "until", "status", "actor", "view") if (v := ask.word(k))}

    def href(glyph: Glyph) -> str:
        page = glyph.places[0] // A_PAGE + 1
        address = ask.links.page("map", page=str(page), **kept) if page != number else ""
        return f"{address}#place-{glyph.places[0]}"

    return {
        "title": "Map",
        "places": list(enumerate(places))[(number - 1) * A_PAGE : number * A_PAGE],
        "place_count": len(places),
        "number": number,
        "last": last,
        "query_kept": kept,
        "picture": Markup(drawing.draw(found, there=places, href=href, whole=whole).picture),  # noqa: S704 - made by draw
        "points": _points(places),
        "brush": brush(found),
        "caption": drawing.CAPTION,
        "undrawn": sum(not p.glyph for p in places),
        "nowhere": [e for e in found if not e.places][:A_PAGE],
        "nowhere_count": sum(not e.places for e in found),
        "found": len(found),
        "total": len(book.record.events),
        "exactly": EXACTLY,
        "events_a_place": _EVENTS_A_PLACE,
        "filters": filters,
        "whole": whole,
    }


def _points(places: Sequence[Place]) -> str:
    """What the browser needs to draw again: number, name, glyph, degrees, the days of its events."""
    rows = [
        [number, p.name, p.glyph, p.lon, p.lat, [[e.id, *_days(e)] for e in p.events]]
        for number, p in enumerate(places)
        if p.glyph
    ]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def _days(event: Event) -> list[int]:
    known = [d.toordinal() for d in lanes.ends(event)]
    return [min(known), max(known)] if known else []


def brush(found: Sequence[Event]) -> Brush | None:
    """Events by the stretch of the calendar in which they begin; None where fewer than two days are known."""
    days = [min(known) for e in found if (known := lanes.ends(e))]
    if len(set(days)) < 2:
        return None
    scale = over([*days, *(max(lanes.ends(e)) for e in found if lanes.ends(e))], _BRUSH_WIDTH)
    low, high = _ends(scale)
    months = (high - low) / _DAYS_A_MONTH
    step = next((s for s in _STEPS if months / s <= _COLUMNS), _STEPS[-1])
    counts = Counter((d.year * 12 + d.month - 1) // step for d in days)
    return Brush(_columns(counts, step, scale), scale.ticks(), low, high, _called(step), max(counts.values()))


def _ends(scale: Scale) -> tuple[int, int]:
    return int(scale.low), min(int(scale.high) + 1, date.max.toordinal())


def _columns(counts: Counter[int], step: int, scale: Scale) -> list[Column]:
    most = max(counts.values())
    made = []
    for number, times in sorted(counts.items()):
        left, right = (max(0.0, min(_BRUSH_WIDTH, scale.at(_first(n * step)))) for n in (number, number + 1))
        high = max(4.0, times / most * (_BRUSH_HEIGHT - 4))
        since = _first(number * step)
        name = (
            f"{since.year}" if step == _A_YEAR else f"{since:%B %Y}" if step == 1 else f"from {since:%B %Y}"
        )
        says = f"{name}: {times} event{'s' if times != 1 else ''}"
        made.append(
            Column(
                left,
                round(_BRUSH_HEIGHT - high, 1),
                round(max(2.0, right - left - 1), 1),
                round(high, 1),
                says,
            )
        )
    return made


def _first(months: int) -> date:
    """The first day of a month by its number from the beginning of the era."""
    year, month = divmod(months, 12)
    return date(min(year, date.max.year), month + 1, 1)


def _called(step: int) -> str:
    known = {1: "month", 3: "quarter", _A_YEAR: "year"}
    return known.get(step, f"{step} months" if step < _A_YEAR else f"{step // _A_YEAR} years")
