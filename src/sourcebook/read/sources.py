"""The `--sources` table: what its owner says of each file, one row a file."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from msgspec import Struct

from sourcebook.errors import InputError
from sourcebook.model import Reliability, SourceKind
from sourcebook.read.encodings import decode
from sourcebook.text import dates

#: The columns that are used; `path` must be there, the others may be missing or empty. From
#: `kind` to `rated_by` they are about the publisher; the last two say what may be done with the file.
COLUMNS: Final = (
    "path", "publisher", "title", "author", "published", "url", "language", "translated",
    "kind", "country", "interest", "reliability", "rated_by", "licence", "handling",
)  # fmt: skip

#: Other names that people give these columns.
_ALSO: Final = MappingProxyType(
    {
        "file": "path", "filename": "path", "source": "publisher", "outlet": "publisher", "headline": "title",
        "byline": "author", "authors": "author", "date": "published", "link": "url", "lang": "language",
        "license": "licence", "rights": "licence",
    }
)  # fmt: skip

_YES: Final = frozenset(("yes", "y", "true", "t", "1", "x"))
_NO: Final = frozenset(("no", "n", "false", "f", "0", ""))


class Row(Struct, frozen=True):
    """One row: the path it names, its line in the table, and its non-empty cells by column."""

    path: str
    line: int
    cells: dict[str, str]


class SourcesTable(Struct, frozen=True):
    """A whole table. `name` is that of its file, `folder` the one it lies in: paths may count from there."""

    name: str = ""
    folder: str = ""
    rows: tuple[Row, ...] = ()

    def index(self) -> Mapping[str, Row]:
        """Every key that a file may be looked up by, and the row it leads to."""
        keys = {spelled(row.path): row for row in self.rows}
        for row in self.rows:
            keys.setdefault(spelled(str(Path(self.folder, row.path).resolve())), row)
        return MappingProxyType(keys)

    def given(self, row: Row) -> dict[str, str]:
        """The row as a reader gets it: its cells, and `given_in` to say where they stand."""
        return {**row.cells, "given_in": f"{self.name}, row {row.line}"}


def spelled(path: str) -> str:
    """A path as it is compared: composed characters, forward slashes, no leading "./"."""
    return unicodedata.normalize("NFC", path.strip().replace("\\", "/")).removeprefix("./")


def table(path: Path | str) -> SourcesTable:
    """The table in a CSV file: any of , ; tab or | between cells, with or without BOM, columns in any order.

    Raises:
        InputError: the file cannot be read, names no path column, or a cell says something impossible;
            the message names the row and the column.
    """
    path = Path(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot read the sources table {path}: {error.strerror or error}") from error
    text = decode(data).text
    try:
        found = list(lines(text))
    except csv.Error as error:
        raise InputError(f"the sources table {path} is not CSV: {error}") from error
    if not found:
        raise InputError(f"the sources table {path} is empty; its first row must name the columns")
    columns = _columns(found[0][1], path)
    rows = tuple(_row(path, number, columns, cells) for number, cells in found[1:])
    _no_path_twice(path, rows)
    return SourcesTable(path.name, str(path.parent.resolve()), rows)


def lines(text: str) -> Iterable[tuple[int, list[str]]]:
    """The rows of a table that hold anything, each with the number of its first line in the file."""
    head = next((line for line in text.split("\n") if line.strip()), "")
    delimiter = max((",", ";", "\t", "|"), key=head.count)
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True, strict=True
    )
    start = 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield start, [cell.strip() for cell in cells]
        start = reader.line_num + 1


def _columns(header: list[str], path: Path) -> list[str]:
    names = [name.strip().casefold() for name in header]
    columns = [
        _ALSO.get(name, name) if _ALSO.get(name, name) not in names or name in COLUMNS else name
        for name in names
    ]
    if "path" not in columns:
        raise InputError(
            f"the sources table {path} has no column `path`; its first row must name the columns "
            f"({', '.join(COLUMNS)}), it has: {', '.join(header)[:300]}"
        )
    twice = sorted({name for name in columns if name in COLUMNS and columns.count(name) > 1})
    if twice:
        raise InputError(f"the sources table {path} has the column `{twice[0]}` twice")
    return columns


def _row(path: Path, number: int, columns: list[str], cells: list[str]) -> Row:
    extra = [cell for cell in cells[len(columns) :] if cell]
    if extra:
        raise InputError(
            f"{path}, row {number}: {len(cells)} cells for {len(columns)} columns, from {extra[0]!r} on; "
            "put a cell that holds the delimiter between double quotes"
        )
    known = {name: cell for name, cell in zip(columns, cells, strict=False) if name in COLUMNS and cell}
    if "path" not in known:
        raise InputError(f"{path}, row {number}, column path: empty")
    if "published" in known and dates.parse(known["published"]) is None:
        raise InputError(
            f"{path}, row {number}, column published: {known['published']!r} is no date; "
            "write 2024-03-25, 2024-03, 2024, 25 March 2024, or EDTF (2024-03~, 2024-03-20/2024-03-25)"
        )
    if "translated" in known:
        known["translated"] = _truth(path, number, known["translated"])
    for column, choices in (("kind", SourceKind), ("reliability", Reliability)):
        if column in known:
            known[column] = _choice(path, number, column, known[column], [str(choice) for choice in choices])
    return Row(known["path"], number, known)


def _choice(path: Path, number: int, column: str, cell: str, choices: list[str]) -> str:
    found = next(
        (choice for choice in choices if choice.casefold() == cell.casefold().replace(" ", "_")), None
    )
    if found is None:
        raise InputError(f"{path}, row {number}, column {column}: {cell!r} is none of {', '.join(choices)}")
    return found


def _truth(path: Path, number: int, cell: str) -> str:
    word = cell.casefold()
    if word not in _YES | _NO:
        raise InputError(f"{path}, row {number}, column translated: {cell!r} is neither yes nor no")
    return "yes" if word in _YES else "no"


def _no_path_twice(path: Path, rows: tuple[Row, ...]) -> None:
    seen: dict[str, int] = {}
    for row in rows:
        first = seen.setdefault(spelled(row.path), row.line)
        if first != row.line:
            raise InputError(f"{path}, row {row.line}, column path: {row.path!r} is already in row {first}")
