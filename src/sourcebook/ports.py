"""The shapes that a plugin may have. Fit the shape; there is nothing to inherit from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import date
from typing import BinaryIO, NamedTuple, Protocol

from sourcebook.model import Claim, Document, Mention, Record, Skipped, Source


class Raw(NamedTuple):
    """Bytes as read, where from, and what the `--sources` table says of them.

    `path` is relative to the folder that was given; `given` holds the row of the table (publisher, title,
    author, published, url, language, translated), empty where there is none. For a file found within another
    one, `container` is the path of that one, and `stated` holds what the container states of it (url,
    retrieved, modified), `stated_in` where.
    """

    data: bytes
    path: str
    given: dict[str, str]
    stated: dict[str, str] = {}  # noqa: RUF012 - never written to
    stated_in: dict[str, str] = {}  # noqa: RUF012
    container: str | None = None


class Reading(NamedTuple):
    """What a reader got out of one file: the document and who published it, if that was found."""

    document: Document
    source: Source | None


class Context(NamedTuple):
    """What an extractor may know beside the text: the day that stands in for the clock, if given."""

    as_of: date | None = None


class Extraction(NamedTuple):
    """What one extractor found in one document."""

    mentions: Sequence[Mention]
    claims: Sequence[Claim]


class Score(NamedTuple):
    """How alike two things are, from 0 to 1, and the reason in words."""

    value: float
    why: str


class Task(NamedTuple):
    """What an engine does with every item of a stage.

    `function` ("package.module:name") is called once in every process with the bytes of `shared`, and gives
    the function of bytes to bytes that every item then goes through. Bytes, so that a process, a file and a
    cluster hand them on alike, and nothing is ever unpickled.
    """

    function: str
    shared: bytes = b""


class Job(NamedTuple):
    """One item: the key that its result comes back with, itself, seconds that it may take beyond others."""

    key: str
    payload: bytes
    extra_seconds: float = 0


class Done(NamedTuple):
    """What came of one job: its result, or the reason why there is none."""

    key: str
    result: bytes | None
    why: str | None


class Limits(NamedTuple):
    """What one job may cost: seconds, seconds to start a worker, bytes of memory, tries; jobs of one worker.

    `sealed` is for what meets bytes from strangers: no network, no programs, no files written.
    """

    seconds: float = 120
    start_seconds: float = 180
    memory: int = 4 << 30
    tries: int = 2
    jobs: int = 2_000
    sealed: bool = False


class Crew(Protocol):
    """Those who work on one task; they stay for several runs."""

    def run(self, jobs: Iterable[Job], /) -> Iterator[Done]:
        """The results of all jobs, each once, in any order. One run at a time.

        Raises:
            EngineError: nothing can be run at all. What a job does wrong is a `Done` with the reason.
        """
        ...


class Engine(Protocol):
    """How a stage is run over many items: one process, several, a cluster."""

    @property
    def at_once(self) -> int:
        """So many items are best given out in one run, if they do not have to be seen one by one."""
        ...

    @property
    def is_near(self) -> bool:
        """Whether items are worked on in this machine, so that harmless ones may be done on the spot."""
        ...

    def crew(self, task: Task, limits: Limits, /) -> AbstractContextManager[Crew]:
        """Those who work on one task, until the end of the `with`."""
        ...


class Sharing(NamedTuple):
    """An engine, and the number of comparisons from which giving them out to it is worth its price."""

    engine: Engine
    least: int


class Reader(Protocol):
    """Bytes to documents. One file may hold several.

    A `Raw` in the answer is a file found within this one, to be read in its turn; a `Skipped` is a part of
    it that could not be read, with the reason.

    Raises:
        UnreadableDocument: no text can be got out of the file; the message becomes the `skipped` row.
    """

    def __call__(self, raw: Raw, /, *, sequence: int) -> Iterable[Reading | Raw | Skipped]: ...


class Translator(Protocol):
    """Paragraphs in a language (ISO 639-1) to as many in English, in the same order."""

    def __call__(self, paragraphs: Sequence[str], language: str, /) -> Sequence[str]: ...


class Extractor(Protocol):
    """A document to the mentions and claims in it. Pure: same text and context, same answer."""

    def __call__(self, document: Document, context: Context, /) -> Extraction: ...


class Linker(Protocol):
    """Two mentions of one kind to a score; None where it has no opinion."""

    def __call__(self, left: Mention, right: Mention, /) -> Score | None: ...


class Resolver(Protocol):
    """Evidence and decisions to the record with entities, events and proposals.

    Pure: who shares in the work changes nothing in the answer.
    """

    def __call__(self, evidence: Record, sharing: Sharing | None = None, /) -> Record: ...


class Exporter(Protocol):
    """A record to bytes in one format."""

    def __call__(self, record: Record, out: BinaryIO, /) -> None: ...
