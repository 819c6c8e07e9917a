"""Runs the pattern table over a parse."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from spacy.tokens import Token

from sourcebook.extract.relations import cast as people
from sourcebook.extract.relations import claims, grammar, slots, table
from sourcebook.extract.relations.cast import Cast
from sourcebook.extract.relations.table import Pattern
from sourcebook.model import Mention, MentionKind

KINDS: Final[Mapping[str, frozenset[MentionKind]]] = MappingProxyType(
    {
        "actor": people.ORGANISED,
        "party": people.PARTIES,
        "body": people.ORGANISED | {MentionKind.PLACE},
        "human": people.HUMANS,
        "person": frozenset((MentionKind.PERSON,)),
        "source": people.ORGANISED | people.PLACES | {MentionKind.PEOPLE},
        "place": people.PLACES,
        "time": frozenset((MentionKind.TIME,)),
        "giver": people.PARTIES | {MentionKind.PEOPLE},
    }
)


def find(cast: Cast) -> Iterator[claims.Found]:
    """The claims that the pattern table makes of a passage."""
    known = table.patterns()
    for token in cast.having({lemma for lemma, _ in known}):
        for pattern in known.get((token.lemma_.lower(), _pos(token)), ()):
            yield from _match(cast, token, pattern)


def _pos(token: Token) -> str:
    return "NOUN" if token.pos_ == "PROPN" else token.pos_


def _match(cast: Cast, trigger: Token, pattern: Pattern) -> Iterator[claims.Found]:
    there, last = needed(trigger, pattern.needs)
    if not there:
        return
    subjects = [
        m for m in slots.fill(cast, trigger, pattern.subject, people.ORGANISED) if not cast.indefinite(m)
    ]
    if not subjects:
        return
    swapped = pattern.predicate in ("rival", "ally") and trigger.dep_ == "nsubj"
    for subject in subjects:
        for target in _targets(cast, trigger, pattern):
            if not same(subject, target):
                turned = swapped and target.kind in people.ORGANISED
                pair = (target, subject) if turned else (subject, target)
                yield _claim(cast, claims.Said(trigger, anchor(trigger), last), pattern, pair)


def _claim(cast: Cast, said: claims.Said, pattern: Pattern, pair: tuple[Mention, Mention]) -> claims.Found:
    subject, target = pair
    role = "value" if target.kind in (MentionKind.TIME, MentionKind.QUANTITY) else "object"
    dated = [] if role == "value" else claims.times(cast, said.trigger)
    return claims.claim(cast, pattern.predicate, said, [("subject", subject), (role, target), *dated])


def _targets(cast: Cast, trigger: Token, pattern: Pattern) -> list[Mention]:
    """The objects: of "disgruntled X fighters" the X that they come from, of "groups such as X" just X."""
    found = slots.fill(cast, trigger, pattern.object, KINDS[pattern.kinds])
    if pattern.predicate == "parent":
        # Allegiance to a man, or a wing that belongs to him, makes him no organisation above it.
        found = [m for m in found if cast.kind(m) is not MentionKind.PERSON]
    if pattern.predicate in ("origin", "recruits_from"):
        found = [inner for m in found for inner in (cast.named_in(m, KINDS["source"]) or [m])]
    definite = [m for m in found if not cast.indefinite(m)]
    if pattern.kinds in ("actor", "party"):
        return definite
    return definite if len(found) > 1 and definite else found


def same(left: Mention, right: Mention) -> bool:
    """Whether two mentions are the same words, overlap in part, or refer to one another."""
    if left.span.overlaps(right.span):
        nested = left.span.covers(right.span) or right.span.covers(left.span)
        return left.span == right.span or not nested
    if left.name.lower() == right.name.lower():
        return True
    if right.antecedent == left.id or left.antecedent == right.id:
        return True
    return left.antecedent is not None and left.antecedent == right.antecedent


def needed(trigger: Token, needs: str) -> tuple[bool, Token | None]:
    """Whether the trigger has what a pattern asks for, and the child that has to be there."""
    deps, _, lemmas = needs.partition("=")
    if not deps:
        return True, None
    if deps == "habit":
        return grammar.habitual(trigger), None
    if deps == "finite":
        return trigger.tag_ not in ("VB", "VBG"), None
    if deps == "have":
        return bool(slots.havers(trigger)), None
    wanted, allowed = deps.split("+"), lemmas.split("|")
    child = next((c for c in trigger.children if c.dep_ in wanted and c.lemma_.lower() in allowed), None)
    return child is not None, child


def anchor(trigger: Token) -> Token | None:
    """The verb that asserts what the trigger says, None where the words take it for granted."""
    if trigger.pos_ in ("VERB", "AUX"):
        return trigger
    return grammar.copula(trigger)
