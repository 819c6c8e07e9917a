"""Look-ups that every view and format needs: documents, mentions, entities and speakers of a record."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from sourcebook.model import (
    Attribution,
    Claim,
    ClaimId,
    Document,
    DocumentId,
    Entity,
    EntityId,
    Fact,
    Mention,
    MentionId,
    Record,
    Source,
    SourceId,
    Span,
)
from sourcebook.reconcile.statements import Material, material


class Entries:
    """A record by id."""

    def __init__(self, record: Record) -> None:
        self.record = record

    @cached_property
    def documents(self) -> Mapping[DocumentId, Document]:
        """Documents by id."""
        return {d.id: d for d in self.record.documents}

    @cached_property
    def mentions(self) -> Mapping[MentionId, Mention]:
        """Mentions by id."""
        return {m.id: m for m in self.record.mentions}

    @cached_property
    def claims(self) -> Mapping[ClaimId, Claim]:
        """Claims by id."""
        return {c.id: c for c in self.record.claims}

    @cached_property
    def entities(self) -> Mapping[EntityId, Entity]:
        """Entities by id."""
        return {e.id: e for e in self.record.entities}

    @cached_property
    def sources(self) -> Mapping[SourceId, Source]:
        """Publishers by id."""
        return {s.id: s for s in self.record.sources}

    @cached_property
    def entity_of(self) -> Mapping[MentionId, EntityId]:
        """The entity that each resolved mention refers to."""
        return {m: e.id for e in self.record.entities for m in e.mentions}

    @cached_property
    def listed_as(self) -> Mapping[tuple[str, str | None], str]:
        """The name of the entity that an entry is linked to, by the list's name and the entry's id."""
        return {(one.entry.list, one.entry.id): e.name for e in self.record.entities for one in e.listed}

    @cached_property
    def facts(self) -> Mapping[str, list[Fact]]:
        """Facts by the id of their subject."""
        found: dict[str, list[Fact]] = {}
        for fact in self.record.facts:
            found.setdefault(fact.subject, []).append(fact)
        return found

    @cached_property
    def material(self) -> Material:
        """What facts are made from, not gathered."""
        return material(self.record)

    def exact(self, span: Span) -> str:
        """The words at a span."""
        return self.documents[span.document].quote(span)

    def publisher(self, document: DocumentId) -> str:
        """Who published a document: the source's name, else the document's title or path."""
        found = self.documents[document]
        source = self.sources.get(found.source) if found.source else None
        return source.name if source else found.title or found.path

    def name(self, mention: MentionId | None) -> str | None:
        """What to call a mention: its own name, or its entity's where it is a pronoun or description."""
        if mention is None or mention not in self.mentions:
            return None
        found = self.mentions[mention]
        entity = self.entities.get(self.entity_of.get(mention, EntityId("")))
        return entity.name if entity and found.form != "name" else found.name

    def speaker(self, attribution: Attribution) -> str:
        """Who speaks, in words; somebody unnamed has the kind of speaker for a name."""
        return self.name(attribution.source) or f"unnamed {attribution.kind.replace('_', ' ')}"

    def speakers(self, claim: Claim) -> tuple[str, ...]:
        """The publisher, then every speaker from the outermost in."""
        return (self.publisher(claim.trigger.document), *map(self.speaker, claim.attribution))
