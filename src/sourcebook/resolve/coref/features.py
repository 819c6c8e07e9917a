"""What is compared of two mentions, as named features: `coref_weights.tsv` weighs them by name."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from math import sqrt
from typing import NamedTuple

from sourcebook.resolve.coref.mentions import Told

_CONTEXT = (0.02, 0.06, 0.12, 0.2, 0.35, 0.6)
_NEAR = (0.01, 0.1, 0.25, 0.5)
_ALIKE = (0.12, 0.2, 0.3, 0.45, 0.65, 0.9)
_SENTENCES = (1, 2, 3, 5, 9)
_PLACES = (2, 3, 5, 9, 17)


class Pile(NamedTuple):
    """What pairs are seen against: how rare words are, how alike documents, the mentions of each document."""

    rarity: Mapping[str, float]
    unseen: float
    alike: Mapping[tuple[int, int], float]
    by_document: Mapping[int, Sequence[Told]]


def features(one: Told, two: Told, pile: Pile) -> list[str]:
    """The features of a pair; the order of the two makes no difference."""
    same = one.document == two.document
    where = "in" if same else "across"
    words = _words(one, two)
    kinds = "|".join(sorted((one.kind, two.kind)))
    found = [
        "bias",
        f"bias {where}",
        *_both(f"words={words}", where),
        *_both(f"kinds={kinds}", where),
        f"lemmas={'|'.join(sorted((one.lemma, two.lemma)))}",
        f"form={one.head == two.head} {where} {words}",
        *_both(f"before={one.before == two.before}", words),
        *_both(f"plural={one.plural + two.plural}", words),
        f"lead={one.lead + two.lead}",
        f"lead={one.lead + two.lead} {where} {words}",
    ]
    if words == "same":
        found += _both(f"lemma={one.lemma}", where)
    found += _around(one, two, pile, (words, where, kinds))
    found += _distance(one, two, pile, words, kinds) if same else _alike(one, two, pile, words)
    return found


def _both(feature: str, beside: str) -> Iterator[str]:
    """A feature alone, and beside another."""
    yield feature
    yield f"{feature} {beside}"


def _words(one: Told, two: Told) -> str:
    if one.lemma == two.lemma:
        return "same"
    if one.parts & two.parts:
        return "part"
    return "kind" if one.kind == two.kind != "-" else "other"


def _around(one: Told, two: Told, pile: Pile, beside: tuple[str, str, str]) -> Iterator[str]:
    words, where, kinds = beside
    shared = _share(one.context, two.context, pile)
    yield from _both(f"context={bisect_right(_CONTEXT, shared)}", words)
    yield from _both(f"near={bisect_right(_NEAR, _share(one.near, two.near, pile))}", words)
    named = _sets(one.near_names, two.near_names, told_once="one")
    yield from _both(f"names={_sets(one.names, two.names, told_once='one')}", words)
    yield from _both(f"names near={named}", words)
    yield f"names near={named} {kinds}"
    yield f"names near={named} {words} {where} {bisect_right((0.06, 0.2, 0.5), shared)}"
    yield from _both(f"numbers={_sets(one.numbers, two.numbers)}", words)
    for name, mine, theirs in (
        ("people", one.people, two.people),
        ("sexes", one.sexes, two.sexes),
        ("times", one.times, two.times),
        ("counts", one.counts, two.counts),
    ):
        told = f"{name}={_sets(mine, theirs)}"
        yield told
        yield f"{told} {words}"
        yield f"{told} {where}"


def _distance(one: Told, two: Told, pile: Pile, words: str, kinds: str) -> Iterator[str]:
    """How far apart two mentions of one document are, and how many like them stand between."""
    sentences = abs(one.sentence - two.sentence)
    yield from _both(f"sentences={bisect_right(_SENTENCES, sentences)}", words)
    yield f"sentences={bisect_right((1, 3), sentences)} {kinds}"
    low, high = sorted((one.place, two.place))
    yield f"places={bisect_right(_PLACES, high - low)} {words}"
    between = pile.by_document[one.document][low + 1 : high]
    like = sum(m.lemma in (one.lemma, two.lemma) for m in between)
    yield f"between={bisect_right((1, 2, 4), like)} {words}"


def _alike(one: Told, two: Told, pile: Pile, words: str) -> Iterator[str]:
    pair = min(one.document, two.document), max(one.document, two.document)
    yield from _both(f"documents={bisect_right(_ALIKE, pile.alike.get(pair, 0.0))}", words)


def _share(mine: Collection[str], theirs: Collection[str], pile: Pile) -> float:
    """Cosine of two sets of words, each weighed by its rarity."""
    common = set(mine) & set(theirs)
    if not common:
        return 0.0
    return _weight(common, pile) / sqrt(_weight(mine, pile) * _weight(theirs, pile))


def _weight(words: Collection[str], pile: Pile) -> float:
    return sum(pile.rarity.get(w, pile.unseen) ** 2 for w in sorted(words))


def _sets(mine: Collection[str], theirs: Collection[str], *, told_once: str = "no") -> str:
    if mine and theirs:
        return "shared" if set(mine) & set(theirs) else "apart"
    return told_once if mine or theirs else "no"
