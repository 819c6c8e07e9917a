"""The words behind a value, one card a claim."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sourcebook.errors import NotFound
from sourcebook.views.evidence import Evidence
from sourcebook.web.book import Book
from sourcebook.web.pages.asking import Ask

_MOST = 60


def context(ask: Ask) -> Mapping[str, Any]:
    """The evidence of every id in `of`; what is not there any more is named."""
    asked = [i for i in ask.given.get("of", "").split(",") if i][:_MOST]
    found, gone = [], []
    for identifier in dict.fromkeys(asked):
        try:
            found.append(ask.book.witness.of(identifier))
        except NotFound:
            gone.append(identifier)
    found.sort(key=lambda e: ask.book.witness.order(e.document))
    return {
        "title": "Evidence",
        "found": found,
        "rivals": {e.id: ask.book.witness.rivals(e.id) for e in found},
        "gone": gone,
        "events": _events(ask.book, found),
    }


def _events(book: Book, found: list[Evidence]) -> Mapping[str, str]:
    return {e.id: book.event_of[e.id] for e in found if e.id in book.event_of}  # type: ignore[index]
