"""Everything checked again: files, stored bytes, spans, decisions, derived tables, dossiers."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import Struct

from sourcebook import plugins
from sourcebook.config import Config
from sourcebook.errors import ChainBroken, InputError
from sourcebook.export import dossier as dossiers
from sourcebook.export import sidecar
from sourcebook.model import Claim, Document, DocumentId, Mention, Record
from sourcebook.ports import Raw
from sourcebook.project import reading, referring
from sourcebook.project.building import guard
from sourcebook.project.deriving import derive, is_fresh, rows_of
from sourcebook.read import lists
from sourcebook.store import excerpts, listing, search
from sourcebook.store.salvage import survey
from sourcebook.store.store import File, Store
from sourcebook.views import dossier_redaction, phrases


class Finding(Struct, frozen=True, kw_only=True):
    """One thing that is not as it should be: what was checked, what it is about, what is wrong."""

    check: str
    about: str
    why: str


class Checked(NamedTuple):
    """What was found, what was looked at, and notes that are no findings."""

    findings: list[Finding]
    looked_at: dict[str, int]
    notes: list[str]


def verify(
    path: Path,
    dossiers_at: Sequence[Path] = (),
    *,
    documents: Path | None = None,
    config: Config | None = None,
) -> Checked:
    """Check a sourcebook and the dossiers made from it against the evidence.

    The original files are looked for where they were read from, or in the folder `documents`. One that is
    gone is a finding only if `documents` was given: bytes are kept in the sourcebook.

    Raises:
        InputError: a dossier cannot be read.
    """
    config = config or Config()
    with Store(path) as store:
        found = Checked([Finding(check="file", about=path.name, why=w) for w in store.damage()], {}, [])
        if found.findings:
            found.findings.extend(_unreadable(path))
            found.notes.append(f"the file is damaged: sourcebook salvage {path} -o NEW has back what it can")
            return found
        try:
            decisions = store.decisions()
        except ChainBroken as broken:
            found.findings.append(Finding(check="decisions", about=path.name, why=str(broken)))
            decisions = None
        held = store.documents()
        mentions, claims = store.mentions(), store.claims()
        _Files(store, documents, config, found).check()
        found.findings.extend(_lists(store, found))
        if not store.read(search.is_sound):
            why = f"search goes by other words than those of the documents: sourcebook salvage {path} -o NEW"
            found.findings.append(Finding(check="search", about=path.name, why=why))
        outside = list(_spans(held, mentions, claims))
        found.findings.extend(outside)
        found.looked_at.update(
            files=len(store.files()), documents=len(held), mentions=len(mentions), claims=len(claims)
        )
        if decisions is not None:
            found.looked_at["decisions"] = len(decisions)
        if outside:
            found.notes.append("what follows was not looked at: claims are not what their documents say")
        elif decisions is not None:
            record = _derived(store, config, found)
            for place in dossiers_at:
                found.findings.extend(_dossier(place, record, found))
    return found


def _unreadable(path: Path) -> Iterator[Finding]:
    """What of that which cannot be made again is damaged; the rest follows from it, and is no loss."""
    for table in survey(path):
        if table.why is not None:
            yield Finding(check=f"table {table.table}", about=f"{table.rows} rows can be read", why=table.why)


# -- files ----------------------------------------------------------------------------------------


class _Files:
    """Stored bytes against their hashes, original files against stored bytes, texts against both."""

    def __init__(self, store: Store, folder: Path | None, config: Config, found: Checked) -> None:
        self.store = store
        self.folder = folder
        self.found = found
        self.guard = guard(config)
        self.reader = reading.code(config)
        self.version = plugins.version("reader", config.reader)
        self.claims = store.claims()
        self.documents = store.documents()
        self.root_of = store.roots()

    def check(self) -> None:
        asked: deque[tuple[str, File]] = deque()
        for tree in reading.trees(self._to_compare(asked), self.reader, self.guard):
            self._compare(*asked.popleft(), tree)
        self._manifest()

    def _to_compare(self, asked: deque[tuple[str, File]]) -> Iterator[Raw]:
        """Bytes to be read again, stored ones and originals that changed; what they are goes to `asked`."""
        for file in self.store.files():
            stored = self.store.original(file.sha256)
            raw = _raw(file, stored)
            if hashlib.sha256(stored).hexdigest() != file.sha256:
                self._find("stored bytes", file.path, "they do not match their hash")
            elif file.container is None and file.reader.partition("+")[0] == self.version:
                asked.append(("stored text", file))
                yield raw
            elif file.container is None:
                self.found.notes.append(f"{file.path} was read by another version of the reader: build again")
            if file.container is None and (changed := self._original(file)):
                asked.append(("original", file))
                yield _raw(file, changed)

    def _manifest(self) -> None:
        """Every file against the chained list of what was met."""
        try:
            entries = self.store.manifest()
        except ChainBroken as broken:
            self._find("manifest", self.store.path.name, str(broken))
            return
        self.found.looked_at["manifest"] = len(entries)
        sizes = {(entry.path, entry.sha256): entry.size for entry in entries}
        for file in self.store.files():
            size = sizes.get((file.path, file.sha256))
            if size is None:
                self.found.notes.append(f"{file.path} was read before there was a manifest: build again")
            elif size != len(self.store.original(file.sha256)):
                self._find("manifest", file.path, f"{size} bytes were noted, others are stored")

    def _find(self, check: str, about: str, why: str) -> None:
        self.found.findings.append(Finding(check=check, about=about, why=why))

    def _original(self, file: File) -> bytes | None:
        """The bytes of the file as it lies on the disk now, if they have changed."""
        place = self._place(file)
        if place is None or not place.is_file():
            where = place or "a place that was not noted"
            if self.folder:
                self._find("original", file.path, f"no such file: {where}")
            else:
                self.found.notes.append(f"{file.path}: the original is not at {where}")
            return None
        try:
            data = place.read_bytes()
        except OSError as error:
            self._find("original", file.path, f"{place}: {error.strerror or error}")
            return None
        if hashlib.sha256(data).hexdigest() == file.sha256:
            return None
        self._find("original", file.path, f"{place} has changed since it was read")
        return data

    def _place(self, file: File) -> Path | None:
        if self.folder:
            return self.folder / file.path
        return self.store.path.resolve().parent / file.read_from if file.read_from else None

    def _compare(self, check: str, file: File, tree: list[reading.Leaf]) -> None:
        """Name the claims whose words are not where they were, if `tree` is what the file holds."""
        texts = {r.document.path: r.document.text for leaf in tree for r in leaf.answer.readings}
        for document in self.documents:
            if document.translation_of is not None:
                continue  # a translator need not say the same twice: what it said is kept
            if self.root_of.get(document.id) == file.id and texts.get(document.path, "") != document.text:
                text = texts.get(document.path, "")
                self.found.findings.extend(_stale(check, document, text, self.claims))


def _lists(store: Store, found: Checked) -> Iterator[Finding]:
    """Reference lists whose bytes or entries are not those that were given."""
    held = store.reference_lists(with_entries=True)
    found.looked_at["reference lists"] = len(held)
    for one, reader in held:
        data = store.original(one.sha256)
        if hashlib.sha256(data).hexdigest() != one.sha256:
            yield Finding(check="stored bytes", about=one.name, why="they do not match their hash")
        elif reader != referring.version():
            found.notes.append(f"{one.name} was read by another version of the reader: build again")
        elif lists.parse(data, one.name, one.licence).list != one:
            yield Finding(
                check="reference list", about=one.name, why="its entries are not those of its bytes"
            )


def _raw(file: File, data: bytes) -> Raw:
    return Raw(data, file.path, msgspec.json.decode(file.given, type=dict[str, str]))


def _stale(check: str, document: Document, text: str, claims: Iterable[Claim]) -> Iterator[Finding]:
    """The claims whose words are not at their place any more. No look-alike is searched for."""
    yield Finding(check=check, about=document.path, why="the text reads otherwise")
    for claim in claims:
        span = claim.evidence
        quoted = document.text[span.start : span.end]
        if span.document == document.id and quoted != text[span.start : span.end]:
            words = " ".join(quoted.split())
            yield Finding(check=check, about=claim.id, why=f"stale: these words are not there: “{words}”")


# -- spans ----------------------------------------------------------------------------------------


def _spans(
    held: Sequence[Document], mentions: Sequence[Mention], claims: Sequence[Claim]
) -> Iterator[Finding]:
    texts = {d.id: d.text for d in held}
    known = {m.id for m in mentions}
    for mention in mentions:
        words = texts[mention.span.document][mention.span.start : mention.span.end]
        if words != mention.exact:
            why = f"{mention.exact!r} is not at {mention.span}, {words!r} is"
            yield Finding(check="span", about=mention.id, why=why)
    for claim in claims:
        if max(claim.trigger.end, claim.evidence.end) > len(texts[claim.evidence.document]):
            yield Finding(check="span", about=claim.id, why="it lies outside its document")
        for argument in claim.arguments:
            if argument.mention not in known:
                why = f"its {argument.role} is a mention that is not there: {argument.mention}"
                yield Finding(check="claim", about=claim.id, why=why)


# -- what follows ---------------------------------------------------------------------------------


def _derived(store: Store, config: Config, found: Checked) -> Record:
    """The record as it follows now; a difference from what is stored is a finding."""
    fresh = derive(store.evidence(), config)
    if not is_fresh(store, config):
        why = "they follow from other claims, decisions or rules: sourcebook rebuild"
        found.findings.append(Finding(check="derived tables", about=store.path.name, why=why))
        return fresh
    stored = store.record()
    for name in (
        "entities",
        "events",
        "facts",
        "proposals",
        "skipped",
        "dated",
        "origin_groups",
        "mentions",
        "claims",
    ):
        if getattr(stored, name) != getattr(fresh, name):
            why = f"{name} are not what follows from the evidence: sourcebook rebuild"
            found.findings.append(Finding(check="derived tables", about=store.path.name, why=why))
    rows = rows_of(fresh)
    kept = (
        store.read(lambda db: listing.events(db, listing.Wanted())).rows,
        store.read(lambda db: listing.actors(db, None, None)).rows,
        store.read(excerpts.document_rows),
    )
    if any([row for _, row in made] != held for made, held in zip(rows, kept, strict=True)):
        why = "the rows of lists are not those of the record: sourcebook rebuild"
        found.findings.append(Finding(check="derived tables", about=store.path.name, why=why))
    return fresh


# -- dossiers -------------------------------------------------------------------------------------


def _dossier(place: Path, record: Record, found: Checked) -> Iterator[Finding]:
    written = _written(place)
    found.looked_at["citations"] = found.looked_at.get("citations", 0) + len(written.citations)
    if not written.citations:
        yield Finding(check="dossier", about=place.name, why="it holds no citation")
    claims = {c.id: c for c in record.claims}
    documents = {d.id: d for d in record.documents}
    for number, citation in written.citations.items():
        about = f"{place.name}, citation {number}"
        gone = [c for c in citation.claims if c not in claims]
        if gone:
            yield Finding(check="dossier", about=about, why=f"no such claim any more: {', '.join(gone)}")
        if not _quotes(documents, citation.document, citation.start, citation.end, citation.exact):
            yield Finding(check="dossier", about=about, why="the document does not say that there")
    for line in written.gaps:
        if not phrases.is_gap(line):
            yield Finding(
                check="dossier", about=f"{place.name}: {line[:60]}", why="a sentence without a citation"
            )
    for sentence, numbers in written.sentences:
        missing = [n for n in numbers if n not in written.citations]
        if missing or not numbers:
            why = f"citation {', '.join(missing)} is missing" if missing else "a sentence without a citation"
            yield Finding(check="dossier", about=f"{place.name}: {sentence[:60]}", why=why)


def _written(place: Path) -> dossiers.Written:
    """What a dossier says: by itself, or by the file beside it."""
    if place.suffix in (".docx", ".pdf"):
        held = sidecar.read(place)
        return dossiers.Written(
            held.citations, [(s.text, s.citations) for s in held.sentences], list(held.gaps)
        )
    try:
        text = place.read_text("utf-8")
    except (OSError, ValueError) as error:
        raise InputError(f"cannot read the dossier {place}: {error}") from error
    return dossiers.read_page(text) if "<html" in text[:200] else dossiers.read_markdown(text)


def _quotes(
    documents: dict[DocumentId, Document], document: DocumentId, start: int, end: int, exact: str
) -> bool:
    found = documents.get(document)
    return found is not None and dossier_redaction.quotes(found.text[start:end], exact)
