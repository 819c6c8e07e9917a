"""One event: every source's words in the order of report, what they come to, and why they are one event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sourcebook.model import Claim, ClaimId, DocumentId, Event, Fact, Merge, Quantity
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
    picks: Sequence[tolls.Toll]


class Join(NamedTuple):
    """One reason why two claims are held to be about one event."""

    merge: Merge
    one: Evidence
    other: Evidence


def context(ask: Ask) -> Mapping[str, Any]:
    """Everything about one event."""
    book = ask.book
    event = book.event(ask.of)
    facts = sorted(
        book.facts.get(event.id, []), key=lambda f: (EVENT_PROPERTIES.index(f.property), f.rule, f.id)
    )
    return {
        "title": event.label,
        "event": event,
        "questions": [_question(book, event, f) for f in facts if f.property != "happened"],
        "happened": [f for f in facts if f.property == "happened"],
        "told": _told(book, event),
        "related": events.related(book.record, event),
        "joins": [_join(book, m) for m in event.merge],
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
        [tolls.picks(book.record, event, effect=fact.property)] if shows else [],
    )


def _told(book: Book, event: Event) -> list[Told]:
    by_document: dict[DocumentId, list[Claim]] = {}
    for identifier in event.claims:
        claim = book.entries.claims.get(ClaimId(identifier))
        if claim is not None:
            by_document.setdefault(claim.trigger.document, []).append(claim)
    found = []
    for document in sorted(by_document, key=book.witness.order):
        claims = sorted(by_document[document], key=lambda c: c.trigger)
        shown = [book.witness.of(c.id) for c in claims]
        found.append(Told(document, shown[0].publisher, shown[0].reported, shown[0].reported_basis, shown))
    return found


def _join(book: Book, merge: Merge) -> Join:
    one, other = merge.claims
    return Join(merge, book.witness.of(one), book.witness.of(other))


def _neighbours(book: Book, event: Event) -> tuple[Event | None, Event | None]:
    order = book.record.events
    at = order.index(event)
    return (order[at - 1] if at else None, order[at + 1] if at + 1 < len(order) else None)
