"""What is killed in mid-job for `benchmarks/spark.py`: one process of each stage, when a third of its items were begun."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import counted
from scaling import family

#: What may be killed, by a word of its command line.
WORKER, PYTHON, EXECUTOR = b"spawn_main", b"pyspark.daemon", b"CoarseGrainedExecutorBackend"
NAMES = {WORKER: "a supervised worker", PYTHON: "a Python worker of Spark", EXECUTOR: "an executor"}


class Killer:
    """Kills such a process once in every stage, for the time of a `with`; what it did is in `told`.

    `items` is how many a stage will have, for an engine that takes them as it goes.
    """

    def __init__(self, what: bytes, items: int) -> None:
        self._what = what
        self._items = items
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._hunt, daemon=True)
        self.told: dict[str, str] = {}

    def __enter__(self) -> Killer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _hunt(self) -> None:
        while not self._over.wait(0.1):
            for stage, tally in counted.tallies().items():
                begun, given = tally.calls, tally.given
                # Of five documents the second, of a thousand the 334th.
                most = given if stage == "comparing" else max(given, self._items)
                if stage in self.told or not begun or begun * 3 < most:
                    continue
                if (victim := next(working(self._what), None)) is not None:
                    os.kill(victim, signal.SIGKILL)
                    self.told[stage] = f"killed {NAMES[self._what]} with {begun:,} of {given:,} begun"


def working(what: bytes) -> Iterator[int]:
    """Processes of a kind that have a supervised worker under them, or are one; last started first."""
    everything = sorted(family(os.getpid()), reverse=True)
    for process in everything:
        if WORKER in command(process):
            above: int | None = process
            while above is not None and what not in command(above):
                above = _parent(above)
            if above is not None:
                yield above


def command(process: int) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""


def _parent(process: int) -> int | None:
    try:
        parent = int(Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[1])
    except (OSError, ValueError, IndexError):
        return None
    return parent if parent > 1 else None
