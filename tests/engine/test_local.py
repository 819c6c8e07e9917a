"""Work spread over watched processes: one bad document costs itself only."""

import importlib
import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from sourcebook.engine import local
from sourcebook.engine.local import EngineError, Local
from sourcebook.ports import Done, Job, Limits, Task

HERE = Task(f"{__name__}:misbehaving", b"!")
Call = Callable[[bytes], bytes]


def misbehaving(shared: bytes) -> Call:
    return lambda word: misbehave(word.decode()).encode() + shared


def misbehave(word: str) -> str:
    match word:
        case "raise":
            raise ValueError("bad text")
        case "die":
            os._exit(3)
        case "hang":
            time.sleep(60)
        case "swell":
            return str(len(bytearray(1 << 33)))
    return word.upper()


def jobs(*words: str) -> list[Job]:
    return [Job(f"{n}-{word}", word.encode()) for n, word in enumerate(words)]


def run(task: Task, given: Iterable[Job], *, workers: int = 0, limits: Limits | None = None) -> list[Done]:
    with Local(workers).crew(task, limits or Limits()) as crew:
        return list(crew.run(given))


def by_key(done: list[Done]) -> dict[str, str]:
    found = {d.key: d.why or (d.result or b"").decode() for d in done}
    assert len(found) == len(done)
    return found


def test_in_this_process_an_exception_costs_its_own_job_only() -> None:
    found = by_key(run(HERE, jobs("one", "raise", "two")))
    assert found == {"0-one": "ONE!", "1-raise": "ValueError: bad text", "2-two": "TWO!"}


def test_a_worker_that_dies_hangs_swells_or_raises_costs_one_job() -> None:
    limits = Limits(seconds=1.0, memory=1 << 32)
    words = ("one", "die", "two", "hang", "raise", "swell", "three")
    found = by_key(run(HERE, jobs(*words), workers=2, limits=limits))
    assert found["0-one"] == "ONE!"
    assert found["2-two"] == "TWO!"
    assert found["6-three"] == "THREE!"
    assert found["1-die"] == "the worker died (exit code 3)"
    assert found["3-hang"] == "not done after 1 s"
    assert found["4-raise"] == "ValueError: bad text"
    assert found["5-swell"].startswith("MemoryError")


def test_no_jobs_start_no_worker() -> None:
    assert run(Task("no.such.module:f"), [], workers=2) == []


def test_a_worker_that_cannot_start_is_an_error_and_not_a_wait() -> None:
    with pytest.raises(EngineError, match="could not start"):
        run(Task("no.such.module:f"), jobs("one"), workers=1)


def killed_at_the_start(shared: bytes) -> Call:
    deaths, _, place = shared.decode().partition(" ")
    marks = Path(place)
    if len(list(marks.iterdir())) < int(deaths):
        (marks / str(os.getpid())).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return lambda word: word


def test_a_worker_that_is_killed_while_it_starts_is_replaced(tmp_path: Path) -> None:
    task = Task(f"{__name__}:killed_at_the_start", f"2 {tmp_path}".encode())
    assert [d.result for d in run(task, jobs("one", "two"), workers=1)] == [b"one", b"two"]


def test_workers_that_are_all_killed_while_they_start_are_an_error(tmp_path: Path) -> None:
    task = Task(f"{__name__}:killed_at_the_start", f"100 {tmp_path}".encode())
    with pytest.raises(EngineError, match="exit code -9"):
        run(task, jobs("one"), workers=1)


def test_a_crew_stays_for_the_next_run() -> None:
    with Local(1).crew(Task(f"{__name__}:naming_itself"), Limits()) as crew:
        first, second = ([d.result for d in crew.run(jobs("one", "two"))] for _ in range(2))
    assert len({*first, *second}) == 1
    assert first[0] != str(os.getpid()).encode()


def marking(shared: bytes) -> Call:
    (Path(shared.decode()) / str(os.getpid())).touch(exist_ok=False)
    return lambda _: str(os.getpid()).encode()


def test_each_worker_loads_what_a_task_needs_once(tmp_path: Path) -> None:
    found = run(Task(f"{__name__}:marking", str(tmp_path).encode()), jobs(*"abcdefgh"), workers=2)
    loaded = [p.name.encode() for p in tmp_path.iterdir()]
    assert len(loaded) <= 2
    assert {d.result for d in found} <= set(loaded)


def multiplying(_: bytes) -> Call:
    numpy = importlib.import_module("numpy")
    square = numpy.ones((600, 600), dtype="float32")

    def threads(_: bytes) -> bytes:
        square @ square
        return str(len([*Path("/proc/self/task").iterdir()])).encode()

    return threads


@pytest.mark.skipif(sys.platform != "linux", reason="counts threads in /proc")
def test_a_worker_computes_on_one_thread() -> None:
    assert [d.result for d in run(Task(f"{__name__}:multiplying"), jobs("one"), workers=1)] == [b"1"]


def test_a_worker_that_has_done_enough_is_replaced() -> None:
    with Local(1).crew(Task(f"{__name__}:naming_itself"), Limits(jobs=2)) as crew:
        found = [d.result for d in crew.run(jobs("one", "two", "three", "four", "five"))]
    assert len(found) == 5
    assert len(set(found)) == 3


def test_jobs_are_taken_from_their_source_only_as_workers_become_free() -> None:
    taken = []

    def source() -> Iterator[Job]:
        for job in jobs(*map(str, range(20))):
            taken.append(job.key)
            yield job

    with Local(1).crew(HERE, Limits()) as crew:
        run_of = crew.run(source())
        next(run_of)
        assert len(taken) <= 4
        assert len(list(run_of)) == 19


def test_large_items_do_not_lock_up_parent_and_worker() -> None:
    given = [Job(str(n), b"x" * (1 << 20)) for n in range(6)]
    found = run(HERE, given, workers=1, limits=Limits(seconds=20))
    assert [(d.why, len(d.result or b"")) for d in found] == [(None, (1 << 20) + 1)] * 6


def naming_itself(_: bytes) -> Call:
    return lambda _: str(os.getpid()).encode()


def reaching_out(what: bytes) -> Call:
    return lambda file: reach_out(what.decode(), file.decode())


def reach_out(what: str, file: str) -> bytes:
    try:
        match what:
            case "network":
                socket.create_connection(("127.0.0.1", 9), timeout=1)
            case "program":
                subprocess.run(["true"], check=True)
            case "file":
                Path(file).write_bytes(b"x")
        return b"done"
    except OSError as error:
        return type(error).__name__.encode()


def test_a_sealed_worker_reaches_no_network_and_no_program_and_writes_no_file(tmp_path: Path) -> None:
    limits = Limits(seconds=20, sealed=True)
    target = [Job("x", str(tmp_path / "x").encode())]
    for what in (b"network", b"program", b"file"):
        (found,) = run(Task(f"{__name__}:reaching_out", what), target, workers=1, limits=limits)
        assert found.result == b"PermissionError"
    assert not (tmp_path / "x").exists()


def test_a_worker_whose_program_is_gone_ends_without_a_word(capfd: pytest.CaptureFixture[str]) -> None:
    spawned = multiprocessing.get_context("spawn")
    ours, theirs = spawned.Pipe()
    worker = spawned.Process(target=local._serve, args=(theirs, HERE, Limits()))
    worker.start()
    theirs.close()
    assert ours.poll(60)
    # what it said is left unread, so that the line is reset and does not just end
    ours.close()
    worker.join(30)
    assert (worker.exitcode, capfd.readouterr().err) == (0, "")
