"""Which documents tell of one incident: likeness by rare words and names, then average linkage.

Words are weighed by rarity (Salton and Buckley 1988); names count double, as they tell incidents of one
kind apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from math import log, sqrt

from sourcebook.resolve.coref.words import lemma, of_class, spellings, words

#: Average likeness from which documents are held to tell of one incident; chosen on development data.
SAME = 0.22
#: What a name counts for, against another word.
_NAME = 2.0
#: Words that more than this share of a pile has tell nothing; in a small pile, that more than so many have.
_COMMON, _FEW = 0.3, 5
#: A pile is never taken for smaller than this when rarity is judged.
_FEWEST = 20

#: Documents of a group that are compared with those of another.
_COMPARED = 4
#: Words that two documents share at least before their likeness tells anything.
_TELLING = 8

Vector = Mapping[str, float]


def vectors(texts: Sequence[str]) -> list[Vector]:
    """Each text as a unit vector over the lemmas that it shares with another one."""
    stop = of_class("stop")
    bags: list[Counter[str]] = []
    names: list[set[str]] = []
    for text in texts:
        bag: Counter[str] = Counter()
        small: set[str] = set()
        for word, count in Counter(spellings(text)).items():
            if word.lower() not in stop:
                bag[lemma(word)] += count
                if not word[0].isupper():
                    small.add(lemma(word))
        bags.append(bag)
        names.append(bag.keys() - small)
    spread = Counter(w for bag in bags for w in bag)
    most = max(len(texts) * _COMMON, _FEW)
    rarity = {w: log(max(len(texts), _FEWEST) / n) for w, n in spread.items() if 2 <= n <= most}
    return [
        _unit(
            {
                w: (1 + log(n)) * rarity[w] * (_NAME if w in named else 1)
                for w, n in bag.items()
                if w in rarity
            }
        )
        for bag, named in zip(bags, names, strict=True)
    ]


def _unit(vector: dict[str, float]) -> Vector:
    length = sqrt(sum(x * x for x in vector.values()))
    return {w: x / length for w, x in vector.items()} if length else {}


def likeness(vectors: Sequence[Vector]) -> dict[tuple[int, int], float]:
    """The cosine of every pair that shares a word, the smaller number first."""
    having: dict[str, list[tuple[int, float]]] = {}
    found: dict[tuple[int, int], float] = {}
    for n, vector in enumerate(vectors):
        for word in sorted(vector):
            weight = vector[word]
            for other, theirs in having.setdefault(word, []):
                found[other, n] = found.get((other, n), 0.0) + weight * theirs
            having[word].append((n, weight))
    return found


class Alike:
    """How alike the documents of two groups are, worked out when asked."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._vectors = dict(zip(texts, vectors(list(texts.values())), strict=True))
        self._found: dict[tuple[str, str], float] = {}

    @classmethod
    def given(cls, vectors: Mapping[str, Vector]) -> Alike:
        """The same from vectors that were made elsewhere."""
        made = cls({})
        made._vectors = dict(vectors)
        return made

    def vectors(self, documents: Iterable[str]) -> dict[str, Vector]:
        """The vectors of some documents."""
        return {d: self._vectors[d] for d in sorted(set(documents))}

    def of(self, mine: Iterable[str], theirs: Iterable[str]) -> float:
        """The likeness of the two documents that are most alike, of the first few of each."""
        pairs = product(sorted(mine)[:_COMPARED], sorted(theirs)[:_COMPARED])
        return max((self._pair(min(p), max(p)) for p in pairs), default=0.0)

    def _pair(self, one: str, two: str) -> float:
        if (one, two) not in self._found:
            short, long = sorted((self._vectors[one], self._vectors[two]), key=len)
            shared = [x * long[w] for w, x in short.items() if w in long]
            self._found[one, two] = sum(shared) if len(shared) >= _TELLING else 0.0
        return self._found[one, two]


def rarities(texts: Iterable[str]) -> tuple[dict[str, float], float]:
    """How rare each lemma is among the texts, and how rare one is that none has."""
    bags = [{lemma(w.text) for w in words(t)} for t in texts]
    spread = Counter(w for bag in bags for w in bag)
    return {w: log(len(bags) / n) + 0.1 for w, n in spread.items()}, log(max(len(bags), 2)) + 0.1
