"""What two groups of claims cannot both say of one event: family, outcome, dates, countries, towns."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from sourcebook.gazetteer.distance import NEAR, kilometres
from sourcebook.resolve.events import when as events_when
from sourcebook.resolve.events.sketch import Site, Sketch

#: Code points within which "a second blast" is told after the first.
PASSAGE = 600
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
    if one.stage and two.stage and one.stage != two.stage:
        return "one came to pass and the other did not"
    apart = events_when.gap(one.when, two.when)
    patterned = one.when.open_pattern or two.when.open_pattern
    if apart > 1 or (not apart and patterned and events_when.meet(one.when, two.when) is None):
        return "the dates exclude one another"
    return _places_exclude(one, two)


def _counted_apart(one: Sketch, two: Sketch) -> bool:
    """Whether one is "a second blast" told soon after the other in the same text."""
    return any(
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
    towns_here, towns_there = _towns(one.sites), _towns(two.sites)
    if towns_here and towns_there and not _meet(towns_here, towns_there):
        return "different towns"
    return None


@lru_cache(maxsize=1 << 16)
def _lands(sites: frozenset[Site]) -> frozenset[str]:
    return frozenset(s.country for s in sites if s.country)


@lru_cache(maxsize=1 << 16)
def _towns(sites: frozenset[Site]) -> tuple[Site, ...]:
    return tuple(s for s in sites if s.fine and s.precision != "site")


def _meet(mine: Iterable[Site], theirs: Iterable[Site]) -> bool:
    return any(a.key == b.key or near(a, b) for a in mine for b in theirs)


def near(one: Site, two: Site) -> bool:
    """Whether two sites may be one place by their distance; False where either has no point."""
    if one.lat is None or one.lon is None or two.lat is None or two.lon is None:
        return False
    if abs(one.lat - two.lat) * DEGREE > NEAR:
        return False
    return kilometres(one.lat, one.lon, two.lat, two.lon) <= NEAR
