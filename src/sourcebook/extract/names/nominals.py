"""Descriptions of actors ("the group", "four suspects") and pronouns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from sourcebook.extract.names.kinds import described
from sourcebook.extract.names.lexicon import word_set
from sourcebook.extract.passage import Passage
from sourcebook.model import Form, Mention, MentionKind

#: Pronoun to the kind of what it most often stands for; coreference gives the mention its antecedent's kind.
PRONOUNS: Final = {
    **dict.fromkeys(("he", "him", "his", "himself", "she", "her", "hers", "herself"), MentionKind.PERSON),
    **dict.fromkeys(("it", "its", "itself"), MentionKind.ORGANIZATION),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves", "both"), MentionKind.PEOPLE),
}

_BEFORE: Final = frozenset(("det", "amod", "compound", "nummod", "nmod", "predet", "quantmod", "punct"))
_ARGUMENTS: Final = frozenset(("nsubj", "nsubjpass", "dobj", "pobj", "conj"))
_PART_OF_NAME: Final = frozenset(("compound", "nmod", "amod"))
#: Verbs whose subject "it" stands for nothing: "it seems that", "it is clear that".
_EMPTY_SUBJECT: Final = frozenset(("seem", "appear", "happen", "turn", "rain", "snow", "transpire", "emerge"))


def descriptions(passage: Passage, named: Sequence[Mention]) -> list[Mention]:
    """Noun phrases that describe an actor without being its name, from determiner to noun."""
    taken = {i for m in named if m.form is Form.NAME for i in _indices(passage, m)}
    found = []
    for token in passage.doc:
        if token.pos_ not in ("NOUN", "PROPN") or token.i in taken or token.dep_ in _PART_OF_NAME:
            continue
        kind = described(token)
        if kind is not None and not _unreal(token):
            tokens = _phrase(token)
            country = _country(passage, tokens, named)
            found.append(
                passage.mention(tokens, kind, form=Form.NOMINAL, head=_head(token, taken), country=country)
            )
    return found


def pronouns(passage: Passage) -> list[Mention]:
    """Personal and possessive pronouns that stand for something."""
    return [
        passage.mention(t, PRONOUNS[t.lower_], form=Form.PRONOUN)
        for t in passage.doc
        if t.lower_ in PRONOUNS and _refers(t)
    ] + [
        passage.mention(t.doc[t.i - 1 : t.i + 1], MentionKind.ORGANIZATION, form=Form.PRONOUN)
        for t in passage.doc
        if t.lower_ in ("latter", "former") and _of_two(t)
    ]


def _of_two(token: Token) -> bool:
    """Whether it is "the latter" or "the former" without a noun."""
    return token.i > 0 and token.nbor(-1).lower_ == "the" and token.dep_ in _ARGUMENTS


def _indices(passage: Passage, mention: Mention) -> range:
    tokens = passage.tokens(mention.span)
    return range(tokens.start, tokens.end) if tokens is not None else range(0)


def _phrase(noun: Token) -> Tokens:
    """The noun with what stands unbroken before it: determiner, number, adjectives, names."""
    start = noun.i
    for left in reversed(list(noun.lefts)):
        if left.dep_ not in _BEFORE or left.right_edge.i != start - 1 or _breaks(left):
            break
        start = left.left_edge.i
    return noun.doc[start : noun.i + 1]


def _breaks(left: Token) -> bool:
    """Whether what stands to the left is no part of the phrase: marks, line ends, a coordination."""
    return any(t.is_space or t.text in ',;:()[]“”"' or t.dep_ == "cc" for t in left.subtree)


def _head(noun: Token, taken: set[int]) -> str:
    """The noun with the words that narrow it, without determiner and number."""
    tokens = _phrase(noun)
    kept = [
        t
        for t in tokens
        if t.i in taken
        or t == noun
        or (t.dep_ in ("amod", "compound", "nmod") and t.lower_ not in word_set("vague"))
    ]
    return "".join(t.text_with_ws for t in kept).strip()


def _country(passage: Passage, tokens: Tokens, named: Sequence[Mention]) -> str | None:
    span = passage.span(tokens)
    return next((m.country for m in named if m.country and span.covers(m.span)), None)


def _unreal(noun: Token) -> bool:
    """A noun that describes nobody here: "no group", "the size of a group"."""
    quoted = noun.i > 0 and noun.nbor(-1).text in "‘“"
    hyphened = noun.i + 1 < len(noun.doc) and noun.nbor(1).text == "-"
    return quoted or hyphened or any(t.lower_ in ("no", "any", "neither") for t in noun.lefts)


def _refers(token: Token) -> bool:
    if token.lower_ == "it":
        empty = token.head.lemma_ in _EMPTY_SUBJECT and token.dep_ == "nsubj"
        return token.dep_ != "expl" and not empty and not _cleft(token)
    if token.lower_ == "both":
        return token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj") and token.pos_ in ("PRON", "DET", "CCONJ")
    return token.pos_ in ("PRON", "DET", "ADJ", "NOUN", "PROPN")


def _cleft(token: Token) -> bool:
    """An "it" that a clause explains: "it is clear that", "it was not known whether"."""
    verb = token.head
    if verb.lemma_ == "be" or token.dep_ == "nsubjpass":
        return any(
            c.dep_ in ("ccomp", "xcomp", "advcl", "csubj", "csubjpass", "acl") and c.i > verb.i
            for c in verb.children
        ) or any(
            c.dep_ in ("acomp", "attr") and any(g.dep_ in ("ccomp", "xcomp") for g in c.children)
            for c in verb.children
        )
    return False
