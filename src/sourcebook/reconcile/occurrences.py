"""Facts about events: toll, date, place, who did it, who claimed it, with what, on what, whether at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from itertools import combinations
from typing import Final

import msgspec

from sourcebook.model import (
    Claim,
    DateValue,
    Event,
    Fact,
    Mention,
    Quantity,
    Relation,
    Status,
    TextValue,
)
from sourcebook.model.vocabulary import TOLL_ROLES
from sourcebook.reconcile.agreement import Movement
from sourcebook.reconcile.making import fact
from sourcebook.reconcile.statements import Material, Statement, statement, value_of

#: Tolls of an event move for weeks while victims are found and die; after this many days they are taken
#: for settled, and later differences are no updates.
SETTLED_AFTER: Final = timedelta(days=30)
#: Words of a quantity that is a part of a total and so no rival of it.
PART_WORDS: Final = frozenset(("including", "among them", "of whom", "of them"))
_ROLES: Final[Mapping[str, str]] = {
    "actor": "actor",
    "claimant": "claimant",
    "weapon": "weapon",
    "target": "target",
    "location": "place",
    "date": "date",
}


def of_event(material: Material, event: Event) -> Iterator[Fact]:
    """Every fact about one event, in a fixed order."""
    claims = [material.claims[c] for c in event.claims if c in material.claims]
    movement = _movement(event)
    for role in TOLL_ROLES:
        yield from _toll(material, event, role, claims, movement)
    for role, name in _ROLES.items():
        yield from _role(material, event, name, list(_statements(material, claims, role)))
    yield from _happened(material, event, claims)


def _movement(event: Event) -> Movement | None:
    latest = event.date.latest if event.date else None
    return Movement(latest + SETTLED_AFTER) if latest else None


def _statements(material: Material, claims: Iterable[Claim], role: str) -> Iterator[Statement]:
    for claim in claims:
        if claim.factuality.denies and role != "claimant":
            continue
        for identifier in claim.fillers(role):
            mention = material.mentions.get(identifier)
            if mention is not None:
                yield statement(material, claim, mention, value_of(material, mention))


def _toll(
    material: Material, event: Event, role: str, claims: Iterable[Claim], movement: Movement | None
) -> Iterator[Fact]:
    found = [s for s in _statements(material, claims, role) if isinstance(s.value, Quantity)]
    totals = [s for s in found if not _is_part(s)]
    if totals:
        yield fact(material, event.id, role, totals, movement=movement)
    for part in found:
        if _is_part(part):
            made = fact(material, event.id, role, [part], key=part.claim + part.text)
            yield msgspec.structs.replace(made, rule="part-of-a-total")


def _is_part(each: Statement) -> bool:
    return isinstance(each.value, Quantity) and each.value.wording.casefold() in PART_WORDS


def _role(material: Material, event: Event, name: str, found: list[Statement]) -> Iterator[Fact]:
    """Entities that hold one another (branch and parent) refine; others are put side by side."""
    found = [s for s in found if _says_something(s)]
    if not found:
        return
    made = fact(material, event.id, name, found)
    if name in ("weapon", "target", "place") and made.relation in _DIFFERING:
        because = _listed(made, name)
        made = msgspec.structs.replace(
            made, relation=Relation.COMPATIBLE, rule="several-may-hold", explanation=because
        )
    if name in ("actor", "claimant") and made.relation in (Relation.CONFLICT, Relation.INTERNAL):
        made = _by_ancestry(material, made, found)
    yield made


_DIFFERING: Final = (Relation.CONFLICT, Relation.INTERNAL, Relation.TENSION)


def _says_something(each: Statement) -> bool:
    return not isinstance(each.value, DateValue) or bool(each.value.earliest or each.value.latest)


def _listed(made: Fact, name: str) -> str:
    words = ", ".join(f"“{r.text}”" for r in made.readings)
    return f"The sources name {words}: an event can have more than one {name}."


def _by_ancestry(material: Material, made: Fact, found: list[Statement]) -> Fact:
    """A branch against its parent is no contradiction, if a claim of the pile says that it is one."""
    named = {s.value for s in found}
    entities = {v.entity for v in named if hasattr(v, "entity")}
    if len(entities) < 2 or not all(frozenset(p) in material.kin for p in combinations(sorted(entities), 2)):
        return made
    because = f"{made.explanation.rsplit(':', 1)[0]}: the one is a part of the other."
    return msgspec.structs.replace(
        made, relation=Relation.REFINEMENT, rule="part-and-whole", explanation=because
    )


_OUTCOMES: Final[Mapping[Status, str]] = {
    Status.ACCOMPLISHED: "it happened",
    Status.CLAIMED: "it happened",
    Status.ATTEMPTED: "it was attempted",
    Status.FOILED: "it was foiled",
    Status.PLANNED: "it was planned",
    Status.THREATENED: "it was threatened",
    Status.HYPOTHETICAL: "it may have happened",
    Status.DENIED: "it did not happen",
}


def _happened(material: Material, event: Event, claims: Iterable[Claim]) -> Iterator[Fact]:
    found: list[Statement] = []
    for claim in claims:
        trigger = Mention(
            span=claim.trigger,
            exact=material.documents[claim.trigger.document].quote(claim.trigger),
            kind="idea",  # type: ignore[arg-type]
        )
        outcome = _OUTCOMES[claim.status or Status.ACCOMPLISHED]
        found.append(statement(material, claim, trigger, TextValue(text=outcome)))
    if not found:
        return
    made = fact(material, event.id, "happened", found)
    outcomes = {r.value.text for r in made.readings if isinstance(r.value, TextValue)}
    if made.relation in (Relation.CONFLICT, Relation.INTERNAL) and "it did not happen" not in outcomes:
        said = f"The sources differ on how far it went: {'; '.join(sorted(outcomes))}."
        made = msgspec.structs.replace(made, relation=Relation.REFINEMENT, rule="how-far", explanation=said)
    yield made
