"""When an event was, as far as its claims say: bounds, and what a date without a year leaves open."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from sourcebook.model import Days, Timex

#: Longest interval, in days, that is searched day by day for a pattern.
_SEARCHED = 1500
_MONTH_DAY = re.compile(r"^XXXX-(\d\d)(?:-(\d\d))?$")
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NUMBERS = {
    "a": "1", "an": "1", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6",
    "seven": "7", "eight": "8", "nine": "9", "ten": "10",
}  # fmt: skip
#: Days of a unit, and how far off a writer may be who counts in it.
_UNITS = {"D": (1, 0), "W": (7, 2), "M": (30, 10), "Y": (365, 120)}
_AGO = re.compile(r"\b(\w{1,8}) (day|week|month|year)s? (?:ago|earlier|before)\b", re.IGNORECASE)
_LAST_WEEK = re.compile(r"\b(?:last|past) week\b", re.IGNORECASE)
_WEEKDAY = re.compile(r"^XXXX-WXX-([1-7])")


_NOTHING = (None, None, None, None, None)


class When(NamedTuple):
    """Days [earliest, latest], both included, of which only those of the month, day and weekday (1-7)."""

    earliest: date | None = None
    latest: date | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    basis: tuple[str, ...] = ()

    @property
    def known(self) -> bool:
        """Whether anything at all is known."""
        return self[:5] != _NOTHING

    @property
    def bounded(self) -> bool:
        """Whether both ends are known."""
        return self.earliest is not None and self.latest is not None

    @property
    def length(self) -> int | None:
        """Days that it may cover, None if open."""
        if self.earliest is None or self.latest is None:
            return None
        return (self.latest - self.earliest).days + 1

    @property
    def open_pattern(self) -> bool:
        """Whether a month, day or weekday is known whose year or week is not."""
        patterned = self.month is not None or self.weekday is not None
        return patterned and self.length != 1

    def fits(self, on: date) -> bool:
        """Whether a day has the month, the day and the weekday."""
        return (
            self.month in (None, on.month)
            and self.day in (None, on.day)
            and self.weekday in (None, on.isoweekday())
        )


UNKNOWN = When()


def read(value: Timex, words: str = "") -> When:
    """What a time expression says by itself, and by its words where the document's own date is not known."""
    if value.type in ("DURATION", "SET"):
        return UNKNOWN
    when = When(value.earliest, value.latest, basis=(value.basis,))
    if when.length == 1:
        return when
    if _LAST_WEEK.search(words) and value.latest and value.anchor == "document":
        # the calendar week before, or the seven days before: writers mean either
        return when._replace(latest=value.latest + timedelta(days=6))
    for text in (value.value, value.edtf or ""):
        if found := _MONTH_DAY.match(text):
            month, day = found.groups()
            return when._replace(month=int(month), day=int(day) if day else None)
        if found := _WEEKDAY.match(text):
            return when._replace(weekday=int(found[1]))
    return _worded(when, words) if value.basis.startswith("document undated") else when


def _worded(when: When, words: str) -> When:
    """The month and day, or the weekday, of an expression whose year or week is open."""
    said = words.lower().split()
    months = [n for n, m in enumerate(_MONTHS, 1) for w in said if w.rstrip(".,") in (m, m[:3])]
    numbers = [int(n) for n in re.findall(r"\b\d{1,2}(?=st|nd|rd|th|\b)", words)]
    weekdays = [n for n, d in enumerate(_WEEKDAYS, 1) for w in said if w.startswith(d)]
    if len(months) == 1:
        day = numbers[0] if len(numbers) == 1 and 1 <= numbers[0] <= 31 else None
        return when._replace(month=months[0], day=day)
    return when._replace(weekday=weekdays[0]) if len(weekdays) == 1 else when


def ago(value: Timex, words: str) -> tuple[int, int] | None:
    """How many days back "two weeks ago" counts, at least and at most, where the day counted from is open."""
    if value.anchor == "document" and (found := _AGO.search(words)):
        return span_of(_NUMBERS.get(found[1].lower(), found[1]), found[2][0].upper())
    return None


def span_of(number: str, unit: str) -> tuple[int, int] | None:
    """The least and most days that a number of units covers in ordinary use: a week is 5 to 9 days."""
    if not number.isdigit() or unit not in _UNITS or int(number) > 10_000:
        return None
    days, slack = _UNITS[unit]
    return int(number) * days - slack, int(number) * days + slack


