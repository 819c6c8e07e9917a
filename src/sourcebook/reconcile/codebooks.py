"""Which figure each codebook's rule picks from a toll's readings, and by what branch.

The rules are in codebooks.toml, with citation and whether they were read there. The record itself picks
nothing: this shows what coders of ACLED, UCDP, GTD and Airwars would write, side by side.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Final

import msgspec
from msgspec import Struct

from sourcebook.errors import NotFound
from sourcebook.model import ClaimId, Days, Quantity


class Codebook(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One codebook's rule. `more_than` is what "more than N" adds to N."""

    title: str
    figure: str
    citation: str
    verified: bool
    conversions: dict[str, int]
    more_than: int


class Figure(Struct, frozen=True, kw_only=True):
    """One reading of a toll as a codebook's coder meets it."""

    text: str
    value: Quantity
    claims: tuple[ClaimId, ...]
    where: str
    reported: Days | None = None
    party: bool = False


class Pick(Struct, frozen=True, kw_only=True):
    """What a rule picks: the numbers by name, the branch taken in words, what was used and set aside."""

    codebook: str
    title: str
    numbers: dict[str, int | None]
    branch: str
    conversions: tuple[str, ...]
    used: tuple[ClaimId, ...]
    set_aside: tuple[str, ...]
    note: str
    citation: str
    verified: bool


class _Point(Struct, frozen=True):
    """A reading turned into the one number that a codebook's row has room for."""

    figure: Figure
    number: int
    how: str


@cache
def codebooks() -> dict[str, Codebook]:
    """Every codebook by its short name."""
    raw = files("sourcebook.reconcile").joinpath("codebooks.toml").read_bytes()
    return msgspec.toml.decode(raw, type=dict[str, Codebook])


def pick(name: str, figures: Sequence[Figure]) -> Pick:
    """What the codebook called `name` picks from the figures.

    Raises:
        NotFound: there is no codebook of that name.
    """
    book = codebooks().get(name)
    if book is None:
        raise NotFound(f"no codebook called {name!r}; there are: {', '.join(sorted(codebooks()))}")
    points = sorted((_point(book, f) for f in figures), key=lambda p: (p.number, p.figure.text))
    if not points:
        return _pick(name, book, {"deaths": None}, "no source gives a figure: left blank", [], [])
    return _RULES[book.figure](name, book, points)


def _point(book: Codebook, figure: Figure) -> _Point:
    value = figure.value
    for word in (value.wording.casefold(), figure.text.casefold()):
        for vague, number in book.conversions.items():
            if vague in word.split():
                return _Point(figure, number, f"“{figure.text}” is {number} by the codebook's own table")
    low = value.low if value.low is not None else value.usual_low
    if value.low is None and value.high is not None:
        return _Point(figure, value.high, f"“{figure.text}” is taken as {value.high}, its upper bound")
    if low is None:
        return _Point(figure, 0, f"“{figure.text}” gives no bound: 0")
    if value.wording.casefold() in ("more than", "over", "in excess of", "upwards of") and low > 0:
        number = low - 1 + book.more_than
        return _Point(figure, number, f"“{figure.text}” is taken as {number}")
    if value.low == value.high:
        return _Point(figure, low, f"“{figure.text}” is {low}")
    return _Point(figure, low, f"“{figure.text}” is taken as {low}, its lower bound")


def _lowest(name: str, book: Codebook, points: Sequence[_Point]) -> Pick:
    chosen = [p for p in points if p.number == points[0].number]
    branch = "the lowest figure" if len(points) > 1 else "the only figure"
    return _pick(name, book, {"deaths": points[0].number}, branch, chosen, points)


def _low_best_high(name: str, book: Codebook, points: Sequence[_Point]) -> Pick:
    credible = [p for p in points if not p.figure.party] or list(points)
    ceilings = [_ceiling(p) for p in points]
    numbers = {"low": credible[0].number, "best": credible[0].number, "high": max(ceilings)}
    branch = "no source is known to be more reliable than the others, so best is the lowest"
    if len(points) == 1:
        branch = "the only figure"
    if any(p.figure.value.high is None for p in points):
        branch += "; high is the largest figure stated and may be exceeded: a source gives no upper bound"
    return _pick(name, book, numbers, branch, points, points)


def _ceiling(point: _Point) -> int:
    value = point.figure.value
    return max(n for n in (point.number, value.low, value.high) if n is not None)


def _recent_majority_lowest(name: str, book: Codebook, points: Sequence[_Point]) -> Pick:
    independent = [p for p in points if not p.figure.party] or list(points)
    if len(independent) == 1:
        return _pick(name, book, {"deaths": independent[0].number}, "the only figure", independent, points)
    recent = _most_recent(independent)
    if recent is not None:
        branch = f"the most recent source ({recent.figure.where})"
        return _pick(name, book, {"deaths": recent.number}, branch, [recent], points)
    counts = Counter(p.number for p in independent for _ in p.figure.claims)
    number, times = counts.most_common(1)[0]
    undecided = "which source is most recent cannot be told from their dates"
    if times * 2 > sum(counts.values()):
        chosen = [p for p in independent if p.number == number]
        return _pick(name, book, {"deaths": number}, f"{undecided}; the majority", chosen, points)
    chosen = [p for p in independent if p.number == independent[0].number]
    branch = f"{undecided}; there is no majority; the lowest figure proffered"
    return _pick(name, book, {"deaths": independent[0].number}, branch, chosen, points)


def _most_recent(points: Sequence[_Point]) -> _Point | None:
    """The one that was surely reported after all others; None where dates are missing or overlap."""

    def first(point: _Point) -> date:
        reported = point.figure.reported
        return (reported.earliest if reported else None) or date.min

    latest = max(points, key=first)
    ends = [p.figure.reported.latest if p.figure.reported else None for p in points if p is not latest]
    return latest if all(end is not None and end < first(latest) for end in ends) else None


def _range(name: str, book: Codebook, points: Sequence[_Point]) -> Pick:
    numbers: dict[str, int | None] = {"min": points[0].number, "max": max(_ceiling(p) for p in points)}
    return _pick(name, book, numbers, "the least and the most that is alleged", points, points)


def _pick(
    name: str,
    book: Codebook,
    numbers: Mapping[str, int | None],
    branch: str,
    chosen: Sequence[_Point],
    points: Sequence[_Point],
) -> Pick:
    aside = [p for p in points if p not in chosen]
    differing = sorted({p.figure.text for p in points})
    note = f"Sources differ: {'; '.join(differing)}." if len({p.number for p in points}) > 1 else ""
    return Pick(
        codebook=name,
        title=book.title,
        numbers=dict(numbers),
        branch=branch,
        conversions=tuple(p.how for p in points),
        used=tuple(c for p in chosen for c in p.figure.claims),
        set_aside=tuple(f"{p.figure.where}: “{p.figure.text}”" for p in aside),
        note=note,
        citation=book.citation,
        verified=book.verified,
    )


_RULES: Final[dict[str, Callable[[str, Codebook, Sequence[_Point]], Pick]]] = {
    "lowest": _lowest,
    "low-best-high": _low_best_high,
    "recent-majority-lowest": _recent_majority_lowest,
    "range": _range,
}
