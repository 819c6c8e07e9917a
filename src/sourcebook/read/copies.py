"""Copies: which documents say the same in the same words, so that they count as one origin."""

from __future__ import annotations

import hashlib
import re
from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from sourcebook.model import Document, DocumentId
from sourcebook.text.masks import blank

#: Words in a shingle. Four in a row are rarely shared by chance (Broder 1997 uses the like).
_WIDTH: Final = 4
#: Buckets of the one-permutation MinHash (Li, Owen and Zhang 2012), compared two at a time: a pair
#: that shares half of its shingles meets in one of 32 comparisons with probability 0.9999.
_BUCKETS: Final = 64
_ROWS: Final = 2
#: Shares of shingles above which two texts are one origin: of both together, of the shorter one,
#: and of the shorter one where both credit the same agency.
_RESEMBLES: Final = 0.5
_CONTAINED: Final = 0.65
_CONTAINED_WITH_CREDIT: Final = 0.35
#: Below this many shingles shared, only equal texts are copies: stock phrases would do the rest.
_ENOUGH: Final = 20
_WORD: Final = re.compile(r"\w+")
#: "KABUL, March 3 (Agency) -" and "(Reporting by ...": the credit in brackets of a dateline.
_CREDIT: Final = re.compile(r"\(([A-Z][A-Za-z.]{1,20}(?: [A-Z][A-Za-z.]{1,20}){0,3})\) {0,2}(?:--?|–|—)")
#: How much of one bucket's groups a document is compared with; more would make crowds quadratic.
_NEIGHBOURS: Final = 8


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
    shingled = lru_cache(maxsize=512)(lambda i: shingles(ordered[i]))
    sketches = [_sketch(shingled(i)) for i in range(len(ordered))]
    root = list(range(len(ordered)))
    found: list[tuple[int, int, str]] = []
    for left, right in _candidates(sketches, root):
        first, second = sorted((_top(root, left), _top(root, right)))
        if first == second:
            continue
        why = _why(ordered[left], ordered[right], shingled(left), shingled(right))
        if why:
            root[second] = first
            found.append((left, right, why))
    return root, tuple(Copy(ordered[a].id, ordered[b].id, why) for a, b, why in sorted(found))


def _ordered(documents: Sequence[Document]) -> list[Document]:
    return sorted(documents, key=lambda document: (document.sequence, document.id))


def shingles(document: Document) -> frozenset[int]:
    """Hashes of every four words in a row of the document's own prose; the same on every machine."""
    words = [word.casefold() for word in _WORD.findall(blank(document.text, document.masks))]
    if not words:
        return frozenset()
    runs = [words[i : i + _WIDTH] for i in range(max(1, len(words) - _WIDTH + 1))]
    return frozenset(_hash(" ".join(run)) for run in runs)


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")


def _sketch(hashes: frozenset[int]) -> array[int]:
    """The least hash in each bucket; 0 for an empty bucket."""
    least = array("Q", bytes(8 * _BUCKETS))
    for value in hashes:
        bucket = value % _BUCKETS
        if not least[bucket] or value < least[bucket]:
            least[bucket] = value
    return least


def _candidates(sketches: list[array[int]], root: list[int]) -> Iterator[tuple[int, int]]:
    """Pairs that agree in one band of their sketches, a bounded number for each document and band."""
    for band in range(0, _BUCKETS, _ROWS):
        met: dict[tuple[int, ...], list[int]] = defaultdict(list)
        for i, sketch in enumerate(sketches):
            key = tuple(sketch[band : band + _ROWS])
            if not any(key):
                continue
            others = met[key]
            for other in others[:_NEIGHBOURS]:
                yield other, i
            # One of each group is enough to be met by the next.
            if all(_top(root, other) != _top(root, i) for other in others):
                others.append(i)


def _top(root: list[int], i: int) -> int:
    while root[i] != i:
        root[i] = root[root[i]]
        i = root[i]
    return i


def _why(left: Document, right: Document, one: frozenset[int], other: frozenset[int]) -> str | None:
    """The reason in words why these are of one origin; None if they are not held to be."""
    if left.sha256 == right.sha256:
        return "the same file, byte for byte"
    if one == other:
        return "the same words throughout"
    shared = len(one & other)
    resemblance = shared / len(one | other)
    contained = shared / min(len(one), len(other))
    credit = _credits(left.text) & _credits(right.text)
    if shared < _ENOUGH:
        return None
    if resemblance >= _RESEMBLES:
        return f"{resemblance:.0%} of their runs of four words are the same{_named(credit)}"
    if contained >= _CONTAINED:
        return f"{contained:.0%} of the shorter text's runs of four words are in the longer{_named(credit)}"
    if credit and contained >= _CONTAINED_WITH_CREDIT:
        return f"{contained:.0%} of the shorter text's runs of four words are in the longer{_named(credit)}"
    return None


def _credits(text: str) -> frozenset[str]:
    return frozenset(found.casefold() for found in _CREDIT.findall(text[:2_000]))


def _named(credit: frozenset[str]) -> str:
    return f", and both credit {', '.join(sorted(credit))}" if credit else ""
