"""Parquet: the tables of the CSV export with types; needs the extra `parquet`."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any, Final

from sourcebook.errors import InputError, MissingExtra
from sourcebook.export import csv, relational
from sourcebook.export.loss import Produced
from sourcebook.model import Record

_TYPES: Final = ("string", "integer", "number", "boolean")


def export(record: Record) -> Produced:
    """A folder with one file a table.

    Raises:
        MissingExtra: pyarrow is not installed.
    """
    pa, pq = _pyarrow()
    beside = {}
    for name, rows in csv.rows(record).items():
        fields = [pa.field(column, _type(pa, held)) for column, held in relational.columns(name).items()]
        out = io.BytesIO()
        pq.write_table(pa.Table.from_pylist(rows, schema=pa.schema(fields)), out, compression="zstd")
        beside[f"{name}.parquet"] = out.getvalue()
    return Produced(main=None, losses=tuple(csv.losses(record)), beside=beside)


def read(folder: Path) -> dict[str, Any]:
    """The object of the JSON export that a folder of Parquet files was made of.

    Raises:
        InputError: a table is missing or is none of ours.
        MissingExtra: pyarrow is not installed.
    """
    _, pq = _pyarrow()
    try:
        files = sorted(folder.glob("*.parquet"))
        return relational.tree({file.stem: pq.read_table(file).to_pylist() for file in files})
    except (OSError, ValueError, KeyError, IndexError) as error:
        raise InputError(f"{folder} is no Parquet export of a record: {error}") from error


def _pyarrow() -> tuple[Any, Any]:
    try:
        import pyarrow as pa
        from pyarrow import parquet as pq
    except ImportError as error:
        raise MissingExtra("parquet", "Parquet") from error
    return pa, pq


def _type(pa: Any, held: relational.Column) -> Any:
    known = dict(zip(_TYPES, (pa.string(), pa.int64(), pa.float64(), pa.bool_()), strict=True))
    return pa.list_(known[held.of]) if held.kind == "array" else known[held.kind]
