"""An actor's relations over time: a bar for a term that is given, a dot for a text that gives none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, NamedTuple

from sourcebook.model import Days, EntityValue, Fact, Reading
from sourcebook.views import wording
from sourcebook.views.draw import scale
from sourcebook.views.draw.scale import Tick
from sourcebook.web.book import Book

_WIDE: Final = 100.0
#: The relations that change hands or end, in the order of their rows.
SHOWN: Final = ("leader", "deputy_leader", "parent", "member", "ally", "rival", "split_from", "base")
_MOST: Final = 24


class Term(NamedTuple):
    """One relation: whom with, from where to where in per cent; dots where a text of that day says so."""

    property: str
    other: str
    name: str
    says: str
    left: float | None
    right: float | None
    open_left: bool
    open_right: bool
    dots: Sequence[float]
    claims: Sequence[str]


class Terms(NamedTuple):
    """The relations on one scale, and how many have no place on it."""

    rows: Sequence[Term]
    ticks: Sequence[Tick]
    left_out: int


class _Held(NamedTuple):
    fact: Fact
    reading: Reading
    value: EntityValue
    since: date | None
    until: date | None
    said: Sequence[date]


def draw(book: Book, facts: Iterable[Fact]) -> Terms | None:
    """The relations of an actor; None where no day is known of any."""
    held = [
        _held(book, f, r, r.value)
        for f in facts
        if f.property in SHOWN
        for r in f.readings
        if isinstance(r.value, EntityValue)
    ]
    known = [h for h in held if h.since or h.until or h.said]
    days = [d for h in known for d in (h.since, h.until, *h.said) if d]
    if len(known) < 2 or len(set(days)) < 2:
        return None
    known.sort(key=lambda h: (SHOWN.index(h.fact.property), h.since or h.until or h.said[0], h.value.entity))
    line = scale.over(days, _WIDE)
    rows = [_row(book, h, line) for h in known[:_MOST]]
    return Terms(rows, line.ticks(), len(held) - len(rows))


def _held(book: Book, fact: Fact, reading: Reading, value: EntityValue) -> _Held:
    since, until = _day(value.since, first=True), _day(value.until, first=False)
    reported = [book.witness.reported(d) for d in reading.documents]
    said = sorted({d for r in reported if r and (d := r.latest or r.earliest)})
    return _Held(fact, reading, value, since, until, [] if since or until else said)


def _day(days: Days | None, *, first: bool) -> date | None:
    """The widest that a bound allows: a term from "2014" may have begun on the first of January."""
    if days is None:
        return None
    return (days.earliest or days.latest) if first else (days.latest or days.earliest)


def _row(book: Book, held: _Held, line: scale.Scale) -> Term:
    entity = book.entries.entities.get(held.value.entity)
    bounded = held.since is not None or held.until is not None
    return Term(
        held.fact.property,
        held.value.entity,
        entity.name if entity else held.value.entity,
        wording.reading(held.value, book.entries.entities, held.reading.text),
        (line.at(held.since) if held.since else 0.0) if bounded else None,
        (line.at(held.until) if held.until else _WIDE) if bounded else None,
        bounded and held.since is None,
        bounded and held.until is None,
        [line.at(d) for d in held.said],
        held.reading.claims,
    )
