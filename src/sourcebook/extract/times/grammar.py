"""Time expressions in a run of words: the longest match of any rule, then what the rule makes of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Final, NamedTuple

from sourcebook.extract.tables import rows
from sourcebook.extract.times import absolute, lengths, relative
from sourcebook.extract.times.scene import Found, Scene
from sourcebook.extract.times.words import Word, coded, compiled

_MAKERS: Final[dict[str, Callable[[Scene], Found | None]]] = {
    maker.__name__: maker
    for maker in (
        absolute.full, absolute.daymonth, absolute.dayspan, absolute.monthyear, absolute.monthrel,
        absolute.month, absolute.year, absolute.decade, absolute.century, absolute.quarter,
        absolute.monthspan, absolute.yearspan, absolute.feast,
        relative.weekday, relative.deictic, relative.clock, relative.unitrel,
        relative.unitthat, relative.weekof, relative.partof, lengths.ago, lengths.relative, lengths.span,
        lengths.duration, lengths.bare, lengths.each, relative.refs, relative.season,
    )
}  # fmt: skip


class Match(NamedTuple):
    """Words [start, end) of a passage, and the rule that matched them."""

    start: int
    end: int
    rule: str


@cache
def rules() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The rules of `times_grammar.tsv` in order, compiled."""
    return tuple((rule, compiled(pattern)) for rule, pattern in rows("times_grammar.tsv"))


def matches(words: Sequence[Word]) -> Sequence[Sequence[Match]]:
    """Where rules match, in order: for each stretch, the matches that start there, longest first."""
    return _matched(coded(words))


@lru_cache(maxsize=4)
def _matched(code: str) -> tuple[tuple[Match, ...], ...]:
    starts: dict[int, list[tuple[int, int, str]]] = {}
    for order, (rule, pattern) in enumerate(rules()):
        for match in pattern.finditer(code):
            starts.setdefault(match.start(), []).append((-match.end(), order, rule))
    return tuple(
        tuple(Match(start, -end, rule) for end, _, rule in sorted(starts[start])) for start in sorted(starts)
    )


def make(rule: str, scene: Scene) -> Found | None:
    """What a rule makes of the words it matched; None if they are no time after all."""
    return _MAKERS[rule](scene)


def readings(
    words: Sequence[Word], scene: Callable[[Match], Iterator[Scene]], merge: Callable[[list[Found]], Found]
) -> Iterator[tuple[Match, Found]]:
    """Every time expression, left to right without overlap."""
    at = 0
    for here in matches(words):
        for match in here:
            if match.start < at:
                break
            made = [make(match.rule, s) for s in scene(match)]
            found = [f for f in made if f is not None]
            if found and len(found) == len(made):
                yield match, merge(found)
                at = match.end
                break
