"""Reference lists: bytes to entries, with the rows that could not be used.

An analyst's CSV, FollowTheMoney entities, an OpenSanctions or a Wikidata extract: the content tells which.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import msgspec

from sourcebook.errors import InputError
from sourcebook.model import ReferenceList, Skipped
from sourcebook.read.encodings import decode
from sourcebook.read.lists import analyst, followthemoney, opensanctions, wikidata
from sourcebook.read.lists.drafts import Draft, Sorted, sort_out
from sourcebook.read.sources import lines

#: The largest list that is read, in bytes.
LARGEST: Final = 256 << 20


class Parsed(NamedTuple):
    """A list and what of it could not be used: rows, cells, kinds of entity."""

    list: ReferenceList
    skipped: tuple[Skipped, ...]


#: Formats of one object a line, and of one row a line, with what makes a draft of each.
_OBJECTS: Final[Mapping[str, Callable[[Mapping[str, Any]], Draft | None]]] = MappingProxyType(
    {"followthemoney": followthemoney.draft, "wikidata": wikidata.draft}
)
_TABLES: Final[Mapping[str, Callable[[Mapping[str, str]], Draft | None]]] = MappingProxyType(
    {"opensanctions": opensanctions.draft, "csv": analyst.draft}
)


def parse(data: bytes, name: str, licence: str | None = None) -> Parsed:
    """The list in a file's bytes. A bad row is named and left out; it never fails the list.

    Raises:
        InputError: it is none of the four formats, or too large.
    """
    if len(data) > LARGEST:
        raise InputError(f"the reference list {name} is larger than {LARGEST >> 20} MB")
    text = decode(data).text
    form, found = _objects(text, name) if text.lstrip()[:1] in ("{", "[") else _table(text, name)
    made = sort_out(found, name)
    listed = ReferenceList(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        format=form,
        size=len(made.entries),
        licence=licence,
        entries=made.entries,
    )
    return Parsed(listed, tuple(_told(made, name)))


def _told(made: Sorted, name: str) -> Iterator[Skipped]:
    for row, why in made.faults:
        yield Skipped(path=f"{name}, row {row}", stage="refer", why=why)
    if made.passed_over:
        why = f"{made.passed_over} entries are neither actors nor places"
        yield Skipped(path=name, stage="refer", why=why)


def _objects(text: str, name: str) -> tuple[str, list[tuple[int, Draft | str | None]]]:
    read = [(number, _decoded(line)) for number, line in enumerate(text.split("\n"), 1) if _held(line)]
    first = next((o for _, o in read if isinstance(o, dict)), {})
    form = next(
        (f for f, mark in (("followthemoney", "schema"), ("wikidata", "labels")) if mark in first), ""
    )
    if not form:
        raise InputError(
            f"the reference list {name} holds JSON that is neither FollowTheMoney entities (schema,"
            " properties) nor a Wikidata extract (labels, aliases), one a line"
        )
    return form, [(n, _drafted(o, _OBJECTS[form])) for n, o in read]


def _held(line: str) -> str:
    """The object in a line; dumps have one list over many lines."""
    return line.strip().removesuffix(",").strip("[]\ufeff ")


def _decoded(line: str) -> dict[str, Any] | str:
    try:
        held = msgspec.json.decode(_held(line))
    except (msgspec.DecodeError, RecursionError, UnicodeEncodeError) as error:
        return f"not JSON: {error}"
    return held if isinstance(held, dict) else "not an object"


def _drafted(
    held: dict[str, Any] | str, make: Callable[[Mapping[str, Any]], Draft | None]
) -> Draft | str | None:
    if isinstance(held, str):
        return held
    try:
        return make(held)
    except (TypeError, AttributeError, KeyError, ValueError, IndexError) as error:
        return f"not as the format has it: {error!r}"


def _table(text: str, name: str) -> tuple[str, list[tuple[int, Draft | str | None]]]:
    try:
        read = list(lines(text))
    except csv.Error as error:
        raise InputError(f"the reference list {name} is not CSV: {error}") from error
    header = [cell.casefold() for cell in read[0][1]] if read else []
    if not {"id", "name"} <= set(header):
        raise InputError(
            f"the reference list {name} must name its columns in the first row, id and name among them"
        )
    form = "opensanctions" if {"schema", "countries"} <= set(header) else "csv"
    return form, [(n, _TABLES[form](dict(zip(header, cells, strict=False)))) for n, cells in read[1:]]
