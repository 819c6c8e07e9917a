"""Lists of what a record holds: events, actors, documents, what was skipped, counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

from msgspec import Struct

from sourcebook.model import (
    CONTESTED,
    DocumentId,
    Entity,
    EntityId,
    Event,
    Fact,
    MentionKind,
    Record,
    Skipped,
)
from sourcebook.model.vocabulary import TOLL_ROLES
from sourcebook.views import filters as selecting
from sourcebook.views import wording
from sourcebook.views.entries import Entries

#: Kinds of entity that act; places and the like are not listed among actors.
ACTORS = (
    MentionKind.ARMED_GROUP,
    MentionKind.PERSON,
    MentionKind.GOVERNMENT,
    MentionKind.SECURITY_FORCE,
    MentionKind.ORGANIZATION,
    MentionKind.MEDIA,
    MentionKind.PEOPLE,
)


class EventRow(Struct, frozen=True, kw_only=True):
    """One event in a list.

    `toll` has ≠ between figures that cannot all be true; `related` has the ids of events that it is part
    of, follows or is about.
    """

    date: str
    event: str
    place: str
    status: str
    toll: str
    documents: int
    origins: int
    contested: list[str]
    related: list[str]
    id: str


class ActorRow(Struct, frozen=True, kw_only=True):
    """One actor in a list, with its other names."""

    name: str
    kind: str
    also: list[str]
    mentions: int
    events: int
    documents: int
    id: str


class Count(Struct, frozen=True, kw_only=True):
    """How many of something the record holds."""

    what: str
    count: int


class ReferenceRow(Struct, frozen=True, kw_only=True):
    """One reference list, and how many of its entries an actor or place of the documents is linked to."""

    name: str
    format: str
    size: int
    linked: int
    licence: str | None
    sha256: str


class DocumentRow(Struct, frozen=True, kw_only=True):
    """One document: who published it, when, and what was found in it."""

    path: str
    publisher: str
    published: str
    basis: str
    origin: str
    characters: int
    claims: int
    id: str


def events(record: Record, filters: selecting.Filters) -> list[EventRow]:
    """The events that meet the filters, dated ones first, by date."""
    facts: dict[str, list[Fact]] = {}
    for fact in record.facts:
        facts.setdefault(fact.subject, []).append(fact)
    names = Entries(record).entities
    found = sorted(selecting.events(record, filters), key=_by_date)
    return [
        EventRow(
            date=wording.days(event.date),
            event=f"{_undated(event)} [{'/'.join((event.type, *event.modes))}]",
            place=", ".join(dict.fromkeys(p.name for p in event.places)),
            status=event.status.value,
            toll=_toll(facts.get(event.id, []), names),
            documents=len(event.documents),
            origins=event.origins,
            contested=[f.property for f in facts.get(event.id, []) if f.relation in CONTESTED],
            related=[f"{r.kind} {r.event}" for r in event.related],
            id=event.id,
        )
        for event in found
    ]


def _undated(event: Event) -> str:
    """The label without the date at its end, which has a column of its own."""
    day = wording.days(event.date)
    return event.label.removesuffix(f", {day}") if day else event.label


def _by_date(event: Event) -> tuple[str, str]:
    earliest = event.date.earliest or event.date.latest if event.date else None
    return (earliest.isoformat() if earliest else "9999", event.id)


def _toll(facts: list[Fact], names: Mapping[EntityId, Entity]) -> str:
    counted = [f for f in facts if f.property in TOLL_ROLES]
    counted.sort(key=lambda f: TOLL_ROLES.index(f.property))
    return "; ".join(f"{f.property} {wording.versions(f, names)}" for f in counted)


def actors(
    record: Record, *, kind: str | None = None, within: Collection[DocumentId] | None = None
) -> list[ActorRow]:
    """The actors, those in most events first."""
    told = Counter(e for event in record.events for e in {p.entity for p in event.participants} if e)
    where = {m.id: m.span.document for m in record.mentions}
    rows = [
        ActorRow(
            name=entity.name,
            kind=entity.kind.value,
            also=[a.name for a in entity.aliases if a.name != entity.name],
            mentions=len(entity.mentions),
            events=told[entity.id],
            documents=len({where[m] for m in entity.mentions if m in where}),
            id=entity.id,
        )
        for entity in record.entities
        if entity.kind in ACTORS
        and kind in (None, entity.kind.value)
        and (within is None or any(where.get(m) in within for m in entity.mentions))
    ]
    return sorted(rows, key=lambda r: (-r.events, -r.mentions, r.name, r.id))


def documents(record: Record) -> list[DocumentRow]:
    """The documents in the order in which they entered."""
    entries = Entries(record)
    claims = Counter(c.trigger.document for c in record.claims)
    rows = []
    for document in record.documents:
        published = document.published or record.dated.get(document.id)
        rows.append(
            DocumentRow(
                path=document.path,
                publisher=entries.publisher(document.id),
                published=wording.days(published),
                basis=published.basis if published else "",
                origin=record.origin_groups.get(document.id, document.id),
                characters=len(document.text),
                claims=claims[document.id],
                id=document.id,
            )
        )
    return rows


def references(record: Record) -> list[ReferenceRow]:
    """The reference lists in the order in which they were given."""
    linked = Counter(
        name for name, _ in {(x.entry.list, x.entry.id) for e in record.entities for x in e.listed}
    )
    return [
        ReferenceRow(
            name=held.name,
            format=held.format,
            size=held.size,
            linked=linked[held.name],
            licence=held.licence,
            sha256=held.sha256,
        )
        for held in record.references
    ]


def counts(record: Record) -> list[Count]:
    """How much of everything there is."""
    return [
        Count(what="sources", count=len(record.sources)),
        Count(what="reference lists", count=len(record.references)),
        Count(what="documents", count=len(record.documents)),
        Count(what="independent origins", count=len(set(record.origin_groups.values()))),
        Count(what="mentions", count=len(record.mentions)),
        Count(what="claims", count=len(record.claims)),
        Count(what="entities", count=len(record.entities)),
        Count(what="actors", count=sum(e.kind in ACTORS for e in record.entities)),
        Count(what="events", count=len(record.events)),
        Count(what="facts", count=len(record.facts)),
        Count(what="contested facts", count=sum(f.relation in CONTESTED for f in record.facts)),
        Count(what="proposals", count=len(record.proposals)),
        Count(what="decisions", count=len(record.decisions)),
        Count(what="skipped", count=len(record.skipped)),
    ]


def skipped(record: Record) -> list[Skipped]:
    """What did not get through a stage, and why."""
    return list(record.skipped)
