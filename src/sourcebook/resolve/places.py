"""Which place of the gazetteer a named place is: candidates, choice, reason and precision.

A choice is a weighing in the open: what the text says beside the name counts most, then what countries
its documents speak of, then the size of the place. Close calls between two countries go to review. A site
that no table knows takes the town that its name or its neighbours give, and says so; a country or region
has no point.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

import msgspec

from sourcebook import gazetteer
from sourcebook.model import (
    Document,
    Entity,
    EntityId,
    Location,
    Mention,
    MentionKind,
    Proposal,
    ReferenceList,
)
from sourcebook.resolve.listed_places import ListedPlaces
from sourcebook.resolve.surroundings import Setting, Surroundings, by_document

#: A rival in another country that scores within this of the choice makes a close call.
CLOSE: Final = 0.2
#: A town of fewer people is taken for the one that is meant only if something speaks of its country.
SMALL: Final = 50_000
#: Places of one country in a pile, the name itself among them, that speak for it.
COMPANY: Final = 3
_UNITS: Final = frozenset(("province", "provinces", "region", "state", "governorate", "oblast", "county"))
_TOWNS: Final = frozenset(("city", "town", "village"))

_ARTICLES: Final = frozenset(("the", "a", "an"))
#: A word of fewer letters, all of them capitals, is an acronym and no town.
_SHORT: Final = 4
_ACTORS: Final = (
    MentionKind.ARMED_GROUP,
    MentionKind.ORGANIZATION,
    MentionKind.PERSON,
    MentionKind.MEDIA,
)

_NOWHERE: Final = Location(lat=None, lon=None, precision="none", country=None, basis="not in the gazetteer")


class Located(NamedTuple):
    """The entities with `location` set where there is one, and the close calls for review."""

    entities: list[Entity]
    proposals: list[Proposal]


class _Weighed(NamedTuple):
    score: float
    place: gazetteer.Place
    why: str


def locate(
    entities: Sequence[Entity],
    documents: Iterable[Document],
    mentions: Iterable[Mention],
    references: Iterable[ReferenceList] = (),
) -> Located:
    """Find each place and site; entities of other kinds come back as they are.

    What a reference list says of a place goes before the gazetteer.
    """
    texts = {d.id: d.text for d in documents}
    settings = Surroundings(by_document(mentions), texts)
    spread = _spread(e for e in entities if e.kind is MentionKind.PLACE)
    listed = ListedPlaces(references)
    actors = frozenset(n.casefold() for e in entities if e.kind in _ACTORS for n in _names(e))
    found: list[Entity] = []
    proposals: list[Proposal] = []
    for entity in entities:
        if entity.kind is MentionKind.PLACE:
            best, doubt = _place(entity, settings, spread)
            location = listed.location(entity, best)
            proposals += doubt if location is best else ()
            found.append(msgspec.structs.replace(entity, location=location))
        elif entity.kind is MentionKind.FACILITY:
            at = _site(entity, settings, listed, spread=spread, actors=actors)
            found.append(msgspec.structs.replace(entity, location=listed.location(entity, at)))
        else:
            found.append(entity)
    return Located(found, proposals)


def contains(outer: Location, inner: Location) -> bool | None:
    """Whether `inner` lies in `outer`; None where the tables and lists cannot tell."""
    if outer.within and inner.within and outer.within[-1] == inner.within[-1]:
        return outer.within[0] in inner.within
    if outer.geonames is not None and outer.geonames == inner.geonames:
        return True
    if outer.country is None or inner.country is None:
        return None
    if outer.country != inner.country:
        return False
    if outer.precision == "country":
        return True
    if outer.precision == "province" and outer.unit and inner.unit:
        return outer.unit == inner.unit
    if outer.precision in ("town", "site") and inner.precision in ("town", "site"):
        return None if "site" in (outer.precision, inner.precision) else False
    return None


def _names(entity: Entity) -> set[str]:
    return {entity.name, *(a.name for a in entity.aliases)}


def _place(entity: Entity, settings: Surroundings, spread: Counter[str]) -> tuple[Location, list[Proposal]]:
    names = sorted(_names(entity), key=lambda n: (n != entity.name, n))
    setting = settings.of(entity)
    weighed = sorted(
        (_weigh(p, setting) for name in names for p in _candidates(name)),
        key=lambda w: (-w.score, w.place.id),
    )
    units = [w for w in weighed if w.place.kind == "province" and settings.holds_towns(entity, w.place)]
    if not units and (fixed := next(filter(None, map(_area, names)), None)):
        return fixed, []
    weighed = units or weighed
    if not weighed:
        return _NOWHERE, []
    best = weighed[0]
    unfounded = _unfounded(best, setting, spread, is_word=settings.is_word(entity, entity.name))
    if unfounded:
        doubted = tuple(_named(w) for w in weighed[:5])
        return msgspec.structs.replace(_NOWHERE, basis=unfounded, candidates=doubted), []
    rivals = [w for w in weighed[1:] if w.place.country != best.place.country]
    location = _location(best, weighed)
    if rivals and best.score - rivals[0].score < CLOSE:
        return location, [_doubt(entity.id, best, rivals[0])]
    return location, []


def _candidates(name: str) -> Sequence[gazetteer.Place]:
    """What a name may be; what everybody knows as a province is no village elsewhere."""
    known = gazetteer.lookup(_bare(name))
    inside = gazetteer.unit(_bare(name))
    return [p for p in known if inside is None or (p.kind, p.country) == ("province", inside)]


def _spread(places: Iterable[Entity]) -> Counter[str]:
    """How many places of the pile are best known, by their name alone, in each country."""
    found: Counter[str] = Counter()
    for entity in places:
        known = () if _area(entity.name) else gazetteer.lookup(_bare(entity.name))
        if known:
            found[max(known, key=lambda p: (p.own_name, p.population)).country] += 1
    return found


def _unfounded(best: _Weighed, setting: Setting, spread: Counter[str], *, is_word: bool) -> str:
    """Why a name is not taken for a town abroad that happens to bear it; "" if it may be.

    What speaks for it is its country, beside it or in its documents, or, unless it is an ordinary word, other
    places of that country in the pile: local news names towns and no country.
    """
    place = best.place
    if setting.beside[place.country] or setting.about[place.country] or place.kind != "town":
        return ""
    if is_word:
        return f"not placed: the word is an ordinary one, and nothing speaks of {place.country}"
    if place.population < SMALL and spread[place.country] < COMPANY:
        return f"not placed: {place.name} in {place.country} is small, and nothing speaks of {place.country}"
    return ""


def _area(name: str) -> Location | None:
    """Countries and regions: known, and without a point."""
    land = gazetteer.country(name)
    if land is not None:
        return Location(
            lat=None, lon=None, precision="country", country=land.code, basis=f"country: {land.name}"
        )
    area = gazetteer.region(name)
    if area is None:
        return None
    single = area.countries[0] if len(area.countries) == 1 else None
    basis = f"{area.kind} area of no single point: {area.name}"
    precision = "none" if area.kind == "historical" else "region"
    return Location(lat=None, lon=None, precision=precision, country=single, basis=basis)


def _of_peoples(name: str) -> Location | None:
    """What adjectives tell of: a country ("the Peruvian parliament"), or two ("the Peruvian-Chilean border").

    Used for want of better.
    """
    codes = [_code(word) for word in re.split("[-\u2013]", name)]
    lands = [gazetteer.countries()[code] for code in dict.fromkeys(codes) if code]
    if "" in codes or not lands:
        return None
    if len(lands) == 1:
        return _area(lands[0].name)
    basis = f"area of no single point: {' and '.join(land.name for land in lands)}"
    return Location(lat=None, lon=None, precision="region", country=None, basis=basis)


def _code(word: str) -> str:
    land = gazetteer.country(word)
    codes = (land.code,) if land else gazetteer.adjective(word)
    return codes[0] if len(codes) == 1 else ""


def _bare(name: str) -> str:
    words = name.split()
    return " ".join(words[:-1]) if len(words) > 1 and words[-1].lower() in _UNITS | _TOWNS else name


def _weigh(place: gazetteer.Place, setting: Setting) -> _Weighed:
    reasons: list[str] = []
    score = min(math.log10(place.population + 10) / 7, 1) * 0.5
    if place.own_name:
        score += 0.15
        reasons.append("its own name")
    if setting.beside[place.country]:
        score += 1.0
        reasons.append("the country is named beside it")
    total = sum(setting.about.values())
    if total and setting.about[place.country]:
        score += 0.5 * setting.about[place.country] / total
        reasons.append("the documents speak of the country")
    if place.kind == "province" and setting.words & _UNITS:
        score += 0.5
        reasons.append("called a province")
    elif place.kind == "town" and not setting.words & _UNITS:
        score += 0.25
    return _Weighed(round(score, 4), place, ", ".join(reasons) or "its size")


def _location(best: _Weighed, weighed: Sequence[_Weighed]) -> Location:
    place = best.place
    basis = f"GeoNames {place.id} {place.name}, {place.country} ({best.why})"
    if place.kind == "province":
        basis += "; the point is the centre of its towns, not a site"
    return Location(
        lat=place.lat,
        lon=place.lon,
        precision=place.kind,
        country=place.country,
        basis=basis,
        candidates=tuple(_named(w) for w in weighed[:5]),
        unit=place.unit,
        geonames=place.id,
    )


def _named(weighed: _Weighed) -> str:
    place = weighed.place
    return f"GeoNames {place.id} {place.name}, {place.country}, {place.kind}, {weighed.score:.2f}"


def _doubt(entity: EntityId, best: _Weighed, rival: _Weighed) -> Proposal:
    score = max(0.0, round(1 - (best.score - rival.score) / CLOSE / 2, 3))
    why = f"{_named(best)} ({best.why}) was chosen over {_named(rival)} ({rival.why}) by a small margin"
    return Proposal(kind="place", about=(entity, f"geonames-{rival.place.id}"), score=score, why=why)


def _site(
    entity: Entity,
    settings: Surroundings,
    listed: ListedPlaces,
    *,
    spread: Counter[str],
    actors: frozenset[str],
) -> Location:
    """A site takes the town that its name holds, or that stands beside it; no actor's name is a town."""
    setting = settings.of(entity)
    towns: list[tuple[str, list[_Weighed]]] = []
    areas: list[Location] = []
    for name in (*_parts(entity.name, actors), *(m.name for m in settings.towns(entity))):
        if known := listed.holding(name, _NOWHERE):
            return msgspec.structs.replace(
                known, basis=f"the site is in no table; it stands in {known.basis}"
            )
        area = _area(name) or _of_peoples(name)
        if area is not None:
            areas.append(area)
            continue
        weighed = sorted((_weigh(p, setting) for p in _candidates(name)), key=lambda w: -w.score)
        is_word = settings.is_word(entity, name)
        if weighed and not _unfounded(weighed[0], setting, spread, is_word=is_word):
            towns.append((name, weighed))
    if towns:
        name, weighed = _surest(towns)
        found = _location(weighed[0], weighed)
        return msgspec.structs.replace(
            found, basis=f"the site is in no table; it stands in {name}: {found.basis}"
        )
    if areas:
        basis = f"the site is in no table; {areas[0].basis}"
        return msgspec.structs.replace(areas[0], basis=basis)
    return _NOWHERE


def _parts(name: str, actors: frozenset[str]) -> list[str]:
    """What a site's name begins with, the longest first: "Old Port", "Old" of "the Old Port prison"."""
    words = name.split()
    words = words[1:] if words[0].lower() in _ARTICLES else words
    held = [" ".join(words[:n]) for n in range(len(words) - 1, 0, -1)]
    return [h for h in held if h.casefold() not in actors and not (h.isupper() and len(h) < _SHORT)]


def _surest(towns: Sequence[tuple[str, list[_Weighed]]]) -> tuple[str, list[_Weighed]]:
    """The first; but where that is small and a larger one of its country is named too, that one.

    Quarters bear the names of villages: a theatre is in the city that stands beside it.
    """
    first = towns[0][1][0].place
    if first.population >= SMALL:
        return towns[0]
    of_country = [t for t in towns if t[1][0].place.country == first.country]
    return max(of_country, key=lambda t: t[1][0].place.population)
