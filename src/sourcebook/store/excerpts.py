"""Parts of a record, each read by itself: what a command shows costs what it shows, not the whole record."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Final, TypeVar

import msgspec
from msgspec import Struct

from sourcebook.model import Document, Entity, Event, Fact, Record
from sourcebook.store.packing import unpacked_row

S = TypeVar("S", bound=Struct)

#: What is counted, in the order in which it is shown, and how.
_COUNTS: Final = (
    ("sources", "SELECT count(*) FROM source"),
    ("reference lists", "SELECT count(*) FROM reference_list"),
    ("documents", "SELECT count(*) FROM document"),
    ("independent origins", "SELECT count(DISTINCT origin_group) FROM origin"),
    ("mentions", "SELECT number FROM tally WHERE what = 'mentions'"),
    ("claims", "SELECT number FROM tally WHERE what = 'claims'"),
    ("entities", "SELECT count(*) FROM entity"),
    ("actors", "SELECT count(*) FROM actor_row"),
    ("events", "SELECT count(*) FROM event"),
    ("facts", "SELECT count(*) FROM fact"),
    ("contested facts", "SELECT count(*) FROM fact WHERE contested"),
    ("proposals", "SELECT count(*) FROM proposal"),
    ("decisions", "SELECT count(*) FROM decision"),
    ("skipped", "SELECT (SELECT count(*) FROM skipped) + (SELECT count(*) FROM unresolved)"),
)


def counts(db: sqlite3.Connection) -> dict[str, int]:
    """How much of everything there is."""
    return {what: int(db.execute(query).fetchone()[0]) for what, query in _COUNTS}


def document_rows(db: sqlite3.Connection) -> list[bytes]:
    """The rows of a list of documents, in its order."""
    return [unpacked_row(body) for (body,) in db.execute("SELECT body FROM document_row ORDER BY position")]


def contested(db: sqlite3.Connection) -> Record:
    """The facts whose readings differ, what they are about, and the documents that they are from."""
    facts = _decoded(db.execute("SELECT body FROM fact WHERE contested ORDER BY position"), Fact)
    subjects = _ids({f.subject for f in facts})
    documents = _ids({d for f in facts for r in f.readings for d in r.documents})
    bare = msgspec.json.Decoder(Document)
    among = "WHERE id IN (SELECT value FROM json_each(?)) ORDER BY"
    return Record(
        facts=tuple(facts),
        events=tuple(_decoded(db.execute(f"SELECT body FROM event {among} position", subjects), Event)),  # noqa: S608
        entities=tuple(_decoded(db.execute(f"SELECT body FROM entity {among} position", subjects), Entity)),  # noqa: S608
        documents=tuple(
            bare.decode(body)
            for (body,) in db.execute(f"SELECT body FROM document {among} sequence", documents)  # noqa: S608
        ),
    )


def _decoded(rows: Iterable[tuple[bytes]], kind: type[S]) -> list[S]:
    decoder = msgspec.json.Decoder(kind)
    return [decoder.decode(unpacked_row(body)) for (body,) in rows]


def _ids(ids: Iterable[str]) -> tuple[str]:
    return (msgspec.json.encode(sorted(ids)).decode(),)
