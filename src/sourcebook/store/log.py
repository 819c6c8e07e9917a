"""The log of decisions: appended, chained by hashes, checked whenever it is read."""

from __future__ import annotations

import hashlib
import sqlite3
from typing import NamedTuple

import msgspec

from sourcebook.errors import ChainBroken
from sourcebook.model import Decision


class Head(NamedTuple):
    """The end of the log: the last decision's id and hash, both "" if there is none."""

    id: str
    hash: str


def head(db: sqlite3.Connection) -> Head:
    """Where the log ends."""
    row = db.execute("SELECT id, hash FROM decision ORDER BY sequence DESC LIMIT 1").fetchone()
    return Head(row[0], row[1]) if row else Head("", "")


def append(db: sqlite3.Connection, decision: Decision) -> None:
    """Add a decision that follows the last one.

    Raises:
        ChainBroken: the decision follows another one.
    """
    last = head(db)
    if decision.previous != last.id:
        raise ChainBroken(f"the decision follows {decision.previous or 'none'}, the log ends at {last.id}")
    body = msgspec.json.encode(decision).decode()
    db.execute(
        "INSERT INTO decision SELECT COALESCE(MAX(sequence), 0) + 1, ?, ?, ? FROM decision",
        (decision.id, body, _link(last.hash, body)),
    )


def read(db: sqlite3.Connection) -> list[Decision]:
    """The log, oldest first.

    Raises:
        ChainBroken: an entry was changed, removed or put in between.
    """
    found: list[Decision] = []
    last = Head("", "")
    query = "SELECT sequence, id, body, hash FROM decision ORDER BY sequence"
    for number, (sequence, identifier, body, chained) in enumerate(db.execute(query), 1):
        try:
            decision = msgspec.json.decode(body, type=Decision)
        except msgspec.MsgspecError as error:
            raise ChainBroken(f"decision {number} ({identifier}) does not hold a decision") from error
        link = _link(last.hash, body)
        if (sequence, link, decision.id, decision.previous) != (number, chained, identifier, last.id):
            raise ChainBroken(f"decision {number} ({identifier}) was altered, or one before it removed")
        last = Head(identifier, link)
        found.append(decision)
    return found


def _link(before: str, body: str) -> str:
    return hashlib.sha256(f"{before}\n{body}".encode()).hexdigest()
