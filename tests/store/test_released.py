"""Files of every released schema open, are brought up to date, and lose nothing."""

import gzip
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from sourcebook.project import rebuild, record
from sourcebook.store.connection import migrations
from sourcebook.store.store import Store

HERE = Path(__file__).parent / "released"
RELEASED = sorted(HERE.glob("schema*.sourcebook.gz"))


@pytest.fixture(params=RELEASED, ids=lambda path: path.name.partition(".")[0])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "old.sourcebook"
    path.write_bytes(gzip.decompress(request.param.read_bytes()))
    return path


def schema(path: Path) -> int:
    with closing(sqlite3.connect(path)) as db:
        return int(db.execute("PRAGMA user_version").fetchone()[0])


def rows(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as db:
        return list(db.iterdump())


def test_every_schema_that_was_released_has_a_file_here() -> None:
    written = {int(path.name.removeprefix("schema").partition(".")[0]) for path in RELEASED}
    assert written == {migration.number for migration in migrations()}


def test_it_opens_whole_at_the_newest_schema_with_its_decision_and_a_backup(old: Path) -> None:
    before = rows(old)
    released = schema(old)
    with Store(old) as store:
        assert store.damage() == []
        assert len(store.documents()) == 3
        assert [d.why for d in store.decisions()] == ["told twice"]
        assert [d.path for d in store.manifest()] or released < 3
    newest = migrations()[-1].number
    assert schema(old) == newest
    if released < newest:
        backup = old.with_name(f"{old.name}-schema{released}.bak")
        assert rows(backup) == before


def test_it_can_be_rebuilt_and_read(old: Path) -> None:
    made = rebuild(old)
    assert made.events
    assert record(old) == made
