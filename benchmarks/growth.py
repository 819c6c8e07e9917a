"""How every stage after the parser grows from 1,000 to 100,000 documents: seconds, memory, size of the file.

Run: python benchmarks/growth.py [COUNT...]; 1,000 and 10,000 unless counts are given. Documents are short news
made here: one sentence that reports an attack and one of other words; one in twelve is a copy with a word more.
What the extractor would find in them is put in, as parsing 100,000 documents takes hours and grows in proportion
(benchmarks/scaling.py). A larger pile is a longer time, not a denser world. Seconds are of the processor, which
a machine shared with others does not falsify much. Then one more document, taken in and settled, a build with
nothing new, text search, backup in three ways, exponents of growth.
"""

from __future__ import annotations

import json
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import islice, pairwise
from math import log
from pathlib import Path

import made_up
from scaling import show

from sourcebook import plugins, project
from sourcebook.config import Config
from sourcebook.ports import Context, Raw, Reading
from sourcebook.project import searching, translating
from sourcebook.project.deriving import derive_into
from sourcebook.project.extracting import extraction_key
from sourcebook.store.extractions import Extracted
from sourcebook.store.store import Store

BEGAN, A_DAY = date(2006, 1, 2), 14
_A_TRANSACTION = 500
_SYLLABLES = "ba den fol gar hin kel lor mun nes pir rad sol tam vek wil yon zar".split()
_MEGABYTES = 1e6
LATER = """Gunmen kill four in market

Haldstad, 3 May 2027 - Gunmen opened fire on a crowded market in Haldstad on Monday, killing four, police said.
"""


