"""What can still be read of a damaged sourcebook, row by row: what cannot be made again."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple, TypeVar

import msgspec
from msgspec import Struct

from sourcebook.errors import NotASourcebook, StoreError
from sourcebook.model import Decision, ReferenceList, Skipped
from sourcebook.store.connection import APPLICATION_ID
from sourcebook.store.custody import Entry
from sourcebook.store.packing import MOST_ORIGINAL, inflated

S = TypeVar("S", bound=Struct)

#: What cannot be made again. Everything else in the file follows from these tables.
KEPT: Final = ("setting", "original", "file", "skipped", "decision", "custody", "reference_list")

#: After a row that cannot be read, how many row numbers are tried one by one before a table is given up.
_REACH: Final = 100_000


class Damage(Struct, frozen=True, kw_only=True):
    """One table as it was found: rows read, and what is wrong with the rest, None if nothing is."""

    table: str
    rows: int
    why: str | None


class Original(NamedTuple):
    """One file on the disk as it was kept: where it lay, its row of the table of sources, and its bytes."""

    path: str
    sha256: str
    read_from: str
    given: str
    content: bytes | None


class KeptList(NamedTuple):
    """One reference list as it was kept: its name, its licence, and its bytes."""

    name: str
    licence: str | None
    content: bytes | None


class Salvage(NamedTuple):
    """Everything that cannot be made again and could be read; `tables` says what could not."""

    as_of: date | None
    originals: list[Original]
    skipped: list[Skipped]
    decisions: list[Decision]
    custody: list[Entry]
    lists: list[KeptList]
    tables: list[Damage]

    @property
    def lost(self) -> list[str]:
        """Paths of the files, and names of the lists, whose bytes could not be read."""
        files = [file.path for file in self.originals if file.content is None]
        return files + [held.name for held in self.lists if held.content is None]


def survey(path: Path) -> list[Damage]:
    """For each table that cannot be made again, how much of it can be read."""
    with _copy(path) as db:
        return [_Table(db, name).damage() for name in KEPT]


def salvage(path: Path) -> Salvage:
    """Read what can be read of a sourcebook, damaged or not. The file itself is not touched.

    Raises:
        NotASourcebook: not even its table of tables can be read.
    """
    with _copy(path) as db:
        tables = {name: _Table(db, name) for name in KEPT}
        contents = _contents(tables["original"])
        settings = {row["name"]: row["value"] for row in tables["setting"].rows()}
        return Salvage(
            as_of=msgspec.json.decode(settings["as_of"], type=date | None) if "as_of" in settings else None,
            originals=_originals(tables, contents),
            lists=[
                KeptList(row["name"], _licence(row["body"]), contents.get(row["sha256"]))
                for row in tables["reference_list"].rows()
            ],
            skipped=[
                Skipped(path=r["path"], stage=r["stage"], why=r["why"]) for r in tables["skipped"].rows()
            ],
            decisions=_decoded(tables["decision"], Decision),
            custody=_decoded(tables["custody"], Entry),
            tables=[table.damage() for table in tables.values()],
        )


@contextmanager
def _copy(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection to a copy: opening the file itself might write to it, and make matters worse."""
    with TemporaryDirectory() as folder:
        place = Path(folder) / "copy"
        shutil.copyfile(path, place)
        # A journal left by a killed program holds pages as they were before it: SQLite puts them back.
        journal = path.with_name(f"{path.name}-journal")
        if journal.exists():
            shutil.copyfile(journal, place.with_name("copy-journal"))
        with closing(sqlite3.connect(place)) as db:
            db.row_factory = sqlite3.Row
            db.execute("PRAGMA trusted_schema = OFF")
            try:
                (application,) = db.execute("PRAGMA application_id").fetchone()
                names = {row["name"] for row in db.execute("SELECT name FROM sqlite_master")}
            except sqlite3.DatabaseError as error:
                raise NotASourcebook(
                    f"{path}: its first page is damaged, nothing in it can be found; restore it from a backup"
                    f" ({path.name}-schema*.bak beside it, if there is one), or build it again"
                ) from error
            if application != APPLICATION_ID or "original" not in names:
                raise NotASourcebook(f"{path} is not a sourcebook; give the name of one")
            yield db


