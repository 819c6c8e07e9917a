"""Derived rows are brought up to date by writing those alone that differ."""

import sqlite3

from hypothesis import given
from hypothesis import strategies as st

from sourcebook.store.keeping import Row, places, renew
from sourcebook.store.packing import unpacked_row

LAYOUT = (
    "CREATE TABLE thing (position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, digest BLOB NOT NULL,"
    " kind TEXT NOT NULL, body BLOB NOT NULL) STRICT"
)


def row(name: str, body: int) -> Row:
    return Row(name, ("k",), str(body).encode())


def held(db: sqlite3.Connection) -> list[tuple[str, bytes]]:
    query = "SELECT id, body FROM thing ORDER BY position"
    return [(name, unpacked_row(body)) for name, body in db.execute(query)]


piles = st.lists(st.tuples(st.sampled_from("abcdefghij"), st.integers(0, 2)), unique_by=lambda t: t[0])


@given(st.lists(piles, min_size=1, max_size=6))
def test_whatever_was_there_the_table_holds_the_new_rows_in_their_order(
    steps: list[list[tuple[str, int]]],
) -> None:
    db = sqlite3.connect(":memory:")
    db.execute(LAYOUT)
    before: list[tuple[str, bytes]] = []
    for step in steps:
        rows = [row(*one) for one in step]
        changes = db.total_changes
        renew(db, "thing", rows)
        now = [(r.id, r.body) for r in rows]
        assert held(db) == now
        assert now != before or db.total_changes == changes
        before = now
    db.close()


def test_one_more_row_between_two_is_the_only_one_written() -> None:
    db = sqlite3.connect(":memory:")
    db.execute(LAYOUT)
    renew(db, "thing", [row("a", 1), row("c", 1), row("d", 1)])
    changes = db.total_changes
    renewed = renew(db, "thing", [row("a", 1), row("b", 1), row("c", 1), row("d", 2)])
    assert [r.id for _, r in renewed.taken] == ["b", "d"]
    assert db.total_changes == changes + 3
    db.close()


def test_where_no_room_is_left_all_rows_get_new_places() -> None:
    assert places([1, None, 2]) == sorted(set(places([1, None, 2])))
    assert places([5, None, 9]) == [5, 7, 9]
    assert places([None, 5, 7]) == [5 - (1 << 20), 5, 7]
