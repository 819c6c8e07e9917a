"""When a group came to be, with the word that was used: founded, announced, emerged, appeared."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from spacy.tokens import Token

from sourcebook.extract.relations import cast as people
from sourcebook.extract.relations import claims, engine, grammar, slots, table
from sourcebook.extract.relations.cast import Cast
from sourcebook.model import Mention, MentionKind

_MADE: Final = "made"
_SAID: Final = "said"
_AROSE: Final = "arose"


def find(cast: Cast) -> Iterator[claims.Found]:
    """The dated beginnings of groups."""
    verbs, nouns = table.words("found_verb"), table.words("found_noun")
    for token in cast.having(verbs, nouns):
        kind = verbs.get(token.lemma_)
        if token.pos_ == "VERB" and kind is not None:
            yield from _by_verb(cast, token, kind)
        elif token.pos_ == "NOUN" and token.lemma_ in nouns:
            yield from _by_noun(cast, token)


def _by_verb(cast: Cast, verb: Token, kind: str) -> Iterator[claims.Found]:
    groups, last = _begun(cast, verb, kind)
    dated = claims.times(cast, verb)
    if not groups or not dated:
        return
    places = cast.all(grammar.after(verb, ("in", "near", "at")), people.PLACES)
    for group in groups:
        yield from _dated(cast, claims.Said(verb, verb, last), group, (dated, places))


def _begun(cast: Cast, verb: Token, kind: str) -> tuple[list[Mention], Token | None]:
    """The groups that the verb says began, and the last word of the trigger."""
    particle = next((c for c in verb.children if c.dep_ == "prt"), None)
    if verb.lemma_ == "set":
        return (cast.all(grammar.patients(verb), people.ORGANISED), particle) if particle else ([], None)
    if kind == _MADE:
        return cast.all(grammar.patients(verb), people.ORGANISED), None
    if kind == _SAID:
        return cast.all(
            (t for t in grammar.patients(verb) if not grammar.passive(verb)), people.ORGANISED
        ), None
    if any(c.dep_ in ("xcomp", "oprd", "attr", "acomp", "dobj", "ccomp") for c in verb.children):
        return [], None
    found = cast.all(grammar.agents(verb), people.ORGANISED)
    if verb.lemma_ == "come":
        being = next((t for t in grammar.after(verb, ("into",)) if t.lower_ in ("being", "existence")), None)
        return (found, being) if being is not None else ([], None)
    if verb.lemma_ == "date":
        return found, next((c for c in verb.children if c.lower_ == "back"), None)
    blocked = any(c.dep_ == "prep" and c.lower_ in ("as", "from", "before") for c in verb.children)
    court = any(
        t.lemma_ in ("court", "video", "tribunal") for t in grammar.after(verb, ("in", "before", "on"))
    )
    return ([], None) if blocked or court else (found, None)


def _by_noun(cast: Cast, noun: Token) -> Iterator[claims.Found]:
    groups = slots.owners(cast, noun, people.ORGANISED)
    verb = noun.head if noun.dep_ in ("dobj", "nsubjpass") else None
    dated = claims.times(cast, noun)
    announced = verb is not None and table.words("found_verb").get(verb.lemma_) in (_SAID, _MADE)
    if not dated and announced and verb is not None:
        dated = claims.times(cast, verb)
    for group in groups if dated else ():
        said = claims.Said(verb, verb, noun) if announced and verb is not None else claims.Said(noun, None)
        yield from _dated(cast, said, group, (dated, []))


def _dated(
    cast: Cast,
    said: claims.Said,
    group: Mention,
    found: tuple[list[tuple[str, Mention]], list[Mention]],
) -> Iterator[claims.Found]:
    dates, places = found
    value = next((m for role, m in dates if role in ("date", "until", "from")), None)
    if value is None or value.kind is not MentionKind.TIME:
        return
    sited = [("location", m) for m in places if not engine.same(group, m)]
    yield claims.claim(cast, "founded", said, [("subject", group), ("value", value), *sited])
