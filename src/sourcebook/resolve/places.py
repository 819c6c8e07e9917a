"""Which place of the gazetteer a named place is: candidates, choice, reason and precision.

A choice is a weighing in the open: what the text says beside the name counts most, then what countries
its documents speak of, then the size of the place. Close calls between two countries go to review. A site
that no table knows takes the town that its name or its neighbours give, and says so; a country or region
has no point.
"""

from __future__ import annotations

import math
import re
import sys
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

import msgspec

from sourcebook import gazetteer
from sourcebook.model import (
    Document,
    DocumentId,
    Entity,
    EntityId,
    Location,
    Mention,
    MentionId,
    MentionKind,
    Proposal,
    ReferenceList,
)
from sourcebook.resolve.listed_places import ListedPlaces

#: How far apart, in code points, a name and the country or town that qualifies it may stand.
BESIDE: Final = 30
#: A rival in another country that scores within this of the choice makes a close call.
CLOSE: Final = 0.2
#: A town of fewer people is taken for the one that is meant only if something speaks of its country.
SMALL: Final = 50_000
#: Places of one country in a pile, the name itself among them, that speak for it.
COMPANY: Final = 3
#: Larger than the number of any place of a document.
_LAST: Final = sys.maxsize
_WORD: Final = re.compile(r"\b[a-z]{3,30}\b")
_UNITS: Final = frozenset(("province", "provinces", "region", "state", "governorate", "oblast", "county"))
_TOWNS: Final = frozenset(("city", "town", "village"))

_NOWHERE: Final = Location(lat=None, lon=None, precision="none", country=None, basis="not in the gazetteer")


class Located(NamedTuple):
    """The entities with `location` set where there is one, and the close calls for review."""

    entities: list[Entity]
    proposals: list[Proposal]


class _Weighed(NamedTuple):
    score: float
    place: gazetteer.Place
    why: str


class _Setting(NamedTuple):
    """What the documents say around one entity's mentions: countries beside it, and those about."""

    beside: Counter[str]
    about: Counter[str]
    words: frozenset[str]


def locate(
    entities: Sequence[Entity],
    documents: Iterable[Document],
    mentions: Iterable[Mention],
    references: Iterable[ReferenceList] = (),
) -> Located:
    """Find each place and site; entities of other kinds come back as they are.

    What a reference list says of a place goes before the gazetteer.
    """
    by_document = _by_document(mentions)
    texts = {d.id: d.text for d in documents}
    settings = _Settings(by_document, texts)
    spread = _spread(e for e in entities if e.kind is MentionKind.PLACE)
    listed = ListedPlaces(references)
    found: list[Entity] = []
    proposals: list[Proposal] = []
    for entity in entities:
        if entity.kind is MentionKind.PLACE:
            best, doubt = _place(entity, settings, spread)
            location = listed.location(entity, best)
            proposals += doubt if location is best else ()
            found.append(msgspec.structs.replace(entity, location=location))
        elif entity.kind is MentionKind.FACILITY:
            found.append(
                msgspec.structs.replace(
                    entity, location=listed.location(entity, _site(entity, settings, listed))
                )
            )
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


class _Settings:
    """Looks up what surrounds a mention, document by document."""

    def __init__(
        self, by_document: Mapping[DocumentId, list[Mention]], texts: Mapping[DocumentId, str]
    ) -> None:
        self._places = by_document
        self._texts = texts
        self._by_id = {m.id: m for ms in by_document.values() for m in ms}
        self._small: dict[DocumentId, frozenset[str]] = {}
        self._sorted: dict[DocumentId, tuple[list[tuple[int, int]], list[tuple[int, int]]]] = {}
        self._about = {d: Counter(m.country for m in ms if m.country) for d, ms in by_document.items()}

    def of(self, entity: Entity) -> _Setting:
        beside: Counter[str] = Counter()
        about: Counter[str] = Counter()
        words: set[str] = set()
        for mention in self._mentions(entity.mentions):
            about.update(self._about[mention.span.document])
            words.update(mention.exact.lower().split())
            beside.update(m.country for m in self.neighbours(mention) if m.country)
        return _Setting(beside, about, frozenset(words))

    def neighbours(self, mention: Mention) -> list[Mention]:
        """Places that qualify a mention: "Cuzco, Peru", "the Peruvian city of Cuzco", "a church in X"."""
        text = self._texts[mention.span.document]
        at = mention.span
        found: list[Mention] = []
        for other in self._beside(mention):
            left, right = (at, other.span) if at < other.span else (other.span, at)
            if _qualifies(text[left.end : right.start], after=other.span > at):
                found.append(other)
        return found

    def _beside(self, mention: Mention) -> list[Mention]:
        """The places that end or start within reach of a mention and do not touch it, in their order."""
        at = mention.span
        places = self._places[at.document]
        starts, ends = self._edges(at.document)
        after = starts[bisect_right(starts, (at.end, _LAST)) : bisect_right(starts, (at.end + BESIDE, _LAST))]
        before = ends[bisect_left(ends, (at.start - BESIDE, -1)) : bisect_left(ends, (at.start, -1))]
        return [places[n] for n in sorted({n for _, n in (*after, *before)})]

    def _edges(self, document: DocumentId) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """Where the places of a document start and where they end, each with its number, in text order."""
        if document not in self._sorted:
            places = self._places[document]
            self._sorted[document] = (
                sorted((m.span.start, n) for n, m in enumerate(places)),
                sorted((m.span.end, n) for n, m in enumerate(places)),
            )
        return self._sorted[document]

    def is_word(self, entity: Entity) -> bool:
        """Whether a name of one word stands in small letters too where it is named: "Port", "the port"."""
        word = entity.name.lower()
        return any(word in self._ordinary(m.span.document) for m in self._mentions(entity.mentions))

    def _ordinary(self, document: DocumentId) -> frozenset[str]:
        if document not in self._small:
            self._small[document] = frozenset(_WORD.findall(self._texts[document]))
        return self._small[document]

    def _mentions(self, ids: Iterable[MentionId]) -> list[Mention]:
        return [self._by_id[i] for i in ids if i in self._by_id]

    def towns(self, entity: Entity) -> list[Mention]:
        """Places named beside a site, the nearest kind of qualification first."""
        return [n for m in self._mentions(entity.mentions) for n in self.neighbours(m)]


