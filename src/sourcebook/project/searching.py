"""Words to the documents of a sourcebook that hold them."""

from __future__ import annotations

from pathlib import Path

from sourcebook.model import DocumentId
from sourcebook.store import search


def documents(path: Path, query: str) -> tuple[list[str], list[DocumentId]]:
    """The words of a query, and the documents that hold all of them, the best first."""
    return search.words(query), search.documents(path, query)
