"""One form for the spellings of a word: letters, diacritics, transliteration; and how far two are apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Final

from rapidfuzz.distance import OSA

from sourcebook.text.lexicon import rows

_WORD: Final = re.compile(r"[^\W_]+")
_APOSTROPHES: Final = re.compile(r"[’'ʼʻ`´.]")

#: Spellings of one sound in the romanisation of Arabic, Persian, Urdu and Slavic names, in this order.
_SOUNDS: Final = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("ph", "f"), ("sch|shch", "sh"), ("tch|tsch", "ch"), ("dzh|dj|zh", "j"), ("dh", "d"), ("th", "t"),
        ("kh|gh|h(?=h)", "h"), ("ck|q|c(?![eiyh])", "k"), ("x", "ks"), ("c(?=[eiy])", "s"), ("z", "s"),
        ("w", "v"), ("(?<=.)(?:ay|ai|ey|ei|ae)", "e"), ("ou|oo|o", "u"), ("ee|ie|y|e", "i"),
        (r"h$|(?<=[^aeiou])h(?=[^aeiou])(?<!sh)(?<!ch)", ""), (r"(.)\1+", r"\1"),
    )
)  # fmt: skip
_VOWELS: Final = re.compile("[aeiou]")


@cache
def letters() -> Mapping[int, str]:
    """Letters of other scripts to Latin ones, for `str.translate`."""
    return MappingProxyType({ord(k): "" if v == "-" else v for k, v in rows("sourcebook.text", "letters")})


def latin(text: str) -> str:
    """In small Latin letters without diacritics; other letters by the table, unknown ones kept."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(letters()))
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return _APOSTROPHES.sub("", bare.casefold().translate(letters()))


@lru_cache(maxsize=65536)
def words(text: str) -> tuple[str, ...]:
    """The words of a name in `latin` letters."""
    return tuple(_WORD.findall(latin(text).replace("&", " and ")))


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """What transliterations of one word have in common: "suleimani" and "soleimany" are one."""
    for pattern, sounds in _SOUNDS:
        word = pattern.sub(sounds, word)
    return word


@lru_cache(maxsize=65536)
def skeleton(word: str) -> str:
    """The first letter and the consonants of its `sound`: "muhammad" and "mohamed" are one."""
    heard = sound(word)
    return heard[:1] + _VOWELS.sub("", heard[1:]) if heard else ""


@lru_cache(maxsize=1 << 18)
def alike(left: str, right: str) -> float:
    """How alike two words are, 0 to 1: by sound first, else by edits and swaps (Damerau 1964)."""
    if left == right:
        return 1.0
    one, two = sound(left), sound(right)
    if one == two:
        return 0.97
    if len(left) > 3 and len(right) > 3 and len(skeleton(left)) > 2 and skeleton(left) == skeleton(right):
        return 0.9
    return max(OSA.normalized_similarity(left, right), 0.97 * OSA.normalized_similarity(one, two))
