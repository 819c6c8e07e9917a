"""What held on a day: by the terms that sources give, and where they give none by when they said it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from sourcebook.model import DateValue, Days, EntityValue, Fact, Reading, Record

#: For how long before its publication a text that says "is" may be taken at its word.
_PRESENT: Final = timedelta(days=365)
#: Properties of which an actor has one at a time, so that an undated statement is of the time of its text.
_CHANGING: Final = frozenset(("leader", "deputy_leader", "strength", "trend"))


def holding(fact: Fact, day: date | None, record: Record) -> list[Reading]:
    """The readings of a fact that may hold on a day; all of them where no day is given."""
    if day is None:
        return list(fact.readings)
    if fact.property != "founded" and _is_before(fact.subject, day, record):
        return [r for r in fact.readings if any(_term(r)) and may_hold(r, day)]
    if fact.property in _CHANGING:
        return _at(fact.readings, day, record)
    return [r for r in fact.readings if may_hold(r, day)]


def _is_before(subject: str, day: date, record: Record) -> bool:
    """Whether an actor was founded, or split from another, only after a day: then nothing undated was so."""
    begun = [
        start
        for fact in record.facts
        if fact.subject == subject and fact.property in ("founded", "split_from")
        for reading in fact.readings
        if (start := _start(reading)) is not None
    ]
    return bool(begun) and min(begun) > day


def _start(reading: Reading) -> date | None:
    value = reading.value
    if isinstance(value, DateValue):
        return value.earliest
    since = value.since if isinstance(value, EntityValue) else None
    return since.earliest if since else None


def _at(readings: Sequence[Reading], day: date, record: Record) -> list[Reading]:
    """The readings of what changes hands that may hold on a day.

    One with a term holds within it; of several that have begun the last has replaced those without an end.
    One without a term says how things were when its documents were published: it may hold on days of before,
    but not on days a year or more before, and not beside a term that is known to cover the day. Where such
    texts are dated they name the present holder, and a term whose end nobody gives is taken to be over.
    """
    within = _latest_started([r for r in readings if _has_term(r) and may_hold(r, day)])
    if any(all(_term(r)) for r in within):
        return within
    present = [r for r in readings if not _has_term(r) and _said_by(r, day, record)]
    named_now = [r for r in present if _is_dated(r, record)]
    return named_now or within + present


def _term(reading: Reading) -> tuple[Days | None, Days | None]:
    value = reading.value
    return (value.since, value.until) if isinstance(value, EntityValue) else (None, None)


def _has_term(reading: Reading) -> bool:
    since, until = _term(reading)
    return since is not None or until is not None


def may_hold(reading: Reading, day: date) -> bool:
    """Whether no known bound of a reading's term excludes a day; a date must have come."""
    if isinstance(reading.value, DateValue):
        return reading.value.earliest is None or reading.value.earliest <= day
    since, until = _term(reading)
    begun = since is None or since.earliest is None or since.earliest <= day
    over = until is not None and until.latest is not None and until.latest < day
    return begun and not over


def _latest_started(readings: Sequence[Reading]) -> list[Reading]:
    """Of readings that began, the one that began last has replaced the others, unless those name an end."""

    def begins(reading: Reading) -> date:
        since, _ = _term(reading)
        return (since.earliest if since else None) or date.min

    last = max(map(begins, readings), default=date.min)
    return [r for r in readings if begins(r) == last or _term(r)[1] is not None]


def _is_dated(reading: Reading, record: Record) -> bool:
    documents = [d for d in record.documents if d.id in reading.documents]
    return any((d.published or record.dated.get(d.id)) is not None for d in documents)


def _said_by(reading: Reading, day: date, record: Record) -> bool:
    """Whether some document that gives a reading may have been published by then, or soon enough after."""
    published = {d.id: d.published or record.dated.get(d.id) for d in record.documents}
    days = [published.get(d) for d in reading.documents]
    return any(d is None or d.earliest is None or d.earliest <= day + _PRESENT for d in days)
