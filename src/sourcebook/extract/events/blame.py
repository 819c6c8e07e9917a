"""Who is said to be behind an attack: claims of responsibility, accusations, suspects, warnings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from sourcebook.extract.events import grammar
from sourcebook.extract.events.roles import Slot
from sourcebook.extract.events.trigger import Trigger

Heads = Mapping[Token, Trigger]

_CLAIMING: Final = frozenset(
    ("claim", "take", "accept", "assume", "admit", "deny", "acknowledge", "disclaim", "reject")
)
_THROUGH: Final = frozenset(("through", "via", "on", "in"))
_OVER: Final = frozenset(("over", "for", "after", "following", "in", "with", "of", "regarding", "about"))
_DOERS: Final = {
    "blame": ("on",),
    "pin": ("on",),
    "attribute": ("to",),
    "ascribe": ("to",),
    "link": ("to",),
    "tie": ("to",),
}
_WARNING: Final = frozenset(("warn", "alert", "caution"))
_BEING: Final = frozenset(("be", "appear", "seem", "remain"))
#: Words for an attack that are no triggers of their own.
_MEANT: Final = frozenset(
    (
        "violence",
        "carnage",
        "incident",
        "crime",
        "atrocity",
        "outrage",
        "blood",
        "bloodshed",
        "tragedy",
        "act",
        "death",
    )
)
#: Verbs with which somebody calls somebody else responsible.
_HOLDING: Final = frozenset(("hold", "consider", "deem", "find", "call", "declare"))


class Blame(NamedTuple):
    """A tie of somebody to an attack: the words, the attack if it is named there, and the roles."""

    kind: str  # claim, accusation
    tokens: tuple[Token, ...]
    about: Trigger | None
    slots: tuple[Slot, ...]

    @property
    def head(self) -> Token:
        """The word that the tie hangs on."""
        return next((t for t in self.tokens if t.pos_ in ("VERB", "AUX")), self.tokens[0])

    @property
    def said(self) -> Token:
        """The word around which it is told how sure it is: the "being" of "ruled out X being behind it"."""
        head = self.head
        below = head.dep_ in ("prep", "acomp") and head.head.tag_ == "VBG"
        return head.head if below and head.head.lemma_ == "be" else head


def find(sentence: Tokens, heads: Heads) -> list[Blame]:
    """Every tie in a sentence, in order."""
    found: list[Blame] = []
    for token in sentence:
        for rule in _RULES.get(token.lemma_.lower(), ()):
            found += rule(token, heads)
    return found


def _violent(token: Token, heads: Heads) -> Trigger | None:
    trigger = heads.get(token)
    return trigger if trigger is not None and trigger.is_violent else None


def _attack_under(token: Token, heads: Heads, prepositions: frozenset[str]) -> Trigger | None:
    for preposition, noun in grammar.prepositional(token):
        if preposition in prepositions:
            for inner in (noun, *(t for p, t in grammar.prepositional(noun) if p in ("of", "in", "with"))):
                if (trigger := _violent(inner, heads)) is not None:
                    return trigger
    return None


def _claims(token: Token, heads: Heads) -> Iterator[Blame]:
    """Claim, accept or deny responsibility; claim an attack; a claim of responsibility."""
    verb = token.head
    if verb.lemma_.lower() not in _CLAIMING or token.dep_ not in ("dobj", "nsubjpass", "nsubj"):
        return
    about = _attack_under(token, heads, frozenset(("for",))) or _attack_under(
        verb, heads, frozenset(("for",))
    )
    slots = (*_all("claimant", grammar.subjects(verb), "subj"), *_channel(verb))
    yield Blame("claim", tuple(sorted((verb, token), key=lambda t: t.i)), about, slots)


def _claims_it(token: Token, heads: Heads) -> Iterator[Blame]:
    about = next((t for o in grammar.objects(token) if (t := _violent(o, heads)) is not None), None)
    if about is not None and about.is_noun and token.pos_ == "VERB":
        slots = (*_all("claimant", grammar.subjects(token), "subj"), *_channel(token))
        yield Blame("claim", (token,), about, slots)


def _channel(verb: Token) -> tuple[Slot, ...]:
    return tuple(Slot("channel", t, p) for p, t in grammar.prepositional(verb) if p in _THROUGH)


def _all(role: str, tokens: Sequence[Token], via: str) -> tuple[Slot, ...]:
    return tuple(Slot(role, t, via) for t in tokens)


def _responsible(token: Token, heads: Heads) -> Iterator[Blame]:
    """X is responsible for, X was behind, X is suspected of the attack."""
    preposition = "for" if token.lower_ == "responsible" else token.lower_
    if token.lower_ == "behind":
        about = next(
            (t for c in token.children if c.dep_ == "pobj" and (t := _violent(c, heads)) is not None), None
        )
    else:
        about = _attack_under(token, heads, frozenset((preposition,)))
    others = [t for p, t in grammar.prepositional(token) if p == "for" and t.pos_ in ("NOUN", "PROPN")]
    if about is None and (token.dep_ != "acomp" or any(t.lemma_.lower() not in _MEANT for t in others)):
        return
    verb = token.head
    if verb.lemma_ in _HOLDING and verb.pos_ == "VERB":
        held = [c for c in token.children if c.dep_ == "nsubj"] or grammar.objects(verb)
        slots = (*_all("actor", held, "obj"), *_all("accuser", grammar.subjects(verb), "subj"))
        yield Blame("accusation", (token,), about, slots)
    elif verb.lemma_.lower() in _BEING and verb.pos_ in ("VERB", "AUX"):
        before = [verb.nbor(-1)] if verb.i and verb.nbor(-1).pos_ in ("NOUN", "PROPN", "PRON") else []
        doers = grammar.subjects(verb) or before
        yield Blame("accusation", (token,), about, _all("actor", doers, "subj"))
    elif verb.pos_ in ("NOUN", "PROPN") and about is not None:
        yield Blame("accusation", (token,), about, _all("actor", [verb], "subj"))


def _accuses(token: Token, heads: Heads) -> Iterator[Blame]:
    """Blame X for the attack, blame the attack on X, accuse X of it, attribute it to X."""
    if token.pos_ != "VERB":
        return
    objects = grammar.objects(token)
    named = next((t for o in objects if (t := _violent(o, heads)) is not None), None)
    preps = list(grammar.prepositional(token))
    if named is not None:
        after = [*preps, *grammar.prepositional(named.head)]
        doers = [t for p, t in after if p in _DOERS.get(token.lemma_.lower(), ())][-1:]
        about: Trigger | None = named
    else:
        doers = objects
        late = (_attack_under(t, heads, frozenset(("for", "of", "over"))) for t in objects)
        about = next((t for t in late if t is not None), None) or _attack_under(
            token, heads, frozenset(("for", "of", "over", "in", "with", "to"))
        )
        about = about or next((heads[t] for t in token.subtree if t.dep_ == "pcomp" and t in heads), None)
    bare = token.lemma_ == "blame" and not any(c.dep_ == "prep" for c in token.children)
    if not doers or (about is None and not bare) or (about is not None and not about.is_violent):
        return
    via = "tied" if named is not None else "obj"
    slots = (*_all("actor", doers, via), *_all("accuser", grammar.subjects(token), "subj"))
    yield Blame("accusation", (token,), about, slots)


_RULES = {
    "responsibility": (_claims,),
    "claim": (_claims_it,),
    "responsible": (_responsible,),
    "behind": (_responsible,),
    "blame": (_accuses,),
    "accuse": (_accuses,),
    "attribute": (_accuses,),
    "ascribe": (_accuses,),
    "suspect": (_accuses,),
    "pin": (_accuses,),
    "link": (_accuses,),
    "tie": (_accuses,),
}


def suspects(arrest: Trigger, heads: Heads) -> tuple[Trigger, tuple[Slot, ...]] | None:
    """The attack over which people are arrested, charged or tried, and they as its suspects."""
    if "arrest" not in arrest.sense.modes:
        return None
    held = grammar.subjects(arrest.head) if arrest.sense.frame == "appear" else grammar.objects(arrest.head)
    if arrest.is_noun:
        held = [t for p, t in grammar.prepositional(arrest.head) if p == "of"]
    chain = [arrest.head, *(t for t in arrest.head.children if t.dep_ == "conj" and t.pos_ == "VERB")]
    for verb in chain:
        about = _attack_under(verb, heads, _OVER)
        if about is not None and held:
            return about, _all("suspect", held, "obj")
    return None


def warnings(sentence: Tokens, heads: Heads) -> Iterator[tuple[Trigger, tuple[Slot, ...]]]:
    """The attack that a warning is about, and who warned of it."""
    for token in sentence:
        if token.lemma_.lower() in _WARNING and token.pos_ == "VERB":
            contents = [
                c for c in token.children if c.dep_ in ("ccomp", "prep", "xcomp") and c.lower_ != "against"
            ]
            inner = [t for c in contents for t in c.subtree if t in heads and heads[t].is_violent]
            if inner:
                yield heads[inner[0]], _all("source-of-warning", grammar.subjects(token), "subj")
