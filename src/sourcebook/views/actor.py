"""Everything that is said of one actor: names, facts over time, events by who says what."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from types import MappingProxyType
from typing import Final

from msgspec import Struct

from sourcebook.model import CONTESTED, Entity, EntityValue, Event, Fact, Listed, Participant, Reading, Record
from sourcebook.views import wording
from sourcebook.views.entries import Entries
from sourcebook.views.over_time import holding, may_hold

_DENIED = ("denied", "acquitted")

#: Groups of events on an actor's page, in order, and what each holds.
GROUPS: Final = MappingProxyType(
    {
        "claimed": "claimed by the actor",
        "attributed": "attributed to the actor by others",
        "denied": "denied, or acquitted",
        "other": "in other roles",
    }
)


class NameRow(Struct, frozen=True, kw_only=True):
    """One name, where it is used, and the reference lists that give it."""

    name: str
    mentions: int
    documents: list[str]
    lists: list[str]


class ListedRow(Struct, frozen=True, kw_only=True):
    """What a reference list says of the actor: said by the list alone, by no document."""

    list: str
    entry: str
    name: str
    kind: str
    country: str
    since: str
    until: str
    belongs_to: str
    where: str
    note: str
    why: str


class FactRow(Struct, frozen=True, kw_only=True):
    """One reading of one fact. `contested` names the relation if the readings differ."""

    property: str
    value: str
    since: str
    until: str
    said_by: list[str]
    documents: list[str]
    contested: str
    words: str


class DeedRow(Struct, frozen=True, kw_only=True):
    """One event that somebody ties the actor to: in which role, and by whose word.

    `group` is claimed (by the actor itself), attributed (by others), denied, or other roles.
    """

    group: str
    date: str
    event: str
    role: str
    word: str
    said_by: list[str]
    id: str


class ActorPage(Struct, frozen=True, kw_only=True):
    """One actor, all of it."""

    id: str
    name: str
    kind: str
    as_of: date | None
    names: list[NameRow]
    listed: list[ListedRow]
    facts: list[FactRow]
    events: list[DeedRow]
    not_same_as: list[str]


def page(
    record: Record, actor: Entity, *, as_of: date | None = None, entries: Entries | None = None
) -> ActorPage:
    """What is said of an actor; with `as_of`, what is said to hold or have happened by then.

    `entries` are the look-ups of the record or of one that holds it, where they are at hand.
    """
    entries = entries or Entries(record)
    return ActorPage(
        id=actor.id,
        name=actor.name,
        kind=actor.kind.value,
        as_of=as_of,
        names=_names(actor, entries),
        listed=listed_rows(actor, entries),
        facts=_facts(actor, entries, as_of),
        events=_deeds(record.events, actor, entries, as_of),
        not_same_as=[
            entries.entities[e].name + held_apart(actor, entries.entities[e])
            for e in actor.not_same_as
            if e in entries.entities
        ],
    )


def _names(actor: Entity, entries: Entries) -> list[NameRow]:
    given: dict[str, list[str]] = {}
    for one in actor.listed:
        for name in one.entry.names:
            given.setdefault(name, []).append(one.entry.list)
    rows = []
    for alias in actor.aliases:
        used = [entries.mentions[m].span.document for m in alias.mentions if m in entries.mentions]
        places = dict.fromkeys(entries.documents[d].path for d in used)
        lists = given.pop(alias.name, [])
        rows.append(NameRow(name=alias.name, mentions=len(used), documents=list(places), lists=lists))
    rows += [NameRow(name=n, mentions=0, documents=[], lists=lists) for n, lists in given.items()]
    return sorted(rows, key=lambda r: (-r.mentions, r.name))


def held_apart(one: Entity, other: Entity) -> str:
    """The lists that have two actors as two entries, in brackets; "" where none does."""
    mine = {x.entry.list: x.entry.id for x in one.listed}
    both = [(x.entry.list, mine[x.entry.list], x.entry.id) for x in other.listed if x.entry.list in mine]
    two = [f"entries {left} and {right} of the list {name}" for name, left, right in both if left != right]
    return f" ({'; '.join(two)})" if two else ""


def listed_rows(actor: Entity, entries: Entries) -> list[ListedRow]:
    """What the lists say of an actor or place, an entry a row."""
    return [_listed_row(one, entries) for one in actor.listed]


def _listed_row(one: Listed, entries: Entries) -> ListedRow:
    entry = one.entry
    point = f"{entry.lat}, {entry.lon}" if entry.lat is not None else ""
    return ListedRow(
        list=entry.list,
        entry=entry.id,
        name=entry.name,
        kind=entry.actor_kind or (entry.kind.value if entry.kind else ""),
        country=entry.country or "",
        since=wording.days(entry.since),
        until=wording.days(entry.until),
        belongs_to=entries.listed_as.get((entry.list, entry.parent), entry.parent or ""),
        where=" ".join(filter(None, (point, f"({entry.precision})" if entry.precision else ""))),
        note=entry.note or "",
        why=one.why,
    )


def _facts(actor: Entity, entries: Entries, as_of: date | None) -> list[FactRow]:
    rows = []
    for fact in entries.facts.get(actor.id, ()):
        if fact.property != "alias":
            readings = holding(fact, as_of, entries.record)
            rows += [_fact_row(fact, r, entries) for r in in_time_order(readings)]
    return rows


def _fact_row(fact: Fact, reading: Reading, entries: Entries) -> FactRow:
    value = reading.value
    held = value if isinstance(value, EntityValue) else None
    shown = wording.reading(value, entries.entities, reading.text)
    return FactRow(
        property=fact.property,
        value=shown.removesuffix(wording.term(held)) if held else shown,
        since=wording.days(held.since) if held else "",
        until=wording.days(held.until) if held else "",
        said_by=list(reading.speakers),
        documents=[entries.documents[d].path for d in reading.documents],
        contested=fact.relation.value if fact.relation in CONTESTED else "",
        words=" ".join(reading.text.split()),
    )


def holds(reading: Reading, as_of: date | None) -> bool:
    """Whether a reading may hold on a day: no known bound of its term excludes it."""
    return as_of is None or may_hold(reading, as_of)


def in_time_order(readings: list[Reading]) -> list[Reading]:
    """Readings that have a term by its start, the rest after them as they were."""

    def begins(reading: Reading) -> tuple[bool, date]:
        held = reading.value if isinstance(reading.value, EntityValue) else None
        start = (held.since and held.since.earliest) or (held.until and held.until.earliest) if held else None
        return (start is None, start or date.max)

    return sorted(readings, key=begins)


def _deeds(events: Iterable[Event], actor: Entity, entries: Entries, as_of: date | None) -> list[DeedRow]:
    rows = [
        _deed_row(event, participant, entries)
        for event in events
        for participant in event.participants
        if participant.entity == actor.id and _by_then(event, as_of)
    ]
    order = tuple(GROUPS)
    return sorted(rows, key=lambda r: (order.index(r.group), r.date or "9999", r.id, r.role))


def _by_then(event: Event, as_of: date | None) -> bool:
    return as_of is None or event.date is None or event.date.earliest is None or event.date.earliest <= as_of


def _deed_row(event: Event, participant: Participant, entries: Entries) -> DeedRow:
    speakers = [
        s for c in participant.claims if c in entries.claims for s in entries.speakers(entries.claims[c])
    ]
    return DeedRow(
        group=group(participant),
        date=wording.days(event.date),
        event=f"{event.label} ({event.status.value})",
        role=participant.role,
        word=participant.attribution_status,
        said_by=list(dict.fromkeys(speakers)),
        id=event.id,
    )


def group(participant: Participant) -> str:
    """Which of GROUPS an actor's part in an event belongs to."""
    if participant.attribution_status in _DENIED:
        return "denied"
    if participant.role == "claimant" or participant.attribution_status == "claimed":
        return "claimed"
    return "attributed" if participant.role in ("actor", "suspect") else "other"
