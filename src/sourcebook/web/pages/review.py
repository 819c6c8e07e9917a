"""One question a screen: are these two one? The words of both, what differs, why it is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sourcebook.errors import NotFound
from sourcebook.model import Entity, Event, EventId
from sourcebook.project.reviewing import Question
from sourcebook.views import wording
from sourcebook.views.evidence import Evidence
from sourcebook.web.book import Book
from sourcebook.web.pages.asking import Ask

_WORDS_SHOWN = 3


class Side(NamedTuple):
    """One of the two: its name, its fields by label, its words, where it has a page."""

    id: str
    name: str
    fields: Mapping[str, str]
    words: Sequence[Evidence]
    page: str


def context(ask: Ask, questions: Sequence[Question]) -> Mapping[str, Any]:
    """The first question that was not put off, and how many wait."""
    later = [i for i in ask.given.get("later", "").split(",") if i]
    kind = ask.word("kind")
    of_kind = [q for q in questions if kind in (None, q.kind)]
    waiting = [q for q in of_kind if key(q) not in later]
    question = waiting[0] if waiting else None
    sides = [_side(ask, i) for i in question.about] if question else []
    labels = list(dict.fromkeys(label for s in sides for label in s.fields))
    return {
        "title": "Review",
        "question": question,
        "sides": sides,
        "rows": [
            (label, [s.fields.get(label, "") for s in sides], _differs(sides, label)) for label in labels
        ],
        "waiting": len(waiting),
        "total": len(of_kind),
        "kinds": sorted({q.kind for q in questions}),
        "kind": kind or "",
        "later": later,
        "put_off": ",".join([*later, key(question)]) if question else "",
        "done": ask.word("done"),
        "decidable": bool(question and all(s.page for s in sides)),
    }


def key(question: Question) -> str:
    """Names a question in an address."""
    return "~".join(question.about)


def _differs(sides: Sequence[Side], label: str) -> bool:
    return len({s.fields.get(label, "") for s in sides}) > 1


def _side(ask: Ask, identifier: str) -> Side:
    book = ask.book
    event = book.events.get(EventId(identifier))
    if event is not None:
        return _event_side(ask, event)
    try:
        return _entity_side(ask, book.entity(identifier))
    except NotFound:
        return Side(identifier, identifier, {}, (), "")


def _event_side(ask: Ask, event: Event) -> Side:
    book = ask.book
    tolls = {
        f.property: wording.versions(f, book.entries.entities)
        for f in book.facts.get(event.id, [])
        if f.property in ("killed", "injured", "arrested", "abducted")
    }
    fields = {
        "When": wording.days(event.date) or "unknown",
        "Where": ", ".join(dict.fromkeys(p.name for p in event.places)) or "unknown",
        "Kind": " · ".join((event.type.lower(), *event.modes)),
        "Status": event.status.value,
        "Who": "; ".join(dict.fromkeys(f"{p.name} ({p.role})" for p in event.participants)) or "unknown",
        **{name.capitalize(): text for name, text in tolls.items()},
        "Told by": "; ".join(dict.fromkeys(book.entries.publisher(d) for d in event.documents)),
    }
    words = [book.witness.of(c) for c in event.claims[:_WORDS_SHOWN]]
    return Side(event.id, event.label, fields, words, ask.links.page("event", event.id))


def _entity_side(ask: Ask, entity: Entity) -> Side:
    book = ask.book
    facts = book.facts.get(entity.id, [])
    fields = {
        "Kind": entity.kind.value.replace("_", " "),
        "Names": "; ".join(a.name for a in entity.aliases) or entity.name,
        **{
            f.property.replace("_", " ").capitalize(): wording.versions(f, book.entries.entities)
            for f in facts[:6]
            if f.property != "alias"
        },
        "Named in": "; ".join(_publishers(book, entity)),
    }
    words = [book.witness.of(m) for m in entity.mentions[:_WORDS_SHOWN]]
    return Side(entity.id, entity.name, fields, words, ask.links.page("actor", entity.id))


def _publishers(book: Book, entity: Entity) -> list[str]:
    held = (book.entries.mentions[m].span.document for m in entity.mentions)
    return list(dict.fromkeys(book.entries.publisher(d) for d in held))
