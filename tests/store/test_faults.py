"""Writes fail in turn, and the program is killed at each: the file is whole, and going on ends the same.

`FAULTS=all pytest tests/store/test_faults.py` tries every single write; else some.
"""

import errno
import gzip
import io
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from tests import pile
from tests.store import faults

from sourcebook import project
from sourcebook.errors import InputError, SourcebookError, StoreError
from sourcebook.export import json as exporting
from sourcebook.model import Decision, Verdict
from sourcebook.project import reviewing, salvaging
from sourcebook.project.verifying import verify
from sourcebook.store.store import Store

RELEASED = sorted((Path(__file__).parent / "released").glob("schema*.sourcebook.gz"))
#: So many places in each work are tried at least, from the first write to the last, evenly.
PLACES = 5
STEP = 1 if os.environ.get("FAULTS") == "all" else PLACES


class Book:
    """A sourcebook as it was before the work, and what it holds after it when nothing fails."""

    def __init__(self, path: Path, work: Callable[[Path], object]) -> None:
        self.path = path
        self.work = work
        self.before = {p: p.read_bytes() for p in path.parent.iterdir() if p.is_file()}
        with faults.failing() as disk:
            work(path)
        self.writes = disk.asked
        self.expected = exported(path)
        self.decisions = log(path)
        self.restore()

    def restore(self) -> None:
        """Everything in the folder as it was."""
        for left in self.path.parent.iterdir():
            if left.is_file() and left not in self.before:
                left.unlink()
        for place, content in self.before.items():
            place.write_bytes(content)

    def places(self) -> range:
        """Writes to fail at: the first, the last, and some between."""
        return range(1, self.writes + 1, 1 if STEP == 1 else max(1, self.writes // PLACES))


def exported(path: Path) -> bytes:
    out = io.BytesIO()
    exporting.export(project.record(path), out)
    return out.getvalue()


def log(path: Path) -> list[Decision]:
    with Store(path) as store:
        assert store.damage() == []
        store.manifest()
        return store.decisions()


def decide(path: Path) -> None:
    """Two decisions, unless they are there."""
    for n in range(len(log(path)), 2):
        event = project.record(path).events[0].id
        reviewing.decide(
            path, Verdict.REJECT, (event,), signed=("Reader", datetime(2031, 6, 1, tzinfo=UTC), str(n))
        )


def build(path: Path) -> None:
    project.build([path.parent / "pile"], path, config=pile.QUICK)


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """In memory where there is such a folder: hundreds of files are waited for here, and no power is cut."""
    with TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as folder:
        yield Path(folder)


@pytest.fixture(params=["review", "build", "rebuild", *(p.name.partition(".")[0] for p in RELEASED[:-1])])
def book(request: pytest.FixtureRequest, tmp_path: Path) -> Book:
    if request.param.startswith("schema"):
        path = tmp_path / "old" / "pile.sourcebook"
        path.parent.mkdir()
        content = gzip.decompress((RELEASED[0].parent / f"{request.param}.sourcebook.gz").read_bytes())
        path.write_bytes(content)
        return Book(path, project.rebuild)
    path = pile.copy(tmp_path)
    if request.param == "build":
        # The second half of a pile, so that there is something to lose.
        (path.parent / "pile" / "more.txt").write_text("Nine people were killed in Velm on 2 May 2031.\n")
        return Book(path, build)
    if request.param == "rebuild":
        decide(path)
        with Store(path) as store:
            store.read(lambda db: db.execute("DELETE FROM derivation"))
        return Book(path, project.rebuild)
    return Book(path, decide)


@pytest.mark.parametrize(("code", "for_good"), [(errno.ENOSPC, False), (errno.EIO, True)])
def test_wherever_a_write_fails_the_file_is_whole_and_the_same_work_then_ends_the_same(
    book: Book, code: int, for_good: bool
) -> None:
    failed = 0
    for number in book.places():
        book.restore()
        with faults.failing(number, code, for_good=for_good):
            try:
                book.work(book.path)
            except (StoreError, InputError):
                failed += 1
        kept = log(book.path)
        assert kept == book.decisions[: len(kept)]
        book.work(book.path)
        assert exported(book.path) == book.expected, number
        assert log(book.path) == book.decisions
    assert failed


def test_an_acknowledged_decision_is_there_wherever_the_program_was_killed_after_it(tmp_path: Path) -> None:
    path = pile.copy(tmp_path)
    content = path.read_bytes()
    event = project.record(path).events[0].id
    signed = ("Reader", datetime(2031, 6, 1, tzinfo=UTC), "")
    outcomes = []
    for number in count(1, STEP):
        path.write_bytes(content)
        with faults.failing(number, errno.EIO, for_good=True) as disk:
            made = None
            with suppress(SourcebookError):
                made = reviewing.decide(path, Verdict.REJECT, (event,), signed=signed)
        assert made is None or log(path) == [made]
        outcomes.append(made is not None)
        if disk.asked < number:
            break
    assert outcomes[-1]
    assert not outcomes[0]
    assert len(outcomes) > 10


def test_a_journal_that_a_killed_program_left_is_played_back(tmp_path: Path) -> None:
    path = pile.copy(tmp_path)
    before, content = exported(path), path.read_bytes()
    left = 0
    for number in range(20, 90, 10):
        path.write_bytes(content)
        with faults.failing(number, errno.EIO, for_good=True), suppress(SourcebookError):
            decide(path)
        if path.with_name(f"{path.name}-journal").exists() and path.read_bytes() != content:
            left += 1
            with Store(path) as store:
                assert store.damage() == []
            assert exported(path) == before
        path.with_name(f"{path.name}-journal").unlink(missing_ok=True)
    assert left, "no kill came between the writing of two pages"


def test_a_lost_journal_is_told_by_verify_where_it_left_the_file_in_between(tmp_path: Path) -> None:
    """Copied without its journal, a file may be half of one state and half of another."""
    path = pile.copy(tmp_path)
    content = path.read_bytes()
    before = exported(path)
    torn = 0
    for number in range(20, 90, 5):
        path.write_bytes(content)
        with faults.failing(number, errno.EIO, for_good=True), suppress(SourcebookError):
            decide(path)
        path.with_name(f"{path.name}-journal").unlink(missing_ok=True)
        if path.read_bytes() == content:
            continue
        try:
            findings = verify(path, config=pile.QUICK).findings
        except SourcebookError:
            torn += 1
            continue
        assert findings or exported(path) == before or log(path)
        torn += bool(findings)
    assert torn


def test_what_is_had_back_is_whole_or_not_there_wherever_the_disk_is_full(tmp_path: Path) -> None:
    path = pile.copy(tmp_path)
    out = tmp_path / "new.sourcebook"
    expected = exported(path)
    with faults.failing() as disk:
        salvaging.into(path, out, config=pile.QUICK)
    writes = disk.asked
    for number in range(1, writes, writes // 6):
        for left in tmp_path.glob("new.sourcebook*"):
            left.unlink()
        with faults.failing(number, for_good=True), pytest.raises(SourcebookError):
            salvaging.into(path, out, config=pile.QUICK)
        assert exported(path) == expected
    shutil.rmtree(path.parent)
