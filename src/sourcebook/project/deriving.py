"""What follows from evidence, claims and decisions: derived, kept, and derived again when stale."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final, cast

import msgspec

from sourcebook import plugins
from sourcebook.config import Config
from sourcebook.export import files
from sourcebook.model import EntityId, EventId, Fact, Record
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


def rebuild(path: Path, config: Config | None = None) -> Record:
    """Drop everything derived and derive it again; the same file gives the same record."""
    with Store(path) as store:
        return derive_into(store, config or Config())


def record(path: Path, config: Config | None = None) -> Record:
    """Everything in a sourcebook, or in a JSON, CSV or Parquet export of one.

    What is derived is derived anew if a build was cut short.
    """
    if (exported := files.read(path)) is not None:
        return exported
    settings = config or Config()
    with Store(path) as store:
        if store.derived_key() == derivation_key(store, settings):
            return store.record()
        return derive(store.evidence(), settings)


def bring_up_to_date(store: Store, config: Config, tell: Progress = silent) -> Record:
    """What follows from what a store holds: as it is kept there, or derived anew if anything changed."""
    if store.derived_key() == derivation_key(store, config):
        tell("nothing changed", 0, 0)
        return store.record()
    return derive_into(store, config, tell)


def derive_into(store: Store, config: Config, tell: Progress = silent) -> Record:
    """Derive from what a store holds, and keep the result there."""
    evidence = store.evidence()
    derived = derive(evidence, config, tell)
    tell("writing", 0, 0)
    store.put_derived(derived, key=derivation_key(store, config), evidence=evidence, lists=rows_of(derived))
    return derived


def rows_of(record: Record) -> Lists:
    """The rows of lists, kept so that a list does not cost the whole record."""
    encode = msgspec.json.encode
    events = {e.id: e for e in record.events}
    entities = {e.id: e for e in record.entities}
    rows = lists.actors(record)
    shown = {EntityId(row.id) for row in rows}
    where = {m.id: m.span.document for m in record.mentions}
    return Lists(
        (Listed(events[EventId(row.id)], encode(row)) for row in lists.events(record, Filters())),
        (Listed(entities[EntityId(row.id)], encode(row)) for row in rows),
        {(i, where[m]) for i in shown for m in entities[i].mentions if m in where},
    )


def derivation_key(store: Store, config: Config) -> str:
    """Names everything that the derived tables depend on."""
    ledger = sorted((document, entry.key, entry.why) for document, entry in store.ledger().items())
    code = [plugins.digest(*_CODE)]
    parts = [config.resolver, config.reconciler, code, ledger, store.head(), store.as_of()]
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()


def derive(evidence: Record, config: Config, tell: Progress = silent) -> Record:
    """Entities, events and facts that follow from evidence, claims and decisions. Pure."""
    resolver = cast("Callable[[Record], Record]", plugins.load("resolver", config.resolver))
    reconciler = cast("Callable[[Material], Iterable[Fact]]", plugins.load("reconciler", config.reconciler))
    tell("finding copies", 0, 0)
    grouped = msgspec.structs.replace(evidence, origin_groups=origin_groups(evidence.documents))
    tell("resolving", 0, 0)
    resolved = resolver(grouped)
    tell("reconciling", 0, 0)
    return msgspec.structs.replace(resolved, facts=tuple(reconciler(material(resolved))))
