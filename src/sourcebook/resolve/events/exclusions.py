"""What two groups of claims cannot both say of one event: family, outcome, dates, countries, towns."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from sourcebook.gazetteer.distance import NEAR, kilometres
from sourcebook.resolve.events import when as events_when
from sourcebook.resolve.events.sketch import Sketch
from sourcebook.resolve.events.votes import TOWNS, Site
from sourcebook.resolve.names import SAME_NAME, similarity

#: Code points within which "a second blast" is told after the first.
PASSAGE = 600
#: Precisions that are of a town, by a table; of one; by a table or the text.
_KNOWN = frozenset(("town", "district"))
_SURE = _KNOWN | {"village"}
#: Reports that name a place from which a group is held to it, though it may be no town.
_SEVERAL = 2
#: Kilometres of a degree of latitude, rounded down.
DEGREE = 110.0


def never(one: Sketch, two: Sketch) -> str | None:
    """Why the two cannot be one event, whatever else agrees; None if they can."""
    if one.family != two.family:
        return f"{one.family} is not {two.family}"
    return contradicts(one, two)


def contradicts(one: Sketch, two: Sketch) -> str | None:
    """Why what the two say cannot be of one event: they conflict, or one is told as another just after."""
    if _counted_apart(one, two) or _counted_apart(two, one):
        return "told as another one just after it"
    return conflicts(one, two)


def conflicts(one: Sketch, two: Sketch) -> str | None:
    """Why what the two say cannot be true of one event: outcome, dates, countries, towns."""
    here, there = one.stage, two.stage
    if here and there and here != there:
        return "one came to pass and the other did not"
    apart = _days_apart(one, two)
    patterned = one.when.open_pattern or two.when.open_pattern
    if apart > 1 or (not apart and patterned and events_when.meet(one.when, two.when) is None):
        return "the dates exclude one another"
    return _places_exclude(one, two)


def _days_apart(one: Sketch, two: Sketch) -> int:
    """Days between the claims of the two groups that lie farthest apart, 0 where all may be of one day."""
    begins = [d for d in (one.core[0], two.core[0]) if d is not None]
    ends = [d for d in (one.core[1], two.core[1]) if d is not None]
    return max((max(begins) - min(ends)).days, 0) if begins and ends else 0


def _counted_apart(one: Sketch, two: Sketch) -> bool:
    """Whether one is "a second blast" told soon after the other in the same text."""
    return bool(one.counted_on) and any(
        document == other and 0 < at - start <= PASSAGE
        for document, at in one.counted_on
        for other, start in two.spots - two.counted_on
    )


def _places_exclude(one: Sketch, two: Sketch) -> str | None:
    if not one.sites or not two.sites:
        return None
    here, there = _lands(one.sites), _lands(two.sites)
    if here and there and not here & there:
        return "different countries"
    if towns_apart(one, two):
        mine, theirs = towns(one, two)
        sure = all(s.precision in _SURE for s in (*mine, *theirs))
        if sure or min(_reports(mine, one), _reports(theirs, two)) >= _SEVERAL:
            return "different towns"
    return None


def towns_apart(one: Sketch, two: Sketch) -> bool:
    """Whether each names a village or town, and no two may be one place."""
    if one.main_sites == two.main_sites:
        return False
    mine, theirs = towns(one, two)
    return bool(mine and theirs) and not any(compatible(a, b) for a in mine for b in theirs)


def towns(one: Sketch, two: Sketch) -> tuple[list[Site], list[Site]]:
    """The towns that most claims of each name; where one has none, what may be one by its name."""
    mine, theirs = ([s for s in k.main_sites if s.precision in TOWNS] for k in (one, two))
    sure = tuple([s for s in those if s.precision in _SURE] for those in (mine, theirs))
    return (sure[0], sure[1]) if all(sure) else (mine, theirs)


@lru_cache(maxsize=1 << 16)
def _lands(sites: frozenset[Site]) -> frozenset[str]:
    return frozenset(s.country for s in sites if s.country)


def _reports(sites: Iterable[Site], sketch: Sketch) -> int:
    """How many documents name one of the places as the group's."""
    keys = {s.key for s in sites}
    return len({document for key, document in sketch.named_in if key in keys})


def compatible(one: Site, two: Site) -> bool:
    """Whether two names may be of one place: the same, near, told as in one another, or spelled alike."""
    if one.key == two.key or near(one, two) or one.key in two.near or two.key in one.near:
        return True
    unknown = one.precision not in _KNOWN or two.precision not in _KNOWN
    return unknown and bool(one.name and two.name) and _alike(one.name, two.name)


@lru_cache(maxsize=1 << 16)
def _alike(one: str, two: str) -> bool:
    few, many = sorted((set(one.lower().split()), set(two.lower().split())), key=len)
    return few <= many or similarity(one, two).value >= SAME_NAME


def near(one: Site, two: Site) -> bool:
    """Whether two sites may be one place by their distance; False where either has no point."""
    if one.lat is None or one.lon is None or two.lat is None or two.lon is None:
        return False
    if abs(one.lat - two.lat) * DEGREE > NEAR:
        return False
    return kilometres(one.lat, one.lon, two.lat, two.lon) <= NEAR
