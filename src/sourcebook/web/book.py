"""A record held in memory with the look-ups that pages need."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from copy import copy
from functools import cached_property
from typing import TypeVar

from msgspec.structs import replace

from sourcebook.errors import NotFound
from sourcebook.model import (
    CONTESTED,
    Claim,
    ClaimId,
    Decision,
    Document,
    DocumentId,
    Entity,
    EntityId,
    EntityValue,
    Event,
    EventId,
    EventPlace,
    Fact,
    Mention,
    MentionId,
    MentionKind,
    Reading,
    Record,
    Verdict,
    content_id,
)
from sourcebook.project.reviewing import Question, questions
from sourcebook.views import answering, coverage, lists
from sourcebook.views.entries import Entries
from sourcebook.views.evidence import Witness

K = TypeVar("K")
V = TypeVar("V")

#: Kinds of speaker that are parties to the violence that they speak of.
PARTIES = frozenset((MentionKind.ARMED_GROUP, MentionKind.GOVERNMENT, MentionKind.SECURITY_FORCE))


class Book:
    """A record, and what pages ask of it."""

    def __init__(self, record: Record, name: str) -> None:
        self.record = record
        self.name = name
        self.entries = Entries(record)
        self.witness = Witness(record, self.entries)
        #: Decisions that are in the log, and whose consequences the record does not show yet.
        self.waiting: tuple[Decision, ...] = ()
        #: Questions that were answered while these pages are open, by the decision: an undo asks them again.
        self.answered: Mapping[str, Question] = {}

    def noted(self, decision: Decision) -> Book:
        """The same book with one more decision in its log, which nothing else in it follows yet."""
        made = copy(self)
        made.record = replace(self.record, decisions=(*self.record.decisions, decision))
        made.waiting = (*self.waiting, decision)
        question = next((q for q in self.questions if frozenset(q.about) == frozenset(decision.about)), None)
        if question is not None:
            # Two that were made one have no page each until the record is derived without that.
            one, other = decision.anchors
            passages = replace(question, about=(one.id, other.id))
            again = passages if decision.verdict is Verdict.SAME else question
            made.answered = {**self.answered, decision.id: again}
        return made

    def logged(self, decisions: tuple[Decision, ...]) -> Book:
        """The same book with another log, from which everything else in it follows too."""
        made = copy(self)
        made.record = replace(self.record, decisions=decisions)
        made.waiting = ()
        return made

    def warm(self, before: Book | None = None) -> None:
        """Make the look-ups that every page needs, and all that `before` came to have, ahead of the pages."""
        _ = (self.facts, self.events, self.event_of, self.contested, self.told, self.questions)
        _ = (self.entries.mentions, self.entries.claims, self.entries.entity_of, self.witness.readings)
        if before is not None:
            for fresh, old in (
                (self, before),
                (self.entries, before.entries),
                (self.witness, before.witness),
            ):
                _make_alike(fresh, old)

    @cached_property
    def questions(self) -> list[Question]:
        """What waits for a decision, the most worth deciding first."""
        return questions(self.record)

    @property
    def facts(self) -> Mapping[str, list[Fact]]:
        """Facts by the id of their subject."""
        return self.entries.facts

    @cached_property
    def events(self) -> Mapping[str, Event]:
        """Events by id, and by every id that they would have if another of their claims were the first."""
        own: dict[str, Event] = {e.id: e for e in self.record.events}
        other = {content_id("e", c): e for e in self.record.events for c in e.claims}
        return other | own

    @cached_property
    def event_of(self) -> Mapping[ClaimId, EventId]:
        """The event that a claim tells of."""
        return {c: e.id for e in self.record.events for c in e.claims}

    @cached_property
    def contested(self) -> list[Fact]:
        """Facts whose readings cannot simply stand side by side."""
        return [f for f in self.record.facts if f.relation in CONTESTED]

    @cached_property
    def told(self) -> Counter[EntityId]:
        """In how many events each entity takes part."""
        return Counter(e for v in self.record.events for e in {p.entity for p in v.participants} if e)

    @cached_property
    def ties(self) -> Mapping[str, list[tuple[Fact, Reading]]]:
        """Readings of facts about actors whose value is an entity, by either of the two."""
        found: dict[str, list[tuple[Fact, Reading]]] = {}
        for fact in self.record.facts:
            for reading in fact.readings if fact.subject in self.entries.entities else ():
                if isinstance(reading.value, EntityValue):
                    for side in {fact.subject, reading.value.entity}:
                        found.setdefault(side, []).append((fact, reading))
        return found

    @cached_property
    def events_with(self) -> Mapping[str, list[Event]]:
        """The events in which an entity has a part."""
        found: dict[str, list[Event]] = {}
        for event in self.record.events:
            for entity in {p.entity for p in event.participants if p.entity}:
                found.setdefault(entity, []).append(event)
        return found

    def places(self, event: Event) -> list[tuple[EventPlace, list[ClaimId]]]:
        """Where an event was, each place once, with the claims that name it there."""
        claims = [self.entries.claims[c] for c in event.claims if c in self.entries.claims]
        found = []
        for place in {p.name: p for p in event.places}.values():
            own = [c.id for c in claims if self._names(c, place)]
            found.append((place, own or list(event.claims[:6])))
        return found

    def _names(self, claim: Claim, place: EventPlace) -> bool:
        entities, mentions = self.entries.entity_of, self.entries.mentions
        return any(
            (place.entity is not None and entities.get(a.mention) == place.entity)
            or (a.mention in mentions and mentions[a.mention].exact == place.name)
            for a in claim.arguments
        )

    @cached_property
    def actors(self) -> list[lists.ActorRow]:
        """The actors, those in most events first."""
        return lists.actors(self.record)

    @cached_property
    def speeches(self) -> Mapping[MentionId, list[tuple[int, ClaimId]]]:
        """What is put into somebody's mouth, by the mention of the speaker: claims with their place."""
        found: dict[MentionId, list[tuple[int, ClaimId]]] = {}
        for number, claim in enumerate(self.record.claims):
            for source in {a.source for a in claim.attribution if a.source}:
                found.setdefault(source, []).append((number, claim.id))
        return found

    @cached_property
    def claims_in(self) -> Mapping[DocumentId, list[Claim]]:
        """The claims of each document, in the order of the record."""
        found: dict[DocumentId, list[Claim]] = {}
        for claim in self.record.claims:
            found.setdefault(claim.trigger.document, []).append(claim)
        return found

    @cached_property
    def mentions_in(self) -> Mapping[DocumentId, list[Mention]]:
        """The mentions of each document, in text order."""
        found: dict[DocumentId, list[Mention]] = {}
        for mention in self.record.mentions:
            found.setdefault(mention.span.document, []).append(mention)
        return found

    @cached_property
    def coverage(self) -> list[coverage.Row]:
        """What became of every number, date and name."""
        return coverage.rows(self.record)

    @cached_property
    def asked(self) -> answering.Shelf:
        """The record as questions are asked of it."""
        return answering.Shelf(self.record, self.entries)

    @cached_property
    def examples(self) -> list[answering.Answer]:
        """Questions that it answers, with their answers."""
        return answering.examples(self.asked)

    @cached_property
    def party_names(self) -> frozenset[str]:
        """Names under which parties to the violence speak: armed groups, governments, their forces."""
        return frozenset(
            name for e in self.record.entities if e.kind in PARTIES for name in (e.name, *_names(e))
        )

    def event(self, identifier: str) -> Event:
        """The event of that id, present or former.

        Raises:
            NotFound: there is none.
        """
        return _found(self.events, identifier, "event")

    def entity(self, identifier: str) -> Entity:
        """The entity of that id.

        Raises:
            NotFound: there is none.
        """
        return _found(self.entries.entities, EntityId(identifier), "actor or place")

    def document(self, identifier: str) -> Document:
        """The document of that id.

        Raises:
            NotFound: there is none.
        """
        return _found(self.entries.documents, DocumentId(identifier), "document")

    def subject(self, identifier: str) -> str:
        """What to call the subject of a fact."""
        event = self.events.get(identifier)
        entity = self.entries.entities.get(EntityId(identifier))
        return event.label if event else entity.name if entity else identifier


def _make_alike(fresh: object, old: object) -> None:
    """Have one thing look up whatever another of its kind has looked up."""
    for name in vars(old):
        if isinstance(getattr(type(old), name, None), cached_property):
            getattr(fresh, name)


def _names(entity: Entity) -> tuple[str, ...]:
    return tuple(a.name for a in entity.aliases)


def _found(among: Mapping[K, V], identifier: K, what: str) -> V:
    if identifier not in among:
        raise NotFound(f"There is no {what} {identifier}. It may have been joined with another, or split.")
    return among[identifier]
