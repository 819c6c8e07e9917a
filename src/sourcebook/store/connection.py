"""A connection to one sourcebook file: opened with care, checked, brought up to date."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from importlib.resources import files
from pathlib import Path
from typing import Final, NamedTuple, TypeVar
from urllib.parse import quote

import msgspec

from sourcebook.errors import InputError, InUse, NotASourcebook, NotFound, SchemaTooNew, StoreError
from sourcebook.store.packing import deflated

#: "SBOK" in ASCII: how SQLite's header tells a sourcebook from another program's file.
APPLICATION_ID: Final = 0x53424F4B

T = TypeVar("T")

_SCHEMA: Final = "sourcebook.store.schema"
_NUMBERED: Final = re.compile(r"\d{4}_[a-z_]{1,60}\.sql")
#: How long to wait for others who write: a large record takes them a while.
_BUSY_SECONDS: Final = 60
#: How often what others write to is read, before they are kept waiting.
_TRIES: Final = 2
#: The schema that keeps in a twelfth of the room what those before it kept.
_PACKED: Final = 4


class Migration(NamedTuple):
    """One numbered script of `store/schema`."""

    number: int
    script: str


def migrations() -> list[Migration]:
    """Every numbered script, in order. Once released a script is never edited."""
    found = sorted(f.name for f in files(_SCHEMA).iterdir() if _NUMBERED.fullmatch(f.name))
    return [Migration(int(name[:4]), files(_SCHEMA).joinpath(name).read_text("utf-8")) for name in found]


def derived_script() -> str:
    """The script that makes the tables of everything derived."""
    return files(_SCHEMA).joinpath("derived.sql").read_text("utf-8")


def connect(path: Path, *, create: bool = False, patience: float | None = None) -> sqlite3.Connection:
    """A connection to the sourcebook at `path`, at the newest schema.

    It waits for others who write for so many seconds as `patience` says, long if that is None.

    Raises:
        NotFound: no such file, and `create` is False.
        InputError: `path` is a folder, or cannot be opened or written.
        NotASourcebook: the file is something else, or holds triggers or views that are not ours.
        SchemaTooNew: a newer version of the package wrote it.
    """
    _reachable(path, create=create)
    mode = "rwc" if create else "rw"
    with explained(path):
        db = sqlite3.connect(
            f"file:{quote(str(path.absolute()))}?mode={mode}",
            uri=True,
            isolation_level=None,
            timeout=_BUSY_SECONDS if patience is None else patience,
        )
        try:
            _guard(db)
            db.create_function("deflated", 1, lambda text: deflated(text.encode()), deterministic=True)
            _migrate(db, path, create=create)
            _refuse_strangers(db, path)
        except BaseException:
            db.close()
            raise
    return db


@contextmanager
def closing_connection(path: Path, *, patience: float | None = None) -> Iterator[sqlite3.Connection]:
    """A connection to an existing sourcebook, closed at the end."""
    with explained(path), closing(connect(path, patience=patience)) as db:
        yield db


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turns SQLite's errors, and those of rows that hold something else, into the package's, with what to do.

    Raises:
        StoreError: the file is damaged, locked, full or read-only.
    """
    try:
        yield
    except msgspec.MsgspecError as error:
        raise StoreError(f"{path}: a row does not hold what it should: {error}; {_way_out(path)}") from error
    except sqlite3.DatabaseError as error:
        text = str(error)
        if "not a database" in text:
            raise NotASourcebook(
                f"{path} is not a sourcebook; name another file, or, if it was one, restore it from a backup:"
                " its first page is gone"
            ) from error
        if "locked" in text:
            raise InUse(f"{path} is in use by another program; try again when that is done") from error
        if "readonly" in text or "unable to open" in text:
            raise InputError(
                f"cannot write {path}: {text}; check the permissions of the file and its folder"
            ) from error
        if "full" in text or "disk I/O" in text:
            raise StoreError(
                f"cannot write {path}: {text}; make room on the disk, then run the same command again:"
                " what was kept is whole"
            ) from error
        raise StoreError(f"{path}: {text}; {_way_out(path)}") from error


def _way_out(path: Path) -> str:
    salvage = f"sourcebook salvage {path} -o NEW has back what can be read"
    return f"sourcebook verify {path} says what is damaged, {salvage}"


def _reachable(path: Path, *, create: bool) -> None:
    if path.is_dir():
        raise InputError(f"{path} is a folder; name a file, such as {path / 'pile.sourcebook'}")
    if not create and not path.exists():
        raise NotFound(f"no file {path}; make one with: sourcebook build FOLDER -o {path}")
    if create and not path.parent.is_dir():
        raise InputError(f"cannot write {path}: there is no folder {path.parent}; make it first")


