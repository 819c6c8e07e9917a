"""Full disks, folders that cannot be written, two who write at once, clocks that go back: nothing is lost."""

import ctypes
import io
import multiprocessing
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests import pile

from sourcebook import project
from sourcebook.errors import StoreError
from sourcebook.export import json as exporting
from sourcebook.model import Verdict
from sourcebook.project import reviewing
from sourcebook.store.store import Store

#: From linux/prctl.h and linux/capability.h.
PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 24, 1, 2


def limited(size: int) -> None:
    """No file may grow beyond `size` bytes: what a full disk looks like to the program."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def without_override() -> None:
    """Root may read and write everywhere: give that up, for the program that is started next."""
    if os.geteuid() == 0:
        libc = ctypes.CDLL(None)
        assert libc.prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0) == 0
        assert libc.prctl(PR_CAPBSET_DROP, CAP_DAC_READ_SEARCH, 0, 0, 0) == 0


def sourcebook(*arguments: str, before: Callable[[], None] | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "sourcebook", *arguments]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    return subprocess.run(
        command, capture_output=True, text=True, timeout=120, env=environment, preexec_fn=before, check=False
    )


def exported(path: Path) -> bytes:
    out = io.BytesIO()
    exporting.export(project.record(path), out)
    return out.getvalue()


def reject_first(path: Path, size: int) -> None:
    """Decide under a limit on the size of files; the exit code tells whether the decision was kept."""
    limited(size)
    event = project.record(path).events[0].id
    signed = ("Reader", datetime(2031, 6, 1, tzinfo=UTC), "")
    try:
        reviewing.decide(path, Verdict.REJECT, (event,), signed=signed)
    except StoreError as error:
        sys.exit(1 if "make room on the disk" in str(error) else 2)


def test_wherever_the_disk_is_full_a_decision_is_kept_whole_or_refused_whole(tmp_path: Path) -> None:
    book = pile.copy(tmp_path)
    content, before = book.read_bytes(), exported(book)
    outcomes = set()
    for size in range(8192, len(content) + 10 * 8192, 5 * 8192):
        book.write_bytes(content)
        child = multiprocessing.get_context("fork").Process(target=reject_first, args=(book, size))
        child.start()
        child.join(60)
        outcomes.add(child.exitcode)
        with Store(book) as store:
            assert store.damage() == []
            assert len(store.decisions()) == (1 if child.exitcode == 0 else 0)
        assert child.exitcode == 0 or exported(book) == before
    assert outcomes == {0, 1}


def test_a_build_on_a_full_disk_says_so_and_goes_on_when_there_is_room(tmp_path: Path) -> None:
    folder, book = pile.write(tmp_path), tmp_path / "x.sourcebook"
    full = sourcebook(
        "build", str(folder), "-o", str(book), "-q", "--workers", "0", before=lambda: limited(20 * 8192)
    )
    assert full.returncode == 1
    assert "make room on the disk" in full.stderr
    assert "Traceback" not in full.stderr
    project.build([folder], book, config=pile.QUICK)
    assert exported(book) == exported(pile.copy(tmp_path))


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    """A sourcebook that everybody may read and only its owner may write."""
    book = pile.copy(tmp_path)
    book.chmod(0o444)
    book.parent.chmod(0o555)
    return book


def test_a_sourcebook_in_a_read_only_folder_can_be_read(locked: Path) -> None:
    shown = sourcebook("events", str(locked), before=without_override)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "Tarvela" in shown.stdout


def test_a_decision_on_a_read_only_sourcebook_is_refused_and_says_why(locked: Path) -> None:
    event = project.record(locked).events[0].id
    refused = sourcebook("review", "reject", str(locked), event, "--by", "Reader", before=without_override)
    assert refused.returncode == 1
    assert "check the permissions" in refused.stderr


def test_a_file_without_permission_is_a_row(tmp_path: Path) -> None:
    folder = pile.write(tmp_path)
    (folder / "courier.txt").chmod(0)
    command = ("build", str(folder), "-o", str(tmp_path / "x.sourcebook"), "--workers", "0")
    built = sourcebook(*command, before=without_override)
    assert built.returncode == 3
    assert "courier.txt: no permission to read it" in built.stderr


def test_two_builds_of_one_file_at_once_leave_what_one_would(tmp_path: Path) -> None:
    folder, book = pile.write(tmp_path), tmp_path / "x.sourcebook"
    words = ["build", str(folder), "-o", str(book), "-q", "--workers", "0"]
    command = [sys.executable, "-m", "sourcebook", *words]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    both = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) for _ in range(2)]
    said = [process.communicate(timeout=120)[1] for process in both]
    assert 0 in [process.returncode for process in both]
    for process, words in zip(both, said, strict=True):
        assert process.returncode == 0 or "in use by another program" in words, words
    project.build([folder], book, config=pile.QUICK)
    assert exported(book) == exported(pile.copy(tmp_path))


def test_a_clock_that_goes_back_changes_neither_the_order_nor_the_chain(tmp_path: Path) -> None:
    book = pile.copy(tmp_path)
    event = project.record(book).events[0].id
    days = (datetime(2031, 6, 9, tzinfo=UTC), datetime(1999, 1, 1, tzinfo=UTC))
    first = reviewing.decide(book, Verdict.REJECT, (event,), signed=("Reader", days[0], "told twice"))
    second = reviewing.decide(book, Verdict.UNDO, (first.id,), signed=("Reader", days[1], "it was not"))
    with Store(book) as store:
        assert [d.id for d in store.decisions()] == [first.id, second.id]
    assert event in {e.id for e in project.record(book).events}
