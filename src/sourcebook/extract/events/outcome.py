"""What became of an act as its sentence has it: commitment and status."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from spacy.tokens import Token

from sourcebook.extract import factuality
from sourcebook.extract.events import grammar, granted, roles, scope
from sourcebook.extract.events.fillers import Filler
from sourcebook.extract.events.lexicon import words
from sourcebook.extract.notes import Notes
from sourcebook.model import Factuality, Status
from sourcebook.model.vocabulary import TOLL_ROLES

#: What an act that is taken for granted is not.
_OPEN: Final = (Status.HYPOTHETICAL, Status.PLANNED, Status.DENIED)


class Said(NamedTuple):
    """The word whose surroundings tell how sure an occurrence is, and what else bears on that."""

    head: Token
    plot: Token | None
    claimed: bool


def judged(notes: Notes, about: Said, found: Sequence[Filler]) -> tuple[Factuality, Status]:
    """Commitment and status; a plot is no attack yet, and to claim an attack is to take it for real."""
    head, plot, claimed = about
    sure, status = factuality.assess(notes, plot if plot is not None else head)
    if status is Status.ACCOMPLISHED and (plot is not None or _attempted(head)):
        return (sure, Status.PLANNED) if plot is not None else (Factuality.UNCOMMITTED, Status.ATTEMPTED)
    foiling = [v for v, f in roles.governors(head) if f == "obj" and v.lemma_.lower() in words("foil")]
    if any(scope.is_failure(v) for v in foiling):
        return Factuality.CERTAIN, Status.ACCOMPLISHED
    if foiling and status is Status.ACCOMPLISHED:
        return Factuality.CERTAINLY_NOT, Status.FOILED
    if plot is None and _taken_for_granted(head, status):
        return Factuality.CERTAIN, Status.ACCOMPLISHED
    if status is Status.HYPOTHETICAL and _suspected(head) and any(role in TOLL_ROLES for role, _ in found):
        return Factuality.PROBABLE, Status.ACCOMPLISHED
    if status is Status.PLANNED and _ordered(head) and any(role == "date" for role, _ in found):
        return Factuality.PROBABLE, Status.ACCOMPLISHED
    if claimed and status in (Status.CLAIMED, Status.DENIED):
        return Factuality.CERTAIN, Status.ACCOMPLISHED
    return sure, status


def _suspected(noun: Token) -> bool:
    """A suspected bomb blast that killed three: something did, if not a bomb."""
    return any(c.lower_ in ("suspected", "apparent") and c.dep_ == "amod" for c in noun.lefts)


def _taken_for_granted(head: Token, status: Status) -> bool:
    """Whether the words around only speak about an act that they take to have been."""
    if (head.pos_ != "NOUN" and grammar.before_noun(head)) or head.dep_ == "amod":
        return status in _OPEN  # the murdered priests
    if status is Status.DENIED:
        return granted.is_background(head) or granted.is_granted(head)
    if status not in _OPEN:
        return False
    felt = status is Status.HYPOTHETICAL and grammar.is_definite(head) and _felt(head)
    return felt or _dated(head) or granted.is_granted(head)


def _attempted(head: Token) -> bool:
    """An assassination attempt, an attempted coup, a botched raid."""
    return head.lemma_.lower() == "attempt" and head.pos_ in ("NOUN", "PROPN")


def _dated(noun: Token) -> bool:
    """The 4 August attack: known by its day, so it was, whatever is asked or feared about it."""
    before = list(noun.lefts)
    known = any(c.lower_ == "the" for c in before) and any(c.ent_type_ == "DATE" for c in before)
    return noun.pos_ in ("NOUN", "PROPN") and known and not any(c.tag_ == "VBN" for c in before)


def _felt(noun: Token) -> bool:
    """Whoever is worried, glad or angry about the attack takes it for real."""
    above = noun.head
    return (
        noun.dep_ == "pobj"
        and above.lower_ in ("about", "over", "by", "at")
        and (above.head.lemma_.lower() in words("feeling"))
    )


def _ordered(head: Token) -> bool:
    """A report that somebody ordered his troops to do a thing on a day tells that it was done."""
    above = head.head
    return head.dep_ == "xcomp" and above.lemma_.lower() == "order" and above.tag_ in ("VBD", "VBN")
