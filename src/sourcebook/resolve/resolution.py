"""Evidence and decisions to entities, events, dates and what is left to decide: the whole stage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from sourcebook.model import (
    Alias,
    Claim,
    ClaimId,
    Days,
    DocumentId,
    Entity,
    EntityId,
    Event,
    Mention,
    MentionId,
    Proposal,
    Record,
    Skipped,
    content_id,
)
from sourcebook.resolve import amendments, rulings
from sourcebook.resolve.amendments import Amended
from sourcebook.resolve.events import events
from sourcebook.resolve.events_sketch import pile
from sourcebook.resolve.places import locate
from sourcebook.resolve.rulings import Rulings


class Resolution(NamedTuple):
    """What follows for entities and events.

    `mentions` and `claims` are as reviewers ruled: corrections made, rejected claims left out. `changed` are
    the claims that a reviewer corrected, `unplaced` event claims that say too little to be an event.
    """

    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    entities: tuple[Entity, ...]
    entity_of: Mapping[MentionId, EntityId]
    events: tuple[Event, ...]
    proposals: tuple[Proposal, ...]
    dated: dict[DocumentId, Days]
    skipped: tuple[Skipped, ...]
    unplaced: tuple[ClaimId, ...]
    changed: frozenset[ClaimId]


def resolve(evidence: Record) -> Record:
    """The record with entities, events, dates and proposals; its claims are as reviewers ruled. Pure."""
    made = resolution(evidence)
    return replace(
        evidence,
        mentions=made.mentions,
        claims=made.claims,
        entities=made.entities,
        events=made.events,
        proposals=made.proposals,
        dated=made.dated,
        skipped=(*evidence.skipped, *made.skipped),
    )


def resolution(evidence: Record) -> Resolution:
    """Apply the decisions, then resolve entities, places, events and dates."""
    ruled = rulings.read(evidence.decisions, evidence.claims, evidence.mentions)
    kept = [c for c in evidence.claims if c.id not in ruled.rejected]
    amended = _amended(ruled, evidence, kept)
    grouped, entity_of = _same_words(amended.mentions, evidence)
    located = locate(grouped, evidence.documents, amended.mentions)
    known = pile(evidence.documents, amended.mentions, located.entities, entity_of)
    happened = events(
        amended.claims, known, ruled, origin_groups=evidence.origin_groups, as_of=evidence.as_of
    )
    return Resolution(
        mentions=amended.mentions,
        claims=amended.claims,
        entities=tuple(located.entities),
        entity_of=entity_of,
        events=happened.events,
        proposals=(*ruled.proposals, *amended.proposals, *located.proposals, *happened.proposals),
        dated=happened.dated,
        skipped=(*ruled.skipped, *amended.skipped),
        unplaced=happened.unplaced,
        changed=amended.changed,
    )


def _amended(ruled: Rulings, evidence: Record, kept: Sequence[Claim]) -> Amended:
    alive = {c.id for c in kept}
    wanted = [a for a in ruled.amendments if a.claim in alive]
    return amendments.apply(wanted, evidence.documents, evidence.mentions, kept)


def _same_words(
    mentions: Sequence[Mention], evidence: Record
) -> tuple[list[Entity], dict[MentionId, EntityId]]:
    """Entities by kind and name alone."""
    order = {d.id: d.sequence for d in evidence.documents}
    held: dict[tuple[str, str], list[Mention]] = {}
    for mention in sorted(mentions, key=lambda m: (order[m.span.document], m.span)):
        if mention.kind.is_entity:
            held.setdefault((mention.kind, mention.name.casefold()), []).append(mention)
    made = []
    entity_of = {}
    for group in held.values():
        ids = tuple(m.id for m in group)
        first = group[0]
        entity = EntityId(content_id("x", first.id))
        made.append(
            Entity(
                id=entity,
                kind=first.kind,
                name=first.name,
                mentions=ids,
                aliases=(Alias(name=first.name, mentions=ids),),
            )
        )
        entity_of.update(dict.fromkeys(ids, entity))
    return made, entity_of
