"""One event: what it was, who took part by whose word, what it belongs with, and why its claims are one."""

from __future__ import annotations

from msgspec import Struct

from sourcebook.model import EntityId, Event, EventId, EventLink, Record
from sourcebook.views import wording
from sourcebook.views.entries import Entries

#: How an event stands to another, said from the one that shows it and from the other.
LINKS = {
    "part-of": ("part of", "has as a part"),
    "follows": ("follows", "is followed by"),
    "about": ("is about", "is spoken of by"),
}


class Related(Struct, frozen=True, kw_only=True):
    """Another event that this one belongs with and is not: in which way, and by which words."""

    how: str
    event: str
    status: str
    date: str
    why: str
    id: EventId
    claims: tuple[str, ...]


class Part(Struct, frozen=True, kw_only=True):
    """Who has a role in the event, and by whose word."""

    role: str
    name: str
    word: str
    said_by: list[str]


class Joined(Struct, frozen=True, kw_only=True):
    """Why two of the claims are held to be about one event."""

    score: float
    these: str
    and_these: str
    because: str


class EventPage(Struct, frozen=True, kw_only=True):
    """Everything that is said of one event but its figures, which `toll` has."""

    id: EventId
    label: str
    type: str
    status: str
    date: str
    date_basis: str
    places: list[str]
    documents: int
    origins: int
    roles: list[Part]
    related: list[Related]
    joins: list[Joined]


def page(record: Record, event: Event) -> EventPage:
    """The event with what it belongs with."""
    entries = Entries(record)
    return EventPage(
        id=event.id,
        label=event.label,
        type="/".join((event.type, *event.modes)),
        status=event.status.value,
        date=wording.days(event.date),
        date_basis=event.date.basis if event.date else "",
        places=[f"{p.name} ({p.role}; {p.location.precision})" for p in event.places],
        documents=len(event.documents),
        origins=event.origins,
        roles=[
            Part(role=p.role, name=_name(entries, p.entity, p.name), word=p.attribution_status,
                 said_by=sorted({" → ".join(entries.speakers(entries.claims[c])) for c in p.claims}))
            for p in event.participants
        ],
        related=related(record, event),
        joins=[
            Joined(score=m.score, these=entries.exact(entries.claims[m.claims[0]].trigger),
                   and_these=entries.exact(entries.claims[m.claims[1]].trigger), because=m.why)
            for m in event.merge
        ],
    )  # fmt: skip


def related(record: Record, event: Event) -> list[Related]:
    """The events that one is linked with, from either side, in the order of the record."""
    made = []
    for other in record.events:
        made += [_related(link, other, 0) for link in event.related if link.event == other.id]
        made += [_related(link, other, 1) for link in other.related if link.event == event.id]
    return made


def _related(link: EventLink, other: Event, side: int) -> Related:
    return Related(
        how=LINKS[link.kind][side],
        event=other.label,
        status=other.status.value,
        date=wording.days(other.date),
        why=link.why,
        id=other.id,
        claims=link.claims,
    )


def _name(entries: Entries, entity: EntityId | None, name: str) -> str:
    return entries.entities[entity].name if entity is not None and entity in entries.entities else name
