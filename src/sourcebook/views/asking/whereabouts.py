"""In which first-order unit (a state, a province) the things are that a document tells of.

A local report names its town and takes for granted in which of the world's Springfields it is. What stands
beside a town ("Springfield, Ohio") counts most, then units that are named, then the towns by how many people
live in each that has the name. What countries the pile is about, and where the other reports of the same
publisher are, decide the rest.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from sourcebook.gazetteer import Place, abbreviations, country, key, lookup
from sourcebook.model import Document, DocumentId, Mention, MentionKind, Record

#: A first-order unit: ISO country code and GeoNames code.
Unit = tuple[str, str]
Votes = dict[Unit, float]

_BESIDE, _BESIDE_IN_HEADLINE, _NAMED = 3.0, 1.0, 2.0
#: What the other reports of a publisher count for together.
_PUBLISHER: Final = 2.0
#: How many other reports of a publisher it takes to tell where it is.
_TELLING: Final = 0.5
#: Namesakes of a town that are weighed, and people added to each so that villages count a little.
_NAMESAKES: Final = 8
_VILLAGE: Final = 500
#: A county has the name of a town elsewhere, as like as not.
_COUNTY: Final = re.compile(r"(?: |-)?(?:County|COUNTY|Co\.|Parish|PARISH)\b")
#: Whose police, mayor or firemen they are: a town that is no place of its own in the sentence.
_SERVED: Final = re.compile(
    r"\b([A-Z][\w’'-]{1,40}(?: [A-Z][\w’'-]{1,40}){0,2}) (?:[Pp]olice|PD|[Mm]ayor|Fire Department|"
    r"[Ff]irefighters|[Rr]esidents?|man|woman|teen|boy|girl|officers?)\b"
)
_SHORTEST: Final = 3
_HOST: Final = re.compile(r"^\w+://(?:www\.)?([^/]+)")


class Whereabouts:
    """The units of every document of a record, weighed once."""

    def __init__(self, record: Record) -> None:
        places = _places(record.mentions)
        own = {d.id: _votes(d, places.get(d.id, ())) for d in record.documents}
        countries = _countries(own.values())
        weighed = {d: {u: n * countries[u[0]] for u, n in votes.items()} for d, votes in own.items()}
        self._votes = _with_publishers(record.documents, weighed)

    def unit(self, document: DocumentId) -> Unit | None:
        """The unit that most speaks for; None where nothing does."""
        return most(self._votes[document])

    def votes(self, document: DocumentId) -> Votes:
        """How much speaks for each unit."""
        return self._votes[document]


def most(votes: Mapping[Unit, float]) -> Unit | None:
    """The unit of most votes; of equals the first by code."""
    return min(votes, key=lambda u: (-votes[u], u)) if votes else None


def units_of(name: str) -> frozenset[Unit]:
    """The first-order units that a name names: "Ohio", "Punjab" (one in each of two countries)."""
    return frozenset((p.country, p.unit) for p in lookup(name) if p.kind == "province" and p.own_name)


def _places(mentions: Iterable[Mention]) -> dict[DocumentId, list[Mention]]:
    found: dict[DocumentId, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.kind is MentionKind.PLACE:
            found[mention.span.document].append(mention)
    return found


def _votes(document: Document, places: Iterable[Mention]) -> Votes:
    votes: Votes = defaultdict(float)
    headline = len(document.title or "")
    for match in _after_a_comma().finditer(document.text):
        for unit in _called(match[1]):
            votes[unit] += _BESIDE if match.start() >= headline else _BESIDE_IN_HEADLINE
    named = [m.name for m in places if not _COUNTY.match(document.text, m.span.end)]
    named += [m[1] for m in _SERVED.finditer(document.text) if len(m[1]) > _SHORTEST]
    for name in named:
        for unit, n in _of_name(name).items():
            votes[unit] += n
    return dict(votes)


@cache
def _after_a_comma() -> re.Pattern[str]:
    """What stands after "Springfield, ": a short form, or a name of up to three words."""
    short = "|".join(sorted(map(re.escape, abbreviations()), key=len, reverse=True))
    return re.compile(rf"(?<=[\w.], )({short}|[A-Z][a-z]+(?: [A-Z][a-z]+){{0,2}})(?!\w)")


@cache
def _called(words: str) -> frozenset[Unit]:
    short = abbreviations().get(words)
    return frozenset((short,)) if short else units_of(words)


@cache
def _of_name(name: str) -> Mapping[Unit, float]:
    """A unit of that name, or the towns of that name by their size."""
    found = [p for p in lookup(name) if p.own_name]
    if not found or len(key(name)) < _SHORTEST:
        return {}
    units = [p for p in found if p.kind == "province"]
    if units and units[0].population >= max(_size(p) for p in found):
        return {(units[0].country, units[0].unit): _NAMED}
    if country(name):
        return {}
    towns = [p for p in found if p.kind == "town"][:_NAMESAKES]
    total = sum(_size(p) for p in towns)
    return {
        unit: sum(_size(p) / total * min(1.0, math.log10(_size(p)) / 5) for p in towns if _unit(p) == unit)
        for unit in {_unit(p) for p in towns}
    }


def _size(place: Place) -> int:
    return place.population + _VILLAGE


def _unit(place: Place) -> Unit:
    return place.country, place.unit


def _countries(all_votes: Iterable[Votes]) -> dict[str, float]:
    """How much of what is said is about each country."""
    total: dict[str, float] = defaultdict(float)
    for votes in all_votes:
        for (code, _), n in votes.items():
            total[code] += n
    whole = sum(total.values()) or 1
    return {code: n / whole for code, n in total.items()}


def _with_publishers(
    documents: Iterable[Document], votes: Mapping[DocumentId, Votes]
) -> dict[DocumentId, Votes]:
    """The votes with what the other reports of the same publisher speak for."""
    totals: dict[str, Votes] = defaultdict(lambda: defaultdict(float))
    named = [(d.id, _publisher(d)) for d in documents]
    for document, publisher in named:
        for unit, n in _share(votes[document]).items():
            totals[publisher][unit] += n
    return {d: _with_others(votes[d], totals[p] if p else {}) for d, p in named}


def _with_others(own: Votes, totals: Votes) -> Votes:
    mine = _share(own)
    others = {u: n - mine.get(u, 0.0) for u, n in totals.items()}
    total = sum(others.values())
    if total <= _TELLING:
        return dict(own)
    found = defaultdict(float, own)
    for unit, n in others.items():
        found[unit] += max(0.0, _PUBLISHER * n / (total + 1))
    return dict(found)


def _share(votes: Votes) -> Votes:
    total = sum(votes.values())
    return {u: n / total for u, n in votes.items()} if total else {}


def _publisher(document: Document) -> str:
    host = _HOST.match(document.url or "")
    return host[1] if host else str(document.source or "")
