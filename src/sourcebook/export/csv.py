"""CSV: a folder with one file a table; RFC 4180, UTF-8, cells that no spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import msgspec

from sourcebook.errors import InputError
from sourcebook.export import relational
from sourcebook.export.json import tree
from sourcebook.export.loss import Loss
from sourcebook.model import Record
from sourcebook.model.evidence import check_id

#: What spreadsheets take for the start of a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")

#: Where the texts of documents lie in the folder: a spreadsheet cuts a cell at 32,767 characters.
_TEXTS: Final = "texts"

#: The longest cell that is read back.
_LONGEST: Final = 50_000_000


def cell(value: object) -> str | int | float:
    """A value as one cell: lists joined by "; ", text made safe, unknown empty.

    A list whose words would be taken apart otherwise is written as JSON.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return value
    if isinstance(value, list | tuple):
        words = [_words(v) for v in value]
        joined = "; ".join(words)
        whole = joined.split("; ") == words and joined[:1] not in ("[", '"')
        return _safe(joined if whole or not words else _words(words))
    return _safe(_words(value))


def _words(value: object) -> str:
    plain = isinstance(value, str | int | float)
    return str(value) if plain else msgspec.json.encode(value, order="sorted").decode()


def _safe(text: str) -> str:
    """An apostrophe before what a spreadsheet would run; before one that is there already, another."""
    text = text.replace("\0", "\N{REPLACEMENT CHARACTER}")
    return f"'{text}" if text.lstrip("'").startswith(_FORMULA) else text


def _said(text: str) -> str:
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(_FORMULA) else text


def text(rows: Iterable[Mapping[str, Any]], columns: list[str]) -> str:
    """Rows as CSV, header first, lines ended by CRLF."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([cell(row.get(column)) for column in columns] for row in rows)
    return out.getvalue()


def rows(record: Record) -> relational.Tables:
    """Every table of the export by name, values as in JSON."""
    return relational.tables(msgspec.to_builtins(tree(record)))


def tables(record: Record) -> dict[str, str]:
    """Every table of the export by name, as CSV; texts of documents are files of their own."""
    return {
        name: text(held, [c for c in relational.columns(name) if (name, c) != ("documents", "text")])
        for name, held in rows(record).items()
    }


def export(record: Record, out: Path) -> None:
    """A folder `out` with one file a table, and the texts of documents in a folder of their own."""
    folder = out / _TEXTS
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in tables(record).items():
        (out / f"{name}.csv").write_text(content, "utf-8", newline="")
    for document in record.documents:
        (folder / f"{document.id}.txt").write_bytes(document.text.encode("utf-8", "replace"))


def losses(record: Record) -> list[Loss]:
    """What the tables leave out."""
    documents = tuple(str(d.id) for d in record.documents)
    why = "kept in the sourcebook; here by SHA-256"
    return [Loss(what="original bytes", count=len(documents), why=why, ids=documents)]


# -- back -----------------------------------------------------------------------------------------


def read(folder: Path) -> dict[str, Any]:
    """The object of the JSON export that a folder of tables was made of.

    Raises:
        InputError: a table is missing, or a cell does not fit its column.
    """
    names = [file.stem for file in sorted(folder.glob("*.csv"))]
    try:
        held = {name: _read(folder / f"{name}.csv", relational.columns(name)) for name in names}
        for row in held["documents"]:
            check_id(row["id"])
            row["text"] = (folder / _TEXTS / f"{row['id']}.txt").read_bytes().decode()
        return relational.tree(held)
    except (OSError, ValueError, KeyError, csv.Error, IndexError) as error:
        raise InputError(f"{folder} is no CSV export of a record: {error}") from error


def _read(file: Path, columns: Mapping[str, relational.Column]) -> list[dict[str, Any]]:
    csv.field_size_limit(_LONGEST)
    with file.open(encoding="utf-8", newline="") as opened:
        return [
            {name: _value(words, columns[name]) for name, words in row.items()}
            for row in csv.DictReader(opened)
        ]


def _value(words: str, held: relational.Column) -> Any:
    """A cell as the value that its column holds; an empty one is unknown, or an empty list or text."""
    if held.kind == "array":
        return _listed(_said(words), held.of)
    if not words:
        return "" if held.kind == "string" and not held.nullable else None
    if held.kind == "boolean":
        return words == "yes"
    return _FROM_WORDS.get(held.kind, _said)(words)


_FROM_WORDS: Final[Mapping[str, Callable[[str], Any]]] = MappingProxyType({"integer": int, "number": float})


def _listed(words: str, kind: str) -> list[Any]:
    if not words:
        return []
    found = msgspec.json.decode(words, type=list[str]) if words[:1] == "[" else words.split("; ")
    return [int(one) for one in found] if kind == "integer" else found
