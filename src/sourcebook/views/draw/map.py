"""Where it happened, as exactly as that is known: points, rings, hatched countries, one SVG."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple

from sourcebook.model import Event, EventPlace
from sourcebook.views.draw import svg, world
from sourcebook.views.draw.labels import Label, Room

#: How each precision is drawn; the others are in the list only.
GLYPHS: Final = {"site": "point", "town": "point", "district": "ring", "province": "ring"}

#: What stands below every map.
CAPTION: Final = (
    "Filled circle: known to the town or site. Hatched ring: known to the district or province; it stands"
    " around its middle and is not its outline. Hatched country: known to the country only. Borders"
    " show who holds what and are no statement about who should; dashed ones are disputed. Outlines: Natural"
    " Earth. Places: GeoNames, CC BY 4.0."
)

#: Above so many points they are drawn in bins of this size, below it where they are.
BIN_ABOVE: Final = 2_000
_BIN: Final = 24.0
_SAME: Final = 3.0
_MOST_LABELS: Final = 60
_MOST_CITIES: Final = 40


class Place(NamedTuple):
    """One place and the events there; `roles` are those that it has in them."""

    name: str
    precision: str
    basis: str
    country: str
    lon: float | None
    lat: float | None
    events: Sequence[Event]
    roles: Sequence[str] = ()

    @property
    def glyph(self) -> str:
        """Point or ring, or "" where nothing can be drawn."""
        known = self.lon is not None and self.lat is not None
        return GLYPHS.get(self.precision, "") if known else ""


class Glyph(NamedTuple):
    """What is drawn at one point: how many events, of which places."""

    kind: str
    x: float
    y: float
    size: float
    times: int
    label: str
    places: Sequence[int]

    @property
    def says(self) -> str:
        """The name and the number."""
        return f"{self.label}: {self.times} event{'s' if self.times != 1 else ''}"


class Drawn(NamedTuple):
    """A map: its picture, what is looked at, and the countries that are all that is known of some event."""

    picture: str
    seen: world.Frame
    areas: Sequence[str]


Href = Callable[[Glyph], str]


def places(found: Iterable[Event]) -> list[Place]:
    """Places of events by where they are, the ones with most events first."""
    held: dict[tuple[object, ...], tuple[list[EventPlace], list[Event], set[str]]] = {}
    for event in found:
        for place in event.places:
            at = place.location
            where = (at.lat, at.lon) if GLYPHS.get(at.precision) and at.lat is not None else place.entity
            key = (at.precision, where or place.name, at.country)
            named, there, roles = held.setdefault(key, ([], [], set()))
            named.append(place)
            roles.add(place.role)
            if not there or there[-1] is not event:
                there.append(event)
    rows = [_place(_told_by(named), events, sorted(roles)) for named, events, roles in held.values()]
    return sorted(rows, key=lambda p: (-len(p.events), p.name))


def areas(found: Iterable[Event]) -> list[str]:
    """The countries that are all that is known of where an event was."""
    return sorted(
        {
            p.location.country
            for event in found
            if not any(p.location.precision in GLYPHS for p in event.places)
            for p in event.places
            if p.location.precision == "country" and p.location.country
        }
    )


def draw(
    found: Sequence[Event],
    *,
    there: Sequence[Place] | None = None,
    href: Href | None = None,
    whole: bool = False,
) -> Drawn:
    """The map of some events, whose places are `there`; `whole` shows the whole world."""
    there = places(found) if there is None else there
    hatched = areas(found)
    points = [(p.lon, p.lat) for p in there if p.glyph and p.lon is not None and p.lat is not None]
    seen = world.frame([] if whole else points, () if whole else hatched)
    return Drawn(_picture(there, hatched, seen, href), seen, hatched)


def map_svg(found: Sequence[Event]) -> str:
    """The map of some events as a picture that stands alone, for documents; CAPTION belongs below it.

    "" where no event has a place that can be drawn.
    """
    if not any(p.glyph for p in places(found)) and not areas(found):
        return ""
    return draw(found).picture


def _told_by(named: Sequence[EventPlace]) -> EventPlace:
    """Of the places on one spot the one that tells of all: the town whose name is in those of its sites."""
    names = {p.name for p in named}
    if len(names) == 1:
        return named[0]
    held = {name: sum(name in other for other in names) for name in names}
    return min(named, key=lambda p: (-held[p.name], len(p.name), p.name))


def _place(place: EventPlace, events: Sequence[Event], roles: Sequence[str]) -> Place:
    at = place.location
    return Place(place.name, at.precision, at.basis, at.country or "", at.lon, at.lat, events, roles)


def _picture(there: Sequence[Place], hatched: Sequence[str], seen: world.Frame, href: Href | None) -> str:
    drawn = glyphs(there, seen)
    room = Room(world.WIDTH, world.HEIGHT)
    for g in drawn:
        room.take(g.x - g.size, g.y - g.size, g.x + g.size, g.y + g.size)
    named = {
        n: room.label(svg.short(g.label, 30), (g.x, g.y), g.size) for n, g in enumerate(drawn[:_MOST_LABELS])
    }
    inside = [
        svg.tag("defs", _hatch()),
        svg.tag("rect", class_="sea", width=world.WIDTH, height=world.HEIGHT, fill=svg.SEA),
        svg.tag("g", *_base(seen, hatched), class_="base"),
        svg.tag("g", *_cities(seen, room), class_="cities"),
        svg.tag("g", *(_glyph(g, named.get(n), href) for n, g in enumerate(drawn)), class_="glyphs"),
    ]
    return svg.drawing(
        "map",
        inside,
        (world.WIDTH, world.HEIGHT),
        label="Map of the places; the list says the same",
        opens=href is not None,
        data_view=seen.view,
        data_areas=" ".join(hatched),
    )


def _hatch() -> str:
    line = svg.tag("line", x1=0, y1=0, x2=0, y2=9, stroke=svg.GLYPH, stroke_width=2)
    return svg.tag(
        "pattern",
        line,
        id="hatch",
        width=9,
        height=9,
        patternUnits="userSpaceOnUse",
        patternTransform="rotate(45)",
    )


def _base(seen: world.Frame, hatched: Sequence[str]) -> list[str]:
    """Land, lakes, provinces, hatched countries, borders."""
    countries = world.countries(seen)
    found = [
        svg.tag(
            "path", class_="land", fill=svg.LAND, fill_rule="evenodd", d="".join(c.path for c in countries)
        ),
        svg.tag("path", class_="sea lake", fill=svg.SEA, fill_rule="evenodd", d=world.lakes(seen)),
        svg.tag(
            "path",
            class_="province",
            fill="none",
            stroke=svg.BORDER,
            stroke_width=0.5,
            d=world.provinces(seen),
        ),
    ]
    found += [
        svg.tag(
            "path",
            svg.title(f"{c.name}: known to the country only"),
            class_="area",
            fill="url(#hatch)",
            opacity=0.5,
            d=c.path,
        )
        for c in countries
        if c.iso in hatched
    ]
    borders = world.borders(seen)
    for disputed in (False, True):
        found.append(
            svg.tag(
                "path",
                class_="border disputed" if disputed else "border",
                fill="none",
                stroke=svg.BORDER,
                stroke_dasharray="5 4" if disputed else None,
                d="".join(b.path for b in borders if b.disputed == disputed),
            )
        )
    return found


def _cities(seen: world.Frame, room: Room) -> list[str]:
    """Names of large towns for orientation, where nothing of the record is in the way."""
    found: list[str] = []
    for city, (x, y) in world.towns(seen):
        label = room.label(city.name, (x, y), 2, 11.0) if room.free(x - 3, y - 3, x + 3, y + 3) else None
        if label:
            room.take(x - 24, y - 12, x + 24, y + 12)
            found += [
                svg.tag("circle", class_="city", cx=x, cy=y, r=1.8, fill=svg.SOFT),
                _words(label, "city"),
            ]
        if len(found) >= _MOST_CITIES * 2:
            break
    return found


def _words(label: Label, look: str) -> str:
    fill = svg.SOFT if look == "city" else svg.INK
    return svg.words(
        label.text,
        class_=look,
        x=label.x,
        y=label.y,
        text_anchor=label.anchor,
        font_size=label.size,
        fill=fill,
        paint_order="stroke",
        stroke=svg.LAND,
        stroke_width=3,
    )


def _glyph(glyph: Glyph, label: Label | None, href: Href | None) -> str:
    ring = glyph.kind == "ring"
    inside = [
        svg.tag(
            "circle",
            class_=glyph.kind,
            cx=glyph.x,
            cy=glyph.y,
            r=glyph.size,
            fill="url(#hatch)" if ring else svg.GLYPH,
            fill_opacity=0.55 if ring else 0.88,
            stroke=svg.GLYPH if ring else svg.SHEET,
            stroke_width=2,
            stroke_dasharray="5 4" if ring else None,
        )
    ]
    if glyph.times > 1:
        inside.append(
            svg.words(
                str(glyph.times),
                class_="many in-ring" if ring else "many",
                x=glyph.x,
                y=glyph.y + 4.5,
                text_anchor="middle",
                font_size=12.5,
                font_weight="700",
                fill=svg.GLYPH if ring else svg.SHEET,
            )
        )
    if label:
        inside.append(_words(label, "name"))
    target = href(glyph) if href else None
    of = " ".join(map(str, glyph.places))
    return svg.linked(target, glyph.says, inside, class_="glyph", data_places=of)


def glyphs(there: Sequence[Place], seen: world.Frame) -> list[Glyph]:
    """Circles where events are, those of one spot as one; in bins where there are very many."""
    drawn = [n for n, p in enumerate(there) if p.glyph]
    grid = _BIN if len(drawn) > BIN_ABOVE else _SAME
    bins: dict[tuple[int, int, str], list[int]] = {}
    for number in drawn:
        place = there[number]
        x, y = seen.at(place.lon or 0.0, place.lat or 0.0)
        bins.setdefault((round(x / grid), round(y / grid), place.glyph), []).append(number)
    found: list[Glyph] = []
    for (column, row, kind), numbers in sorted(bins.items(), key=lambda b: (-len(b[1]), b[0])):
        times = len({e.id for n in numbers for e in there[n].events})
        size = (14.0 if kind == "ring" else 5.0) + (min(12.0, 2.5 * times**0.5) if times > 1 else 1)
        label = there[numbers[0]].name
        label = label if len(numbers) == 1 else f"{label} and {len(numbers) - 1} more"
        found.append(Glyph(kind, column * grid, row * grid, size, times, label, numbers))
    return sorted(found, key=lambda g: (-g.times, g.label))
