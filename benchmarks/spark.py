"""Whether Spark makes the same record as this machine alone, whatever is killed; ends with 1 if it does not.

Run with PySpark and Java 17 (scripts/spark): python benchmarks/spark.py [--as-of DAY] [--characters N] [COUNT [REPORTS]] [PILE...].

1. Each PILE (the reports of `examples/maresk` unless one is given), and a generated one of COUNT documents (1,000), is built
   from nothing: the digest of the JSON export. `--characters` cuts each generated report after so many.
2. The generated pile is imported once more and rebuilt, by Spark, and built with every answer told twice: rows changed,
   documents held twice.
3. REPORTS made-up reports (20,000 unless given) are linked: the digest of what came back for each pair, and of the events.
4. Files and texts that kill, hang or swell whoever reads them or extracts from them, built by this machine and by Spark.

1 and 3 are done by one local worker, by two, by two of which one is killed in every stage, by Spark, by Spark with a Python
worker killed in every stage, and by Spark with executors of their own of which one is killed in every stage; each says how
many items were done once more because of it.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import NamedTuple

import big_pile
import counted
from event_linking import sketches
from killing import EXECUTOR, PYTHON, WORKER, Killer

from sourcebook import project
from sourcebook.config import Config
from sourcebook.export import json as exporting
from sourcebook.ports import Crew, Done, Job, Limits, Task
from sourcebook.project.engines import engine
from sourcebook.resolve.events import comparing
from sourcebook.resolve.events.link import link
from sourcebook.resolve.rulings import Rulings

EXAMPLE = Path(__file__).parents[1] / "examples" / "maresk" / "reports"
#: Pairs in one item, so few that every worker has its share.
_BATCH = 200
#: Two executors of their own in this machine, one core and a gigabyte each.
_EXECUTORS = "local-cluster[2,1,1024]"
#: Documents of the pile with poison, beside the six that are poison.
_SOUND = 60


class Way(NamedTuple):
    """One way to do the same work: who does it, and what is killed at its work."""

    name: str
    engine: str
    workers: int
    master: str = ""
    killed: bytes = b""

    @property
    def config(self) -> Config:
        return Config(engine=self.engine, workers=self.workers, shared_pairs=1)


WAYS = (
    Way("local, 1 worker", "counted-local", 1),
    Way("local, 2 workers", "counted-local", 2),
    Way("local, a worker killed", "counted-local", 2, killed=WORKER),
    Way("Spark", "counted-spark", 2),
    Way("Spark, a Python worker killed", "counted-spark", 2, killed=PYTHON),
    Way("Spark, an executor killed", "counted-spark", 2, _EXECUTORS, EXECUTOR),
)
SPARK = WAYS[3]


def digest(*parts: bytes) -> str:
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]


def exported(book: Path) -> bytes:
    out = io.BytesIO()
    exporting.export(project.record(book), out)
    return out.getvalue()


def done_by(way: Way, work: Callable[[Config], str], unit: str, count: int) -> str:
    """What some work gave, its digest and its rate printed; something is killed meanwhile if the way says so."""
    os.environ["SPARK_MASTER"] = way.master
    for file in Path(os.environ[counted.FOLDER]).iterdir():
        file.unlink()
    killer = Killer(way.killed, count) if way.killed else None
    began = time.monotonic()
    with killer or nullcontext():
        made = work(way.config)
    took = time.monotonic() - began
    print(f"  {way.name:<30} {made}  {took:7.1f} s  {count / took:7.1f} {unit} a second", flush=True)
    for stage, tally in counted.tallies().items():
        if not tally.given:
            continue  # this machine reads plain text without a worker
        told = killer.told.get(stage, "was over before anything could be killed") if killer else ""
        again = f"{tally.calls - tally.given} done once more, {tally.twice} answered twice"
        print(f"    {stage:<10} {tally.given:>6,} items, {again}{told and '; '}{told}", flush=True)
    return made


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


def linkage(reports: int) -> bool:
    """Pairs compared in every way."""
    print(f"{reports:,} made-up reports linked; load {os.getloadavg()[0]:.1f}", flush=True)
    made = {done_by(way, lambda config: linked(config, reports), "reports", reports) for way in WAYS}
    print(f"  the same: {len(made) == 1}", flush=True)
    return len(made) == 1


def piles(folder: Path, given: Iterable[Path], as_of: date | None) -> bool:
    """Every pile built in every way; the sourcebook made by Spark of the last one stays."""
    right = True
    for pile in given:
        documents = sum(1 for p in pile.rglob("*") if p.is_file())
        load = f"load {os.getloadavg()[0]:.1f}"
        print(f"{pile.name}, {documents:,} documents, built: digest of the JSON export; {load}", flush=True)
        made = set()
        for way in WAYS:
            book = folder / f"{way.name}.sourcebook"
            book.unlink(missing_ok=True)

            def build(config: Config, pile: Path = pile, book: Path = book) -> str:
                project.build([pile], book, as_of=as_of, config=config)
                return digest(exported(book))

            made.add(done_by(way, build, "documents", documents))
        print(f"  the same: {len(made) == 1}", flush=True)
        right &= len(made) == 1
    return right


def rows(book: Path) -> set[tuple[object, ...]]:
    """Every row of every table, with the table's name."""
    found: set[tuple[object, ...]] = set()
    with sqlite3.connect(f"file:{book}?mode=ro", uri=True) as db:
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            found |= {(table, *row) for row in db.execute(f"SELECT * FROM {table}")}
    return found


