"""What made this record, how far it can be trusted, and whose data it draws on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from sourcebook.views import accuracy, lists
from sourcebook.web.pages.asking import Ask


def context(ask: Ask) -> Mapping[str, Any]:
    """Versions, counts, the log of decisions."""
    record = ask.book.record
    return {
        "lists": lists.references(record),
        "title": "About this record",
        "counts": lists.counts(record),
        "extractors": sorted(Counter(c.extractor for c in record.claims).items()),
        "decisions": record.decisions,
        "as_of": record.as_of,
        "accuracy": accuracy.shipped(),
    }
