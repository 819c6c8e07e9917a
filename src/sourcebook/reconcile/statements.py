"""Statements: what one claim says of one property, ready to be put beside what others say of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

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
    Factuality,
    Form,
    Mention,
    MentionId,
    Quantity,
    Reading,
    ReadingValue,
    Record,
    Source,
    SourceId,
    TextValue,
    Timex,
)
from sourcebook.reconcile import ancestry, figures, naming
from sourcebook.reconcile.deaths import deaths
from sourcebook.reconcile.independence import Origins, agency_key, origins

_SURE: Final = frozenset((Factuality.CERTAIN, Factuality.PROBABLE))


#: Roles of an event whose holders have an interest in what is said of it.
_PARTIES: Final = frozenset(("actor", "recipient", "claimant", "suspect"))
#: Speech that says who did something, and so leaves the toll to the text.
_BLAMES: Final = frozenset(("claim-of-responsibility", "accusation"))


class Statement(Struct, frozen=True, kw_only=True):
    """One answer of one claim.

    `text` is the words that give the value; `scope` the words that narrow it ("near the border"), `word` the
    trigger that defines it ("announced"). `named` is whether the words name, or only describe ("gunmen"), an
    entity, and `name` is what it names. `origin` is whom the answer comes from independently of who
    repeats it: a named outside speaker, else the document's group of copies. `speakers` are names. `party` is
    the speaker who has an interest in the answer, `correction` the words that make it a correction, `rise`
    those that say why it rose; `recalled`: it is given as one that was replaced; `denied`: the speaker says
    that it is not so; `hedged`: the speaker is not sure; `part`: it is a part of a total, or
    comes on top of one.
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
    name: str = ""
    publisher: str = ""
    party: str = ""
    correction: str = ""
    rise: str = ""
    recalled: bool = False
    hedged: bool = False
    denied: bool = False
    part: bool = False


