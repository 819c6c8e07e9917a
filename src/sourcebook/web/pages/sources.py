"""Who published what, when, in which language, and what was got out of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from sourcebook.views import lists
from sourcebook.web.pages.asking import Ask


def context(ask: Ask) -> Mapping[str, Any]:
    """Every document with its publisher, in the order of report; then publishers and what was skipped."""
    book = ask.book
    rows = lists.documents(book.record)
    groups = Counter(row.origin for row in rows)
    rows.sort(key=lambda r: book.witness.order(book.document(r.id).id))
    return {
        "lists": lists.references(book.record),
        "title": "Sources",
        "rows": rows,
        "copies": {row.id: groups[row.origin] - 1 for row in rows},
        "sources": book.record.sources,
        "skipped": book.record.skipped,
    }
