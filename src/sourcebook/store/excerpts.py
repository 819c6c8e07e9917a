"""Parts of a record, each read by itself: what a command shows costs what it shows, not the whole record."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Final, TypeVar

import msgspec
from msgspec import Struct

from sourcebook.model import Claim, Document, Entity, Event, Fact, Mention, Record
from sourcebook.store.packing import inflated, unpacked_row

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


def findings(db: sqlite3.Connection, documents: Iterable[str]) -> Record:
    """The mentions and claims of some documents, as they were extracted."""
    query = (
        "SELECT f.mentions, f.claims FROM finding f JOIN document d ON d.id = f.document"
        " WHERE d.id IN (SELECT value FROM json_each(?)) ORDER BY d.sequence"
    )
    found = [(inflated(m), inflated(c)) for m, c in db.execute(query, _ids(documents))]
    mentions, claims = msgspec.json.Decoder(list[Mention]), msgspec.json.Decoder(list[Claim])
    return Record(
        mentions=tuple(one for body, _ in found for one in mentions.decode(body)),
        claims=tuple(one for _, body in found for one in claims.decode(body)),
    )


def about_events(db: sqlite3.Connection, ids: Iterable[str]) -> Record:
    """Some events with the documents that tell of them, and what was found in those."""
    query = "SELECT body FROM event WHERE id IN (SELECT value FROM json_each(?)) ORDER BY position"
    events = _decoded(db.execute(query, _ids(ids)), Event)
    told = {d for e in events for d in e.documents}
    query = "SELECT text, body FROM document WHERE id IN (SELECT value FROM json_each(?)) ORDER BY sequence"
    bare = msgspec.json.Decoder(Document)
    return msgspec.structs.replace(
        findings(db, told),
        events=tuple(events),
        documents=tuple(
            msgspec.structs.replace(bare.decode(body), text=text)
            for text, body in db.execute(query, _ids(told))
        ),
    )


def _decoded(rows: Iterable[tuple[bytes]], kind: type[S]) -> list[S]:
    decoder = msgspec.json.Decoder(kind)
    return [decoder.decode(unpacked_row(body)) for (body,) in rows]


def _ids(ids: Iterable[str]) -> tuple[str]:
    return (msgspec.json.encode(sorted(ids)).decode(),)
