"""Whether Spark makes the same record as this machine alone, whatever is killed; ends with 1 if it does not.

Run with PySpark and Java 17 (pip install 'sourcebook[spark]'): python benchmarks/spark.py [COUNT] [PILE...].
Each pile, and a generated one of COUNT documents (100 unless given), is built by the local engine and by
Spark, and the digests of the JSON exports are compared. Then one Python worker of Spark is killed while it
extracts, the pile is imported once more, and items that kill, hang or swell their worker go through.
"""

from __future__ import annotations

import hashlib
import io
import os
import signal
import sqlite3
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import big_pile

from sourcebook import project
from sourcebook.config import Config
from sourcebook.engine.spark import Spark
from sourcebook.export import json as exporting
from sourcebook.ports import Job, Limits, Task

SPARK, LOCAL = Config(engine="spark", workers=2), Config(workers=2)


def exported(book: Path) -> str:
    """The digest of the JSON export."""
    out = io.BytesIO()
    exporting.export(project.record(book), out)
    return hashlib.sha256(out.getvalue()).hexdigest()


def timed(pile: Path, book: Path, config: Config) -> float:
    began = time.monotonic()
    project.build([pile], book, config=config)
    return time.monotonic() - began


def rows(book: Path) -> str:
    """A digest of every row of evidence and claims."""
    digest = hashlib.sha256()
    db = sqlite3.connect(f"file:{book}?mode=ro", uri=True)
    for table in (
        "original",
        "file",
        "source",
        "document",
        "extraction",
        "finding",
        "custody",
        "skipped",
    ):
        for row in db.execute(f"SELECT rowid, * FROM {table} ORDER BY rowid"):
            digest.update(repr(row).encode())
    db.close()
    return digest.hexdigest()


def kill_a_worker(after: float) -> threading.Thread:
    """Kills one Python process of Spark's once there is one and some seconds have passed."""

    def hunt() -> None:
        deadline = time.monotonic() + 300
        seen: dict[int, float] = {}
        while time.monotonic() < deadline:
            daemons = [p for p in _children(os.getpid()) if b"pyspark.daemon" in _command(p)]
            workers = [w for p in daemons for w in _children(p, deep=False)]
            # one with a child of its own is at work: the child is the supervised process
            busy = [w for w in workers if _children(w, deep=False)]
            for worker in busy:
                if time.monotonic() - seen.setdefault(worker, time.monotonic()) > after:
                    os.kill(worker, signal.SIGKILL)
                    print(f"  killed Python worker {worker} at its work", flush=True)
                    return
            time.sleep(0.2)
        print("  found no worker to kill")

    thread = threading.Thread(target=hunt, daemon=True)
    thread.start()
    return thread


def _command(process: int) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""


def _children(process: int, *, deep: bool = True) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rsplit(")", 1)[1].split()[1])
        except (OSError, ValueError, IndexError):
            continue
        if parent == process:
            found.append(int(stat.parent.name))
    return found + [c for p in found for c in _children(p)] if deep else found


def poison() -> bool:
    """Items that kill, hang or swell come back with the reason, all others with their result, each once."""
    bad = {7: b"die", 30: b"hang", 55: b"swell"}
    jobs = [Job(f"{n:03d}", bad.get(n, b"word")) for n in range(150)]
    with Spark(2).crew(
        Task(f"{Path(__file__).stem}:misbehaving"), Limits(seconds=10, memory=2 << 30)
    ) as crew:
        done = list(crew.run(jobs))
    why = {d.key: d.why for d in done if d.why}
    print(f"  {len(done)} answers, {len({d.key for d in done})} of them different; quarantined: {why}")
    return sorted(d.key for d in done) == [j.key for j in jobs] and set(why) == {f"{n:03d}" for n in bad}


def misbehaving(_: bytes) -> Callable[[bytes], bytes]:
    """What `poison` has done with each item."""

    def do(word: bytes) -> bytes:
        if word == b"die":
            os._exit(9)
        if word == b"hang":
            time.sleep(1000)
        return word + bytes(1 << 40 if word == b"swell" else 0)

    return do


def main() -> int:
    """Every proof in turn."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    right = True
    with tempfile.TemporaryDirectory(prefix="sourcebook-bench-") as where:
        folder = Path(where)
        big_pile.write(folder / "generated", count)
        for n, pile in enumerate([*map(Path, sys.argv[2:]), folder / "generated"]):
            local, spark = folder / f"{n}-local.sourcebook", folder / f"{n}-spark.sourcebook"
            took = timed(pile, local, LOCAL), timed(pile, spark, SPARK)
            same = exported(local) == exported(spark)
            print(
                f"{pile.name}: local {took[0]:.1f} s, Spark {took[1]:.1f} s, same export: {same}", flush=True
            )
            right &= same
        killed = folder / "killed.sourcebook"
        hunter = kill_a_worker(after=10)
        took_killed = timed(folder / "generated", killed, SPARK)
        hunter.join(1)
        same = exported(killed) == exported(local)
        print(f"a worker killed in mid-job: {took_killed:.1f} s, same export: {same}", flush=True)
        before = rows(killed)
        timed(folder / "generated", killed, SPARK)
        again = rows(killed) == before
        print(f"imported once more, no row changed: {again}", flush=True)
        apart = poison()
        print(f"poison quarantined within its task: {apart}")
        right &= same and again and apart
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
