"""Files to a sourcebook: read what is new, extract what is missing or stale, derive the rest."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from sourcebook import plugins
from sourcebook.config import Config
from sourcebook.model import Skipped
from sourcebook.ports import Engine, Raw
from sourcebook.project import reading, referring, translating
from sourcebook.project.deriving import settle
from sourcebook.project.engines import engine
from sourcebook.project.extracting import extract_stale
from sourcebook.project.telling import Progress, silent
from sourcebook.project.translating import Translate
from sourcebook.read import files, tables
from sourcebook.read.answering import Answer
from sourcebook.read.members import INSIDE
from sourcebook.read.sources import table
from sourcebook.store.custody import Entry
from sourcebook.store.store import Store

#: Files that are kept together; what a kill may cost is to read these once more.
_TOGETHER: Final = 64
#: Reasons why files were passed over that are written at a time.
_MANY: Final = 4096


class Report(NamedTuple):
    """What a build did; `skipped` are the documents that did not get through: read or extract."""

    new: int
    unchanged: int
    extracted: int
    skipped: tuple[Skipped, ...]


class Code(NamedTuple):
    """The reader that a build uses, what names its version, and who runs it within which limits."""

    reader: reading.Code
    version: str
    guard: reading.Guard
    translate: Translate


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
    report = take_in(paths, out, sources=sources, as_of=as_of, config=config, progress=progress)
    settle(out, config, progress)
    return report


def take_in(
    paths: Iterable[Path | str],
    out: Path,
    *,
    sources: Path | None = None,
    as_of: date | None = None,
    config: Config | None = None,
    progress: Progress | None = None,
) -> Report:
    """The first half of `build`: what follows from all documents together is left to who asks for it first.

    Raises:
        InputError: `out` cannot be written, or `sources` cannot be read.
        StoreError: `out` is something else than a sourcebook, or is damaged.
    """
    config = config or Config()
    tell = progress or silent
    given = table(sources) if sources else None
    roots = [Path(path) for path in paths]
    runs_on = engine(config)
    version = plugins.version("reader", config.reader) + translating.version(config)
    code = Code(reading.code(config), version, guard(config, runs_on), translating.translate(config))
    with Store(out, create=True) as store:
        if as_of is not None:
            store.put_as_of(as_of)
        if config.columns:
            store.put_columns(dict(sorted(config.columns.items())))
        found = mapped(files.raws(roots, given), store.columns())
        new, unchanged = _Intake(store, code, roots).take(found, tell)
        _read_again(store, code)
        referring.read_again(store)
        extracted = extract_stale(store, config, runs_on, tell)
        skipped = tuple(s for s in store.skipped() if s.stage in ("read", "extract"))
        return Report(new, unchanged, extracted, skipped)


def mapped(found: Iterable[Raw | Skipped], columns: Mapping[str, str]) -> Iterator[Raw | Skipped]:
    """The files, told which columns hold what where one may be a table of articles or hold one."""
    told = msgspec.json.encode(columns).decode()
    for raw in found:
        if columns and isinstance(raw, Raw) and tables.may_have(raw.data, columns):
            yield raw._replace(given={**raw.given, tables.COLUMNS: told})
        else:
            yield raw


# -- reading --------------------------------------------------------------------------------------


class _Intake:
    """Files on their way into the store."""

    def __init__(self, store: Store, code: Code, roots: list[Path]) -> None:
        self._store = store
        self._code = code
        self._roots = roots
        self._known = {(f.path, f.sha256): (f.given, f.reader) for f in store.files()}
        self._own = store.path.resolve()
        self._refused: list[Skipped] = []
        self._new = self._unchanged = 0

    def take(self, found: Iterable[Raw | Skipped], tell: Progress) -> tuple[int, int]:
        """Read and keep what is new; how many files are, and how many are not."""
        held: list[list[reading.Leaf]] = []
        for tree in reading.trees(self._unread(found, tell), self._code.reader, self._code.guard):
            held.append(tree)
            if len(held) >= _TOGETHER:
                self._keep(held)
                held = []
                tell("reading", self._new + self._unchanged, 0)
        self._keep(held)
        tell("reading", self._new + self._unchanged, 0)
        return self._new, self._unchanged

    def _keep(self, trees: list[list[reading.Leaf]]) -> None:
        """Several files in one transaction: the disk is waited for once."""
        with self._store.transaction():
            for skipped in self._refused:
                self._store.put_skipped(skipped)
            self._refused.clear()
            for tree in trees:
                root = tree[0].raw
                before = (root.path, _sha256(root)) in self._known
                kept = keep(self._store, tree, self._code, self._read_from(root))
                self._new += kept and not before

    def _unread(self, found: Iterable[Raw | Skipped], tell: Progress) -> Iterator[Raw]:
        for raw in found:
            if _is_own(raw.path, self._roots, self._own):
                continue
            if isinstance(raw, Skipped):
                self._refused.append(raw)
                if len(self._refused) >= _MANY:
                    self._keep([])
                continue
            before = self._known.get((raw.path, _sha256(raw)))
            if before is None and self._was_refused(raw):
                continue
            if before != (_given(raw), self._code.version):
                yield raw
                continue
            self._unchanged += 1
            tell("reading", self._new + self._unchanged, 0)

    def _was_refused(self, raw: Raw) -> bool:
        """Whether this version of the reader could not read these bytes, its reason stands."""
        entry = self._store.last_custody(raw.path, _sha256(raw))
        same = entry is not None and entry.tool == f"reader {self._code.version}"
        return same and entry is not None and entry.under == under(raw, self._code.guard)

    def _read_from(self, raw: Raw) -> str:
        return _read_from(raw, self._roots, self._own)


def keep(store: Store, tree: list[reading.Leaf], code: Code, read_from: str) -> bool:
    """Keep a file, those found in it, and why some were not read; False if nothing in it was."""
    tree = code.translate(tree)
    with store.transaction():
        held: list[int] = []
        for raw, answer in tree:
            for skipped in answer.skipped:
                store.put_skipped(skipped)
            # A container is kept for what is in it, even if it says nothing itself.
            if answer.readings or (raw is tree[0].raw and _holds_any(tree)):
                number = store.put_file(
                    raw,
                    answer.readings,
                    read_from=read_from if raw is tree[0].raw else "",
                    reader=code.version,
                    container=held[0] if held else None,
                )
                held.append(number)
            store.note_custody(_entry(raw, answer, code, empty=raw is tree[0].raw and not _reads(tree)))
        for skipped in _unanswered(tree):
            store.put_skipped(skipped)
        if held:
            store.forget_members(held[0], held)
    return bool(held)


def _unanswered(tree: list[reading.Leaf]) -> Iterator[Skipped]:
    """Rows of the table of sources that speak of a part of this file that is not there."""
    given = msgspec.json.decode(tree[0].raw.given.get(INSIDE, "{}"), type=dict[str, dict[str, str]])
    met = {leaf.raw.path for leaf in tree}
    met |= {found.document.path for leaf in tree for found in leaf.answer.readings}
    for path, row in given.items():
        if path not in met:
            why = f"{row['given_in']}: nothing of this path was found in {tree[0].raw.path}"
            yield Skipped(path=path, stage="read", why=why)


def _reads(tree: list[reading.Leaf]) -> bool:
    return any(leaf.answer.readings for leaf in tree)


def _holds_any(tree: list[reading.Leaf]) -> bool:
    return any(leaf.answer.readings for leaf in tree[1:])


def under(raw: Raw, limits: reading.Guard) -> str:
    """Names what a refusal hangs on beside the bytes and the reader: the row of the table, and the limits."""
    parts = [dict(sorted(raw.given.items())), limits.seconds, limits.memory]
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()[:16]


def _entry(raw: Raw, answer: Answer, code: Code, *, empty: bool) -> Entry:
    own = [s.why for s in answer.skipped if s.path == raw.path]
    refused = bool(own) and not answer.readings
    return Entry(
        path=raw.path,
        sha256=_sha256(raw),
        size=len(raw.data),
        tool=f"reader {code.version}",
        outcome="skipped" if refused else "read",
        why=own[0] if refused else None,
        container=raw.container,
        licence=raw.given.get("licence"),
        handling=raw.given.get("handling"),
        under=under(raw, code.guard) if empty else None,
    )


def _sha256(raw: Raw) -> str:
    return hashlib.sha256(raw.data).hexdigest()


def guard(config: Config, runs_on: Engine | None = None) -> reading.Guard:
    """Who reads, and what reading a file may cost, as the settings say."""
    return reading.Guard(runs_on or engine(config), config.read_seconds, config.read_memory_mb << 20)


def _read_again(store: Store, code: Code) -> None:
    """Read stored bytes again where another version of the reader read them."""
    stale = [f for f in store.files() if f.container is None and f.reader != code.version]
    raws = (
        Raw(store.original(f.sha256), f.path, msgspec.json.decode(f.given, type=dict[str, str]))
        for f in stale
    )
    for file, tree in zip(stale, reading.trees(raws, code.reader, code.guard), strict=True):
        keep(store, tree, code, file.read_from)


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
    """Whether the file is the sourcebook itself, lying among what it is made from."""
    names = (own.name, f"{own.name}-journal")
    return Path(path).name in names and any(
        place.resolve().parent == own.parent and place.is_file() for place in _places(path, roots)
    )
