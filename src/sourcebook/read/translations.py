"""Translations: which documents tell the same names, numbers and dates, in the same order, in two languages.

No dictionary and no model. What crosses from one language to another is compared: numbers, months, and names
by their consonants in Latin letters. Two reports of one incident share its town and its toll; a translation
shares nearly every name and figure, and their order.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Final, NamedTuple

from sourcebook.model import Document
from sourcebook.text.lexicon import rows
from sourcebook.text.masks import blank
from sourcebook.text.spelling import latin

#: Share of the figures and of the names of one text that the other must have, and of these in one order.
_SHARE: Final = 0.6
_ORDER: Final = 0.65
#: Figures and names that must be shared at least; figures alone, and their share, where names tell nothing.
_FIGURES, _NAMES = 3, 4
_FIGURES_ALONE, _SHARE_ALONE = 6, 0.8
#: A text this much shorter than another is at most a summary of it.
_SHORTEST: Final = 0.4
#: What more documents have than this says nothing of two, and what two share at least to be compared.
_COMMON, _MET = 60, 4
#: Consonants that make a name.
_BONES: Final = 3
#: Languages that write every noun with a capital.
_NOUNS: Final = frozenset(("de", "lb"))

_TOKEN: Final = re.compile(r"\d{1,3}(?:[.,\u00a0\u202f ]\d{3})+(?!\d)|\d+|[^\W\d_]+|[.!?\u061f\u3002\n]")
_SPELLED: Final = (
    ("sch", "s"), ("sh", "s"), ("zh", "k"), ("ts", "s"), ("kh", "k"), ("gh", "k"), ("ck", "k"), ("ph", "f"),
)  # fmt: skip
_CLASSES: Final = str.maketrans("vpgjqcxzd", "fbkkkkkst", "aeiouwyh'’")
_DOUBLED: Final = re.compile(r"(.)\1+")


class Translation(NamedTuple):
    """Two documents, by their places in the list given, and why the one is held to translate the other."""

    left: int
    right: int
    why: str


class _Print(NamedTuple):
    """What of a text any language keeps.

    `figures` are numbers and months, `names` capitalised words by their bones, each at its first place;
    `words` are all words so, with the endings that cases and plurals put on left off.
    """

    language: str
    length: int
    figures: dict[str, int]
    names: dict[str, int]
    words: dict[str, int]

    @property
    def tells_names(self) -> bool:
        """Whether capitals mark names, and nothing but names."""
        return bool(self.names) and self.language not in _NOUNS


def translations(documents: Sequence[Document]) -> Iterator[Translation]:
    """Pairs of documents of two languages of which one translates the other, in the order given."""
    if len({d.language for d in documents if d.language}) < 2:
        return
    prints = [_print(d) if d.language else None for d in documents]
    for left, right in _candidates(prints):
        one, two = prints[left], prints[right]
        why = _why(one, two) if one and two else None
        if why:
            yield Translation(left, right, why)


def _candidates(prints: Sequence[_Print | None]) -> list[tuple[int, int]]:
    having: dict[str, list[int]] = defaultdict(list)
    for n, made in enumerate(prints):
        if made:
            for key in (*made.figures, *made.words):
                having[key].append(n)
    met: Counter[tuple[int, int]] = Counter()
    for held in having.values():
        if len(held) <= _COMMON:
            for place, left in enumerate(held):
                met.update((left, right) for right in held[place + 1 :])
    apart = (p for p, count in met.items() if count >= _MET)
    return sorted((a, b) for a, b in apart if _languages(prints[a], prints[b]))


def _languages(one: _Print | None, two: _Print | None) -> bool:
    return one is not None and two is not None and one.language != two.language


def _why(one: _Print, two: _Print) -> str | None:
    short, long = sorted((one, two), key=lambda p: p.length)
    if short.length < _SHORTEST * long.length:
        return None
    figures = {f: (place, long.figures[f]) for f, place in short.figures.items() if f in long.figures}
    told, other = (short, long) if short.tells_names else (long, short)
    names = {n: (place, other.words[n]) for n, place in told.names.items() if n in other.words}
    if not told.tells_names:
        names = {}
    few = len(names) < _NAMES or len(names) < _SHARE * len(told.names)
    if few and (len(figures) < _FIGURES_ALONE or len(figures) < _SHARE_ALONE * len(short.figures)):
        return None
    if len(figures) < _FIGURES or len(figures) < _SHARE * len(short.figures):
        return None
    if any(kind and _in_order(kind.values()) < _ORDER for kind in ({} if few else names, figures)):
        return None
    held = "" if few else f"{len(names)} of {len(told.names)} names and "
    figured = f"{len(figures)} of {len(short.figures)} numbers and months"
    return f"a translation ({one.language}, {two.language}): {held}{figured} in the same order"


def _in_order(places: Iterable[tuple[int, int]]) -> float:
    """The share that stands in one order in both texts (longest increasing run)."""
    ends: list[int] = []
    count = 0
    for _, place in sorted(places):
        count += 1
        at = bisect_left(ends, place)
        ends[at : at + 1] = [place]
    return len(ends) / max(count, 1)


def _print(document: Document) -> _Print:
    figures: dict[str, int] = {}
    names: dict[str, int] = {}
    words: dict[str, int] = {}
    opening = True
    for place, found in enumerate(_TOKEN.finditer(blank(document.text, document.masks))):
        token = found[0]
        figure = _figure(token)
        if figure:
            figures.setdefault(figure, place)
        elif token[0].isalpha():
            for key in _keys(token):
                words.setdefault(key, place)
            bones = _bones(token)
            if token[0].isupper() and not opening and len(bones) >= _BONES:
                names.setdefault(bones, place)
        opening = not token[0].isalnum()
    return _Print(document.language or "", len(document.text), figures, names, words)


def _figure(token: str) -> str | None:
    """A number or a month in one form; the least numbers are articles and pronouns as often as counts."""
    if token[0].isdigit():
        number = int(re.sub(r"\D", "", token))
        return f"# {number}" if number > 1 else None
    return _worded().get(token.casefold())


def _keys(word: str) -> Iterator[str]:
    """The bones of a word, and those without what an ending or a prefixed article may have added."""
    bones = _bones(word)
    for key in (bones, bones[:-1], bones[:-2], bones.removeprefix("l")):
        if len(key) >= _BONES:
            yield key


@cache
def _bones(word: str) -> str:
    """The consonants of a word in Latin letters, those that languages write alike as one."""
    spelled = latin(word)
    for letters, sound in _SPELLED:
        spelled = spelled.replace(letters, sound)
    return _DOUBLED.sub(r"\1", spelled.translate(_CLASSES))


@cache
def _worded() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for sign, table in (("#", "numerals"), ("m", "months")):
        for number, words in rows("sourcebook.read", table):
            for word in words.split():
                found.setdefault(word.casefold(), f"{sign} {number}")
    return found
