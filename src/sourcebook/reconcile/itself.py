"""Where one document disagrees with itself: acts before a founding, offices after a death."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

import msgspec

from sourcebook.model import Claim, DateValue, DocumentId, EntityId, Fact, Quantity, Relation, Scope, Timex
from sourcebook.model.vocabulary import EVENT_TYPES
from sourcebook.reconcile.making import fact
from sourcebook.reconcile.statements import Material, Statement, statement, value_of

#: What a person cannot do after being killed.
_OFFICES = ("leader", "deputy_leader")


def of_documents(material: Material) -> Iterator[Fact]:
    """Every fact of a document's disagreement with itself, in the order of the claims."""
    founded: dict[tuple[DocumentId, EntityId], list[Claim]] = defaultdict(list)
    offices: dict[tuple[DocumentId, EntityId], list[Claim]] = defaultdict(list)
    acts: dict[tuple[DocumentId, EntityId], list[Claim]] = defaultdict(list)
    deaths: dict[tuple[DocumentId, EntityId], list[Claim]] = defaultdict(list)
    for claim in material.claims.values():
        if claim.factuality.denies:
            continue
        _sort(material, claim, (("founded", "subject", founded), *((o, "object", offices) for o in _OFFICES)))
        if claim.predicate in EVENT_TYPES and claim.scope is not Scope.GENERIC:
            _sort(material, claim, ((claim.predicate, "actor", acts),))
            if _kills(material, claim):
                _sort(material, claim, ((claim.predicate, "recipient", deaths),))
    for key, births in founded.items():
        yield from _too_early(material, key[1], births, acts.get(key, ()))
    for key, held in offices.items():
        yield from _too_late(material, key[1], held, deaths.get(key, ()))


def _sort(
    material: Material,
    claim: Claim,
    into: Iterable[tuple[str, str, dict[tuple[DocumentId, EntityId], list[Claim]]]],
) -> None:
    for predicate, role, found in into:
        if claim.predicate == predicate:
            for mention in claim.fillers(role):
                entity = material.entity_of.get(mention)
                if entity:
                    found[(claim.trigger.document, entity)].append(claim)


def _kills(material: Material, claim: Claim) -> bool:
    word = material.documents[claim.trigger.document].quote(claim.trigger).casefold()
    return word.startswith(("kill", "assassinat", "die", "dead", "death")) and claim.status in (
        None,
        "accomplished",
        "claimed",
    )


def _too_early(
    material: Material, subject: EntityId, births: Iterable[Claim], acts: Iterable[Claim]
) -> Iterator[Fact]:
    """A document that has an actor act before it says that the actor was founded: once for each document."""
    for birth in (s for c in births for s in _dated(material, c, "value")):
        start = birth.value.earliest if isinstance(birth.value, DateValue) else None
        for act in (s for c in acts for s in _dated(material, c, "date")) if start else ():
            if start and _ends_before(act, start):
                made = fact(material, subject, "founded", [birth, act], key=f"{birth.claim}{act.claim}")
                because = f"has it founded in “{birth.text}” yet tells of “{act.word}” in “{act.text}”"
                yield _internal(material, made, birth, "acts-before-founding", because)
                return


def _too_late(
    material: Material, person: EntityId, held: Iterable[Claim], deaths: Iterable[Claim]
) -> Iterator[Fact]:
    """A document that names somebody leader from a day after it has the person killed."""
    for death in (s for c in deaths for s in _dated(material, c, "date")):
        end = death.value.latest if isinstance(death.value, DateValue) else None
        for claim in held if end else ():
            for office in (s for role in ("from", "date") for s in _dated(material, claim, role)):
                start = office.value.earliest if isinstance(office.value, DateValue) else None
                subject = material.entity(claim.filler("subject"))
                if start and end and start > end and subject:
                    made = fact(
                        material,
                        subject.id,
                        claim.predicate,
                        [office, death],
                        key=f"{office.claim}{death.claim}",
                    )
                    name = material.entities[person].name
                    because = f"has {name} killed in “{death.text}” yet leading in “{office.text}”"
                    yield _internal(material, made, office, "leads-after-death", because)
                    return


def _internal(material: Material, made: Fact, said: Statement, rule: str, because: str) -> Fact:
    return msgspec.structs.replace(
        made, relation=Relation.INTERNAL, rule=rule, explanation=f"{material.short[said.document]} {because}."
    )


def _dated(material: Material, claim: Claim, role: str) -> Iterator[Statement]:
    for identifier in claim.fillers(role):
        mention = material.mentions.get(identifier)
        if mention is not None and isinstance(mention.value, Timex):
            yield statement(material, claim, mention, value_of(material, mention))


def _ends_before(act: Statement, start: date) -> bool:
    value = act.value
    return isinstance(value, DateValue) and value.latest is not None and value.latest < start


def part_above(totals: Iterable[Statement], parts: Iterable[Statement]) -> tuple[Statement, Statement] | None:
    """A total and a part of it, of one document, where the part is surely larger than the total."""
    by_document: dict[DocumentId, list[Statement]] = defaultdict(list)
    for total in totals:
        by_document[total.document].append(total)
    return next(
        ((t, part) for part in parts for t in by_document.get(part.document, ()) if _is_above(part, t)), None
    )


def _is_above(part: Statement, total: Statement) -> bool:
    a, b = part.value, total.value
    return (
        isinstance(a, Quantity)
        and isinstance(b, Quantity)
        and a.low is not None
        and b.high is not None
        and a.low > b.high
    )
