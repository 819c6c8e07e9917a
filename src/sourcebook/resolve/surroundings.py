"""What stands around the mentions of a place: what qualifies it, and what its documents speak of."""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from sourcebook import gazetteer
from sourcebook.model import DocumentId, Entity, Mention, MentionId, MentionKind

#: How far apart, in code points, a name and the country or town that qualifies it may stand.
BESIDE: Final = 30
#: Larger than the number of any place of a document.
_LAST: Final = sys.maxsize
_WORD: Final = re.compile(r"\b[a-z]{3,30}\b")


class Setting(NamedTuple):
    """What the documents say around one entity's mentions: countries beside it, and those about."""

    beside: Counter[str]
    about: Counter[str]
    words: frozenset[str]


class Surroundings:
    """Looks up what surrounds a mention, document by document."""

    def __init__(self, places: Mapping[DocumentId, list[Mention]], texts: Mapping[DocumentId, str]) -> None:
        self._places = places
        self._texts = texts
        self._by_id = {m.id: m for ms in places.values() for m in ms}
        self._small: dict[DocumentId, frozenset[str]] = {}
        self._sorted: dict[DocumentId, tuple[list[tuple[int, int]], list[tuple[int, int]]]] = {}
        self._about = {d: Counter(m.country for m in ms if m.country) for d, ms in places.items()}

    def of(self, entity: Entity) -> Setting:
        """What all mentions of an entity have around them."""
        beside: Counter[str] = Counter()
        about: Counter[str] = Counter()
        words: set[str] = set()
        for mention in self._mentions(entity.mentions):
            about.update(self._about[mention.span.document])
            words.update(mention.exact.lower().split())
            beside.update(m.country for m in self.neighbours(mention) if m.country)
        return Setting(beside, about, frozenset(words))

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

    def is_word(self, entity: Entity, name: str) -> bool:
        """Whether a name of one word stands in small letters too where it is named: "Port", "the port"."""
        word = name.lower()
        return any(word in self._ordinary(m.span.document) for m in self._mentions(entity.mentions))

    def _ordinary(self, document: DocumentId) -> frozenset[str]:
        if document not in self._small:
            self._small[document] = frozenset(_WORD.findall(self._texts[document]))
        return self._small[document]

    def _mentions(self, ids: Iterable[MentionId]) -> list[Mention]:
        return [self._by_id[i] for i in ids if i in self._by_id]

    def holds_towns(self, entity: Entity, unit: gazetteer.Place) -> bool:
        """Whether towns of a unit stand before most mentions of a name: "Atlanta, Georgia" is no country."""
        mentions = self._mentions(entity.mentions)
        led = sum(any(_lies_in(town, unit) for town in self._before(m)) for m in mentions)
        return led * 2 > len(mentions)

    def _before(self, mention: Mention) -> list[Mention]:
        text, start = self._texts[mention.span.document], mention.span.start
        return [m for m in self._beside(mention) if text[m.span.end : start] == ", "]

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


def _lies_in(town: Mention, unit: gazetteer.Place) -> bool:
    """Whether a town of that name is in the unit, and none in the country that has the unit's name."""
    known = gazetteer.lookup(town.name)
    named = gazetteer.country(unit.name)
    return any((p.country, p.unit) == (unit.country, unit.unit) for p in known) and not any(
        named is not None and p.own_name and p.country == named.code for p in known
    )


def by_document(mentions: Iterable[Mention]) -> dict[DocumentId, list[Mention]]:
    """Places and sites by the document that names them."""
    found: dict[DocumentId, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.kind in (MentionKind.PLACE, MentionKind.FACILITY):
            found[mention.span.document].append(mention)
    return found
