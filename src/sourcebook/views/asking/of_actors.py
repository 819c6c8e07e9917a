"""Answers about actors: who leads them and since when, how many they are, who they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import permutations
from types import MappingProxyType
from typing import Final

from sourcebook.model import CONTESTED, EntityId, EntityValue, Fact, MentionKind, Reading
from sourcebook.views import wording
from sourcebook.views.actor import in_time_order
from sourcebook.views.asking.answer import Draft
from sourcebook.views.asking.question import Question
from sourcebook.views.over_time import holding

#: What is told of an actor that a question only names, in this order.
_PAGE: Final = ("founded", "parent", "split_from", "leader", "strength", "base", "aim", "ideology")
#: How a property is called where its name is none that people use.
_SPOKEN: Final = {
    "deputy_leader": "deputy leader",
    "media_outlet": "outlet",
    "recruits_from": "recruits from",
    "split_from": "split from",
    "attacks_count": "attacks",
    "plots_count": "plots",
}
#: What others may say of an actor that a question only names.
_HELD: Final = ("leader", "deputy_leader", "media_outlet", "parent", "rival", "ally")
#: What answers a question of which nothing is said: a splinter's founding is its split.
_INSTEAD: Final = {"founded": "split_from"}
_MOST: Final = 3
_SINCE_WHEN: Final = re.compile(r"since when|how long|when|from when", re.IGNORECASE)


def tell(draft: Draft, asked: Question) -> None:
    """One property of the actors that the question names; of a person, whose leader or parent it is."""
    if asked.name in _OWN_WAY:
        _OWN_WAY[asked.name](draft, asked)
        return
    before = len(draft.sentences)
    for actor in asked.actors[:2]:
        found = _facts(draft, actor, asked.name) or _facts(draft, actor, _INSTEAD.get(asked.name, ""))
        _say(draft, actor, found, asked)
    if len(draft.sentences) == before:
        for actor in asked.actors[:1]:
            _other_way(draft, actor, asked)


def _names(draft: Draft, asked: Question) -> None:
    """Every name that an actor goes by, with a place where each is used."""
    for actor in asked.actors[:1]:
        entity = draft.shelf.entries.entities[actor]
        mentions = draft.shelf.entries.mentions
        used = sorted(entity.aliases, key=lambda a: (-len(a.mentions), a.name))
        names = [entity.name, *(a.name for a in used if a.name != entity.name)]
        spans = [mentions[a.mentions[0]].span for a in used if a.mentions and a.mentions[0] in mentions]
        draft.values += names
        if spans:
            draft.quote(f"{entity.name} is called {', '.join(names)}", [(s, None) for s in spans])


def _between(draft: Draft, asked: Question) -> None:
    """What is said of two actors to one another: parent, rival, ally, split."""
    names = draft.shelf.entries.entities
    for one, other in permutations(asked.actors[:2], 2):
        for fact in draft.shelf.facts.get(one, ()):
            for reading in fact.readings:
                if isinstance(reading.value, EntityValue) and reading.value.entity == other:
                    spoken = _SPOKEN.get(fact.property, fact.property)
                    term = wording.term(reading.value)
                    draft.values.append(spoken)
                    said = f"{names[other].name} is named as {spoken} of {names[one].name}{term}"
                    draft.say(f"{said}, by {draft.who(reading.speakers)}", reading.claims)


_OWN_WAY: Final = MappingProxyType({"alias": _names, "relation": _between})


def page(draft: Draft, asked: Question) -> None:
    """Who or what an actor is: its names and the first things that are said of it."""
    for actor in asked.actors[:1]:
        for name in _PAGE:
            for fact in _facts(draft, actor, name)[:1]:
                if len(draft.sentences) < _MOST:
                    _say(draft, actor, [fact], asked)
        _other_way(draft, actor, asked, properties=_HELD)
        del draft.sentences[_MOST:]


def _facts(draft: Draft, actor: EntityId, name: str) -> list[Fact]:
    return [f for f in draft.shelf.facts.get(actor, ()) if f.property == name]


def _say(draft: Draft, actor: EntityId, facts: Sequence[Fact], asked: Question) -> None:
    """All that is said of one property, in one sentence, and a second where the sources differ."""
    names = draft.shelf.entries.entities
    day = asked.when.latest if asked.when else None
    readings = [r for fact in facts for r in _holding(draft, fact, asked)]
    if not readings or len(draft.sentences) >= _MOST:
        return
    shown = [draft.shown(r) for r in readings]
    name = facts[0].property
    scoped = [
        f"{v} ({' '.join(r.text.split())})" if name == "strength" else v
        for v, r in zip(shown, readings, strict=True)
    ]
    draft.values += shown
    spoken = _SPOKEN.get(name, name)
    told = "; ".join(f"{v}, by {draft.who(r.speakers)}" for v, r in zip(scoped, readings, strict=True))
    draft.say(
        f"{names[actor].name}, {spoken}{f' as of {day}' if day else ''}: {told}",
        [r.claims[0] for r in readings],
    )
    fact = next((f for f in facts if f.relation in CONTESTED), None)
    if fact is not None and len(readings) > 1 and len(draft.sentences) < _MOST:
        draft.contested = True
        draft.say(f"The sources differ ({fact.relation.value}): {fact.explanation}", fact.cites)


def _holding(draft: Draft, fact: Fact, asked: Question) -> list[Reading]:
    day = asked.when.latest if asked.when else None
    readings = in_time_order(holding(fact, day, draft.shelf.record))
    people = [a for a in asked.actors if draft.shelf.entries.entities[a].kind is MentionKind.PERSON]
    if fact.property in ("leader", "deputy_leader") and _SINCE_WHEN.match(asked.text):
        readings = [r for r in readings if isinstance(r.value, EntityValue) and r.value.since]
    if people:  # "since when has Vorr led ...": what is said of the one who is named
        return [r for r in readings if not isinstance(r.value, EntityValue) or r.value.entity in people]
    return readings


def _other_way(
    draft: Draft, actor: EntityId, asked: Question, properties: tuple[str, ...] | None = None
) -> None:
    """Facts of others whose answer is this actor: whom it leads, whose rival it is."""
    names = draft.shelf.entries.entities
    wanted = properties or (asked.name,)
    for fact in draft.shelf.record.facts:
        if fact.property not in wanted or fact.subject not in names or len(draft.sentences) >= _MOST:
            continue
        for reading in fact.readings:
            if isinstance(reading.value, EntityValue) and reading.value.entity == actor:
                spoken = _SPOKEN.get(fact.property, fact.property)
                subject = names[EntityId(fact.subject)].name
                draft.values.append(subject)
                term = wording.term(reading.value)
                by = draft.who(reading.speakers)
                held = f"{names[actor].name} is named as {spoken} of {subject}{term}"
                draft.say(f"{held}, by {by}", reading.claims)
