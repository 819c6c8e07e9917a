"""A sourcebook from a stranger: whatever is in it, a command says what is wrong; nothing leaves its place."""

import shutil
import sqlite3
import zlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result
from tests import pile

from sourcebook import project
from sourcebook.cli import cli
from sourcebook.errors import InputError, StoreError
from sourcebook.export import files
from sourcebook.export.formats import PRODUCERS
from sourcebook.model import Document, Record
from sourcebook.store.packing import packed_row
from sourcebook.store.store import Store

PACKED = {
    "no JSON": b"{no",
    "of another type": b'[{"a":1}]',
    "nothing": b"null",
    "too deep": b"[" * 100_000,
    "no words": b"\xff\xfe",
    "without end": b"[" + b" " * (50 << 20) + b"]",
}
JUNK = {
    "document": "UPDATE document SET body = '{}'",
    "text that is not UTF-8": "UPDATE document SET body = CAST(x'ff' AS TEXT)",
    "source": "INSERT INTO source VALUES ('s-1', 'x', '{}')",
    "row of the table of sources": "UPDATE file SET given = '[1]', reader = ''",
    "day": "INSERT OR REPLACE INTO setting VALUES ('as_of', 'x')",
    "decision": f"INSERT INTO decision VALUES (1, 'n-1', '{{}}', '{'0' * 64}')",
    "entry of the manifest": "INSERT INTO custody SELECT MAX(sequence) + 1, 'a', 'b', '{}', sha256"
    " FROM custody",
    "bytes": "UPDATE original SET content = x'00', deflated = 1",
    "other bytes": "UPDATE original SET content = x'00', deflated = 0",
    "reference list": "INSERT INTO reference_list SELECT 1, 'n', sha256, 'r', '{}', x'00'"
    " FROM original LIMIT 1",
    "event": "UPDATE event SET body = x'00'",
    "fact": "UPDATE fact SET body = x'00'",
    "line of a list": "UPDATE event_row SET body = x'00'",
    "words for search": "UPDATE document_words_data SET block = x'00'",
    "a table of another layout": "ALTER TABLE fact RENAME COLUMN body TO other",
    "a table less": "DROP TABLE finding",
    "text shorter than its claims": "UPDATE document SET text = 'x'",
    "words at other places": "UPDATE document SET text = 'x' || text",
}  # fmt: skip


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return pile.copy(tmp_path)


def poison(book: Path, sql: str, *values: object) -> None:
    with closing(sqlite3.connect(book)) as db:
        db.execute(sql, values)
        db.commit()


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments))


def is_told(result: Result) -> bool:
    """Whether a command ended as a command does: done, or with a reason, and never with a traceback."""
    return isinstance(result.exception, SystemExit | None) and result.exit_code != 2


@pytest.mark.parametrize("held", PACKED.values(), ids=PACKED)
@pytest.mark.parametrize("column", ["claims", "mentions"])
def test_findings_that_are_none_are_told_by_every_command_that_meets_them(
    book: Path, column: str, held: bytes
) -> None:
    poison(book, f"UPDATE finding SET {column} = ?", zlib.compress(held, 9))
    out = str(book.parent / "x.json")
    for words in (("verify",), ("export", "--format", "json", "-o", out), ("rebuild", "-q")):
        result = run(words[0], str(book), *words[1:])
        assert is_told(result), result.exception
        assert result.exit_code == 1
        assert "sourcebook salvage" in result.output


@pytest.mark.parametrize("sql", JUNK.values(), ids=JUNK)
def test_rows_that_hold_something_else_are_told_and_verify_finds_them(book: Path, sql: str) -> None:
    poison(book, sql)
    checked = run("verify", str(book))
    assert is_told(checked), checked.exception
    assert checked.exit_code in (1, 4), checked.output
    for command in ("events", "stats", "doctor", "skipped", "custody"):
        assert is_told(run(command, str(book))), command


def test_a_file_that_holds_itself_and_a_document_of_no_file_end_no_command(book: Path) -> None:
    poison(book, "UPDATE file SET container = id")
    poison(book, "UPDATE document SET file = 99 WHERE sequence = 1")
    for command in ("verify", "events", "rebuild"):
        assert is_told(run(command, str(book)))


