"""How well an event is verified by the codebooks' own grades: rules as data, in grades.toml."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import msgspec
from msgspec import Struct

from sourcebook.model import Event
from sourcebook.reconcile.credibility import IMPROBABLE, credibility
from sourcebook.reconcile.making import fact
from sourcebook.reconcile.occurrences import outcomes
from sourcebook.reconcile.statements import Material


class Rule(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One grade and what must hold for it; a condition left out need not hold."""

    name: str
    origins: int
    accepted: bool = False
    competing: bool = False
    denied: bool = False


class Scheme(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One codebook's grades, the first that fits before the others."""

    title: str
    citation: str
    verified: bool
    claim_counts: bool
    grades: tuple[Rule, ...]


class Grade(Struct, frozen=True, kw_only=True):
    """What a codebook would grade an event, and on what grounds in words."""

    codebook: str
    title: str
    grade: str
    why: str
    citation: str
    verified: bool


@cache
def schemes() -> dict[str, Scheme]:
    """Every codebook that grades, by its short name."""
    raw = files("sourcebook.reconcile").joinpath("grades.toml").read_bytes()
    return msgspec.toml.decode(raw, type=dict[str, Scheme])


def grades(material: Material, event: Event) -> tuple[Grade, ...]:
    """The grade of each codebook for an event."""
    told = list(outcomes(material, event))
    said = [s for s in told if not s.denied]
    named = {p.entity for p in event.participants if p.entity and p.role in ("actor", "suspect", "claimant")}
    claimed = [p for p in event.participants if p.role == "claimant" and p.attribution_status == "claimed"]
    rivals = {a for a in named if not any(material.holding(a, b) for b in named if a != b)}
    denied = (
        bool(told) and credibility(told, fact(material, event.id, "happened", told).relation) == IMPROBABLE
    )
    found = []
    for name, scheme in schemes().items():
        kept = said if scheme.claim_counts else [s for s in said if not s.party]
        origins = len({s.origin for s in kept})
        holds = Rule(
            name="", origins=origins, accepted=bool(claimed), competing=len(rivals) > 1, denied=denied
        )
        rule = next(r for r in scheme.grades if _fits(r, holds))
        found.append(
            Grade(
                codebook=name,
                title=scheme.title,
                grade=rule.name,
                why=_why(rule, origins),
                citation=scheme.citation,
                verified=scheme.verified,
            )
        )
    return tuple(found)


def _fits(rule: Rule, holds: Rule) -> bool:
    return (
        holds.origins >= rule.origins
        and (holds.accepted or not rule.accepted)
        and (holds.competing or not rule.competing)
        and (holds.denied or not rule.denied)
    )


def _why(rule: Rule, origins: int) -> str:
    grounds = [f"{origins} independent origin{'' if origins == 1 else 's'}"]
    grounds += ["a party says that it did it"] if rule.accepted else []
    grounds += ["more than one party is named"] if rule.competing else []
    grounds += ["as many say that it did not happen"] if rule.denied else []
    return "; ".join(grounds)
