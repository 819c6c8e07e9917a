"""The manifest of every file met: what custody can be shown by."""

from __future__ import annotations

from pathlib import Path

from sourcebook.store.custody import Entry
from sourcebook.store.store import Store


def manifest(path: Path) -> list[Entry]:
    """Every file that was met, read or not, in the order in which it came, every link of the chain checked.

    Raises:
        ChainBroken: an entry was changed, removed or put in between.
    """
    with Store(path) as store:
        return store.manifest()
