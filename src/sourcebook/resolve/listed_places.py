"""Where reference lists have a place: its point, how exactly, what it lies in; before the gazetteer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

import msgspec

from sourcebook.model import Entity, Entry, Location, MentionKind, ReferenceList
from sourcebook.resolve import names

#: How far a chain of places within places is followed: a list may go in circles.
_DEPTH: Final = 12


class ListedPlaces:
    """The entries of all lists, by what an entity is linked to."""

    def __init__(self, lists: Iterable[ReferenceList]) -> None:
        self._entries = {(e.list, e.id): e for held in lists for e in held.entries}
        self._by_name: dict[str, dict[str, Entry]] = defaultdict(dict)
        for entry in self._entries.values():
            for name in entry.names if entry.kind in (MentionKind.PLACE, None) else ():
                self._by_name[names.exact_key(name)][entry.ref] = entry

    def location(self, entity: Entity, otherwise: Location) -> Location:
        """Where the first list that knows the place has it; `otherwise` if none does.

        The gazetteer's candidates stay beside it.
        """
        for entry in (one.entry for one in entity.listed):
            return self._location(entry, otherwise)
        return otherwise

    def holding(self, site: str, otherwise: Location) -> Location | None:
        """Where a listed place is that alone bears the name `site`, which a building is called after."""
        found = self._by_name.get(names.exact_key(site), {})
        if len(found) != 1:
            return None
        return self._location(next(iter(found.values())), otherwise)

    def _location(self, entry: Entry, otherwise: Location) -> Location:
        chain = self._chain(entry)
        country = next((e.country for e in chain if e.country), None)
        within = tuple(f"{e.list} {e.id}" for e in chain)
        if entry.precision is None and country in (None, otherwise.country):
            return msgspec.structs.replace(otherwise, within=within)
        return Location(
            lat=entry.lat,
            lon=entry.lon,
            precision=entry.precision or "none",
            country=country,
            basis=_basis(entry, otherwise),
            candidates=otherwise.candidates,
            within=within,
        )

    def _chain(self, entry: Entry) -> list[Entry]:
        """The entry and what it lies in, the nearest first."""
        chain = [entry]
        while len(chain) < _DEPTH and chain[-1].parent:
            parent = self._entries.get((entry.list, chain[-1].parent))
            if parent is None or parent in chain:
                break
            chain.append(parent)
        return chain


def _basis(entry: Entry, otherwise: Location) -> str:
    basis = f"reference list {entry.list}, entry {entry.id}: {entry.name}"
    if entry.lat is None:
        basis += "; the list has no point of it"
    if otherwise.geonames is not None:
        basis += f"; not taken: {otherwise.basis}"
    return basis
