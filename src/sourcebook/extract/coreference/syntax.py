"""Tokens that stand to a description in a relation of identity, by the parse alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from spacy.tokens import Token

_SUBJECTS: Final = frozenset(("nsubj", "nsubjpass"))
_ARGUMENTS: Final = _SUBJECTS | {"dobj", "pobj", "attr", "iobj", "dative"}
#: Clauses without a subject of their own share that of the clause above.
_CONTROLLED: Final = frozenset(("xcomp", "advcl", "conj", "pcomp"))
#: Verbs whose object does what the infinitive after it says.
_URGING: Final = frozenset(
    ("call", "urge", "ask", "tell", "order", "force", "invite", "incite", "encourage", "persuade", "press")
)


def beside(noun: Token) -> Iterator[tuple[Token, bool]]:
    """(head of a possible name, whether it stands inside the description), the surest first.

    Apposition either way, a name right after the noun, the subject of which the noun is the predicate,
    and a name before the noun inside its phrase.
    """
    yield from ((c, False) for c in noun.children if c.dep_ == "appos")
    yield from ((c, False) for c in _before(noun))
    if noun.dep_ in ("appos", "compound", "nmod"):
        yield noun.head, False
    yield from ((c, False) for c in _after(noun))
    yield from ((c, False) for c in _known_as(noun))
    if noun.dep_ == "attr" and noun.head.lemma_ == "be" and not _negated(noun.head):
        yield from ((c, False) for c in noun.head.children if c.dep_ == "nsubj")
    yield from ((c, True) for c in noun.lefts if c.dep_ in ("compound", "nmod", "amod"))


def _after(noun: Token) -> Iterator[Token]:
    """The name that follows at once, past a quotation mark: 'the group "Harrow Front"'."""
    at = noun.i + 1
    if at < len(noun.doc) and noun.doc[at].text in "“\"‘'":
        at += 1
    if at < len(noun.doc) and noun.doc[at].pos_ == "PROPN":
        last = noun.doc[at]
        while last.i + 1 < len(noun.doc) and last.dep_ in ("compound", "nmod") and last.head.i > last.i:
            last = last.head
        yield last


def _known_as(noun: Token) -> Iterator[Token]:
    """The name that a clause gives: "the faction, which came to be known as X", "a man identified as Y"."""
    for clause in (c for c in noun.children if c.dep_ in ("relcl", "acl")):
        for mark in clause.subtree:
            if mark.lower_ == "as" and mark.head.lemma_ in ("know", "identify"):
                yield from (c for c in mark.children if c.dep_ == "pobj")


def _before(noun: Token) -> Iterator[Token]:
    """The name right before the comma, whatever the parser hangs the description on: "by HF, a group"."""
    comma = noun.left_edge.i - 1
    opens = noun.left_edge.lower_ in ("a", "an", "the")
    if noun.dep_ in ("appos", "conj") and opens and comma > 0 and noun.doc[comma].text == ",":
        last = noun.doc[comma - 1]
        if last.text == ")" and comma > 3:
            last = noun.doc[comma - 2]
        if last.pos_ == "PROPN":
            yield last


def arguments_of(pronoun: Token) -> frozenset[int]:
    """Places of the other arguments of the verb of a pronoun, an implied subject among them."""
    verb = pronoun.head.head if pronoun.dep_ == "pobj" else pronoun.head
    if pronoun.dep_ == "poss" and _measured_by_others(pronoun):
        return frozenset(
            c.i for c in verb.head.subtree if c.head == verb.head and c.dep_ in _SUBJECTS
        ) | frozenset(m.i for c in verb.head.children if c.dep_ in _SUBJECTS for m in c.lefts)
    if pronoun.dep_ not in _ARGUMENTS:
        return frozenset()
    found = {c.i for c in verb.children if c.dep_ in _ARGUMENTS}
    while pronoun.dep_ not in _SUBJECTS and verb.dep_ in _CONTROLLED and not _has_subject(verb):
        if _has_object(verb.head) and (verb.dep_ == "xcomp" or verb.head.lemma_ in _URGING):
            break
        verb = verb.head
        found |= {c.i for c in verb.children if c.dep_ in _SUBJECTS}
    return frozenset(found - {pronoun.i})


def _measured_by_others(pronoun: Token) -> bool:
    """As in "the UN put its strength at 2,000": who estimates does not speak of himself."""
    noun, verb = pronoun.head, pronoun.head.head
    return noun.dep_ == "dobj" and verb.lemma_ in ("put", "estimate", "place") and verb.pos_ == "VERB"


def _has_subject(verb: Token) -> bool:
    return any(c.dep_ in _SUBJECTS for c in verb.children)


def _has_object(verb: Token) -> bool:
    """Whether a verb has an object that does what the clause below says: "called on them to join"."""
    objects = [c for c in verb.children if c.dep_ == "dobj"]
    objects += [c for p in verb.children if p.dep_ == "prep" for c in p.children if c.dep_ == "pobj"]
    return bool(objects)


def within(name: Token) -> int:
    """Place of the noun that a name stands before: "HF" in "HF fighters"; its own where it stands alone."""
    while name.dep_ in ("compound", "nmod", "amod"):
        name = name.head
    return name.i


def below(pronoun: Token, name: Token) -> bool:
    """Whether a name stands later in the clause of which the pronoun is the subject."""
    if pronoun.dep_ not in _SUBJECTS or name.i < pronoun.i:
        return False
    at = name
    while at != pronoun.head:
        if at.dep_ in ("conj", "parataxis") and at.pos_ in ("VERB", "AUX"):
            return False
        if at.head == at:
            return False
        at = at.head
    return True


def _negated(verb: Token) -> bool:
    return any(c.dep_ == "neg" or c.lower_ in ("once", "formerly") for c in verb.children)
