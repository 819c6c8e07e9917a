"""Copies: which documents say the same, in the same words or translated, so that they count as one origin."""

from __future__ import annotations

import functools
import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sourcebook.model import Document, DocumentId
from sourcebook.read.translations import translations
from sourcebook.text.masks import blank

#: Words in a shingle. Four in a row are rarely shared by chance (Broder 1997 uses the like).
_WIDTH: Final = 4
#: Buckets of the one-permutation MinHash (Li, Owen and Zhang 2012), compared two at a time: a pair
#: that shares half of its shingles meets in one of 32 comparisons with probability 0.9999.
_BUCKETS: Final = 64
_ROWS: Final = 2
#: Buckets by which the resemblance of a pair that met is estimated before its texts are compared, and the
#: standard deviations that it may lie below what would do: three in 100,000 copies are lost by it.
_FINE: Final = 256
_DOUBT: Final = 4.0
#: Shares of shingles above which two texts are one origin: of both together, of the shorter one,
#: and of the shorter one where both credit the same agency.
_RESEMBLES: Final = 0.5
_CONTAINED: Final = 0.65
_CONTAINED_WITH_CREDIT: Final = 0.35
#: Below this many shingles shared, only equal texts are copies: stock phrases would do the rest.
_ENOUGH: Final = 20
#: A copy keeps a quarter of the first sixty runs of words, somewhere, even under a new headline or lead.
_OPENING: Final = 60
_OPENS: Final = 0.25
#: What each must have in lines of its own, in shingles and as a share, and how unlike these must be,
#: for the rest to be furniture.
_OWN: Final = 50
_OWN_SHARE: Final = 0.15
_ALIKE: Final = 0.05
_POWERS: Final = tuple(np.uint64(pow(0x9E3779B97F4A7C15, power, 1 << 64)) for power in (3, 2, 1))
_WORD: Final = re.compile(r"\w+")
#: "KABUL, March 3 (Agency) -" and "(Reporting by ...": the credit in brackets of a dateline.
_CREDIT: Final = re.compile(r"\(([A-Z][A-Za-z.]{1,20}(?: [A-Z][A-Za-z.]{1,20}){0,3})\) {0,2}(?:--?|–|—)")
#: How much of one bucket's groups a document is compared with; more would make crowds quadratic.
_NEIGHBOURS: Final = 4
#: Pairs that are judged at a time.
_JUDGED: Final = 1_024
#: Documents whose shingles are held.
_HELD: Final = 4096

Hashes = NDArray[np.uint64]


class Copy(NamedTuple):
    """Two documents of one origin, the earlier first, and why in words."""

    earlier: DocumentId
    later: DocumentId
    why: str


def origin_groups(documents: Sequence[Document]) -> dict[DocumentId, str]:
    """Every document's group of copies, named after the group's earliest document."""
    ordered = _ordered(documents)
    root, _ = _joined(ordered)
    return {document.id: ordered[_top(root, i)].id for i, document in enumerate(ordered)}


def copies(documents: Sequence[Document]) -> tuple[Copy, ...]:
    """The pairs that join documents into groups, each with its reason; n documents have n-1 pairs."""
    return _joined(_ordered(documents))[1]


def _joined(ordered: list[Document]) -> tuple[list[int], tuple[Copy, ...]]:
    """For each document an earlier one of its group or itself, and the pairs that were found."""
    shingled = functools.lru_cache(maxsize=_HELD)(lambda i: _shingled(ordered[i]))
    sketches = _sketches(ordered, shingled)
    root = list(range(len(ordered)))
    found: list[tuple[int, int, str]] = []
    compared: set[tuple[int, int]] = set()
    for left, right in _candidates(sketches, root):
        first, second = sorted((_top(root, left), _top(root, right)))
        if first == second or (left, right) in compared:
            continue
        compared.add((left, right))
        why = _why(ordered[left], ordered[right], shingled(left), shingled(right))
        if why:
            root[second] = first
            found.append((left, right, why))
    for made in translations(ordered):
        first, second = sorted((_top(root, made.left), _top(root, made.right)))
        if first != second:
            root[second] = first
            found.append(made)
    return root, tuple(Copy(ordered[a].id, ordered[b].id, why) for a, b, why in sorted(found))


