"""Boilerplate: what a page leaves behind in pasted text and is not the document's own prose.

General rules with a word list (`lexicon/boilerplate.tsv`): whole lines of known forms, known
heads of lines, and residue at the very end, glued to the last sentence or not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Final

from sourcebook.model import Mask
from sourcebook.text.lexicon import rows
from sourcebook.text.lines import Line, lines

#: Longer lines are prose, or a disclaimer that names itself in its first words.
_LONGEST: Final = 700
_EDGE_LINES: Final = (8, 4)
_TAIL: Final = 80
_WORD: Final = re.compile(r"\w+")
#: A repeated title stands within this many lines of the title.
_REPEATS_WITHIN: Final = 5

_Rules = tuple[tuple[str, re.Pattern[str]], ...]


@cache
def _rules(where: str) -> _Rules:
    return tuple(
        (why, re.compile(pattern, re.IGNORECASE))
        for why, place, pattern in rows("sourcebook.text", "boilerplate")
        if place == where
    )


def find(text: str) -> tuple[Mask, ...]:
    """The boilerplate of a text, in order and without overlaps."""
    every = list(lines(text))
    found = list(_whole_lines(every))
    found += _heads(every, taken={mask.start for mask in found})
    found += _repeats([line for line in every[: _REPEATS_WITHIN + 1] if not _within(line, found)], found)
    found += _ending(text, found)
    return tuple(sorted(found))


def _whole_lines(every: list[Line]) -> Iterator[Mask]:
    first, last = _EDGE_LINES
    for i, line in enumerate(every):
        if len(line.text) > _LONGEST:
            continue
        rules = _rules("line")
        if i < first or i >= len(every) - last:
            rules += _rules("edge")
        # The first line is the title if anything is: "Watch | Who are they?" loses its head, not its all.
        why = None if i == 0 and _head(line) else _first(rules, line.text)
        if why:
            yield Mask(line.start, line.end, why)


def _first(rules: _Rules, text: str) -> str | None:
    return next((why for why, pattern in rules if pattern.fullmatch(text)), None)


def _head(line: Line) -> Mask | None:
    for why, pattern in _rules("start"):
        found = pattern.match(line.text)
        if found and found.end() < len(line.text):
            return Mask(line.start, line.start + found.end(), why)
    return None


def _heads(every: list[Line], taken: set[int]) -> list[Mask]:
    heads = (_head(line) for line in every if line.start not in taken)
    return [mask for mask in heads if mask]


def _within(line: Line, masks: list[Mask]) -> bool:
    return any(mask.start <= line.start and line.end <= mask.end for mask in masks)


def _repeats(top: list[Line], heads: list[Mask]) -> list[Mask]:
    """Lines below the title that say the title, or half of it, again."""
    if not top or "http" in top[0].text:
        return []
    ends = {mask.start: mask.end - mask.start for mask in heads}
    title = _words(top[0].text[ends.get(top[0].start, 0) :])
    return [
        Mask(line.start, line.end, "boilerplate")
        for line in top[1:]
        if len(_words(line.text)) > 1 and line.text[-1] != "." and _contains(title, _words(line.text))
    ]


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _contains(whole: list[str], part: list[str]) -> bool:
    return any(whole[i : i + len(part)] == part for i in range(len(whole) - len(part) + 1))


def _ending(text: str, found: list[Mask]) -> list[Mask]:
    """Residue at the very end, where it need not have a line of its own."""
    end = len(text.rstrip())
    tail = max(0, end - _TAIL)
    for why, pattern in _rules("end"):
        for hit in pattern.finditer(text, tail, end):
            glued = hit.start() == 0 or not (text[hit.start() - 1].isalnum() or text[hit.start() - 1] == " ")
            if hit.end() == end and glued and not any(m.start < end and hit.start() < m.end for m in found):
                return [Mask(hit.start(), end, why)]
    return []


def merged(*groups: tuple[Mask, ...]) -> tuple[Mask, ...]:
    """Masks of several finders as one, in order: where two overlap, the earlier keeps what they share."""
    out: list[Mask] = []
    for mask in sorted(mask for group in groups for mask in group):
        start = max(mask.start, out[-1].end) if out else mask.start
        if start < mask.end:
            out.append(Mask(start, mask.end, mask.why))
    assert all(a.end <= b.start for a, b in pairwise(out))  # noqa: S101 - what the line above makes true
    return tuple(out)
