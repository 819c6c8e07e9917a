"""Work spread over watched processes: one bad document costs itself only."""

import os
import socket
import subprocess
import time
from pathlib import Path

import pytest

from sourcebook.engine.local import Crew, Done, EngineError, Job, Limits, run

HERE = f"{__name__}:misbehave"


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
    return [Job(f"{n}-{word}", (word,)) for n, word in enumerate(words)]


def by_key(done: list[Done]) -> dict[str, str]:
    return {d.key: d.why or d.result for d in done}


def test_in_this_process_an_exception_costs_its_own_job_only() -> None:
    found = by_key(list(run(HERE, jobs("one", "raise", "two"))))
    assert found == {"0-one": "ONE", "1-raise": "ValueError: bad text", "2-two": "TWO"}


def test_a_worker_that_dies_hangs_swells_or_raises_costs_one_job() -> None:
    limits = Limits(seconds=1.0, memory=1 << 32)
    found = by_key(
        list(
            run(HERE, jobs("one", "die", "two", "hang", "raise", "swell", "three"), workers=2, limits=limits)
        )
    )
    assert found["0-one"] == "ONE"
    assert found["2-two"] == "TWO"
    assert found["6-three"] == "THREE"
    assert found["1-die"] == "the worker died (exit code 3)"
    assert found["3-hang"] == "not done after 1 s"
    assert found["4-raise"] == "ValueError: bad text"
    assert found["5-swell"].startswith("MemoryError")


def test_no_jobs_start_no_worker() -> None:
    assert list(run("no.such.module:f", [], workers=2)) == []


def test_a_worker_that_cannot_start_is_an_error_and_not_a_wait() -> None:
    with pytest.raises(EngineError, match="could not start"):
        list(run("no.such.module:f", jobs("one"), workers=1))


def test_a_crew_stays_for_the_next_run() -> None:
    with Crew(f"{__name__}:who", workers=1) as crew:
        first, second = ([d.result for d in crew.run(jobs("one", "two"))] for _ in range(2))
    assert len({*first, *second}) == 1
    assert first[0] != os.getpid()


def who(_: str) -> int:
    return os.getpid()


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
    asked = [Job(what, (what, str(tmp_path / "x"))) for what in ("network", "program", "file")]
    found = {d.key: d.result or d.why for d in run(f"{__name__}:reach_out", asked, workers=1, limits=limits)}
    assert found == {"network": b"PermissionError", "program": b"PermissionError", "file": b"PermissionError"}
    assert not (tmp_path / "x").exists()
