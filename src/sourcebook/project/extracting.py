"""Documents to mentions and claims, by whatever engine: only what is missing or stale, batch by batch."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Iterator, Sequence
from types import TracebackType
from typing import Final, NamedTuple

import msgspec

from sourcebook import plugins
from sourcebook.config import Config
from sourcebook.extract import answering
from sourcebook.model import Document, DocumentId, Skipped
from sourcebook.ports import Context, Done, Engine, Extraction, Job, Limits, Task
from sourcebook.project.telling import Progress
from sourcebook.read.language import is_read
from sourcebook.store.extractions import Extracted
from sourcebook.store.store import Store

_PREPARE: Final = "sourcebook.extract.answering:prepare"
#: A batch is written when it holds so many documents, or after so many seconds: what a kill may cost.
BATCH: Final = 64
_BATCH_SECONDS: Final = 5.0


class _Stale(NamedTuple):
    """A document to extract from, and the name of all that its extraction depends on."""

    document: DocumentId
    key: str


def extract_stale(store: Store, config: Config, engine: Engine, tell: Progress) -> int:
    """Extract from every document that has no extraction of this version, or none that worked.

    Documents are read from the store as workers become free, and what is found is kept in batches, so that
    memory does not grow with the pile, and a build that is stopped goes on from there.
    """
    context = Context(store.as_of())
    version = plugins.version("extractor", config.extractor)
    stale = _stale(store, version, context)
    task = Task(_PREPARE, answering.shared(plugins.target("extractor", config.extractor), context))
    limits = Limits(seconds=config.seconds, memory=config.memory_mb << 20)
    keys = dict(stale)
    if stale:
        # said before the models are loaded, which takes its time
        tell("extracting", 0, len(stale))
    with engine.crew(task, limits) as crew, _Batches(store, version) as batches:
        for n, done in enumerate(crew.run(_jobs(store, stale, config)), 1):
            identifier = DocumentId(done.key)
            batches.add(_extracted(store.document(identifier), done, keys[identifier]))
            tell("extracting", n, len(stale))
    return len(stale)


def _stale(store: Store, version: str, context: Context) -> list[_Stale]:
    """Documents without a working extraction of this version; those in another language are set aside."""
    ledger = store.ledger()
    stale: list[_Stale] = []
    foreign: list[_Stale] = []
    for document in store.each_document():
        key = extraction_key(document, version, context)
        if ledger.get(document.id) != (key, None):
            (stale if is_read(document.text, document.language) else foreign).append(_Stale(document.id, key))
    _set_aside(store, foreign, version)
    return stale


def _set_aside(store: Store, foreign: Sequence[_Stale], version: str) -> None:
    """Documents in another language: stored and searchable, listed as not read, nothing found in them."""
    for identifier, key in foreign:
        document = store.document(identifier)
        store.put_extractions([Extracted(document, key, Extraction((), ()))], extractor=version)
        known = f" ({document.language})" if document.language else ""
        why = f"in another language{known}: stored and searchable, not read; a translator can be set"
        store.put_skipped(Skipped(path=document.path, stage="extract", why=why))


def extraction_key(document: Document, version: str, context: Context) -> str:
    """Names everything that an extraction depends on."""
    parts = [msgspec.structs.replace(document, sequence=0), version, context.as_of]
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()


def _jobs(store: Store, stale: Iterable[_Stale], config: Config) -> Iterator[Job]:
    for identifier, _ in stale:
        document = store.document(identifier)
        payload = answering.encoded(document)
        yield Job(identifier, payload, len(document.text) / config.characters_a_second)


def _extracted(document: Document, done: Done, key: str) -> Extracted:
    """What came back, or the reason why it cannot be kept."""
    why = done.why
    if done.result is not None:
        try:
            return Extracted(document, key, answering.decoded(done.result, document), None)
        except ValueError as error:  # msgspec's own errors are of this kind
            why = str(error)
    return Extracted(document, key, Extraction((), ()), why or "no answer")


class _Batches:
    """Extractions on their way into the store; the last batch is written whatever ends the run."""

    def __init__(self, store: Store, extractor: str) -> None:
        self._store = store
        self._extractor = extractor
        self._held: list[Extracted] = []
        self._since = time.monotonic()

    def __enter__(self) -> _Batches:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._write()

    def add(self, extracted: Extracted) -> None:
        self._held.append(extracted)
        if len(self._held) >= BATCH or time.monotonic() - self._since > _BATCH_SECONDS:
            self._write()

    def _write(self) -> None:
        held, self._held = self._held, []
        self._store.put_extractions(held, extractor=self._extractor)
        self._since = time.monotonic()
