"""What follows from evidence, claims and decisions. Nothing here is ever edited."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import NewType

from msgspec import Struct

from sourcebook.model.claims import Claim, ClaimId, Status
from sourcebook.model.decisions import Decision
from sourcebook.model.evidence import (
    Days,
    Document,
    DocumentId,
    Mention,
    MentionId,
    MentionKind,
    Quantity,
    Source,
    check_id,
)
from sourcebook.model.references import Listed, ReferenceList

EntityId = NewType("EntityId", str)
EventId = NewType("EventId", str)


class Alias(Struct, frozen=True, kw_only=True):
    """One name of an entity and the mentions that use it."""

    name: str
    mentions: tuple[MentionId, ...]


class Location(Struct, frozen=True, kw_only=True):
    """Where a place is: WGS 84 degrees or None, and how exactly that is known.

    `precision` is site, town, district, province, country, region or none; `basis` names
    the gazetteer entry or says why there is no point; `candidates` are the entries that were weighed;
    `unit` is the GeoNames code of the first-order unit that it is or lies in. `within` are the entries of a
    reference list that it is (first) and that it lies in, as the list has it.
    """

    lat: float | None
    lon: float | None
    precision: str
    country: str | None
    basis: str
    candidates: tuple[str, ...] = ()
    unit: str | None = None
    geonames: int | None = None
    within: tuple[str, ...] = ()


class Entity(Struct, frozen=True, kw_only=True):
    """A person, group, organization or place: mentions held to refer to one thing.

    `id` comes from its earliest mention; `joined` are the reasons in words for each join; `listed` are the
    entries of reference lists that it is linked to.
    """

    id: EntityId
    kind: MentionKind
    name: str
    mentions: tuple[MentionId, ...]
    aliases: tuple[Alias, ...] = ()
    identifiers: dict[str, str] = {}
    not_same_as: tuple[EntityId, ...] = ()
    joined: tuple[str, ...] = ()
    location: Location | None = None
    listed: tuple[Listed, ...] = ()

    def __post_init__(self) -> None:
        check_id(self.id)

    @property
    def called(self) -> tuple[str, ...]:
        """Every name it goes by, those that only reference lists give last."""
        listed = (name for one in self.listed for name in one.entry.names)
        return tuple(dict.fromkeys((self.name, *(a.name for a in self.aliases), *listed)))


class EventPlace(Struct, frozen=True, kw_only=True):
    """A place of an event, in a role: site, origin, target, claimed territory."""

    entity: EntityId | None
    name: str
    role: str
    location: Location


class Participant(Struct, frozen=True, kw_only=True):
    """Who has which role in an event, by whose word: the strongest status that a source gives."""

    role: str
    entity: EntityId | None
    name: str
    attribution_status: str
    claims: tuple[ClaimId, ...]


class Merge(Struct, frozen=True, kw_only=True):
    """Why two claims are held to be about one event."""

    claims: tuple[ClaimId, ClaimId]
    score: float
    why: str


class EventLink(Struct, frozen=True, kw_only=True):
    """How an event stands to another: `kind` is part-of, follows or about.

    `claims` are the one that shows it and the one of the other event; `why` quotes their words.
    """

    kind: str
    event: EventId
    claims: tuple[ClaimId, ClaimId]
    why: str


class Event(Struct, frozen=True, kw_only=True):
    """Something that was said to happen: claims held to be about one occurrence."""

    id: EventId
    type: str
    label: str
    status: Status
    claims: tuple[ClaimId, ...]
    documents: tuple[DocumentId, ...]
    origins: int
    modes: tuple[str, ...] = ()
    date: Days | None = None
    places: tuple[EventPlace, ...] = ()
    participants: tuple[Participant, ...] = ()
    merge: tuple[Merge, ...] = ()
    related: tuple[EventLink, ...] = ()

    def __post_init__(self) -> None:
        check_id(self.id)


class Relation(StrEnum):
    """How the readings of a fact stand to one another. Closed list of the contract."""

    SINGLE = "single"
    AGREED = "agreed"
    COMPATIBLE = "compatible"
    REFINEMENT = "refinement"
    UPDATED = "updated"
    SCOPE = "scope"
    DEFINITION = "definition"
    WORDING = "wording"
    TENSION = "tension"
    INTERNAL = "internal"
    CONFLICT = "conflict"


#: Relations that `contested` lists.
CONTESTED = frozenset(
    (
        Relation.UPDATED,
        Relation.SCOPE,
        Relation.DEFINITION,
        Relation.WORDING,
        Relation.TENSION,
        Relation.INTERNAL,
        Relation.CONFLICT,
    )
)


class DateValue(Struct, frozen=True, kw_only=True, tag="date", tag_field="is"):
    """A date as the value of a reading."""

    edtf: str | None
    earliest: date | None
    latest: date | None


class EntityValue(Struct, frozen=True, kw_only=True, tag="entity", tag_field="is"):
    """An entity as the value of a reading."""

    entity: EntityId
    since: Days | None = None
    until: Days | None = None


class TextValue(Struct, frozen=True, kw_only=True, tag="text", tag_field="is"):
    """Words as the value of a reading."""

    text: str


ReadingValue = Quantity | DateValue | EntityValue | TextValue


class Reading(Struct, frozen=True, kw_only=True):
    """One version of a fact, and the claims that give it.

    `text` is the words of the first claim that gives it; `speakers` are names, outermost
    publisher first where nobody else is named; `origins` counts independent origins.
    """

    text: str
    value: ReadingValue
    claims: tuple[ClaimId, ...]
    documents: tuple[DocumentId, ...]
    origins: int
    speakers: tuple[str, ...]


class Fact(Struct, frozen=True, kw_only=True):
    """One question about one subject, and every answer the sources give.

    `explanation` is one sentence that says how the readings stand to one another; `cites` are the
    claims it rests on, two at least where the readings differ. `rule` is the id of the rule of
    `reconcile` that typed the relation; `preferred` the index of the reading that a named
    rule picks, None where none does. `credibility` is 1-6 (Admiralty, digit) or None.
    """

    id: str
    subject: str
    property: str
    readings: tuple[Reading, ...]
    relation: Relation
    explanation: str
    rule: str
    cites: tuple[ClaimId, ...] = ()
    preferred: int | None = None
    credibility: int | None = None


class Proposal(Struct, frozen=True, kw_only=True):
    """A pair that the resolver could not decide: kind is event, actor, place or decision."""

    kind: str
    about: tuple[str, str]
    score: float
    why: str


class Skipped(Struct, frozen=True, kw_only=True):
    """Something given that did not get through a stage: read, refer, extract, resolve or decide."""

    path: str
    stage: str
    why: str


class Record(Struct, frozen=True, kw_only=True):
    """The whole of it. `origin_groups` maps a document to its group of copies."""

    as_of: date | None = None
    sources: tuple[Source, ...] = ()
    references: tuple[ReferenceList, ...] = ()
    documents: tuple[Document, ...] = ()
    mentions: tuple[Mention, ...] = ()
    claims: tuple[Claim, ...] = ()
    decisions: tuple[Decision, ...] = ()
    entities: tuple[Entity, ...] = ()
    events: tuple[Event, ...] = ()
    facts: tuple[Fact, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    origin_groups: dict[DocumentId, str] = {}
    dated: dict[DocumentId, Days] = {}
