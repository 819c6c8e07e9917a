"""Which words fill which role of a trigger, by its frame."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from spacy.tokens import Token

from sourcebook.extract.events import grammar, verbal, voice
from sourcebook.extract.events.armament import is_weapon
from sourcebook.extract.events.lexicon import frames, triggers, words
from sourcebook.extract.events.trigger import Trigger

_LOADED: Final = frozenset("pack load rig fill lace lade stuff cram".split())
_VERB_LINKS: Final = ("acl", "relcl")


class Slot(NamedTuple):
    """A word that fills a role; `via` is the function it does so by."""

    role: str
    token: Token
    via: str


def slots(trigger: Trigger) -> list[Slot]:
    """Every slot of the trigger that the syntax fills, in text order."""
    frame = frames()[trigger.sense.frame]
    own = set(trigger.tokens)
    found = _of_noun(trigger) if trigger.is_noun else _of_verb(trigger)
    if any(c.lower_ in ("fatally", "mortally") for c in trigger.head.children):
        frame = {via: "killed" if role in ("injured", "hurt") else role for via, role in frame.items()}
    filled = {
        Slot(role, token, via)
        for via, token in found
        if token not in own and (role := frame.get(via)) is not None
    }
    return sorted(filled, key=lambda s: (s.token.i, s.role, s.via))


def _of_verb(trigger: Trigger) -> Iterator[tuple[str, Token]]:
    verb = trigger.head
    active = not voice.is_passive(verb)
    yield from (("subj", t) for t in _doers(verb))
    loaded = (
        c for t in grammar.subjects(verb) for c in t.children if c.dep_ == "acl" and c.lemma_ in _LOADED
    )
    yield from (
        ("with", t) for c in loaded for p, t in grammar.prepositional(c) if p == "with" and is_weapon(t)
    )
    blamed = [t for p, t in grammar.prepositional(verb) if p == "on"] if verb.lemma_ == "blame" else []
    yield from (("obj", t) for t in blamed or grammar.objects(verb))
    if not active and trigger.sense.frame in ("fire", "attack"):
        bare = (
            c.lower_ for t in trigger.tokens for c in t.children if c.dep_ == "prep" and not list(c.children)
        )
        yield from ((p, t) for p in bare for t in grammar.objects(verb))  # he was fired at
    if trigger.sense.frame == "must" and (told := verbal.obliged(verb)) is not None:
        yield "told", told
    if trigger.sense.frame == "willing":
        yield from (("subj", t) for t in grammar.subjects(verb.head))
    for token in trigger.tokens:
        yield from (
            (p, t)
            for p, t in grammar.prepositional(token)
            if not (p == "of" and trigger.sense.frame == "retreat")  # lift the siege of the town
            and not (p == "by" and (_by_force(t) or (active and trigger.sense.frame != "undergone")))
        )
    bound = [t for t in trigger.tokens if t != verb and t.dep_ in ("dobj", "oprd")]
    yield from (("obj", c) for t in bound for c in t.lefts if c.dep_ in ("compound", "nmod"))
    if frames()[trigger.sense.frame].get("obj") != "target":  # a bakery on a street: the street is where
        for token in grammar.objects(verb):
            yield from (
                (p, t) for p, t in grammar.prepositional(token) if p in ("at", "on", "into", "against")
            )


def _doers(verb: Token) -> Iterator[Token]:
    """The deep subjects; of "two of them, including X" the ones that are named."""
    for token in grammar.subjects(verb):
        named = [t for p, t in grammar.prepositional(token) if p == "including"]
        vague = token.pos_ in ("NUM", "PRON") or token.lemma_.lower() in ("several", "some", "many")
        yield from named if named and vague else [token]


def _of_noun(trigger: Trigger) -> Iterator[tuple[str, Token]]:
    noun = trigger.head
    lead = grammar.lead(noun)
    counted = (lead,) if lead.lemma_.lower() in words("collective") else ()
    for token in dict.fromkeys((*trigger.tokens, *counted)):
        yield from grammar.prepositional(token)
    yield from _shared(noun)
    for child in noun.lefts:
        if child.dep_ == "poss":
            undone = trigger.sense.frame == "razing" and not any(
                p == "of" for p, _ in grammar.prepositional(noun)
            )
            yield "of" if undone else "poss", child
        elif child.dep_ in ("compound", "amod", "nmod", "npadvmod"):
            yield "comp", child
    yield from _governed(trigger)


def _shared(noun: Token) -> Iterator[tuple[str, Token]]:
    """The kidnapping and assassination of five students: of both nouns, whichever the parse gives them to."""
    beside = (
        [noun.head]
        if noun.dep_ == "conj"
        else [c for c in noun.rights if c.dep_ == "conj" and c.i == noun.i + 2]
    )
    if beside and abs(beside[0].i - noun.i) == 2 and ("n", beside[0].lemma_.lower()) in triggers():
        own = {p for p, _ in grammar.prepositional(noun)}
        yield from ((p, t) for p, t in grammar.prepositional(beside[0]) if p == "of" and "of" not in own)


def _governed(trigger: Trigger) -> Iterator[tuple[str, Token]]:
    """What a light verb, a foiling verb or a verb of happening adds: X carried out the attack."""
    if grammar.lead(trigger.head).lemma_.lower() in words("court"):
        return  # who faces charges of murder is not who was murdered
    for verb, function in governors(trigger.head):
        lemma = verb.lemma_.lower()
        if function == "obj" and lemma in words("light"):
            yield from (("by", t) for t in grammar.subjects(verb))
            yield from (
                (p, t) for p, t in grammar.prepositional(verb) if p in ("on", "against", "with", "at")
            )
        elif function == "obj" and lemma in words("foil"):
            yield from ((p, t) for p, t in grammar.prepositional(verb) if p in ("on", "against", "at"))
        elif function == "obj" and lemma in words("undergo") and not _watched(verb):
            yield from (("on", t) for t in grammar.subjects(verb))
            yield from (("of", t) for t in grammar.subjects(verb))
        elif function == "subj" and lemma in words("strike"):
            if lemma not in ("cause", "claim", "leave"):  # what is caused or left is no target
                yield from (("on", t) for t in grammar.objects(verb))
            yield from (("on", t) for p, t in grammar.prepositional(verb) if p == "through")
        elif function == "subj" and trigger.sense.frame == "toll":
            yield from grammar.prepositional(verb)
        elif function == "subj" and lemma in words("occur"):
            yield from ((p, t) for p, t in grammar.prepositional(verb) if p in ("against", "between"))


def _by_force(token: Token) -> bool:
    return token.lower_ == "force" and not list(token.lefts)


def _watched(verb: Token) -> bool:
    """A man who saw or witnessed an attack was not its target; a town that did was."""
    if verb.lemma_.lower() not in ("see", "witness"):
        return False
    return any(
        t.ent_type_ == "PERSON" or t.lemma_.lower() in words("people") or t.pos_ == "PRON"
        for t in grammar.subjects(verb)
    )


def governors(head: Token) -> list[tuple[Token, str]]:
    """Verbs of which the trigger noun is deep subject or object, each with which of the two."""
    noun = grammar.lead(head)
    found: list[tuple[Token, str]] = []
    if noun.dep_ in ("dobj", "nsubjpass"):
        found.append((noun.head, "obj"))
        # The attack is believed to have been carried out by them.
        found += [(c, "obj") for c in noun.head.children if c.dep_ == "xcomp" and voice.is_passive(c)]
    elif noun.dep_ == "pobj" and noun.head.dep_ == "agent":
        found.append((noun.head.head, "subj"))
    elif noun.dep_ == "nsubj":
        found.append((noun.head, "subj"))
        found += [(t, "subj") for t in noun.head.children if t.dep_ == "conj" and t.pos_ == "VERB"]
    elif noun.dep_ == "pobj" and noun.head.lower_ in ("including", "like"):
        found += _including(noun)
    for verb in noun.children:
        if verb.dep_ == "acl":
            found.append((verb, "obj" if verb.tag_ == "VBN" else "subj"))
        elif verb.dep_ == "relcl":
            found.append((verb, "obj" if noun in grammar.objects(verb) else "subj"))
    return [(verb, function) for verb, function in found if verb.pos_ in ("VERB", "AUX")]


def _including(noun: Token) -> list[tuple[Token, str]]:
    """X carried out many attacks, including a raid on Y: the raid is X's."""
    whole = noun.head.head
    if whole.pos_ in ("NOUN", "PROPN"):
        whole = grammar.lead(whole)
        return [(whole.head, "obj")] if whole.dep_ == "dobj" else []
    return [(whole, "obj")] if any(c.dep_ == "dobj" for c in whole.children) else []
