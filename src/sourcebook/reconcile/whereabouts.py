"""Where an event was, by document: places that one event cannot have been in at once.

Two documents agree if any place of the one is, holds, lies in or may be a place of the other: a text names a
village, its province and the capital in one breath. They differ only if every pair of their places is apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations, product
from typing import Final

import msgspec

from sourcebook import gazetteer
from sourcebook.gazetteer.distance import NEAR, kilometres
from sourcebook.model import DocumentId, Entity, EntityValue, Event, Fact, Location, Relation
from sourcebook.reconcile import figures
from sourcebook.reconcile.agreement import GRAVITY, Outcome, Setting, Verdict
from sourcebook.reconcile.ancestry import lies_within
from sourcebook.reconcile.making import fact, told
from sourcebook.reconcile.statements import Material, Statement

#: Precisions of a place that an event can be held to: a region or country is no rival of a town in it.
_FINE: Final = ("site", "town", "district")
_UNITS: Final = (*_FINE, "province")
#: Documents compared with one another at most: those that name a place first.
_MOST: Final = 40
_WITHIN: Final = "the one lies within the other"


def place_fact(material: Material, event: Event, found: Sequence[Statement]) -> Fact:
    """The fact of an event's places (one at least): apart, one in another, or several that may all hold."""
    made = fact(material, event.id, "place", found, setting=Setting(holding=material.holding))
    outcome = _gravest(material, found)
    if outcome is not None:
        verdict, left, right = outcome
        return msgspec.structs.replace(
            made,
            relation=verdict.relation,
            rule=verdict.rule,
            explanation=told(material, left, right, verdict),
            cites=(left.claim, right.claim),
        )
    if made.relation in (Relation.CONFLICT, Relation.INTERNAL, Relation.TENSION):
        words = ", ".join(f"“{r.text}”" for r in made.readings)
        return msgspec.structs.replace(
            made,
            relation=Relation.COMPATIBLE,
            rule="several-may-hold",
            explanation=f"The sources name {words}: an event can have more than one place.",
        )
    return made


def _gravest(material: Material, found: Iterable[Statement]) -> Outcome | None:
    """The gravest pair of documents, by the mildest pair of their places; None where nothing is apart."""
    by_document: dict[DocumentId, dict[str, Statement]] = defaultdict(dict)
    for each in found:
        if each.named and not each.hedged and isinstance(each.value, EntityValue):
            by_document[each.document].setdefault(each.value.entity, each)
    sides = [list(places.values()) for places in by_document.values()][:_MOST]
    outcomes = [o for a, b in combinations(sides, 2) if (o := _mildest(material, a, b))]
    return max(outcomes, key=_gravity, default=None)


def _gravity(outcome: Outcome) -> int:
    return GRAVITY.index(outcome.verdict.relation)


def _mildest(material: Material, left: Sequence[Statement], right: Sequence[Statement]) -> Outcome | None:
    """How two documents stand: None where a pair of their places is one, or may be for all that is known."""
    outcomes = []
    for a, b in product(left, right):
        verdict = _pair(material, a, b)
        if verdict is None:
            return None
        outcomes.append(Outcome(verdict, a, b))
    return min(outcomes, key=_gravity)


def _pair(material: Material, left: Statement, right: Statement) -> Verdict | None:
    one, other = (
        material.entities[s.value.entity] for s in (left, right) if isinstance(s.value, EntityValue)
    )
    if one.id == other.id:
        return None
    if lies_within(one, other) or lies_within(other, one):
        return Verdict(Relation.REFINEMENT, "part-and-whole", _WITHIN)
    apart = _apart(one, other)
    if apart is None or apart.relation is Relation.TENSION:
        return apart
    first, second = sorted((left, right), key=lambda s: material.order[s.document])
    for later in (second, first):
        claim = material.claims[later.claim]
        if words := figures.correction(material.documents[later.document], claim):
            return Verdict(Relation.UPDATED, "replaced-in-words", f"the words correct it (“{words}”)")
    return apart


def _apart(one: Entity, other: Entity) -> Verdict | None:
    """Why two places cannot be one, None where the tables and lists do not tell."""
    a, b = one.location, other.location
    if a is None or b is None or a.precision not in _UNITS or b.precision not in _UNITS:
        return None
    far = _distance(a, b)
    if a.country and b.country and a.country != b.country:
        if _may_be_in(a, b.country) or _may_be_in(b, a.country):
            return None
        because = f"the one is in {_land(a.country)}, the other in {_land(b.country)}"
        return Verdict(Relation.CONFLICT, "countries-apart", because)
    if far is not None and far <= NEAR:
        because = f"{far:.0f} km lie between the two, so that the one may stand for the other"
        return Verdict(Relation.TENSION, "neighbours", because) if far >= 1 else None
    if not _known_apart(a, b):
        return None
    because = "neither lies within the other" + (f", and {far:.0f} km lie between them" if far else "")
    return Verdict(Relation.CONFLICT, "places-apart", because)


def _known_apart(a: Location, b: Location) -> bool:
    """Whether the tables know both so well that the one would be known to lie in the other, or be it."""
    if a.within and b.within and a.within[-1] == b.within[-1]:
        return True
    if a.unit and b.unit and a.unit != b.unit and a.country == b.country:
        return True
    return all(p.precision in ("site", "town") and p.lat is not None for p in (a, b))


def _may_be_in(place: Location, country: str) -> bool:
    """Whether a place of that name was weighed in that country: then the name does not tell which."""
    return any(f", {country}, " in candidate for candidate in place.candidates)


def _distance(a: Location, b: Location) -> float | None:
    """Kilometres between two places known to the town or better."""
    if any(p.precision not in _FINE for p in (a, b)):
        return None
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    return kilometres(a.lat, a.lon, b.lat, b.lon)


def _land(code: str) -> str:
    land = gazetteer.countries().get(code)
    return land.name if land else code
