"""Lists kept as rows beside the record: a list costs what is shown of it, not the whole record."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Final, NamedTuple, cast

import msgspec

from sourcebook.model import DocumentId, Entity, EntityId, Event
from sourcebook.store.keeping import Row, renew
from sourcebook.store.packing import unpacked_row

#: Which side of an event somebody or somewhere is on, its entity, its name in lower case.
Party = tuple[str, EntityId | None, str]


class Listed(NamedTuple):
    """An event or an actor with its row in a list."""

    of: Event | Entity
    row: bytes


class Wanted(NamedTuple):
    """Which events; None asks for nothing. `documents` are ids, `most` rows at most."""

    actor: str | None = None
    place: str | None = None
    type: str | None = None
    status: str | None = None
    since: date | None = None
    until: date | None = None
    documents: Collection[DocumentId] | None = None
    most: int = -1


class Page(NamedTuple):
    """The rows that were asked for, and how many there are in all."""

    rows: list[bytes]
    total: int


_EVENTS: Final = (
    " FROM event_row WHERE (:status IS NULL OR status = :status)"
    " AND (:type IS NULL OR instr(kinds, :type))"
    " AND (:since IS NULL OR (dated AND (latest IS NULL OR latest >= :since)))"
    " AND (:until IS NULL OR (dated AND (earliest IS NULL OR earliest <= :until)))"
    " AND (:actor IS NULL OR position IN (SELECT event FROM event_party WHERE side = 'actor'"
    " AND (entity = :actor OR instr(name, :actor_folded)"
    " OR entity IN (SELECT id FROM entity WHERE instr(names, :actor_folded)))))"
    " AND (:place IS NULL OR position IN (SELECT event FROM event_party WHERE side = 'place'"
    " AND (entity = :place OR instr(name, :place_folded)"
    " OR entity IN (SELECT id FROM entity WHERE instr(names, :place_folded)))))"
    " AND (:documents IS NULL OR position IN"
    " (SELECT e.event FROM event_document e JOIN document d ON d.sequence = e.document"
    " WHERE d.id IN (SELECT value FROM json_each(:documents))))"
)
_ACTORS: Final = (
    " FROM actor_row WHERE (:kind IS NULL OR kind = :kind)"
    " AND (:documents IS NULL OR id IN"
    " (SELECT e.id FROM document d JOIN entity_document x ON x.document = d.sequence"
    " JOIN entity e ON e.position = x.entity WHERE d.id IN (SELECT value FROM json_each(:documents))))"
)


def put_events(db: sqlite3.Connection, listed: Iterable[Listed]) -> None:
    """Keep the rows of events, in the order in which a list shows them."""
    number = sequences(db)
    made = renew(db, "event_row", [_event_row(e, row) for e, row in listed if isinstance(e, Event)])
    for table in ("event_party", "event_document"):
        db.executemany(f"DELETE FROM {table} WHERE event = ?", ((at,) for at in made.freed))  # noqa: S608
    for at, row in made.taken:
        parties, documents = cast("tuple[list[Party], tuple[DocumentId, ...]]", row.beside)
        db.executemany("INSERT INTO event_party VALUES (?, ?, ?, ?)", ((at, *p) for p in parties))
        told = ((number[d], at) for d in documents if d in number)
        db.executemany("INSERT INTO event_document VALUES (?, ?)", told)


def sequences(db: sqlite3.Connection) -> dict[DocumentId, int]:
    """The numbers of the documents."""
    return {DocumentId(d): int(n) for d, n in db.execute("SELECT id, sequence FROM document")}


def _event_row(event: Event, row: bytes) -> Row:
    when = event.date
    columns = (
        "\n".join(("", event.type.casefold(), *(m.casefold() for m in event.modes), "")),
        event.status.value,
        when is not None,
        when.earliest.isoformat() if when and when.earliest else None,
        when.latest.isoformat() if when and when.latest else None,
    )
    return Row(event.id, columns, row, (sorted(set(_parties(event)), key=str), event.documents))


def _parties(event: Event) -> Iterator[Party]:
    yield from (("actor", p.entity, p.name.casefold()) for p in event.participants)
    yield from (("place", p.entity, p.name.casefold()) for p in event.places)


def put_actors(db: sqlite3.Connection, listed: Iterable[Listed]) -> None:
    """Keep the rows of actors in the order of a list."""
    renew(db, "actor_row", [Row(a.id, (a.kind.value,), row) for a, row in listed if isinstance(a, Entity)])


def events(db: sqlite3.Connection, wanted: Wanted) -> Page:
    """The rows of the events that meet all conditions, in the order of a list."""
    kind = (wanted.type or "").casefold()
    given = {
        "status": wanted.status,
        "type": f"\n{kind}\n" if kind else None,
        "since": wanted.since.isoformat() if wanted.since else None,
        "until": wanted.until.isoformat() if wanted.until else None,
        "actor": wanted.actor,
        "actor_folded": (wanted.actor or "").casefold(),
        "place": wanted.place,
        "place_folded": (wanted.place or "").casefold(),
        "documents": _ids(wanted.documents),
    }
    return _page(db, _EVENTS, given, wanted.most)


def actors(
    db: sqlite3.Connection, kind: str | None, documents: Collection[DocumentId] | None, most: int = -1
) -> Page:
    """The rows of the actors of a kind, named in certain documents, in the order of a list."""
    return _page(db, _ACTORS, {"kind": kind, "documents": _ids(documents)}, most)


def _page(db: sqlite3.Connection, where: str, given: Mapping[str, object], most: int) -> Page:
    found = db.execute("SELECT body" + where + " ORDER BY position LIMIT :most", {**given, "most": most})
    rows = [unpacked_row(body) for (body,) in found]
    if not 0 <= most <= len(rows):
        return Page(rows, len(rows))
    (total,) = db.execute("SELECT count(*)" + where, given).fetchone()
    return Page(rows, total)


def _ids(documents: Collection[DocumentId] | None) -> str | None:
    return None if documents is None else msgspec.json.encode(sorted(documents)).decode()
