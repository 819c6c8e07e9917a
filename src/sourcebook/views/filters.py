"""Which events a person asked to see."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
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
    # Only what was asked is looked at: a list of ten thousand events is narrowed three times for one page.
    conditions = list(_conditions(record, filters))
    return [event for event in record.events if all(met(event) for met in conditions)]


def _conditions(record: Record, filters: Filters) -> Iterator[Callable[[Event], bool]]:
    if filters.type:
        wanted = filters.type.casefold()
        yield lambda event: wanted == event.type.casefold() or wanted in map(str.casefold, event.modes)
    if filters.status is not None:
        yield lambda event: event.status.value == filters.status
    if filters.since is not None or filters.until is not None:
        yield lambda event: _in_time(event, filters)
    if filters.document:
        documents = {d.id for d in find.documents(record, filters.document)}
        yield lambda event: not documents.isdisjoint(event.documents)
    if filters.actor is not None or filters.place is not None:
        names = {e.id: "\n".join(e.called) for e in record.entities}
        yield lambda event: _named(event, filters, names)


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
    if event.date is None:
        return False
    earliest, latest = event.date.earliest, event.date.latest
    after = filters.since is None or latest is None or latest >= filters.since
    before = filters.until is None or earliest is None or earliest <= filters.until
    return after and before
