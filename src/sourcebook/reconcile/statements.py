"""Statements: what one claim says of one property, ready to be put beside what others say of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec
from msgspec import Struct

from sourcebook.model import (
    Claim,
    ClaimId,
    DateValue,
    Days,
    Document,
    DocumentId,
    Entity,
    EntityId,
    EntityValue,
    Event,
    Form,
    Mention,
    MentionId,
    Quantity,
    Reading,
    ReadingValue,
    Source,
    TextValue,
    Timex,
)


class Statement(Struct, frozen=True, kw_only=True):
    """One answer of one claim.

    `text` is the words that give the value; `scope` the words that narrow it ("near the border"), `word` the
    trigger that defines it ("announced"). `named` is whether the words name, or only describe ("gunmen"), an
    entity. `origin` is whom the answer comes from independently of who
    repeats it: a named outside speaker, else the document's group of copies. `speakers` are names.
    """

    claim: ClaimId
    document: DocumentId
    at: int
    text: str
    value: ReadingValue
    speakers: tuple[str, ...]
    origin: str
    scope: str = ""
    word: str = ""
    reported: Days | None = None
    translated: bool = False
    named: bool = True


class Material(Struct, frozen=True, kw_only=True):
    """Everything that facts are made from, keyed for looking up; `gathered` fills the last two."""

    documents: Mapping[DocumentId, Document]
    sources: Mapping[str, Source]
    mentions: Mapping[MentionId, Mention]
    claims: Mapping[ClaimId, Claim]
    entities: Mapping[EntityId, Entity]
    entity_of: Mapping[MentionId, EntityId]
    events: Sequence[Event]
    origin_groups: Mapping[DocumentId, str]
    dated: Mapping[DocumentId, Days]
    kin: frozenset[frozenset[EntityId]] = frozenset()
    by_document: Mapping[DocumentId, tuple[Claim, ...]] = {}

    def gathered(self) -> Material:
        """The same with `kin` (pairs of parent and branch, by claims) and claims by document."""
        by_document: dict[DocumentId, list[Claim]] = defaultdict(list)
        kin: set[frozenset[EntityId]] = set()
        for claim in self.claims.values():
            by_document[claim.trigger.document].append(claim)
            if claim.predicate == "parent":
                pair = [self.entity(claim.filler(role)) for role in ("subject", "object")]
                kin.add(frozenset(e.id for e in pair if e))
        return msgspec.structs.replace(
            self, kin=frozenset(kin), by_document={d: tuple(cs) for d, cs in by_document.items()}
        )

    def publisher(self, document: DocumentId) -> str:
        """Who speaks where nobody else is named: the publisher, else the document by title or path."""
        found = self.documents[document]
        source = self.sources.get(found.source) if found.source else None
        return source.name if source else found.title or found.path

    def published(self, document: DocumentId) -> Days | None:
        """When the document was published, as it says or as was inferred."""
        return self.documents[document].published or self.dated.get(document)

    def entity(self, mention: MentionId | None) -> Entity | None:
        """The entity that a mention refers to, if it was resolved."""
        identifier = self.entity_of.get(mention) if mention else None
        return self.entities.get(identifier) if identifier else None

    def is_named(self, entity: EntityId) -> bool:
        """Whether some mention of an entity names it."""
        found = self.entities.get(entity)
        return found is not None and any(
            self.mentions[m].form is Form.NAME for m in found.mentions if m in self.mentions
        )

    def name(self, mention: MentionId) -> str:
        """What to call whatever a mention refers to."""
        entity = self.entity(mention)
        return entity.name if entity else self.mentions[mention].name

    def speakers(self, claim: Claim) -> tuple[str, ...]:
        """The named speakers, outermost first; the publisher where nobody is named."""
        named = tuple(self.name(a.source) for a in claim.attribution if a.source)
        return named or (self.publisher(claim.trigger.document),)

    def origin(self, claim: Claim) -> str:
        """Where the word comes from: copies share theirs, and so do two that quote one named speaker."""
        for attribution in reversed(claim.attribution):
            mention = self.mentions.get(attribution.source) if attribution.source else None
            if mention is not None and mention.form == "name" and mention.id in self.entity_of:
                return self.entity_of[mention.id]
        document = claim.trigger.document
        return self.origin_groups.get(document, document)


def statement(material: Material, claim: Claim, mention: Mention, value: ReadingValue) -> Statement:
    """What `claim` says with the value at `mention`."""
    document = material.documents[claim.trigger.document]
    scope = [material.mentions[m].exact for m in claim.fillers("scope") if m in material.mentions]
    return Statement(
        claim=claim.id,
        document=document.id,
        at=claim.trigger.start,
        text=mention.exact,
        value=value,
        speakers=material.speakers(claim),
        origin=material.origin(claim),
        scope="; ".join(scope),
        word=document.quote(claim.trigger),
        reported=material.published(document.id),
        translated=document.translated,
        named=not isinstance(value, EntityValue) or material.is_named(value.entity),
    )


def value_of(material: Material, mention: Mention) -> ReadingValue:
    """A mention as the value of a reading."""
    if isinstance(mention.value, Quantity):
        return mention.value
    if isinstance(mention.value, Timex):
        timex = mention.value
        return DateValue(edtf=timex.edtf, earliest=timex.earliest, latest=timex.latest)
    entity = material.entity(mention.id)
    return EntityValue(entity=entity.id) if entity else TextValue(text=mention.name)


def readings(statements: Iterable[Statement], order: Mapping[DocumentId, int]) -> tuple[Reading, ...]:
    """Statements of one value and scope make one reading; readings in order of first appearance."""
    groups: dict[tuple[object, ...], list[Statement]] = defaultdict(list)
    for each in sorted(statements, key=lambda s: (order[s.document], s.at, s.claim)):
        groups[(_alike(each.value), each.scope.casefold())].append(each)
    return tuple(_reading(group) for group in groups.values())


def _reading(group: Sequence[Statement]) -> Reading:
    first = group[0]
    return Reading(
        text=f"{first.text} ({first.scope})" if first.scope else first.text,
        value=first.value,
        claims=tuple(dict.fromkeys(s.claim for s in group)),
        documents=tuple(dict.fromkeys(s.document for s in group)),
        origins=len({s.origin for s in group}),
        speakers=tuple(dict.fromkeys(n for s in group for n in s.speakers)),
    )


def _alike(value: ReadingValue) -> tuple[object, ...]:
    """What makes two values one reading: bounds, not the words that gave them."""
    match value:
        case Quantity():
            return ("quantity", value.low, value.high, value.usual_low, value.usual_high)
        case DateValue():
            return ("date", value.edtf, value.earliest, value.latest)
        case EntityValue():
            return ("entity", value.entity)
        case TextValue():
            return ("text", " ".join(value.text.casefold().split()))
