"""A toll over the time of report: what was said when, where that moved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sourcebook.model import CONTESTED, DocumentId, Fact, Quantity, Reading
from sourcebook.views import wording
from sourcebook.web.book import Book

#: Of the width, in per cent: where the first day stands, how far the last is from it, the least between two.
_LEFT, _WIDTH, _GAP = 6.0, 88.0, 9.0


class Report(NamedTuple):
    """One document's figure: when (per cent from the left), from where to where (per cent from the top)."""

    x: float
    top: float
    foot: float
    label: str
    publisher: str
    reported: str
    claims: Sequence[str]
    open_top: bool
    to_left: bool


class Course(NamedTuple):
    """The figures in the order of report, and the span of days that they cover."""

    reports: Sequence[Report]
    since: str
    until: str
    most: int


def of_fact(book: Book, fact: Fact) -> Course | None:
    """The course of a toll; None where fewer than two days or figures are known, or where nothing moved."""
    if fact.relation not in CONTESTED:
        return None
    found: list[tuple[date, Reading, DocumentId]] = []
    for reading in fact.readings:
        for document in reading.documents:
            days = book.witness.reported(document)
            known = days and (days.latest or days.earliest)
            if isinstance(reading.value, Quantity) and known:
                found.append((known, reading, document))
    if len({day for day, _, _ in found}) < 2 or len({r.text for _, r, _ in found}) < 2:
        return None
    found.sort(key=lambda f: (f[0], f[2]))
    first, last = found[0][0], found[-1][0]
    most = max(n for _, r, _ in found for n in _ends(r))
    across = _across(sorted({day for day, _, _ in found}))
    reports: list[Report] = []
    for day, reading, document in found:
        made = _report(book, (reading, document), x=across[day], most=most)
        same = [r for r in reports if r.x == made.x]
        if not any(r.label == made.label for r in same):
            reports.append(made._replace(to_left=bool(same)))
    return Course(reports, first.isoformat(), last.isoformat(), most)


def _across(order: Sequence[date]) -> dict[date, float]:
    """Days to scale, but never so close that their figures cannot be told apart."""
    span = (order[-1] - order[0]).days or 1
    gap = min(_GAP, _WIDTH / max(1, len(order) - 1))
    at: list[float] = []
    for day in order:
        there = _LEFT + (day - order[0]).days / span * _WIDTH
        at.append(max(there, at[-1] + gap) if at else there)
    at[-1] = min(at[-1], _LEFT + _WIDTH)
    for n in range(len(at) - 2, -1, -1):
        at[n] = min(at[n], at[n + 1] - gap)
    return {day: round(x, 2) for day, x in zip(order, at, strict=True)}


def _ends(reading: Reading) -> tuple[int, int]:
    value = reading.value
    if not isinstance(value, Quantity):
        return (0, 0)
    known = [n for n in (value.low, value.high, value.usual_low, value.usual_high) if n is not None] or [0]
    low = value.low if value.low is not None else min(known)
    high = value.high if value.high is not None else low
    return (low, max(low, high))


def _report(book: Book, said: tuple[Reading, DocumentId], *, x: float, most: int) -> Report:
    reading, document = said
    low, high = _ends(reading)
    held = book.document(document)
    days = book.witness.reported(held.id)
    claims = [c for c in reading.claims if book.entries.claims[c].trigger.document == held.id] or list(
        reading.claims
    )
    value = reading.value
    return Report(
        x,
        _down(high, most),
        _down(low, most),
        wording.reading(value, book.entries.entities, reading.text),
        book.entries.publisher(held.id),
        wording.days(days),
        claims,
        isinstance(value, Quantity) and value.high is None,
        to_left=False,
    )


def _down(number: int, most: int) -> float:
    return round(88 - number / (most or 1) * 74, 2)