def _guard(db: sqlite3.Connection) -> None:
    # The file may come from somebody else: nothing in its schema may run code, and a damaged
    # page is an error instead of a surprise. Rollback journal: one file at all times, and it
    # opens from a read-only disk; FULL: a decision that was acknowledged survives a power cut.
    for pragma in (
        "trusted_schema = OFF",
        "cell_size_check = ON",
        "foreign_keys = ON",
        "synchronous = FULL",
        "recursive_triggers = ON",
        # 64 MB: ids are digests, so that a large file's indexes are written all over.
        "cache_size = -65536",
    ):
        db.execute(f"PRAGMA {pragma}")
    # Before 3.51.3 SQLite can damage a file whose write-ahead log two connections check in at once.
    # Ours have none; one that somebody else's program gave a file is taken away again.
    if db.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
        db.execute("PRAGMA journal_mode = DELETE")


def _migrate(db: sqlite3.Connection, path: Path, *, create: bool) -> None:
    (application,) = db.execute("PRAGMA application_id").fetchone()
    (done,) = db.execute("PRAGMA user_version").fetchone()
    (tables,) = db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    empty = not (application or done or tables)
    if application != APPLICATION_ID and not (empty and create):
        raise NotASourcebook(f"{path} is not a sourcebook; give the name of one, or build one")
    scripts = migrations()
    if done > scripts[-1].number:
        raise SchemaTooNew(
            f"{path} has schema {done}, this version knows {scripts[-1].number}: update sourcebook"
        )
    if empty:
        db.execute("PRAGMA page_size = 8192")
    elif done < scripts[-1].number:
        _back_up(db, path, done)
    for migration in scripts:
        if migration.number > done:
            _run(db, migration)
    if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'derivation'").fetchone():
        remake_derived(db)
    if 0 < done < _PACKED:
        # The room that is free now goes back to the disk; else it is used in time.
        with suppress(sqlite3.OperationalError):
            db.execute("VACUUM")


def _run(db: sqlite3.Connection, migration: Migration) -> None:
    with transaction(db):
        # Asked again now that nobody else can write: another program may have made the file meanwhile.
        (done,) = db.execute("PRAGMA user_version").fetchone()
        if done >= migration.number:
            return
        # executescript would commit before it starts: one statement at a time keeps it one transaction.
        for statement in statements(migration.script):
            db.execute(statement)
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute(f"PRAGMA user_version = {migration.number}")


def statements(script: str) -> Iterator[str]:
    """The statements of a script, a trigger's body kept whole."""
    held = ""
    for line in script.splitlines(keepends=True):
        held += line
        if sqlite3.complete_statement(held):
            yield held
            held = ""
    if held.strip():
        yield held


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """All or nothing; within another transaction, part of it."""
    if db.in_transaction:
        yield
        return
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        db.rollback()
        raise
    db.execute("COMMIT")


def settled(db: sqlite3.Connection, read: Callable[[], T]) -> T:
    """What `read` finds in a file that others write to, as it was at one moment.

    It is read again if somebody wrote meanwhile; if that happens every time, they are kept waiting.
    """
    for _ in range(_TRIES):
        before = _version(db)
        found = read()
        if _version(db) == before:
            return found
    db.execute("BEGIN")
    try:
        return read()
    finally:
        db.rollback()


def _version(db: sqlite3.Connection) -> int:
    """A number that changes when another connection writes to the file."""
    return int(db.execute("PRAGMA data_version").fetchone()[0])


def remake_derived(db: sqlite3.Connection) -> None:
    """Drop the derived tables and make them again, empty."""
    script = derived_script()
    with transaction(db):
        for name in re.findall(r"CREATE TABLE ([a-z_]{1,40})", script):
            db.execute(f"DROP TABLE IF EXISTS {name}")
        for statement in statements(script):
            db.execute(statement)


def _back_up(db: sqlite3.Connection, path: Path, done: int) -> None:
    # The backup API, because a copy of a live file may be torn.
    with closing(sqlite3.connect(path.with_name(f"{path.name}-schema{done}.bak"))) as copy:
        db.backup(copy)


def _refuse_strangers(db: sqlite3.Connection, path: Path) -> None:
    ours = {_squeezed(s) for m in migrations() for s in statements(m.script)}
    for kind, name, sql in db.execute("SELECT type, name, sql FROM sqlite_master"):
        if kind in ("trigger", "view") and _squeezed(f"{sql};") not in ours:
            raise NotASourcebook(f"{path} holds a {kind} {name!r} that sourcebook did not make")


def _squeezed(sql: str) -> str:
    return " ".join(re.sub(r"--[^\n]{0,200}", "", sql).split())


def damage(db: sqlite3.Connection) -> list[str]:
    """What SQLite's own check of a file finds wrong, [] if nothing."""
    try:
        found = [str(row[0]) for row in db.execute("PRAGMA integrity_check")]
        broken = [
            f"{row[0]} row {row[1]} refers to nothing" for row in db.execute("PRAGMA foreign_key_check")
        ]
    except sqlite3.DatabaseError as error:
        # Where a page that the check itself needs is damaged, it gives up instead of telling.
        return [str(error)]
    return [*(f for f in found if f != "ok"), *broken]
