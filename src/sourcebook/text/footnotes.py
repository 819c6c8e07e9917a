"""Glued footnote marks: "in 2014.14" is the year 2014 with mark 14, "Wakil19 highlight" a name with mark 19.

A number glued to a word or to closing punctuation is a mark if the document's marks run on: 1, 2, 3, perhaps
with one or two missing. A number with no such company is left alone, as is one that belongs to a
name (COVID-19, AK-47, F16), to a decimal (2.5) or to a version (1.0).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from sourcebook.model import Mask

#: After a mark: a blank, the end, a closing quote or bracket, or punctuation that no number follows.
_AFTER: Final = r"(?=[\s”’\"')\]]|[.,;:!?—–-](?!\d)|$)"
#: Glued to punctuation that ends a clause: "attacked.18 As", "border,9 legitimises", "erect…”4".
#: Before it stands a letter or a closing quote or bracket, or the last digit of a year.
_AFTER_STOP: Final = re.compile(
    r"(?:[^\W\d_]|[”’\"')\]%…]|(?<![\d,.])(?:1[5-9]|20)\d\d)[.,;:!?…]{1,3}[”’\"')\]]{0,2}(?P<mark>\d{1,3})"
    + _AFTER
)
#: Glued to a closing quote or bracket itself: "the end”4".
_AFTER_QUOTE: Final = re.compile(r"[^\W_][”’)\]](?P<mark>\d{1,3})" + _AFTER)
#: Glued to a word of which three small letters come last: "Salafism8 which"; not "Mi24", "T72".
_AFTER_WORD: Final = re.compile(r"[a-zß-öø-ÿ]{3}(?P<mark>\d{1,3})" + _AFTER)
#: Abbreviations that take a number: "No.4", "Art.5", "pp.12".
_TAKES_NUMBER: Final = re.compile(
    r"(?:\bno|\bnos|\bart|\bsec|\bch|\bvol|\bpp?|\bfig|\bpara|\bv|\bver|\bpt|\bdoc|\bres|\bst|\bhrs?|\bam|\bpm)\.$",
    re.IGNORECASE,
)
#: Glued to what it notes; after a blank a number in brackets may be an editor's: "at least [9] men".
_BRACKETED: Final = re.compile(r"(?<=\S)\[(?:\d{1,3}|[a-z]|citation needed|note \d{1,3})\]")
_RAISED: Final = re.compile(r"(?<![mM\d])[⁰¹²³⁴-⁹]{1,3}")
_STEP: Final = 3
#: A run must have this many marks (two if it begins with 1) and no more holes than marks.
_LEAST: Final = 3
#: One mark alone is believed only where the year before it cannot be a decimal: "since 2014.14 The".
_LONE_YEAR: Final = re.compile(
    r"\b(?:in|since|by|of|until|from|during|before|after|and) (?:1[5-9]|20)\d\d"
    r"\.(?P<mark>\d{1,3})(?=\s{1,9}[A-Z“\"]|\s{0,9}$)"
)


class _Mark(NamedTuple):
    start: int
    end: int
    number: int


def find(text: str) -> tuple[Mask, ...]:
    """The footnote marks of a text: glued ones that run on, [1] in brackets, and raised figures."""
    found = {(mark.start, mark.end) for mark in _run(sorted(set(_glued(text))))}
    found |= {hit.span("mark") for hit in _LONE_YEAR.finditer(text)}
    found |= {hit.span() for pattern in (_BRACKETED, _RAISED) for hit in pattern.finditer(text)}
    return tuple(Mask(start, end, "footnote-mark") for start, end in sorted(found))


def _glued(text: str) -> Iterator[_Mark]:
    for pattern in (_AFTER_STOP, _AFTER_QUOTE, _AFTER_WORD):
        for hit in pattern.finditer(text):
            start, end = hit.span("mark")
            if hit["mark"][0] != "0" and not _TAKES_NUMBER.search(text, max(0, start - 6), start):
                yield _Mark(start, end, int(hit["mark"]))


def _run(marks: list[_Mark]) -> list[_Mark]:
    """The longest run of rising numbers, each at most three above the one before; empty if too weak."""
    length: list[int] = []  # of the longest run that ends at each mark
    came_from: list[int] = []
    last: dict[int, int] = {}  # by number: the mark at which the longest run up to here ends
    for i, mark in enumerate(marks):
        before = [last[n] for n in range(mark.number - _STEP, mark.number) if n in last]
        previous = max(before, key=lambda j: (length[j], j), default=-1)
        length.append(1 + (length[previous] if before else 0))
        came_from.append(previous)
        if mark.number not in last or length[i] > length[last[mark.number]]:
            last[mark.number] = i
    if not marks:
        return []
    at = max(range(len(marks)), key=lambda i: (length[i], -i))
    run: list[_Mark] = []
    while at >= 0:
        run.append(marks[at])
        at = came_from[at]
    run.reverse()
    need = 2 if run[0].number == 1 else _LEAST
    holes = run[-1].number - run[0].number + 1 - len(run)
    return run if len(run) >= need and holes <= len(run) else []
