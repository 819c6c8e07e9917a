"""How files of every kind end when they are read under guard: `python benchmarks/reading.py FOLDER`.

Prints a table by folder or ending: read, partly read, refused with a reason, ended by the guard; the seconds of the
slowest file and the most memory that a worker held (its peak, the interpreter and libraries included); then
the reasons. Files are read one by one. Ends with 1 if one took more than 30 s or 2 GiB, or is lost. Nothing is written.
"""

from __future__ import annotations

import os
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from scaling import family

from sourcebook.config import Config
from sourcebook.engine.local import Local
from sourcebook.ports import Raw
from sourcebook.project import reading
from sourcebook.read import files

_ENDED = ("not done after", "the worker died", "MemoryError")
_SECONDS, _MEGABYTES = 30, 2048


class OneByOne(Local):
    """One worker that is given one file at a time, plain text too."""

    at_once = 1
    is_near = False

    def __init__(self) -> None:
        super().__init__(1)


class Read(NamedTuple):
    """A file, how it ended and what it cost: seconds, megabytes."""

    tree: list[reading.Leaf]
    seconds: float
    megabytes: float


def read(found: list[Raw]) -> Iterator[Read]:
    """Every file in its turn."""
    trees = reading.trees(iter(found), reading.code(Config()), reading.Guard(OneByOne()))
    began = time.monotonic()
    for tree in trees:
        yield Read(tree, time.monotonic() - began, _peak())
        began = time.monotonic()


def _peak() -> float:
    """The most memory that the worker held since this was last asked."""
    most = 0.0
    for process in family(os.getpid()):
        if process == os.getpid():
            continue
        with suppress(OSError):  # it may have ended
            status = Path(f"/proc/{process}/status").read_text()
            held = next((line for line in status.splitlines() if line.startswith("VmHWM")), "VmHWM 0")
            most = max(most, int(held.split()[1]) / 1024)
            Path(f"/proc/{process}/clear_refs").write_text("5")
    return most


def outcome(tree: list[reading.Leaf]) -> str:
    """How a file ended."""
    read = sum(len(leaf.answer.readings) for leaf in tree)
    whys = [skipped.why for leaf in tree for skipped in leaf.answer.skipped]
    if any(why.startswith(_ENDED) for why in whys):
        return "ended by the guard"
    if any(why.startswith("reader failed") for why in whys):
        return "reader failed"
    if read:
        return "partly read" if whys else "read"
    return "refused" if whys else "LOST"


def main(folder: Path) -> int:
    """Read everything in `folder` and print the table."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    slowest: dict[str, tuple[float, str]] = defaultdict(lambda: (0.0, ""))
    largest: dict[str, float] = defaultdict(float)
    reasons: Counter[tuple[str, str]] = Counter()
    found = [raw for raw in files.raws([folder]) if isinstance(raw, Raw)]
    start = time.monotonic()
    for tree, seconds, megabytes in read(found):
        path = tree[0].raw.path
        kind = path.partition("/")[0] if "/" in path else Path(path).suffix
        how = outcome(tree)
        counts[kind][how] += 1
        slowest[kind] = max(slowest[kind], (seconds, path))
        largest[kind] = max(largest[kind], megabytes)
        for leaf in tree:
            for skipped in leaf.answer.skipped:
                reasons[(how, f"{kind}: {skipped.why[:90]}")] += 1
    columns = ("read", "partly read", "refused", "ended by the guard", "reader failed", "LOST")
    print("| kind | files |", " | ".join(columns), "| slowest, s | file | memory, MB |")
    for kind in sorted(counts):
        ends = " | ".join(str(counts[kind][column]) for column in columns)
        cost = f"{slowest[kind][0]:.2f} | {slowest[kind][1]} | {largest[kind]:.0f}"
        print(f"| {kind} | {sum(counts[kind].values())} | {ends} | {cost} |")
    print(f"{len(found)} files in {time.monotonic() - start:.1f} s; load {os.getloadavg()[0]:.1f}")
    for (how, why), count in sorted(reasons.items(), key=lambda pair: (pair[0][0], -pair[1])):
        print(f"{count:5} {how}: {why}")
    lost = sum(count["LOST"] for count in counts.values())
    within = max(slowest.values())[0] <= _SECONDS and max(largest.values()) <= _MEGABYTES
    return 0 if within and not lost else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
