"""Facts about events: toll, date, place, who did it, who claimed it, with what, on what, whether at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import msgspec

from sourcebook.model import (
    Claim,
    DateValue,
    Event,
    Fact,
    Mention,
    MentionKind,
    Relation,
    Status,
    TextValue,
)
from sourcebook.model.vocabulary import TOLL_ROLES
from sourcebook.reconcile import figures
from sourcebook.reconcile.agreement import Setting
from sourcebook.reconcile.making import fact, said
from sourcebook.reconcile.statements import Material, Statement, event_statements, statement
from sourcebook.reconcile.tolls import toll
from sourcebook.reconcile.whereabouts import place_fact

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
    for role in TOLL_ROLES:
        yield from toll(material, event, role)
    for role, name in _ROLES.items():
        yield from _role(material, event, role, name)
    yield from _happened(material, event)


def _role(material: Material, event: Event, role: str, name: str) -> Iterator[Fact]:
    """Entities that hold one another (branch and parent) refine; others are put side by side."""
    told = [s for s in event_statements(material, event, role) if _says_something(s)]
    found = [s for s in told if not s.denied]
    denied = [_negated(s) for s in told if s.denied] if name in _BLAMES else []
    if not found and not denied:
        return
    if name == "place":
        yield place_fact(material, event, found)
        return
    made = fact(material, event.id, name, [*found, *denied], setting=Setting(holding=material.holding))
    if name in ("weapon", "target") and made.relation in _DIFFERING:
        because = _listed(made, name)
        made = msgspec.structs.replace(
            made, relation=Relation.COMPATIBLE, rule="several-may-hold", explanation=because
        )
    yield _disowned(material, made, found, denied) if denied else made


_BLAMES: Final = frozenset(("actor", "claimant"))


def _negated(each: Statement) -> Statement:
    """A denial as an answer of its own."""
    return msgspec.structs.replace(each, value=TextValue(text=f"not {each.name or each.text}"), named=False)


def _disowned(
    material: Material, made: Fact, found: Sequence[Statement], denied: Sequence[Statement]
) -> Fact:
    """One party is named, and somebody says that it was not that one: the gravest thing there is to say."""
    for no in denied:
        for yes in found:
            if yes.name and yes.name == no.name and made.relation is not Relation.CONFLICT:
                who = said(material, yes)
                but = said(material, no).replace(" says ", " denies ").replace(" say ", " deny ")
                interest = f"; {no.party} has an interest in the matter" if no.party else ""
                return msgspec.structs.replace(
                    made,
                    relation=Relation.CONFLICT,
                    rule="denied",
                    explanation=f"{who[0].upper()}{who[1:]}, but {but}{interest}.",
                    cites=(yes.claim, no.claim),
                )
    return made


_DIFFERING: Final = (Relation.CONFLICT, Relation.INTERNAL, Relation.TENSION)


def _says_something(each: Statement) -> bool:
    return not isinstance(each.value, DateValue) or bool(each.value.earliest or each.value.latest)


def _listed(made: Fact, name: str) -> str:
    words = ", ".join(f"“{r.text}”" for r in made.readings)
    return f"The sources name {words}: an event can have more than one {name}."


def _is_told(claim: Claim) -> bool:
    return claim.factuality.asserts and claim.status not in (Status.DENIED, Status.HYPOTHETICAL)


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


def outcomes(material: Material, event: Event) -> Iterator[Statement]:
    """What each claim says became of an event; doubts and denials of who did it are no answer to that."""
    claims = [material.claims[c] for c in event.claims if c in material.claims]
    parties = material.parties(event)
    told = {c.trigger.document for c in claims if not c.attribution and _is_told(c)}
    for claim in claims:
        document = material.documents[claim.trigger.document]
        if not _is_told(claim) and (document.id in told or figures.disowns(document, claim)):
            continue
        words = document.quote(claim.trigger)
        trigger = Mention(span=claim.trigger, exact=words, kind=MentionKind.IDEA)
        value = TextValue(text=_OUTCOMES[claim.status or Status.ACCOMPLISHED])
        yield statement(material, claim, trigger, value, parties=parties)


def _happened(material: Material, event: Event) -> Iterator[Fact]:
    found = list(outcomes(material, event))
    if not found:
        return
    made = fact(material, event.id, "happened", found)
    ends = {r.value.text for r in made.readings if isinstance(r.value, TextValue)}
    if made.relation in (Relation.CONFLICT, Relation.INTERNAL) and "it did not happen" not in ends:
        differ = f"The sources differ on how far it went: {'; '.join(sorted(ends))}."
        made = msgspec.structs.replace(made, relation=Relation.REFINEMENT, rule="how-far", explanation=differ)
    yield made
