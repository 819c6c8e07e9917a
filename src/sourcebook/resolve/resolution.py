"""Evidence and decisions to entities, events, dates and what is left to decide: the whole stage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from sourcebook.model import (
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
)
from sourcebook.ports import Sharing
from sourcebook.resolve import amendments, rulings
from sourcebook.resolve.amendments import Amended
from sourcebook.resolve.entities import EntityResolution, entities
from sourcebook.resolve.events.joining import events
from sourcebook.resolve.events.pile import pile
from sourcebook.resolve.places import locate
from sourcebook.resolve.rulings import Pair, Rulings


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


def resolve(evidence: Record, sharing: Sharing | None = None) -> Record:
    """The record with entities, events, dates and proposals; its claims are as reviewers ruled. Pure.

    `sharing` says who does part of the work where there is much; the answer is the same.
    """
    made = resolution(evidence, sharing)
    return replace(
        evidence,
        references=tuple(replace(held, entries=()) for held in evidence.references),
        mentions=made.mentions,
        claims=made.claims,
        entities=made.entities,
        events=made.events,
        proposals=made.proposals,
        dated=made.dated,
        skipped=(*evidence.skipped, *made.skipped),
    )


def resolution(evidence: Record, sharing: Sharing | None = None) -> Resolution:
    """Apply the decisions, then resolve entities, places, events and dates."""
    ruled = rulings.read(evidence.decisions, evidence.claims, evidence.mentions)
    kept = [c for c in evidence.claims if c.id not in ruled.rejected]
    amended = _amended(ruled, evidence, kept)
    grouped = entities(
        evidence.documents,
        amended.mentions,
        amended.claims,
        apart=[_mentions(p) for p in ruled.different if p.left.startswith("m-")],
        same=[_mentions(p) for p in ruled.same_of("m")],
        references=evidence.references,
    )
    located = locate(grouped.entities, evidence.documents, amended.mentions, evidence.references)
    known = pile(evidence.documents, amended.mentions, located.entities, grouped.entity_of)
    happened = events(
        amended.claims,
        known,
        ruled,
        origin_groups=evidence.origin_groups,
        as_of=evidence.as_of,
        sharing=sharing,
    )
    return Resolution(
        mentions=amended.mentions,
        claims=amended.claims,
        entities=tuple(located.entities),
        entity_of=grouped.entity_of,
        events=happened.events,
        proposals=(
            *ruled.proposals,
            *amended.proposals,
            *grouped.proposals,
            *_refused(ruled, grouped),
            *located.proposals,
            *happened.proposals,
        ),
        dated=happened.dated,
        skipped=(*ruled.skipped, *amended.skipped),
        unplaced=happened.unplaced,
        changed=amended.changed,
    )


def _amended(ruled: Rulings, evidence: Record, kept: Sequence[Claim]) -> Amended:
    alive = {c.id for c in kept}
    wanted = [a for a in ruled.amendments if a.claim in alive]
    return amendments.apply(wanted, evidence.documents, evidence.mentions, kept)


def _mentions(pair: Pair) -> tuple[MentionId, MentionId]:
    return MentionId(pair.left), MentionId(pair.right)


def _refused(ruled: Rulings, grouped: EntityResolution) -> list[Proposal]:
    """Mentions ruled the same that are in two entities still: another decision holds them apart."""
    found = []
    for pair in ruled.same_of("m"):
        about = [grouped.entity_of.get(m) for m in _mentions(pair)]
        if about[0] is not None and about[1] is not None and about[0] != about[1]:
            why = f"{pair.why}; another decision holds them apart"
            found.append(Proposal(kind="decision", about=(about[0], about[1]), score=1.0, why=why))
    return found
