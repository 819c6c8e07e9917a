"""Store: one sourcebook file, as evidence, claims, decisions and what follows from them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from traceback import clear_frames
from types import TracebackType
from typing import NamedTuple, TypeVar

import msgspec
from msgspec import Struct

from sourcebook.model import (
    Claim,
    Days,
    Decision,
    Document,
    DocumentId,
    Entity,
    Event,
    Fact,
    Mention,
    Proposal,
    Record,
    ReferenceList,
    Skipped,
    Source,
)
from sourcebook.ports import Raw, Reading
from sourcebook.store import custody, derived, excerpts, extractions, log, originals, references, search
from sourcebook.store.connection import connect, damage, explained, remake_derived, settled, transaction
from sourcebook.store.derived import Lists, Name
from sourcebook.store.extractions import Extracted, Ledger
from sourcebook.store.packing import unpacked_row
from sourcebook.store.rows import as_json, completed

S = TypeVar("S", bound=Struct)
T = TypeVar("T")


class File(NamedTuple):
    """One file that was read: its number, the bytes' name, where they lay, and the file that it came in."""

    id: int
    path: str
    sha256: str
    read_from: str
    given: str
    reader: str
    container: int | None = None


class Store:
    """One open sourcebook. The only writer of its file; use as a context manager."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        self.path = path
        self._db = connect(path, create=create)

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # Half-read rows in the error's frames would keep the file locked while the error lives.
        clear_frames(trace)
        self._db.close()
        if error is not None:
            with explained(self.path):
                raise error

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Writes inside are kept together or not at all."""
        with explained(self.path), transaction(self._db):
            yield

    def settled(self, read: Callable[[], T]) -> T:
        """What `read` finds in a file that others write to, as it was at one moment."""
        return settled(self._db, read)

    # -- settings -----------------------------------------------------------------------------

    def as_of(self) -> date | None:
        """The day that stands in for the clock, None if none was given."""
        row = self._db.execute("SELECT value FROM setting WHERE name = 'as_of'").fetchone()
        return msgspec.json.decode(row[0], type=date | None) if row else None

    def put_as_of(self, day: date) -> None:
        """Keep the day that stands in for the clock."""
        self._put_setting("as_of", as_json(day))

    def columns(self) -> dict[str, str]:
        """Which columns of dumps hold what, by field, as the user said; {} if never."""
        row = self._db.execute("SELECT value FROM setting WHERE name = 'columns'").fetchone()
        return msgspec.json.decode(row[0], type=dict[str, str]) if row else {}

    def put_columns(self, columns: dict[str, str]) -> None:
        """Keep which columns of dumps hold what."""
        self._put_setting("columns", msgspec.json.encode(columns).decode())

    def _put_setting(self, name: str, body: str) -> None:
        with self.transaction():
            self._db.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (name, body))

    # -- evidence -----------------------------------------------------------------------------

    def files(self) -> list[File]:
        """Every file read, in the order in which they came."""
        query = "SELECT id, path, sha256, read_from, given, reader, container FROM file ORDER BY id"
        return [File(*row) for row in self._db.execute(query)]

    def roots(self) -> dict[DocumentId, int]:
        """For each document the number of the file on the disk that it is from."""
        query = "SELECT d.id, COALESCE(f.container, f.id) FROM document d JOIN file f ON f.id = d.file"
        return {DocumentId(document): int(file) for document, file in self._db.execute(query)}

    def original(self, sha256: str) -> bytes:
        """The bytes of that SHA-256, as they were read."""
        return originals.read(self._db, sha256)

    def next_sequence(self) -> int:
        """The number that the next document gets."""
        (last,) = self._db.execute("SELECT COALESCE(MAX(sequence), -1) FROM document").fetchone()
        return int(last) + 1

    def put_file(
        self,
        raw: Raw,
        readings: Sequence[Reading],
        *,
        read_from: str,
        reader: str,
        container: int | None = None,
    ) -> int:
        """Keep a file's bytes and the documents that were read from them, replacing an older reading.

        `container` is the number of the file that it was found in. Returns the file's own number.
        """
        with self.transaction():
            sha256 = originals.put(self._db, raw.data)
            (file,) = self._db.execute(
                "INSERT INTO file (path, sha256, read_from, given, reader, container)"
                " VALUES (?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (path, sha256) DO UPDATE SET"
                " read_from = excluded.read_from, given = excluded.given, reader = excluded.reader"
                " RETURNING id",
                (raw.path, sha256, read_from, as_json(dict(sorted(raw.given.items()))), reader, container),
            ).fetchone()
            for document, source in readings:
                if source is not None:
                    self._put_source(source)
                self._put_document(document, int(file))
            self._drop_unread(int(file), [d.id for d, _ in readings])
            extractions.forget_skipped(self._db, raw.path, "read")
        return int(file)

    def forget_members(self, container: int, kept: Collection[int]) -> None:
        """Forget the files in another that this version of the reader does not find there."""
        rows_of = self._db.execute("SELECT id FROM file WHERE container = ?", (container,)).fetchall()
        with self.transaction():
            for (file,) in rows_of:
                if file not in kept:
                    self._drop_unread(file, [])
                    self._db.execute("DELETE FROM file WHERE id = ?", (file,))

    def note_custody(self, entry: custody.Entry) -> None:
        """Add a file to the manifest."""
        with self.transaction():
            custody.note(self._db, entry)

    def last_custody(self, path: str, sha256: str) -> custody.Entry | None:
        """The last entry of the manifest about a file; None if it was never met."""
        return custody.last(self._db, path, sha256)

    def manifest(self) -> list[custody.Entry]:
        """Every file ever met, oldest first, every link checked.

        Raises:
            ChainBroken: an entry was changed, removed or put in between.
        """
        return custody.manifest(self._db)

    def _put_document(self, document: Document, file: int) -> None:
        row = self._db.execute("SELECT sequence FROM document WHERE id = ?", (document.id,)).fetchone()
        sequence = int(row[0]) if row else self.next_sequence()
        search.forget(self._db, sequence)
        body = as_json(msgspec.structs.replace(document, text="", sequence=sequence))
        self._db.execute(
            "INSERT INTO document (sequence, id, file, title, text, body) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET"
            " title = excluded.title, text = excluded.text, body = excluded.body",
            (sequence, document.id, file, document.title, document.text, body),
        )
        search.index(self._db, sequence)

    def _drop_unread(self, file: int, kept: list[DocumentId]) -> None:
        """Forget documents that another version of the reader saw in a file and this one does not."""
        rows = self._db.execute("SELECT sequence, id FROM document WHERE file = ?", (file,)).fetchall()
        for sequence, identifier in rows:
            if identifier not in kept:
                search.forget(self._db, int(sequence))
                self._db.execute("DELETE FROM extraction WHERE document = ?", (identifier,))
                self._db.execute("DELETE FROM document WHERE id = ?", (identifier,))

    def _put_source(self, source: Source) -> None:
        row = self._db.execute("SELECT body FROM source WHERE id = ?", (source.id,)).fetchone()
        if row:
            source = completed(source, msgspec.json.decode(row[0], type=Source))
        self._db.execute(
            "INSERT OR REPLACE INTO source VALUES (?, ?, ?)", (source.id, source.name, as_json(source))
        )

    def documents(self) -> list[Document]:
        """Every document, in the order in which they entered."""
        return list(self.each_document())

    def each_document(self) -> Iterator[Document]:
        """Every document, in the order in which they entered, one at a time."""
        decoder = msgspec.json.Decoder(Document)
        for text, body in self._db.execute("SELECT text, body FROM document ORDER BY sequence"):
            yield msgspec.structs.replace(decoder.decode(body), text=text)

    def bare_documents(self) -> tuple[Document, ...]:
        """Every document without its text, in the order in which they entered."""
        return tuple(self._bodies("SELECT body FROM document ORDER BY sequence", Document))

    def document(self, identifier: DocumentId) -> Document:
        """The document of that id, which must be there."""
        query = "SELECT text, body FROM document WHERE id = ?"
        text, body = self._db.execute(query, (identifier,)).fetchone()
        return msgspec.structs.replace(msgspec.json.decode(body, type=Document), text=text)

    def sources(self) -> list[Source]:
        """Every publisher, by id."""
        return self._bodies("SELECT body FROM source ORDER BY id", Source)

    def put_skipped(self, skipped: Skipped) -> None:
        """Keep the reason why something did not get through a stage."""
        with self.transaction():
            extractions.put_skipped(self._db, skipped)

    def put_reference(self, held: ReferenceList, data: bytes, faults: Iterable[Skipped], reader: str) -> None:
        """Keep a reference list and its bytes, and what of it could not be used."""
        with self.transaction():
            references.put(self._db, held, data, faults, reader)

    def drop_reference(self, name: str) -> bool:
        """Forget a reference list; whether there was one of that name."""
        with self.transaction():
            return references.drop(self._db, name)

    def reference_lists(self, *, with_entries: bool = False) -> list[tuple[ReferenceList, str]]:
        """The reference lists as they were given, each with the version of its reader."""
        return references.read(self._db, with_entries=with_entries)

    # -- claims -------------------------------------------------------------------------------

    def ledger(self) -> dict[DocumentId, Ledger]:
        """What was extracted from which document, and from what it follows."""
        return extractions.ledger(self._db)

    def put_extractions(self, batch: Iterable[Extracted], *, extractor: str) -> None:
        """Keep what was found in documents instead of what was found before, all in one transaction.

        What is there already under the same key is left as it is.
        """
        with self.transaction():
            for one in batch:
                extractions.put(self._db, one, extractor)

    def mentions(self) -> list[Mention]:
        """Every mention, in document and text order."""
        return extractions.found(self._db, "mentions", Mention)

    def claims(self) -> list[Claim]:
        """Every claim, in document and text order."""
        return extractions.found(self._db, "claims", Claim)

    # -- decisions ----------------------------------------------------------------------------

    def append(self, decision: Decision) -> None:
        """Add to the log of decisions; `previous` must be the id of the last entry.

        Raises:
            ChainBroken: the log ends elsewhere.
        """
        with self.transaction():
            log.append(self._db, decision)

    def last_decision(self) -> str:
        """The id of the last decision, "" if there is none: what the next one follows."""
        return log.head(self._db).id

    def head(self) -> str:
        """The hash of the last decision, "" if there is none: note it to prove the log later."""
        return log.head(self._db).hash

    def decisions(self) -> list[Decision]:
        """The log, oldest first, every link checked.

        Raises:
            ChainBroken: an entry was changed, removed or put in between.
        """
        return log.read(self._db)

    # -- what follows -------------------------------------------------------------------------

    def put_derived(
        self, record: Record, *, name: Name, evidence: Record | None = None, lists: Lists | None = None
    ) -> None:
        """Keep what `record` derives instead of what was derived before.

        `evidence` is what it was derived from, where that is at hand; `lists` are rows as lists show them.
        """
        with self.transaction():
            derived.put(self._db, record, evidence or self.evidence(), lists or Lists(), name)

    def forget_derived(self) -> None:
        """Drop what is derived, with whatever stands in its tables by now."""
        remake_derived(self._db)

    def derived_name(self) -> Name | None:
        """What the derived tables were made from; None if they were never made."""
        return derived.name_of(self._db)

    def call_derived(self, name: Name) -> None:
        """Say that what is derived follows from something newer just as well."""
        with self.transaction():
            derived.call(self._db, name)

    def read(self, query: Callable[[sqlite3.Connection], T]) -> T:
        """What one of this room's own queries finds; they are in `listing` and `excerpts`."""
        return query(self._db)

    def skipped(self) -> list[Skipped]:
        """What did not get through a stage, the stored stages first."""
        stored = self._db.execute("SELECT path, stage, why FROM skipped ORDER BY path, stage").fetchall()
        later = self._db.execute("SELECT path, stage, why FROM unresolved ORDER BY position").fetchall()
        return [Skipped(path=p, stage=s, why=w) for p, s, w in (*stored, *later)]

    def evidence(self, *, with_entries: bool = True) -> Record:
        """Evidence, claims and decisions: all that is stored, nothing that follows.

        Entries of reference lists are left out unless `with_entries`.
        """
        skipped = self._db.execute("SELECT path, stage, why FROM skipped ORDER BY path, stage")
        return Record(
            as_of=self.as_of(),
            sources=tuple(self.sources()),
            references=references.listed(self._db, with_entries=with_entries),
            documents=tuple(self.documents()),
            mentions=tuple(self.mentions()),
            claims=tuple(self.claims()),
            decisions=tuple(self.decisions()),
            skipped=tuple(Skipped(path=p, stage=s, why=w) for p, s, w in skipped),
        )

    def record(self) -> Record:
        """Everything, as stored."""
        evidence = self.evidence(with_entries=False)
        return msgspec.structs.replace(
            evidence,
            mentions=excerpts.as_ruled(self._db, evidence.mentions, Mention),
            claims=excerpts.as_ruled(self._db, evidence.claims, Claim),
            entities=tuple(self._rows("SELECT body FROM entity ORDER BY position", Entity)),
            events=tuple(self._rows("SELECT body FROM event ORDER BY position", Event)),
            facts=tuple(self._rows("SELECT body FROM fact ORDER BY position", Fact)),
            proposals=tuple(self._rows("SELECT body FROM proposal ORDER BY position", Proposal)),
            skipped=tuple(self.skipped()),
            origin_groups=self._by_document("SELECT document, origin_group FROM origin ORDER BY document"),
            dated={
                d: msgspec.json.decode(body, type=Days)
                for d, body in self._by_document("SELECT document, body FROM dated ORDER BY document").items()
            },
        )

    def damage(self) -> list[str]:
        """What SQLite's own check of the file finds wrong, [] if nothing."""
        return damage(self._db)

    def _bodies(self, query: str, kind: type[S]) -> list[S]:
        decoder = msgspec.json.Decoder(kind)
        return [decoder.decode(row[0]) for row in self._db.execute(query)]

    def _rows(self, query: str, kind: type[S]) -> list[S]:
        decoder = msgspec.json.Decoder(kind)
        return [decoder.decode(unpacked_row(row[0])) for row in self._db.execute(query)]

    def _by_document(self, query: str) -> dict[DocumentId, str]:
        return {DocumentId(document): str(value) for document, value in self._db.execute(query)}
