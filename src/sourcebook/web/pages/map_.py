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
_COLUMNS: Final = 60
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
    """How many events begin in a stretch of the brush: where it lies, how high it stands."""

    x: float
    y: float
    width: float
    height: float


class Brush(NamedTuple):
    """Events over time in columns, with the first and last day that may be chosen."""

    columns: Sequence[Column]
    ticks: Sequence[Tick]
    low: int
    high: int
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
        "picture": Markup(drawing.draw(found, href=href, whole=whole).picture),  # noqa: S704 - made by draw
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
    """Events by day of beginning; None where fewer than two days are known."""
    days = [min(known) for e in found if (known := lanes.ends(e))]
    if len(set(days)) < 2:
        return None
    scale = over([*days, *(max(lanes.ends(e)) for e in found if lanes.ends(e))], _BRUSH_WIDTH)
    counts = Counter(min(_COLUMNS - 1, int(scale.at(d) * _COLUMNS / _BRUSH_WIDTH)) for d in days)
    return Brush(_columns(counts), scale.ticks(), *_ends(scale))


def _ends(scale: Scale) -> tuple[int, int]:
    return int(scale.low), min(int(scale.high) + 1, date.max.toordinal())


def _columns(counts: Counter[int]) -> list[Column]:
    most = max(counts.values())
    wide = _BRUSH_WIDTH / _COLUMNS
    return [
        Column(round(n * wide, 1), round(_BRUSH_HEIGHT - high, 1), round(wide - 1.5, 1), round(high, 1))
        for n, times in sorted(counts.items())
        for high in (max(4.0, times / most * (_BRUSH_HEIGHT - 4)),)
    ]
