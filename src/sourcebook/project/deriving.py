"""What follows from evidence, claims and decisions: derived, kept, and derived again when stale."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import cast

import msgspec

from sourcebook import plugins
from sourcebook.config import Config
from sourcebook.export import files
from sourcebook.model import Fact, Record
from sourcebook.read.copies import origin_groups
from sourcebook.reconcile.statements import Material, material
from sourcebook.store.store import Store


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


def derive_into(store: Store, config: Config) -> Record:
    """Derive from what a store holds, and keep the result there."""
    derived = derive(store.evidence(), config)
    store.put_derived(derived, key=derivation_key(store, config))
    return derived


def derivation_key(store: Store, config: Config) -> str:
    """Names everything that the derived tables depend on."""
    ledger = sorted((document, entry.key, entry.why) for document, entry in store.ledger().items())
    code = [plugins.digest("sourcebook.resolve", "sourcebook.reconcile", "sourcebook.read")]
    parts = [config.resolver, config.reconciler, code, ledger, store.head(), store.as_of()]
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()


def derive(evidence: Record, config: Config) -> Record:
    """Entities, events and facts that follow from evidence, claims and decisions. Pure."""
    resolver = cast("Callable[[Record], Record]", plugins.load("resolver", config.resolver))
    reconciler = cast("Callable[[Material], Iterable[Fact]]", plugins.load("reconciler", config.reconciler))
    grouped = msgspec.structs.replace(evidence, origin_groups=origin_groups(evidence.documents))
    resolved = resolver(grouped)
    return msgspec.structs.replace(resolved, facts=tuple(reconciler(material(resolved))))
