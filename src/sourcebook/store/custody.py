"""The manifest of every file met: appended, chained by hashes, checked whenever it is read."""

from __future__ import annotations

import hashlib
import sqlite3

import msgspec
from msgspec import Struct

from sourcebook.errors import ChainBroken


class Entry(Struct, frozen=True, kw_only=True):
    """One file as it was met: its bytes' name and number, what read it, and what came of it.

    `container` is the path of the file that it was found in, None for a file of its own. `tool` is the
    reader and its version, `outcome` "read" or "skipped", `why` the reason for that. `licence` and
    `handling` are the words of the table of sources. `under` names what else it hangs on that nothing could
    be read, the row of the table and the limits: under the same the same file is not tried again. There is no
    time in it: nothing here asks the clock.
    """

    path: str
    sha256: str
    size: int
    tool: str
    outcome: str
    why: str | None = None
    container: str | None = None
    licence: str | None = None
    handling: str | None = None
    under: str | None = None


def last(db: sqlite3.Connection, path: str, sha256: str) -> Entry | None:
    """The last entry about a file; None if it was never met."""
    query = "SELECT body FROM custody WHERE path = ? AND sha256 = ? ORDER BY sequence DESC LIMIT 1"
    row = db.execute(query, (path, sha256)).fetchone()
    return msgspec.json.decode(row[0], type=Entry) if row else None


def note(db: sqlite3.Connection, entry: Entry) -> None:
    """Add an entry, unless the last one about this file says the same."""
    body = msgspec.json.encode(entry).decode()
    row = db.execute(
        "SELECT body FROM custody WHERE path = ? AND sha256 = ? ORDER BY sequence DESC LIMIT 1",
        (entry.path, entry.sha256),
    ).fetchone()
    if row and row[0] == body:
        return
    last = db.execute("SELECT hash FROM custody ORDER BY sequence DESC LIMIT 1").fetchone()
    db.execute(
        "INSERT INTO custody SELECT COALESCE(MAX(sequence), 0) + 1, ?, ?, ?, ? FROM custody",
        (entry.path, entry.sha256, body, _link(last[0] if last else "", body)),
    )


def manifest(db: sqlite3.Connection) -> list[Entry]:
    """Every entry, oldest first.

    Raises:
        ChainBroken: an entry was changed, removed or put in between.
    """
    found: list[Entry] = []
    before = ""
    query = "SELECT sequence, path, sha256, body, hash FROM custody ORDER BY sequence"
    for number, (sequence, path, sha256, body, chained) in enumerate(db.execute(query), 1):
        try:
            entry = msgspec.json.decode(body, type=Entry)
        except msgspec.MsgspecError as error:
            raise ChainBroken(f"entry {number} of the manifest does not hold one") from error
        before = _link(before, body)
        if (sequence, path, sha256, chained) != (number, entry.path, entry.sha256, before):
            raise ChainBroken(
                f"entry {number} of the manifest ({path}) was altered, or one before it removed"
            )
        found.append(entry)
    return found


def _link(before: str, body: str) -> str:
    return hashlib.sha256(f"{before}\n{body}".encode()).hexdigest()
