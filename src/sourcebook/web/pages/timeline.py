"""What happened when: lanes by kind, status, country or actor, imprecise dates as bars."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from markupsafe import Markup

from sourcebook.views.draw import lanes
from sourcebook.views.draw import timeline as drawing
from sourcebook.views.filters import Filters, events
from sourcebook.web.pages.asking import Ask
from sourcebook.web.pages.events import by_date, line
from sourcebook.web.pages.map_ import brush

_MOST_LANES: Final = 12
A_PAGE: Final = 100


def context(ask: Ask) -> Mapping[str, Any]:
    """The events of a stretch of time, in lanes and as a table."""
    book = ask.book
    by = ask.word("by") or "kind"
    by = by if by in drawing.WAYS else "kind"
    filters = Filters(
        since=ask.day("since"), until=ask.day("until"), actor=ask.word("actor"), place=ask.word("place")
    )
    found = sorted(events(book.record, filters), key=by_date)
    last = max(1, -(-len(found) // A_PAGE))
    number = min(ask.number("page"), last)
    laid = lanes.draw(found, drawing.WAYS[by])
    shown = laid._replace(lanes=laid.lanes[:_MOST_LANES])
    picture = drawing.picture(
        shown,
        href=lambda e: ask.links.page("event", e.id),
        bin_href=lambda b: ask.links.page("events", since=b.since, until=b.until),
    )
    return {
        "title": "Timeline",
        "drawn": bool(shown.lanes),
        "picture": Markup(picture),  # noqa: S704 - made by draw, which escapes every word
        "caption": drawing.CAPTION,
        "brush": brush(found),
        "more": max(0, len(laid.lanes) - _MOST_LANES),
        "lines": [line(book, e) for e in found[(number - 1) * A_PAGE : number * A_PAGE]],
        "found": len(found),
        "number": number,
        "last": last,
        "query_kept": {k: v for k in ("by", "since", "until", "actor", "place") if (v := ask.word(k))},
        "undated": sum(not (e.date and (e.date.earliest or e.date.latest)) for e in found),
        "ways": tuple(drawing.WAYS),
        "by": by,
        "filters": filters,
        "total": len(book.record.events),
    }
