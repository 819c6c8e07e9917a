"""What every map is drawn on: Natural Earth's outlines on Mercator's projection, cut to what is looked at."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Final, NamedTuple

import msgspec
from msgspec import Struct

WIDTH: Final = 1000
HEIGHT: Final = 600

#: Mercator's map has no poles.
_HIGHEST: Final = 80.0
#: Degrees around the picture in which a line may begin that crosses it.
_MARGIN: Final = 12.0
_LEAST_SPAN: Final = 9.0
#: Pixels a radian from which provinces are drawn: about 30 degrees across.
_PROVINCES_FROM: Final = 1_900.0

#: What lies in the package's folder of outlines.
FILES: Final = ("world", "provinces", "cities")

Point = tuple[float, float]


class Country(Struct, frozen=True):
    """One country as Natural Earth draws it (de facto): rings in hundredths of a degree, by differences."""

    iso: str
    name: str
    rings: tuple[tuple[int, ...], ...]


class Border(Struct, frozen=True):
    """One stretch of a border on land; `disputed` where some state does not accept it."""

    disputed: bool
    line: tuple[int, ...]


class World(Struct, frozen=True):
    """Every country, border and large lake, and where they are from."""

    source: str
    countries: tuple[Country, ...]
    borders: tuple[Border, ...]
    lakes: tuple[tuple[int, ...], ...]


class City(NamedTuple):
    """A town that is labelled where there is room: hundredths of a degree, thousands of people."""

    name: str
    east: int
    north: int
    people: int
    capital: int


class Frame(NamedTuple):
    """What is looked at: degrees west, south, east, north."""

    west: float
    south: float
    east: float
    north: float

    def at(self, lon: float, lat: float) -> Point:
        """Where a place lies on the picture."""
        scale, middle, height = _scale(self)
        x = WIDTH / 2 + (math.radians(lon) - middle) * scale
        y = HEIGHT / 2 - (_mercator(lat) - height) * scale
        return round(x, 1), round(y, 1)

    @property
    def close(self) -> bool:
        """Whether it is near enough for provinces."""
        return _scale(self)[0] > _PROVINCES_FROM

    @property
    def view(self) -> str:
        """Degrees east and north of the middle, and pixels a radian: what a browser goes on from."""
        scale, middle, height = _scale(self)
        return f"{math.degrees(middle):.3f},{_latitude(height):.3f},{scale:.1f}"


class Shape(NamedTuple):
    """One country or border as the `d` of an SVG path."""

    name: str
    iso: str
    path: str
    disputed: bool = False


@cache
def world() -> World:
    """The outlines, read once."""
    return msgspec.json.decode(raw("world"), type=World)


@cache
def cities() -> tuple[City, ...]:
    """The towns, the largest first."""
    return tuple(City(*row) for row in msgspec.json.decode(raw("cities")))


def raw(name: str) -> bytes:
    """One of the files that the map is drawn from (FILES), as JSON."""
    return files("sourcebook.views.draw").joinpath("geo", f"{name}.json").read_bytes()


def script(name: str) -> bytes:
    """The same file as a script for a browser."""
    return b'sourcebookGeo("' + name.encode() + b'",' + raw(name).strip() + b");\n"


@cache
def _lines() -> tuple[tuple[int, ...], ...]:
    return msgspec.json.decode(raw("provinces"), type=tuple[tuple[int, ...], ...])


@cache
def _scale(seen: Frame) -> tuple[float, float, float]:
    """Pixels a radian, and the middle: radians east, Mercator's north."""
    left, right = math.radians(seen.west), math.radians(seen.east)
    top, foot = _mercator(seen.north), _mercator(seen.south)
    return min(WIDTH / (right - left), HEIGHT / (top - foot)), (left + right) / 2, (top + foot) / 2


def frame(points: Sequence[Point], isos: Iterable[str]) -> Frame:
    """What holds all the points and the largest part of each country, with room around."""
    wanted = set(isos)
    held = list(points)
    for country in world().countries:
        if country.iso in wanted and not points:
            held += _points(country.rings[0])
    if not held:
        return Frame(-170, -56, 180, 74)
    west, east = min(p[0] for p in held), max(p[0] for p in held)
    south, north = min(p[1] for p in held), max(p[1] for p in held)
    wide = max(_LEAST_SPAN, (east - west) * 1.3)
    high = max(_LEAST_SPAN * 0.55, (north - south) * 1.3)
    middle, height = (west + east) / 2, (south + north) / 2
    return Frame(
        max(-180, middle - wide / 2),
        max(-_HIGHEST, height - high / 2),
        min(190, middle + wide / 2),
        min(_HIGHEST, height + high / 2),
    )


