"""Find a reader, extractor, resolver, reconciler or task by name, and import only that one."""

from __future__ import annotations

import hashlib
import importlib
from importlib.metadata import entry_points
from importlib.resources import files
from importlib.resources.abc import Traversable
from importlib.util import find_spec
from types import MappingProxyType
from typing import Any, Final

from sourcebook.errors import UnknownPlugin

#: What ships with the package, by kind. Strings, so that naming a plugin imports nothing.
BUILTIN: Final = MappingProxyType(
    {
        "reader": {"kinds": "sourcebook.read.kinds:read"},
        "extractor": {"rules": "sourcebook.extract.pipeline:extract"},
        "translator": {},
        "resolver": {"rules": "sourcebook.resolve.resolution:resolve"},
        "reconciler": {"rules": "sourcebook.reconcile.facts:facts"},
        "engine": {
            "local": "sourcebook.engine.local:Local",
            "spark": "sourcebook.engine.spark:Spark",
        },
        "task": {
            "attribution": "sourcebook.extract.tasks.attribution:predict_attribution",
            "count": "sourcebook.views.tasks.count:predict_count",
            "event-coref": "sourcebook.resolve.tasks.event_coref:predict_event_coref",
            "event-types": "sourcebook.extract.tasks.event_types:predict_event_types",
            "factuality": "sourcebook.extract.tasks.factuality:predict_factuality",
            "muc4": "sourcebook.extract.tasks.muc4:predict_muc4",
            "names": "sourcebook.resolve.tasks.names:predict_names",
            "relations": "sourcebook.extract.tasks.relations:predict_relations",
            "timex": "sourcebook.extract.tasks.timex:predict_timex",
        },
    }
)

_CODE: Final = (".py", ".tsv", ".sql", ".json", ".onnx")


def target(kind: str, name: str) -> str:
    """Where a plugin is: "package.module:attribute".

    Raises:
        UnknownPlugin: there is none of that kind and name; the message lists those there are.
    """
    if name in BUILTIN[kind]:
        return BUILTIN[kind][name]
    for entry in entry_points(group=f"sourcebook.{kind}", name=name):
        return entry.value
    raise UnknownPlugin(kind, name, names(kind))


def names(kind: str) -> list[str]:
    """Every plugin of a kind that could be loaded, ours and installed ones."""
    return sorted({*BUILTIN[kind], *(e.name for e in entry_points(group=f"sourcebook.{kind}"))})


def load(kind: str, name: str) -> Any:
    """The plugin itself; its module is imported now."""
    return resolve(target(kind, name))


def resolve(where: str) -> Any:
    """What "package.module:attribute" names."""
    module, _, attribute = where.partition(":")
    return getattr(importlib.import_module(module), attribute)


def version(kind: str, name: str) -> str:
    """What a plugin's answers depend on: its module's `version()`, else a digest of its package.

    A `version()` of a module `version` beside it comes first: it can be asked without loading a model.
    """
    module = target(kind, name).partition(":")[0]
    package = module.rpartition(".")[0]
    beside = f"{package}.version"
    if package and find_spec(beside):
        module = beside
    own = getattr(importlib.import_module(module), "version", None)
    return str(own()) if callable(own) else digest(package)


def digest(*packages: str) -> str:
    """Eight hexadecimal digits over the code and data files of some packages."""
    found = hashlib.sha256()
    for package in packages:
        for name, file in sorted(_files(files(package), package)):
            found.update(name.encode() + b"\0" + file.read_bytes())
    return found.hexdigest()[:8]


def _files(folder: Traversable, name: str) -> list[tuple[str, Traversable]]:
    found: list[tuple[str, Traversable]] = []
    for child in folder.iterdir():
        path = f"{name}/{child.name}"
        if child.is_dir():
            found += _files(child, path)
        elif child.name.endswith(_CODE):
            found.append((path, child))
    return found
