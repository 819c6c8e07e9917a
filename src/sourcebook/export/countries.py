"""The numbers that codebooks give to countries."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Final

from msgspec import Struct

from sourcebook.gazetteer import countries as known

_CODES: Final = files("sourcebook.export").joinpath("codes")


class Codes(Struct, frozen=True, kw_only=True):
    """One country in every codebook's terms; "" where its number is not known."""

    iso2: str
    iso3: str
    iso_numeric: str
    gtd: str
    gtd_region: str
    gw: str
    acled_region: str
    ucdp_region: str

    @property
    def name(self) -> str:
        """The country's name in English."""
        found = known().get(self.iso2)
        return found.name if found else self.iso2


def rows(table: str) -> list[list[str]]:
    """The rows of a table of codes: tab-separated, lines that begin with # left out."""
    lines = _CODES.joinpath(table).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@cache
def _countries() -> dict[str, Codes]:
    names = Codes.__struct_fields__
    return {row[0]: Codes(**dict(zip(names, row, strict=True))) for row in rows("countries.tsv")}


def codes(iso2: str | None) -> Codes | None:
    """The codes of a country by ISO 3166-1 alpha-2; None if there is no such country."""
    return _countries().get(iso2 or "")
