"""What one more document, and one decision, cost in a sourcebook that is there already.

Run: python benchmarks/incremental.py [COUNT | FILE.sourcebook ...]; 100 and 300 generated documents unless
counts or files are given. A file is copied, never changed, and what was found in its documents is taken as
found by this version. For each it prints, stage by stage, seconds of the processor and the most memory of: a
derivation from nothing; one more document; a decision that changes nothing (accepting an event); one that
does (two events held apart); `stats` and `contested`. And how much of the file each wrote. At the
end what is kept is compared with a derivation from nothing.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import big_pile

PAGE = 8192
#: One step in a program of its own, so that each is charged for its own memory and start.
STEP = """
import json, resource, sys, time
from datetime import UTC, datetime
from pathlib import Path
from sourcebook import project
from sourcebook.config import Config
from sourcebook.model import Verdict
from sourcebook.project import deriving, listing, reviewing
from sourcebook.views.filters import Filters
book, what = Path(sys.argv[1]), sys.argv[2]
steps = []
def spent():
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in used)
def tell(step, done, of):
    if not steps or steps[-1][0] != step:
        steps.append((step, spent()))
signed = ("Reader", datetime(2031, 6, 1, tzinfo=UTC), "")
tell("asking", 0, 0)
deciding = what in ("accept", "apart")
events = [row.id for row in listing.events(book, Filters(), most=40).rows] if deciding else []
tell("doing", 0, 0)
if what == "whole":
    project.rebuild(book)
elif what == "more":
    project.build([Path(sys.argv[3])], book, config=Config(workers=0), progress=tell)
elif what == "accept":
    reviewing.decide(book, Verdict.ACCEPT, (events[0],), signed=signed)
elif what == "apart":
    reviewing.decide(book, Verdict.DIFFERENT, (events[0], events[-1]), signed=signed)
elif what == "stats":
    listing.stats(book)
elif what == "contested":
    listing.contested(book)
elif what == "same":
    from sourcebook.store.store import Store
    with Store(book) as store:
        assert store.record() == deriving.derive(store.evidence(), Config()), "not what it is from nothing"
tell("end", 0, 0)
made = {}
for (step, begun), (_, ended) in zip(steps, steps[1:]):
    made[step] = round(made.get(step, 0.0) + ended - begun, 2)
# not ru_maxrss, which begins with what the program that started this one had
peak = next(n for n in Path("/proc/self/status").read_text().splitlines() if n.startswith("VmHWM"))
print(json.dumps([made, int(peak.split()[1]) / 1024]))
"""


def step(book: Path, what: str, *more: Path) -> None:
    """Take one step and print what it cost and wrote."""
    before = book.read_bytes()
    run = [sys.executable, "-c", STEP, str(book), what, *map(str, more)]
    spent, memory = json.loads(subprocess.run(run, check=True, capture_output=True, text=True).stdout)
    after = book.read_bytes()
    pages = [n for n in range(0, len(after), PAGE) if after[n : n + PAGE] != before[n : n + PAGE]]
    stages = ", ".join(f"{name} {seconds}" for name, seconds in spent.items() if seconds >= 0.05)
    print(
        f"  {what:<10} {sum(spent.values()):>8.2f} s {memory:>8.0f} MB"
        f" {len(pages):>7,} of {len(after) // PAGE:,} pages   {stages}",
        flush=True,
    )


def adopt(book: Path) -> None:
    """Take what was read and found by another version as this one's."""
    from sourcebook import plugins
    from sourcebook.config import Config
    from sourcebook.ports import Context
    from sourcebook.project import translating
    from sourcebook.project.extracting import extraction_key
    from sourcebook.store.store import Store

    config = Config()
    with Store(book) as store:
        version, context = plugins.version("extractor", config.extractor), Context(store.as_of())
        keys = [(extraction_key(d, version, context), d.id) for d in store.each_document()]
    reader = plugins.version("reader", config.reader) + translating.version(config)
    with closing(sqlite3.connect(book)) as db:
        db.executemany("UPDATE extraction SET key = ? WHERE document = ?", keys)
        db.execute("UPDATE file SET reader = ?", (reader,))
        db.commit()


def measure(book: Path, folder: Path) -> None:
    """Every step on one sourcebook."""
    from sourcebook.store.store import Store

    with Store(book) as store:
        count, size = store.next_sequence(), book.stat().st_size
    print(f"{count:,} documents, {size / 1e6:.1f} MB, {size / max(count, 1) / 1e3:.0f} kB a document")
    step(book, "whole")
    later = folder / "later"
    later.mkdir(exist_ok=True)
    _, text = next(iter(big_pile.pile(1, seed=count)))
    (later / "later.txt").write_text(text, "utf-8")
    for what in ("more", "accept", "apart", "stats", "contested", "same"):
        step(book, what, later)


def main() -> None:
    """Every count or file that was given."""
    with tempfile.TemporaryDirectory(prefix="sourcebook-bench-") as where:
        for number, given in enumerate(sys.argv[1:] or ["100", "300"]):
            folder = Path(where) / str(number)
            folder.mkdir()
            book = folder / "pile.sourcebook"
            if given.isdigit():
                from sourcebook import project

                big_pile.write(folder / "pile", int(given))
                project.build([folder / "pile"], book)
            else:
                shutil.copyfile(given, book)
                adopt(book)
            measure(book, folder)


if __name__ == "__main__":
    main()
