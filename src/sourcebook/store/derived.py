"""What follows from evidence, claims and decisions, as tables that are dropped and made again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Final, NamedTuple

from sourcebook.model import Claim, Mention, Record
from sourcebook.store import listing
from sourcebook.store.connection import remake_derived
from sourcebook.store.rows import as_json, rows, ruled_apart

#: Stages whose skipped rows are stored; those of later stages follow from the rest and are derived.
STORED_STAGES: Final = ("read", "extract")


class Lists(NamedTuple):
    """The rows of lists beside the record that they are of, and the documents that each actor is in."""

    events: Iterable[listing.Listed] = ()
    actors: Iterable[listing.Listed] = ()
    where: Iterable[tuple[str, str]] = ()


def put(db: sqlite3.Connection, record: Record, evidence: Record, lists: Lists) -> None:
    """Drop what was derived before and keep what `record` derives from `evidence`."""
    remake_derived(db)
    add = db.executemany
    entities = (
        (n, e.id, e.kind, e.name, "\n".join((e.name, *(a.name for a in e.aliases))).casefold(), as_json(e))
        for n, e in enumerate(record.entities)
    )
    add("INSERT INTO entity VALUES (?, ?, ?, ?, ?, ?)", entities)
    add("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?)", rows(record.events, "id", "type", "label", "status"))
    add(
        "INSERT INTO fact VALUES (?, ?, ?, ?, ?, ?)",
        rows(record.facts, "id", "subject", "property", "relation"),
    )
    add("INSERT INTO proposal VALUES (?, ?, ?, ?)", rows(record.proposals, "kind", "score"))
    unresolved = (s for s in record.skipped if s.stage not in STORED_STAGES)
    add(
        "INSERT INTO unresolved VALUES (?, ?, ?, ?)",
        ((n, s.path, s.stage, s.why) for n, s in enumerate(unresolved)),
    )
    add("INSERT INTO origin VALUES (?, ?)", sorted(record.origin_groups.items()))
    add("INSERT INTO dated VALUES (?, ?)", ((d, as_json(on)) for d, on in sorted(record.dated.items())))
    add(
        "INSERT INTO ruled VALUES (?, ?, ?, ?)", ((n, *row) for n, row in enumerate(_ruled(record, evidence)))
    )
    listing.put_events(db, lists.events)
    listing.put_actors(db, lists.actors, lists.where)


def _ruled(record: Record, evidence: Record) -> Iterable[tuple[str, str, str | None]]:
    """What reviewers made of claims and mentions; where nothing was ruled the record has the stored ones."""
    pairs: tuple[tuple[tuple[Mention | Claim, ...], tuple[Mention | Claim, ...]], ...] = (
        (evidence.mentions, record.mentions),
        (evidence.claims, record.claims),
    )
    for stored, ruled in pairs:
        if stored is not ruled and stored != ruled:
            yield from ruled_apart(stored, ruled)
