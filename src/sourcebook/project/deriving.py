"""What follows from evidence, claims and decisions: derived, kept, and derived again when stale."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple, cast

import msgspec
from msgspec.structs import replace

from sourcebook import plugins
from sourcebook.config import Config
from sourcebook.errors import StoreError
from sourcebook.export import files
from sourcebook.model import Document, DocumentId, EntityId, EventId, Fact, Record
from sourcebook.ports import Resolver
from sourcebook.project.engines import sharing
from sourcebook.project.telling import Progress, silent
from sourcebook.reconcile.statements import Material, material
from sourcebook.resolve import rulings
from sourcebook.resolve.sweeping import unswept
from sourcebook.store import excerpts
from sourcebook.store.derived import Lists, Name
from sourcebook.store.listing import Listed
from sourcebook.store.store import Store
from sourcebook.views import lists
from sourcebook.views.filters import Filters

#: What the derived tables follow from beside what is stored.
_CODE: Final = (
    "sourcebook.resolve",
    "sourcebook.reconcile",
    "sourcebook.read",
    "sourcebook.views",
    "sourcebook.store.schema",
)


_COPIES: Final = "sourcebook.read.copies:origin_groups"


class Derived(NamedTuple):
    """A record, and what names everything that it follows from."""

    name: Name
    record: Record

    @property
    def key(self) -> str:
        """Names every row of evidence, every setting and every decision that it follows from."""
        return self.name.key


def rebuild(path: Path, config: Config | None = None) -> Record:
    """Drop everything derived and derive it again; the same file gives the same record."""
    with Store(path) as store:
        store.forget_derived()
        return derive_into(store, config or Config())


def settle(path: Path, config: Config | None = None, progress: Progress | None = None) -> None:
    """Have what is derived follow from everything that is stored."""
    with Store(path) as store:
        settle_into(store, config or Config(), progress or silent)


def record(path: Path, config: Config | None = None) -> Record:
    """Everything in a sourcebook, or in a JSON, CSV or Parquet export of one.

    What is derived is derived anew if a build was cut short.
    """
    return held(path, config).record


def held(path: Path, config: Config | None = None, *, keep: bool = False) -> Derived:
    """The record of a sourcebook and the key of what it follows from; `keep` stores what was derived.

    An export has the key "".
    """
    if (exported := files.read(path)) is not None:
        return Derived(Name(""), exported)
    settings = config or Config()
    with Store(path) as store:
        name, fresh, evidence = store.settled(lambda: _kept(store, settings))
        if fresh:
            return Derived(name, evidence)
        derived = derive(evidence, settings)
        if keep:
            # A file that cannot be written is read all the same.
            with suppress(StoreError):
                store.put_derived(derived, name=name, evidence=evidence, lists=rows_of(derived))
        return Derived(name, derived)


def _kept(store: Store, config: Config) -> tuple[Name, bool, Record]:
    """What names all that is stored, whether what is derived follows from that, and the record if it does.

    If it does not, evidence, claims and decisions.
    """
    name = _name(store, config)
    fresh = is_fresh(store, config, name)
    return name, fresh, store.record() if fresh else store.evidence()


def newer(path: Path, known: Derived, config: Config | None = None) -> Derived | None:
    """The record as it was last derived, None while something in the file is newer or it is the one known.

    Where only decisions were added that change nothing, it is the known one with those.
    """
    settings = config or Config()
    with Store(path) as store:
        return store.settled(lambda: _newer(store, known, settings))


def _newer(store: Store, known: Derived, config: Config) -> Derived | None:
    name = _name(store, config)
    if name.key == known.key or not is_fresh(store, config, name):
        return None
    if _follows(known.name, name):
        return Derived(name, replace(known.record, decisions=tuple(store.decisions())))
    return Derived(name, store.record())


def settle_into(store: Store, config: Config, tell: Progress = silent) -> Record | None:
    """Derive from what a store holds, and keep the result there; None if it is there already.

    Decisions may be added that change nothing: then what is derived is only said to follow from them too.
    """
    name = _name(store, config)
    if not is_fresh(store, config, name):
        return derive_into(store, config, tell)
    if store.derived_name() != name:
        store.call_derived(name)
    tell("nothing changed", 0, 0)
    return None


def is_fresh(store: Store, config: Config, name: Name | None = None) -> bool:
    """Whether what is derived follows from all that is stored."""
    name = name or _name(store, config)
    kept = store.derived_name()
    return kept is not None and _follows(kept, name)


def _follows(one: Name, other: Name) -> bool:
    """Whether one record follows from both: they differ at most by decisions that change nothing."""
    if one.key == other.key:
        return True
    alike = one.key.partition(" ")[0] == other.key.partition(" ")[0]
    return alike and bool(one.rulings) and one.rulings == other.rulings


@unswept()
def derive_into(store: Store, config: Config, tell: Progress = silent) -> Record:
    """Derive from what a store holds, and keep the result there."""
    # What another writer adds after this makes the result stale, never unnoticed.
    name, evidence = store.settled(lambda: (_name(store, config), store.evidence()))
    derived = derive(evidence, config, tell)
    tell("writing", 0, 0)
    store.put_derived(derived, name=name, evidence=evidence, lists=rows_of(derived))
    return derived


def rows_of(record: Record) -> Lists:
    """The rows of lists, kept so that a list does not cost the whole record."""
    encode = msgspec.json.encode
    events = {e.id: e for e in record.events}
    entities = {e.id: e for e in record.entities}
    return Lists(
        (Listed(events[EventId(row.id)], encode(row)) for row in lists.events(record, Filters())),
        (Listed(entities[EntityId(row.id)], encode(row)) for row in lists.actors(record)),
        ((DocumentId(row.id), encode(row)) for row in lists.documents(record)),
    )


def _name(store: Store, config: Config) -> Name:
    """Names everything that the derived tables depend on."""
    # What another resolver makes of decisions is not known: to it each may matter.
    ruled = _ruled(store) if config.resolver == Config().resolver else ""
    return Name(derivation_key(store, config), ruled)


def _ruled(store: Store) -> str:
    """The digest of what the decisions come to; "" if only the whole pile could tell."""
    decisions = store.decisions()
    anchors = [a for d in decisions for a in d.anchors if a.kind != "decision"]
    documents = {a.document for a in anchors if a.document is not None}
    if any(a.document is None for a in anchors):
        return ""
    near = store.read(lambda db: excerpts.findings(db, documents))
    told = rulings.consequences(rulings.read(decisions, near.claims, near.mentions))
    return hashlib.sha256(msgspec.json.encode(told)).hexdigest()


def derivation_key(store: Store, config: Config) -> str:
    """Names all that the derived tables depend on: evidence, settings and code, then the last decision."""
    ledger = sorted((document, entry.key, entry.why) for document, entry in store.ledger().items())
    code = [plugins.digest(*_CODE)]
    lists = [(held.name, held.sha256, held.licence, reader) for held, reader in store.reference_lists()]
    parts = [config.resolver, config.reconciler, code, ledger, store.as_of(), lists]
    return f"{hashlib.sha256(msgspec.json.encode(parts)).hexdigest()} {store.head()}"


@unswept()
def derive(evidence: Record, config: Config, tell: Progress = silent) -> Record:
    """Entities, events and facts that follow from evidence, claims and decisions. Pure."""
    resolver = cast("Resolver", plugins.load("resolver", config.resolver))
    reconciler = cast("Callable[[Material], Iterable[Fact]]", plugins.load("reconciler", config.reconciler))
    tell("finding copies", 0, 0)
    # Imported now, as it needs NumPy, which no list does.
    origin_groups = cast("Callable[[Sequence[Document]], dict[DocumentId, str]]", plugins.resolve(_COPIES))
    grouped = replace(evidence, origin_groups=origin_groups(evidence.documents))
    tell("resolving", 0, 0)
    resolved = resolver(grouped, sharing(config))
    tell("reconciling", 0, 0)
    return replace(resolved, facts=tuple(reconciler(material(resolved))))
