"""How a group fares: attacks and plots counted, rise and decline, splits, bans."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from spacy.tokens import Token

from sourcebook.extract.relations import cast as people
from sourcebook.extract.relations import claims, engine, grammar, slots, table
from sourcebook.extract.relations.cast import Cast
from sourcebook.model import Mention, MentionKind

_FEW: Final = 3

_PARTING: Final = frozenset(("split", "splinter", "fracture", "fragment", "divide"))


def find(cast: Cast) -> Iterator[claims.Found]:
    """Counts, trends, splits and bans."""
    verbs, attacks, banned = table.words("trend_verb"), table.words("attack"), table.words("banned")
    for token in cast.having(verbs, attacks, banned, _PARTING):
        word = token.lemma_.lower()
        if word in attacks and token.pos_ == "NOUN":
            yield from _counts(cast, token)
        if token.pos_ == "VERB" and word in verbs:
            yield from _trend(cast, token, verbs[word])
        if token.pos_ == "VERB" and word in _PARTING:
            yield from _split(cast, token)
        if token.lower_ in banned:
            yield from _banned(cast, token)


def _counts(cast: Cast, noun: Token) -> Iterator[claims.Found]:
    quantity = _number(cast, noun)
    if quantity is None:
        return
    verb, planned = _doing(noun)
    groups: list[Mention] = []
    if verb is not None:
        groups = cast.all(grammar.agents(verb), people.ORGANISED)
    groups = groups or cast.all(grammar.after(noun, ("by",)), people.ORGANISED)
    planned = planned or noun.lemma_ in ("plot", "plan")
    for group in groups:
        arguments = [("subject", group), ("value", quantity)]
        made = _where(cast, noun, verb)
        arguments += [("scope", m) for m in made if m.kind is MentionKind.IDEA]
        arguments += [("location", m) for m in made if m.kind is not MentionKind.IDEA]
        arguments += claims.times(cast, verb if verb is not None else noun) or claims.times(cast, noun)
        predicate = "plots_count" if planned else "attacks_count"
        trigger = verb if verb is not None else noun
        yield claims.claim(cast, predicate, claims.Said(trigger, verb), arguments)


def _number(cast: Cast, noun: Token) -> Mention | None:
    """How many, if it is more than an occurrence or two: "21 attacks", "a total of 21 attacks"."""
    near = [t for t in noun.lefts if t.dep_ in ("nummod", "amod", "quantmod")]
    if noun.dep_ == "pobj" and noun.head.lower_ == "of":
        near += [noun.head.head]
    for token in (*near, noun):
        for mention in cast.covering(token, (MentionKind.QUANTITY,)):
            value = mention.value
            low = getattr(value, "low", None)
            if value is None or low is None or low >= _FEW:
                return mention
    return None


def _doing(noun: Token) -> tuple[Token | None, bool]:
    """The verb whose object the attacks are, and whether it says that they were planned."""
    token = noun
    for _ in range(5):
        if token.dep_ in ("dobj", "nsubjpass") or (token.dep_ == "pobj" and token.head.dep_ == "prep"):
            verb = token.head if token.dep_ != "pobj" else token.head.head
            if verb.pos_ == "VERB" and verb.lemma_ in table.words("attack_verb"):
                return verb, table.words("attack_verb")[verb.lemma_] == "plot"
            if verb.lemma_ == "responsible" and verb.head.lemma_ == "be":
                return verb.head, False
        if token.dep_ not in ("dobj", "pobj", "prep", "conj"):
            return None, False
        token = token.head
    return None, False


def _where(cast: Cast, noun: Token, verb: Token | None) -> list[Mention]:
    homes = [t for t in (noun, noun.head.head if noun.dep_ == "pobj" else None, verb) if t is not None]
    for home in homes:
        for token in grammar.after(home, ("in", "across", "throughout")):
            place = cast.at(token, people.PLACES)
            if place is not None:
                return [place]
            if token.lemma_ in ("country", "state", "province", "city", "region", "town"):
                return [cast.idea(token.left_edge, token)]
    return []


def _trend(cast: Cast, verb: Token, frame: str) -> Iterator[claims.Found]:
    """As in "its attacks have fallen", "it saw a decline in membership", "it is expanding its reach"."""
    groups, last = _moved(cast, verb) if frame == "move" else _seen(cast, verb)
    if not groups or last is None:
        return
    idea = cast.idea(*_words(verb, last, frame))
    inside = [("date", m) for m in cast.within(idea.span, (MentionKind.TIME,))]
    for group in groups[:1]:
        arguments = [("subject", group), ("value", idea), *(claims.times(cast, verb) or inside)]
        yield claims.claim(cast, "trend", claims.Said(verb, verb), arguments)


def _words(verb: Token, last: Token, frame: str) -> tuple[Token, Token]:
    """From the subject that moves, or from the verb where the group is the subject, to the end."""
    nouns = [c for c in verb.children if c.dep_ in grammar.SUBJECTS and c.i < verb.i]
    moving = bool(nouns) and nouns[0].lemma_.lower() in table.words("measure")
    return (nouns[0].left_edge if moving and frame == "move" else verb, last)


def _moved(cast: Cast, verb: Token) -> tuple[list[Mention], Token | None]:
    for noun in grammar.subjects(verb):
        if noun.lemma_.lower() in table.words("measure"):
            return _measure_owner(cast, noun), verb
    objects = [c for c in verb.children if c.dep_ == "dobj"]
    if objects and objects[0].lemma_.lower() not in table.words("measure"):
        return [], None
    groups = cast.all(grammar.subjects(verb), people.ORGANISED)
    own = [m for m in groups if cast.tokens(m).root.lemma_.lower() not in table.words("measure")]
    tail = [c for c in verb.children if c.dep_ == "advmod" and c.i == verb.i + 1]
    return own, (objects or tail or [verb])[0]


def _measure_owner(cast: Cast, noun: Token) -> list[Mention]:
    found = slots.owners(cast, noun, people.ORGANISED) or cast.all(
        grammar.after(noun, ("by",)), people.ORGANISED
    )
    for inner in grammar.after(noun, ("of", "in")) if not found else ():
        found = found or slots.owners(cast, inner, people.ORGANISED)
        found = found or cast.all(grammar.after(inner, ("by",)), people.ORGANISED)
    return found


def _seen(cast: Cast, verb: Token) -> tuple[list[Mention], Token | None]:
    changes = table.words("trend_noun")
    noun = next((c for c in verb.children if c.dep_ == "dobj" and c.lemma_.lower() in changes), None)
    if noun is None:
        return [], None
    return cast.all(grammar.agents(verb), people.ORGANISED), grammar.phrase(noun)[1]


def _split(cast: Cast, verb: Token) -> Iterator[claims.Found]:
    parts = grammar.after(verb, ("into",))
    for group in cast.all(grammar.subjects(verb), people.ORGANISED) if parts else ():
        idea = cast.idea(parts[0].left_edge, parts[0])
        arguments = [("subject", group), ("value", idea), *claims.times(cast, verb)]
        said = claims.Said(verb, verb, parts[0].head)
        yield claims.claim(cast, "split_from", said, arguments)


def _banned(cast: Cast, word: Token) -> Iterator[claims.Found]:
    """As in "a banned organisation in X", "is designated as a terrorist group"."""
    if word.pos_ == "VERB" and word.dep_ not in ("amod",):
        yield from _listed(cast, word)
        return
    noun = word.head
    said = word.dep_ == "amod" and noun.lemma_.lower() in table.words("group_noun")
    groups = slots.holders(cast, noun, people.ORGANISED) if said else []
    for group in groups[:1]:
        places = cast.all(grammar.after(noun, ("in", "by")), people.ORGANISED | people.PLACES)
        idea = cast.idea(word, noun)
        target = [("object", p) for p in places] or [("value", idea)]
        yield claims.claim(
            cast, "designation", claims.Said(word, engine.anchor(noun)), [("subject", group), *target]
        )


def _listed(cast: Cast, verb: Token) -> Iterator[claims.Found]:
    """A designation whose author goes unnamed; the table has those with one."""
    named = grammar.after(verb, ("by", "in"))
    title = grammar.after(verb, ("as",)) or [c for c in verb.children if c.dep_ == "oprd"]
    if not grammar.passive(verb) or not title or cast.all(named, people.ORGANISED | people.PLACES):
        return
    for group in cast.all(grammar.subjects(verb), people.ORGANISED):
        idea = cast.idea(title[0].left_edge, title[0])
        arguments = [("subject", group), ("value", idea), *claims.times(cast, verb)]
        yield claims.claim(cast, "designation", claims.Said(verb, verb), arguments)
