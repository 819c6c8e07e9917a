"""Derived rows brought from what they were to what they are: only those that differ are written."""

from __future__ import annotations

import hashlib
import sqlite3
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

import msgspec

from sourcebook.store.packing import packed_row

#: Room between two rows that are written one after the other, for those that will come between them.
_GAP: Final = 1 << 20


class Row(NamedTuple):
    """One row: its id, its other columns, its body as JSON, and what else beside the row follows from it."""

    id: str
    columns: tuple[object, ...]
    body: bytes
    beside: object = None

    @property
    def digest(self) -> bytes:
        """Of everything that the row is made of."""
        told = msgspec.json.encode((self.columns, self.beside))
        return hashlib.blake2b(told + self.body, digest_size=8).digest()


class Renewed(NamedTuple):
    """What changed in a table: positions given up, and the new ones with their rows."""

    freed: list[int]
    taken: list[tuple[int, Row]]


def renew(db: sqlite3.Connection, table: str, rows: Sequence[Row]) -> Renewed:
    """Make the table hold these rows in this order; a row that is there and has not changed stays as it is.

    Columns are position, id, digest, the row's own, body.
    """
    # The name of the table is from this package, never from a file.
    query = f"SELECT id, position, digest FROM {table}"  # noqa: S608
    held = {identifier: (position, digest) for identifier, position, digest in db.execute(query)}
    positions = places([held[r.id][0] if r.id in held else None for r in rows])
    now = {r.id: (at, r.digest) for at, r in zip(positions, rows, strict=True)}
    freed = [at for identifier, (at, digest) in held.items() if now.get(identifier) != (at, digest)]
    db.executemany(f"DELETE FROM {table} WHERE position = ?", ((at,) for at in freed))  # noqa: S608
    taken = [(at, r) for at, r in zip(positions, rows, strict=True) if held.get(r.id) != now[r.id]]
    if taken:
        marks = ", ".join("?" * (4 + len(taken[0][1].columns)))
        written = ((at, r.id, now[r.id][1], *r.columns, packed_row(r.body)) for at, r in taken)
        db.executemany(f"INSERT INTO {table} VALUES ({marks})", written)  # noqa: S608
    return Renewed(freed, taken)


def places(held: Sequence[int | None]) -> list[int]:
    """Growing positions for rows, None for a new one: as few as can be differ from those that rows have."""
    stay = _longest([(at, n) for n, at in enumerate(held) if at is not None])
    if not stay:
        return [_GAP * (n + 1) for n in range(len(held))]
    ends = [(stay[0][0] - _GAP * (stay[0][1] + 1), -1), *stay]
    ends.append((stay[-1][0] + _GAP * (len(held) - stay[-1][1]), len(held)))
    if any(high - low < to - since for (low, since), (high, to) in pairwise(ends)):
        return [_GAP * (n + 1) for n in range(len(held))]
    return list(_between(ends))[:-1]


def _between(ends: Sequence[tuple[int, int]]) -> Iterator[int]:
    """The positions from after the first end to the last one, evenly spread between each two ends."""
    for (low, since), (high, to) in pairwise(ends):
        step = (high - low) // (to - since)
        yield from (low + step * n for n in range(1, to - since))
        yield high


def _longest(held: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs, as they come, in which the first of each grows."""
    ends: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for n, (position, _) in enumerate(held):
        length = bisect_left(ends, position)
        before.append(at[length - 1] if length else -1)
        if length == len(ends):
            ends.append(position)
            at.append(n)
        else:
            ends[length], at[length] = position, n
    found = []
    n = at[-1] if at else -1
    while n >= 0:
        found.append(held[n])
        n = before[n]
    return found[::-1]
