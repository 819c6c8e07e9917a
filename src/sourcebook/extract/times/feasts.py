"""On which days a feast falls in a year: fixed, counted from Easter, or in the Islamic calendar."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import Final, NamedTuple

from sourcebook.extract.tables import rows

_HIJRI_EPOCH: Final = 227_015  # 19 July 622 (Gregorian), day 1 of year 1 of the civil calendar, as an ordinal

#: The years between which the Islamic calendar is counted here.
_ISLAMIC: Final = 630
_LAST: Final = 9990


class Feast(NamedTuple):
    """How a named day is found: see the header of `lexicon/feasts.tsv`."""

    rule: str
    argument: str
    days: int


@cache
def feasts() -> Mapping[str, Feast]:
    """Every feast by its words in lower case."""
    return {
        word.lower(): Feast(rule, argument, int(length))
        for rule, argument, length, words in rows("feasts.tsv")
        for word in words.split("|")
    }


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    month, day = divmod(h + i - 7 * ((a + 11 * h + 22 * i) // 451) + 114, 31)
    return date(year, month, day + 1)


def orthodox_easter(year: int) -> date:
    """Easter Sunday of the Julian calendar as a Gregorian date (Meeus); 13 days apart until 2099."""
    d = (19 * (year % 19) + 15) % 30
    e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    return date(year, month, day + 1) + timedelta(days=year // 100 - year // 400 - 2)


def hijri(year: int, month: int, day: int) -> date:
    """The Gregorian day of a date of the tabular Islamic calendar (civil epoch, leap years 2, 5, 7, ...)."""
    return date.fromordinal(
        _HIJRI_EPOCH + day + (59 * (month - 1) + 1) // 2 + (year - 1) * 354 + (3 + 11 * year) // 30 - 1
    )


def falls(feast: Feast, year: int) -> tuple[date, date] | None:
    """The first and last day on which the feast may lie in a year.

    Feasts of the Islamic calendar get a day more at either end: the new moon has to be seen.
    """
    if feast.rule == "hijri":
        if not _ISLAMIC <= year < _LAST:
            return None
        month, nth = map(int, feast.argument.split("-"))
        near = round((year - 622) * 33 / 32)
        for candidate in (near - 1, near, near + 1):
            first = hijri(candidate, month, nth)
            if first.year == year:
                return first - timedelta(days=1), first + timedelta(days=feast.days)
        return None
    start = _first(feast, year)
    return None if start is None else (start, start + timedelta(days=feast.days - 1))


def _first(feast: Feast, year: int) -> date | None:
    argument = feast.argument
    if feast.rule == "fixed":
        return date(year, int(argument[:2]), int(argument[3:]))
    if feast.rule == "day":
        return date.fromisoformat(argument) if argument.startswith(f"{year:04}") else None
    if feast.rule == "nth":
        month, weekday, nth = map(int, argument.split("-"))
        first = date(year, month, 1)
        day = first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (nth - 1))
        return day if day.month == month else day - timedelta(days=7)
    base = easter(year) if feast.rule == "easter" else orthodox_easter(year)
    return base + timedelta(days=int(argument))
