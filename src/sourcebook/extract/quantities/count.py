"""How many a noun phrase names where it need not say a number: "a soldier", "his wife and three children"."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from sourcebook.extract.quantities.bounds import Bounds, exact, numbers
from sourcebook.extract.quantities.units import effects, lemma, unit_class
from sourcebook.model import Quantity

_OPEN: Final = Bounds(None, None, None, None)
#: A bare plural is two or more; most often a handful.
_PLURAL: Final = Bounds(2, None, 2, None)
_ONE: Final = frozenset(
    ("he", "him", "she", "her", "himself", "herself", "it", "someone", "somebody", "i", "me")
)
_SOME: Final = frozenset(("they", "them", "we", "us", "themselves", "others", "those", "these"))
#: Singular nouns of many, and plural or mass nouns that do not say how many.
_CROWDS: Final = frozenset(
    "people police crowd family group team crew staff personnel infantry gang public population couple party "
    "unit squad platoon army force militia community congregation convoy patrol congress cavalry brigade "
    "battalion majority number handful household".split()
)


def count_of(tokens: Tokens | Token) -> Quantity | None:
    """The number of those a noun phrase names; bounds are open where it does not say ("people").

    Joined phrases add up: "his wife and three children" is 4. A bare plural is at least 2. None for
    what is no noun phrase. The unit is that of the first phrase if all are of one class, else "person".
    """
    head = tokens if isinstance(tokens, Token) else tokens.root
    # "The murder of the mayor and the massacre of villagers": the massacre is none of the murdered.
    heads = [head, *(t for t in head.conjuncts if t.i > head.i and t.lower_ not in effects())]
    counts = [_one(h, heads) for h in heads]
    known = [(b, w) for c in counts if c is not None for b, w in (c,)]
    if not known or counts[0] is None:
        return None
    low, high, usual_low, usual_high = _sum(b for b, _ in known)
    return Quantity(
        low=low, high=high, usual_low=usual_low, usual_high=usual_high, unit=_unit(heads), of=None,
        wording=" and ".join(dict.fromkeys(w for _, w in known if w)),
    )  # fmt: skip


def _sum(counts: Iterable[Bounds]) -> Bounds:
    """Bounds of the whole; an open end stays open, an unknown part adds nothing to the least."""
    every = list(counts)
    if len(every) == 1:
        return every[0]
    low = sum(c.low or 0 for c in every)
    usual = sum(c.usual_low or c.low or 0 for c in every)
    highs, most = [c.high for c in every], [c.usual_high for c in every]
    high = None if None in highs else sum(h for h in highs if h is not None)
    usual_high = None if None in most else sum(m for m in most if m is not None)
    return Bounds(low or None, high, usual or None, usual_high)


def _unit(heads: list[Token]) -> str | None:
    units = {_lemma(h) for h in heads}
    return units.pop() if len(units) == 1 else "person"


def _lemma(head: Token) -> str | None:
    return lemma(head) if head.pos_ == "NOUN" else "person"


def _one(head: Token, heads: list[Token]) -> tuple[Bounds, str] | None:
    """The count of one phrase, its other conjuncts left out."""
    word = head.lower_
    if head.pos_ == "PRON":
        return _pronoun(word)
    stated = _stated(head, heads)
    if stated is not None:
        return stated
    if head.pos_ == "PROPN":
        named = head.ent_type_ == "PERSON" or _is_titled(head)
        return (exact(1), "") if named else (_OPEN, "")
    if head.pos_ not in ("NOUN", "ADJ", "NUM", "VERB"):
        return None
    return _noun(head)


def _noun(head: Token) -> tuple[Bounds, str]:
    if head.lower_ == "couple" and not any(c.lower_ == "of" for c in head.rights):
        return exact(2), "couple"
    if head.lower_ in _CROWDS or head.lemma_.lower() in _CROWDS:
        return _OPEN, ""
    if head.tag_ == "NNS":
        return _PLURAL, "plural"
    singular = any(
        (t.dep_ in ("det", "poss") and t.lower_ not in ("no", "all", "any", "some"))
        or t.lower_ in ("lone", "single", "fellow")
        for t in head.children
    )
    personal = unit_class(head.lower_) in ("person", "fighter", "force") and head.lower_ not in effects()
    return (exact(1), "") if (singular and head.tag_ == "NN") or personal else (_OPEN, "")


def _is_titled(head: Token) -> bool:
    return any(
        unit_class(t.lower_) in ("person", "force", "fighter")
        for t in head.children
        if t.dep_ in ("compound", "nmod")
    )


def _pronoun(word: str) -> tuple[Bounds, str] | None:
    if word in _ONE:
        return exact(1), ""
    if word in ("nobody", "none"):
        return exact(0), word
    if word == "both":
        return exact(2), "both"
    return (_PLURAL, "plural") if word in _SOME else (_OPEN, "")


def _stated(head: Token, heads: list[Token]) -> tuple[Bounds, str] | None:
    """A number in the phrase itself: "at least two men"."""
    earlier = max((h.i + 1 for h in heads if h.i < head.i), default=0)
    first = max(min((t.i for t in head.lefts), default=head.i), earlier)
    doc, from_ = head.doc, first
    # The words that bound a number ("at least") may stand before the phrase itself.
    while from_ > max(first - 3, earlier) and not doc[from_].is_sent_start:
        from_ -= 1
    base = doc[from_].idx
    inside = [n for n in numbers(doc[from_ : head.i + 1].text) if n.core_start >= doc[first].idx - base]
    return (inside[-1].bounds, inside[-1].wording) if inside else None
