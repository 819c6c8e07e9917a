"""What happened: one line an event, with facets whose counts leave out the facet's own choice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from msgspec.structs import replace

from sourcebook.model import CONTESTED, Event, Fact
from sourcebook.model.vocabulary import TOLL_ROLES
from sourcebook.views.filters import Filters
from sourcebook.views.filters import events as chosen
from sourcebook.web.book import Book
from sourcebook.web.pages.asking import Ask

A_PAGE = 50


class Line(NamedTuple):
    """One event in a list, and the facts that its values stand for."""

    event: Event
    tolls: Sequence[Fact]
    contested: Sequence[Fact]
    dates: Sequence[str]


class Facet(NamedTuple):
    """One way to narrow the list: what it is called, its choices with counts, the one taken."""

    name: str
    label: str
    choices: Sequence[tuple[str, int]]
    taken: str


def context(ask: Ask) -> Mapping[str, Any]:
    """The events that meet the query, a page of them."""
    book = ask.book
    filters = _filters(ask)
    found = sorted(chosen(book.record, filters), key=by_date)
    last = max(1, -(-len(found) // A_PAGE))
    number = min(ask.number("page"), last)
    shown = found[(number - 1) * A_PAGE : number * A_PAGE]
    query = {k: v for k in Filters.__struct_fields__ if (v := ask.word(k))}
    return {
        "title": "Events",
        "lines": [line(book, e) for e in shown],
        "total": len(book.record.events),
        "found": len(found),
        "facets": [_facet(book, filters, "type", "Kind"), _facet(book, filters, "status", "Status")],
        "filters": filters,
        "query_kept": query,
        "narrowed": bool(query),
        "number": number,
        "last": last,
    }


def _filters(ask: Ask) -> Filters:
    return Filters(
        actor=ask.word("actor"),
        place=ask.word("place"),
        type=ask.word("type"),
        status=ask.word("status"),
        since=ask.day("since"),
        until=ask.day("until"),
        document=ask.word("document"),
    )


def _facet(book: Book, filters: Filters, name: str, label: str) -> Facet:
    events = chosen(book.record, replace(filters, **{name: None}))
    counts = Counter(
        kind for e in events for kind in ({e.type, *e.modes} if name == "type" else (e.status.value,))
    )
    return Facet(
        name, label, sorted(counts.items(), key=lambda c: (-c[1], c[0])), getattr(filters, name) or ""
    )


def line(book: Book, event: Event) -> Line:
    """An event with what its line shows."""
    facts = book.facts.get(event.id, [])
    tolls = [f for f in facts if f.property in TOLL_ROLES]
    dates = [c for f in facts if f.property == "date" for r in f.readings for c in r.claims]
    return Line(
        event,
        sorted(tolls, key=lambda f: TOLL_ROLES.index(f.property)),
        [f for f in facts if f.relation in CONTESTED],
        dates or event.claims[:1],
    )


def by_date(event: Event) -> tuple[date, str]:
    """Sorts events by their first possible day, undated ones last."""
    known = event.date and (event.date.earliest or event.date.latest)
    return (known or date.max, event.id)
