"""What is read of a file while others write to it is as it was at one moment."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from sourcebook.errors import InUse
from sourcebook.store import connection
from sourcebook.store.store import Store


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A sourcebook in which the two settings are always the same."""
    path = tmp_path / "made.sourcebook"
    with Store(path, create=True):
        pass
    write(path, 0)
    return path


def write(path: Path, number: int) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("INSERT OR REPLACE INTO setting VALUES ('one', ?), ('other', ?)", (number, number))
        other.execute("COMMIT")


def read(store: Store, between: list[int], path: Path) -> tuple[str, str]:
    """Both settings; at most so many times as `between` has numbers, somebody writes between the two."""
    query = "SELECT value FROM setting WHERE name = ?"

    def ask(name: str) -> str:
        return store.read(lambda db: str(db.execute(query, (name,)).fetchone()[0]))

    one = ask("one")
    if between:
        write(path, between.pop())
    return one, ask("other")


def test_what_is_read_by_itself_can_be_of_two_moments(made: Path) -> None:
    with Store(made) as store:
        assert read(store, [1], made) == ("0", "1")


def test_what_somebody_wrote_to_meanwhile_is_read_again(made: Path) -> None:
    between = [1]
    with Store(made) as store:
        assert store.settled(lambda: read(store, between, made)) == ("1", "1")


def test_who_writes_every_time_is_kept_waiting(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = []

    def often(store: Store) -> tuple[str, str]:
        try:
            return read(store, [len(refused) + 1], made)
        except sqlite3.OperationalError as error:
            refused.append(str(error))
            return read(store, [], made)

    monkeypatch.setattr(sqlite3, "connect", hasty(sqlite3.connect))
    with Store(made) as store:
        one, other = store.settled(lambda: often(store))
    assert one == other
    assert refused == ["database is locked"]
    write(made, 9)  # and can write afterwards


def hasty(connect):
    """Connections that do not wait for one another."""
    return lambda *args, **kept: connect(*args, **{**kept, "timeout": 0})


def test_a_file_that_is_locked_for_too_long_says_so(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "_BUSY_SECONDS", 0)

    def ask() -> None:
        with Store(made) as store:
            other.execute("BEGIN EXCLUSIVE")
            store.settled(store.as_of)

    with (
        closing(sqlite3.connect(made, isolation_level=None)) as other,
        pytest.raises(InUse, match="in use by another program"),
    ):
        ask()
