"""Parts and wholes: branches of groups by claims, places within places by what is known of their location."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from sourcebook.model import Claim, Entity, EntityId, Location, MentionId

#: How far up a chain of parents is followed: none known is longer, and a circle must end.
_DEPTH: Final = 6
_COARSEST_FIRST: Final = ("country", "province", "district", "town", "site")


def above(
    claims: Iterable[Claim], entity_of: Mapping[MentionId, EntityId]
) -> dict[EntityId, frozenset[EntityId]]:
    """What each actor is a part of: its parents, theirs and so on. What has split off is a part no more."""
    parents: dict[EntityId, set[EntityId]] = defaultdict(set)
    split: set[tuple[EntityId, EntityId]] = set()
    for claim in claims:
        if claim.predicate in ("parent", "split_from") and not claim.factuality.denies:
            pair = [entity_of.get(m) for role in ("subject", "object") if (m := claim.filler(role))]
            if len(pair) == 2 and pair[0] and pair[1] and pair[0] != pair[1]:
                if claim.predicate == "parent":
                    parents[pair[0]].add(pair[1])
                else:
                    split.add((pair[0], pair[1]))
    for child, parent in split:
        parents[child].discard(parent)
    return {child: _all_above(child, parents) for child in list(parents)}


def _all_above(child: EntityId, parents: Mapping[EntityId, set[EntityId]]) -> frozenset[EntityId]:
    found: set[EntityId] = set()
    edge = {child}
    for _ in range(_DEPTH):
        edge = {p for c in edge for p in parents.get(c, ())} - found
        found |= edge
    return frozenset(found - {child})


def lies_within(part: Entity, whole: Entity) -> bool:
    """Whether a place is known to lie in another: a town in its province, either in its country."""
    a, b = part.location, whole.location
    if a is None or b is None:
        return False
    if b.within and b.within[0] in a.within[1:]:
        return True  # a reference list has it so
    if not (a.country and a.country == b.country):
        return False
    if not (a.precision in _COARSEST_FIRST and b.precision in _COARSEST_FIRST):
        return False
    if _COARSEST_FIRST.index(a.precision) <= _COARSEST_FIRST.index(b.precision):
        return False
    return b.precision == "country" or (b.precision == "province" and _same_unit(a, b))


def _same_unit(a: Location, b: Location) -> bool:
    return a.unit is not None and a.unit == b.unit


def short_form(one: Entity, other: Entity) -> bool:
    """Whether one name is the other with words left out, and nothing keeps the two apart."""
    if other.id in one.not_same_as or one.id in other.not_same_as or one.kind != other.kind:
        return False
    names = [{w for w in e.name.casefold().replace("-", " ").split() if len(w) > 2} for e in (one, other)]
    return bool(names[0] and names[1]) and (names[0] <= names[1] or names[1] <= names[0])
