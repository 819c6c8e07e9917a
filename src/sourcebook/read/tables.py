"""Which columns of a table of articles hold what: by the names in its first row."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

import msgspec

from sourcebook.read.sniff import binary_kind
from sourcebook.text.lexicon import rows

_DELIMITERS: Final = (",", ";", "\t", "|")
#: A column of texts is one whose name says so; a table without one is no table of articles.
_NEEDED: Final = "text"
_LONGEST_HEADER: Final = 2_000


#: The key under which a file's `given` holds the user's own names of columns, as JSON.
COLUMNS: Final = "columns"
_PACKED: Final = ("zip", "tar", "compressed", "mail", "mbox")
_HEAD: Final = 65_536


def given_columns(given: Mapping[str, str]) -> dict[str, str]:
    """The user's own names of columns, by field."""
    return msgspec.json.decode(given.get(COLUMNS, "{}"), type=dict[str, str])


def may_have(data: bytes, own: Mapping[str, str]) -> bool:
    """Whether a file may be a table of articles whose columns the user named, or an archive with one."""
    wanted = own.get(_NEEDED)
    named = wanted is None or wanted.encode() in data[:_HEAD]
    return binary_kind(data) in _PACKED or (binary_kind(data) is None and named)


def has(header: Sequence[str], own: Mapping[str, str]) -> bool:
    """Whether a first row or an object has the user's column of texts."""
    return own.get(_NEEDED) in [column.strip() for column in header]


@cache
def _names() -> dict[str, tuple[str, int]]:
    return {
        name: (field, rank)
        for field, names in rows("sourcebook.read", "columns")
        for rank, name in enumerate(names.split())
    }


def columns(header: Sequence[str], own: Mapping[str, str] | None = None) -> dict[str, str]:
    """For each field that a column answers to (text, title, author, published, ...), that column's name.

    The user's own names go before those that are known.
    """
    named = {field: column for field, column in (own or {}).items() if column in header}
    return _known(header) | named


def _known(header: Sequence[str]) -> dict[str, str]:
    found: dict[str, tuple[int, str]] = {}
    for column in header:
        known = _names().get("".join(c for c in column.casefold() if c.isalnum()))
        if known and (known[0] not in found or known[1] < found[known[0]][0]):
            found[known[0]] = (known[1], column)
    return {field: column for field, (_, column) in found.items()}


def first_row(sample: str) -> list[str]:
    """The cells of the first row of a text; [] where it is none of a table."""
    head = sample.removeprefix("\ufeff").lstrip("\r\n").split("\n", 1)[0].rstrip("\r")
    between = delimiter(head)
    if len(head) > _LONGEST_HEADER or between not in head or "\n" not in sample.strip():
        return []
    try:
        return [name.strip() for name in next(csv.reader(io.StringIO(head), delimiter=between), [])]
    except csv.Error:
        return []


def delimiter(head: str) -> str:
    """What stands between the cells of a first row."""
    return max(_DELIMITERS, key=head.count)


def looks(sample: str, own: Mapping[str, str] | None = None) -> bool:
    """Whether a text is a table of articles: a first row that names a column of texts and others."""
    header = first_row(sample)
    if not header:
        return False
    found = columns(header, own)
    return has(header, own or {}) or (_NEEDED in found and len(found) >= 2)
