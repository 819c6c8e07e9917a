"""What Spark costs, in the figures that docs/guide/large-piles.md plans with. Run with PySpark and Java 17:

    python benchmarks/spark_costs.py [COUNT [WORKERS]]        (300 generated reports and 2 workers unless given)

Seconds of a processor, which a shared machine spares less than the clock's, where it is said. A session and a job of one
empty item; a task, with the start of its supervised worker; a build of COUNT reports by Spark: bytes out and back for each
document, each partition's seconds and bytes as Spark's own log of events has them, memory of each kind of process, what the
program that was started does itself for each document and stage; long texts.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

import big_pile
import msgspec
from killing import PYTHON, WORKER, command
from scaling import family, share

from sourcebook import project
from sourcebook.config import Config
from sourcebook.engine.spark import Spark, parts, write
from sourcebook.engine.work import prepared
from sourcebook.extract import answering
from sourcebook.ports import Crew, Done, Job, Limits, Sharing, Task
from sourcebook.resolve.resolution import resolve
from sourcebook.store.store import Store

#: Characters of the long texts whose extraction is timed.
LONG = (6_000, 50_000, 200_000)
TASKS = 64


def show(name: str, value: float, unit: str, note: str = "") -> None:
    print(f"  {name:<44} {value:>10,.3f} {unit:<8} {note}".rstrip(), flush=True)


class Memory:
    """The most that any process of a kind had of its own (PSS), in megabytes, while a `with` lasts."""

    KINDS = (
        ("supervised worker", lambda line: WORKER in line),
        ("Python worker of Spark, and its daemon", lambda line: PYTHON in line),
        ("Java", lambda line: b"java" in line.partition(b"\0")[0]),
        ("program that was started", lambda line: b"spark_costs" in line),
    )

    def __init__(self) -> None:
        self.most: dict[str, float] = defaultdict(float)
        self.stage = ""
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Memory:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(0.5):
            for process in family(os.getpid()):
                line = command(process)
                for name, fits in self.KINDS:
                    if fits(line):
                        stage = f"{name}, {self.stage}"
                        self.most[stage] = max(self.most[stage], share(process) / 1024)
                        break


def nothing(_: bytes) -> Callable[[bytes], bytes]:
    """A task that gives back what it is given."""
    return lambda item: item


def timed(crew: Any, jobs: list[Job]) -> float:
    began = time.monotonic()
    done = list(crew.run(jobs))
    assert [d for d in done if d.why] == [], done
    return time.monotonic() - began


def overhead(workers: int) -> None:
    """A session, a job, a task: of nothing."""
    task = Task(f"{Path(__file__).stem}:nothing")
    #: So large that each is a file, and so a task, of its own.
    single = [Job(str(n), bytes(16_000_000)) for n in range(TASKS)]
    with Spark(workers).crew(task, Limits()) as crew:
        first = timed(crew, [Job("0", b"")])
        job = min(timed(crew, [Job("0", b"")]) for _ in range(3))
        many = timed(crew, [Job(str(n), b"") for n in range(64 * TASKS)])
        few = timed(crew, single[:workers])
    show("session, with its first job", first, "s")
    show("each further job, with one task", job, "s", "of which most is the start of a supervised worker")
    show(f"{64 * TASKS:,} empty items", many, "s", f"{many / 64 / TASKS * 1000:.2f} ms an item")
    show(f"{workers} items of 16 MB, one a task", few, "s")


def log_of(folder: Path) -> Iterator[dict[str, Any]]:
    """Spark's events, of all sessions."""
    for file in sorted(
        p for p in folder.rglob("*") if p.is_file() and p.name.startswith(("local", "events"))
    ):
        for line in file.read_text().splitlines():
            yield json.loads(line)


def partitions(folder: Path, stages: list[tuple[float, str]]) -> None:
    """What the log of events says of tasks, by the stage of the build in which they began."""
    found: dict[str, list[tuple[float, int]]] = defaultdict(list)
    jobs: dict[str, list[float]] = defaultdict(list)
    began: dict[int, float] = {}

    def stage_at(when: float) -> str:
        return [name for at, name in stages if at <= when][-1]

    for event in log_of(folder):
        if event["Event"] == "SparkListenerJobStart":
            began[event["Job ID"]] = event["Submission Time"] / 1000
        elif event["Event"] == "SparkListenerJobEnd":
            start = began[event["Job ID"]]
            jobs[stage_at(start)].append(event["Completion Time"] / 1000 - start)
        elif event["Event"] == "SparkListenerTaskEnd":
            told, metrics = event["Task Info"], event["Task Metrics"]
            spent = (told["Finish Time"] - told["Launch Time"]) / 1000
            written = metrics["Output Metrics"]["Bytes Written"]
            if written:  # others only look at the columns of the files
                found[stage_at(told["Launch Time"] / 1000)].append((spent, written))
    for stage, tasks in found.items():
        seconds = [t[0] for t in tasks]
        note = f"mean {statistics.mean(seconds):.1f}, most {max(seconds):.1f} s"
        show(
            f"{stage}: tasks",
            len(tasks),
            "",
            f"{note}; {len(jobs[stage])} jobs with those that look at columns",
        )
        show(f"{stage}: back from workers", sum(t[1] for t in tasks) / 1e6, "MB", "Parquet, compressed")


