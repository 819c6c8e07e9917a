"""Dates as they are written on their own: ISO 8601, EDTF, and "25 March 2024", to the days they cover.

For the date of a document (a table, a masthead, a page's metadata). Time expressions in running prose are
the business of `extract`.
"""

from __future__ import annotations

import calendar
import re
import string
from datetime import date
from itertools import product
from typing import Final, NamedTuple

#: The first three letters say which month it is ("sept" included).
MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

#: A month in English, whole or cut short, for use in a larger pattern.
MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)

_ORDINAL = r"(?:st|nd|rd|th)?"
_YEAR = r"(?P<y>[12]\d{3})"
_WRITTEN: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?P<d>\d{{1,2}}){_ORDINAL}(?: of)?[ -](?P<m>{MONTH})\.?,?[ -]{_YEAR}",
        rf"(?P<m>{MONTH})\.? (?P<d>\d{{1,2}}){_ORDINAL},? {_YEAR}",
        rf"(?P<m>{MONTH})\.?,? {_YEAR}",
    )
)
_NUMERIC: Final = re.compile(r"(?P<a>\d{1,2})(?P<sep>[./])(?P<b>\d{1,2})(?P=sep)(?P<y>[12]\d{3})")
_STAMP: Final = re.compile(
    r"(?P<day>[12]\d{3}-\d{2}-\d{2})"
    r"(?:[T ](?P<time>\d{2}:?\d{2}(?::?\d{2}(?:\.\d{1,9})?)?) ?(?P<zone>Z|[+-]\d{2}:?\d{2})?)?"
)
_LEVEL_0: Final = re.compile(r"(?P<y>[12][\dX]{3})(?:-(?P<m>[\dX]{2})(?:-(?P<d>[\dX]{2}))?)?(?P<q>[?~%])?")


class Written(NamedTuple):
    """A date as written: EDTF if it has one, the days it covers, and what its reading rests on."""

    edtf: str | None
    earliest: date | None
    latest: date | None
    note: str = ""


def parse(text: str) -> Written | None:
    """The days that `text`, all of it, names; None where it is no date."""
    text = " ".join(text.split())
    return _stamp(text) or _interval(text) or _edtf(text) or _words(text) or _numbers(text)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _exact(day: date, note: str = "") -> Written:
    return Written(day.isoformat(), day, day, note)


def _month(year: int, month: int) -> Written | None:
    if not 1 <= month <= 12:
        return None
    last = calendar.monthrange(year, month)[1]
    return Written(f"{year:04}-{month:02}", date(year, month, 1), date(year, month, last))


def month_number(name: str) -> int:
    """1 to 12 for an English month, whole or cut short."""
    return MONTHS.index(name[:3].casefold()) + 1


def _stamp(text: str) -> Written | None:
    """An ISO day with or without time and zone: the day is the one that its own zone has."""
    found = _STAMP.fullmatch(text)
    if not found:
        return None
    try:
        day = date.fromisoformat(found["day"])
    except ValueError:
        return None
    if not found["time"]:
        return _exact(day)
    return _exact(day, f"at {found['time']}{' ' + found['zone'] if found['zone'] else ', no zone given'}")


def _interval(text: str) -> Written | None:
    left, slash, right = text.partition("/")
    if not slash or "/" in right:
        return None
    parts = [None if side in ("", "..") else _edtf(side) for side in (left, right)]
    if any(part is None and side not in ("", "..") for part, side in zip(parts, (left, right), strict=True)):
        return None
    low = parts[0].earliest if parts[0] else None
    high = parts[1].latest if parts[1] else None
    if (low is None and high is None) or (low and high and low > high):
        return None
    return Written(text, low, high)


def _edtf(text: str) -> Written | None:
    """A year, month or day of EDTF level 0, with X for a digit not known and ?, ~ or % after it."""
    found = _LEVEL_0.fullmatch(text)
    if not found:
        return None
    parts = [_expanded(found[name] or "XX") for name in "ymd"]
    low = _first(*parts)
    high = _first(*(values[::-1] for values in parts))
    return Written(text, low, high) if low and high else None


def _expanded(digits: str) -> list[int]:
    """Every number that digits with X for those not known may be, in order."""
    choices = [string.digits if digit == "X" else digit for digit in digits]
    return [int("".join(chosen)) for chosen in product(*choices)]


def _first(years: list[int], months: list[int], days: list[int]) -> date | None:
    """The first combination, in the order given, that is a day of the calendar."""
    for year, month, day in product(years, months, days):
        if 1 <= month <= 12 and (found := _day(year, month, day)):
            return found
    return None


def _words(text: str) -> Written | None:
    for pattern in _WRITTEN:
        found = pattern.fullmatch(text)
        if found:
            year, month = int(found["y"]), month_number(found["m"])
            if "d" not in found.groupdict():
                return _month(year, month)
            day = _day(year, month, int(found["d"]))
            return _exact(day) if day else None
    return None


def _numbers(text: str) -> Written | None:
    """Like "25.03.2024" and "03/25/2024": where both orders are days, the two days are the bounds."""
    found = _NUMERIC.fullmatch(text)
    if not found:
        return None
    first, second, year = int(found["a"]), int(found["b"]), int(found["y"])
    days = (
        {_day(year, second, first)}
        if found["sep"] == "."
        else {_day(year, second, first), _day(year, first, second)}
    )
    known = sorted(day for day in days if day)
    if not known:
        return None
    if len(known) == 1:
        return _exact(known[0])
    return Written(None, known[0], known[1], "day and month may stand in either order")