class _Table:
    """One table read by row number, so that a damaged page costs its own rows and no others."""

    def __init__(self, db: sqlite3.Connection, name: str) -> None:
        self._db = db
        self._name = name
        self._why: str | None = None
        self._read: list[sqlite3.Row] | None = None

    def rows(self) -> list[sqlite3.Row]:
        """Every row that can be read, by row number."""
        if self._read is None:
            self._read = list(self._all()) if self._exists() else []
        return self._read

    def damage(self) -> Damage:
        """How much of the table can be read."""
        return Damage(table=self._name, rows=len(self.rows()), why=self._why)

    def fault(self, why: str) -> None:
        """Note something else that is wrong with the table; the first fault is the one that is told."""
        self._why = self._why or why

    def _exists(self) -> bool:
        # Files of an older schema lack the newer tables: that is no damage.
        query = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
        return self._db.execute(query, (self._name,)).fetchone() is not None

    def _all(self) -> Iterator[sqlite3.Row]:
        last = 0
        while True:
            try:
                # Named from KEPT, not from the file.
                query = f"SELECT rowid AS number, * FROM {self._name} WHERE rowid > ? ORDER BY rowid"  # noqa: S608
                for row in self._db.execute(query, (last,)):
                    last = row["number"]
                    yield row
            except sqlite3.DatabaseError as error:
                self.fault(f"damaged after row {last}: {error}")
                found = self._after(last)
                if found is None:
                    return
                last = found["number"]
                yield found
            else:
                return

    def _after(self, last: int) -> sqlite3.Row | None:
        """The next row that can be read when those that follow `last` cannot."""
        query = f"SELECT rowid AS number, * FROM {self._name} WHERE rowid = ?"  # noqa: S608
        for number in range(last + 1, last + _REACH):
            try:
                row: sqlite3.Row | None = self._db.execute(query, (number,)).fetchone()
            except sqlite3.DatabaseError:
                continue
            if row is not None:
                return row
        return None


def _contents(originals: _Table) -> dict[str, bytes]:
    contents = {}
    for row in originals.rows():
        content = _content(row)
        if content is not None and hashlib.sha256(content).hexdigest() == row["sha256"]:
            contents[row["sha256"]] = content
        else:
            originals.fault(f"the bytes of {row['sha256'][:12]} do not match their hash")
    return contents


def _licence(body: str) -> str | None:
    try:
        return msgspec.json.decode(body, type=ReferenceList).licence
    except msgspec.MsgspecError:
        return None


def _originals(tables: dict[str, _Table], contents: dict[str, bytes]) -> list[Original]:
    return [
        Original(row["path"], row["sha256"], row["read_from"], row["given"], contents.get(row["sha256"]))
        for row in tables["file"].rows()
        if "container" not in row.keys() or row["container"] is None  # noqa: SIM118 - a Row has no `in`
    ]


def _content(row: sqlite3.Row) -> bytes | None:
    """The bytes of a file as they were read; None if they cannot be unpacked."""
    # Files of an older schema hold them as they are.
    if "deflated" not in row.keys() or not row["deflated"]:  # noqa: SIM118 - a Row has no `in`
        return bytes(row["content"])
    try:
        return inflated(row["content"], MOST_ORIGINAL)
    except StoreError:
        return None


def _decoded(table: _Table, kind: type[S]) -> list[S]:
    found = []
    for row in table.rows():
        try:
            found.append(msgspec.json.decode(row["body"], type=kind))
        except msgspec.MsgspecError as error:
            table.fault(f"row {row['number']} does not hold what it should: {error}")
    return found
