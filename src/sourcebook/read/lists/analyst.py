"""An analyst's table: one row an actor or place, columns by name in the first row."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from sourcebook.read.lists.drafts import Draft

#: The columns that are read; `id` and `name` must be there. `aliases` and `weak_aliases` hold several names,
#: between ; or |.
COLUMNS: Final = (
    "id", "kind", "name", "aliases", "weak_aliases", "actor_kind", "country", "from", "until", "parent",
    "latitude", "longitude", "precision", "wikidata", "geonames", "note",
)  # fmt: skip

_BETWEEN: Final = re.compile(r"[;|]")
_SCHEMES: Final = ("wikidata", "geonames")


def draft(row: Mapping[str, str]) -> Draft:
    """A row as an entry in the making; columns that are not known are left alone."""

    def cell(name: str) -> str:
        return row.get(name, "").strip()

    return Draft(
        id=cell("id"),
        name=cell("name"),
        kind=cell("kind"),
        aliases=tuple(_BETWEEN.split(cell("aliases"))),
        weak=tuple(_BETWEEN.split(cell("weak_aliases"))),
        actor_kind=cell("actor_kind"),
        country=cell("country"),
        since=cell("from"),
        until=cell("until"),
        parent=cell("parent"),
        lat=cell("latitude"),
        lon=cell("longitude"),
        precision=cell("precision"),
        identifiers=tuple((s, cell(s)) for s in _SCHEMES if cell(s)),
        note=cell("note"),
    )
