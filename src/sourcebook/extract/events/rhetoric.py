"""Attacks that are words: a candidate attacks his rival, a critic blasts a plan."""

from __future__ import annotations

from typing import Final

from sourcebook.extract.events import grammar, voice
from sourcebook.extract.events.lexicon import words
from sourcebook.extract.events.trigger import Trigger

#: Words that are as often said of speech as of arms.
_EITHER: Final = frozenset(
    "attack assail assault hit target strike batter pound hammer blast slam raid loot onslaught".split()
)
_ABUSE: Final = frozenset(
    "brand call question describe accuse label dub say denounce criticise criticize mock tell argue".split()
)
_OF_WORDS: Final = frozenset(("rhetorical", "verbal", "personal", "scathing", "blistering"))
_MANNER: Final = frozenset(("verbally", "personally", "publicly", "rhetorically", "viciously"))
#: How many tokens around a word tell whether politics is spoken of there.
_AROUND: Final = 60
_ENOUGH: Final = 3


def is_said(trigger: Trigger) -> bool:
    """Whether the attack is made with words: so says its manner, its reason, or the talk around it."""
    plain = trigger.is_violent and not trigger.sense.modes and len(trigger.tokens) == 1
    if not plain or trigger.head.lemma_.lower() not in _EITHER:
        return False
    if _of_armed(trigger):
        return False
    return _manner(trigger) or _of_politics(trigger)


def _of_armed(trigger: Trigger) -> bool:
    """Whether the sentence speaks of arms, of the armed or of the hurt."""
    lemmas = {t.lemma_.lower() for t in trigger.head.sent if t not in trigger.tokens}
    return bool(lemmas & (words("armed") | words("bloodshed")))


def _manner(trigger: Trigger) -> bool:
    """Attacked him for taking gifts, as a liar, personally; attacked her, saying that she lied."""
    head = trigger.head
    telling = {
        c.lemma_.lower() for c in head.children if c.dep_ in ("advcl", "conj", "xcomp") and c.tag_ == "VBG"
    }
    if trigger.is_noun:
        telling = {c.lemma_.lower() for c in head.head.children if c.dep_ in ("advcl", "xcomp")}
        if head.dep_ == "pobj" and head.head.lower_ == "in":
            telling.add(
                grammar.clause(head).lemma_.lower()
            )  # in an attack on the nominee, he called him unfit
        worded = any(c.lower_ in _OF_WORDS for c in head.lefts)
        return worded or (bool(telling & _ABUSE) and head.lemma_ == "attack")
    blamed = any(
        c.dep_ == "prep" and c.lower_ == "for" and any(i.dep_ == "pcomp" for i in c.children)
        for c in head.children
    )
    aimed = bool(grammar.objects(head)) and not voice.is_passive(head)
    return aimed and (blamed or bool(telling & _ABUSE) or any(c.lower_ in _MANNER for c in head.children))


def _of_politics(trigger: Trigger) -> bool:
    """Whether candidates, debates and campaigns are spoken of, and no place where it was and no toll."""
    at, doc = trigger.head.i, trigger.head.doc
    if trigger.is_noun and [c.dep_ for c in trigger.head.children] == ["det"]:
        return False  # tweets about the attacks
    around = {t.lemma_.lower() for t in doc[max(0, at - _AROUND) : at + _AROUND]}
    return len(around & words("campaign")) >= _ENOUGH and not around & words("bloodshed")
