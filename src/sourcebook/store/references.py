"""Reference lists as rows: each under its name, its entries apart from what is said of the list."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Final

import msgspec

from sourcebook.model import Entry, ReferenceList, Skipped
from sourcebook.store import originals
from sourcebook.store.extractions import put_skipped
from sourcebook.store.packing import inflated, packed
from sourcebook.store.rows import as_json, storable

_LIST: Final = msgspec.json.Decoder(ReferenceList)
_ENTRIES: Final = msgspec.json.Decoder(tuple[Entry, ...])


def put(
    db: sqlite3.Connection, held: ReferenceList, data: bytes, faults: Iterable[Skipped], reader: str
) -> None:
    """Keep a list, its bytes, and what of it could not be used, instead of an older one of that name."""
    _forget_faults(db, held.name)
    for fault in faults:
        put_skipped(db, fault)
    originals.put(db, data)
    body = as_json(msgspec.structs.replace(held, entries=()))
    db.execute(
        "INSERT INTO reference_list (name, sha256, reader, body, entries) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (name) DO UPDATE SET sha256 = excluded.sha256, reader = excluded.reader,"
        " body = excluded.body, entries = excluded.entries",
        (storable(held.name), held.sha256, reader, body, packed(held.entries)),
    )


def drop(db: sqlite3.Connection, name: str) -> bool:
    """Forget a list; whether there was one."""
    _forget_faults(db, name)
    return db.execute("DELETE FROM reference_list WHERE name = ?", (storable(name),)).rowcount > 0


def read(db: sqlite3.Connection, *, with_entries: bool) -> list[tuple[ReferenceList, str]]:
    """The lists in the order in which they were given, each with its reader's version."""
    bare = db.execute("SELECT body, reader, name FROM reference_list ORDER BY position").fetchall()
    lists = [(_LIST.decode(body), reader, name) for body, reader, name in bare]
    if not with_entries:
        return [(held, reader) for held, reader, _ in lists]
    return [
        (msgspec.structs.replace(held, entries=_entries(db, name)), reader) for held, reader, name in lists
    ]


def listed(db: sqlite3.Connection, *, with_entries: bool) -> tuple[ReferenceList, ...]:
    """The lists in the order in which they were given."""
    return tuple(held for held, _ in read(db, with_entries=with_entries))


def _entries(db: sqlite3.Connection, name: str) -> tuple[Entry, ...]:
    (packed_entries,) = db.execute("SELECT entries FROM reference_list WHERE name = ?", (name,)).fetchone()
    return _ENTRIES.decode(inflated(packed_entries))


def _forget_faults(db: sqlite3.Connection, name: str) -> None:
    start = f"{storable(name)}, row "
    db.execute(
        "DELETE FROM skipped WHERE stage = 'refer' AND (path = ? OR substr(path, 1, ?) = ?)",
        (storable(name), len(start), start),
    )
