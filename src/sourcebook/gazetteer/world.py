"""Countries, peoples and curated regions: small tables, held in memory."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Final

from msgspec import Struct

from sourcebook.gazetteer.normal import key

_TABLES: Final = files("sourcebook.gazetteer").joinpath("tables")


class Country(Struct, frozen=True, kw_only=True):
    """A country or territory with an ISO 3166-1 alpha-2 code (Kosovo: XK)."""

    code: str
    name: str
    capital: str
    continent: str
    neighbours: tuple[str, ...]


class Region(Struct, frozen=True, kw_only=True):
    """A region that is no unit of administration: `kind` is region, historical, sea or venue-less area.

    `countries` are the codes of those that it lies in, in whole or in part. It has no point.
    """

    name: str
    kind: str
    countries: tuple[str, ...]


@cache
def countries() -> dict[str, Country]:
    """Every country by code."""
    return {
        code: Country(
            code=code,
            name=name,
            capital=capital,
            continent=continent,
            neighbours=tuple(filter(None, neighbours.split(","))),
        )
        for code, name, capital, continent, neighbours, _ in _rows("countries.tsv")
    }


def country(name: str) -> Country | None:
    """The country that `name` names in English or in its own words; None if it names none."""
    code = _country_names().get(key(name).removeprefix("the "))
    return countries().get(code) if code else None


def unit(name: str) -> str | None:
    """The country of the first-order unit that everybody knows by that name: "Texas", "the West Bank"."""
    return _units().get(key(name).removeprefix("the "))


def adjective(word: str) -> tuple[str, ...]:
    """Codes of the countries or peoples that `word` tells of: "Tajik", "Germans", "Congolese".

    More than one where the word is ambiguous; an empty string stands for a people of no one country.
    """
    found = _adjectives().get(key(word))
    return found or ()


def region(name: str) -> Region | None:
    """The curated region of that name, if there is one."""
    return _regions().get(key(name).removeprefix("the "))


@cache
def abbreviations() -> dict[str, tuple[str, str]]:
    """Short forms of first-order units as written after a town ("Tenn.", "OH"): country and GeoNames code."""
    return {short: (country, unit) for short, country, unit in _rows("abbreviations.tsv")}


@cache
def _country_names() -> dict[str, str]:
    found: dict[str, str] = {}
    for code, name, _, _, _, aliases in _rows("countries.tsv"):
        for alias in (name, *aliases.split("|")):
            found.setdefault(key(alias), code)
    for word in _adjectives():
        found.pop(word, None)
    for name, code in _rows("country_names.tsv"):
        found[key(name).removeprefix("the ")] = code
    return found


@cache
def _units() -> dict[str, str]:
    return {row[0]: row[1] for row in _rows("units.tsv")}


@cache
def _adjectives() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for word, codes in _rows("adjectives.tsv"):
        found[key(word)] = tuple(codes.split("|"))
    plural = {
        f"{word}s": codes for word, codes in found.items() if not word.endswith(("s", "ese", "sh", "ch"))
    }
    return plural | found


@cache
def _regions() -> dict[str, Region]:
    found: dict[str, Region] = {}
    for name, kind, codes, aliases in _rows("regions.tsv"):
        entry = Region(name=name, kind=kind, countries=tuple(filter(None, codes.split(","))))
        for alias in (name, *filter(None, aliases.split("|"))):
            found[key(alias)] = entry
    return found


def _rows(file: str) -> Iterator[list[str]]:
    for line in _TABLES.joinpath(file).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")