def held_twice(book: Path) -> int:
    """Documents of a path and bytes that are there more than once, and documents with two extractions."""
    with sqlite3.connect(f"file:{book}?mode=ro", uri=True) as db:
        (files,) = db.execute("SELECT count(*) - count(DISTINCT path || ' ' || sha256) FROM file").fetchone()
        query = "SELECT count(*) - count(DISTINCT document) FROM extraction"
        (extractions,) = db.execute(query).fetchone()
        ((documents, texts),) = db.execute("SELECT count(*), count(DISTINCT id) FROM document")
    return int(files + extractions + documents - texts)


def again(folder: Path, pile: Path, as_of: date | None) -> bool:
    """Imported once more, rebuilt, and built with every answer told twice: whether any row changes."""
    os.environ["SPARK_MASTER"] = ""
    book = folder / f"{SPARK.name}.sourcebook"
    first, right = rows(book), True

    def tell(what: str, now: set[tuple[object, ...]], twice: int) -> bool:
        changed = len(first ^ now)
        print(f"  {what}: {len(now):,} rows, rows changed: {changed}, documents twice: {twice}", flush=True)
        return not changed and not twice

    print(f"the sourcebook of {pile.name} that Spark made", flush=True)
    right &= tell("as built", rows(book), held_twice(book))
    report = project.build([pile], book, as_of=as_of, config=SPARK.config)
    print(f"    new files {report.new}, unchanged {report.unchanged}, extracted again {report.extracted}")
    right &= tell("imported once more", rows(book), held_twice(book))
    project.rebuild(book, SPARK.config)
    right &= tell("rebuilt", rows(book), held_twice(book))
    told_twice = folder / "twice.sourcebook"
    project.build([pile], told_twice, as_of=as_of, config=Config(engine="stuttering"))
    right &= tell("built with every answer told twice", rows(told_twice), held_twice(told_twice))
    return right


def poisoned(folder: Path) -> Path:
    """A pile with six files among it that are poison, three to the reader and three to the extractor."""
    pile = folder / "poisoned"
    big_pile.write(pile, _SOUND)
    for stage in ("read", "extract"):
        for how in counted.KINDS:
            place = pile / f"poison-{stage}-{how}.txt"
            place.write_text(
                f"{counted.POISON.format(stage=stage, how=how)}\n\nTwo people were killed in Ost.\n"
            )
    return pile


def poison(folder: Path) -> bool:
    """Whether poison costs itself only, and the same, whoever builds."""
    pile, made = poisoned(folder), {}
    limits = {"seconds": 45.0, "read_seconds": 20.0, "memory_mb": 3000, "read_memory_mb": 1500}
    print(f"{_SOUND} documents and 6 that are poison", flush=True)
    for way in (WAYS[1], SPARK):
        book = folder / f"poisoned-{way.engine}.sourcebook"
        config = Config(
            engine=way.engine, workers=2, reader="poisoned", extractor="poisoned", shared_pairs=1, **limits
        )

        def build(_: Config, book: Path = book, config: Config = config) -> str:
            project.build([pile], book, config=config)
            return digest(exported(book))

        made[done_by(way, build, "documents", _SOUND + 6)] = book
    (book, *_) = made.values()
    with sqlite3.connect(f"file:{book}?mode=ro", uri=True) as db:
        (sound,) = db.execute("SELECT count(*) FROM extraction WHERE outcome = 'done'").fetchone()
        out = db.execute("SELECT path, stage, why FROM skipped ORDER BY path").fetchall()
    for path, stage, why in out:
        print(f"    quarantined: {path} ({stage}): {why}")
    print(
        f"  finished: {sound} of the {_SOUND} others; the same record by both: {len(made) == 1}", flush=True
    )
    want = [f"poison-{stage}-{how}.txt" for stage in ("extract", "read") for how in sorted(counted.KINDS)]
    return len(made) == 1 and sound == _SOUND and [path for path, *_ in out] == want


def main() -> int:
    """Every proof in turn."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--as-of", type=date.fromisoformat)
    parser.add_argument("--characters", type=int, default=10_000)
    parser.add_argument("given", nargs="*")
    asked = parser.parse_args()
    numbers = [int(a) for a in asked.given if a.isdigit()]
    count, reports = (*numbers, *(1000, 20_000)[len(numbers) :])
    given = [Path(a) for a in asked.given if not a.isdigit()] or [EXAMPLE]
    with tempfile.TemporaryDirectory(prefix="sourcebook-bench-") as where:
        folder = Path(where)
        os.environ[counted.FOLDER] = str(folder / "counts")
        (folder / "counts").mkdir()
        counted.install(folder / "plugins")
        generated = folder / "generated"
        size = big_pile.write(generated, count, longest=asked.characters)
        print(f"generated: {count:,} documents of {size / count / 1000:.1f} kB", flush=True)
        right = {
            "exports are the same": piles(folder, [*given, generated], asked.as_of),
            "no row changes, no document is there twice": again(folder, generated, asked.as_of),
            "linkage is the same": linkage(reports),
            "poison costs itself only": poison(folder),
        }
    for what, is_so in right.items():
        print(f"{what}: {is_so}")
    return 0 if all(right.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