def _ordered(documents: Sequence[Document]) -> list[Document]:
    return sorted(documents, key=lambda document: (document.sequence, document.id))


class _Text(NamedTuple):
    """What is compared of a document: hashes of every four words in a row, all and the opening's, sorted."""

    every: Hashes
    opening: Hashes


class _Sketches(NamedTuple):
    """What is held of every document, a row each.

    `coarse` is the least hash in each of few buckets, by which documents meet; `fine` sixteen bits of it in
    each of many, by which two that met are judged; 0 is an empty bucket. `sizes` count shingles, `credits`
    name agencies.
    """

    coarse: Hashes
    fine: NDArray[np.uint16]
    sizes: NDArray[np.int64]
    credits: list[frozenset[str]]


def _sketches(documents: Sequence[Document], shingled: Callable[[int], _Text]) -> _Sketches:
    count = len(documents)
    coarse, fine = np.zeros((count, _BUCKETS), np.uint64), np.zeros((count, _FINE), np.uint16)
    sizes = np.zeros(count, np.int64)
    for i in range(count):
        every = shingled(i).every
        sizes[i] = len(every)
        coarse[i] = _least(every, _BUCKETS)
        least = _least(every, _FINE)
        fine[i] = np.where(least > 0, (least >> np.uint64(40)) | np.uint64(1), 0).astype(np.uint16)
    return _Sketches(coarse, fine, sizes, [_credits(d.text) for d in documents])


def _least(every: Hashes, count: int) -> Hashes:
    """The least hash in each bucket of so many; 0 for an empty bucket."""
    least = np.zeros(count, np.uint64)
    # in falling order, so that the least is written last
    least[every[::-1] % np.uint64(count)] = every[::-1]
    return least


def _shingled(document: Document) -> _Text:
    """The shingles of the document's own prose; the same on every machine."""
    return _text(blank(document.text, document.masks))


def _text(prose: str) -> _Text:
    found = [_hash(word) for word in _WORD.findall(prose.casefold())]
    if not found:
        return _Text(np.empty(0, np.uint64), np.empty(0, np.uint64))
    # A polynomial over the words' own hashes, modulo 2^64: as good as hashing the four together, and quicker.
    words = np.array(found + [0] * max(0, _WIDTH - len(found)), np.uint64)
    runs = words[3:] + words[:-3] * _POWERS[0] + words[1:-2] * _POWERS[1] + words[2:-1] * _POWERS[2]
    return _Text(np.unique(runs), np.unique(runs[:_OPENING]))


@functools.lru_cache(maxsize=100_000)
def _hash(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "big")


def _candidates(sketches: _Sketches, root: list[int]) -> Iterator[tuple[int, int]]:
    """Pairs that agree in one band of their sketches and may be copies by all of them."""
    for band in range(0, _BUCKETS, _ROWS):
        mixed = sketches.coarse[:, band].copy()
        for row in range(1, _ROWS):
            mixed = mixed * _POWERS[0] + sketches.coarse[:, band + row]
        met = list(_met(mixed.tolist(), root))
        for start in range(0, len(met), _JUDGED):
            yield from _promising(met[start : start + _JUDGED], sketches)


def _met(keys: list[int], root: list[int]) -> Iterator[tuple[int, int]]:
    """Pairs of one key, a bounded number for each document."""
    met: dict[int, list[int]] = defaultdict(list)
    for i, key in enumerate(keys):
        if not key:
            continue
        others = met[key]
        for other in others:
            yield other, i
        # One of each group is enough to be met by the next.
        if len(others) < _NEIGHBOURS and all(_top(root, other) != _top(root, i) for other in others):
            others.append(i)


