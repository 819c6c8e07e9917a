"""Who took part in an event, in which role, and by whose word.

One entry for each role, entity and attribution status, so that who claimed it and who is accused of it stay
apart and every status keeps the claims that give it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from sourcebook.model import Attribution, Claim, ClaimId, EntityId, MentionId, Participant, Status
from sourcebook.model.vocabulary import PARTICIPANT_ROLES
from sourcebook.resolve.events_sketch import Pile, table

#: Strongest first: what a court found, what it tries, what is said outright, what is said with doubt.
STRENGTH = (
    "convicted", "acquitted", "on-trial", "charged", "claimed", "narrated", "intercepted", "accused",
    "suspected", "denied",
)  # fmt: skip
_BLAMED = frozenset(("actor", "suspect"))
_SAID_OF_ONESELF = frozenset(("claim-of-responsibility",))


def participants(claims: Sequence[Claim], pile: Pile) -> tuple[Participant, ...]:
    """Every role that a claim fills, by entity (or description, of those without a name) and status."""
    found: dict[tuple[str, str, str], list[ClaimId]] = {}
    names: dict[str, tuple[str, EntityId | None]] = {}
    for claim in claims:
        for role, mention, status in _fillings(claim, pile):
            entity = pile.entity(mention)
            named = entity is not None and entity in pile.named
            key = entity if named and entity is not None else _described(pile.name(mention))
            names.setdefault(key, (pile.name(mention), entity))
            held = found.setdefault((role, status, key), [])
            if claim.id not in held:
                held.append(claim.id)
    made = [
        Participant(
            role=role, entity=names[key][1], name=names[key][0], attribution_status=status, claims=tuple(ids)
        )
        for (role, status, key), ids in found.items()
    ]
    return tuple(
        sorted(
            made,
            key=lambda p: (
                PARTICIPANT_ROLES.index(p.role),
                STRENGTH.index(p.attribution_status),
                p.name,
                p.claims,
            ),
        )
    )


def _fillings(claim: Claim, pile: Pile) -> Iterable[tuple[str, MentionId, str]]:
    for argument in claim.arguments:
        if argument.role not in PARTICIPANT_ROLES or argument.mention not in pile.mentions:
            continue
        if argument.role == "location":
            continue
        status = _status(claim, argument.role, argument.mention, pile)
        role = "claimant" if argument.role == "actor" and status == "claimed" else argument.role
        yield role, argument.mention, status


def _status(claim: Claim, role: str, mention: MentionId, pile: Pile) -> str:
    """By whose word somebody has a role: the actor's own, the publisher's or another's, and how surely."""
    speaker = claim.attribution[-1] if claim.attribution else None
    if role == "claimant":
        return "denied" if claim.status is Status.DENIED or claim.factuality.denies else "claimed"
    if role not in _BLAMED:
        return "denied" if claim.factuality.denies else "narrated"
    own = speaker is not None and _own_word(speaker, mention, pile)
    if claim.factuality.denies or claim.status is Status.DENIED:
        return "denied"
    court = _court(claim, pile)
    if court is not None and (role == "suspect" or court == "intercepted"):
        return court
    if own or claim.status is Status.CLAIMED:
        return "claimed"
    if role == "suspect" or claim.factuality.value != "CT+" or claim.status is Status.HYPOTHETICAL:
        return "accused" if role == "suspect" and claim.factuality.value == "CT+" else "suspected"
    return "accused" if speaker is not None else "narrated"


def _own_word(speaker: Attribution, mention: MentionId, pile: Pile) -> bool:
    """Whether the speaker is the very one that the claim is about, or claims the deed."""
    if speaker.act in _SAID_OF_ONESELF:
        return True
    entity = pile.entity(speaker.source) if speaker.source is not None else None
    return entity is not None and entity == pile.entity(mention)


def _court(claim: Claim, pile: Pile) -> str | None:
    text = pile.documents[claim.evidence.document].quote(claim.evidence).lower()
    return next((status for status, words in _court_words() if any(w in text for w in words)), None)


@cache
def _court_words() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((row[0], tuple(f" {w}" for w in row[1].split())) for row in table("court_words.tsv"))


def _described(name: str) -> str:
    """One description is one party of an event, in whichever document: "gunmen", "Gunmen"."""
    return name.casefold()
