"""A damaged sourcebook: what is wrong is said, what can be had back is had back, nothing is passed over."""

import gzip
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from sourcebook.cli import cli
from sourcebook.config import Config
from sourcebook.errors import InputError, NotASourcebook, SourcebookError, StoreError
from sourcebook.project import build, rebuild, record, salvaging, verifying
from sourcebook.store.salvage import KEPT, Salvage, salvage
from sourcebook.store.store import Store

SAMPLE = Path(__file__).parents[1] / "store" / "released" / "schema3.sourcebook.gz"
PAGE = 8192


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    path = tmp_path / "pile.sourcebook"
    path.write_bytes(gzip.decompress(SAMPLE.read_bytes()))
    Store(path).__exit__(None, None, None)
    path.with_name(f"{path.name}-schema3.bak").unlink(missing_ok=True)
    return path


def page_of(path: Path, table: str) -> int:
    with closing(sqlite3.connect(path)) as db:
        return int(
            db.execute(
                "SELECT rootpage FROM sqlite_master WHERE name = ? AND type = 'table'", (table,)
            ).fetchone()[0]
        )


def spoil(path: Path, number: int) -> None:
    """Overwrite a page, counted from 1."""
    content = bytearray(path.read_bytes())
    content[(number - 1) * PAGE : number * PAGE] = b"\xa5" * PAGE
    path.write_bytes(content)


def damage(path: Path) -> None:
    with Store(path) as store:
        if found := store.damage():
            raise StoreError(f"damaged: {found[0]}")


def told(act: Callable[[], None]) -> bool:
    """Whether it fails with one of the package's own errors, which says that the file is damaged."""
    try:
        act()
    except SourcebookError as error:
        return any(word in str(error) for word in ("damaged", "malformed", "not a sourcebook"))
    return False


def test_a_whole_sourcebook_comes_back_as_it_was(whole: Path, tmp_path: Path) -> None:
    build([], whole, config=Config(workers=0))  # the sample's claims are of an older extractor
    before = record(whole)
    saved = salvaging.into(whole, tmp_path / "new.sourcebook")
    assert saved.whole
    assert (saved.files, saved.decisions, saved.lost) == (3, 1, [])
    after = rebuild(tmp_path / "new.sourcebook")
    assert (after.events, after.entities, after.facts) == (before.events, before.entities, before.facts)
    assert after.decisions == before.decisions


def test_what_follows_may_be_lost_without_loss(whole: Path, tmp_path: Path) -> None:
    before = rebuild(whole)
    spoil(whole, page_of(whole, "finding"))
    spoil(whole, page_of(whole, "event"))
    saved = salvaging.into(whole, tmp_path / "new.sourcebook")
    assert saved.whole
    assert rebuild(tmp_path / "new.sourcebook").events == before.events


def test_a_lost_page_of_bytes_is_named_and_the_other_files_come_back(whole: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(whole)) as db:
        (path, content) = db.execute(
            "SELECT path, content FROM file JOIN original USING (sha256) ORDER BY id LIMIT 1"
        ).fetchone()
    damaged = whole.read_bytes().replace(content[:40], b"\xa5" * 40)
    whole.write_bytes(damaged)
    saved = salvaging.into(whole, tmp_path / "new.sourcebook")
    assert saved.lost == [path]
    assert saved.files == 2
    assert "do not match their hash" in next(t.why or "" for t in saved.tables if t.table == "original")


def test_a_lost_decision_is_told_and_the_later_ones_stay(whole: Path, tmp_path: Path) -> None:
    for _ in range(2):
        event = rebuild(whole).events[0].id
        result = CliRunner().invoke(cli, ["review", "reject", str(whole), event, "--by", "Reader"])
        assert result.exit_code == 0, result.output
    with closing(sqlite3.connect(whole)) as db:
        db.execute("DROP TRIGGER decision_is_not_deleted")
        db.execute("DELETE FROM decision WHERE sequence = 2")
        db.commit()
    saved = salvaging.into(whole, tmp_path / "new.sourcebook")
    assert saved.chained_anew
    with Store(tmp_path / "new.sourcebook") as store:
        log = store.decisions()
    assert len(log) == 2
    assert all("[imported n-" in d.why for d in log)


