"""Who, when, where, how many at a glance; what differs, what waits, what could not be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from markupsafe import Markup

from sourcebook.model import Event
from sourcebook.views import contested, lists
from sourcebook.views.draw import map as mapping
from sourcebook.web.book import Book
from sourcebook.web.draw import tolls
from sourcebook.web.pages.asking import Ask
from sourcebook.web.pages.events import line
from sourcebook.web.pages.map_ import brush

_SHOWN: Final = 6
_ACTORS: Final = 10
_TOLLS: Final = 8
#: The language that is understood; of texts in others only names, dates and numbers can be relied on.
_READ: Final = "en"


def context(ask: Ask) -> Mapping[str, Any]:
    """The heads of every list, each with its whole length, and a picture of each question."""
    book = ask.book
    record = book.record
    told = sorted(record.events, key=_weight)
    found = contested.rows(record)
    actors = book.actors
    return {
        "title": "Overview",
        "counts": lists.counts(record),
        "events": [line(book, e) for e in told[:_SHOWN]],
        "statuses": Counter(e.status.value for e in record.events).most_common(),
        "contested": found[:_SHOWN],
        "contested_count": len(found),
        "actors": actors[:_ACTORS],
        "actor_count": len(actors),
        "most_events": max((a.events for a in actors), default=0),
        "tolls": tolls.draw(book, _TOLLS),
        "brush": brush(record.events),
        "span": _span(record.events),
        "picture": _map(ask, record.events),
        "proposals": record.proposals,
        "skipped": [s for s in record.skipped if s.stage in ("read", "extract")],
        "orphaned": [s for s in record.skipped if s.stage not in ("read", "extract")],
        "foreign": _foreign(book),
        "undated": [d for d in record.documents if not (d.published or record.dated.get(d.id))],
    }


def _weight(event: Event) -> tuple[int, int, str]:
    return (-len(event.documents), -len(event.claims), event.id)


def _map(ask: Ask, found: Sequence[Event]) -> Markup | None:
    """The map of all events, each circle leading to its place on the map's page; None without a point."""
    there = mapping.places(found)
    if not any(p.glyph for p in there):
        return None
    drawn = mapping.draw(found, there=there, href=lambda g: f"{ask.links.page('map')}#place-{g.places[0]}")
    return Markup(drawn.picture)  # noqa: S704 - made by draw, which escapes every word


def _span(found: Sequence[Event]) -> tuple[str, str]:
    """The first and the last year of dated events."""
    days = [d for e in found if e.date for d in (e.date.earliest, e.date.latest) if d]
    return (str(min(days).year), str(max(days).year)) if days else ("", "")


def _foreign(book: Book) -> list[tuple[str, int]]:
    """Languages that are not understood, with the number of their documents."""
    counts = Counter(d.language for d in book.record.documents if d.language and d.language != _READ)
    return sorted(counts.items(), key=lambda c: (-c[1], c[0]))
