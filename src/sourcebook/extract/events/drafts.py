"""A claim in the making: a trigger with what has been found of it."""

from __future__ import annotations

import itertools
from typing import NamedTuple

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from sourcebook.extract.events.fillers import Filler
from sourcebook.extract.events.lexicon import weapons
from sourcebook.extract.events.trigger import Trigger
from sourcebook.model import Factuality, Mention, MentionKind, Scope, Status
from sourcebook.model.vocabulary import MODES


class Draft(NamedTuple):
    """One claim before it gets its antecedent; `about` is the head of the trigger that it speaks of."""

    head: Token
    words: Tokens
    type: str
    modes: tuple[str, ...]
    fillers: tuple[Filler, ...]
    scope: Scope
    factuality: Factuality
    status: Status
    definite: bool
    kind: str = "event"  # event, claim, accusation
    about: Token | None = None
    same: Token | None = None
    named: frozenset[str] = frozenset()
    frame: str = ""
    listed: Token | None = None  # the word whose list tells of this one and of others beside it

    def of(self, *roles: str) -> list[Mention]:
        """Mentions in any of the roles, in order."""
        return [m for role, m in self.fillers if role in roles]


def modes(trigger: Trigger, fillers: tuple[Filler, ...]) -> tuple[str, ...]:
    """PLOVER modes that the trigger, the words before it, its weapons and its doers imply."""
    allowed = MODES.get(trigger.sense.type, ())
    found = set(trigger.sense.modes)
    near = [
        c.lemma_.lower() for t in trigger.tokens for c in t.lefts if c.dep_ in ("compound", "amod", "nmod")
    ]
    bombing = "explosives" in found
    found |= {m for word in near if (m := _mode(word, bombing=bombing)) is not None}
    for role, mention in fillers:
        if role == "weapon" or (role == "actor" and mention.kind in (MentionKind.PEOPLE, MentionKind.PERSON)):
            words = mention.name.lower().split()
            pairs = [
                " ".join(p) for p in itertools.pairwise(map(_singular, words)) if " ".join(p) in weapons()
            ]
            found |= {m for w in pairs or map(_singular, words) if (m := _mode(w, bombing=True)) is not None}
    if trigger.head.lemma_ == "drop" and trigger.sense.frame == "fire":
        found |= {"aerial", "explosives"}
    return tuple(m for m in allowed if m in found)


def _singular(word: str) -> str:
    return word if word in weapons() or not word.endswith("s") else word[:-1]


def _mode(word: str, *, bombing: bool) -> str | None:
    weapon = weapons().get(word)
    if weapon is None or (word in ("car", "roadside") and not bombing):
        return None
    return weapon.mode