def gap(one: When, two: When) -> int:
    """Days between the two where one ends before the other begins, 0 where they may meet."""
    if one.latest and two.earliest and two.earliest > one.latest:
        return (two.earliest - one.latest).days
    if two.latest and one.earliest and one.earliest > two.latest:
        return (one.earliest - two.latest).days
    return 0


def meet(one: When, two: When) -> When | None:
    """What satisfies both, None if nothing does."""
    if gap(one, two):
        return None
    month, day, weekday = map(_same, one[2:5], two[2:5])
    if month is False or day is False or weekday is False:
        return None
    earliest = max(filter(None, (one.earliest, two.earliest)), default=None)
    latest = min(filter(None, (one.latest, two.latest)), default=None)
    basis = tuple(dict.fromkeys(one.basis + two.basis))
    return tighten(When(earliest, latest, month, day, weekday, basis))


def tighten(when: When) -> When | None:
    """The same with bounds drawn in to the first and last day that fit, None if no day does."""
    if not when.bounded or not when.open_pattern or (when.length or 0) > _SEARCHED:
        if when.length == 1 and when.earliest and not when.fits(when.earliest):
            return None
        return when
    first = next(filter(when.fits, _days(when)), None)
    if first is None:
        return None
    return when._replace(earliest=first, latest=next(filter(when.fits, _days(when, -1))))


def widest(whens: Iterable[When]) -> When:
    """The bounds that hold all of the given, for readings that contradict one another."""
    known = [w for w in whens if w.bounded]
    if not known:
        return UNKNOWN
    earliest = min(w.earliest for w in known if w.earliest)
    latest = max(w.latest for w in known if w.latest)
    return When(earliest, latest, basis=tuple(dict.fromkeys(b for w in known for b in w.basis)))


def within(when: When, start: date | None, end: date | None, why: str) -> When:
    """The days of `when` between two days, or itself if none are; `why` is added where that says more."""
    drawn = meet(when, When(start, end))
    if drawn is None or drawn[:2] == when[:2]:
        return when
    if drawn.bounded and drawn.month and not drawn.day and not drawn.weekday and (drawn.length or 99) <= 31:
        # a month stays a whole month: the bounds drawn in are those of the writing, not of the event
        first = (drawn.earliest or date.min).replace(day=1)
        drawn = drawn._replace(earliest=first, latest=_month_end(first))
    return drawn._replace(basis=(*when.basis, why))


def days(when: When) -> Days | None:
    """The model's own form; None where nothing is known."""
    if not when.known:
        return None
    return Days(edtf=edtf(when), earliest=when.earliest, latest=when.latest, basis="; ".join(when.basis))


def edtf(when: When) -> str | None:
    """EDTF level 1 and 2: a day, month or year where the bounds are one, else an interval or a pattern."""
    first, last = when.earliest, when.latest
    if first and last:
        if first == last:
            return first.isoformat()
        if first == first.replace(day=1) and last == _month_end(first):
            return f"{first.year:04d}-{first.month:02d}"
        if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
            return f"{first.year:04d}"
        return f"{first.isoformat()}/{last.isoformat()}"
    if when.month is not None:
        day = f"-{when.day:02d}" if when.day else ""
        return f"XXXX-{when.month:02d}{day}"
    if first or last:
        return f"{first.isoformat() if first else '..'}/{last.isoformat() if last else '..'}"
    return None


def shift(when: When, low: int, high: int, why: str) -> When:
    """The days `low` to `high` days later (earlier if negative)."""
    return When(
        when.earliest + timedelta(days=low) if when.earliest else None,
        when.latest + timedelta(days=high) if when.latest else None,
        basis=(why,),
    )


def _same(one: int | None, two: int | None) -> int | bool | None:
    if one is None or two is None or one == two:
        return one if one is not None else two
    return False


def _days(when: When, step: int = 1) -> Iterator[date]:
    """Day after day, from the last back to the first if `step` is -1."""
    if when.earliest and when.latest:
        start = when.earliest if step > 0 else when.latest
        for n in range((when.latest - when.earliest).days + 1):
            yield start + timedelta(days=n * step)


def _month_end(on: date) -> date:
    return date(on.year + on.month // 12, on.month % 12 + 1, 1) - timedelta(days=1)
