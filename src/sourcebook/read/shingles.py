"""Texts by their runs of words: as hashes, and as sketches by which those that may share many meet."""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sourcebook.model import Document
from sourcebook.text.masks import blank

#: Words in a shingle. Four in a row are rarely shared by chance (Broder 1997 uses the like).
_WIDTH: Final = 4
#: A copy keeps a quarter of the first sixty runs of words, somewhere, even under a new headline or lead.
_OPENING: Final = 60
#: Buckets of the one-permutation MinHash (Li, Owen and Zhang 2012), compared two at a time: a pair
#: that shares half of its shingles meets in one of 32 comparisons with probability 0.9999.
_BUCKETS: Final = 64
_ROWS: Final = 2
#: Buckets by which the resemblance of a pair that met is estimated before its texts are compared.
_FINE: Final = 256
#: How much of one bucket's groups a document is compared with; more would make crowds quadratic.
_NEIGHBOURS: Final = 4
#: Documents that are sketched at a time, and code points after which no more are added to them.
_AT_ONCE: Final = 500
_LONG: Final = 1_000_000
_POWERS: Final = tuple(np.uint64(pow(0x9E3779B97F4A7C15, power, 1 << 64)) for power in (3, 2, 1))
_WORD: Final = re.compile(r"\w+")
_MOST: Final = np.uint64((1 << 64) - 1)

Hashes = NDArray[np.uint64]
Numbers = NDArray[np.int64]


class Shingles(NamedTuple):
    """What is compared of a text: hashes of every four words in a row, all and the opening's, sorted."""

    every: Hashes
    opening: Hashes


class Sketches(NamedTuple):
    """What is held of every document, a row each.

    `coarse` is the least hash in each of few buckets, by which documents meet; `fine` sixteen bits of it in
    each of many, by which two that met are judged; 0 is an empty bucket. `sizes` count shingles.
    """

    coarse: Hashes
    fine: NDArray[np.uint16]
    sizes: Numbers

    def bands(self) -> Iterator[Hashes]:
        """For each comparison what every document is met by, 0 for nothing."""
        for band in range(0, _BUCKETS, _ROWS):
            yield functools.reduce(
                lambda mixed, row: mixed * _POWERS[0] + row, self.coarse.T[band : band + _ROWS]
            )


def shingled(document: Document) -> Shingles:
    """The shingles of the document's own prose; the same on every machine."""
    return shingles(blank(document.text, document.masks))


def shingles(prose: str) -> Shingles:
    """The shingles of a text."""
    runs = _runs(np.array(_words(prose), np.uint64))
    return Shingles(np.unique(runs), np.unique(runs[:_OPENING]))


def sketches(documents: Sequence[Document]) -> Sketches:
    """The sketches of documents, in their order."""
    count = len(documents)
    made = Sketches(
        np.zeros((count, _BUCKETS), np.uint64), np.zeros((count, _FINE), np.uint16), np.zeros(count, np.int64)
    )
    for some in _batches(documents):
        words = [_words(blank(d.text, d.masks)) for d in documents[some]]
        made.coarse[some], made.fine[some], made.sizes[some] = _sketched(words)
    return made


def _batches(documents: Sequence[Document]) -> Iterator[slice]:
    start = length = 0
    for end, document in enumerate(documents, 1):
        length += len(document.text)
        if length > _LONG or end - start == _AT_ONCE or end == len(documents):
            yield slice(start, end)
            start, length = end, 0


def _sketched(texts: Sequence[Sequence[int]]) -> Sketches:
    """The sketches of a few texts, all at once: one by one most of the time goes into the calls."""
    lengths = np.fromiter(map(len, texts), np.int64)
    of = np.repeat(np.arange(len(texts), dtype=np.uint64), lengths)
    runs = _runs(np.fromiter(chain.from_iterable(texts), np.uint64, len(of)))
    within = of[: len(runs)] == of[len(of) - len(runs) :]
    runs, of = runs[within], of[: len(runs)][within]
    # 48 bits of a hash tell the shingles of one text apart
    told = np.sort((of << np.uint64(48)) | (runs >> np.uint64(16)))
    told = told[np.diff(told, prepend=_MOST) != 0]
    sizes = np.bincount((told >> np.uint64(48)).astype(np.int64), minlength=len(texts))
    least = _least(runs, of, len(texts), _FINE)
    fine = np.where(least > 0, (least >> np.uint64(40)) | np.uint64(1), 0).astype(np.uint16)
    return Sketches(_least(runs, of, len(texts), _BUCKETS), fine, sizes)


def _least(runs: Hashes, of: Hashes, texts: int, buckets: int) -> Hashes:
    """The least hash in each bucket of each text; 0 for an empty bucket."""
    least = np.full(texts * buckets, _MOST)
    np.minimum.at(least, of * np.uint64(buckets) + runs % np.uint64(buckets), runs)
    least[least == _MOST] = 0
    return least.reshape(texts, buckets)


def _words(prose: str) -> list[int]:
    """The hashes of the words of a text, at least as many as a shingle has where there are any."""
    found = [*map(_hash, _WORD.findall(prose.casefold()))]
    return found + [0] * (_WIDTH - len(found)) if found else found


def _runs(words: Hashes) -> Hashes:
    # A polynomial over the words' own hashes, modulo 2^64: as good as hashing the four together, and quicker.
    runs: Hashes = words[3:] + words[:-3] * _POWERS[0] + words[1:-2] * _POWERS[1] + words[2:-1] * _POWERS[2]
    return runs


@functools.lru_cache(maxsize=100_000)
def _hash(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "big")


def meetings(keys: Hashes, group: Numbers) -> tuple[Numbers, Numbers]:
    """Pairs of documents of one key and of two groups, in the order of the latter.

    Each is met with the first of the first few groups that have its key: one of a group is enough.
    """
    documents, run = _sharing(keys)
    groups, place = group[documents], np.arange(len(documents))
    by = np.lexsort((place, groups, run))
    first = np.zeros(len(documents), np.int64)
    first[by] = (np.diff(run[by], prepend=-1) != 0) | (np.diff(groups[by], prepend=-1) != 0)
    rank = np.cumsum(first) - first
    rank -= rank[np.searchsorted(run, run)]
    chosen = np.flatnonzero((first > 0) & (rank < _NEIGHBOURS))
    others = np.full((len(documents), _NEIGHBOURS), len(documents))
    others[run[chosen], rank[chosen]] = chosen
    later, which = np.nonzero(others[run] < place[:, None])
    earlier = others[run[later], which]
    apart = groups[earlier] != groups[later]
    left, right = documents[earlier[apart]], documents[later[apart]]
    order = np.lexsort((which[apart], right))
    return left[order], right[order]


def _sharing(keys: Hashes) -> tuple[Numbers, Numbers]:
    """Documents whose key another has too, those of one key together, and the numbers of the keys."""
    order = np.argsort(keys, kind="stable")
    order = order[keys[order] > 0]
    fresh = np.diff(keys[order], prepend=np.uint64(0)) != 0
    several = ~fresh | ~np.append(fresh, True)[1:]
    return order[several], np.cumsum(fresh[several]) - 1
