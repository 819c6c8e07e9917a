"""Dates and places of a sentence, each with the trigger that it depends on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from sourcebook.extract.events import grammar
from sourcebook.extract.events.fillers import Filler
from sourcebook.extract.events.lexicon import words
from sourcebook.extract.events.triggers import Trigger
from sourcebook.extract.notes import Notes
from sourcebook.model import Mention, MentionKind, Timex

_SITE_PREPOSITIONS: Final = frozenset(
    ("in", "at", "near", "outside", "inside", "on", "around", "across", "off", "within", "along", "by", "to",
     "between", "of", "through", "north", "south", "east", "west", "beside", "under", "opposite", "into",
     "for", "against", "close")
)  # fmt: skip
_ORDER: Final = frozenset(("before", "after", "since", "until", "when", "while"))
_STATED: Final = frozenset(
    ("foil", "thwart", "prevent", "avert", "disrupt", "arrest", "claim", "plan", "plot", "warn")
)
_SAYING: Final = frozenset(
    ("say", "announce", "report", "declare", "reveal", "disclose", "claim", "warn", "confirm")
)

Placed = Mapping[Token, tuple[Filler, ...]]


def place(notes: Notes, sentence: Tokens, found: Sequence[Trigger]) -> Placed:
    """Dates and locations by trigger head: each goes to what it depends on, never across a clause."""
    heads = {t: trigger for trigger in found for t in trigger.tokens}
    placed: dict[Token, list[Filler]] = {}
    span = notes.passage.span(sentence)
    for mention in notes.within(span, MentionKind.TIME, MentionKind.PLACE, MentionKind.FACILITY):
        tokens = notes.passage.tokens(mention.span)
        if tokens is None:
            continue
        timed = mention.kind is MentionKind.TIME
        if not (_dates(mention, tokens) if timed else tokens.root.pos_ in ("NOUN", "PROPN")):
            continue
        if (
            tokens.root.head in heads
            and tokens.root.dep_ in ("compound", "amod", "poss", "nmod")
            and not timed
        ):
            continue
        owner = _owner(tokens.root, heads, timed=timed)
        if owner is not None:
            placed.setdefault(owner.head, []).append(("date" if timed else "location", mention))
    return {head: tuple(fillers) for head, fillers in placed.items()}


def _dates(mention: Mention, tokens: Tokens) -> bool:
    """Whether a time says when: no duration, no set, and no "two weeks" of "two weeks before he left"."""
    if isinstance(mention.value, Timex) and mention.value.type not in ("DATE", "TIME"):
        return False
    after = tokens.doc[tokens.end] if tokens.end < len(tokens.doc) else None
    return after is None or after.lower_ not in _ORDER or (after.dep_ != "mark" and after.dep_ != "prep")


def _owner(root: Token, heads: Mapping[Token, Trigger], *, timed: bool) -> Trigger | None:
    current = root
    for _ in range(12):
        if current in heads:
            return heads[current]
        if current is not root and current.pos_ in ("VERB", "AUX") and grammar.is_verbal(current):
            return in_clause(current, heads, timed=timed)
        if not timed and current.dep_ == "prep" and current.lower_ == "of" and current.head in heads:
            return heads[current.head]
        if not timed and not _leads_on(current):
            return None
        if current.head is current:
            return None
        current = current.head
    return None


def _leads_on(token: Token) -> bool:
    """Whether a place that depends through this word still says where: not "the mayor of X", not "from X"."""
    if token.dep_ == "prep" and token.lower_ not in _SITE_PREPOSITIONS:
        return False
    if token.dep_ == "prep" and token.lower_ == "of":
        noun = token.head
        return noun.lemma_.lower() in words("facility") | words("part") | {
            "outskirt",
            "north",
            "south",
            "east",
            "west",
        } or (
            noun.pos_ == "PROPN"
            or noun.lemma_.lower() in ("side", "edge", "coast", "border", "region", "suburb")
        )
    return not (token.dep_ in ("compound", "amod", "poss") and token.head.lemma_.lower() in words("people"))


def in_clause(verb: Token, heads: Mapping[Token, Trigger], *, timed: bool = False) -> Trigger | None:
    """The trigger that a clause of another verb is about: its subject, its object, or what it says."""
    if verb in heads:
        return heads[verb]
    lemma = verb.lemma_.lower()
    near = [
        t
        for c in verb.children
        if c.dep_ in ("dobj", "nsubj", "nsubjpass", "attr")
        for t in grammar.listed(c)
    ]
    for token in near:
        trigger = heads.get(token) or _partitive(token, heads)
        if trigger is not None:
            return trigger
    if lemma in _SAYING and timed:
        return _said(verb, heads)
    if lemma in words("light") | words("foil") | words("occur") | words("undergo") | words("strike") | {
        "be",
        "die",
        "leave",
    }:
        preps = [t for p, t in grammar.prepositional(verb) if p in ("in", "during", "by")]
        return next((heads[t] for t in preps if t in heads), None)
    return next((heads[c] for c in verb.children if c.dep_ == "xcomp" and c in heads), None)


def _partitive(token: Token, heads: Mapping[Token, Trigger]) -> Trigger | None:
    inner = [t for p, t in grammar.prepositional(token) if p == "of"]
    return next((heads[t] for t in inner if t in heads), None)


def _said(verb: Token, heads: Mapping[Token, Trigger]) -> Trigger | None:
    """A report's date stands for a foiled or planned attack, an arrest, a claim, which are known by it."""
    for content in verb.children:
        if content.dep_ in ("ccomp", "xcomp"):
            if content in heads and heads[content].sense.type == "COERCE":
                return heads[content]
            if content.lemma_.lower() in _STATED or verb.lemma_.lower() == "warn":
                inner = [t for t in content.subtree if t in heads]
                return heads[inner[0]] if inner else None
    return None
