"""Whether what undergoes an act can: people are killed, held and freed, buildings are wrecked."""

from __future__ import annotations

from typing import Final

from sourcebook.extract.events import armament, grammar
from sourcebook.extract.events.lexicon import words
from sourcebook.extract.events.trigger import Trigger


def kills(trigger: Trigger) -> bool:
    """Killed by violence, not by an accident or a disease; what is eliminated or executed is somebody."""
    if not _eliminates(trigger):
        return False
    sentence = {t.lemma_.lower() for t in trigger.head.sent}
    told = grammar.subjects(trigger.head) if not trigger.is_noun else []
    armed = [t for t in told if any(armament.is_weapon(c) or c.lemma_ in words("armed") for c in t.lefts)]
    doers = {t.lemma_.lower() for t in told if t not in armed}  # mortar fire is no hazard
    if not trigger.is_noun and any(
        c.lemma_.lower() in words("body") for t in grammar.subjects(trigger.head) for c in t.lefts
    ):
        return False  # killed by a heart attack
    if {"lose", "control"} <= sentence and sentence & {
        "vehicle",
        "car",
        "truck",
        "bus",
        "bike",
        "motorcycle",
    }:
        return False  # killed after losing control of his car
    return not sentence & words("collapse") and not doers & words("hazard") and not _of_thing(trigger)


def _of_thing(trigger: Trigger) -> bool:
    objects = grammar.objects(trigger.head)
    return bool(objects) and all(
        t.lemma_.lower() in words("abstract") or t.lower_ == "it" or armament.is_weapon(t) for t in objects
    )


def _eliminates(trigger: Trigger) -> bool:
    """To eliminate or execute somebody is to kill; rules, jobs, plans and groups are too."""
    if trigger.head.lemma_ not in ("eliminate", "execute"):
        return True
    named = trigger.head.lemma_ == "execute"
    return any(
        (t.lemma_.lower() in words("people") and t.lemma_ != "group")
        or t.ent_type_ in ("PERSON", "NORP", "CARDINAL")
        or (named and (t.pos_ in ("PROPN", "NUM") or t.lower_ in _THEM))
        for t in map(grammar.counted, grammar.objects(trigger.head))
    )


_THEM: Final = frozenset("he him she her they them who whom those some both all".split())


def holds(trigger: Trigger) -> bool:
    """People are snatched and held; weapons and bags are snatched too."""
    if trigger.head.lemma_ not in ("snatch", "hijack"):
        return True
    if trigger.head.lemma_ == "hijack":
        return not _of_thing(trigger)
    return any(
        t.lemma_.lower() in words("people") or t.ent_type_ == "PERSON" or t.lower_ in _THEM
        for t in map(grammar.counted, grammar.objects(trigger.head))
    )


def seizes_people(trigger: Trigger) -> bool:
    """To seize hundreds of hostages is an abduction."""
    held = [grammar.counted(t) for t in grammar.objects(trigger.head)]
    return (
        bool(held)
        and all(t.lemma_.lower() in words("people") or t.ent_type_ == "PERSON" for t in held)
        and trigger.head.lemma_ == "seize"
    )


def captured_person(trigger: Trigger) -> bool:
    """To capture a man is an arrest."""
    return any(
        t.lemma_.lower() in words("people") or t.ent_type_ == "PERSON"
        for t in map(grammar.counted, grammar.objects(trigger.head))
    )


def sinks(trigger: Trigger) -> bool:
    """Ships sink, and what has a name."""
    return any(
        t.lemma_.lower() in words("gathering") or t.pos_ == "PROPN" for t in grammar.objects(trigger.head)
    )


def sets_free(trigger: Trigger) -> bool:
    """People are released, and those that a pronoun stands for; films and reports are too."""
    return any(
        t.lower_ in ("he", "she", "him", "her", "they", "them", "both", "who", "whom")
        or t.lemma_.lower() in words("people")
        or t.ent_type_ in ("PERSON", "NORP", "CARDINAL")
        for t in grammar.objects(trigger.head)
    )


def hurts(trigger: Trigger) -> bool:
    """People are hurt and beaten; feelings, interests and prices are too."""
    struck = [grammar.counted(t) for t in grammar.objects(trigger.head)]
    felt = {
        "sentiment",
        "feeling",
        "economy",
        "interest",
        "business",
        "trade",
        "sale",
        "image",
        "chance",
        "pride",
    }
    return kills(trigger) and not (struck and all(t.lemma_.lower() in felt for t in struck))


def damages(trigger: Trigger) -> bool:
    """A thing that can be wrecked is destroyed, not a career or an argument."""
    objects = grammar.objects(trigger.head)
    concrete = words("facility") | words("gathering")
    return kills(trigger) and any(
        t.lemma_.lower() in concrete or t.ent_type_ in ("GPE", "FAC") for t in objects
    )
