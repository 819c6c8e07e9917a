"""CSV: one file a table, RFC 4180, text cells that no spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import msgspec

from sourcebook.export.json import tree
from sourcebook.export.loss import Loss
from sourcebook.model import Record

#: What spreadsheets take for the start of a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")

_TABLES: Final = ("events", "claims", "facts", "readings", "mentions", "documents")

#: Written into a cell as JSON: lists of objects that have no single word for a value.
_LEFT_OUT: Final = {"documents": ("text", "masks"), "facts": ("readings",)}


def cell(value: object) -> str | int | float:
    """A value as one cell: lists joined by "; ", objects as JSON, text made safe, unknown empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return value
    if isinstance(value, list | tuple):
        return _safe("; ".join(_words(v) for v in value))
    return _safe(_words(value))


def _words(value: object) -> str:
    return msgspec.json.encode(value, order="sorted").decode() if isinstance(value, dict) else str(value)


def _safe(text: str) -> str:
    text = text.replace("\0", "\N{REPLACEMENT CHARACTER}")
    return f"'{text}" if text.startswith(_FORMULA) else text


def text(rows: Iterable[Mapping[str, Any]], columns: list[str]) -> str:
    """Rows as CSV, header first, lines ended by CRLF."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([cell(row.get(column)) for column in columns] for row in rows)
    return out.getvalue()


def rows(record: Record) -> dict[str, list[dict[str, Any]]]:
    """Every table of the export by name."""
    whole = msgspec.to_builtins(tree(record))
    whole["readings"] = [
        {
            "fact": f["id"],
            "subject": f["subject"],
            "property": f["property"],
            "relation": f["relation"],
            **reading,
        }
        for f in whole["facts"]
        for reading in f["readings"]
    ]
    return {name: [_flat(row, _LEFT_OUT.get(name, ())) for row in whole[name]] for name in _TABLES}


def tables(record: Record) -> dict[str, str]:
    """Every table of the export by name, as CSV."""
    return {
        name: text(held, list(dict.fromkeys(key for row in held for key in row)) or ["id"])
        for name, held in rows(record).items()
    }


def _flat(row: Mapping[str, Any], left_out: tuple[str, ...]) -> dict[str, Any]:
    """One level of objects laid out as columns: `date` becomes date_edtf, date_earliest, ..."""
    flat: dict[str, Any] = {}
    for key, value in row.items():
        if key in left_out:
            continue
        if isinstance(value, dict) and key in ("date", "published", "trigger"):
            flat |= {f"{key}_{inner}": held for inner, held in value.items()}
        else:
            flat[key] = value
    return flat


def export(record: Record, out: Path) -> None:
    """A folder `out` with one file a table."""
    out.mkdir(parents=True, exist_ok=True)
    for name, content in tables(record).items():
        (out / f"{name}.csv").write_text(content, "utf-8", newline="")


def losses(record: Record) -> list[Loss]:
    """What the tables leave out."""
    return [
        Loss(
            what="text and masks of documents",
            count=len(record.documents),
            why="a cell is no place for a document",
        ),
        Loss(what="entities and their aliases", count=len(record.entities), why="in the JSON export"),
        Loss(
            what="proposals, decisions, skipped rows",
            count=len(record.proposals) + len(record.decisions) + len(record.skipped),
            why="in the JSON export and in `sourcebook review list` and `sourcebook skipped`",
        ),
    ]
