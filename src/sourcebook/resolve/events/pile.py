"""Documents, mentions and entities as the steps of linking events look them up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sourcebook.model import Claim, Document, DocumentId, Entity, EntityId, Form, Location, Mention, MentionId
from sourcebook.resolve.events.settlements import Settlements, settlements


@dataclass(frozen=True, slots=True)
class Pile:
    """Documents, mentions and entities, looked up by id."""

    documents: Mapping[DocumentId, Document]
    mentions: Mapping[MentionId, Mention]
    entities: Mapping[EntityId, Entity]
    entity_of: Mapping[MentionId, EntityId]
    named: frozenset[EntityId] = frozenset()
    spans: Mapping[DocumentId, tuple[Mention, ...]] = field(default_factory=dict)
    settlements: Settlements = field(default_factory=Settlements)

    def entity(self, mention: MentionId) -> EntityId | None:
        """The entity of a mention, or of what it refers back to."""
        seen: set[MentionId] = set()
        at: MentionId | None = mention
        while at is not None and at not in seen:
            if at in self.entity_of:
                return self.entity_of[at]
            seen.add(at)
            at = self.mentions[at].antecedent if at in self.mentions else None
        return None

    def name(self, mention: MentionId) -> str:
        """The entity's name where it has one, else the words of the mention."""
        entity = self.entity(mention)
        if entity is not None and entity in self.named and entity in self.entities:
            return self.entities[entity].name
        return self.mentions[mention].name

    def called(self, key: str, mention: Mention) -> str:
        """The name of the entity of that id, else the name of the mention."""
        entity = self.entities.get(EntityId(key))
        return entity.name if entity is not None else mention.name

    def location(self, mention: MentionId) -> Location | None:
        """Where the place is that a mention names."""
        entity = self.entity(mention)
        return self.entities[entity].location if entity is not None and entity in self.entities else None

    def words_of(self, claim: Claim) -> str:
        """The trigger as written."""
        return self.documents[claim.trigger.document].quote(claim.trigger)

    def inside(self, claim: Claim) -> Sequence[Mention]:
        """The mentions within a claim's evidence."""
        return [m for m in self.spans.get(claim.evidence.document, ()) if claim.evidence.covers(m.span)]


def pile(
    documents: Iterable[Document],
    mentions: Iterable[Mention],
    entities: Iterable[Entity],
    entity_of: Mapping[MentionId, EntityId],
) -> Pile:
    """The look-ups that sketches are made from."""
    written = {d.id: d for d in documents}
    noted = {m.id: m for m in mentions}
    known = {e.id: e for e in entities}
    named = {e for m, e in entity_of.items() if m in noted and noted[m].form is Form.NAME}
    spans: dict[DocumentId, list[Mention]] = {}
    for mention in noted.values():
        if mention.kind.is_entity:
            spans.setdefault(mention.span.document, []).append(mention)
    return Pile(
        documents=written,
        mentions=noted,
        entities=known,
        entity_of=entity_of,
        named=frozenset(named),
        spans={d: tuple(sorted(those, key=lambda m: m.span)) for d, those in spans.items()},
        settlements=settlements(written.values(), noted.values(), known, entity_of),
    )
