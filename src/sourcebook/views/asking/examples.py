"""Questions that the record can answer, for somebody who does not know yet what may be asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from sourcebook.model import Entity, Event, MentionKind
from sourcebook.views.asking.finding import Shelf

_EVENTS: Final = 3
_ACTORS: Final = 3
#: What is asked of an actor of which a property is told.
_ASKED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "founded": "When was {} founded?",
        "leader": "Who leads {}?",
        "strength": "How many fighters does {} have?",
    }
)


def likely(shelf: Shelf) -> Iterator[str]:
    """Questions about the events and actors of which most is told; not every one need have an answer."""
    told = sorted(shelf.record.events, key=lambda e: (-len(e.documents), -len(e.claims), e.id))
    for event in told[:_EVENTS]:
        yield from _of_event(shelf, event)
    named = sorted(shelf.record.entities, key=lambda e: (-len(e.mentions), e.id))
    groups = [e for e in named if e.kind is MentionKind.ARMED_GROUP and e.name[:1].isupper()]
    for group in groups[:_ACTORS]:
        yield from _of_group(shelf, group)


def _of_event(shelf: Shelf, event: Event) -> Iterator[str]:
    if any(f.property == "killed" for f in shelf.facts.get(event.id, ())):
        yield f"How many people were killed: {event.label}?"
    if event.participants:
        yield f"Who claimed responsibility: {event.label}?"


def _of_group(shelf: Shelf, group: Entity) -> Iterator[str]:
    told = {f.property for f in shelf.facts.get(group.id, ())}
    yield from (wording.format(group.name) for name, wording in _ASKED.items() if name in told)
    yield f"How many attacks did {group.name} carry out?"
