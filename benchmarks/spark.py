"""Whether Spark makes the same record as this machine alone, whatever is killed; ends with 1 if it does not.

Run with PySpark and Java 17 (scripts/spark): python benchmarks/spark.py [COUNT [REPORTS]] [PILE...].
Each pile, and a generated one of COUNT documents (100 unless given), is built with one local worker, with two and
by Spark, then with a Python worker of Spark's killed at its work and with an executor killed: digests of the JSON
exports. The same for comparing the pairs of REPORTS made-up reports (20,000 unless given): digests of what came
back for each pair, and of the events made of it. Then the pile is imported once more, and items that kill, hang or
swell their worker go through.
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
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import NamedTuple

import big_pile
from event_linking import sketches
from scaling import family

from sourcebook import project
from sourcebook.config import Config
from sourcebook.engine.spark import Spark
from sourcebook.export import json as exporting
from sourcebook.ports import Crew, Done, Job, Limits, Task
from sourcebook.project.engines import engine
from sourcebook.resolve.events import comparing
from sourcebook.resolve.events.link import link
from sourcebook.resolve.rulings import Rulings

#: Pairs in one item, so few that every worker has its share.
_BATCH = 200
#: Two executors of their own in this machine, one core and a gigabyte each.
_EXECUTORS = "local-cluster[2,1,1024]"


class Way(NamedTuple):
    """One way to do the same work: who does it, and what is killed at its work (part of a command line)."""

    name: str
    engine: str
    workers: int
    master: str = ""
    killed: bytes = b""

    @property
    def config(self) -> Config:
        return Config(engine=self.engine, workers=self.workers, shared_pairs=1)


WAYS = (
    Way("local, 1 worker", "local", 1),
    Way("local, 2 workers", "local", 2),
    Way("Spark, 2 workers", "spark", 2),
)
KILLED = (
    Way("Spark, a Python worker killed", "spark", 2, killed=b"pyspark.daemon"),
    Way("Spark, an executor killed", "spark", 2, _EXECUTORS, b"CoarseGrainedExecutorBackend"),
)


def digest(*parts: bytes) -> str:
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]


def exported(book: Path) -> str:
    """The digest of the JSON export."""
    out = io.BytesIO()
    exporting.export(project.record(book), out)
    return digest(out.getvalue())


def done_by(way: Way, work: Callable[[Config], str], unit: str, count: int) -> str:
    """What some work gave, its digest and its rate printed; something is killed meanwhile if the way says so."""
    os.environ["SPARK_MASTER"] = way.master
    killer = Killer(way.killed) if way.killed else nullcontext()
    began = time.monotonic()
    with killer:
        made = work(way.config)
    took = time.monotonic() - began
    print(f"  {way.name:<30} {made}  {took:7.1f} s  {count / took:9.1f} {unit} a second", flush=True)
    return made


class Killer:
    """Kills one process of Spark's that is at work, told by its command line, for the time of a `with`."""

    def __init__(self, command: bytes) -> None:
        self._command = command
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._hunt, daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _hunt(self) -> None:
        while not self._over.wait(0.1):
            for process in family(os.getpid()):
                if self._command in _command(process) and (worker := _at_work(process)):
                    killed = worker if self._command == b"pyspark.daemon" else process
                    os.kill(killed, signal.SIGKILL)
                    print(f"    killed {killed} at its work", flush=True)
                    return
        print("    nothing was killed: the work was over too soon", flush=True)


def _at_work(process: int) -> int | None:
    """A process below this one that has supervised workers of ours, long enough to have been given something."""
    for one in family(process):
        children = [c for c in family(one) if c != one]
        if any(
            b"spawn_main" in _command(c) and _seconds(c) > 0.5 for c in children
        ) and b"daemon" in _command(one):
            workers = [c for c in children if b"daemon" in _command(c)]
            return workers[-1] if workers else None
    return None


def _command(process: int) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""


