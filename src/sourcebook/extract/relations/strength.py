"""How many a group is said to have, with the words that limit what was counted."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from spacy.tokens import Token

from sourcebook.extract.relations import cast as people
from sourcebook.extract.relations import claims, engine, grammar, slots, table
from sourcebook.extract.relations.cast import Cast
from sourcebook.model import Attribution, Form, Mention, MentionKind


def find(cast: Cast) -> Iterator[claims.Found]:
    """The strengths of groups: fighters and members counted as they stand, never as a toll."""
    for quantity in cast.notes.mentions:
        if quantity.kind is MentionKind.QUANTITY:
            counted = _counted(cast, quantity)
            group = _group(cast, counted, quantity)
            if group is not None:
                yield _claim(cast, quantity, (counted, group))


def _counted(cast: Cast, quantity: Mention) -> Token:
    """The noun that the number counts, or the number itself."""
    token = cast.tokens(quantity).root
    while token.dep_ in ("nummod", "quantmod", "compound", "amod") and token.head.i >= token.i:
        token = token.head
    return token


def _group(cast: Cast, counted: Token, quantity: Mention) -> Mention | None:
    state = _state(counted)
    if state is None:
        return None
    fighters = counted.lemma_.lower() in table.words("fighter")
    own = _own(cast, counted, quantity)
    heads = state.lemma_ in table.words("state_noun") and own in cast.all([counted], people.ORGANISED)
    if own is not None and (fighters or heads):
        return own
    if fighters:
        return _had(cast, counted, state)
    return _measured(cast, counted, state) if _bare(counted, quantity, cast) else None


def _own(cast: Cast, counted: Token, quantity: Mention) -> Mention | None:
    """As in "6,000 ISK fighters", "its 300 members", "4,000 ISK near the border"."""
    found = slots.owners(cast, counted, people.ORGANISED) or cast.all([counted], people.ORGANISED)
    return next((m for m in _bodies(cast, found) if m.span != quantity.span), None)


def _bodies(cast: Cast, found: list[Mention]) -> list[Mention]:
    """The mentions without descriptions such as "fighters", who are counted and are not whose they are."""
    fighters = table.words("fighter")
    return [m for m in found if m.form is Form.NAME or cast.tokens(m).root.lemma_.lower() not in fighters]


def _bare(counted: Token, quantity: Mention, cast: Cast) -> bool:
    tokens = cast.tokens(quantity)
    inside = tokens.start <= counted.i < tokens.end
    return (
        inside
        and counted.pos_ not in ("NOUN", "PROPN")
        and any(t.like_num and t.lower_ != "one" for t in tokens)
    )


def _state(counted: Token) -> Token | None:
    """The word that says the number stands, where one does: "has", "ranges", "the presence of"."""
    verbs, nouns = table.words("state_verb"), table.words("state_noun")
    token = counted
    for _ in range(6):
        head = token.head
        if token.dep_ == "nsubj" and head.lemma_ not in ("be", "operate", "remain"):
            return None
        if head == token:
            return None
        if head.pos_ in ("VERB", "AUX"):
            return head if head.lemma_ in verbs else None
        if head.lemma_ in nouns:
            return head
        if token.dep_ == "appos" or (token.dep_ == "pobj" and head.lower_ == "with"):
            return head
        token = head
    return None


def _had(cast: Cast, counted: Token, state: Token) -> Mention | None:
    """Who has the fighters: the subject of the verb, or the owner of "strength"."""
    if state.pos_ in ("VERB", "AUX") and state.lemma_ in table.words("have"):
        return next(iter(cast.all(grammar.agents(state), people.ORGANISED)), None)
    if state.lower_ == "with":
        token = state.head
        found = cast.at(token, people.ORGANISED)
        return found or next(iter(cast.all(grammar.subjects(token), people.ORGANISED)), None)
    return _measured(cast, counted, state)


def _measured(cast: Cast, counted: Token, state: Token) -> Mention | None:
    """The group whose number, strength or membership the clause is about."""
    measures = table.words("measure")
    for noun in counted.sent:
        if (
            noun.lemma_.lower() in measures
            and noun.pos_ in ("NOUN", "PROPN")
            and _linked(noun, counted, state)
            and not _estimating(noun)
        ):
            found = _bodies(cast, slots.owners(cast, noun, people.ORGANISED))
            for inner in grammar.after(noun, ("of", "in")) if not found else ():
                found = found or _bodies(cast, slots.owners(cast, inner, people.ORGANISED))
            if found:
                return found[0]
    return None


def _estimating(noun: Token) -> bool:
    """The estimates of "UN estimates put its strength at": whose they are is who counted."""
    return noun.dep_ == "nsubj" and noun.lemma_.lower() in _FIGURES and noun.head.lemma_ in ("put", "place")


_FIGURES = frozenset(("estimate", "figure", "report", "count", "assessment", "number"))


def _linked(noun: Token, counted: Token, state: Token) -> bool:
    """Whether the measuring noun is in the clause of the number: subject, object or apposed to it."""
    home = grammar.clause(counted)
    return noun in list(counted.ancestors) or grammar.clause(noun) == home or state == noun


def _claim(cast: Cast, quantity: Mention, found: tuple[Token, Mention]) -> claims.Found:
    counted, group = found
    verb = grammar.clause(counted)
    arguments = [("subject", group), ("value", quantity), *_limits(cast, counted)]
    arguments += claims.times(cast, verb) if verb.lemma_ in table.words("state_verb") else []
    trigger = counted if counted.pos_ in ("NOUN", "PROPN") else verb
    asserting = verb if verb.pos_ in ("VERB", "AUX") and verb.lemma_ in table.words("state_verb") else None
    one = claims.claim(cast, "strength", claims.Said(trigger, asserting), arguments)
    estimator = _estimator(cast, counted, group) if not one.claim.attribution else None
    if estimator is None:
        return one
    return one._replace(claim=msgspec.structs.replace(one.claim, attribution=(estimator,)))


def _limits(cast: Cast, counted: Token) -> list[tuple[str, Mention]]:
    """The words that limit what was counted ("near the border") and the places in them."""
    found: list[tuple[str, Mention]] = []
    for phrase in counted.sent:
        if phrase.dep_ != "prep" or phrase.i <= counted.i or phrase.lower_ not in table.words("limit"):
            continue
        if phrase.head == counted or phrase.i == counted.i + 1:
            scope = cast.idea(*grammar.phrase(phrase))
            found.append(("scope", scope))
            found += [("location", m) for m in cast.within(scope.span, people.PLACES)]
    return found


def _authors(figures: Token) -> list[Token]:
    """Whose figures they are: "UN estimates", "the envoy's report", "estimates by the army"."""
    before = [c for c in figures.lefts if c.dep_ in ("compound", "poss", "amod", "nmod")]
    return before or list(grammar.after(figures, ("by", "from", "of")))


def _estimator(cast: Cast, counted: Token, group: Mention) -> Attribution | None:
    """Who gives the figure where it is the object of a verb: "the envoy announced the presence of 400"."""
    verbs = table.words("estimate_verb")
    verb = next((a for a in counted.ancestors if a.pos_ == "VERB" and a.lemma_ in verbs), None)
    if verb is None:
        return None
    agents = grammar.agents(verb)
    agents += [c for a in agents if a.lemma_.lower() in _FIGURES for c in _authors(a)]
    agents += [c for agent in agents for c in agent.children if c.dep_ == "appos"]
    speakers = [m for m in cast.all(agents, people.ENTITIES) if not engine.same(m, group)]
    speaker = min(
        speakers, key=lambda m: (m.form is not Form.NAME, m.kind is not MentionKind.PERSON), default=None
    )
    if speaker is None:
        return None
    content = verb.doc[verb.i + 1 : verb.sent.end] if counted.i > verb.i else verb.sent
    return Attribution(
        source=speaker.id,
        kind=str(speaker.kind),
        content=cast.passage.span(content),
        cue=cast.passage.span(verb),
    )
