"""Opening a sourcebook file: what is refused, what is brought up to date."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from sourcebook.errors import InputError, NotASourcebook, NotFound, SchemaTooNew, StoreError
from sourcebook.store import connection
from sourcebook.store.connection import APPLICATION_ID, connect
from sourcebook.store.store import Store


@pytest.fixture
def made(tmp_path: Path) -> Path:
    path = tmp_path / "pile.sourcebook"
    Store(path, create=True).__exit__(None, None, None)
    return path


def pragma(path: Path, name: str) -> int:
    with closing(sqlite3.connect(path)) as db:
        return int(db.execute(f"PRAGMA {name}").fetchone()[0])


def test_a_new_file_says_what_it_is(made: Path) -> None:
    assert pragma(made, "application_id") == APPLICATION_ID
    assert pragma(made, "user_version") == connection.migrations()[-1].number
    assert pragma(made, "page_size") == 8192


def test_every_table_is_strict(made: Path) -> None:
    with closing(sqlite3.connect(made)) as db:
        loose = [
            r[1]
            for r in db.execute("PRAGMA table_list")
            if r[2] == "table" and not r[5] and not r[1].startswith("sqlite_")
        ]
    assert loose == []


def test_a_missing_file_is_not_made_by_reading_it(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="sourcebook build"):
        connect(tmp_path / "none.sourcebook")
    assert not (tmp_path / "none.sourcebook").exists()


def test_a_folder_is_refused_with_a_hint(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is a folder; name a file"):
        connect(tmp_path, create=True)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no folder"):
        connect(tmp_path / "no" / "x.sourcebook", create=True)


@pytest.mark.parametrize("content", [b"plain words, no database" * 100, b"\0" * 5000])
def test_another_kind_of_file_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.sourcebook"
    path.write_bytes(content)
    with pytest.raises(NotASourcebook):
        connect(path, create=True)
    assert path.read_bytes() == content


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.sourcebook"
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE theirs (a)")
    with pytest.raises(NotASourcebook, match="not a sourcebook"):
        connect(path, create=True)


def test_an_empty_file_is_no_sourcebook_to_read_but_one_may_be_built_there(tmp_path: Path) -> None:
    path = tmp_path / "x.sourcebook"
    path.touch()
    with pytest.raises(NotASourcebook):
        connect(path)
    connect(path, create=True).close()
    connect(path).close()


def test_a_newer_file_is_refused(made: Path) -> None:
    with closing(sqlite3.connect(made)) as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(SchemaTooNew, match="update sourcebook"):
        connect(made)


@pytest.mark.parametrize(
    "foreign",
    [
        "CREATE TRIGGER sly AFTER INSERT ON source BEGIN DELETE FROM finding; END",
        "CREATE VIEW sly AS SELECT * FROM finding",
    ],
)
def test_triggers_and_views_of_strangers_are_refused(made: Path, foreign: str) -> None:
    with closing(sqlite3.connect(made)) as db:
        db.execute(foreign)
    with pytest.raises(NotASourcebook, match="'sly' that sourcebook did not make"):
        connect(made)


def test_a_truncated_file_is_an_error_and_not_a_crash(made: Path) -> None:
    content = made.read_bytes()
    made.write_bytes(content[: len(content) // 2])
    try:
        with Store(made) as store:
            assert store.damage()
    except StoreError:
        pass  # found even earlier


def test_migrating_backs_up_first_and_is_all_or_nothing(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    last = connection.migrations()[-1].number
    good = connection.Migration(last + 1, "CREATE TABLE added (a INTEGER) STRICT;")
    bad = connection.Migration(last + 2, "CREATE TABLE more (a INTEGER) STRICT;\nNO SUCH STATEMENT;")
    known = connection.migrations()
    monkeypatch.setattr(connection, "migrations", lambda: [*known, good, bad])
    with pytest.raises(StoreError):
        connect(made)
    with closing(sqlite3.connect(made)) as db:
        names = {r[0] for r in db.execute("SELECT name FROM sqlite_master")}
    assert "added" in names
    assert "more" not in names
    assert pragma(made, "user_version") == last + 1
    backup = made.with_name(f"{made.name}-schema{last}.bak")
    assert pragma(backup, "user_version") == last


def test_a_script_is_cut_into_statements_with_triggers_whole() -> None:
    found = list(connection.statements(connection.migrations()[0].script))
    assert sum("CREATE TRIGGER" in s for s in found) == 3
    assert all(sqlite3.complete_statement(s) for s in found)


def test_a_locked_file_says_so(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "_BUSY_SECONDS", 0)
    with closing(sqlite3.connect(made, isolation_level=None)) as other, Store(made) as store:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError, match="in use by another program"), store.transaction():
            pass


def test_no_sourcebook_keeps_a_write_ahead_log(made: Path) -> None:
    """The SQLite of every Python here can damage a file with one: https://sqlite.org/wal.html#walreset."""
    with closing(sqlite3.connect(made)) as db:
        assert db.execute("PRAGMA journal_mode = WAL").fetchone() == ("wal",)
        db.execute("CREATE TABLE added (a)")
    with Store(made) as store, store.transaction():
        pass
    with closing(sqlite3.connect(made)) as db:
        assert db.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert not made.with_name(f"{made.name}-wal").exists()
