"""Files to a sourcebook: read what is new, extract what is missing or stale, derive the rest."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Final, NamedTuple, cast

import msgspec

from sourcebook import plugins
from sourcebook.config import Config
from sourcebook.engine import local
from sourcebook.errors import UnreadableDocument
from sourcebook.model import Document, DocumentId, Record, Skipped
from sourcebook.ports import Context, Extraction, Raw, Reader, Reading
from sourcebook.project.deriving import derive_into
from sourcebook.read import files
from sourcebook.read.sources import table
from sourcebook.store.store import Store

_SURROGATE: Final = re.compile("[\ud800-\udfff]")

#: Told of each step: what is done, how many so far, how many in all (0 where that is not known).
Progress = Callable[[str, int, int], None]


class Report(NamedTuple):
    """What a build did, and the record that came of it."""

    record: Record
    new: int
    unchanged: int
    extracted: int

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """The documents that did not get through: read or extract."""
        return tuple(s for s in self.record.skipped if s.stage in ("read", "extract"))


class _Code(NamedTuple):
    """The plugins that a build uses, each with what names its version."""

    reader: Reader
    reader_version: str
    extractor: str
    extractor_version: str


def build(
    paths: Iterable[Path | str],
    out: Path,
    *,
    sources: Path | None = None,
    as_of: date | None = None,
    config: Config | None = None,
    progress: Progress | None = None,
) -> Report:
    """Read `paths` into the sourcebook `out`, new or existing, and bring everything in it up to date.

    What was read before is left alone unless its bytes, its row of `sources` or the reader changed;
    what the extractor's version or `as_of` makes stale is extracted again; decisions stay. Bad
    input is a skipped row. A build that was killed goes on where it was.

    Raises:
        InputError: `out` cannot be written, or `sources` cannot be read.
        StoreError: `out` is something else than a sourcebook, or is damaged.
    """
    config = config or Config()
    tell = progress or _silent
    given = table(sources) if sources else None
    roots = [Path(path) for path in paths]
    code = _code(config)
    with Store(out, create=True) as store:
        if as_of is not None:
            store.put_as_of(as_of)
        new, unchanged = _read_all(store, files.raws(roots, given), roots, code, tell)
        _read_again(store, code)
        extracted = _extract_stale(store, code, config, tell)
        tell("resolving", 0, 0)
        return Report(derive_into(store, config), new, unchanged, extracted)


def _silent(step: str, done: int, of: int) -> None:
    del step, done, of


def _code(config: Config) -> _Code:
    return _Code(
        cast("Reader", plugins.load("reader", config.reader)),
        plugins.version("reader", config.reader),
        plugins.target("extractor", config.extractor),
        plugins.version("extractor", config.extractor),
    )


# -- reading --------------------------------------------------------------------------------------


def _read_all(
    store: Store, found: Iterable[Raw | Skipped], roots: list[Path], code: _Code, tell: Progress
) -> tuple[int, int]:
    known = {(f.path, f.sha256): (f.given, f.reader) for f in store.files()}
    own = store.path.resolve()
    new = unchanged = 0
    for raw in found:
        if isinstance(raw, Skipped):
            if not _is_own(raw.path, roots, own):
                store.put_skipped(raw)
            continue
        sha256 = hashlib.sha256(raw.data).hexdigest()
        before = known.get((raw.path, sha256))
        if before == (_given(raw), code.reader_version):
            unchanged += 1
        else:
            new += _read_one(store, raw, code, _read_from(raw, roots, own)) and before is None
        tell("reading", new + unchanged, 0)
    return new, unchanged


def _read_one(store: Store, raw: Raw, code: _Code, read_from: str) -> bool:
    """Read one file and keep it; False if it is skipped."""
    try:
        readings = list(code.reader(raw, sequence=store.next_sequence()))
    except UnreadableDocument as error:
        store.put_skipped(Skipped(path=raw.path, stage="read", why=str(error)))
        return False
    except Exception as error:  # a reader's bug costs its own file only, and says so
        store.put_skipped(
            Skipped(path=raw.path, stage="read", why=f"reader failed: {type(error).__name__}: {error}")
        )
        return False
    store.put_file(raw, [_storable(r) for r in readings], read_from=read_from, reader=code.reader_version)
    return True


def _storable(reading: Reading) -> Reading:
    # SQLite cannot hold a lone surrogate; its stand-in is one code point as well: no offset moves.
    text = reading.document.text
    clean = _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)
    if clean == text:
        return reading
    return reading._replace(document=msgspec.structs.replace(reading.document, text=clean))


def _read_again(store: Store, code: _Code) -> None:
    """Read stored bytes again where another version of the reader read them."""
    for file in store.files():
        if file.reader != code.reader_version:
            given = msgspec.json.decode(file.given, type=dict[str, str])
            _read_one(store, Raw(store.original(file.sha256), file.path, given), code, file.read_from)


def _given(raw: Raw) -> str:
    return msgspec.json.encode(dict(sorted(raw.given.items()))).decode()


def _read_from(raw: Raw, roots: list[Path], own: Path) -> str:
    """Where the file lies, seen from the sourcebook's folder; "" if that cannot be told."""
    sha256 = hashlib.sha256(raw.data).digest()
    for place in _places(raw.path, roots):
        if place.is_file() and hashlib.sha256(place.read_bytes()).digest() == sha256:
            return Path(os.path.relpath(place.resolve(), own.parent)).as_posix()
    return ""