def countries(seen: Frame) -> list[Shape]:
    """The countries in the picture."""
    found = []
    for country in world().countries:
        rings = [_drawn(_points(r), seen, closed=True) for r in country.rings]
        path = "".join(rings)
        if path:
            found.append(Shape(country.name, country.iso, path))
    return found


def borders(seen: Frame) -> list[Shape]:
    """The borders in the picture."""
    drawn = ((b, _drawn(_points(b.line), seen, closed=False)) for b in world().borders)
    return [Shape("", "", path, b.disputed) for b, path in drawn if path]


def lakes(seen: Frame) -> str:
    """The large lakes in the picture, as one path."""
    return "".join(_drawn(_points(r), seen, closed=True) for r in world().lakes)


def provinces(seen: Frame) -> str:
    """The lines between provinces in the picture, as one path; nothing from afar."""
    if not seen.close:
        return ""
    near = (line for line in _lines() if _near(line, seen))
    return "".join(_drawn(_points(line), seen, closed=False) for line in near)


def _near(line: Sequence[int], seen: Frame) -> bool:
    """Whether a line begins near the picture: none is longer than the margin."""
    lon, lat = line[0] / 100, line[1] / 100
    return (
        seen.west - _MARGIN < lon < seen.east + _MARGIN and seen.south - _MARGIN < lat < seen.north + _MARGIN
    )


def _latitude(height: float) -> float:
    return math.degrees(2 * math.atan(math.exp(height)) - math.pi / 2)


def _mercator(lat: float) -> float:
    bounded = max(-_HIGHEST - 3, min(_HIGHEST + 3, lat))
    return math.log(math.tan(math.pi / 4 + math.radians(bounded) / 2))


def _points(packed: Sequence[int]) -> list[Point]:
    x = y = 0
    found = []
    for dx, dy in zip(packed[::2], packed[1::2], strict=True):
        x, y = x + dx, y + dy
        found.append((x / 100, y / 100))
    return found


def _drawn(points: Sequence[Point], seen: Frame, *, closed: bool) -> str:
    """A ring or line as a path, "" if it lies outside; cut a little outside the picture's edge."""
    flat = [seen.at(*p) for p in points]
    if not any(-50 < x < WIDTH + 50 and -50 < y < HEIGHT + 50 for x, y in flat) and not (
        closed and _around(flat)
    ):
        return ""
    if closed:
        flat = _clipped(flat)
        return _path(flat) + "Z" if len(flat) > 2 else ""
    near = [-200 < x < WIDTH + 200 and -200 < y < HEIGHT + 200 for x, y in flat]
    parts: list[list[Point]] = [[]]
    for n, (a, b) in enumerate(pairwise(flat)):
        if near[n] or near[n + 1]:
            parts[-1] = parts[-1] or [a]
            parts[-1].append(b)
        elif parts[-1]:
            parts.append([])
    return "".join(_path(p) for p in parts if p)


def _around(flat: Sequence[Point]) -> bool:
    """Whether a ring without a point in the picture goes around it."""
    xs, ys = [p[0] for p in flat], [p[1] for p in flat]
    return min(xs) < 0 and max(xs) > WIDTH and min(ys) < 0 and max(ys) > HEIGHT


def _clipped(ring: list[Point]) -> list[Point]:
    """Sutherland and Hodgman: the part of a ring within the picture and its margin."""
    for axis, limit, keep_below in (
        (0, -20, False),
        (0, WIDTH + 20, True),
        (1, -20, False),
        (1, HEIGHT + 20, True),
    ):
        ring = _cut(ring, axis, limit, keep_below=keep_below)
    return ring


def _cut(ring: list[Point], axis: int, limit: float, *, keep_below: bool) -> list[Point]:
    found: list[Point] = []
    for before, here in zip([ring[-1], *ring[:-1]], ring, strict=True) if ring else ():
        was = (before[axis] <= limit) == keep_below
        stays = (here[axis] <= limit) == keep_below
        if was != stays:
            part = (limit - before[axis]) / (here[axis] - before[axis])
            crossing = tuple(round(b + part * (h - b), 1) for b, h in zip(before, here, strict=True))
            found.append((crossing[0], crossing[1]))
        if stays:
            found.append(here)
    return found


def _path(points: Sequence[Point]) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points)
