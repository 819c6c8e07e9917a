"""One document as it was, with everything that was found in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sourcebook.model import Claim, Document, MentionKind
from sourcebook.views import marks
from sourcebook.views.marks import Mark, Piece
from sourcebook.web.book import Book
from sourcebook.web.pages.asking import Ask


class Row(NamedTuple):
    """One claim in the list beside the text."""

    claim: Claim
    words: str
    speaker: str
    about: str


def context(ask: Ask) -> Mapping[str, Any]:
    """The text by lines, its marks, and the claims in text order."""
    book = ask.book
    document = book.document(ask.of)
    claims = sorted(book.claims_in.get(document.id, ()), key=lambda c: (c.trigger, c.id))
    group = book.record.origin_groups.get(document.id)
    return {
        "title": document.title or document.path,
        "document": document,
        "publisher": book.entries.publisher(document.id),
        "published": book.witness.reported(document.id),
        "lines": _lines(book, document, claims, found=_asked_for(document, ask)),
        "rows": [_row(book, c) for c in claims],
        "copies": [
            d
            for d in book.record.documents
            if d.id != document.id and group and book.record.origin_groups.get(d.id) == group
        ],
        "looks": marks.LOOKS,
    }


def _asked_for(document: Document, ask: Ask) -> list[Mark]:
    """The words that a search found here, where the address names them by their first character."""
    at, size = ask.number("at", 0), ask.number("size", 0)
    if not size or at + size > len(document.text):
        return []
    return [Mark(at, at + size, "found", "found", "found")]


def _lines(
    book: Book, document: Document, claims: Sequence[Claim], *, found: list[Mark]
) -> list[list[Piece]]:
    spans = [
        Mark(m.span.start, m.span.end, marks.look(m.kind), m.id, _called(book, m.id, m.kind))
        for m in book.mentions_in.get(document.id, [])
    ]
    spans += [
        Mark(c.trigger.start, c.trigger.end, "claim", c.id, c.predicate.replace("_", " ")) for c in claims
    ]
    whole = marks.pieces(document.text, 0, len(document.text), marks=[*found, *spans], masks=document.masks)
    return marks.lines(whole)


def _called(book: Book, mention: str, kind: MentionKind) -> str:
    entity = book.entries.entities.get(book.entries.entity_of.get(mention, ""))  # type: ignore[call-overload]
    return f"{kind.replace('_', ' ')}: {entity.name}" if entity else kind.replace("_", " ")


def _row(book: Book, claim: Claim) -> Row:
    text = book.document(claim.trigger.document).text
    start = max(claim.evidence.start, claim.trigger.start - 60)
    words = " ".join(text[start : claim.trigger.end + 60].split())
    event = book.event_of.get(claim.id)
    about = book.events[event].label if event else ""
    return Row(claim, words, " < ".join(reversed(book.entries.speakers(claim))), about)
