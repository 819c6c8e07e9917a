"""Towns and first-order units by name: two sorted tables, searched where they lie on disk."""

from __future__ import annotations

import mmap
from functools import cache
from importlib.resources import as_file, files
from typing import Final

from msgspec import Struct

from sourcebook.gazetteer.normal import key

_TABLES: Final = files("sourcebook.gazetteer").joinpath("tables")


#: Months, days and feasts are towns somewhere; named so, no town is meant.
_CALENDAR: Final = frozenset(
    (
        "january february march april may june july august september october november december monday "
        "tuesday wednesday thursday friday saturday sunday christmas easter ramadan"
    ).split()
)


class Place(Struct, frozen=True, kw_only=True):
    """A populated place or first-order unit as GeoNames has it: WGS 84 degrees.

    `kind` is town or province. The point of a province is the population-weighted centre of its
    towns: good for distances, not to be drawn as a pin. `own_name` tells whether it
    was found under its own name and not under an alternate one.
    """

    id: int
    name: str
    kind: str
    country: str
    unit: str
    lat: float | None
    lon: float | None
    population: int
    own_name: bool = True


@cache
def lookup(name: str) -> tuple[Place, ...]:
    """Every place known by `name`: own names before alternates, the larger first; none for "March"."""
    wanted = key(name)
    line = _find("names.tsv", wanted) if wanted and wanted not in _CALENDAR else None
    found = [_place(int(i), wanted) for i in line.split(",")] if line else []
    return tuple(sorted(found, key=lambda p: (not p.own_name, -p.population, p.id)))


def _place(identifier: int, wanted: str) -> Place:
    line = _find("places.tsv", f"{identifier:09d}")
    if line is None:
        raise LookupError(f"gazetteer names place {identifier} but does not hold it")
    name, kind, country, unit, lat, lon, population = line.split("\t")
    return Place(
        id=identifier,
        name=name,
        kind=kind,
        country=country,
        unit=unit,
        lat=float(lat) if lat else None,
        lon=float(lon) if lon else None,
        population=int(population or 0),
        own_name=key(name) == wanted or key(name).startswith(wanted + " "),
    )


@cache
def _table(file: str) -> mmap.mmap:
    with as_file(_TABLES.joinpath(file)) as path, path.open("rb") as source:
        return mmap.mmap(source.fileno(), 0, access=mmap.ACCESS_READ)


def _find(file: str, wanted: str) -> str | None:
    """What follows the key `wanted` in a table whose lines are sorted by their bytes."""
    table = _table(file)
    target = wanted.encode() + b"\t"
    low, high = 0, len(table)
    while low < high:
        middle = (low + high) // 2
        start = table.rfind(b"\n", 0, middle) + 1
        end = table.find(b"\n", start)
        line = table[start:end]
        if line.startswith(target):
            return line[len(target) :].decode()
        if line < target:
            low = end + 1
        else:
            high = start
    return None