@pytest.mark.parametrize("table", ["entity", "event", "fact", "event_row", "actor_row", "document_row"])
def test_rebuild_mends_whatever_stands_in_derived_tables(book: Path, table: str) -> None:
    poison(book, f"UPDATE {table} SET body = x'00'")
    assert run("rebuild", str(book), "-q").exit_code == 0
    checked = run("verify", str(book))
    assert checked.exit_code == 0, checked.output


IDS = (
    "../../../evil",
    "/tmp/evil",
    "d-1/../../evil",
    "..",
    "d-1\0",
    "<script>x</script>",
    "d-1\n",
    "C:\\evil",
    "d-1\r\nx",
    "",
)


@pytest.mark.parametrize("identifier", IDS)
def test_an_id_that_is_a_path_or_a_tag_is_none(identifier: str) -> None:
    wrong = {"id": identifier, "path": "a", "sha256": "0", "sequence": 0, "text": "x"}
    with pytest.raises(msgspec.ValidationError, match="an id is made of"):
        msgspec.convert(wrong, Document)


@pytest.mark.parametrize("table", ["entity", "event"])
def test_no_page_or_file_is_written_for_an_id_that_climbs(book: Path, table: str, tmp_path: Path) -> None:
    things = getattr(project.record(book), "entities" if table == "entity" else "events")
    body = msgspec.json.encode({**msgspec.to_builtins(things[0]), "id": "../../climbed"})
    poison(book, f"UPDATE {table} SET body = ? WHERE id = ?", packed_row(body), things[0].id)
    for command in (("site",), ("export", "--format", "csv"), ("export", "--format", "stix")):
        result = run(command[0], str(book), *command[1:], "-o", str(tmp_path / "deep" / "out"))
        assert is_told(result)
        assert result.exit_code == 1
    assert not list(tmp_path.rglob("*climbed*"))


def test_a_folder_of_tables_cannot_have_other_files_read(book: Path, tmp_path: Path) -> None:
    out = tmp_path / "tables"
    assert run("export", str(book), "--format", "csv", "-o", str(out)).exit_code == 0
    (tmp_path / "secret.txt").write_text("secret words")
    table = out / "documents.csv"
    first = project.record(book).documents[0].id
    table.write_text(table.read_text().replace(first, "../../secret"))
    with pytest.raises(InputError, match="an id is made of"):
        files.read(out)


@pytest.mark.parametrize("form", ["json", "csv", *PRODUCERS])
def test_nothing_is_written_outside_the_place_that_was_named(book: Path, tmp_path: Path, form: str) -> None:
    record = project.record(book)
    before = set(tmp_path.rglob("*"))
    place = tmp_path / "there" / f"out.{form}"
    place.parent.mkdir()
    files.write(record, form, place)
    made = set(tmp_path.rglob("*")) - before
    assert made
    assert all(p.is_relative_to(place.parent) for p in made)


def forged(book: Path, change: Callable[[sqlite3.Connection], object]) -> None:
    """Change the log as somebody would who has the file: the triggers are theirs to drop and make again."""
    with closing(sqlite3.connect(book)) as db:
        triggers = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            db.execute(f"DROP TRIGGER {name}")
        change(db)
        for _, sql in triggers:
            db.execute(sql)
        db.commit()


def test_a_forged_log_is_refused_and_one_that_was_chained_anew_has_another_head(book: Path) -> None:
    event = project.record(book).events[0].id
    assert run("review", "reject", str(book), event, "--by", "Ines", "--why", "told twice").exit_code == 0
    with Store(book) as store:
        head = store.head()
    kept = shutil.copy(book, book.parent / "kept")
    forged(book, lambda db: db.execute("UPDATE decision SET body = replace(body, 'Ines', 'Otto')"))
    with Store(book) as store, pytest.raises(StoreError, match="altered"):
        store.decisions()
    shutil.copy(kept, book)
    forged(book, lambda db: db.execute("DELETE FROM decision"))
    with Store(book) as store:
        # Nothing in the file can tell that the log once was longer; whoever noted its head can.
        assert store.decisions() == []
        assert store.head() != head


def test_a_record_with_an_id_that_climbs_is_not_taken_from_json_either(book: Path, tmp_path: Path) -> None:
    place = tmp_path / "x.json"
    files.write(project.record(book), "json", place)
    first = project.record(book).documents[0].id
    place.write_text(place.read_text().replace(first, "../climbed"))
    with pytest.raises(InputError):
        files.read(place)
    assert isinstance(project.record(book), Record)
