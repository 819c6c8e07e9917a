"""Copies: which documents say the same, in the same words or translated, so that they count as one origin."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np

from sourcebook.model import Document, DocumentId
from sourcebook.read.shingles import (
    Hashes,
    Numbers,
    Shingles,
    Sketches,
    meetings,
    shingled,
    shingles,
    sketches,
)
from sourcebook.read.translations import translations
from sourcebook.text.masks import blank

#: Standard deviations that the resemblance of a pair, as its sketches have it, may lie below what would do:
#: three in 100,000 copies are lost by it.
_DOUBT: Final = 4.0
#: Shares of shingles above which two texts are one origin: of both together, of the shorter one,
#: and of the shorter one where both credit the same agency.
_RESEMBLES: Final = 0.5
_CONTAINED: Final = 0.65
_CONTAINED_WITH_CREDIT: Final = 0.35
#: Below this many shingles shared, only equal texts are copies: stock phrases would do the rest.
_ENOUGH: Final = 20
#: The share of its opening that a copy keeps, somewhere, even under a new headline or lead.
_OPENS: Final = 0.25
#: What each must have in lines of its own, in shingles and as a share, and how unlike these must be,
#: for the rest to be furniture.
_OWN: Final = 50
_OWN_SHARE: Final = 0.15
_ALIKE: Final = 0.05
#: "KABUL, March 3 (Agency) -" and "(Reporting by ...": the credit in brackets of a dateline.
_CREDIT: Final = re.compile(r"\(([A-Z][A-Za-z.]{1,20}(?: [A-Z][A-Za-z.]{1,20}){0,3})\) {0,2}(?:--?|–|—)")
#: Pairs that are judged at a time.
_JUDGED: Final = 1_024
#: Documents whose shingles are held.
_HELD: Final = 4096


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
    text = functools.lru_cache(maxsize=_HELD)(lambda i: shingled(ordered[i]))
    agencies = [_credits(d.text) for d in ordered]
    root = list(range(len(ordered)))
    found: list[tuple[int, int, str]] = []
    compared: set[tuple[int, int]] = set()
    for left, right in _candidates(sketches(ordered), agencies, root):
        first, second = sorted((_top(root, left), _top(root, right)))
        if first == second or (left, right) in compared:
            continue
        compared.add((left, right))
        why = _why(ordered[left], ordered[right], text(left), text(right))
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


def _candidates(
    sketches: Sketches, agencies: list[frozenset[str]], root: list[int]
) -> Iterator[tuple[int, int]]:
    """Pairs that agree in one band of their sketches and may be copies by all of them; `root` may change."""
    for keys in sketches.bands():
        left, right = meetings(keys, _tops(root))
        for start in range(0, len(left), _JUDGED):
            some = slice(start, start + _JUDGED)
            yield from _promising(left[some], right[some], sketches, agencies)


def _promising(
    left: Numbers, right: Numbers, sketches: Sketches, agencies: Sequence[frozenset[str]]
) -> Iterator[tuple[int, int]]:
    """Those pairs that may be of one origin by their sketches: most that meet share no more than a phrase.

    The share of buckets in which two sketches agree estimates how much their texts do.
    """
    one, two = sketches.fine[left], sketches.fine[right]
    told = np.count_nonzero(one | two, axis=1)
    agree = np.count_nonzero((one == two) & (one != 0), axis=1)
    pairs = list(zip(left.tolist(), right.tolist(), strict=True))
    credited = np.array([not agencies[a].isdisjoint(agencies[b]) for a, b in pairs])
    sizes = np.stack((sketches.sizes[left], sketches.sizes[right]))
    contained = sizes.min(axis=0) * np.where(credited, _CONTAINED_WITH_CREDIT, _CONTAINED)
    least = np.minimum(_RESEMBLES, contained / (sizes.sum(axis=0) - contained))
    enough = told * least - _DOUBT * np.sqrt(told * least * (1 - least))
    return (pair for pair, may in zip(pairs, agree >= enough, strict=True) if may)


def _tops(root: Sequence[int]) -> Numbers:
    """The earliest of the group of every document."""
    tops = np.array(root, np.int64)
    while (tops != (above := tops[tops])).any():
        tops = above
    return tops


def _top(root: list[int], i: int) -> int:
    while root[i] != i:
        root[i] = root[root[i]]
        i = root[i]
    return i


def _why(left: Document, right: Document, one: Shingles, other: Shingles) -> str | None:
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
    if (resemblance < _RESEMBLES and contained < least) or _only_furniture(
        (left, right), (one.every, other.every)
    ):
        return None
    if resemblance >= _RESEMBLES:
        return f"{resemblance:.0%} of their runs of four words are the same{_named(credit)}"
    return f"{contained:.0%} of the shorter text's runs of four words are in the longer{_named(credit)}"


def _only_furniture(documents: tuple[Document, Document], every: tuple[Hashes, Hashes]) -> bool:
    """Whether two texts share whole lines and nothing else: each has much of its own, on another matter.

    Pages of one site do, where sign-in forms and notices were pasted along. The lines of a copy
    that were edited still resemble those of the other.
    """
    lines = [
        {line.strip() for line in blank(document.text, document.masks).split("\n") if line.strip()}
        for document in documents
    ]
    own = [shingles("\n".join(sorted(ours - theirs))).every for ours, theirs in (lines, lines[::-1])]
    much = all(
        len(part) >= max(_OWN, _OWN_SHARE * len(whole)) for part, whole in zip(own, every, strict=True)
    )
    return much and _shared(*own) < _ALIKE * min(map(len, own))


def _opens_alike(one: Shingles, other: Shingles) -> bool:
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