def _qualifies(between: str, *, after: bool) -> bool:
    words = between.strip().lower()
    if any(mark in words for mark in ".;:!?()"):
        return False
    if after:
        return words in (",", "in", "near", ", in", ", near", "of") or words.endswith((" in", " near"))
    return words in ("", "city of", "town of", "province of", "village of", "capital", "city", "’s", "'s")


def _by_document(mentions: Iterable[Mention]) -> dict[DocumentId, list[Mention]]:
    found: dict[DocumentId, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.kind in (MentionKind.PLACE, MentionKind.FACILITY):
            found[mention.span.document].append(mention)
    return found


def _place(entity: Entity, settings: _Settings, spread: Counter[str]) -> tuple[Location, list[Proposal]]:
    names = sorted({entity.name, *(a.name for a in entity.aliases)}, key=lambda n: (n != entity.name, n))
    for name in names:
        if fixed := _area(name):
            return fixed, []
    setting = settings.of(entity)
    weighed = sorted(
        (_weigh(p, setting) for name in names for p in gazetteer.lookup(_bare(name))),
        key=lambda w: (-w.score, w.place.id),
    )
    if not weighed:
        return _NOWHERE, []
    best = weighed[0]
    unfounded = _unfounded(best, setting, spread, is_word=settings.is_word(entity))
    if unfounded:
        doubted = tuple(_named(w) for w in weighed[:5])
        return msgspec.structs.replace(_NOWHERE, basis=unfounded, candidates=doubted), []
    rivals = [w for w in weighed[1:] if w.place.country != best.place.country]
    location = _location(best, weighed)
    if rivals and best.score - rivals[0].score < CLOSE:
        return location, [_doubt(entity.id, best, rivals[0])]
    return location, []


def _spread(places: Iterable[Entity]) -> Counter[str]:
    """How many places of the pile are best known, by their name alone, in each country."""
    found: Counter[str] = Counter()
    for entity in places:
        known = () if _area(entity.name) else gazetteer.lookup(_bare(entity.name))
        if known:
            found[max(known, key=lambda p: (p.own_name, p.population)).country] += 1
    return found


def _unfounded(best: _Weighed, setting: _Setting, spread: Counter[str], *, is_word: bool) -> str:
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


def _of_a_people(word: str) -> Location | None:
    """The country that an adjective tells of: "the Peruvian parliament"; used for want of better."""
    codes = gazetteer.adjective(word)
    if len(codes) != 1 or not codes[0]:
        return None
    return _area(gazetteer.countries()[codes[0]].name)


def _bare(name: str) -> str:
    words = name.split()
    return " ".join(words[:-1]) if len(words) > 1 and words[-1].lower() in _UNITS | _TOWNS else name


def _weigh(place: gazetteer.Place, setting: _Setting) -> _Weighed:
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


def _site(entity: Entity, settings: _Settings, listed: ListedPlaces) -> Location:
    """A site takes the town that its name holds, or that stands beside it."""
    words = entity.name.split()
    held = [" ".join(words[:n]) for n in range(len(words) - 1, 0, -1)]
    beside = [m.name for m in settings.towns(entity)]
    areas: list[Location] = []
    setting = settings.of(entity)
    for name in (*held, *beside):
        if known := listed.holding(name, _NOWHERE):
            return msgspec.structs.replace(
                known, basis=f"the site is in no table; it stands in {known.basis}"
            )
        area = _area(name) or _of_a_people(name)
        if area is not None:
            areas.append(area)
            continue
        weighed = sorted((_weigh(p, setting) for p in gazetteer.lookup(_bare(name))), key=lambda w: -w.score)
        if weighed and weighed[0].place.kind in ("town", "province"):
            found = _location(weighed[0], weighed)
            basis = f"the site is in no table; it stands in {name}: {found.basis}"
            return msgspec.structs.replace(found, basis=basis)
    if areas:
        basis = f"the site is in no table; {areas[0].basis}"
        return msgspec.structs.replace(areas[0], basis=basis)
    return _NOWHERE
