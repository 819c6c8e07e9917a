"""OpenSanctions' simplified table (targets.simple.csv): names, countries, programmes.

Telephone numbers, mail and postal addresses, birth dates and document numbers of persons are not taken over.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping

from sourcebook.read.lists.drafts import Draft
from sourcebook.read.lists.followthemoney import kind_of


def draft(row: Mapping[str, str]) -> Draft | None:
    """A row as an entry in the making; None if its schema is neither an actor nor a place."""
    kind = kind_of(row.get("schema", ""), ())
    if kind is None:
        return None
    countries = _several(row.get("countries", ""))
    return Draft(
        id=row.get("id", ""),
        name=row.get("name", ""),
        kind=kind,
        aliases=tuple(_several(row.get("aliases", ""))),
        country=countries[0] if len(countries) == 1 else "",
        identifiers=(("opensanctions", row.get("id", "")),),
        note=row.get("sanctions", "") or row.get("program_ids", ""),
    )


def _several(cell: str) -> list[str]:
    """The values of a cell: between semicolons, each in quotes if it holds one."""
    found = next(csv.reader([cell.replace("\n", " ")], delimiter=";"), [])
    return [value.strip() for value in found if value.strip()]
