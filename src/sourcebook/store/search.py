"""Which documents hold some words: SQLite's FTS5 over their titles and texts."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import Final

from sourcebook.model import DocumentId
from sourcebook.store.connection import closing_connection

_WORD: Final = re.compile(r"[^\W_]{1,60}")
_MOST_WORDS: Final = 12

_QUERY: Final = (
    "SELECT d.id FROM document_words w JOIN document d ON d.sequence = w.rowid"
    " WHERE document_words MATCH ? ORDER BY bm25(document_words, 5.0, 1.0), d.sequence LIMIT ?"
)


def index(db: sqlite3.Connection, sequence: int) -> None:
    """Take in the words of a document that was put into the store."""
    db.execute(
        "INSERT INTO document_words (rowid, title, text)"
        " SELECT sequence, title, text FROM document WHERE sequence = ?",
        (sequence,),
    )


def forget(db: sqlite3.Connection, sequence: int) -> None:
    """Drop the words of a document that is about to change or go."""
    db.execute(
        "INSERT INTO document_words (document_words, rowid, title, text)"
        " SELECT 'delete', sequence, title, text FROM document WHERE sequence = ?",
        (sequence,),
    )


def is_sound(db: sqlite3.Connection) -> bool:
    """Whether the words are those of the documents; a file that cannot be written cannot be asked."""
    try:
        db.execute("INSERT INTO document_words (document_words, rank) VALUES ('integrity-check', 1)")
    except sqlite3.OperationalError as error:
        if "readonly" not in str(error):
            raise
    except sqlite3.DatabaseError:
        return False
    return True


def words(query: str) -> list[str]:
    """The words of a query; everything else in it means nothing."""
    return _WORD.findall(query)[:_MOST_WORDS]


def documents(path: Path, query: str, *, most: int = 50, patience: float | None = None) -> list[DocumentId]:
    """The documents that hold all the words, the last one as a beginning too; the best first.

    Case and accents do not count. A query without a word finds nothing. `patience`: see `connect`.
    """
    wanted = words(query)
    if not wanted:
        return []
    # Each word quoted: what a person types is never FTS5's query language.
    matched = " ".join(f'"{word}"' for word in wanted) + "*"
    with closing_connection(path, patience=patience) as db:
        return [DocumentId(row[0]) for row in db.execute(_QUERY, (matched, most))]
