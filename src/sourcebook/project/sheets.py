"""Reading an analyst's sheet."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from sourcebook.errors import InputError
from sourcebook.read.encodings import decode
from sourcebook.views import cells

#: What may stand between cells, and how far down a header may stand below titles and notes.
_MARKS: Final = (",", ";", "\t", "|")
_DEEPEST: Final = 15
#: GTD has 135 columns; what has a thousand is no sheet, and to look for fields in it would take long.
_WIDEST: Final = 1_000
_NEEDED: Final = frozenset(("date", "year", "place", "actor"))


def read(path: Path, columns: Mapping[str, str] | None = None) -> list[dict[str, str]]:
    """The rows of a CSV file by header; comma, semicolon, tab or bar; lines above the header are left out.

    `columns` names the header of a field where nothing tells it; the column comes back under that name.

    Raises:
        InputError: it cannot be read, or no column is known.
    """
    lines = _lines(path)
    given = {header: field for field, header in (columns or {}).items()}
    header = next((n for n, line in enumerate(lines[:_DEEPEST]) if _is_header(line, given)), None)
    if header is None:
        seen = "; ".join(lines[0])[:300] if lines else ""
        why = f"no column is a date, place or actor; its headers are: {seen}; name them: --column date=HEADER"
        raise InputError(f"{path}: {why}")
    names = _unique([given.get(name.strip(), name.strip()) for name in lines[header]])
    rows = [line for line in lines[header + 1 :] if any(cell.strip() for cell in line)]
    return [dict(zip(names, [*line, *[""] * len(names)], strict=False)) for line in rows]


def _lines(path: Path) -> list[list[str]]:
    try:
        text = decode(path.read_bytes()).text.lstrip("\ufeff")
    except OSError as error:
        raise InputError(f"cannot read the sheet {path}: {error.strerror or error}") from error
    head = text.splitlines()[:_DEEPEST]
    mark = max(_MARKS, key=lambda m: max((line.count(m) for line in head), default=0))
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
    except csv.Error as error:
        raise InputError(f"{path} is no CSV: {error}; save it as CSV in UTF-8") from error


def _is_header(line: list[str], given: Mapping[str, str]) -> bool:
    """Whether a line names two fields or more, one of them a date, place or actor."""
    if len(line) > _WIDEST:
        return False
    if given:
        return set(given) <= {name.strip() for name in line}
    known = set(cells.mapped(line))
    return len(known) > 1 and bool(known & _NEEDED)


def _unique(names: list[str]) -> list[str]:
    """Headers of which none is there twice: the second "Location" is "Location 2"."""
    seen: Counter[str] = Counter()
    made = []
    for name in names:
        seen[name] += 1
        made.append(name if seen[name] == 1 else f"{name} {seen[name]}")
    return made
