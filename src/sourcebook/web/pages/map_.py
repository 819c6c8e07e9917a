"""Where it happened, as exactly as that is known: points, rings, hatched areas, and a list of all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from sourcebook.model import Event, EventPlace
from sourcebook.views.filters import Filters, events
from sourcebook.web.draw import world
from sourcebook.web.pages.asking import Ask
from sourcebook.web.pages.events import by_date

#: Above so many points they are drawn in bins of this size, below it where they are.
_BIN_ABOVE: Final = 2_000
_BIN: Final = 24.0
_SAME: Final = 3.0
A_PAGE: Final = 100
_EVENTS_A_PLACE: Final = 20

#: How each precision is drawn; the others are in the list only.
GLYPHS: Final = {"site": "point", "town": "point", "district": "ring", "province": "ring"}

EXACTLY: Final = {
    "site": "to the very place",
    "town": "to the town",
    "district": "to the district",
    "province": "to the province",
    "country": "to the country: an area, no point",
    "region": "to a region without a point",
    "none": "by name only",
}


class Place(NamedTuple):
    """One place and the events there."""

    name: str
    precision: str
    basis: str
    country: str
    lon: float | None
    lat: float | None
    events: Sequence[Event]


class Glyph(NamedTuple):
    """What is drawn at one point: how many events, of which places."""

    number: int
    kind: str
    x: float
    y: float
    size: float
    times: int
    label: str
    places: Sequence[int]


def context(ask: Ask) -> Mapping[str, Any]:
    """The places of the events asked for, on a map and as a list."""
    book = ask.book
    filters = Filters(since=ask.day("since"), until=ask.day("until"), status=ask.word("status"))
    found = sorted(events(book.record, filters), key=by_date)
    places = _places(found)
    points = [
        (p.lon, p.lat) for p in places if p.lon is not None and p.lat is not None and p.precision in GLYPHS
    ]
    areas = {p.country for e in found for p in _areas(e)}
    whole = ask.word("view") == "world"
    last = max(1, -(-len(places) // A_PAGE))
    number = min(ask.number("page"), last)
    seen = world.frame([] if whole else points, () if whole else areas)
    return {
        "title": "Map",
        "places": list(enumerate(places))[(number - 1) * A_PAGE : number * A_PAGE],
        "number": number,
        "last": last,
        "query_kept": {k: v for k in ("since", "until", "status", "view") if (v := ask.word(k))},
        "glyphs": _glyphs(places, seen),
        "countries": world.countries(seen),
        "borders": world.borders(seen),
        "areas": areas,
        "nowhere": [e for e in found if not e.places][:A_PAGE],
        "nowhere_count": sum(not e.places for e in found),
        "found": len(found),
        "total": len(book.record.events),
        "exactly": EXACTLY,
        "a_page": A_PAGE,
        "events_a_place": _EVENTS_A_PLACE,
        "width": world.WIDTH,
        "height": world.HEIGHT,
        "filters": filters,
        "whole": whole,
        "source": world.world().source,
    }


def _places(found: Sequence[Event]) -> list[Place]:
    """Places by where they are, the ones with most events first."""
    held: dict[tuple[object, ...], tuple[EventPlace, list[Event]]] = {}
    for event in found:
        for place in event.places:
            at = place.location
            key = (at.precision, at.lat, at.lon, at.country if at.lat is None else "", _key(place))
            _, there = held.setdefault(key, (place, []))
            if event not in there:
                there.append(event)
    rows = [
        Place(
            p.name,
            p.location.precision,
            p.location.basis,
            p.location.country or "",
            p.location.lon,
            p.location.lat,
            e,
        )
        for p, e in held.values()
    ]
    return sorted(rows, key=lambda p: (-len(p.events), p.name))


def _areas(event: Event) -> list[Place]:
    """The countries that are all that is known of where an event was."""
    if any(p.location.precision in GLYPHS for p in event.places):
        return []
    return [p for p in _places([event]) if p.precision == "country" and p.country]


def _key(place: EventPlace) -> str:
    return place.entity or place.name


def _glyphs(places: Sequence[Place], seen: world.Frame) -> list[Glyph]:
    drawn = [
        n for n, p in enumerate(places) if p.precision in GLYPHS and p.lon is not None and p.lat is not None
    ]
    grid = _BIN if len(drawn) > _BIN_ABOVE else _SAME
    bins: dict[tuple[int, int, str], list[int]] = {}
    for number in drawn:
        place = places[number]
        x, y = seen.at(place.lon or 0.0, place.lat or 0.0)
        bins.setdefault((round(x / grid), round(y / grid), GLYPHS[place.precision]), []).append(number)
    found: list[Glyph] = []
    for (column, row, kind), numbers in sorted(bins.items(), key=lambda b: -len(b[1])):
        there = {e.id for n in numbers for e in places[n].events}
        first = places[numbers[0]]
        size = (16.0 if kind == "ring" else 5.0) + min(14.0, 2.5 * len(there) ** 0.5)
        label = first.name if len(numbers) == 1 else f"{first.name} and {len(numbers) - 1} more"
        found.append(Glyph(len(found), kind, column * grid, row * grid, size, len(there), label, numbers))
    return found