def _promising(pairs: list[tuple[int, int]], sketches: _Sketches) -> Iterator[tuple[int, int]]:
    """Those pairs that may be of one origin by their sketches: most that meet share no more than a phrase.

    The share of buckets in which two sketches agree estimates how much their texts do.
    """
    left, right = np.array(pairs, np.int64).T
    one, two = sketches.fine[left], sketches.fine[right]
    told = np.count_nonzero(one | two, axis=1)
    agree = np.count_nonzero((one == two) & (one != 0), axis=1)
    credited = np.array([not sketches.credits[a].isdisjoint(sketches.credits[b]) for a, b in pairs])
    sizes = np.stack((sketches.sizes[left], sketches.sizes[right]))
    contained = sizes.min(axis=0) * np.where(credited, _CONTAINED_WITH_CREDIT, _CONTAINED)
    least = np.minimum(_RESEMBLES, contained / (sizes.sum(axis=0) - contained))
    enough = told * least - _DOUBT * np.sqrt(told * least * (1 - least))
    return (pair for pair, may in zip(pairs, agree >= enough, strict=True) if may)


def _top(root: list[int], i: int) -> int:
    while root[i] != i:
        root[i] = root[root[i]]
        i = root[i]
    return i


def _why(left: Document, right: Document, one: _Text, other: _Text) -> str | None:
    """The reason in words why these are of one origin; None if they are not held to be."""
    if left.sha256 == right.sha256:
        return "the same file, byte for byte"
    if np.array_equal(one.every, other.every):
        return "the same words throughout"
    shared = _shared(one.every, other.every)
    if shared < _ENOUGH or not _opens_alike(one, other):
        return None
    resemblance = shared / (len(one.every) + len(other.every) - shared)
    contained = shared / min(len(one.every), len(other.every))
    if resemblance < _RESEMBLES and contained < _CONTAINED_WITH_CREDIT:
        return None
    credit = _credits(left.text) & _credits(right.text)
    least = _CONTAINED_WITH_CREDIT if credit else _CONTAINED
    if (resemblance < _RESEMBLES and contained < least) or _only_furniture(left, right):
        return None
    if resemblance >= _RESEMBLES:
        return f"{resemblance:.0%} of their runs of four words are the same{_named(credit)}"
    return f"{contained:.0%} of the shorter text's runs of four words are in the longer{_named(credit)}"


def _only_furniture(left: Document, right: Document) -> bool:
    """Whether two texts share whole lines and nothing else: each has much of its own, on another matter.

    Pages of one site do, where sign-in forms and notices were pasted along. The lines of a copy
    that were edited still resemble those of the other.
    """
    lines = [
        {line.strip() for line in blank(document.text, document.masks).split("\n") if line.strip()}
        for document in (left, right)
    ]
    own = [_text("\n".join(sorted(ours - theirs))).every for ours, theirs in (lines, lines[::-1])]
    every = [_shingled(document).every for document in (left, right)]
    much = all(
        len(part) >= max(_OWN, _OWN_SHARE * len(whole)) for part, whole in zip(own, every, strict=True)
    )
    return much and _shared(*own) < _ALIKE * min(map(len, own))


def _opens_alike(one: _Text, other: _Text) -> bool:
    """Whether the opening of either is in the other: pages of one site share furniture, not openings."""
    return any(
        _shared(a.opening, b.every) >= _OPENS * len(a.opening) for a, b in ((one, other), (other, one))
    )


def _shared(one: Hashes, other: Hashes) -> int:
    return len(np.intersect1d(one, other, assume_unique=True))


def _credits(text: str) -> frozenset[str]:
    return frozenset(found.casefold() for found in _CREDIT.findall(text[:2_000]))


def _named(credit: frozenset[str]) -> str:
    return f", and both credit {', '.join(sorted(credit))}" if credit else ""
