"""Stretches of the calendar: what TIMEX3 and EDTF call them, and their first and last days.

EDTF is ISO 8601-2:2019. Its bounds are computed here: the libraries known to us read unspecified
digits and open starts wrongly (docs/decisions). Seasons run from the meteorological start to the
astronomical end in the north, so that either usage is covered; quarters are 33-36, halves 40-41.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Final, NamedTuple

_SEASONS: Final = {"SP": (21, (3, 1), (6, 21)), "SU": (22, (6, 1), (9, 23)), "FA": (23, (9, 1), (12, 21))}
_MONTHS: Final = {"M": 1, "Q": 3, "H": 6, "Y": 12, "E": 120, "C": 1200}
_DAYS: Final = {"D": 1, "N": 1, "W": 7, "WE": 7}


class Period(NamedTuple):
    """One unit of the calendar. `unit` is D, W, WE, M, Q, H, Y, E (decade), C (century) or a season."""

    unit: str
    first: date
    last: date
    value: str
    edtf: str


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def add_months(day: date, months: int) -> date | None:
    """The same day `months` later, or the month's last; None outside the years 1 to 9999."""
    at = day.year * 12 + day.month - 1 + months
    year, month = divmod(at, 12)
    if not 1 <= year <= 9999:
        return None
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add(unit: str, day: date, count: int) -> date | None:
    """The day `count` units later; None outside the calendar."""
    if unit in _MONTHS:
        return add_months(day, count * _MONTHS[unit])
    try:
        return day + timedelta(days=count * _DAYS.get(unit, 1))
    except OverflowError:
        return None


def period(unit: str, day: date) -> Period:
    """The unit of the calendar in which the day lies."""
    if unit in _DAYS:
        return _days(unit, day)
    if unit in ("M", "Q", "H"):
        return _months(unit, day)
    return _years(unit, day)


def _days(unit: str, day: date) -> Period:
    if unit in ("D", "N"):
        return Period("D", day, day, day.isoformat(), day.isoformat())
    year, week, weekday = day.isocalendar()
    first = day - timedelta(days=weekday - 1)
    last = first + timedelta(days=6)
    value = f"{year:04}-W{week:02}"
    if unit == "WE":
        first, value = first + timedelta(days=5), value + "-WE"
    return Period(unit, first, last, value, f"{first.isoformat()}/{last.isoformat()}")


def _months(unit: str, day: date) -> Period:
    size = _MONTHS[unit]
    index = (day.month - 1) // size
    first = date(day.year, index * size + 1, 1)
    last = month_end(day.year, index * size + size)
    year = f"{day.year:04}"
    if unit == "M":
        return Period(unit, first, last, f"{year}-{day.month:02}", f"{year}-{day.month:02}")
    code = (33 if unit == "Q" else 40) + index
    return Period(unit, first, last, f"{year}-{unit}{index + 1}", f"{year}-{code}")


def _years(unit: str, day: date) -> Period:
    year = day.year
    if unit == "E":
        start = year - year % 10
        return Period(
            unit,
            date(max(start, 1), 1, 1),
            date(start + 9, 12, 31),
            f"{start // 10:03}",
            f"{start // 10:03}X",
        )
    if unit == "C":
        # The nth century: its last year is n hundred, which EDTF's "06XX" (0600 to 0699) misses by one.
        start = (year - 1) // 100 * 100
        return Period(
            unit,
            date(start + 1, 1, 1),
            date(start + 100, 12, 31),
            f"{start // 100:02}",
            f"{start // 100:02}XX",
        )
    return Period("Y", date(year, 1, 1), date(year, 12, 31), f"{year:04}", f"{year:04}")


def season(year: int, code: str) -> Period:
    """A season of a year; a winter is named after the year in which it starts."""
    value = f"{year:04}-{code}"
    if code == "WI":
        return Period(code, date(year, 12, 1), date(min(year + 1, 9999), 3, 20), value, f"{year:04}-24")
    number, first, last = _SEASONS[code]
    return Period(code, date(year, *first), date(year, *last), value, f"{year:04}-{number}")


def third(whole: Period, mod: str) -> Period:
    """The early, middle or late part of a period: about a third, as an EDTF interval."""
    index = {"START": 0, "MID": 1, "END": 2}[mod]
    if whole.unit == "Y":
        months = ((1, 4), (5, 8), (9, 12))[index]
        year = whole.first.year
        first, last = date(year, months[0], 1), month_end(year, months[1])
        edtf = f"{year:04}-{months[0]:02}/{year:04}-{months[1]:02}"
    elif whole.unit in ("E", "C"):
        scale = 1 if whole.unit == "E" else 10
        cut = ((0, 4), (4, 7), (7, 10))[index]
        base = whole.last.year - 10 * scale + 1
        first, last = date(max(base + cut[0] * scale, 1), 1, 1), date(base + cut[1] * scale - 1, 12, 31)
        edtf = f"{first.year:04}/{last.year:04}"
    else:
        size = (whole.last - whole.first).days + 1
        first = whole.first + timedelta(days=size * index // 3)
        last = whole.first + timedelta(days=size * (index + 1) // 3 - 1)
        last = max(first, whole.last if index == 2 else last)
        edtf = f"{first.isoformat()}/{last.isoformat()}"
    return whole._replace(first=first, last=last, edtf=edtf if whole.unit != "D" else whole.edtf)


def last_weekday(day: date, weekday: int) -> date:
    """The latest such weekday (1 Monday to 7 Sunday) up to and with the day."""
    back = (day.isoweekday() - weekday) % 7
    return day - timedelta(days=back) if day.toordinal() > back else day
