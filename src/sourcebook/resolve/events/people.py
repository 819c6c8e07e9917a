"""Who took part in an event, in which role, and by whose word.

One entry for each role, entity and attribution status, so that who claimed it and who is accused of it stay
apart and every status keeps the claims that give it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from sourcebook.model import (
    Attribution,
    Claim,
    ClaimId,
    EntityId,
    Factuality,
    Mention,
    MentionId,
    Participant,
    Status,
)
from sourcebook.model.vocabulary import PARTICIPANT_ROLES
from sourcebook.resolve.events.pile import Pile
from sourcebook.resolve.tables import table

#: Strongest first: what a court found, what it tries, what is said outright, what is said with doubt.
STRENGTH = (
    "convicted", "acquitted", "on-trial", "charged", "claimed", "narrated", "intercepted", "accused",
    "suspected", "denied",
)  # fmt: skip
_BLAMED = frozenset(("actor", "suspect"))
_UNDONE = frozenset((Status.FOILED, Status.PLANNED, Status.THREATENED, Status.ATTEMPTED))
#: Deeds for which one claims responsibility; who says that they signed or withdrew stays the actor.
_CLAIMED_DEEDS = frozenset(("ASSAULT", "COERCE"))
_ARTICLE = re.compile(r"^(?:the|a|an|its|their|his|her|this|that|these|those)\s+")


def participants(claims: Sequence[Claim], pile: Pile) -> tuple[Participant, ...]:
    """Every role that a claim fills, by entity (or description, of those without a name) and status.

    Those with a name come before those who are only described, and "the group" comes last.
    """
    found: dict[tuple[str, str, str], list[ClaimId]] = {}
    names: dict[str, _Named] = {}
    for claim in claims:
        for role, mention, status in _fillings(claim, pile):
            entity = pile.entity(mention)
            named = entity is not None and entity in pile.named
            key = entity if named and entity is not None else _described(pile.name(mention))
            rank = 0 if named else 2 if _bare(pile.mentions[mention]) else 1
            names.setdefault(key, _Named(pile.name(mention), entity, rank))
            held = found.setdefault((role, status, key), [])
            if claim.id not in held:
                held.append(claim.id)
    made = [
        (names[key].rank, Participant(
            role=role,
            entity=names[key].entity,
            name=names[key].name,
            attribution_status=status,
            claims=tuple(ids),
        ))
        for (role, status, key), ids in _folded(found, names).items()
    ]  # fmt: skip
    return tuple(
        p
        for _, p in sorted(
            made,
            key=lambda m: (
                PARTICIPANT_ROLES.index(m[1].role),
                m[0],
                STRENGTH.index(m[1].attribution_status),
                m[1].name,
                m[1].claims,
            ),
        )
    )


class _Named(NamedTuple):
    """How a party is called: `rank` 0 by name, 1 by a description, 2 by a word that fits anybody."""

    name: str
    entity: EntityId | None
    rank: int


def _folded(
    found: Mapping[tuple[str, str, str], list[ClaimId]], names: Mapping[str, _Named]
) -> dict[tuple[str, str, str], list[ClaimId]]:
    """The same with "gunmen" under "armed gunmen" where one role has both: one party in fewer words."""
    kept: dict[tuple[str, str, str], list[ClaimId]] = {}
    for role, status, key in sorted(found, key=lambda k: (-len(k[2].split()), k)):
        ids = found[role, status, key]
        words = key.split()
        fuller = next(
            (
                k
                for k in kept
                if k[:2] == (role, status) and names[k[2]].rank and k[2].split()[-len(words) :] == words
            ),
            None,
        )
        if names[key].rank and fuller is not None:
            kept[fuller] += [i for i in ids if i not in kept[fuller]]
        else:
            kept[role, status, key] = list(ids)
    return kept


def _bare(mention: Mention) -> bool:
    """A pronoun, or a single word that names no kind of person in particular: "it", "the group"."""
    words = _described(mention.name).split()
    return mention.form == "pronoun" or (len(words) == 1 and words[0] in _anybody())


def _fillings(claim: Claim, pile: Pile) -> Iterable[tuple[str, MentionId, str]]:
    for argument in claim.arguments:
        if argument.role not in PARTICIPANT_ROLES or argument.mention not in pile.mentions:
            continue
        if argument.role == "location":
            continue
        status = _status(claim, argument.role, argument.mention, pile)
        own = argument.role == "actor" and status == "claimed" and claim.predicate in _CLAIMED_DEEDS
        yield "claimant" if own else argument.role, argument.mention, status


def _status(claim: Claim, role: str, mention: MentionId, pile: Pile) -> str:
    """By whose word somebody has a role: the actor's own, the publisher's or another's, and how surely."""
    speaker = claim.attribution[-1] if claim.attribution else None
    if _denied(claim):
        return "denied"
    if role == "claimant":
        return "claimed"
    if role not in _BLAMED:
        return "narrated"
    court = _court(claim, pile)
    if court is not None and (role == "suspect" or court == "intercepted"):
        return court
    if claim.status is Status.CLAIMED or (speaker is not None and _own_word(speaker, mention, pile)):
        return "claimed"
    if claim.fillers("accuser"):
        return "accused"
    if role == "suspect":
        return "accused" if claim.factuality is Factuality.CERTAIN else "suspected"
    if not _sure(claim):
        return "suspected"
    return "narrated" if speaker is None or _speaks(speaker, mention, pile) else "accused"


def _denied(claim: Claim) -> bool:
    """Whether somebody denies it: that a plot came to nothing does not deny whose plot it was."""
    if claim.status is Status.DENIED:
        return True
    return claim.factuality.denies and claim.status not in _UNDONE


def _sure(claim: Claim) -> bool:
    """Whether who did it, or was to do it, is told as certain."""
    if claim.status in _UNDONE:
        sure = claim.factuality in (Factuality.CERTAIN, Factuality.CERTAINLY_NOT, Factuality.UNCOMMITTED)
        return sure and not any(a.kind == "anonymous" for a in claim.attribution[-1:])
    return claim.factuality is Factuality.CERTAIN and claim.status is not Status.HYPOTHETICAL


def _own_word(speaker: Attribution, mention: MentionId, pile: Pile) -> bool:
    """Whether somebody claims the deed, or tells it as their own: who only speaks of it has not done it."""
    if speaker.act == "claim-of-responsibility":
        return speaker.source is None or _speaks(speaker, mention, pile)
    noted = pile.mentions.get(mention)
    inside = noted is not None and speaker.content.covers(noted.span)
    return speaker.act != "denial" and inside and _speaks(speaker, mention, pile)


def _speaks(speaker: Attribution, mention: MentionId, pile: Pile) -> bool:
    entity = pile.entity(speaker.source) if speaker.source is not None else None
    return entity is not None and entity == pile.entity(mention)


def _court(claim: Claim, pile: Pile) -> str | None:
    text = pile.documents[claim.evidence.document].quote(claim.evidence).lower()
    return next((status for status, words in _court_words() if any(w in text for w in words)), None)


@cache
def _court_words() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((row[0], tuple(f" {w}" for w in row[1].split())) for row in table("court_words.tsv"))


@cache
def _anybody() -> frozenset[str]:
    return frozenset(word for row in table("bare_parties.tsv") for word in row[0].split())


def _described(name: str) -> str:
    """One description is one party of an event, in whichever document: "gunmen", "The gunmen"."""
    return _ARTICLE.sub("", name.casefold())