def sent(book: Path, folder: Path) -> None:
    """What goes out to workers for extraction: Spark counts only what it reads of the files' columns."""
    with Store(book) as store:
        jobs = [Job(d.id, answering.encoded(d)) for d in store.each_document()]
    write(parts(iter(jobs)), folder)
    size = sum(file.stat().st_size for file in folder.iterdir())
    show("extracting: out to workers", size / 1e6, "MB", "Parquet, compressed")


def build(folder: Path, count: int, workers: int) -> None:
    """A build by Spark, looked at from all sides."""
    pile, book, log = folder / "pile", folder / "built.sourcebook", folder / "log"
    size = big_pile.write(pile, count)
    print(
        f"{count:,} reports of {size / count / 1000:.1f} kB, {workers} workers; load {os.getloadavg()[0]:.1f}"
    )
    log.mkdir()
    (folder / "conf").mkdir()
    (folder / "conf" / "spark-defaults.conf").write_text(
        f"spark.eventLog.enabled true\nspark.eventLog.dir file://{log}\nspark.eventLog.compress false\n"
    )
    os.environ["SPARK_CONF_DIR"] = str(folder / "conf")
    stages: list[tuple[float, str]] = []
    own: dict[str, float] = defaultdict(float)
    last = time.thread_time()  # who looks at memory meanwhile does not count
    with Memory() as memory:

        def tell(stage: str, *_: int) -> None:
            nonlocal last
            now = time.thread_time()
            own[stages[-1][1] if stages else "before"] += now - last
            last = now
            if not stages or stages[-1][1] != stage:
                stages.append((time.time(), stage))
                memory.stage = stage

        tell("reading")
        project.build(
            [pile], book, config=Config(engine="spark", workers=workers, shared_pairs=1), progress=tell
        )
        tell("end")
    for (start, stage), (end, _) in pairwise(stages):
        show(
            f"{stage}: the clock",
            end - start,
            "s",
            f"{count / max(end - start, 1e-9):,.1f} documents a second",
        )
    for stage, seconds in own.items():
        show(f"{stage}: the program itself", seconds / count * 1000, "ms/doc", "of a processor")
    partitions(log, stages)
    sent(book, folder / "sent")
    compared(book)
    for kind, megabytes in sorted(memory.most.items()):
        show(kind, megabytes, "MB", "PSS, the most of one process")
    show("file", book.stat().st_size / count / 1000, "kB/doc")


class Weighing:
    """This process as an engine that compares pairs of events, and weighs what it is given."""

    at_once, is_near = 1, True

    def __init__(self) -> None:
        self.pairs = self.bytes = 0
        self.seconds = 0.0

    @contextmanager
    def crew(self, task: Task, _: Limits, /) -> Iterator[Crew]:
        self._call = prepared(task)
        yield self

    def run(self, jobs: Iterable[Job], /) -> Iterator[Done]:
        for job in jobs:
            self.bytes += len(job.payload)
            self.pairs += len(msgspec.msgpack.decode(job.payload)[1])
            began = time.thread_time()
            made = self._call(job.payload)
            self.seconds += time.thread_time() - began
            yield Done(job.key, made, None)


def compared(book: Path) -> None:
    """What comparing the pairs of events of a sourcebook comes to."""
    with Store(book) as store:
        evidence = store.evidence()
    engine = Weighing()
    resolve(evidence, Sharing(engine, 1))
    pairs, claims = max(engine.pairs, 1), max(len(evidence.claims), 1)
    show("comparing: pairs a claim", pairs / claims, "", f"{claims:,} claims")
    show("comparing: one pair", engine.seconds / pairs * 1e6, "us", "of a processor")
    show("comparing: out to workers", engine.bytes / claims, "B/claim")


EXTRACT = """
import sys, time
from datetime import date
from sourcebook.extract.pipeline import extract
from sourcebook.ports import Context
from sourcebook.extract import answering
from sourcebook.read.kinds import read
from sourcebook.ports import Raw
import big_pile
texts = [text for _, text in big_pile.pile(60)]
extract(next(iter(read(Raw(texts[0].encode(), "a.txt", {}), sequence=0))).document, Context())
for length in map(int, sys.argv[1:]):
    text = "\\n\\n".join(texts)[:length]
    (found,) = read(Raw(text.encode(), f"{length}.txt", {}), sequence=0)
    began = time.process_time()
    made = extract(found.document, Context())
    print(length, time.process_time() - began, len(made.claims), len(answering.encoded(found.document)))
"""


def long_texts() -> None:
    """Seconds for one text, by its length."""
    run = [sys.executable, "-c", EXTRACT, *map(str, LONG)]
    env = os.environ | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    out = subprocess.run(run, check=True, capture_output=True, text=True, env=env).stdout
    for line in out.splitlines():
        length, seconds, claims, _ = line.split()
        show(f"a text of {int(length):,} characters", float(seconds), "s", f"of a processor; {claims} claims")


def main() -> None:
    count, workers = (*map(int, sys.argv[1:]), *(300, 2)[len(sys.argv) - 1 :])
    with tempfile.TemporaryDirectory(prefix="sourcebook-bench-") as where:
        build(Path(where), count, workers)
        os.environ.pop("SPARK_CONF_DIR")
        overhead(workers)
    long_texts()
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    show("this benchmark", sum(u.ru_utime + u.ru_stime for u in used), "s", "of a processor")


if __name__ == "__main__":
    main()
