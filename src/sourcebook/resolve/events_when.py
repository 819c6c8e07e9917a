"""When an event was, as far as its claims say: bounds, and what a date without a year or a weekday leaves open."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from sourcebook.model import Days, Timex

#: Longest interval, in days, that is searched day by day for a pattern.
_SEARCHED = 1500
_MONTH_DAY = re.compile(r"^XXXX-(\d\d)(?:-(\d\d))?$")
_WEEKDAY = re.compile(r"^XXXX-WXX-([1-7])")


class When(NamedTuple):
    """Days [earliest, latest], both included, of which only those that fit month, day and weekday (ISO, 1-7)."""

    earliest: date | None = None
    latest: date | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    basis: tuple[str, ...] = ()

    @property
    def known(self) -> bool:
        """Whether anything at all is known."""
        return any(part is not None for part in self[:5])

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


def read(value: Timex) -> When:
    """What a time expression says by itself."""
    if value.type in ("DURATION", "SET"):
        return UNKNOWN
    basis = (value.basis,)
    if value.earliest or value.latest:
        return When(value.earliest, value.latest, basis=basis)
    for text in (value.value, value.edtf or ""):
        if found := _MONTH_DAY.match(text):
            month, day = found.groups()
            return When(month=int(month), day=int(day) if day else None, basis=basis)
        if found := _WEEKDAY.match(text):
            return When(weekday=int(found[1]), basis=basis)
    return UNKNOWN


def gap(one: When, two: When) -> int:
    """Days between the two where one ends before the other begins, 0 where they may meet."""
    if one.latest and two.earliest and two.earliest > one.latest:
        return (two.earliest - one.latest).days
    if two.latest and one.earliest and one.earliest > two.latest:
        return (one.earliest - two.latest).days
    return 0


def meet(one: When, two: When) -> When | None:
    """What satisfies both, None if nothing does."""
    pattern = [_same(a, b) for a, b in zip(one[2:5], two[2:5], strict=True)]
    if gap(one, two) or False in pattern:
        return None
    month, day, weekday = (None if p is False else p for p in pattern)
    earliest = max((d for d in (one.earliest, two.earliest) if d), default=None)
    latest = min((d for d in (one.latest, two.latest) if d), default=None)
    basis = tuple(dict.fromkeys(one.basis + two.basis))
    return tighten(When(earliest, latest, month, day, weekday, basis))


def tighten(when: When) -> When | None:
    """The same with bounds drawn in to the first and last day that fit, None if no day does."""
    if not when.bounded or not when.open_pattern or (when.length or 0) > _SEARCHED:
        if when.length == 1 and when.earliest and not when.fits(when.earliest):
            return None
        return when
    fitting = [d for d in _days(when) if when.fits(d)]
    if not fitting:
        return None
    return when._replace(earliest=fitting[0], latest=fitting[-1])


def widest(whens: Iterable[When]) -> When:
    """The bounds that hold all of the given, for readings that contradict one another."""
    known = [w for w in whens if w.bounded]
    if not known:
        return UNKNOWN
    earliest = min(w.earliest for w in known if w.earliest)
    latest = max(w.latest for w in known if w.latest)
    return When(earliest, latest, basis=tuple(dict.fromkeys(b for w in known for b in w.basis)))


def near(when: When, start: date, end: date, why: str) -> When:
    """The one day (or month) that a pattern means between two days; itself if there are none or several."""
    if when.bounded or not when.open_pattern:
        return when
    drawn = tighten(when._replace(earliest=start, latest=end))
    if drawn is None or drawn.length is None:
        return when
    whole_month = when.month is not None and when.day is None and when.weekday is None
    if drawn.length > (31 if whole_month else 1):
        return when
    if whole_month and drawn.earliest:
        drawn = drawn._replace(earliest=drawn.earliest.replace(day=1), latest=_month_end(drawn.earliest))
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


def _days(when: When) -> Iterator[date]:
    if when.earliest and when.latest:
        for n in range((when.latest - when.earliest).days + 1):
            yield when.earliest + timedelta(days=n)


def _month_end(on: date) -> date:
    return date(on.year + on.month // 12, on.month % 12 + 1, 1) - timedelta(days=1)