def _seconds(process: int) -> float:
    """Seconds of a processor that a process has used."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Recording:
    """A crew whose answers are kept, to take their digest."""

    def __init__(self, crew: Crew) -> None:
        self._crew = crew
        self.answers: list[bytes] = []

    def run(self, jobs: Iterable[Job], /) -> Iterator[Done]:
        run = len(self.answers)
        found = sorted(self._crew.run(jobs), key=lambda d: int(d.key))
        self.answers += [f"{run} {d.key} {d.why}".encode() + (d.result or b"") for d in found]
        yield from found


def linked(config: Config, count: int) -> str:
    """Digests of what came back for each pair, and of the groups, links and proposals made of it."""
    task = Task(comparing.PREPARE)
    with engine(config).crew(task, Limits(seconds=600)) as crew:
        recorded = Recording(crew)
        made = link([], sketches(count), Rulings(), compare=comparing.Shared(recorded, 1, _BATCH))
    told = repr((made.groups, made.used, made.proposed)).encode()
    return f"{len(recorded.answers)} batches {digest(*recorded.answers)} events {digest(told)}"


def rows(book: Path) -> str:
    """A digest of every row of evidence and claims."""
    found = []
    with sqlite3.connect(f"file:{book}?mode=ro", uri=True) as db:
        for table in "original file source document extraction mention claim custody skipped".split():
            found += [
                repr(row).encode() for row in db.execute(f"SELECT rowid, * FROM {table} ORDER BY rowid")
            ]
    return digest(*found)


def poison() -> bool:
    """Items that kill, hang or swell come back with the reason, all others with their result, each once."""
    bad = {7: b"die", 30: b"hang", 55: b"swell"}
    jobs = [Job(f"{n:03d}", bad.get(n, b"word")) for n in range(150)]
    os.environ["SPARK_MASTER"] = ""
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


def built(pile: Path, folder: Path, config: Config) -> str:
    """The digest of the export of a new sourcebook."""
    folder.mkdir()
    project.build([pile], folder / "built.sourcebook", config=config)
    return exported(folder / "built.sourcebook")


def piles(folder: Path, given: list[Path], count: int) -> bool:
    """Every pile built in every way."""
    right = True
    big_pile.write(folder / "generated", count)
    for n, pile in enumerate([*given, folder / "generated"]):
        documents = sum(1 for p in pile.rglob("*") if p.is_file())
        print(f"{pile.name}, {documents} documents: digest of the JSON export", flush=True)
        made = set()
        for way in WAYS + KILLED * (pile == folder / "generated"):
            place = folder / f"{n}-{way.name}"
            made.add(
                done_by(way, lambda config, p=pile, to=place: built(p, to, config), "documents", documents)
            )
        print(f"  the same: {len(made) == 1}", flush=True)
        right &= len(made) == 1
    return right


def again(folder: Path) -> bool:
    """Whether importing once more leaves every row as it was."""
    (book,) = folder.glob(f"*-{KILLED[-1].name}/built.sourcebook")
    os.environ["SPARK_MASTER"] = ""
    before = rows(book)
    project.build([folder / "generated"], book, config=WAYS[-1].config)
    return rows(book) == before


def main() -> int:
    """Every proof in turn."""
    numbers = [int(a) for a in sys.argv[1:] if a.isdigit()]
    count, reports = (*numbers, *(100, 20_000)[len(numbers) :])
    given = [Path(a) for a in sys.argv[1:] if not a.isdigit()]
    with tempfile.TemporaryDirectory(prefix="sourcebook-bench-") as where:
        print(f"{reports:,} made-up reports linked; load {os.getloadavg()[0]:.1f}", flush=True)
        pairs = {
            done_by(way, lambda config: linked(config, reports), "reports", reports) for way in WAYS + KILLED
        }
        print(f"  the same: {len(pairs) == 1}", flush=True)
        right = len(pairs) == 1 and piles(Path(where), given, count)
        unchanged = again(Path(where))
        print(f"imported once more, no row changed: {unchanged}", flush=True)
        apart = poison()
        print(f"poison quarantined within its task: {apart}")
    return 0 if right and unchanged and apart else 1


if __name__ == "__main__":
    sys.exit(main())
