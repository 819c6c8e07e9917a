"""What every map is drawn on: Natural Earth's outlines on Mercator's projection, cut to what is looked at."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Final, NamedTuple

import msgspec
from msgspec import Struct

WIDTH: Final = 1000
HEIGHT: Final = 600

#: Mercator's map has no poles.
_HIGHEST: Final = 80.0
#: Pixels around the picture in which a line is drawn too.
_EDGE: Final = 50.0
#: Points nearer than so many pixels are one.
_ONE_SPOT: Final = 0.8
#: So many pictures are kept to be drawn upon again.
_KEPT: Final = 64
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
        return self.of_radians(math.radians(lon), _mercator(lat))

    def of_radians(self, east: float, north: float) -> Point:
        """The same from radians east and Mercator's north."""
        scale, middle, height = _scale(self)
        x = WIDTH / 2 + (east - middle) * scale
        y = HEIGHT / 2 - (north - height) * scale
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


@cache
def _towns() -> tuple[tuple[City, Point], ...]:
    return tuple((c, (math.radians(c.east / 100), _mercator(c.north / 100))) for c in cities())


def towns(seen: Frame) -> Iterator[tuple[City, Point]]:
    """The towns in the picture and where they lie on it, the largest first."""
    scale, middle, height = _scale(seen)
    across, down = WIDTH / 2 / scale, HEIGHT / 2 / scale
    for city, (east, north) in _towns():
        if abs(east - middle) < across and abs(north - height) < down:
            yield city, seen.of_radians(east, north)


def prepare() -> None:
    """Read all outlines and towns, so that no picture has to wait for that."""
    _countries(), _borders(), _lakes(), _provinces(), _towns()


def raw(name: str) -> bytes:
    """One of the files that the map is drawn from (FILES), as JSON."""
    return files("sourcebook.views.draw").joinpath("geo", f"{name}.json").read_bytes()


def script(name: str) -> bytes:
    """The same file as a script for a browser."""
    return b'sourcebookGeo("' + name.encode() + b'",' + raw(name).strip() + b");\n"


class Line(NamedTuple):
    """A ring or line in radians east and Mercator's north, and its box: west, south, east, north."""

    points: Sequence[Point]
    box: tuple[float, float, float, float]


@cache
def _countries() -> tuple[tuple[Country, tuple[Line, ...]], ...]:
    return tuple((c, tuple(map(_line, c.rings))) for c in world().countries)


@cache
def _borders() -> tuple[tuple[Border, Line], ...]:
    return tuple((b, _line(b.line)) for b in world().borders)


@cache
def _lakes() -> tuple[Line, ...]:
    return tuple(map(_line, world().lakes))


@cache
def _provinces() -> tuple[Line, ...]:
    return tuple(map(_line, msgspec.json.decode(raw("provinces"), type=tuple[tuple[int, ...], ...])))


def _line(packed: Sequence[int]) -> Line:
    points = [(math.radians(lon), _mercator(lat)) for lon, lat in _points(packed)]
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return Line(points, (min(xs), min(ys), max(xs), max(ys)))


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


@lru_cache(_KEPT)
def countries(seen: Frame) -> tuple[Shape, ...]:
    """The countries in the picture."""
    drawn = ((c, "".join(_drawn(ring, seen, closed=True) for ring in rings)) for c, rings in _countries())
    return tuple(Shape(c.name, c.iso, path) for c, path in drawn if path)


@lru_cache(_KEPT)
def borders(seen: Frame) -> tuple[Shape, ...]:
    """The borders in the picture."""
    drawn = ((b, _drawn(line, seen, closed=False)) for b, line in _borders())
    return tuple(Shape("", "", path, b.disputed) for b, path in drawn if path)


@lru_cache(_KEPT)
def lakes(seen: Frame) -> str:
    """The large lakes in the picture, as one path."""
    return "".join(_drawn(ring, seen, closed=True) for ring in _lakes())


@lru_cache(_KEPT)
def provinces(seen: Frame) -> str:
    """The lines between provinces in the picture, as one path; nothing from afar."""
    return "".join(_drawn(line, seen, closed=False) for line in _provinces()) if seen.close else ""


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


def _drawn(line: Line, seen: Frame, *, closed: bool) -> str:
    """A ring or line as a path, "" if it lies outside; cut a little outside the picture's edge."""
    scale, middle, height = _scale(seen)
    west, south, east, north = line.box
    across = (WIDTH / 2 + _EDGE) / scale, (HEIGHT / 2 + _EDGE) / scale
    if abs((west + east) / 2 - middle) - (east - west) / 2 > across[0]:
        return ""
    if abs((south + north) / 2 - height) - (north - south) / 2 > across[1]:
        return ""
    flat = _flat(line.points, seen)
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


def _flat(points: Sequence[Point], seen: Frame) -> list[Point]:
    """Where points lie on the picture; of those that lie on one another the first, and the last of all."""
    scale, middle, height = _scale(seen)
    right, down = WIDTH / 2 - middle * scale, HEIGHT / 2 + height * scale
    found: list[Point] = []
    last_x = last_y = math.inf
    for east, north in points:
        x, y = right + east * scale, down - north * scale
        if abs(x - last_x) + abs(y - last_y) >= _ONE_SPOT:
            found.append((round(x, 1), round(y, 1)))
            last_x, last_y = x, y
    east, north = points[-1]
    end = (round(right + east * scale, 1), round(down - north * scale, 1))
    return found if found[-1] == end else [*found, end]


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
