"""One event: every source's words in the order of report, what they come to, and why they are one event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from sourcebook.model import Claim, DocumentId, Event, Fact, Merge, Quantity
from sourcebook.model.vocabulary import EVENT_PROPERTIES, TOLL_ROLES
from sourcebook.views import event as events
from sourcebook.views import toll as tolls
from sourcebook.views.evidence import SURELY, Evidence
from sourcebook.web.book import Book
from sourcebook.web.draw import axis, over_time
from sourcebook.web.pages.asking import Ask
from sourcebook.web.pages.events import line

#: What a codebook picks is shown for these.
_PICKED = ("killed", "injured")
#: So many passages, and reasons why they are one event, are on one page of the app.
A_PAGE = 60


class Told(NamedTuple):
    """What one document says of the event."""

    document: DocumentId
    publisher: str
    reported: str
    basis: str
    claims: Sequence[Evidence]


class Question(NamedTuple):
    """One fact of the event: its readings on an axis, and its course over the time of report."""

    fact: Fact
    axis: axis.Axis
    course: over_time.Course | None
    picks: Sequence[tolls.Picked]


class Join(NamedTuple):
    """One reason why two claims are held to be about one event."""

    merge: Merge
    one: Evidence
    other: Evidence


def context(ask: Ask) -> Mapping[str, Any]:
    """Everything about one event; of very many passages a page, where a server can give the others."""
    book = ask.book
    event = book.event(ask.of)
    parts = _parts(book, event) if ask.links.writes else [_in_order(book, event)]
    number = min(ask.number("page"), len(parts))
    facts = sorted(
        book.facts.get(event.id, []), key=lambda f: (EVENT_PROPERTIES.index(f.property), f.rule, f.id)
    )
    return {
        "title": event.label,
        "event": event,
        "questions": [_question(book, event, f) for f in facts if f.property != "happened"],
        "happened": [f for f in facts if f.property == "happened"],
        "told": _told(book, parts[number - 1]),
        "number": number,
        "last": len(parts),
        "related": events.related(book.record, event),
        "joins": [_join(book, m) for m in _shown(event, ask)],
        "join_count": len(event.merge),
        "proposals": [p for p in book.record.proposals if event.id in p.about],
        "surely": SURELY,
        "claim_count": len(event.claims),
        "done": ask.word("done"),
        "neighbours": _neighbours(book, event),
        "dates": line(book, event).dates,
    }


def _question(book: Book, event: Event, fact: Fact) -> Question:
    numeric = any(isinstance(r.value, Quantity) for r in fact.readings)
    whole = numeric and fact.property in TOLL_ROLES and fact.rule != "part-of-a-total"
    shows = whole and fact.property in _PICKED
    return Question(
        fact,
        axis.of_fact(book, fact),
        over_time.of_fact(book, fact) if whole else None,
        [tolls.picked(book.entries.material, event, fact, effect=fact.property)] if shows else [],
    )


def _in_order(book: Book, event: Event) -> list[Claim]:
    """The claims of an event by the order of report, then by where they stand."""
    known = [book.entries.claims[c] for c in event.claims if c in book.entries.claims]
    return sorted(known, key=lambda c: (book.witness.order(c.trigger.document), c.trigger))


def _parts(book: Book, event: Event) -> list[list[Claim]]:
    """The claims of an event, a page's worth at a time; at least one."""
    claims = _in_order(book, event)
    return [claims[at : at + A_PAGE] for at in range(0, max(1, len(claims)), A_PAGE)]


def _shown(event: Event, ask: Ask) -> Sequence[Merge]:
    return event.merge if ask.given.get("joins") == "all" or not ask.links.writes else event.merge[:A_PAGE]


def _told(book: Book, claims: Sequence[Claim]) -> list[Told]:
    found = []
    for document, own in groupby(claims, key=lambda c: c.trigger.document):
        shown = [book.witness.of(c.id) for c in own]
        found.append(Told(document, shown[0].publisher, shown[0].reported, shown[0].reported_basis, shown))
    return found


def _join(book: Book, merge: Merge) -> Join:
    one, other = merge.claims
    return Join(merge, book.witness.of(one), book.witness.of(other))


def _neighbours(book: Book, event: Event) -> tuple[Event | None, Event | None]:
    order = book.record.events
    at = order.index(event)
    return (order[at - 1] if at else None, order[at + 1] if at + 1 < len(order) else None)
