"""How files of every kind end when they are read under guard: `python benchmarks/reading.py FOLDER`.

Prints a table by folder or ending: read, partly read, refused with a reason, or ended by the guard, and
the reasons. Nothing is written.
"""

from __future__ import annotations

import sys
import time
from collections import Counter, defaultdict
from pathlib import Path

from sourcebook.config import Config
from sourcebook.engine.local import Local
from sourcebook.ports import Raw
from sourcebook.project import reading
from sourcebook.read import files

_ENDED = ("not done after", "the worker died", "MemoryError")


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


def main(folder: Path) -> None:
    """Read everything in `folder` and print the table."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    reasons: Counter[tuple[str, str]] = Counter()
    found = [raw for raw in files.raws([folder]) if isinstance(raw, Raw)]
    start = time.monotonic()
    trees = reading.trees(iter(found), reading.code(Config()), reading.Guard(Local(2)))
    for tree in trees:
        path = tree[0].raw.path
        kind = path.partition("/")[0] if "/" in path else Path(path).suffix
        how = outcome(tree)
        counts[kind][how] += 1
        for leaf in tree:
            for skipped in leaf.answer.skipped:
                reasons[(how, f"{kind}: {skipped.why[:90]}")] += 1
    columns = ("read", "partly read", "refused", "ended by the guard", "reader failed", "LOST")
    print("| kind | files |", " | ".join(columns), "|")
    for kind in sorted(counts):
        row = [kind, sum(counts[kind].values()), *(counts[kind][column] for column in columns)]
        print("|", " | ".join(map(str, row)), "|")
    print(f"{len(found)} files in {time.monotonic() - start:.1f} s")
    for (how, why), count in sorted(reasons.items(), key=lambda pair: (pair[0][0], -pair[1])):
        print(f"{count:5} {how}: {why}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
