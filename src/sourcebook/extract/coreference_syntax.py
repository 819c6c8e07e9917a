"""Tokens that stand to a description in a relation of identity, by the parse alone."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token


def beside(noun: Token) -> Iterator[tuple[Token, bool]]:
    """(head of a possible name, whether it stands inside the description), the surest first.

    Apposition either way, a name right after the noun, the subject of which the noun is the predicate,
    and a name before the noun inside its phrase.
    """
    yield from ((c, False) for c in noun.children if c.dep_ == "appos")
    if noun.dep_ in ("appos", "compound", "nmod"):
        yield noun.head, False
    yield from ((c, False) for c in _after(noun))
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


def _negated(verb: Token) -> bool:
    return any(c.dep_ == "neg" or c.lower_ in ("once", "formerly") for c in verb.children)
