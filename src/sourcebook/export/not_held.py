"""What a format has no place for at all, whatever the record: fields of the JSON export, counted and named.

Formats tally for themselves what they make coarser and what they leave out of one row or another. Fields that
none of their rows can hold are listed in `codes/not_held.tsv`, and a test changes every value of a record to
see that the list is true and complete.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, Final

import msgspec
from msgspec import Struct

from sourcebook.export.countries import rows
from sourcebook.export.json import Json, tree
from sourcebook.export.loss import Loss
from sourcebook.model import Record

#: Formats that hold the whole record.
WHOLE: Final = ("json", "csv", "parquet")

#: What most things are: nothing is lost where it is not said.
_USUAL: Final = {"confidence": 1.0, "scope": "single", "factuality": "CT+", "act": "statement"}


class Lost(Struct, frozen=True):
    """Fields that some formats do not hold: paths of the JSON export, what that means, and why."""

    fields: tuple[str, ...]
    formats: tuple[str, ...]
    what: str
    why: str

    def is_lost_in(self, form: str) -> bool:
        """Whether a format does not hold them."""
        return form in self.formats or (self.formats == ("*",) and form not in WHOLE)


@cache
def table() -> tuple[Lost, ...]:
    """Every row of the list."""
    return tuple(
        Lost(tuple(fields.split()), tuple(formats.split()), what, why)
        for fields, formats, what, why in rows("not_held.tsv")
    )


def losses(record: Record, form: str) -> list[Loss]:
    """What the record holds in fields that the format has not, one line a kind of thing."""
    lost = [row for row in table() if row.is_lost_in(form)]
    whole = msgspec.to_builtins(tree(record)) if lost else {}
    found: dict[tuple[str, str], dict[str, None]] = {}
    for row in lost:
        ids = found.setdefault((row.what, row.why), {})
        for field in row.fields:
            ids.update(dict.fromkeys(_owners(whole, field)))
    return [
        Loss(what=what, count=len(ids), why=why, ids=tuple(ids)) for (what, why), ids in found.items() if ids
    ]


def _owners(whole: Json, field: str) -> Iterator[str]:
    """Whose field holds something, by id; a pair without an id is named by both of its ids."""
    name, *path = field.split(".")
    for thing in whole[name]:
        if _said(thing, path):
            yield str(thing.get("id") or thing.get("path") or " and ".join(thing["about"]))


def _said(value: Any, path: list[str]) -> bool:
    if isinstance(value, list):
        return any(_said(one, path) for one in value)
    if value is None or not path:
        return value not in (None, "", [], {}, False)
    if not isinstance(value, dict):
        return False
    key, *rest = path
    held = value.get(key)
    if key == "attribution":
        held = (held or [])[1:]  # the first is the publisher, who is no speaker of the text
    return held != _USUAL.get(key) and _said(held, rest)