class Material(Struct, frozen=True, kw_only=True):
    """Everything that facts are made from, keyed for looking up; `gathered` fills the last four.

    `above` is what each actor is a part of, by claims and theirs; `by_document` the claims of each document;
    `short` a name for each document that fits into a sentence, `order` its place;
    `origins` see `independence`;
    `deaths` when persons were killed.
    """

    documents: Mapping[DocumentId, Document]
    sources: Mapping[SourceId, Source]
    mentions: Mapping[MentionId, Mention]
    claims: Mapping[ClaimId, Claim]
    entities: Mapping[EntityId, Entity]
    entity_of: Mapping[MentionId, EntityId]
    events: Sequence[Event]
    origin_groups: Mapping[DocumentId, str]
    dated: Mapping[DocumentId, Days]
    above: Mapping[EntityId, frozenset[EntityId]] = {}
    by_document: Mapping[DocumentId, tuple[Claim, ...]] = {}
    short: Mapping[DocumentId, str] = {}
    order: Mapping[DocumentId, int] = {}
    origins: Origins = Origins({}, {})
    deaths: Mapping[EntityId, Days] = {}

    def gathered(self) -> Material:
        """The same with what is looked up for every fact worked out once."""
        by_document: dict[DocumentId, list[Claim]] = defaultdict(list)
        for claim in self.claims.values():
            by_document[claim.trigger.document].append(claim)
        return msgspec.structs.replace(
            self,
            above=ancestry.above(self.claims.values(), self.entity_of),
            by_document={d: tuple(cs) for d, cs in by_document.items()},
            order={d.id: d.sequence for d in self.documents.values()},
            short=naming.short_names(self.documents.values(), self.sources),
            deaths=deaths(self.events, self.claims, self.mentions, self.entity_of),
            origins=origins(tuple(self.documents.values()), self.sources, self.origin_groups),
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

    def holding(self, one: EntityId, other: EntityId) -> str | None:
        """Why one of two entities holds the other, in words; None if that is not known."""
        if other in self.above.get(one, ()) or one in self.above.get(other, ()):
            return "the one is a part of the other"
        left, right = self.entities.get(one), self.entities.get(other)
        if left is None or right is None:
            return None
        if ancestry.lies_within(left, right) or ancestry.lies_within(right, left):
            return "the one lies within the other"
        if left.kind.is_entity and ancestry.short_form(left, right):
            return "the one may be a shorter name of the other"
        return None

    def parties(self, event: Event) -> frozenset[EntityId]:
        """Who has an interest in what is said of an event: those who are said to be in it."""
        return frozenset(p.entity for p in event.participants if p.entity and p.role in _PARTIES)

    def party(self, claim: Claim, parties: Collection[EntityId]) -> str:
        """The speaker, if one of the parties, an armed group or a publisher with an interest; else ""."""
        for attribution in reversed(claim.attribution):
            entity = self.entity(attribution.source)
            if entity is not None and entity.id in parties:
                return entity.name
            if attribution.kind == "armed_group" and attribution.source:
                return self.name(attribution.source)
        if claim.attribution:
            return ""
        publisher = self.documents[claim.trigger.document].source
        source = self.sources.get(publisher) if publisher else None
        return source.name if source and source.interest else ""

    def name(self, mention: MentionId) -> str:
        """What to call whatever a mention refers to."""
        entity = self.entity(mention)
        return entity.name if entity else self.mentions[mention].name

    def speakers(self, claim: Claim) -> tuple[str, ...]:
        """The named speakers, outermost first; the publisher where nobody is named."""
        publisher = self.publisher(claim.trigger.document)
        return tuple(self._called(a.source, publisher) for a in claim.attribution if a.source) or (publisher,)

    def _called(self, mention: MentionId, publisher: str) -> str:
        """A speaker by name; the publisher for a "we" that nobody else is known to say."""
        if mention not in self.entity_of and self.mentions[mention].form is Form.PRONOUN:
            return publisher
        return self.name(mention)

    def origin(self, claim: Claim) -> str:
        """Where the word comes from: the innermost named speaker, or else what `origins` says."""
        for attribution in reversed(claim.attribution):
            mention = self.mentions.get(attribution.source) if attribution.source else None
            if mention is not None and mention.form is Form.NAME and mention.id in self.entity_of:
                agency = f"agency:{agency_key(mention.exact)}"
                return agency if agency in self.origins.agencies else self.entity_of[mention.id]
        return self.origins.at(claim.trigger)


def material(record: Record) -> Material:
    """What a record holds to make facts from."""
    return Material(
        documents={d.id: d for d in record.documents},
        sources={s.id: s for s in record.sources},
        mentions={m.id: m for m in record.mentions},
        claims={c.id: c for c in record.claims},
        entities={e.id: e for e in record.entities},
        entity_of={m: e.id for e in record.entities for m in e.mentions},
        events=record.events,
        origin_groups=record.origin_groups,
        dated=record.dated,
    )


def statement(
    material: Material,
    claim: Claim,
    mention: Mention,
    value: ReadingValue,
    *,
    parties: Collection[EntityId] = (),
) -> Statement:
    """What `claim` says with the value at `mention`; `parties` are who has an interest in the matter."""
    document = material.documents[claim.trigger.document]
    scopes = [material.mentions[m].exact for m in claim.fillers("scope") if m in material.mentions]
    counted = isinstance(value, Quantity)
    # "denied any role in the attack that killed 19", "claimed the attack": the text itself gives the figure.
    denies = any(a.act == "denial" for a in claim.attribution)
    blames = any(a.act in _BLAMES for a in claim.attribution)
    own = counted and (blames or (denies and figures.disowns(document, claim)))
    told = msgspec.structs.replace(claim, attribution=()) if own else claim
    if counted and (wider := figures.counted(document, claim, mention)):
        scopes.append(wider)
    entity = material.entity(mention.id) if isinstance(value, EntityValue) else None
    return Statement(
        claim=claim.id,
        document=document.id,
        at=claim.trigger.start,
        text=mention.exact,
        value=value,
        speakers=material.speakers(told),
        origin=material.origin(told),
        scope="; ".join(scopes),
        word=document.quote(claim.trigger),
        reported=material.published(document.id),
        translated=document.translated,
        named=entity is None or mention.form is Form.NAME,
        name=entity.name if entity else "",
        publisher=material.publisher(document.id),
        party=material.party(told, parties),
        correction=figures.correction(document, claim) if counted else "",
        rise=figures.rise(document, claim) if counted else "",
        recalled=counted and figures.recalled(document, mention),
        hedged=claim.factuality not in _SURE,
        denied=claim.factuality.denies or (counted and denies and not own),
        part=counted and figures.is_part(document, mention),
    )


def event_statements(material: Material, event: Event, role: str) -> Iterator[Statement]:
    """Every filler of a role in the claims of an event, those of denials among them."""
    claims = (material.claims[c] for c in event.claims if c in material.claims)
    filled = [(claim, material.mentions.get(m)) for claim in claims for m in claim.fillers(role)]
    parties = material.parties(event) if filled else frozenset()
    for claim, mention in filled:
        if mention is not None:
            yield statement(material, claim, mention, value_of(material, mention), parties=parties)


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
        groups[(alike(each.value), each.scope.casefold())].append(each)
    return tuple(_reading(group) for group in groups.values())


def _reading(group: Sequence[Statement]) -> Reading:
    first = next((s for s in group if s.named and not s.recalled), group[0])
    return Reading(
        text=f"{first.text} ({first.scope})" if first.scope else first.text,
        value=first.value,
        claims=tuple(dict.fromkeys(s.claim for s in group)),
        documents=tuple(dict.fromkeys(s.document for s in group)),
        origins=len({s.origin for s in group}),
        speakers=tuple(dict.fromkeys(n for s in group for n in s.speakers)),
    )


def alike(value: ReadingValue) -> tuple[object, ...]:
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
