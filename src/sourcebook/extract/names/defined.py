"""Names that a text defines itself: "X (Y)"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from sourcebook.extract.names.chunks import Word
from sourcebook.extract.names.kinds import acronym

#: A bracket right after a name, or after the quotation mark that closes it.
BRACKET = re.compile(
    r"[”\"’']{0,2} {0,2}[\(\[]\s?(?:the |or |formerly |aka )?[“\"]?([^\(\)\[\]\n]{1,80}?)[”\"]?[\)\]]"
)

_JOINTS = re.compile(r" (?:in|in the|of|of the|for|and|–|—|-) |[’'][”\"]? ", re.IGNORECASE)


def initials(name: str) -> str:
    """The first letters of the words of a name that begin with a capital, in small letters."""
    return "".join(w[0] for w in re.findall(r"[^\W_]+", name) if w[0].isupper() or w[0].isdigit()).lower()


def abbreviates(short: str, name: str) -> bool:
    """Whether the letters of an acronym are the initials of the name, in any order but the first."""
    letters = re.sub(r"[^a-z0-9]", "", short.lower())
    first = initials(name)
    if not letters or not first or letters[0] != first[0]:
        return False
    return letters == first or (len(letters) > 2 and sorted(letters) == sorted(first))


def shortens(short: str, name: str) -> bool:
    """Whether an acronym, perhaps with words after it, stands for a name: "HF-K", "Harrow Front K"."""
    letters, *tail = re.findall(r"[^\W_]+", short) or [""]
    full = [w for w in re.findall(r"[^\W_]+", name) if w[0].isupper() or w[0].isdigit()]
    head = full[: len(full) - len(tail)]
    return (
        len(head) == len(letters) > 1
        and letters.isupper()
        and "".join(w[0] for w in head) == letters
        and [w.lower() for w in full[len(head) :]] == [w.lower() for w in tail]
    )


def joined(text: str, run: Sequence[Word], spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Pairs of spans of words that are one name by an acronym after them, wherever they stand."""
    pairs = [
        (low, high)
        for (low, middle), (after, high) in pairwise(spans)
        if _JOINTS.fullmatch(text, run[middle].end, run[after].start)
    ]
    whole = {text[run[low].start : run[high].end] for low, high in pairs if _defined(text, run, low, high)}
    return [(low, high) for low, high in pairs if text[run[low].start : run[high].end] in whole]


def _defined(text: str, run: Sequence[Word], low: int, high: int) -> bool:
    bracket = BRACKET.match(text, run[high].end)
    return bool(
        bracket and acronym(bracket[1]) and abbreviates(bracket[1], text[run[low].start : run[high].end])
    )


def definitions(text: str, names: Sequence[tuple[str, int]]) -> list[tuple[str, str]]:
    """(name, other name) of every bracket that holds another name; each name with where it ends."""
    whole = {end for name, end in names if (b := BRACKET.match(text, end)) and abbreviates(b[1], name)}
    brackets = (
        (name, b)
        for name, end in names
        if (b := BRACKET.match(text, end)) and (end not in whole or abbreviates(b[1], name))
    )
    return [(name, b[1]) for name, b in brackets if acronym(b[1]) or acronym(name)]
