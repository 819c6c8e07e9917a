"""Facts about actors: founding, strength, leaders over time, kin, rivals, bases, aims, counted attacks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

import msgspec

from sourcebook.model import (
    Claim,
    DateValue,
    Days,
    EntityId,
    EntityValue,
    Fact,
    Mention,
    Relation,
    TextValue,
    Timex,
)
from sourcebook.model.vocabulary import ACTOR_PROPERTIES
from sourcebook.reconcile.agreement import Movement, Setting
from sourcebook.reconcile.making import fact
from sourcebook.reconcile.statements import Material, Statement, statement, value_of
from sourcebook.reconcile.trends import trend

#: Properties of which an actor has one at a time: the claims about them are set against one another.
ONE_AT_A_TIME: Final = frozenset(
    ("founded", "leader", "deputy_leader", "strength", "attacks_count", "plots_count", "trend")
)
#: A strength or leader reported this many days later may simply be a newer one.
OUTDATED_AFTER: Final = 180


def of_actors(material: Material) -> Iterator[Fact]:
    """Every fact about every actor, in the order of the entities and properties."""
    grouped: dict[tuple[EntityId, str], list[Statement]] = defaultdict(list)
    for claim in material.claims.values():
        if claim.predicate in ACTOR_PROPERTIES and claim.predicate != "alias":
            for subject, said in _statements(material, claim):
                grouped[(subject, claim.predicate)].append(said)
    for entity in material.entities.values():
        for name in ACTOR_PROPERTIES:
            if found := grouped.get((entity.id, name)):
                yield from _facts(material, entity.id, name, found)


def _statements(material: Material, claim: Claim) -> Iterator[tuple[EntityId, Statement]]:
    subjects = [material.entity(m) for m in claim.fillers("subject")]
    mentions = [material.mentions.get(m) for role in ("object", "value") for m in claim.fillers(role)]
    for entity in filter(None, subjects):
        for mention in filter(None, mentions):
            value = value_of(material, mention)
            if isinstance(value, EntityValue):
                value = _with_term(material, claim, value)
                if value.entity == entity.id:
                    continue
            yield entity.id, statement(material, claim, mention, value)


def _with_term(material: Material, claim: Claim, value: EntityValue) -> EntityValue:
    since, until = (_days(material, claim, role) for role in ("from", "until"))
    if claim.predicate in _OFFICES and until is None:
        until = material.deaths.get(value.entity)
    if since is None and claim.predicate in _BEGINNINGS:
        since = _days(material, claim, "date")
    return EntityValue(entity=value.entity, since=since, until=until)


#: What is told by how it began, so that its date is its beginning; a leader named on a day led before it.
_BEGINNINGS: Final = frozenset(("parent", "split_from", "rival", "ally", "designation", "member"))
#: What ends with its holder's life.
_OFFICES: Final = frozenset(("leader", "deputy_leader"))


def _days(material: Material, claim: Claim, role: str) -> Days | None:
    identifier = claim.filler(role)
    mention: Mention | None = material.mentions.get(identifier) if identifier else None
    if mention is None or not isinstance(mention.value, Timex):
        return None
    timex = mention.value
    if timex.earliest is None and timex.latest is None:
        return None
    return Days(
        edtf=timex.edtf, earliest=timex.earliest, latest=timex.latest, basis=timex.basis, span=mention.span
    )


def _facts(material: Material, subject: EntityId, name: str, found: list[Statement]) -> Iterator[Fact]:
    if name not in ONE_AT_A_TIME:
        by_value: dict[str, list[Statement]] = defaultdict(list)
        for each in found:
            by_value[_key(each)].append(each)
        for key, group in by_value.items():
            yield fact(material, subject, name, _with_known_term(group), key=key)
        return
    made = fact(
        material, subject, name, found, setting=Setting(Movement(date.max, OUTDATED_AFTER), material.holding)
    )
    if name in ("leader", "deputy_leader") and made.relation is not Relation.AGREED:
        made = _in_turn(made)
    yield trend(material, made, found) if name == "trend" else made


def _with_known_term(group: list[Statement]) -> list[Statement]:
    """The statements of one tie: those without a beginning or end share what the others agree on."""
    since = _agreed(v.since for s in group if isinstance(v := s.value, EntityValue))
    until = _agreed(v.until for s in group if isinstance(v := s.value, EntityValue))
    return [
        msgspec.structs.replace(
            s, value=EntityValue(entity=v.entity, since=v.since or since, until=v.until or until)
        )
        if isinstance(v := s.value, EntityValue)
        else s
        for s in group
    ]


def _agreed(given: Iterable[Days | None]) -> Days | None:
    """The narrowest of the days given, where all of them can be met."""
    known = [d for d in given if d is not None]
    if not known or not all(a.meets(b) for a in known for b in known):
        return None
    return min(known, key=lambda d: (_width(d), d.edtf or ""))


def _width(days: Days) -> int:
    return (days.latest - days.earliest).days if days.earliest and days.latest else 1 << 30


def _key(each: Statement) -> str:
    match each.value:
        case EntityValue():
            return each.value.entity
        case TextValue():
            return " ".join(each.value.text.casefold().split())
        case DateValue():
            return each.value.edtf or ""
    return f"{each.value.low}-{each.value.high}"


def _in_turn(made: Fact) -> Fact:
    """Leaders at different times follow one another; without terms they are only put side by side."""
    terms = [r.value for r in made.readings if isinstance(r.value, EntityValue)]
    if len(terms) < 2:
        return made
    dated = [t for t in terms if t.since or t.until]
    if len(dated) + 1 < len(terms):
        return made
    words = ", ".join(f"“{r.text}”" for r in made.readings)
    return msgspec.structs.replace(
        made,
        relation=Relation.COMPATIBLE,
        rule="one-after-another",
        explanation=f"The sources name {words} at different times, one after another.",
    )
