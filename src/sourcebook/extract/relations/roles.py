"""Who leads, who deputises, who is a member, and from when to when."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from spacy.tokens import Token

from sourcebook.extract.relations import cast as people
from sourcebook.extract.relations import claims, engine, grammar, slots, table
from sourcebook.extract.relations.cast import Cast
from sourcebook.model import Form, Mention, MentionKind

PERSON: Final = frozenset((MentionKind.PERSON,))
_TERM: Final = frozenset(("leader", "deputy_leader"))
_OF: Final = frozenset(("of", "from"))
#: Confidence where the date of an appointment is taken from the sentence before.
_CARRIED: Final = 0.7


def find(cast: Cast) -> Iterator[claims.Found]:
    """Leaders, deputies and members by noun, by verb and by "of"."""
    offices, verbs = table.words("office"), table.words("lead_verb")
    for token in cast.having(offices, verbs, _OF):
        if token.pos_ in ("NOUN", "PROPN") and (office := offices.get(_lemma(token))):
            yield from _by_noun(cast, token, office)
        elif token.pos_ == "VERB" and token.lemma_ in verbs:
            yield from _by_verb(cast, token)
        elif token.lower_ in _OF:
            yield from _by_name(cast, token)


def _lemma(token: Token) -> str:
    return token.lemma_.lower().rstrip(people.MARKS)


def _by_noun(cast: Cast, noun: Token, office: str) -> Iterator[claims.Found]:
    predicate = _rank(cast, noun, office)
    if predicate is None:
        return
    groups = slots.owners(cast, noun, people.ORGANISED)
    groups = groups or cast.all(grammar.after(noun, ("for", "in", "with", "from")), people.ORGANISED)
    if not groups and not (predicate == "deputy_leader" and _shared(cast, noun)):
        return
    kinds = PERSON if predicate in _TERM else people.HUMANS
    holders = slots.holders(cast, noun, kinds) or _named_among(cast, noun)
    groups = (_shared(cast, noun) if predicate == "deputy_leader" else []) or groups
    holders = [
        h
        for h in holders
        if cast.tokens(h).root != noun or (h.kind is MentionKind.PERSON and len(h.exact) > len(noun))
    ]
    for holder in holders:
        for group in groups[:1] if not _is_the_office(cast, holder, noun) else ():
            if not group.span.overlaps(holder.span) or holder.span.covers(group.span):
                yield _office(cast, predicate, noun, (group, holder))


def _is_the_office(cast: Cast, holder: Mention, noun: Token) -> bool:
    """Whether a description is the office itself and nobody who holds it: "its deputy leader"."""
    return holder.form is Form.NOMINAL and noun in cast.tokens(holder)


def _shared(cast: Cast, noun: Token) -> list[Mention]:
    """The group of "its leader" where the deputy is "his deputy": one sentence names both."""
    if not any(cast.at(c, PERSON) for c in noun.children if c.dep_ == "poss"):
        return []
    offices = table.words("office")
    leaders = (t for t in noun.sent if offices.get(_lemma(t)) == "leader" and t != noun)
    for leader in leaders:
        owners = slots.owners(cast, leader, people.ORGANISED)
        if owners:
            return [_newborn(cast, leader, owners[0]) or owners[0]]
    return []


def _named_among(cast: Cast, noun: Token) -> list[Mention]:
    """As in "commanders such as Ann Orr"."""
    if noun.tag_ not in ("NNS", "NNPS"):
        return []
    homes = [noun, *grammar.after(noun, ("of",))]
    return cast.all((t for home in homes for t in grammar.after(home, ("as", "including", "like"))), PERSON)


def _rank(cast: Cast, noun: Token, office: str) -> str | None:
    """The predicate of an office by its modifiers: "deputy leader", "regional commander"."""
    modifiers = _modifiers(cast, noun)
    ranks = table.words("rank_modifier")
    if office == "successor":
        return None
    if office == "deputy_leader" or any(m in ranks for m in modifiers):
        limited = any(m not in ranks and m not in table.words("plain_modifier") for m in modifiers)
        high = office in ("leader", "deputy_leader", "commander") and not limited
        return "deputy_leader" if high else "member"
    if office == "founder":
        leads = any(table.words("office").get(_lemma(t)) == "leader" for t in noun.conjuncts)
        return None if leads else "member"
    limited = any(m not in table.words("plain_modifier") for m in modifiers)
    if office == "commander":
        whole = any(c.dep_ in ("det", "poss") and c.lower_ not in ("a", "an") for c in noun.children)
        whole = whole or (noun.dep_ == "pobj" and noun.head.lower_ == "as")
        return "leader" if whole and not limited and noun.tag_ in ("NN", "NNP") and _of(noun) else "member"
    return "member" if office == "leader" and (limited or noun.tag_ in ("NNS", "NNPS")) else office


def _of(noun: Token) -> bool:
    return any(c.dep_ == "poss" or c.lower_ == "of" for c in noun.children)


def _modifiers(cast: Cast, noun: Token) -> list[str]:
    """The modifiers right before the noun, as far as the name of its group or an article."""
    found: list[str] = []
    index = noun.i - 1
    while index >= noun.sent.start and cast.ending(index + 1, people.ORGANISED) is None:
        token = noun.doc[index]
        if token.dep_ not in ("compound", "amod", "nmod", "advmod", "punct") or token.text in (",", "”", "“"):
            break
        found += [token.lower_] if token.text not in ("-", "–", ")", "(") else []
        index -= 1
    return found


def _office(cast: Cast, predicate: str, noun: Token, pair: tuple[Mention, Mention]) -> claims.Found:
    group, holder = pair
    group = _newborn(cast, noun, group) or group
    verb = _asserting(noun)
    dated, sure = _terms(cast, noun, verb, holder)
    arguments = [("subject", group), ("object", holder), *dated]
    past = next((c for c in _qualifiers(noun) if c.lower_ in table.words("past")), None)
    if past is not None:
        arguments.append(("scope", cast.idea(past, past)))
    return claims.claim(cast, predicate, claims.Said(noun, verb), arguments, sure=sure)


def _newborn(cast: Cast, noun: Token, group: Mention) -> Mention | None:
    """The group just founded, where its parent then appoints "its leader" in the sentence after."""
    verb = _asserting(noun)
    before = noun.doc[noun.sent.start - 1] if noun.sent.start else None
    if verb is None or verb.lemma_ not in table.words("take_office") or group.form is not Form.PRONOUN:
        return None
    if before is None or grammar.passive(verb) or not grammar.paragraph(before, noun):
        return None
    for token in before.sent:
        if token.pos_ == "NOUN" and token.lemma_ in table.words("found_noun") and token.dep_ == "dobj":
            founders = cast.all(grammar.agents(token.head), people.ORGANISED)
            founded = slots.owners(cast, token, people.ORGANISED)
            if founders and founded and founded[0] != founders[0]:
                return founded[0]
    return None


def _qualifiers(noun: Token) -> list[Token]:
    around = [c for c in noun.children if c.i < noun.i]
    left = noun.doc[max(noun.sent.start, noun.i - 6) : noun.i]
    return around + [
        t for t in left if t.lower_ in table.words("past") and noun.doc[t.i : noun.i].text.count(",") == 0
    ]


def _asserting(noun: Token) -> Token | None:
    """The verb that says who holds the office: a copula, or one that takes "as"."""
    verb = grammar.copula(noun)
    if verb is not None:
        return verb
    while noun.dep_ == "conj":
        noun = noun.head
    if noun.dep_ == "pobj" and noun.head.lower_ == "as" and noun.head.head.pos_ == "VERB":
        return noun.head.head
    if noun.dep_ in ("oprd", "dobj", "attr") and noun.head.lemma_ in slots.NAMING:
        return noun.head
    return None


def _terms(
    cast: Cast, noun: Token, verb: Token | None, holder: Mention
) -> tuple[list[tuple[str, Mention]], float]:
    """The times of an office: of its verb, of the verb that ends it, of the clause it stands in."""
    found: list[tuple[str, Mention]] = []
    sure = 1.0
    if verb is not None:
        found = claims.times(cast, verb)
        if verb.lemma_ in table.words("take_office"):
            found = found or carried(cast, verb)
            sure = _CARRIED if found and cast.tokens(found[0][1]).sent != verb.sent else 1.0
            found = [("from" if role == "date" else role, m) for role, m in found]
    else:
        found = claims.times(cast, noun)
    ended = [("until", m) for m in _ends(cast, noun, holder)]
    found += ended if not any(role == "until" for role, _ in found) else []
    if verb is None and not found:
        main = grammar.clause(noun)
        found = (
            [(r, m) for r, m in claims.times(cast, main) if r == "date"]
            if main.tag_ in ("VBD", "VBN")
            else []
        )
    return found, sure


def carried(cast: Cast, verb: Token) -> list[tuple[str, Mention]]:
    """The date of the sentence before, in one paragraph: what is narrated goes on from there."""
    start = verb.sent.start
    if verb.tag_ != "VBD" or start == 0:
        return []
    before = verb.doc[start - 1]
    if not grammar.paragraph(before, verb):
        return []
    dates = [
        m for m in cast.within(cast.passage.span(before.sent), (MentionKind.TIME,)) if _plain_date(cast, m)
    ]
    return [("date", dates[0])] if len(dates) == 1 else []


def _plain_date(cast: Cast, mention: Mention) -> bool:
    root = cast.tokens(mention).root
    return (
        root.dep_ == "pobj" and root.head.lower_ in ("in", "on") and root.head.head.pos_ in ("VERB", "NOUN")
    )


def _ends(cast: Cast, noun: Token, holder: Mention) -> list[Mention]:
    """When the holder was killed, removed or caught, if the same sentence says so with a date."""
    ending = table.words("leave_office")
    for verb in noun.sent:
        if verb.pos_ != "VERB" or verb.lemma_ not in ending:
            continue
        losers = (
            grammar.subjects(verb)
            if grammar.passive(verb) or verb.lemma_ in ("die", "resign")
            else grammar.patients(verb)
        )
        if any(cast.at(t, PERSON) == holder or t == noun for t in losers):
            return [m for role, m in claims.times(cast, verb) if role == "date"]
    return []


def _by_verb(cast: Cast, verb: Token) -> Iterator[claims.Found]:
    groups = cast.all(grammar.patients(verb), people.ORGANISED)
    leaders = cast.all(grammar.agents(verb), PERSON)
    for group in groups:
        for leader in leaders:
            dated = claims.times(cast, verb)
            arguments = [("subject", group), ("object", leader), *dated]
            yield claims.claim(cast, "leader", claims.Said(verb, verb), arguments)


def _by_name(cast: Cast, preposition: Token) -> Iterator[claims.Found]:
    """As in "Ann Orr of the Delta Front said": a person is of a body."""
    person = cast.ending(preposition.i, PERSON)
    if (
        person is None
        or person.form is not Form.NAME
        or preposition.i + 1 >= len(preposition.doc)
        or preposition.head.pos_ == "VERB"
    ):
        return
    index = preposition.i + 1
    index += preposition.doc[index].lower_ == "the"
    group = cast.starting(index, people.ORGANISED) or cast.starting(preposition.i + 1, people.ORGANISED)
    if group is not None and not engine.same(group, person):
        yield claims.claim(
            cast, "member", claims.Said(preposition, None), [("subject", group), ("object", person)]
        )
