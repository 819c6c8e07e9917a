"""What is in the record, what differs, what waits for a decision, what could not be read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sourcebook.model import Event
from sourcebook.views import contested, lists
from sourcebook.web.pages.asking import Ask
from sourcebook.web.pages.events import line

_SHOWN = 8


def context(ask: Ask) -> Mapping[str, Any]:
    """The heads of every list, each with its whole length."""
    book = ask.book
    record = book.record
    told = sorted(record.events, key=_weight)
    return {
        "title": "Overview",
        "counts": lists.counts(record),
        "events": [line(book, e) for e in told[:_SHOWN]],
        "contested": contested.rows(record)[:_SHOWN],
        "actors": lists.actors(record)[:_SHOWN],
        "proposals": record.proposals,
        "skipped": [s for s in record.skipped if s.stage in ("read", "extract")],
        "orphaned": [s for s in record.skipped if s.stage not in ("read", "extract")],
    }


def _weight(event: Event) -> tuple[int, int, str]:
    return (-len(event.documents), -len(event.claims), event.id)
