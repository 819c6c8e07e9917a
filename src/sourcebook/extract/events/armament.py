"""Weapons: which nouns are, and whether what is fired, planted or set off is one."""

from __future__ import annotations

from spacy.tokens import Token

from sourcebook.extract.events import grammar, voice
from sourcebook.extract.events.lexicon import triggers, weapons
from sourcebook.extract.events.trigger import Trigger


def is_weapon(token: Token) -> bool:
    """Whether the noun is a weapon, its compounds looked at first."""
    joined = " ".join(
        (*(c.lemma_.lower() for c in token.lefts if c.dep_ == "compound"), token.lemma_.lower())
    )
    found = weapons().get(joined) or weapons().get(token.lemma_.lower())
    return found is not None and found.kind == "weapon"


def fires(trigger: Trigger) -> bool:
    """To fire, launch, throw or plant is an attack when the object is a weapon; a gun is thrown away."""
    if trigger.head.lemma_ in ("throw", "hurl", "lob", "drop", "place", "plant", "toss"):
        armed = [t for t in grammar.objects(trigger.head) if _armament(t)]
        if armed and all(_mode(t) == "firearms" for t in armed):
            return False
    bare = (c for c in trigger.head.children if c.dep_ == "prep" and not list(c.children))
    if voice.is_passive(trigger.head) and any(c.lower_ in ("at", "on", "upon") for c in bare):
        return True  # he was fired at
    return any(_armament(t) for t in grammar.objects(trigger.head)) or (
        trigger.head.lemma_ == "fire"
        and any(p in ("at", "on", "into", "upon") for p, _ in grammar.prepositional(trigger.head))
        and not any(c.dep_ == "dobj" for c in trigger.head.children)
    )


def detonates(trigger: Trigger) -> bool:
    """A bomb goes off; a pistol that does is a mishap."""
    if trigger.head.lemma_ == "go" and any(_mode(t) == "firearms" for t in grammar.subjects(trigger.head)):
        return False
    involved = [*grammar.subjects(trigger.head), *grammar.objects(trigger.head)]
    involved += [t for s in involved for c in s.children if c.dep_ == "acl" for t in c.subtree]  # rigged with
    if len(trigger.tokens) > 1 and trigger.tokens[-1].lower_.endswith(("self", "selves")):
        return True
    return any(is_weapon(t) or _bomber(t) or ("n", t.lemma_.lower()) in triggers() for t in involved)


def _armament(token: Token) -> bool:
    """A weapon, or a name that is said to be one's: "the Great Hammer, its heaviest bomb"."""
    return is_weapon(token) or any(is_weapon(c) for c in token.children if c.dep_ == "appos")


def _bomber(token: Token) -> bool:
    found = weapons().get(token.lemma_.lower())
    return found is not None and found.kind == "person"


def _mode(token: Token) -> str | None:
    found = weapons().get(token.lemma_.lower())
    return found.mode if found is not None else None