def test_whatever_page_is_lost_nothing_is_passed_over_in_silence(whole: Path, tmp_path: Path) -> None:
    """Each page in turn: what is read is what was there, and what is not is named."""
    good = salvage(whole)
    kept = tmp_path / "kept"
    shutil.copyfile(whole, kept)
    beyond_help = 0
    for number in range(1, len(kept.read_bytes()) // PAGE + 1):
        shutil.copyfile(kept, whole)
        spoil(whole, number)
        try:
            found = salvage(whole)
        except NotASourcebook:
            beyond_help += 1
            continue
        told = {t.table for t in found.tables if t.why}
        bytes_of = {o.path: o.content for o in found.originals}
        assert all(bytes_of.get(o.path, o.content) in (o.content, None) for o in good.originals)
        if found.lost or len(found.originals) < len(good.originals):
            assert told & {"original", "file"}
        assert found.decisions == good.decisions or "decision" in told
        assert found.custody == good.custody or "custody" in told
    assert beyond_help <= 4, "only the table of tables is beyond help"


def test_whatever_page_is_lost_every_command_says_so_or_shows_what_it_showed(whole: Path) -> None:
    build([], whole, config=Config(workers=0))
    event = rebuild(whole).events[0].id
    commands = [
        ("verify",), ("events",), ("stats",), ("contested",), ("coverage",), ("event", event), ("custody",),
        ("doctor",),
        ("skipped",), ("actors",), ("ask", "How many were killed?"),
    ]  # fmt: skip
    good = {words: CliRunner().invoke(cli, [words[0], str(whole), *words[1:]]).output for words in commands}
    kept = whole.read_bytes()
    told = 0
    for number in range(1, len(kept) // PAGE + 1):
        for words in ("verify",), commands[1 + number % (len(commands) - 1)]:
            whole.write_bytes(kept)
            spoil(whole, number)
            result = CliRunner().invoke(cli, [words[0], str(whole), *words[1:]])
            assert isinstance(result.exception, SystemExit | None), (number, words, result.exception)
            assert result.exit_code in (1, 4) or result.output == good[words], (number, words)
            told += bool(result.exit_code)
            if words == ("verify",):
                assert result.exit_code or not set(kept[(number - 1) * PAGE : number * PAGE])
                assert "salvage" in result.output or "backup" in result.output
    assert told > len(kept) // PAGE


def test_verify_says_which_tables_are_damaged_and_what_to_do(whole: Path) -> None:
    spoil(whole, page_of(whole, "custody"))
    checked = verifying.verify(whole)
    assert "table custody" in {f.check for f in checked.findings}
    assert any("sourcebook salvage" in note for note in checked.notes)


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.7, 0.9, 0.99])
def test_a_file_cut_short_is_told_and_what_is_left_is_had(whole: Path, share: float) -> None:
    good = salvage(whole)
    content = whole.read_bytes()
    whole.write_bytes(content[: int(len(content) * share)])
    assert told(lambda: damage(whole))
    found: list[Salvage] = []
    if told(lambda: found.append(salvage(whole))):
        return
    assert set(found[0].decisions) <= set(good.decisions)
    assert all(o.content is None or o in good.originals for o in found[0].originals)
    assert found[0] == good or any(t.why for t in found[0].tables)


def test_another_file_or_none_is_refused(tmp_path: Path, whole: Path) -> None:
    other = tmp_path / "words.txt"
    other.write_text("no database " * 1000)
    with pytest.raises(NotASourcebook):
        salvaging.into(other, tmp_path / "new.sourcebook")
    with pytest.raises(InputError, match="exists already"):
        salvaging.into(whole, other)
    assert other.read_text().startswith("no database")


def test_every_table_that_cannot_be_made_again_is_salvaged() -> None:
    assert set(KEPT) == {
        "setting", "original", "file", "skipped", "decision", "custody", "reference_list",
    }  # fmt: skip


def test_the_command_shows_the_tables_and_says_what_was_lost(whole: Path, tmp_path: Path) -> None:
    spoil(whole, page_of(whole, "original"))
    result = CliRunner().invoke(cli, ["salvage", str(whole), "-o", str(tmp_path / "new.sourcebook")])
    assert result.exit_code == 3
    assert "lost: the bytes of" in result.output
    assert "1 decisions had back" in result.output
