"""Files of every kind, changed at random, read under guard: how many end as read, refused, or ended by the guard.

Run: python benchmarks/mutations.py FOLDER [COUNT] [SEED]; 10,000 files unless told, made from those in FOLDER (up to 300 kB each).
A file is cut short, has bytes flipped, cut out, doubled, or replaced by numbers and marks that break readers, or gets a stretch of
another file of its kind. Exits with 1 if a file was lost, the reader failed, or a limit of 30 s or 2 GiB was passed; such files are
kept in build/mutations.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from reading import outcome

from sourcebook.config import Config
from sourcebook.engine.local import Local
from sourcebook.ports import Raw
from sourcebook.project import reading
from sourcebook.read import files

LARGEST = 300_000
KEPT = Path("build/mutations")
TOKENS = (
    b"\x00", b"\xff" * 4, b"\x7f\xff\xff\xff", b"-1", b"99999999999999999999", b"%s%n", b"\xed\xa0\x80", b"\xe2\x80\xae",
    b"<!--", b"]]>", b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/hostname'>]>", b"&b;", b"\r\n\r\n", b"--", b"=?utf-8?B?", b"{\\",
    b"endobj", b"stream\n", b"/Length 999999999", b"PK\x05\x06", b"Content-Length: -5", b"Content-Type: multipart/mixed; boundary=a",
)  # fmt: skip


def changed(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """One to sixteen changes of a file."""
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at, much = chance.randrange(len(made) + 1), chance.choice((1, 1, 4, 64, 1024))
        how = chance.randrange(7)
        if how == 0:
            del made[at:]
        elif how == 1:
            made[at : at + much] = chance.randbytes(much)
        elif how == 2:
            del made[at : at + much]
        elif how == 3:
            made[at:at] = made[at : at + much] * chance.choice((1, 2, 50))
        elif how == 4:
            made[at:at] = chance.choice(TOKENS)
        elif how == 5 and other:
            start = chance.randrange(len(other))
            made[at : at + much] = other[start : start + much]
        elif at < len(made):
            made[at] ^= 1 << chance.randrange(8)
    return bytes(made)


def mutations(seeds: list[Raw], count: int, chance: random.Random) -> Iterator[Raw]:
    """`count` changed files, as many of each kind; the number before the path tells them apart."""
    kinds: dict[str, list[Raw]] = defaultdict(list)
    for raw in seeds:
        kinds[Path(raw.path).suffix.lower()].append(raw)
    for number in range(count):
        family = kinds[sorted(kinds)[number % len(kinds)]]
        seed, other = chance.choice(family), chance.choice(family)
        yield Raw(changed(seed.data, other.data, chance), f"{number:06}/{seed.path}", {})


def main(folder: Path, count: int = 10_000, seed: int = 7) -> int:
    """Print the table by kind; 0 if every file ended well."""
    found = (raw for raw in files.raws([folder]) if isinstance(raw, Raw))
    seeds = sorted((raw for raw in found if 0 < len(raw.data) <= LARGEST), key=lambda raw: raw.path)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    bad: Counter[str] = Counter()
    start = time.monotonic()
    trees = reading.trees(
        mutations(seeds, count, random.Random(seed)), reading.code(Config()), reading.Guard(Local(workers=2))
    )
    for tree in trees:
        raw, how = tree[0].raw, outcome(tree)
        counts[Path(raw.path).suffix.lower()][how] += 1
        whys = [skipped.why for leaf in tree for skipped in leaf.answer.skipped]
        if how in ("LOST", "reader failed", "ended by the guard"):
            KEPT.mkdir(parents=True, exist_ok=True)
            (KEPT / raw.path.replace("/", "_")).write_bytes(raw.data)
            bad[f"{how}: {whys[0][:100] if whys else ''}"] += 1
    columns = ("read", "partly read", "refused", "ended by the guard", "reader failed", "LOST")
    print("| kind | files |", " | ".join(columns), "|")
    for kind in sorted(counts):
        row = [kind, sum(counts[kind].values()), *(counts[kind][column] for column in columns)]
        print("|", " | ".join(map(str, row)), "|")
    total = sum(sum(row.values()) for row in counts.values())
    print(
        f"{total} of {count} files accounted for, made from {len(seeds)}, in {time.monotonic() - start:.0f} s"
    )
    for why, times in bad.most_common():
        print(f"{times:5} {why}")
    failed = any(row["LOST"] or row["reader failed"] for row in counts.values())
    return 1 if failed or total != count else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *map(int, sys.argv[2:])))
