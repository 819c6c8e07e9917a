"""Parquet: the tables of the CSV export with types; needs the extra `parquet`."""

from __future__ import annotations

import io
from typing import Any

import msgspec

from sourcebook.errors import MissingExtra
from sourcebook.export import csv
from sourcebook.export.loss import Loss, Produced
from sourcebook.model import Record


def export(record: Record) -> Produced:
    """A folder with one file a table; lists of objects are JSON text.

    Raises:
        MissingExtra: pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        from pyarrow import parquet as pq
    except ImportError as error:
        raise MissingExtra("parquet", "Parquet") from error
    beside = {}
    for name, rows in csv.rows(record).items():
        columns = list(dict.fromkeys(key for row in rows for key in row)) or ["id"]
        held = {column: _column([row.get(column) for row in rows]) for column in columns}
        table = pa.table({c: pa.array(v, type=_type(pa, v)) for c, v in held.items()})
        out = io.BytesIO()
        pq.write_table(table, out, compression="zstd")
        beside[f"{name}.parquet"] = out.getvalue()
    losses: list[Loss] = csv.losses(record)
    return Produced(main=None, losses=tuple(losses), beside=beside)


def _column(values: list[Any]) -> list[Any]:
    """Values of one kind: a column that holds an object anywhere is JSON text throughout."""
    if any(_objects(value) for value in values):
        encode = msgspec.json.Encoder(order="sorted").encode
        return [v if v is None or isinstance(v, str) else encode(v).decode() for v in values]
    return [[str(v) for v in value] if isinstance(value, list | tuple) else value for value in values]


def _objects(value: Any) -> bool:
    inner = value if isinstance(value, list | tuple) else ()
    return isinstance(value, dict) or any(isinstance(v, dict | list | tuple) for v in inner)


def _type(pa: Any, values: list[Any]) -> Any:
    """The one type of a column; text where nothing is known or kinds are mixed."""
    kinds = {type(v) for v in values if v is not None}
    if kinds == {list}:
        return pa.list_(pa.string())
    known = {bool: pa.bool_(), int: pa.int64(), float: pa.float64()}
    return known.get(next(iter(kinds)), pa.string()) if len(kinds) == 1 else pa.string()
