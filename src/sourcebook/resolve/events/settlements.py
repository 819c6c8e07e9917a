"""Names of places that no table knows: which are towns by the words around them, and which go together.

"The village of Oskalla" is a settlement wherever it is named; "Oskalla in Pervin" tells that one lies in or
by the other, so that a report from either is no report from elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import chain
from typing import NamedTuple

from sourcebook.model import Document, Entity, EntityId, Mention, MentionId, MentionKind
from sourcebook.resolve.surroundings import Surroundings, by_document
from sourcebook.resolve.tables import table

#: Code points before and after a name that are read.
_AROUND = 24


class Settlements(NamedTuple):
    """Keys of places that are towns or villages by what is said of them, and of places named together."""

    known: frozenset[str] = frozenset()
    together: Mapping[str, frozenset[str]] = {}


def key(mention: Mention, entity_of: Mapping[MentionId, EntityId]) -> str:
    """What a place is known by among events: its entity's id, else its name."""
    return entity_of.get(mention.id) or mention.name.lower()


def settlements(
    documents: Iterable[Document],
    mentions: Iterable[Mention],
    entities: Mapping[EntityId, Entity],
    entity_of: Mapping[MentionId, EntityId],
) -> Settlements:
    """What the documents say of the places that no table knows."""
    texts = {d.id: d.text for d in documents}
    places = by_document(m for m in mentions if m.kind is MentionKind.PLACE)
    around = Surroundings(places, texts)
    known: set[str] = set()
    together: dict[str, set[str]] = {}
    for mention in chain.from_iterable(places.values()):
        if _placed(entities.get(entity_of.get(mention.id, EntityId("")))):
            continue
        one = key(mention, entity_of)
        if _called(texts[mention.span.document], mention):
            known.add(one)
        for other in around.neighbours(mention):
            two = key(other, entity_of)
            together.setdefault(one, set()).add(two)
            together.setdefault(two, set()).add(one)
    return Settlements(frozenset(known), {k: frozenset(v) for k, v in together.items()})


def _placed(entity: Entity | None) -> bool:
    where = entity.location if entity is not None else None
    return where is not None and where.precision != "none"


def _called(text: str, mention: Mention) -> bool:
    before, after = _words()
    start, end = mention.span.start, mention.span.end
    last = mention.exact.rpartition(" ")[2]
    return bool(
        before.search(text[max(0, start - _AROUND) : start])
        or after.match(text[end : end + _AROUND])
        or after.match(f" {last}")
    )


@cache
def _words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    rows: dict[str, list[str]] = {}
    for where, words in table("settlements.tsv"):
        rows.setdefault(where, []).append(words)
    before, after = ("|".join(map(re.escape, rows[w])) for w in ("before", "after"))
    leading = re.compile(rf"\b(?:{before})\s$", re.IGNORECASE)
    # "the Pervin town of Oskalla": what comes before the noun is the province
    return leading, re.compile(rf"\s(?:{after})\b(?!\sof\b)", re.IGNORECASE)
