"""Reference lists into a sourcebook: read, kept with digest and licence, and read again by a newer reader."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from sourcebook import plugins
from sourcebook.errors import InputError, NotFound
from sourcebook.model import Skipped
from sourcebook.read import lists
from sourcebook.store.custody import Entry
from sourcebook.store.store import Store

#: The code that makes entries of bytes.
_READER: Final = "sourcebook.read.lists"
_LONGEST_LICENCE: Final = 2_000


def refer(out: Path, files: Iterable[Path]) -> list[Skipped]:
    """Put reference lists into a sourcebook, new or existing; what of them could not be used.

    A list is known by its file's name: given again it replaces the one before. The words of `FILE.license`
    beside it, if there is one, are kept as its licence (REUSE 3.3).

    Raises:
        InputError: a file cannot be read, or is no reference list.
    """
    # All are read before the first is kept: a wrong name leaves the sourcebook as it was.
    given = [(path.name, _bytes(path), _licence(path)) for path in files]
    read = [(data, lists.parse(data, name, licence)) for name, data, licence in given]
    with Store(out, create=True) as store, store.transaction():
        for data, parsed in read:
            keep(store, parsed, data)
    return [fault for _, parsed in read for fault in parsed.skipped]


def forget(out: Path, names: Iterable[str]) -> None:
    """Take reference lists out of a sourcebook again.

    Raises:
        NotFound: it holds no list of that name.
    """
    with Store(out) as store, store.transaction():
        for name in names:
            if not store.drop_reference(name):
                known = ", ".join(held.name for held, _ in store.reference_lists()) or "none"
                raise NotFound(f"{out} holds no reference list {name!r}; it holds: {known}")


def read_again(store: Store) -> None:
    """Make the entries anew of every list whose entries another version of the reader made."""
    current = version()
    for held, made_by in store.reference_lists():
        if made_by != current:
            data = store.original(held.sha256)
            keep(store, lists.parse(data, held.name, held.licence), data)


def keep(store: Store, parsed: lists.Parsed, data: bytes) -> None:
    """Keep a list that was read, and enter it in the manifest."""
    held, reader = parsed.list, version()
    store.put_reference(held, data, parsed.skipped, reader)
    entry = Entry(
        path=held.name,
        sha256=held.sha256,
        size=len(data),
        tool=f"reference list {held.format} {reader}",
        outcome="read",
        licence=held.licence,
    )
    store.note_custody(entry)


def version() -> str:
    """What the entries of a list depend on beside its bytes."""
    return plugins.digest(_READER)


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > lists.LARGEST:
            raise InputError(f"the reference list {path} is larger than {lists.LARGEST >> 20} MB")
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot read the reference list {path}: {error.strerror or error}") from error


def _licence(path: Path) -> str | None:
    beside = path.with_name(f"{path.name}.license")
    if not beside.is_file():
        return None
    return " ".join(beside.read_text("utf-8", "replace").split())[:_LONGEST_LICENCE] or None
