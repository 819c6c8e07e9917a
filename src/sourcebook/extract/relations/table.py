"""The pattern table: which word, in which frame, says which relation."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final, NamedTuple

_FOLDER: Final = "sourcebook.extract.lexicon"


class Pattern(NamedTuple):
    """One row: the trigger, what has to hang on it, and where subject and object stand.

    `needs` is `dep=lemma|lemma` for a child that must be there, or "". `subject` and `object` are slots
    of `slots.py` in order of trust; the first that is filled is taken. `kinds` names what the object may be.
    """

    predicate: str
    lemma: str
    pos: str
    needs: str
    subject: tuple[str, ...]
    object: tuple[str, ...]
    kinds: str


def rows(name: str) -> list[list[str]]:
    """The rows of a lexicon file, comment and empty lines left out, cells stripped."""
    text = files(_FOLDER).joinpath(name).read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return [[cell.strip() for cell in line.split("\t")] for line in lines]


@cache
def patterns() -> Mapping[tuple[str, str], tuple[Pattern, ...]]:
    """The patterns by lemma and part of speech of their trigger."""
    table: dict[tuple[str, str], list[Pattern]] = {}
    for predicate, lemma, pos, needs, subject, target, kinds, *_ in rows("relations.tsv"):
        needs = "" if needs == "-" else needs
        row = (predicate, pos, needs, tuple(subject.split("|")), tuple(target.split("|")), kinds)
        for word in lemma.split("|"):
            pattern = Pattern(row[0], word, row[1], row[2], row[3], row[4], row[5])
            table.setdefault((word, pos), []).append(pattern)
    return MappingProxyType({key: tuple(found) for key, found in table.items()})


@cache
def words(kind: str) -> Mapping[str, str]:
    """The words of one kind in `relations_words.tsv`, each with its value."""
    return MappingProxyType(
        {word: value for label, word, value, *_ in rows("relations_words.tsv") if label == kind}
    )
