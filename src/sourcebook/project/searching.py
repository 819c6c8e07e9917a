"""Words to the documents of a sourcebook that hold them."""

from __future__ import annotations

from pathlib import Path

from sourcebook.model import DocumentId
from sourcebook.store import search


def words(query: str) -> list[str]:
    """The words of a query; everything else in it means nothing."""
    return search.words(query)


def documents(path: Path, query: str, *, patience: float | None = None) -> list[DocumentId]:
    """The documents that hold all the words of a query, the best first.

    Raises:
        InUse: somebody writes to the file for longer than `patience` seconds.
    """
    return search.documents(path, query, patience=patience)
