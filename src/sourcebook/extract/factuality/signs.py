"""Values of commitment, how they combine, and the words that carry them."""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple

from spacy.tokens import Token

from sourcebook.extract.wordlists import rows
from sourcebook.model import Factuality, Status

#: Strengths from sure to merely possible.
STRENGTHS: Final = ("CT", "PR", "PS")


class Sign(NamedTuple):
    """What follows for the event below a word when the word holds and when not, and the event's status."""

    holds: Factuality
    fails: Factuality
    status: Status | None = None
    #: What follows when nothing is known of the word: "too late to prevent the attack" grants the attack.
    unknown: Factuality = Factuality.UNCOMMITTED


class Operator(NamedTuple):
    """A word that acts on the event it stands with: its class, value and status."""

    kind: str
    value: Factuality
    status: Status | None = None


def _status(text: str) -> Status | None:
    return None if text == "-" else Status(text)


@cache
def signs() -> dict[tuple[str, str, str], Sign]:
    """Signatures by lemma, part of speech and complement."""
    return {
        (r[0], r[1], r[2]): Sign(Factuality(r[3]), Factuality(r[4]), _status(r[5]))
        for r in rows("signatures")
    }


@cache
def operators() -> dict[tuple[str, str], Operator]:
    """Operators by class and word."""
    return {(r[1], r[0]): Operator(r[1], Factuality(r[2]), _status(r[3])) for r in rows("operators")}


def sign_of(head: Token, complement: str) -> Sign | None:
    """The signature of a word for one kind of complement."""
    pos = {"AUX": "VERB", "PROPN": "NOUN"}.get(head.pos_, head.pos_)
    return signs().get((head.lemma_.lower(), pos, complement))


def operator(kind: str, token: Token) -> Operator | None:
    """The operator that a word is within one class."""
    table = operators()
    if token.i > 1 and token.nbor(-1).text == "-":
        hyphened = f"{token.nbor(-2).lower_}-{token.lower_}"
        return table.get((kind, hyphened))
    return table.get((kind, token.lower_)) or table.get((kind, token.lemma_.lower()))


def weakest(value: Factuality, other: Factuality) -> Factuality:
    """`value` with the strength of `other` where that is weaker; nothing stays nothing."""
    if Factuality.UNCOMMITTED in (value, other):
        return Factuality.UNCOMMITTED
    strength = max(STRENGTHS.index(value[:2]), STRENGTHS.index(other[:2]))
    return Factuality(STRENGTHS[strength] + value[2])


def flipped(value: Factuality) -> Factuality:
    """The same strength of the opposite."""
    if value is Factuality.UNCOMMITTED:
        return value
    return Factuality(value[:2] + ("-" if value.asserts else "+"))


def through(sign: Sign, value: Factuality) -> Factuality:
    """What a signature makes of the event below when the word itself has `value`.

    A factive (the same either way) lets the event stand whatever becomes of the word itself.
    """
    if sign.holds == sign.fails:
        return sign.holds
    if value is Factuality.UNCOMMITTED:
        return sign.unknown
    return weakest(sign.holds if value.asserts else sign.fails, value)
