"""Mentions and claims as rows, with the ledger of what each extraction depended on."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from sourcebook.model import Document, DocumentId, Skipped
from sourcebook.ports import Extraction
from sourcebook.store.rows import as_json, storable


class Ledger(NamedTuple):
    """What the last extraction of a document depended on, and why it failed if it did."""

    key: str
    why: str | None


class Extracted(NamedTuple):
    """What was found in a document, named by all that it depends on; `why` there is nothing, if so."""

    document: Document
    key: str
    extraction: Extraction
    why: str | None = None


def ledger(db: sqlite3.Connection) -> dict[DocumentId, Ledger]:
    """What was extracted from which document, and from what it follows."""
    query = "SELECT document, key, why FROM extraction"
    return {DocumentId(row[0]): Ledger(row[1], row[2]) for row in db.execute(query)}


def put(db: sqlite3.Connection, one: Extracted, extractor: str) -> None:
    """Keep what was found in a document instead of what was found before; nothing if it is there."""
    identifier, path = one.document.id, one.document.path
    outcome = "done" if one.why is None else "skipped"
    row = (identifier, extractor, one.key, outcome, one.why and storable(one.why))
    query = "SELECT document, extractor, key, outcome, why FROM extraction WHERE document = ?"
    if db.execute(query, (identifier,)).fetchone() == row:
        return
    db.execute("DELETE FROM extraction WHERE document = ?", (identifier,))
    db.execute("INSERT INTO extraction VALUES (?, ?, ?, ?, ?)", row)
    if one.why is not None:
        put_skipped(db, Skipped(path=path, stage="extract", why=one.why))
        return
    db.executemany(
        "INSERT INTO mention VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (identifier, n, m.id, m.kind, m.span.start, m.span.end, m.exact, as_json(m))
            for n, m in enumerate(one.extraction.mentions)
        ),
    )
    db.executemany(
        "INSERT INTO claim VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (identifier, n, c.id, c.predicate, c.trigger.start, c.trigger.end, as_json(c))
            for n, c in enumerate(one.extraction.claims)
        ),
    )
    forget_skipped(db, path, "extract")


def put_skipped(db: sqlite3.Connection, skipped: Skipped) -> None:
    """Keep the reason why something did not get through a stage."""
    row = (storable(skipped.path), skipped.stage, storable(skipped.why))
    db.execute("INSERT OR REPLACE INTO skipped VALUES (?, ?, ?)", row)


def forget_skipped(db: sqlite3.Connection, path: str, stage: str) -> None:
    """It got through after all."""
    db.execute("DELETE FROM skipped WHERE path = ? AND stage = ?", (storable(path), stage))
