"""What happened when: lanes by kind, status or actor, imprecise dates as bars."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sourcebook.model import Event
from sourcebook.views.filters import Filters, events
from sourcebook.web.book import Book
from sourcebook.web.draw import lanes
from sourcebook.web.pages.asking import Ask
from sourcebook.web.pages.events import by_date, line

#: What the lanes may stand for.
WAYS = ("kind", "status", "actor")
_MOST_LANES = 12
A_PAGE = 100


def context(ask: Ask) -> Mapping[str, Any]:
    """The events of a stretch of time, in lanes and as a table."""
    book = ask.book
    by = ask.word("by") if ask.word("by") in WAYS else "kind"
    filters = Filters(since=ask.day("since"), until=ask.day("until"), actor=ask.word("actor"))
    found = sorted(events(book.record, filters), key=by_date)
    last = max(1, -(-len(found) // A_PAGE))
    number = min(ask.number("page"), last)
    drawn = lanes.draw(found, _lane_of(book, by or "kind"))
    return {
        "title": "Timeline",
        "drawn": drawn._replace(lanes=drawn.lanes[:_MOST_LANES]),
        "more": max(0, len(drawn.lanes) - _MOST_LANES),
        "lines": [line(book, e) for e in found[(number - 1) * A_PAGE : number * A_PAGE]],
        "found": len(found),
        "number": number,
        "last": last,
        "query_kept": {k: v for k in ("by", "since", "until", "actor") if (v := ask.word(k))},
        "undated": sum(not (e.date and (e.date.earliest or e.date.latest)) for e in found),
        "ways": WAYS,
        "by": by,
        "filters": filters,
        "total": len(book.record.events),
    }


def _lane_of(book: Book, by: str) -> Callable[[Event], Sequence[str]]:
    def actors(event: Event) -> Sequence[str]:
        names = [
            book.entries.entities[p.entity].name
            for p in event.participants
            if p.entity is not None
            and p.entity in book.entries.entities
            and p.role in ("actor", "claimant", "suspect")
        ]
        return list(dict.fromkeys(names)) or ["nobody named"]

    ways: Mapping[str, Callable[[Event], Sequence[str]]] = {
        "kind": lambda event: [event.type.lower()],
        "status": lambda event: [event.status.value],
        "actor": actors,
    }
    return ways[by]
