"""Words of a text as mentions are compared by them: lemmas without a parser, kinds, classes, sentences."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from sourcebook.resolve.tables import table

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][a-z]+)?|\d+")
_SENTENCE = re.compile(r"(?<=[.!?\u201d\"])\s+(?=[A-Z\u201c\"])|\n+")
#: Endings and what is put in their place; the first that leaves three letters is taken off.
_ENDINGS = (
    ("'s", ""),
    ("\u2019s", ""),
    ("sses", "ss"),
    ("ies", "y"),
    ("ied", "y"),
    ("ing", ""),
    ("ed", ""),
    ("s", ""),
)
#: Letters that English doubles for good: "fall", "pass", "buzz".
_DOUBLED = "lsz"


class Word(NamedTuple):
    """A word and where it starts."""

    start: int
    text: str

    @property
    def capital(self) -> bool:
        """Whether it starts with a capital."""
        return self.text[:1].isupper()


def words(text: str, start: int = 0) -> list[Word]:
    """Words and numbers, with their places counted from `start`."""
    return [Word(m.start() + start, m[0]) for m in _WORD.finditer(text)]


def spellings(text: str) -> list[str]:
    """Words and numbers alone, in their order."""
    return _WORD.findall(text)


def sentences(text: str) -> list[int]:
    """Where the sentences and lines of a text start."""
    return [0, *(m.end() for m in _SENTENCE.finditer(text))]


@lru_cache(maxsize=100_000)
def lemma(word: str) -> str:
    """A stem that a word shares with its other forms: "raided" and "raids" give "raid"."""
    word = word.lower()
    known = _irregular().get(word)
    if known is not None:
        word = known
    elif not word.endswith("ss"):
        word = _without_ending(word)
    mute = len(word) > 3 and word.endswith("e") and not word.endswith("ee")
    return word[:-1] if mute else word


def _without_ending(word: str) -> str:
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)] + instead
            if len(word) > 3 and word[-1] == word[-2] and word[-1] not in _DOUBLED:
                return word[:-1]
            return word
    return word


def kind(word: str) -> str:
    """Which kind of occurrence a word tells of ("death", "arrest"), "-" where the table does not have it."""
    known = _kinds()
    return known.get(word.lower()) or known.get(lemma(word)) or "-"


def of_class(name: str) -> Mapping[str, str]:
    """The words of one class, each with what it counts as: "two" as "2", "daughter" as "girl"."""
    return _classes().get(name, {})


@cache
def _irregular() -> dict[str, str]:
    return {form: row[0] for row in table("coref_lemmas.tsv") for form in row[1].split()}


@cache
def _kinds() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in table("coref_kinds.tsv"):
        for word in row[1].split():
            found.setdefault(word, row[0])
    return found


@cache
def _classes() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for row in table("coref_words.tsv"):
        for word in row[2].split():
            found.setdefault(row[0], {})[word] = row[1] if row[1] != "*" else word
    return found
