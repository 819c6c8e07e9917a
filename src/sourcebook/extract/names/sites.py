"""Names that the words around them tell to be of places, where no reference table knows the place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from sourcebook.extract.names.chunks import Chunk
from sourcebook.extract.names.kinds import Guess, acronym
from sourcebook.extract.names.lexicon import given_names, heads, titles, word_set
from sourcebook.model import MentionKind

_LOCATIVE: Final = frozenset(("in", "near", "at", "outside", "around", "towards", "toward"))
_NO_PLACE: Final = frozenset(("ORG", "NORP", "PRODUCT", "EVENT", "LAW", "WORK_OF_ART", "DATE"))
_DEPARTMENT: Final = frozenset(("department", "departments"))


def by_site(chunk: Chunk, tokens: Tokens, label: str, placed: Callable[[Token], bool]) -> Guess | None:
    """A place by a noun of area beside it, a preposition of place, or a place that it is listed with."""
    root = tokens.root
    lowers = [w.lower for w in chunk]
    before = tokens[0].nbor(-1).lower_ if tokens[0].i else ""
    if lowers[-1] in _DEPARTMENT and len(lowers) > 1 and before in _LOCATIVE:
        return Guess(MentionKind.PLACE, 4.5)
    if any(w in titles() or w in heads() for w in lowers) or acronym(" ".join(w.text for w in chunk)):
        return None
    if _of_area(root) or _is_area(root) or _before_area(tokens):
        return Guess(MentionKind.PLACE, 4.1)
    if any(t.pos_ in ("VERB", "AUX", "ADV") for t in tokens):
        return None
    person = lowers[0] in given_names() or label in _NO_PLACE
    if not person and (before in _LOCATIVE or _beside_place(root, placed)):
        return Guess(MentionKind.PLACE, 1.6)
    return None


def _area(noun: Token) -> bool:
    return noun.pos_ == "NOUN" and noun.lemma_.lower() in word_set("area")


def _of_area(root: Token) -> bool:
    """Named after "of": "the cities of X and Y", "the mountain town of X"."""
    at = root
    for _ in range(8):
        if at.dep_ == "pobj":
            return at.head.lower_ == "of" and _area(at.head.head)
        if at.dep_ not in ("conj", "appos"):
            return False
        at = at.head
    return False


def _is_area(root: Token) -> bool:
    """Described as one: "X, a mountain province", "X is a town"."""
    told = [c for c in root.children if c.dep_ == "appos"]
    if root.dep_ == "nsubj" and root.head.lemma_ == "be":
        told += [c for c in root.head.children if c.dep_ == "attr"]
    return any(_area(noun) for noun in told)


def _before_area(tokens: Tokens) -> bool:
    """With the noun right after it: "X province"."""
    following = tokens[-1].i + 1
    return following < len(tokens.doc) and _area(tokens.doc[following]) and tokens.root.head.i == following


def _beside_place(root: Token, placed: Callable[[Token], bool]) -> bool:
    """Listed with a known place: "X and Y"."""
    partners = [c for c in root.children if c.dep_ == "conj"]
    if root.dep_ == "conj":
        partners.append(root.head)
    return any(placed(p) for p in partners)
