"""Whom one actor is tied to, by which sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sourcebook.model import Entity, EntityId, EntityValue, Event
from sourcebook.views import lists
from sourcebook.web.book import Book
from sourcebook.web.draw import ego
from sourcebook.web.draw.ego import Tie
from sourcebook.web.pages.asking import Ask

_CHOICES = 40


def context(ask: Ask) -> Mapping[str, Any]:
    """The ties of the actor asked for, or of the one in most events."""
    book = ask.book
    wanted = ask.of or ask.given.get("actor", "")
    rows = book.actors
    entity = book.entity(wanted) if wanted else _first(book, rows)
    ties = sorted(_ties(book, entity), key=lambda t: (t.name, t.relation)) if entity else []
    return {
        "title": f"Network of {entity.name}" if entity else "Network",
        "entity": entity,
        "ties": ties,
        "drawn": ego.draw(ties),
        "family": ego.family,
        "width": ego.WIDTH,
        "choices": rows[:_CHOICES],
    }


def _first(book: Book, rows: list[lists.ActorRow]) -> Entity | None:
    """The armed group of which most is told, else the first actor."""
    found = next((r for r in rows if r.kind == "armed_group"), rows[0] if rows else None)
    return book.entity(found.id) if found else None


def _ties(book: Book, entity: Entity) -> Iterator[Tie]:
    for fact, reading in book.ties.get(entity.id, ()):
        value = reading.value
        relation = fact.property.replace("_", " ")
        if not isinstance(value, EntityValue) or value.entity == fact.subject:
            continue
        if fact.subject == entity.id:
            tie = _tie(book, value.entity, f"→ {relation}", reading.claims, reading.speakers)
        else:
            subject = EntityId(fact.subject)
            tie = _tie(book, subject, f"← {relation}", reading.claims, reading.speakers)
        yield tie._replace(property=fact.property)
    for event in book.events_with.get(entity.id, ()):
        yield from _in_event(book, entity, event)


def _in_event(book: Book, entity: Entity, event: Event) -> Iterator[Tie]:
    """Who has a part in the same event, and which."""
    own = [p for p in event.participants if p.entity == entity.id]
    for participant in event.participants if own else ():
        if participant.entity not in (None, entity.id):
            claims = tuple(dict.fromkeys((*own[0].claims, *participant.claims)))
            words = f"{own[0].role} and {participant.role}: {event.label}"
            yield _tie(book, EntityId(participant.entity or ""), words, claims, ())


def _tie(
    book: Book, other: EntityId, relation: str, claims: tuple[Any, ...], speakers: tuple[str, ...]
) -> Tie:
    known = book.entries.entities.get(other)
    said = speakers or tuple(
        dict.fromkeys(
            s
            for c in claims
            if c in book.entries.claims
            for s in book.entries.speakers(book.entries.claims[c])
        )
    )
    name, kind = (known.name, known.kind.value) if known else (other, "")
    return Tie(other, name, kind, relation, claims, said)
