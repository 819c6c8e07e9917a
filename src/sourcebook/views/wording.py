"""Values as a reader sees them: ranges, days, lists."""

from __future__ import annotations

from collections.abc import Mapping

from sourcebook.model import (
    CONTESTED,
    DateValue,
    Days,
    Entity,
    EntityId,
    EntityValue,
    Fact,
    Quantity,
    ReadingValue,
)

#: Between readings that differ, and between readings that can all be true.
DIFFERS = " ≠ "
AGREES = " ~ "


def number(value: Quantity) -> str:
    """A quantity as bounds: "137", "≥137", "≤99", "90-99"; the usual bounds where only they are closed.

    "About 40" has no hard bound: it is "~36-44".
    """
    low, high = value.low, value.high
    if low is None and high is None and None not in (value.usual_low, value.usual_high):
        return f"~{value.usual_low:,}-{value.usual_high:,}"
    if low is None and value.usual_low is not None and value.usual_high == high:
        low = value.usual_low
    if low is not None and high is not None:
        return f"{low:,}" if low == high else f"{low:,}-{high:,}"
    if low is not None:
        return f"≥{low:,}"
    return f"≤{high:,}" if high is not None else "?"


def days(value: Days | DateValue | None) -> str:
    """A date as EDTF, else as bounds, "" if it is unknown."""
    if value is None:
        return ""
    if value.edtf:
        return value.edtf
    bounds = [day.isoformat() if day else ".." for day in (value.earliest, value.latest)]
    return "" if bounds == ["..", ".."] else "/".join(bounds)


def reading(value: ReadingValue, names: Mapping[EntityId, Entity], text: str = "") -> str:
    """What a reading says: a number, a date, an entity's name with its years, or words."""
    if isinstance(value, Quantity):
        unit = f" {value.unit}" if value.unit and value.unit != "person" else ""
        return f"{number(value)}{unit}"
    if isinstance(value, DateValue):
        return days(value) or text
    if isinstance(value, EntityValue):
        name = names[value.entity].name if value.entity in names else text
        return f"{name}{term(value)}"
    return value.text


def term(value: EntityValue) -> str:
    """The time for which an entity holds a place, in brackets, "" if nothing is said of it."""
    since, until = days(value.since), days(value.until)
    if since and until:
        return f" ({since} to {until})"
    if since:
        return f" (from {since})"
    return f" (until {until})" if until else ""


def versions(fact: Fact, names: Mapping[EntityId, Entity]) -> str:
    """Every reading of a fact in one line; ≠ between them if the fact is contested."""
    between = DIFFERS if fact.relation in CONTESTED else AGREES
    return between.join(dict.fromkeys(reading(r.value, names, r.text) for r in fact.readings))
