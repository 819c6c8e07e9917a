"""Which events a person asked to see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from msgspec import Struct

from sourcebook.model import EntityId, Event, Record
from sourcebook.views import find


class Filters(Struct, frozen=True, kw_only=True):
    """Conditions that an event must all meet; None asks for nothing.

    An event whose date is a range meets `since` and `until` if any day of it does; one without a date
    meets neither.
    """

    actor: str | None = None
    place: str | None = None
    type: str | None = None
    status: str | None = None
    since: date | None = None
    until: date | None = None
    document: str | None = None


def events(record: Record, filters: Filters) -> list[Event]:
    """The events that meet the conditions, in the order of the record.

    Raises:
        NotFound: no document answers to `filters.document`.
    """
    documents = {d.id for d in find.documents(record, filters.document)} if filters.document else None
    names = {e.id: "\n".join((e.name, *(a.name for a in e.aliases))) for e in record.entities}
    return [
        event
        for event in record.events
        if _of_kind(event, filters)
        and _named(event, filters, names)
        and _in_time(event, filters)
        and (documents is None or documents.intersection(event.documents))
    ]


def _of_kind(event: Event, filters: Filters) -> bool:
    wanted = (filters.type or "").casefold()
    kinds = (event.type.casefold(), *(mode.casefold() for mode in event.modes))
    return (not wanted or wanted in kinds) and filters.status in (None, event.status.value)


def _named(event: Event, filters: Filters, names: Mapping[EntityId, str]) -> bool:
    people = [(p.entity, p.name) for p in event.participants]
    places = [(p.entity, p.name) for p in event.places]
    return _meets(filters.actor, people, names) and _meets(filters.place, places, names)


def _meets(
    wanted: str | None, held: Iterable[tuple[EntityId | None, str]], names: Mapping[EntityId, str]
) -> bool:
    """Whether one of the entities has that id, or that text in one of its names."""
    if wanted is None:
        return True
    return any(
        wanted == entity
        or wanted.casefold() in f"{name}\n{names.get(entity, '') if entity else ''}".casefold()
        for entity, name in held
    )


def _in_time(event: Event, filters: Filters) -> bool:
    if filters.since is None and filters.until is None:
        return True
    if event.date is None:
        return False
    earliest, latest = event.date.earliest, event.date.latest
    after = filters.since is None or latest is None or latest >= filters.since
    before = filters.until is None or earliest is None or earliest <= filters.until
    return after and before
