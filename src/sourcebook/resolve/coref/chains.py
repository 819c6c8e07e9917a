"""Mentions of events to chains: incidents first, then the pairs' probabilities within each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations
from math import exp

from sourcebook.resolve.coref import documents as alike
from sourcebook.resolve.coref.features import Pile, features
from sourcebook.resolve.coref.linkage import linked
from sourcebook.resolve.coref.mentions import Page, Told, told
from sourcebook.resolve.tables import table

#: Average probability from which mentions are held to be of one event; chosen on development data.
SAME = 0.3
#: Probabilities below this count as none.
_NONE = 0.01

Row = Mapping[str, object]


def chains(mentions: Iterable[Row], documents: Sequence[Row]) -> dict[str, str]:
    """For each mention_id the name of its chain; documents have doc_id, text and, if at all, a title."""
    groups, pile = incidents(mentions, documents)
    found: dict[str, str] = {}
    for group in groups:
        pairs = {
            (n, m): probability(one, two, pile) for (n, one), (m, two) in combinations(enumerate(group), 2)
        }
        kept = {pair: p for pair, p in pairs.items() if p >= _NONE}
        for mention, first in zip(group, linked(len(group), kept, SAME), strict=True):
            found[mention.id] = f"e-{group[first].id}"
    return found


def incidents(mentions: Iterable[Row], documents: Sequence[Row]) -> tuple[list[list[Told]], Pile]:
    """Mentions by incident, and what pairs of them are compared against."""
    number = {str(d["doc_id"]): n for n, d in enumerate(documents)}
    by_document: dict[int, list[Row]] = {}
    for row in mentions:
        by_document.setdefault(number[str(row["doc_id"])], []).append(row)
    noted = {n: told(rows, n, Page(str(documents[n]["text"]))) for n, rows in sorted(by_document.items())}
    texts = [str(d["text"]) for d in documents]
    pairs = alike.likeness(alike.vectors(list(_whole(documents))))
    groups: dict[int, list[Told]] = {}
    for n, incident in enumerate(linked(len(documents), pairs, alike.SAME)):
        groups.setdefault(incident, []).extend(noted.get(n, ()))
    rarity, unseen = alike.rarities(texts)
    return [g for g in groups.values() if g], Pile(rarity, unseen, pairs, noted)


def _whole(documents: Iterable[Row]) -> Iterator[str]:
    for document in documents:
        yield f"{document.get('title') or ''}\n{document['text']}"


def probability(one: Told, two: Told, pile: Pile) -> float:
    """How likely two mentions of one incident are of one event: logistic regression over their features."""
    weights = _weights()
    return 1 / (1 + exp(-sum(weights.get(f, 0.0) for f in features(one, two, pile))))


@cache
def _weights() -> dict[str, float]:
    return {row[0]: float(row[1]) for row in table("coref_weights.tsv")}
