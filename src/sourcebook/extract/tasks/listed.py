"""Relations that lists, brackets and tools tell: members, allies in one deed, what is used, short names."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations
from typing import Final

from spacy.tokens import Token

from sourcebook.extract.relations import grammar
from sourcebook.extract.relations.cast import ENTITIES, ORGANISED, PLACES, Cast
from sourcebook.model import Mention, MentionKind, Span

#: Type, source, target.
Told = tuple[str, Span, Span]

_FORCES: Final = ORGANISED | {MentionKind.PEOPLE}
_HOLDS: Final = frozenset(("include", "comprise"))
_NAMES: Final = frozenset(("include", "such"))
_USES: Final = frozenset(("use", "operate", "deploy", "employ", "fire"))
#: What two parties do to one another rather than together.
_AGAINST: Final = frozenset(
    ("clash", "fight", "meet", "agree", "disagree", "talk", "negotiate", "sign", "battle", "say", "be")
)
#: Nouns for what countries are members of rather than lie in.
_BODIES: Final = frozenset(
    "nation country state member partner ally community coalition alliance bloc power".split()
)
_LONGEST: Final = 4


def told(cast: Cast, token: Token) -> Iterator[Told]:
    """What a word of a list, a use or a bracket says."""
    lemma = token.lemma_.lower()
    if lemma in _HOLDS and token.pos_ == "VERB" and token.dep_ != "prep":
        yield from _members(cast, grammar.subjects(token), grammar.patients(token))
    elif lemma in _NAMES and token.dep_ == "prep":
        yield from _members(cast, [token.head], grammar.examples([token.head])[1:])
    elif lemma in _USES and token.pos_ == "VERB":
        yield from _used(cast, token)
    elif token.text == "(":
        yield from _short(cast, token)
    if token.pos_ == "VERB" and lemma not in _AGAINST:
        yield from _together(cast, token)


def _members(cast: Cast, wholes: list[Token], parts: list[Token]) -> Iterator[Told]:
    """As in "the members include A and B", "towns including A": of places the one within the other."""
    for head in wholes:
        whole = _whole(cast, head)
        bodies = head.pos_ == "PRON" or head.lemma_.lower() in _BODIES
        for part in cast.all(grammar.spread(parts), ENTITIES):
            within = part.kind in PLACES and not bodies
            if not part.span.overlaps(whole):
                yield ("CoLocated" if within else "BelongsTo"), part.span, whole


def _whole(cast: Cast, head: Token) -> Span:
    """The mention at a noun, or the noun and what is before it."""
    known = cast.at(head, ENTITIES)
    return known.span if known is not None else cast.passage.span(head.doc[head.left_edge.i : head.i + 1])


def _used(cast: Cast, verb: Token) -> Iterator[Told]:
    """As in "conducted strikes using bombers": whoever does it has them."""
    users = cast.all(grammar.agents(verb), _FORCES | {MentionKind.PERSON})
    things = [
        t for t in grammar.patients(verb) if t.pos_ in ("NOUN", "PROPN") and cast.at(t, ENTITIES) is None
    ]
    for user in users:
        for thing in things:
            yield "InChargeOf", user.span, cast.passage.span(thing)


def _together(cast: Cast, verb: Token) -> Iterator[Told]:
    """As in "the army and the militia launched an attack": allies in it."""
    parties = [m for t in grammar.subjects(verb) for m in _organised(cast, t)]
    if len(parties) > 1 and not grammar.passive(verb):
        for one, other in permutations(parties, 2):
            if not one.span.overlaps(other.span):
                yield "AlliesOf", one.span, other.span


def _organised(cast: Cast, token: Token) -> list[Mention]:
    found = cast.at(token, _FORCES)
    return [found] if found is not None else []


def _short(cast: Cast, bracket: Token) -> Iterator[Told]:
    """As in "the Delta Front (DF)"."""
    doc = bracket.doc
    end = bracket.i + 1
    while end < len(doc) and doc[end].text != ")" and end - bracket.i <= _LONGEST:
        end += 1
    inside = doc[bracket.i + 1 : end]
    name = cast.ending(bracket.i, ENTITIES - PLACES)
    if name is None or end == len(doc) or doc[end].text != ")" or not len(inside) or not inside[0].is_upper:
        return
    short = cast.passage.span(inside)
    yield "IsSynonymOf", name.span, short
