"""Mentions and claims of documents, with the ledger of what each extraction depended on."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple, TypeVar

import msgspec
from msgspec import Struct

from sourcebook.errors import ModelError
from sourcebook.model import Document, DocumentId, Skipped
from sourcebook.ports import Extraction
from sourcebook.store.packing import inflated, packed
from sourcebook.store.rows import id_of, storable

S = TypeVar("S", bound=Struct)


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


def found(db: sqlite3.Connection, what: str, kind: type[S]) -> list[S]:
    """Mentions or claims of every document, in document and text order."""
    decoder = msgspec.json.Decoder(list[kind])  # type: ignore[valid-type]
    query = f"SELECT f.{what} FROM finding f JOIN document d ON d.id = f.document ORDER BY d.sequence"  # noqa: S608
    return [one for (body,) in db.execute(query) for one in decoder.decode(inflated(body))]


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
    found = one.extraction
    for things in (found.mentions, found.claims):
        _unique(things)
    bodies = (packed(found.mentions), packed(found.claims))
    db.execute("INSERT INTO finding VALUES (?, ?, ?)", (identifier, *bodies))
    forget_skipped(db, path, "extract")


def _unique(things: Sequence[Struct]) -> None:
    twice = [i for i, n in Counter(map(id_of, things)).items() if n > 1]
    if twice:
        raise ModelError(f"an extractor gave {twice[0]} twice")


def put_skipped(db: sqlite3.Connection, skipped: Skipped) -> None:
    """Keep the reason why something did not get through a stage."""
    row = (storable(skipped.path), skipped.stage, storable(skipped.why))
    db.execute("INSERT OR REPLACE INTO skipped VALUES (?, ?, ?)", row)


def forget_skipped(db: sqlite3.Connection, path: str, stage: str) -> None:
    """It got through after all."""
    db.execute("DELETE FROM skipped WHERE path = ? AND stage = ?", (storable(path), stage))
