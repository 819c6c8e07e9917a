"""Which columns of a table of articles hold what: by the names in its first row."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from functools import cache
from typing import Final

from sourcebook.text.lexicon import rows

_DELIMITERS: Final = (",", ";", "\t", "|")
#: A column of texts is one whose name says so; a table without one is no table of articles.
_NEEDED: Final = "text"
_LONGEST_HEADER: Final = 2_000


@cache
def _names() -> dict[str, tuple[str, int]]:
    return {
        name: (field, rank)
        for field, names in rows("sourcebook.read", "columns")
        for rank, name in enumerate(names.split())
    }


def columns(header: Sequence[str]) -> dict[str, str]:
    """For each field that a column answers to (text, title, author, published, ...), that column's name."""
    found: dict[str, tuple[int, str]] = {}
    for column in header:
        known = _names().get("".join(c for c in column.casefold() if c.isalnum()))
        if known and (known[0] not in found or known[1] < found[known[0]][0]):
            found[known[0]] = (known[1], column)
    return {field: column for field, (_, column) in found.items()}


def delimiter(head: str) -> str:
    """What stands between the cells of a first row."""
    return max(_DELIMITERS, key=head.count)


def looks(sample: str) -> bool:
    """Whether a text is a table of articles: a first row that names a column of texts and others."""
    head = sample.removeprefix("\ufeff").lstrip("\r\n").split("\n", 1)[0].rstrip("\r")
    between = delimiter(head)
    if len(head) > _LONGEST_HEADER or between not in head or "\n" not in sample.strip():
        return False
    try:
        header = next(csv.reader(io.StringIO(head), delimiter=between), [])
    except csv.Error:
        return False
    found = columns(header)
    return _NEEDED in found and len(found) >= 2
