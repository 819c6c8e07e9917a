"""What follows from evidence, claims and decisions: derived, kept, and derived again when stale."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple, cast

import msgspec

from sourcebook import plugins
from sourcebook.config import Config
from sourcebook.errors import StoreError
from sourcebook.export import files
from sourcebook.model import DocumentId, EntityId, EventId, Fact, Record
from sourcebook.ports import Resolver
from sourcebook.project.engines import sharing
from sourcebook.project.telling import Progress, silent
from sourcebook.read.copies import origin_groups
from sourcebook.reconcile.statements import Material, material
from sourcebook.store.derived import Lists
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


class Derived(NamedTuple):
    """A record, and the key of everything that it follows from."""

    key: str
    record: Record


def rebuild(path: Path, config: Config | None = None) -> Record:
    """Drop everything derived and derive it again; the same file gives the same record."""
    with Store(path) as store:
        return derive_into(store, config or Config())


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
        return Derived("", exported)
    settings = config or Config()
    with Store(path) as store:
        key = derivation_key(store, settings)
        if store.derived_key() == key:
            return Derived(key, store.record())
        evidence = store.evidence()
        derived = derive(evidence, settings)
        if keep:
            # A file that cannot be written is read all the same.
            with suppress(StoreError):
                store.put_derived(derived, key=key, evidence=evidence, lists=rows_of(derived))
        return Derived(key, derived)


def newer(path: Path, than: str, config: Config | None = None) -> Derived | None:
    """The record as it was last derived, None while something in the file is newer or it is the one known."""
    settings = config or Config()
    with Store(path) as store:
        key = derivation_key(store, settings)
        if key == than or store.derived_key() != key:
            return None
        found = store.record()
        # Others may write while it is read: what does not fit together is read again later.
        return Derived(key, found) if store.derived_key() == derivation_key(store, settings) == key else None


def bring_up_to_date(store: Store, config: Config, tell: Progress = silent) -> Record:
    """What follows from what a store holds: as it is kept there, or derived anew if anything changed."""
    if store.derived_key() == derivation_key(store, config):
        tell("nothing changed", 0, 0)
        return store.record()
    return derive_into(store, config, tell)


def derive_into(store: Store, config: Config, tell: Progress = silent) -> Record:
    """Derive from what a store holds, and keep the result there."""
    # The key is taken first: what another writer adds meanwhile makes the result stale, never unnoticed.
    key = derivation_key(store, config)
    evidence = store.evidence()
    derived = derive(evidence, config, tell)
    tell("writing", 0, 0)
    store.put_derived(derived, key=key, evidence=evidence, lists=rows_of(derived))
    return derived


def rows_of(record: Record) -> Lists:
    """The rows of lists, kept so that a list does not cost the whole record."""
    encode = msgspec.json.encode
    events = {e.id: e for e in record.events}
    entities = {e.id: e for e in record.entities}
    rows = lists.actors(record)
    where = {m.id: m.span.document for m in record.mentions}

    def documents(actor: EntityId) -> tuple[DocumentId, ...]:
        return tuple(dict.fromkeys(where[m] for m in entities[actor].mentions if m in where))

    return Lists(
        (Listed(events[EventId(row.id)], encode(row)) for row in lists.events(record, Filters())),
        (Listed(entities[EntityId(row.id)], encode(row), documents(EntityId(row.id))) for row in rows),
        ((DocumentId(row.id), encode(row)) for row in lists.documents(record)),
    )


def derivation_key(store: Store, config: Config) -> str:
    """Names everything that the derived tables depend on."""
    ledger = sorted((document, entry.key, entry.why) for document, entry in store.ledger().items())
    code = [plugins.digest(*_CODE)]
    lists = [(held.name, held.sha256, held.licence, reader) for held, reader in store.reference_lists()]
    parts = [config.resolver, config.reconciler, code, ledger, store.head(), store.as_of(), lists]
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()


def derive(evidence: Record, config: Config, tell: Progress = silent) -> Record:
    """Entities, events and facts that follow from evidence, claims and decisions. Pure."""
    resolver = cast("Resolver", plugins.load("resolver", config.resolver))
    reconciler = cast("Callable[[Material], Iterable[Fact]]", plugins.load("reconciler", config.reconciler))
    tell("finding copies", 0, 0)
    grouped = msgspec.structs.replace(evidence, origin_groups=origin_groups(evidence.documents))
    tell("resolving", 0, 0)
    resolved = resolver(grouped, sharing(config))
    tell("reconciling", 0, 0)
    return msgspec.structs.replace(resolved, facts=tuple(reconciler(material(resolved))))
