"""A large build that is stopped and killed on its way: does the same command end with the same record?

Run: python benchmarks/big_build.py [COUNT]; 10,000 short reports (some 800 bytes each) unless told; twenty minutes
where nothing else runs. The pile is built once in peace, and once with Ctrl-C at 30 % of the extraction and `kill -9`
of the program at 60 %, each time gone on with by the same command. It prints what the terminal showed, the rate and
the time left among it; documents extracted, kept and extracted again; workers that outlived the program; the peak
memory of the program and of a worker; the digests of both JSON exports. Ends with 1 if these differ, if
a worker was left, or if more was extracted again than what a batch and the workers held.
"""

from __future__ import annotations

import hashlib
import io
import os
import pty
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import big_pile
from scaling import WORKERS, family, share

from sourcebook import project
from sourcebook.export import json as export
from sourcebook.project.extracting import BATCH

#: What workers may hold beyond the batch that is not yet written: one at hand and one ahead each.
_IN_FLIGHT = 2 * WORKERS
_STEP = re.compile(r"extracting ([\d,]+) of ([\d,]+)")
_SHOWN = 6


class Ended(NamedTuple):
    """How a run of `build` ended: exit code, the lines of its terminal, extracted by its own count, megabytes."""

    code: int
    lines: list[str]
    extracted: int
    seconds: float
    program: float
    worker: float
    orphans: int


class Run:
    """A `build` in a terminal of its own, watched while it runs."""

    def __init__(self, pile: Path, book: Path) -> None:
        self._began = time.monotonic()
        ours, theirs = pty.openpty()
        words = ["build", str(pile), "-o", str(book), "--workers", str(WORKERS)]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "sourcebook", *words], stderr=theirs, start_new_session=True
        )
        os.close(theirs)
        self._terminal = ours
        self._screen = ""
        self._program = self._worker = 0.0
        self._family: set[int] = set()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        with suppress(OSError):  # the other end is closed when the program ends
            while more := os.read(self._terminal, 1 << 16):
                self._screen += more.decode("utf-8", "replace")

    def extracted(self) -> int:
        """Documents extracted, as the terminal shows."""
        found = _STEP.findall(self._screen)
        return int(found[-1][0].replace(",", "")) if found else 0

    def until(self, documents: int, sent: signal.Signals | None) -> Ended:
        """Wait for the end, or for so many documents and then send a signal."""
        while self._process.poll() is None:
            self._watch()
            if sent is not None and self.extracted() >= documents:
                self._send(sent)
                sent = None
            time.sleep(0.2)
        self._reader.join(5)
        # The kernel ends the workers with their parent; a moment may pass.
        time.sleep(1)
        left = [p for p in self._family if Path(f"/proc/{p}/stat").exists() and not _is_zombie(p)]
        os.close(self._terminal)
        lines = [line.removeprefix("\x1b[K") for line in re.split(r"[\r\n]+", self._screen) if line.strip()]
        return Ended(
            self._process.returncode,
            [line for line in lines if line],
            self.extracted(),
            time.monotonic() - self._began,
            self._program,
            self._worker,
            len(left),
        )

    def _send(self, sent: signal.Signals) -> None:
        """Ctrl-C reaches all that run in a terminal; `kill -9` the program alone."""
        if sent is signal.SIGINT:
            os.killpg(self._process.pid, sent)
        else:
            self._process.send_signal(sent)

    def _watch(self) -> None:
        first, *others = family(self._process.pid)
        self._family = {*others}
        self._program = max(self._program, share(first) / 1024)
        self._worker = max(self._worker, max((share(p) / 1024 for p in others), default=0.0))


def _is_zombie(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except OSError:
        return True


def kept(book: Path) -> int:
    """Documents whose extraction is in the file."""
    with sqlite3.connect(f"file:{book}?mode=ro", uri=True) as db:
        (count,) = db.execute("SELECT count(*) FROM extraction").fetchone()
    return int(count)


def digest(book: Path) -> str:
    """Of the JSON export."""
    out = io.BytesIO()
    export.export(project.record(book), out)
    return hashlib.sha256(out.getvalue()).hexdigest()


def tell(name: str, ended: Ended, held: int) -> None:
    """A run in three lines."""
    print(
        f"{name}: exit {ended.code} after {ended.seconds:.0f} s; {ended.extracted:,} extracted by it,"
        f" {held:,} kept in the file; peak of the program {ended.program:.0f} MB, of a worker {ended.worker:.0f} MB;"
        f" {ended.orphans} workers left; load {os.getloadavg()[0]:.1f}"
    )
    steps = [line for line in ended.lines if " left" in line] or ended.lines
    for line in steps[:: max(len(steps) // _SHOWN, 1)][:_SHOWN] + ended.lines[-1:]:
        print(f"    {line}", flush=True)


def main(count: int) -> int:
    """Build in peace, build with two accidents, compare."""
    wrong = []
    with tempfile.TemporaryDirectory(prefix="sourcebook-bench-") as where:
        pile, calm, broken = (Path(where) / name for name in ("pile", "calm.sourcebook", "broken.sourcebook"))
        size = sum(big_pile.lay(pile, name, text) for name, text in big_pile.short(count))
        print(f"{count:,} reports, {size / count:,.0f} bytes each", flush=True)
        ended = Run(pile, calm).until(count, None)
        tell("in peace", ended, kept(calm))
        before = 0
        for name, part, sent in (
            ("Ctrl-C", 0.3, signal.SIGINT),
            ("kill -9", 0.6, signal.SIGKILL),
            ("to the end", 1, None),
        ):
            ended = Run(pile, broken).until(int(count * part) - before, sent)
            held = kept(broken)
            tell(name, ended, held)
            again = max(before + ended.extracted - held, 0)  # the terminal is told five times a second
            print(f"    extracted and not kept, so done again: {again}")
            if again > (BATCH if sent is signal.SIGKILL else 0) + _IN_FLIGHT:
                wrong.append(f"{name}: {again} documents were extracted for nothing")
            if ended.orphans:
                wrong.append(f"{name}: {ended.orphans} workers were left")
            before = held
        one, other = digest(calm), digest(broken)
        print(f"JSON export in peace {one[:16]}, with accidents {other[:16]}")
        if one != other:
            wrong.append("the records differ")
    print("\n".join(wrong) or "the same record, and nothing extracted again but what was under way")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 10_000))
