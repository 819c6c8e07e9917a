"""Plugins that `benchmarks/spark.py` builds with: engines that count what is done, a reader and an extractor with poison.

Every call of a task is counted in a file that all processes of this machine map into memory, so that what is done twice
because something was killed can be told: calls beyond the items that were given out.
"""

from __future__ import annotations

import hashlib
import mmap
import os
import struct
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from sourcebook.engine.local import Local
from sourcebook.engine.spark import Spark
from sourcebook.engine.work import prepared
from sourcebook.extract import pipeline
from sourcebook.model import Document
from sourcebook.ports import Context, Crew, Done, Engine, Extraction, Job, Limits, Raw, Reading, Task
from sourcebook.read import kinds

#: The folder of the counts; a variable, because an engine is made from nothing but the number of workers.
FOLDER = "SOURCEBOOK_COUNTS"
#: Stages, as the packages that their tasks are in.
STAGES = {"read": "reading", "extract": "extracting", "resolve": "comparing"}
_HEAD = struct.Struct("<QQ")
_SLOTS = 1 << 20
PLUGINS = """[sourcebook.engine]
counted-local = counted:CountedLocal
counted-spark = counted:CountedSpark
stuttering = counted:Stuttering
[sourcebook.reader]
poisoned = counted:read
[sourcebook.extractor]
poisoned = counted:extract
"""
#: What a text says that is poison to one stage or the other, and what comes of it.
POISON = "This text is poison: {stage} {how}."
KINDS = ("die", "hang", "swell")


def install(folder: Path) -> None:
    """Have this interpreter, and what it starts, find the plugins, as if a package with them were installed."""
    about = folder / "counted-1.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: counted\nVersion: 1\n")
    (about / "entry_points.txt").write_text(PLUGINS)
    sys.path.append(str(folder))


def version() -> str:
    """What extractions and readings by the plugins below depend on."""
    return "poisoned"


class Tally:
    """Items given out, answers that came twice, and calls: of one task, counted by all processes of this machine."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            path.write_bytes(bytes(_HEAD.size + _SLOTS))
        with path.open("r+b") as file:
            self._map = mmap.mmap(file.fileno(), 0)

    def begin(self, payload: bytes) -> None:
        """An item is called; its own place, because many processes count at once."""
        number = int.from_bytes(hashlib.blake2b(payload, digest_size=8).digest())
        place = _HEAD.size + number % _SLOTS
        self._map[place] = min(self._map[place] + 1, 255)

    @property
    def calls(self) -> int:
        return sum(self._map[_HEAD.size :])

    @property
    def given(self) -> int:
        return int(_HEAD.unpack_from(self._map)[0])

    @property
    def twice(self) -> int:
        return int(_HEAD.unpack_from(self._map)[1])

    def add(self, *, given: int = 0, twice: int = 0) -> None:
        """Only the program that was started does this."""
        _HEAD.pack_into(self._map, 0, self.given + given, self.twice + twice)


def tallies() -> dict[str, Tally]:
    """What was counted so far, by stage."""
    folder = Path(os.environ[FOLDER])
    return {stage: Tally(folder / name) for name, stage in STAGES.items() if (folder / name).exists()}


def prepare(shared: bytes) -> Callable[[bytes], bytes]:
    """The function of another task, its calls counted. The file is mapped before the worker is sealed."""
    function, own, path = msgspec.msgpack.decode(shared, type=tuple[str, bytes, str])
    tally, call = Tally(Path(path)), prepared(Task(function, own))

    def do(payload: bytes) -> bytes:
        tally.begin(payload)
        return call(payload)

    return do


class _Crew:
    """A crew whose items and answers are counted."""

    def __init__(self, crew: Crew, tally: Tally) -> None:
        self._crew = crew
        self._tally = tally

    def run(self, jobs: Iterable[Job], /) -> Iterator[Done]:
        seen: set[str] = set()
        for done in self._crew.run(self._given(jobs)):
            self._tally.add(twice=done.key in seen)
            seen.add(done.key)
            yield done

    def _given(self, jobs: Iterable[Job]) -> Iterator[Job]:
        for job in jobs:
            self._tally.add(given=1)
            yield job


class _Counted:
    """An engine with such crews."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @property
    def at_once(self) -> int:
        return self._engine.at_once

    @property
    def is_near(self) -> bool:
        return self._engine.is_near

    @contextmanager
    def crew(self, task: Task, limits: Limits, /) -> Iterator[Crew]:
        path = Path(os.environ[FOLDER], task.function.split(".")[1])
        tally = Tally(path)
        shared = msgspec.msgpack.encode((task.function, task.shared, str(path)))
        with self._engine.crew(Task("counted:prepare", shared), limits) as crew:
            yield _Crew(crew, tally)


class CountedLocal(_Counted):
    def __init__(self, workers: int | None = None) -> None:
        super().__init__(Local(workers))


class CountedSpark(_Counted):
    def __init__(self, workers: int | None = None) -> None:
        super().__init__(Spark(workers))


class Stuttering(Local):
    """This machine's engine, with every answer given twice: results that are taken in once more."""

    @contextmanager
    def crew(self, task: Task, limits: Limits, /) -> Iterator[Crew]:
        with super().crew(task, limits) as crew:
            # Comparing adds up what it is told; what is told twice is for stages that keep it.
            yield crew if "comparing" in task.function else _Twice(crew)


class _Twice:
    def __init__(self, crew: Crew) -> None:
        self._crew = crew

    def run(self, jobs: Iterable[Job], /) -> Iterator[Done]:
        answers = list(self._crew.run(jobs))
        yield from answers
        yield from answers


def read(raw: Raw, /, *, sequence: int) -> Iterator[Reading | Raw | object]:
    """The reader of ours, which some files kill, hang or swell."""
    _suffer("read", raw.data.decode(errors="replace"))
    yield from kinds.read(raw, sequence=sequence)


def extract(document: Document, context: Context, /) -> Extraction:
    """The extractor of ours, which some texts kill, hang or swell."""
    _suffer("extract", document.text)
    return pipeline.extract(document, context)


def _suffer(stage: str, text: str) -> None:
    for how in KINDS:
        if POISON.format(stage=stage, how=how) in text:
            misbehave(how)


def misbehave(how: str) -> None:
    """Die, hang or swell."""
    if how == "die":
        os._exit(9)
    if how == "hang":
        time.sleep(1000)
    held = []
    while how == "swell":
        held.append(bytearray(64 << 20))
