"""Parts of a record, each read by itself: what a command shows costs what it shows, not the whole record."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Final, TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from sourcebook.model import (
    Claim,
    Days,
    Document,
    DocumentId,
    Entity,
    EntityValue,
    Event,
    Fact,
    Mention,
    Record,
    Source,
)
from sourcebook.store import references
from sourcebook.store.packing import inflated, unpacked_row
from sourcebook.store.rows import id_of

S = TypeVar("S", bound=Struct)

#: What is counted, in the order in which it is shown, and how.
_COUNTS: Final = (
    ("sources", "SELECT count(*) FROM source"),
    ("reference lists", "SELECT count(*) FROM reference_list"),
    ("documents", "SELECT count(*) FROM document"),
    ("independent origins", "SELECT count(DISTINCT origin_group) FROM origin"),
    ("mentions", "SELECT total(number) FROM tally WHERE what = 'mentions'"),
    ("claims", "SELECT total(number) FROM tally WHERE what = 'claims'"),
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
    subjects = {f.subject for f in facts}
    return Record(
        facts=tuple(facts),
        events=_things(db, "event", Event, subjects),
        entities=_things(db, "entity", Entity, subjects),
        documents=tuple(d for d, _ in _documents(db, _told(facts))),
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


def around_events(db: sqlite3.Connection, ids: Iterable[str]) -> Record:
    """Some events, all others of their documents, those documents, and what and who is in them."""
    told = {d for e in _things(db, "event", Event, ids) for d in e.documents}
    query = (
        "SELECT r.id FROM document d JOIN event_document x ON x.document = d.sequence"
        " JOIN event_row r ON r.position = x.event WHERE d.id IN (SELECT value FROM json_each(?))"
    )
    beside = {str(row[0]) for row in db.execute(query, _ids(told))}
    return replace(_of_documents(db, told), events=_things(db, "event", Event, {*ids, *beside}))


def around_actor(db: sqlite3.Connection, actor: Entity) -> Record:
    """An actor, what is said of it, the events that it is in, and the documents that tell of any of that."""
    facts = _decoded(
        db.execute("SELECT body FROM fact WHERE subject = ? ORDER BY position", (actor.id,)), Fact
    )
    query = "SELECT r.id FROM event_party p JOIN event_row r ON r.position = p.event WHERE p.entity = ?"
    events = _things(db, "event", Event, {str(row[0]) for row in db.execute(query, (actor.id,))})
    query = (
        "SELECT d.id FROM entity e JOIN entity_document x ON x.entity = e.position"
        " JOIN document d ON d.sequence = x.document WHERE e.id = ?"
    )
    named = {str(row[0]) for row in db.execute(query, (actor.id,))}
    near = _of_documents(db, named | _told(facts) | {d for e in events for d in e.documents})
    values = [r.value for f in facts for r in f.readings]
    others = {v.entity for v in values if isinstance(v, EntityValue)} | {actor.id, *actor.not_same_as}
    known = {e.id for e in near.entities}
    more = _things(db, "entity", Entity, others - known)
    return replace(near, facts=tuple(facts), events=events, entities=(*near.entities, *more))


def called(db: sqlite3.Connection, kind: type[S], words: str) -> tuple[S, ...]:
    """The entities or events of that id, or whose names may hold all of some words."""
    table, query = _NAMES[kind]
    if found := _things(db, table, kind, {words}):
        return found
    wanted = words.casefold().replace("-", " ").split()
    rows = db.execute(query)
    ids = {
        str(i) for i, *names in rows if all(w in "\n".join(n or "" for n in names).casefold() for w in wanted)
    }
    return _things(db, table, kind, ids)


_NAMES: Final[dict[type[Struct], tuple[str, str]]] = {
    Entity: ("entity", "SELECT id, names FROM entity"),
    Event: (
        "event",
        "SELECT e.id, e.label, (SELECT group_concat(p.name, ' ') FROM event_row r JOIN event_party p"
        " ON p.event = r.position WHERE r.id = e.id AND p.side = 'place') FROM event e",
    ),
}


def _of_documents(db: sqlite3.Connection, ids: Iterable[str]) -> Record:
    """Some documents with their text, and as reviewers ruled what was found in them; who is in them."""
    wanted = _ids(ids)
    found = findings(db, ids)
    query = (
        "SELECT DISTINCT e.id FROM document d JOIN entity_document x ON x.document = d.sequence"
        " JOIN entity e ON e.position = x.entity WHERE d.id IN (SELECT value FROM json_each(?))"
    )
    dated = "SELECT document, body FROM dated WHERE document IN (SELECT value FROM json_each(?))"
    sources = msgspec.json.Decoder(Source)
    return Record(
        sources=tuple(sources.decode(body) for (body,) in db.execute("SELECT body FROM source ORDER BY id")),
        documents=tuple(replace(d, text=text) for d, text in _documents(db, ids)),
        mentions=as_ruled(db, found.mentions, Mention),
        claims=as_ruled(db, found.claims, Claim),
        entities=_things(db, "entity", Entity, {str(row[0]) for row in db.execute(query, wanted)}),
        references=references.listed(db, with_entries=False),
        dated={DocumentId(d): msgspec.json.decode(body, type=Days) for d, body in db.execute(dated, wanted)},
    )


def as_ruled(db: sqlite3.Connection, stored: tuple[S, ...], kind: type[S]) -> tuple[S, ...]:
    """Mentions or claims as reviewers ruled: corrected, added or left out."""
    query = "SELECT id, body FROM ruled WHERE kind = ? ORDER BY position"
    made = {
        k: body and msgspec.json.decode(body, type=kind) for k, body in db.execute(query, (kind.__name__,))
    }
    by_id = {id_of(thing): thing for thing in stored} | made
    return tuple(thing for thing in by_id.values() if thing is not None)


def _told(facts: Iterable[Fact]) -> set[str]:
    return {d for f in facts for r in f.readings for d in r.documents}


def _documents(db: sqlite3.Connection, ids: Iterable[str]) -> list[tuple[Document, str]]:
    """Documents without their text, and the text of each."""
    bare = msgspec.json.Decoder(Document)
    query = "SELECT body, text FROM document WHERE id IN (SELECT value FROM json_each(?)) ORDER BY sequence"
    return [(bare.decode(body), str(text)) for body, text in db.execute(query, _ids(ids))]


def _things(db: sqlite3.Connection, table: str, kind: type[S], ids: Iterable[str]) -> tuple[S, ...]:
    """Events or entities of those ids, in the order of the record."""
    # The name of the table is from this module.
    query = f"SELECT body FROM {table} WHERE id IN (SELECT value FROM json_each(?)) ORDER BY position"  # noqa: S608
    return tuple(_decoded(db.execute(query, _ids(ids)), kind))


def _decoded(rows: Iterable[tuple[bytes]], kind: type[S]) -> list[S]:
    decoder = msgspec.json.Decoder(kind)
    return [decoder.decode(unpacked_row(body)) for (body,) in rows]


def _ids(ids: Iterable[str]) -> tuple[str]:
    return (msgspec.json.encode(sorted(set(ids))).decode(),)
