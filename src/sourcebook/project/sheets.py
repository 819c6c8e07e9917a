"""Reading an analyst's sheet."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from sourcebook.errors import InputError
from sourcebook.views import comparison


def read(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file by header; comma, semicolon or tab, as the first line has it.

    Raises:
        InputError: it cannot be read, or no column is known.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot read the sheet {path}: {error}; save it as CSV in UTF-8") from error
    head = text.partition("\n")[0]
    mark = max((",", ";", "\t"), key=head.count)
    try:
        rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=mark))
    except csv.Error as error:
        raise InputError(f"{path} is no CSV: {error}") from error
    known = comparison.mapped(rows[0]) if rows else {"date": ""}
    if not {"date", "year", "place", "actor"} & set(known):
        raise InputError(f"{path}: no column is a date, place or actor; its headers are: {head.strip()}")
    return [{k: v for k, v in row.items() if isinstance(k, str) and isinstance(v, str)} for row in rows]
