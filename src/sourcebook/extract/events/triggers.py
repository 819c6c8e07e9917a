"""The words that name an event, and the everyday senses that do not."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

from spacy.tokens import Doc, Token

from sourcebook.extract.events import everyday, grammar, senses
from sourcebook.extract.events.lexicon import Sense, triggers
from sourcebook.extract.events.trigger import Trigger

#: Participles that tell before a noun what befell him: "the murdered priests".
_DONE_TO: Final = {
    "murdered": "murder", "assassinated": "assassinate", "slain": "slay", "massacred": "massacre",
    "kidnapped": "kidnap", "abducted": "abduct", "executed": "execute", "beheaded": "behead",
}  # fmt: skip


def find(doc: Doc) -> list[Trigger]:
    """Every trigger of a text in order; of two that share a head, the one of more words."""
    found: list[Trigger] = []
    for sentence in doc.sents:
        inside = [t for token in sentence if (t := _at(token)) is not None]
        taken = {t for trigger in inside for t in trigger.tokens if t != trigger.head}
        found += [t for t in inside if t.head not in taken and not everyday.is_meant(t, sentence)]
    return found


def _at(token: Token) -> Trigger | None:
    lower = token.lower_
    if lower not in _leading() and token.lemma_.lower() not in _leading() and not lower.endswith("ed"):
        return None
    for pos, lemma in _readings(token):
        for sense in triggers().get((pos, lemma), ()):
            tokens = _match(token, sense)
            if tokens is not None and senses.fits(trigger := Trigger(token, tokens, sense)):
                return trigger
    return None


@cache
def _leading() -> frozenset[str]:
    """The words that a trigger can be looked up by, beside participles that are cut to their stems."""
    return frozenset(lemma for _, lemma in triggers()) | frozenset(_DONE_TO)


def _readings(token: Token) -> Iterator[tuple[str, str]]:
    """Part of speech and lemma to look up: spaCy's, and a gerund's with an article as a noun."""
    lower, lemma = token.lower_, token.lemma_.lower()
    if token.lower_ in _DONE_TO and grammar.before_noun(token):
        yield "v", _DONE_TO[token.lower_]
    elif token.pos_ in ("NOUN", "PROPN"):
        yield "n", lemma
        yield "n", lower
        if (
            token.dep_ in ("ROOT", "conj", "relcl", "ccomp")
            and token.tag_ in ("NN", "NNS")
            and _verb_like(token)
        ):
            yield "v", lemma
    elif token.pos_ in ("VERB", "AUX") and token.dep_ != "amod" and not _stated(token):
        if lower.endswith("ing") and (_nominal(token) or token.dep_ in ("pobj", "nsubj", "dobj")):
            yield "n", lower
        yield "v", lemma
        if lower.endswith("ed"):
            yield "v", _stem(lower)
    elif token.pos_ == "ADJ" and token.dep_ in ("acomp", "oprd") and ("a", lower) in triggers():
        yield "a", lower
    elif token.pos_ == "ADJ" and token.tag_ in ("VBN", "JJ") and lower.endswith("ed") and _predicative(token):
        yield "v", _stem(lower)


def _verb_like(token: Token) -> bool:
    return any(c.dep_ in ("nsubj", "dobj") for c in token.children)


def _nominal(token: Token) -> bool:
    return any(c.dep_ in ("det", "poss", "amod", "compound") for c in token.lefts)


def _predicative(token: Token) -> bool:
    return token.dep_ in ("acomp", "conj", "oprd", "ROOT") and not any(c.dep_ == "det" for c in token.lefts)


def _stem(lower: str) -> str:
    third = lower[:-3] + "y" if lower.endswith("ied") else lower[:-1]
    for stem in (lower[:-2], lower[:-1], third):
        if ("v", stem) in triggers():
            return stem
    return lower


def _match(token: Token, sense: Sense) -> tuple[Token, ...] | None:
    """The tokens of the sense's words around its head, or None if one is missing."""
    if len(sense.words) == 1:
        return (token,)
    found = [token]
    rest = [(w, sense.pos == "n" and i < sense.head) for i, w in enumerate(sense.words) if i != sense.head]
    for _ in range(len(rest)):
        near = ((w, _left(token, w) if before else _named(w, found)) for w, before in rest)
        hit = next(((w, t) for w, t in near if t is not None and t not in found), None)
        if hit is None:
            return None
        found.append(hit[1])
        rest = [(w, before) for w, before in rest if w != hit[0]]
    return tuple(sorted(found, key=lambda t: t.i)) if not rest else None


def _named(word: str, reach: list[Token]) -> Token | None:
    after = reach[0].i + 1
    if after < len(reach[0].doc) and _is(reach[0].doc[after], word):
        return reach[0].doc[after]
    for governor in reversed(reach):
        for child in governor.children:
            early = (
                child.pos_ in ("ADP", "PART") and child.i < governor.i
            )  # "on Friday they called" is no "call on"
            if child.dep_ not in ("nsubj", "relcl", "conj", "advcl") and not early and _is(child, word):
                return child
    return None


def _stated(token: Token) -> bool:
    """Whether a participle tells a state, not an act: "12 wounded" after "left 5 dead and"."""
    around = {c.dep_ for c in token.children} & {"nsubj", "aux", "auxpass", "dobj"}
    return token.tag_ == "VBN" and token.dep_ != "ROOT" and around == {"nsubj"}


def _left(token: Token, word: str) -> Token | None:
    """A word before a noun within the same stretch of modifiers ("suicide - bombing")."""
    for i in range(token.i - 1, max(token.i - 4, -1), -1):
        near = token.doc[i]
        if _is(near, word):
            return near
        if near.pos_ not in ("NOUN", "PROPN", "ADJ", "PUNCT", "VERB"):
            return None
    return None


def _is(token: Token, word: str) -> bool:
    return word in (token.lemma_.lower(), token.lower_)