def reports(count: int) -> Iterator[made_up.Writer]:
    """So many reports; two of each attack, a week apart, by other outlets."""
    chance = random.Random(31)
    vocabulary = ["".join(chance.choices(_SYLLABLES, k=3)) for _ in range(20_000)]
    groups = [f"{a} {b}" for a in made_up.NAMES for b in made_up.KINDS]
    towns = made_up.towns(made_up.TOWNS)
    attacks: list[dict[str, str]] = []
    last = None
    for n in range(count):
        published = BEGAN + timedelta(days=n // A_DAY)
        made = made_up.Writer(n, published)
        made.path = f"{n // 1000:04}/{n:07}.txt"
        if last is not None and n % 12 == 11:
            made.tell(last[0])
            made.text += last[1] + " " + chance.choice(vocabulary)
        else:
            if n % 2 == 0 or not attacks:
                attacks.append(
                    {
                        "day": (published - timedelta(days=chance.randrange(3))).isoformat(),
                        "group": chance.choice(groups),
                        "killed": str(chance.randrange(1, 60)),
                        "town": chance.choice(towns),
                    }
                )
            told = attacks[-1] if n % 2 == 0 else attacks[max(-A_DAY, -len(attacks))]
            words = " ".join(chance.choices(vocabulary, k=40))
            made.tell(told)
            made.text += words
            last = told, words
        del attacks[:-A_DAY]
        yield made


def fill(store: Store, count: int) -> None:
    """The reports as a build of this version would have read and extracted them."""
    config, context = Config(), Context(store.as_of())
    reader = plugins.version("reader", config.reader) + translating.version(config)
    extractor = plugins.version("extractor", config.extractor)
    numbered = enumerate(reports(count))
    while batch := list(islice(numbered, _A_TRANSACTION)):
        with store.transaction():
            for n, writer in batch:
                held, source, data = writer.document(n)
                raw = Raw(data, held.path, {})
                store.put_file(raw, [Reading(held, source)], read_from=held.path, reader=reader)
                key = extraction_key(held, extractor, context)
                store.put_extractions([Extracted(held, key, writer.extraction(held))], extractor=extractor)


def one(count: int, book: Path) -> dict[str, float]:
    """Seconds of each stage, in a process of its own for the sake of its peak of memory."""
    steps: list[tuple[str, float]] = [("store", time.process_time())]

    def tell(step: str, _done: int, _of: int) -> None:
        if steps[-1][0] != step:
            steps.append((step, time.process_time()))

    with Store(book, create=True) as store:
        fill(store, count)
        tell("evidence", 0, 0)
        derive_into(store, Config(), tell)
        tell("searches", 0, 0)
    found = {a[0]: b[1] - a[1] for a, b in pairwise(steps)}
    found["whole"] = sum(found.values())
    found["memory, MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found["file, MB"] = book.stat().st_size / _MEGABYTES
    return found


def more(book: Path, folder: Path) -> dict[str, float]:
    """Seconds of this program and its workers for one more document, and for a build with nothing new."""
    folder.mkdir()
    (folder / "later.txt").write_text(LATER, "utf-8")

    def spent(step: Callable[[], object]) -> float:
        before = _used()
        step()
        return _used() - before

    one = Config(workers=1)
    return {
        "one more document taken in": spent(lambda: project.take_in([folder], book, config=one)),
        "what follows from it settled": spent(lambda: project.build([], book, config=one)),
        "a build with nothing new": spent(lambda: project.build([folder], book, config=one)),
    }


def _used() -> float:
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in both)


def search(book: Path, count: int) -> float:
    """Milliseconds at the 95th percentile, over words of every rarity."""
    texts = [writer.text.split() for writer in islice(reports(count), 0, 200, 4)]
    queries = (
        [text[-3] for text in texts] + [" ".join(text[3:6]) for text in texts] + ["officials said", "gunmen"]
    )
    spent = []
    for query in queries:
        began = time.monotonic()
        searching.documents(book, query)
        spent.append((time.monotonic() - began) * 1000)
    return sorted(spent)[int(len(spent) * 0.95)]


def copied(book: Path, to: Path) -> dict[str, float]:
    """Seconds of three ways to copy a sourcebook."""
    made = {}
    began = time.monotonic()
    with sqlite3.connect(book) as source, sqlite3.connect(to / "api") as target:
        source.backup(target)
    made["backup API"] = time.monotonic() - began
    began = time.monotonic()
    with sqlite3.connect(book) as source:
        source.execute("VACUUM INTO ?", (str(to / "vacuum"),))
    made["VACUUM INTO"] = time.monotonic() - began
    began = time.monotonic()
    with sqlite3.connect(book) as source:
        source.execute("BEGIN IMMEDIATE")
        shutil.copyfile(book, to / "file")
    made["file copied under a lock"] = time.monotonic() - began
    return made


def measure(count: int, folder: Path) -> dict[str, float]:
    """Everything about one pile."""
    book = folder / f"{count}.sourcebook"
    run = [sys.executable, __file__, "--one", str(count), str(book)]
    out = subprocess.run(run, check=True, stdout=subprocess.PIPE, text=True).stdout
    found: dict[str, float] = json.loads(out)
    print(f"{count:,} short documents", flush=True)
    for name, value in found.items():
        show(
            name, value, "" if "MB" in name else "s", "" if "MB" in name else f"{count / value:,.0f} a second"
        )
    for name, seconds in more(book, folder / f"more-{count}").items():
        show(name, seconds, "s")
    show("search, p95", search(book, count), "ms")
    place = folder / f"copies-{count}"
    place.mkdir()
    for name, seconds in copied(book, place).items():
        show(name, seconds, "s", f"500 MB would take {seconds * 500 / found['file, MB']:.1f} s")
    shutil.rmtree(place)
    return found


def main() -> None:
    """All counts, and how they grow."""
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(one(int(sys.argv[2]), Path(sys.argv[3]))))
        return
    counts = [int(a) for a in sys.argv[1:]] or [1_000, 10_000]
    with tempfile.TemporaryDirectory(prefix="sourcebook-bench-") as where:
        found = [measure(count, Path(where)) for count in counts]
    for n, (few, many) in enumerate(pairwise(found)):
        more = log(counts[n + 1] / counts[n])
        grown = ", ".join(f"{k} {log(many[k] / few[k]) / more:.2f}" for k in few if few[k] > 0 < many[k])
        print(f"{counts[n]:,} to {counts[n + 1]:,}: exponents {grown}")


if __name__ == "__main__":
    main()
