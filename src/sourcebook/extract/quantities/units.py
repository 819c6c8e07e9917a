"""What a number counts: the noun, its class, and the effect that the words state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from spacy.tokens import Token

from sourcebook.extract.tables import rows

_REACH = 6


@cache
def classes() -> Mapping[str, tuple[str, str]]:
    """Counted nouns by word: class, and the lemma that stands for the row ("" is the word's own)."""
    return {w: (kind, lemma) for kind, lemma, words in rows("units.tsv") for w in words.split("|")}


@cache
def effects() -> Mapping[str, str]:
    """Effects by word and by lemma."""
    return {w: effect for effect, words in rows("effects.tsv") for w in words.split("|")}


def unit_class(unit: str | None) -> str | None:
    """The coarse class of a unit, as in `units.tsv`: person, fighter, force, attack, place, thing ..."""
    return classes().get(unit or "", (None, ""))[0]


def behind(token: Token, count: int) -> Iterator[Token]:
    """Up to so many tokens of the same sentence after this one. `Token.sent` walks the whole document."""
    for following in token.doc[token.i + 1 : token.i + 1 + count]:
        if following.is_sent_start:
            return
        yield following


def lemma(noun: Token) -> str | None:
    """The noun in the singular; words for human beings at large are "person"."""
    word = noun.lower_
    known = classes().get(word)
    if known is not None and known[1]:
        return known[1]
    if noun.pos_ == "PROPN" and known is None:
        return "person" if noun.tag_ == "NNPS" else None  # "two Tajiks", "4,000 of the Front"
    own = noun.lemma_.lower()
    return (
        own if own in classes() or own != word or noun.tag_ not in ("NNS", "NNPS") else word.removesuffix("s")
    )


def counted(number: Token) -> Token | None:
    """The noun that the number counts, None for a number that stands alone ("137 were killed")."""
    head = number.head
    if (
        number.dep_ in ("nummod", "quantmod", "amod", "det", "compound")
        and head.i > number.i
        and head.pos_ in ("NOUN", "PROPN", "SYM")
    ):
        return _out_of_compound(head)
    of = next((t for t in number.children if t.lower_ == "of" and t.i > number.i), None)
    if of is not None:
        inside = next((t for t in of.children if t.dep_ == "pobj"), None)
        return inside if inside is not None and inside.pos_ in ("NOUN", "PROPN") else None
    return _next_noun(number)


def _out_of_compound(noun: Token) -> Token:
    while noun.dep_ == "compound" and noun.head.i > noun.i and noun.head.pos_ == "NOUN":
        noun = noun.head
    return noun


def _next_noun(number: Token) -> Token | None:
    """Words on from the number to a noun, over adjectives only."""
    for token in behind(number, _REACH):
        if token.pos_ in ("NOUN", "SYM") or token.lower_ in classes():
            return token if token.lower_ not in effects() or token.pos_ == "NOUN" else None
        if token.pos_ not in ("ADJ",) and token.lower_ not in ("more", "other", "of", "-"):
            return None
    return None


def effect(last: Token, number: Token) -> str | None:
    """What happened to those counted, as the words beside the phrase or the verb over it say.

    `last` is the noun that is counted, or the number's last word if it stands alone.
    """
    own = effects().get(last.lower_) if last.pos_ == "NOUN" and unit_class(last.lower_) != "attack" else None
    return _behind(last) or own or _governing(last) or _governing(number)


def _behind(token: Token) -> str | None:
    """Right behind: "40 dead", "12 people injured", "40 killed or wounded", "9 missing"."""
    first = next(behind(token, 1), None)
    if first is None or first.lower_ not in effects() or first.tag_ in ("VBZ", "VBP", "VB", "NN"):
        return None
    # "40 fighters killed two guards" is not a count of killed; a bare "40 killed" is.
    acts = first.tag_ in ("VBD", "VBG") and first.lower_ not in ("died", "perished", "dead")
    if acts and any(t.dep_ in ("dobj", "obj") for t in first.children):
        return None
    return _joined(first)


def _joined(word: Token) -> str | None:
    """The effect of a word; with another one beside it ("killed or wounded"), both."""
    if word.dep_ == "conj" and _of(word.head) is not None and _is_one(word.head, word):
        word = word.head
    one = _of(word)
    both = any(_of(t) == "injured" and _is_one(word, t) for t in word.children if t.dep_ == "conj")
    return "killed-or-injured" if one == "killed" and both else one


def _of(word: Token) -> str | None:
    """The effect of one word; that of "shot dead" is the second's."""
    known = effects().get(word.lower_) or effects().get(word.lemma_.lower())
    return known or ("killed" if any(t.lower_ == "dead" for t in word.rights) else None)


def _is_one(word: Token, other: Token) -> bool:
    """Two verbs with one count: nothing counted stands between them."""
    return all(t.pos_ in ("CCONJ", "PUNCT", "ADV", "AUX") for t in word.doc[word.i + 1 : other.i])


def _governing(token: Token, steps: int = 4) -> str | None:
    """The verb over it: "killing at least 40", "137 people were killed", "the death of 12"."""
    head, dep = token.head, token.dep_
    if not steps or head.i == token.i:
        return None
    if dep == "conj":
        return _governing(head, steps - 1) if head.pos_ != "VERB" else None
    if dep in ("dobj", "obj", "nsubjpass"):
        return _joined(head)
    if dep == "nsubj":
        return _undergone(head)
    if dep == "pobj" and head.lower_ in ("of", "to", "against"):
        known = effects().get(head.head.lower_)
        return known or (_governing(head.head, steps - 1) if head.lower_ == "of" else None)
    return None


def _undergone(verb: Token) -> str | None:
    """What the subject of an active verb undergoes: "12 died", "80 families fled", "eight are missing"."""
    if verb.lemma_.lower() in ("die", "perish", "flee", "disappear") or verb.lower_ == "missing":
        return _of(verb)
    if verb.lemma_ != "be":
        return None
    inside = next((t for t in verb.children if t.dep_ in ("acomp", "attr", "advcl")), None)
    return effects().get(inside.lower_) if inside is not None else None
