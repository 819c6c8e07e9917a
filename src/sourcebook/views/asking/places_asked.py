"""Which place a question means, by its words: a town in a state, a state, a country."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from sourcebook.gazetteer import abbreviations, country
from sourcebook.views.asking.reports import plain
from sourcebook.views.asking.whereabouts import Unit, units_of

_NAME: Final = r"[A-Z][\w.’'-]*(?: (?:de|of|el|al|la|le|the|du|da|der|[A-Z][\w.’'-]*)){0,4}"
_PHRASE: Final = re.compile(
    rf"\b(?:in|at|near|around|within|across|of|from)(?: the)?(?P<unit> (?:state|province|region|country) of)?"
    rf" (?P<name>{_NAME})(?:, (?P<within>{_NAME}))?"
)
_NOTE: Final = re.compile(r" ?\([^)]{0,40}\)")
#: Names that are no place's and no person's.
CALENDAR: Final = frozenset(
    (
        *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October"),
        *(
            "November",
            "December",
            "Monday",
            "Tuesday",
            "Wednesday",
            "Thursday",
            "Friday",
            "Saturday",
            "Sunday",
        ),
    )
)


class Place(NamedTuple):
    """A place asked about: a town's name in small letters ("" for none), the units it lies in, a country."""

    town: str = ""
    units: frozenset[Unit] = frozenset()
    land: str = ""


def place(name: str, within: str = "", *, is_unit: bool = False) -> Place:
    """The place of a name, "Savannah" within "Georgia"; `is_unit` where it is said to be a state."""
    name, within = (_NOTE.sub("", x).strip() for x in (name, within))
    if is_unit or (not within and _is_unit(name)):
        return Place(units=_units(name) or frozenset({("", name)}))
    land = country(name)
    if land and not within:
        return Place(land=land.code)
    outer = country(within) if within and not _units(within) else None
    return Place(town=plain(name).strip(), units=_units(within), land=outer.code if outer else "")


def in_words(text: str) -> tuple[Place, frozenset[str]] | None:
    """The first place that a question names, and the words that do."""
    for found in _PHRASE.finditer(text):
        if found["name"].split()[0] not in CALENDAR:
            said = f"{found['name']} {found['within'] or ''}".split()
            meant = place(found["name"], found["within"] or "", is_unit=bool(found["unit"]))
            return meant, frozenset(w.strip(".,?") for w in said)
    return None


def _is_unit(name: str) -> bool:
    land = country(name)
    return any(land is None or unit[0] == land.code for unit in units_of(name))


def _units(name: str) -> frozenset[Unit]:
    short = abbreviations().get(name) or abbreviations().get(f"{name}.")
    return frozenset((short,)) if short else units_of(name)
