"""When persons who are named were killed, by the events whose claims name them as the dead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sourcebook.model import Claim, ClaimId, Days, EntityId, Event, Mention, MentionId, MentionKind, Status


def deaths(
    events: Iterable[Event],
    claims: Mapping[ClaimId, Claim],
    mentions: Mapping[MentionId, Mention],
    entity_of: Mapping[MentionId, EntityId],
) -> dict[EntityId, Days]:
    """The day of each person's death; none of those for whom two different days are given."""
    found: dict[EntityId, set[Days]] = {}
    for event in events:
        if event.status is Status.ACCOMPLISHED and event.date and event.date.latest:
            for claim in (claims[c] for c in event.claims if c in claims):
                for person in _killed(claim, mentions, entity_of):
                    found.setdefault(person, set()).add(event.date)
    return {person: next(iter(days)) for person, days in found.items() if len(days) == 1}


def _killed(
    claim: Claim, mentions: Mapping[MentionId, Mention], entity_of: Mapping[MentionId, EntityId]
) -> Iterable[EntityId]:
    """Persons who are the dead of a claim: both its recipient and counted among the killed."""
    if claim.predicate != "ASSAULT" or not claim.factuality.asserts:
        return
    dead = {mentions[m].span for m in claim.fillers("killed") if m in mentions}
    for identifier in claim.fillers("recipient"):
        mention = mentions.get(identifier)
        if mention is None or mention.kind is not MentionKind.PERSON or identifier not in entity_of:
            continue
        if any(mention.span.overlaps(span) for span in dead):
            yield entity_of[identifier]
