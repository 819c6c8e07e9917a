"""Whether two names may name one: normal form, similarity, acronyms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import product
from typing import Final

from rapidfuzz.distance import OSA

from sourcebook.ports import Score
from sourcebook.resolve.names.words import given_names, parts, translations
from sourcebook.text.spelling import alike, skeleton, sound, words

#: Two words count as spellings of one from here up (chosen on the development half of name_pairs).
SAME_WORD: Final = 0.66
#: Two names count as one from here up (chosen likewise).
SAME_NAME: Final = 0.70

#: "Abd" with its article and perhaps the name that follows: "abdul", "abdelkarim", "abdurrahman".
_SERVANT_OF: Final = re.compile(r"abd[aeou](?:l|[rsdntz](?=[rsdntz]|$))([^aeioul]\w{2,30})?")
_SPLIT: Final = re.compile(r"[\s\-‐‑–—/]+")


@lru_cache(maxsize=65536)
def normal(name: str, *, person: bool = False) -> tuple[str, ...]:
    """The words of a name that tell who is named, common ones in English: no articles, titles or legal forms.

    Words of a person's name are not translated; one word may become two ("befreiungsfront"). Never empty:
    where nothing would be left, all words stay.
    """
    written = words(name)
    kept = [w for w in written if w not in parts("empty")]
    drop = parts("honorific") if person else parts("legal")
    bare = [w for w in kept if w not in drop] or kept or list(written)
    if person:
        return tuple(_servants(bare))
    return tuple(part for w in bare for part in translations().get(w, w).split())


def _servants(bare: Sequence[str]) -> Iterator[str]:
    """Arabic names of "servant of": "Abd al-Rahman", "Abdul Rahman", "Abdurrahman" as the same two words."""
    for word in bare:
        joined = _SERVANT_OF.fullmatch(word)
        if joined:
            yield from ("abd", *filter(None, joined.groups()))
        else:
            yield word


def key(name: str, *, person: bool = False) -> str:
    """The same for two names that differ in spelling, order, articles and titles only: for blocking."""
    return " ".join(sorted(skeleton(w) or w for w in normal(name, person=person)))


@lru_cache(maxsize=65536)
def exact_key(name: str, *, person: bool = False) -> str:
    """The same for two names that differ in sound-alike spelling, articles and titles only."""
    return " ".join(sound(w) or w for w in normal(name, person=person))


def initials(name: str) -> str:
    """The first letters of the words of a name, without articles and links: "hlf"."""
    return "".join(w[0] for w in words(name) if w not in parts("empty"))


@lru_cache(maxsize=65536)
def abbreviates(short: str, name: str) -> bool:
    """Whether a short form stands for the name: initials in any order but the first, or the tail in full.

    "HLF", "LHF" no, "HFL" yes for Harrow Liberation Front; "HF-North" for "Harrow Front North".
    """
    pieces = [p for p in _SPLIT.split(short) if p]
    if not pieces or not (pieces[0].isupper() or (pieces[0][:1].isupper() and pieces[0][1:2].isupper())):
        return False
    letters, tail = words(pieces[0]), [w for p in pieces[1:] for w in words(p)]
    full = [w for w in words(name) if w not in parts("empty")]
    if not letters or not full:
        return False
    return _spelled(letters[0], tail, full) or _spelled(letters[0], tail, list(normal(name)))


def _spelled(letters: str, tail: list[str], full: list[str]) -> bool:
    firsts = "".join(w[0] for w in full)
    last = "".join(w[0] if len(w) == 1 else "" for w in tail)
    long_tail = [w for w in tail if len(w) > 1]
    if long_tail:
        rest = len(full) - len(long_tail)
        return (
            rest > 0
            and letters == firsts[:rest]
            and all(alike(a, b) >= 0.85 for a, b in zip(long_tail, full[rest:], strict=True))
        )
    short = letters + last
    if len(short) < 2 or short[0] != firsts[0]:
        return False
    return short == firsts or (len(short) > 3 and sorted(short) == sorted(firsts))


def similarity(left: str, right: str, *, person: bool = False) -> Score:
    """How likely two names name one, 0 to 1, and why.

    Words are paired best first; what is left over on one side costs little, on both sides much.
    """
    a, b = normal(left, person=person), normal(right, person=person)
    if a == b or sorted(a) == sorted(b):
        return Score(1.0, "the same words")
    if "".join(a) == "".join(b) or "".join(words(left)) == "".join(words(right)):
        return Score(0.98, "the same letters")
    if not person and (abbreviates(left, right) or abbreviates(right, left)):
        return Score(0.9, "one abbreviates the other")
    return _paired(a, b, person=person)


def _paired(a: tuple[str, ...], b: tuple[str, ...], *, person: bool) -> Score:
    pairs = sorted(
        (
            (value, -abs(i - j), i, j)
            for (i, x), (j, y) in product(enumerate(a), enumerate(b))
            if (value := _word(x, y, person=person)) >= SAME_WORD
        ),
        reverse=True,
    )
    left, right, total, worst = set(range(len(a))), set(range(len(b))), 0.0, 1.0
    for value, _, i, j in pairs:
        if i in left and j in right:
            left.discard(i)
            right.discard(j)
            weight = _weight(a[i], person=person) + _weight(b[j], person=person)
            total += value * weight
            worst = min(worst, value)
    weights = [_weight(w, person=person) for w in (*a, *b)]
    over = sum(_weight(a[i], person=person) for i in left), sum(_weight(b[j], person=person) for j in right)
    share = (total + 0.5 * abs(over[0] - over[1])) / (sum(weights) or 1)
    both = min(over) / (sum(weights) or 1)
    if not person and parts("telling") & {*(a[i] for i in left), *(b[j] for j in right)}:
        return Score(min(share, SAME_NAME - 0.1), _reason(a, b, left, right, worst))
    value = max(share - 1.2 * both, 0.0 if len(a) == len(b) and min(over) else _run_together(a, b))
    return Score(max(0.0, min(value, 0.99)), _reason(a, b, left, right, worst))


def _run_together(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    """How alike two names are without the gaps between words: "Van Der Corvin", "Vandercorvin"."""
    left, right = "".join(a), "".join(b)
    value = 1 - OSA.distance(left, right) / max(len(left), len(right), 1)
    return value if value > 0.88 else 0.0


def _word(left: str, right: str, *, person: bool) -> float:
    if person:
        if given_names().get(left, left) == given_names().get(right, right):
            return 0.95 if left != right else 1.0
        if 1 in (len(left), len(right)) and left[0] == right[0]:
            return 0.8
    elif left.isdigit() or right.isdigit():
        return float(left == right)
    return alike(left, right)


def _weight(word: str, *, person: bool) -> float:
    """Words that many names share weigh less."""
    if person:
        return 1.0 if len(word) > 1 else 0.5
    return 0.5 if word in parts("generic") else 1.0


def _reason(a: tuple[str, ...], b: tuple[str, ...], left: set[int], right: set[int], worst: float) -> str:
    if left and right:
        return f'"{a[min(left)]}" against "{b[min(right)]}"'
    if left or right:
        word = a[min(left)] if left else b[min(right)]
        return f'only one has "{word}"'
    return "the same words, spelled alike" if worst > 0.85 else "the same words, spelled apart"


def same(left: str, right: str, *, person: bool = False) -> bool:
    """Whether two names are held to name one by themselves, without any context."""
    return similarity(left, right, person=person).value >= SAME_NAME
