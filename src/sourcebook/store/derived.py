"""What follows from evidence, claims and decisions, as tables that are dropped and made again."""

from __future__ import annotations

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple, cast

import msgspec

from sourcebook.model import CONTESTED, Claim, DocumentId, Entity, Fact, Mention, MentionId, Proposal, Record
from sourcebook.store import listing
from sourcebook.store.connection import derived_script, remake_derived
from sourcebook.store.keeping import Row, renew
from sourcebook.store.rows import as_json, id_of, ruled_apart

#: Stages whose skipped rows are stored; those of later stages follow from the rest and are derived.
STORED_STAGES: Final = ("read", "refer", "extract")


class Lists(NamedTuple):
    """The rows of lists beside the record that they are of."""

    events: Iterable[listing.Listed] = ()
    actors: Iterable[listing.Listed] = ()
    documents: Iterable[tuple[DocumentId, bytes]] = ()


class Name(NamedTuple):
    """What derived tables were made from, and the digest of what reviewers ruled, "" if that is not known."""

    key: str
    rulings: str = ""


def put(db: sqlite3.Connection, record: Record, evidence: Record, lists: Lists, name: Name) -> None:
    """Keep what `record` derives from `evidence`; only rows that differ are written."""
    if name_of(db) is None:
        remake_derived(db)
    _put_entities(db, record)
    renew(db, "event", _rows(record.events, "type", "label", "status"))
    renew(db, "fact", [_fact(f) for f in record.facts])
    renew(db, "proposal", list(_proposals(record.proposals)))
    _refill(db, "unresolved", _unresolved(record))
    _refill(db, "ruled", ((n, *row) for n, row in enumerate(_ruled(record, evidence))))
    _align(db, "origin", record.origin_groups)
    _align(db, "dated", {d: as_json(on) for d, on in record.dated.items()})
    listing.put_events(db, lists.events)
    listing.put_actors(db, lists.actors)
    renew(db, "document_row", [Row(d, (), row) for d, row in lists.documents])
    db.execute("DELETE FROM tally")
    tally = {"mentions": len(record.mentions), "claims": len(record.claims)}
    db.executemany("INSERT INTO tally VALUES (?, ?)", tally.items())
    call(db, name)


def call(db: sqlite3.Connection, name: Name) -> None:
    """Say what the derived tables follow from."""
    db.execute("DELETE FROM derivation")
    db.execute("INSERT INTO derivation VALUES (?, ?, ?)", (name.key, _layout(), name.rulings))


def name_of(db: sqlite3.Connection) -> Name | None:
    """What the derived tables were made from; None if they were never made, or are laid out otherwise."""
    columns = [row[1] for row in db.execute("PRAGMA table_info (derivation)")]
    if columns != ["key", "layout", "rulings"]:
        return None
    row = db.execute("SELECT key, rulings FROM derivation WHERE layout = ?", (_layout(),)).fetchone()
    return Name(*row) if row else None


def _layout() -> str:
    return hashlib.sha256(derived_script().encode()).hexdigest()


def _put_entities(db: sqlite3.Connection, record: Record) -> None:
    """Entities, and in which documents each is mentioned."""
    number = listing.sequences(db)
    where = {m.id: number[m.span.document] for m in record.mentions if m.span.document in number}
    made = renew(db, "entity", [_entity(e, where) for e in record.entities])
    db.executemany("DELETE FROM entity_document WHERE entity = ?", ((at,) for at in made.freed))
    told = ((n, at) for at, row in made.taken for n in cast("list[int]", row.beside))
    db.executemany("INSERT INTO entity_document VALUES (?, ?)", told)


def _entity(entity: Entity, where: Mapping[MentionId, int]) -> Row:
    names = "\n".join(entity.called).casefold()
    columns = (entity.kind, entity.name, names)
    documents = sorted({where[m] for m in entity.mentions if m in where})
    return Row(entity.id, columns, msgspec.json.encode(entity), documents)


def _fact(fact: Fact) -> Row:
    columns = (fact.subject, fact.property, fact.relation, fact.relation in CONTESTED)
    return Row(fact.id, columns, msgspec.json.encode(fact))


def _rows(values: Iterable[msgspec.Struct], *columns: str) -> list[Row]:
    return [Row(id_of(v), tuple(getattr(v, c) for c in columns), msgspec.json.encode(v)) for v in values]


def _proposals(proposals: Iterable[Proposal]) -> Iterator[Row]:
    """Proposals have no id: what they are about and, where that is the same, which of them it is."""
    met: Counter[str] = Counter()
    for proposal in proposals:
        about = " ".join((proposal.kind, *proposal.about))
        met[about] += 1
        columns = (proposal.kind, proposal.score)
        yield Row(f"{about} {met[about]}", columns, msgspec.json.encode(proposal))


def _unresolved(record: Record) -> Iterator[tuple[object, ...]]:
    later = (s for s in record.skipped if s.stage not in STORED_STAGES)
    return ((n, s.path, s.stage, s.why) for n, s in enumerate(later))


def _refill(db: sqlite3.Connection, table: str, rows: Iterable[tuple[object, ...]]) -> None:
    """Write a table of few rows anew."""
    db.execute(f"DELETE FROM {table}")  # noqa: S608 - a name of ours
    db.executemany(f"INSERT INTO {table} VALUES (?, ?, ?, ?)", rows)  # noqa: S608


def _align(db: sqlite3.Connection, table: str, wanted: Mapping[DocumentId, str]) -> None:
    """Bring a table of document and value to what it should hold."""
    held = dict(db.execute(f"SELECT * FROM {table}"))  # noqa: S608 - a name of ours
    gone = ((d,) for d in held if d not in wanted)
    db.executemany(f"DELETE FROM {table} WHERE document = ?", gone)  # noqa: S608
    new = ((d, value) for d, value in sorted(wanted.items()) if held.get(d) != value)
    db.executemany(f"INSERT OR REPLACE INTO {table} VALUES (?, ?)", new)  # noqa: S608


def _ruled(record: Record, evidence: Record) -> Iterable[tuple[str, str, str | None]]:
    """What reviewers made of claims and mentions; where nothing was ruled the record has the stored ones."""
    pairs: tuple[tuple[Sequence[Mention | Claim], Sequence[Mention | Claim]], ...] = (
        (evidence.mentions, record.mentions),
        (evidence.claims, record.claims),
    )
    for stored, ruled in pairs:
        if stored is not ruled and stored != ruled:
            yield from ruled_apart(stored, ruled)
