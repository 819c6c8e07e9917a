"""What agreements, demands, refusals and the like need around them to be events between parties."""

from __future__ import annotations

from typing import Final

from spacy.tokens import Token

from sourcebook.extract.events import grammar
from sourcebook.extract.events.lexicon import triggers, words
from sourcebook.model import Form, Mention

#: Types of what is said, agreed or decided; their words have many everyday senses.
VERBAL: Final = frozenset(
    ("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "REQUEST", "ACCUSE", "REJECT",
     "THREATEN", "SANCTION", "MOBILIZE")
)  # fmt: skip
#: Those of which the matter lies elsewhere than the act: who condemns a war in a country need not be there.
SPOKEN: Final = frozenset(
    ("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN")
)
_BODIES: Final = ("GPE", "NORP", "ORG", "PERSON")
_OFFERED: Final = frozenset(
    ("aid", "help", "assistance", "talk", "concession", "support", "money", "amnesty")
)
_COMPLEMENTS: Final = frozenset(("xcomp", "ccomp"))


def is_private(party: Mention) -> bool:
    """Whether it is a private person: a friend, or a pronoun that stands for nobody known."""
    if party.form is Form.PRONOUN:
        return party.antecedent is None
    return party.form is Form.NOMINAL and party.exact.split()[-1].lower() in words("private")


def _acts(token: Token) -> bool:
    """Whether the word names somebody who may be party to a matter of state."""
    lemma = token.lemma_.lower()
    if token.ent_type_ in _BODIES or lemma in words("warner") | words("body_politic") | words("armed"):
        return True
    return lemma in words("people") and token.pos_ in ("NOUN", "PROPN")


def _violent(verb: Token) -> bool:
    return any(s.type == "ASSAULT" for s in triggers().get(("v", verb.lemma_.lower()), ()))


def offers(verb: Token) -> bool:
    """Agreed, offered or promised to do something that harms nobody, or offered aid, talks, concessions."""
    if not any(_acts(t) for t in grammar.subjects(verb)):
        return False
    done = [c for c in verb.children if c.dep_ in _COMPLEMENTS and c.tag_ in ("VB", "VBP", "VBD", "VBZ")]
    if done:
        return not any(_violent(c) or c.lemma_.lower() in words("reticent") for c in done)
    held = {t.lemma_.lower() for t in grammar.objects(verb)}
    agreed = {t.lemma_.lower() for p, t in grammar.prepositional(verb) if p in ("to", "on")}
    return bool(held & _OFFERED) or (verb.lemma_ == "agree" and bool(agreed))


def is_willing(adjective: Token) -> bool:
    """A government is willing, ready, prepared to do it: no deed of violence."""
    verb = adjective.head
    meant = [c for c in adjective.children if c.dep_ == "xcomp"]
    return (
        verb.lemma_ == "be"
        and verb.dep_ == "ccomp"  # as somebody said on a day: else it is a stance, no occurrence
        and bool(meant)
        and not any(_violent(c) for c in meant)
        and any(_acts(t) and t.ent_type_ in _BODIES for t in grammar.subjects(verb))
    )


def demands(verb: Token) -> bool:
    """Said that another must do it."""
    return obliged(verb) is not None and any(_acts(t) for t in grammar.subjects(verb))


def obliged(verb: Token) -> Token | None:
    """Of whom the speaker says that they must: somebody else who can."""
    for content in verb.children:
        if content.dep_ == "ccomp" and any(c.lower_ == "must" for c in content.children if c.dep_ == "aux"):
            parties = [t for t in content.children if t.dep_ == "nsubj" and t.pos_ != "PRON" and _acts(t)]
            return parties[0] if parties else None
    return None


def allows(verb: Token) -> bool:
    """A government that lets somebody return, rally, run for office."""
    let = [c for c in verb.children if c.dep_ in _COMPLEMENTS and c.lemma_.lower() in words("taking_part")]
    return bool(let) and any(_acts(t) for t in grammar.subjects(verb))


def has_party(verb: Token) -> bool:
    """Whether the clause has a party that may agree, demand, refuse."""
    return any(_acts(t) for t in grammar.subjects(verb))


def promised(verb: Token) -> bool:
    """Will support, will send, will visit: what a government says that it will do it has agreed to do."""
    helpers = {c.lower_ for c in verb.children if c.dep_ == "aux"}
    denied = any(c.dep_ == "neg" for c in verb.children)
    return "will" in helpers and not denied and has_party(verb)


def refuses(verb: Token) -> bool:
    """Refused to sign or to leave; not to comment, to be named, to say."""
    kept = [c for c in verb.children if c.dep_ in _COMPLEMENTS]
    objects = {t.lemma_.lower() for t in grammar.objects(verb)}
    silent = any(c.lemma_.lower() in words("reticent") for c in kept)
    return not silent and not objects & words("evil")


def investigates(verb: Token) -> bool:
    """Something must be looked into: "police are still investigating" tells of nothing."""
    return bool(grammar.objects(verb)) or any(p == "into" for p, _ in grammar.prepositional(verb))


def visits(verb: Token) -> bool:
    """A minister visits a country or a king; not a man a market."""
    seen = grammar.objects(verb)
    return has_party(verb) and any(t.ent_type_ in (*_BODIES, "LOC") for t in seen)


def concedes(verb: Token) -> bool:
    """To concede that it is so is to say it."""
    return not any(c.dep_ == "ccomp" for c in verb.children)
