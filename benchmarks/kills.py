"""Programs killed at random moments: is the file whole, is nothing lost, and does the next run end the same?

Run: python benchmarks/kills.py [KILLS] [SEED]; 200 kills unless told. Builds, rebuilds, decisions and migrations (of every
released schema) in turn, each in a process group of its own that gets SIGKILL after a random share of the time that the work takes undisturbed.
After each kill: SQLite's own check of the file, the chains of decisions and of custody, every decision that had been
acknowledged; then the same command again, and the JSON export against that of a run that nobody disturbed.
"""

import gzip
import hashlib
import io
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import NamedTuple

from sourcebook import project
from sourcebook.export import json as export
from sourcebook.project import reviewing
from sourcebook.store.store import Store

ROOT = Path(__file__).parents[1]
REPORTS = ROOT / "examples" / "marrovia" / "reports"
OLD = sorted((ROOT / "tests" / "store" / "released").glob("schema*.sourcebook.gz"))[:-1]
DECISIONS = 12
CLOCK = datetime(2031, 7, 1, tzinfo=UTC)


class Work(NamedTuple):
    """One kind of work: how its file starts, its command, and the digest of the record it ends with."""

    name: str
    start: Callable[[Path], None]
    command: list[str]
    seconds: float
    expected: str


def sourcebook(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "sourcebook", *arguments]


def run(command: list[str], out: Path, seconds: float | None = None) -> tuple[bool, str]:
    """Run a command, kill it and all that it started after so many seconds; whether it ended, and what it said."""
    filled = [part.replace("FILE", str(out)) for part in command]
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            filled, stdout=said, stderr=subprocess.DEVNULL, cwd=ROOT, start_new_session=True
        )
        try:
            process.wait(seconds)
            ended = True
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            ended = False
        said.seek(0)
        return ended, said.read().decode()


def digest(path: Path) -> str:
    out = io.BytesIO()
    export.export(project.record(path), out)
    return hashlib.sha256(out.getvalue()).hexdigest()


def nothing(path: Path) -> None:
    path.unlink(missing_ok=True)


def unpacked(old: Path) -> Callable[[Path], None]:
    return lambda path: path.write_bytes(gzip.decompress(old.read_bytes())) and None


def decide(path: Path) -> None:
    """Reject events one after another, saying each decision's id once it is kept; goes on where it was."""
    while True:
        with Store(path) as store:
            done = len(store.decisions())
        if done >= DECISIONS:
            return
        event = project.record(path).events[0]
        made = reviewing.decide(
            path, reviewing.Verdict.REJECT, (event.id,), signed=("Reader", CLOCK, "again")
        )
        print(made.id, flush=True)


def works(folder: Path) -> list[Work]:
    """The kinds of work, each run once undisturbed for its time and its record."""
    built = folder / "built"
    run(sourcebook("build", str(REPORTS), "-o", "FILE", "-q"), built)
    kinds = [
        ("build", nothing, sourcebook("build", str(REPORTS), "-o", "FILE", "-q")),
        ("rebuild", lambda path: shutil.copyfile(built, path), sourcebook("rebuild", "FILE", "-q")),
        ("review", lambda path: shutil.copyfile(built, path), [sys.executable, __file__, "--decide", "FILE"]),
    ]
    kinds += [
        (f"from {old.name.partition('.')[0]}", unpacked(old), sourcebook("rebuild", "FILE", "-q"))
        for old in OLD
    ]
    made = []
    for name, start, command in kinds:
        path = folder / "undisturbed"
        start(path)
        before = monotonic()
        run(command, path)
        made.append(Work(name, start, command, monotonic() - before, digest(path)))
    return made


def faults(path: Path, acknowledged: list[str]) -> list[str]:
    """What is wrong with a file whose program was killed."""
    if not path.exists() or not path.stat().st_size:
        return ["decisions are lost"] if acknowledged else []
    with Store(path, create=True) as store:
        found = store.damage()
        store.manifest()
        log = [decision.id for decision in store.decisions()]
    if log[: len(acknowledged)] != acknowledged or len(log) > len(acknowledged) + 1:
        found.append(f"of {len(acknowledged)} decisions that were acknowledged the log has {log}")
    return found


def killed(work: Work, path: Path, seconds: float) -> tuple[bool, list[str]]:
    """Start, kill, check, run again, compare; whether the kill came in time, and what is wrong."""
    work.start(path)
    for left in path.parent.glob(f"{path.name}-*"):
        left.unlink()
    ended, said = run(work.command, path, seconds)
    acknowledged = said.split() if work.name == "review" else []
    if work.name.startswith("from"):
        with Store(path) as store:
            acknowledged = [decision.id for decision in store.decisions()]
        if len(acknowledged) != 1:
            return not ended, ["the decision of the old file is lost"]
    found = faults(path, acknowledged)
    run(work.command, path)
    if digest(path) != work.expected:
        found.append("the record differs from that of an undisturbed run")
    return not ended, found


def main(kills: int, seed: int) -> int:
    chance = random.Random(seed)
    tally: Counter[tuple[str, str]] = Counter()
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        kinds = works(Path(folder))
        for number in range(kills):
            # Three kinds and the migrations, in turn.
            work = kinds[number % 4] if number % 4 < 3 else kinds[3 + number // 4 % (len(kinds) - 3)]
            moment = chance.random() * work.seconds
            hit, found = killed(work, Path(folder) / "pile", moment)
            tally[work.name, "killed" if hit else "had ended"] += 1
            tally[work.name, "whole and the same"] += not found
            print(f"{number + 1} of {kills}, {len(wrong)} faults", file=sys.stderr, end="\r")
            wrong += [f"{work.name} killed after {moment:.2f} s: {fault}" for fault in found]
        print(f"{'work':12} {'seconds':>8} {'killed':>7} {'had ended':>10} {'whole and the same':>19}")
        for work in kinds:
            row = [tally[work.name, column] for column in ("killed", "had ended", "whole and the same")]
            print(f"{work.name:12} {work.seconds:8.1f} {row[0]:7} {row[1]:10} {row[2]:19}")
    print("\n".join(wrong) or f"{kills} kills: every file whole, every record the same, no decision lost")
    return 1 if wrong else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--decide"]:
        decide(Path(sys.argv[2]))
    else:
        sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 200, int(sys.argv[2]) if sys.argv[2:] else 7))
