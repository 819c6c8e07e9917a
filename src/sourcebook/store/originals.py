"""Bytes as they were read, by their SHA-256: kept once, compressed where that makes them less."""

from __future__ import annotations

import hashlib
import sqlite3

from sourcebook.store.packing import MOST_ORIGINAL, deflated, inflated


def put(db: sqlite3.Connection, data: bytes) -> str:
    """Keep bytes; their SHA-256."""
    sha256 = hashlib.sha256(data).hexdigest()
    smaller = deflated(data)
    less = len(smaller) < len(data)
    db.execute("INSERT OR IGNORE INTO original VALUES (?, ?, ?)", (sha256, smaller if less else data, less))
    return sha256


def read(db: sqlite3.Connection, sha256: str) -> bytes:
    """The bytes of that SHA-256."""
    query = "SELECT content, deflated FROM original WHERE sha256 = ?"
    content, is_deflated = db.execute(query, (sha256,)).fetchone()
    return inflated(content, MOST_ORIGINAL) if is_deflated else bytes(content)