def _places(path: str, roots: list[Path]) -> Iterator[Path]:
    """Where a file of that path may lie: the path counts from a root or from a folder above one."""
    for root in roots:
        for base in chain((root,), root.resolve().parents):
            yield base / path


def _is_own(path: str, roots: list[Path], own: Path) -> bool:
    """Whether the skipped file is the sourcebook itself, lying among what it is made from."""
    names = (own.name, f"{own.name}-journal")
    return Path(path).name in names and any(
        place.resolve().parent == own.parent and place.is_file() for place in _places(path, roots)
    )


# -- extracting -----------------------------------------------------------------------------------


def _extract_stale(store: Store, code: _Code, config: Config, tell: Progress) -> int:
    """Extract from every document that has no extraction of this version, or none that worked."""
    context = Context(store.as_of())
    ledger = store.ledger()
    stale: dict[str, tuple[Document, str]] = {}
    for document in store.documents():
        key = _extraction_key(document, code.extractor_version, context)
        before = ledger.get(DocumentId(document.id))
        if before is None or before.key != key or before.why is not None:
            stale[document.id] = (document, key)
    jobs = [
        local.Job(name, (document, context), len(document.text) / config.characters_a_second)
        for name, (document, _) in stale.items()
    ]
    workers = local.default_workers() if config.workers is None else config.workers
    limits = local.Limits(seconds=config.seconds, memory=config.memory_mb << 20)
    for n, done in enumerate(local.run(code.extractor, jobs, workers=workers, limits=limits), 1):
        document, key = stale[done.key]
        why = done.why or _fault(document, done.result)
        if why is None:
            store.put_extraction(document, done.result, extractor=code.extractor_version, key=key)
        else:
            store.put_quarantined(document, why, extractor=code.extractor_version, key=key)
        tell("extracting", n, len(jobs))
    return len(jobs)


def _extraction_key(document: Document, version: str, context: Context) -> str:
    parts = [msgspec.structs.replace(document, sequence=0), version, context.as_of]
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()


def _fault(document: Document, found: Extraction) -> str | None:
    """Why an extraction cannot be kept: a span outside its document, or words that are not there."""
    mentions = {m.id for m in found.mentions}
    for mention in found.mentions:
        if document.text[mention.span.start : mention.span.end] != mention.exact:
            return f"the extractor gave words that are not at {mention.span}: {mention.exact!r}"
    for claim in found.claims:
        if max(claim.trigger.end, claim.evidence.end) > len(document.text):
            return f"the extractor gave claim {claim.id} a span outside the document"
        if not all(a.mention in mentions for a in claim.arguments):
            return f"the extractor gave claim {claim.id} an argument that is no mention"
    return None
