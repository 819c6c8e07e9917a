"""What a rule of times sees: the matched words, and what they count from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from sourcebook.extract.times.calendar import Period, add, period, third
from sourcebook.extract.times.words import Word

#: Basis of what counts from the document's own date.
COUNTED: Final = "counted from the document's date"


class Found(NamedTuple):
    """What a rule makes of a match. `period` is None where the days are not known."""

    type: str
    value: str
    period: Period | None = None
    anchor: str | None = None
    basis: str = "explicit"


class Years(NamedTuple):
    """What a day without its year may count from.

    `base` is the day that the text counts from; where it is None, `floor` is the latest explicit day of the
    text and `ceiling` the day by which it was written, each if known.
    """

    base: date | None
    floor: date | None = None
    ceiling: date | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """One match: its words, the words before and after, and what it may count from."""

    words: Sequence[Word]
    before: Word | None
    after: Word | None
    years: Years
    lasts: Mapping[str, Period]
    tense: str
    direct: bool = True

    @property
    def base(self) -> date | None:
        """The day that relative expressions count from."""
        return self.years.base

    @property
    def last(self) -> Period | None:
        """The period that the text named last."""
        return self.lasts.get("")

    def value(self, *kinds: str) -> str | None:
        """The value of the first word of one of these kinds."""
        return next((w.value for w in self.words if w.kind in kinds), None)

    def number(self, *kinds: str) -> int | None:
        """The same as a whole number."""
        value = self.value(*kinds)
        return int(value) if value else None

    def has(self, *kinds: str) -> bool:
        """Whether a word of one of these kinds is in the match."""
        return any(w.kind in kinds for w in self.words)

    @property
    def plural(self) -> bool:
        """Whether the unit is in the plural."""
        return any(w.kind == "unit" and w.text.endswith("s") for w in self.words)

    @property
    def previous(self) -> bool:
        """Whether it counts back from the text's own last date ("the previous day")."""
        return any(w.kind == "past" and w.text in ("previous", "preceding", "prior") for w in self.words)

    @property
    def mod(self) -> str | None:
        """START, MID or END for early, middle and late parts."""
        value = self.value("mod", "modlater", "earlier", "later")
        return value if value in ("START", "MID", "END") else None

    def narrowed(self, whole: Period) -> Period:
        """The period, cut to its early, middle or late part if the words say so; widened by "about"."""
        if self.mod and not self.has("earlier", "later", "modlater"):
            return third(whole, self.mod)
        if self.has("earlier", "later", "modlater") and self.base:
            return _beside(whole, self.base, self.mod)
        return about(whole) if self.has("approx") and self.vague() else whole

    def vague(self) -> bool:
        """Whether the match is approximate rather than exact ("around", "circa")."""
        return any(w.kind == "approx" and w.value == "APPROX" and w.text not in _EXACT for w in self.words)

    def dated(self, whole: Period, basis: str = "explicit", anchor: str | None = None) -> Found:
        """A DATE over the period, narrowed as the words say."""
        return Found("DATE", whole.value, self.narrowed(whole), anchor, basis)

    def day(self, year: int | None, month: int, day: int) -> date | None:
        """The day, None if the calendar has none such."""
        try:
            return date(year or 2000, month, day)
        except ValueError:
            return None


_EXACT = frozenset(("just", "only", "exactly"))


def about(whole: Period) -> Period:
    """A period of about this time: one unit more at either end, EDTF's "~"."""
    unit = whole.unit if whole.unit in ("D", "W", "M", "Q", "H", "Y", "E", "C") else "M"
    first, last = add(unit, whole.first, -1), add(unit, whole.last, 1)
    edtf = whole.edtf if "/" in whole.edtf else whole.edtf + "~"
    return whole._replace(first=first or whole.first, last=last or whole.last, edtf=edtf)


def _beside(whole: Period, base: date, mod: str | None) -> Period:
    """The part of a running period before or after the day of the text ("earlier this year")."""
    if not whole.first < base < whole.last or mod is None:
        return whole
    first, last = (whole.first, base) if mod == "START" else (base, whole.last)
    return whole._replace(first=first, last=last, edtf=f"{first.isoformat()}/{last.isoformat()}")


def candidates(scene: Scene, unit: str, month: int, day: int) -> list[Period]:
    """The periods that "March 22" or "March" may mean, in order; none if nothing bounds them.

    Dated text: the latest up to its day in the past, the next in the future, else the nearest. Undated: every
    one from its latest explicit date to the day by which it was written, or the last before that date. A
    weekday beside the date leaves only the years in which the day falls on it.
    """
    weekday, years = scene.number("weekday"), scene.years
    fits = [p for y in _span(years) if (p := _on(unit, y, month, day))]
    fits = [p for p in fits if weekday is None or p.first.isoweekday() == weekday]
    if years.base is not None and weekday is not None:
        return sorted(fits, key=lambda p: abs(p.first - (years.base or p.first)))[:1]
    if years.base is not None:
        return _nearest(years.base, scene, fits)
    if years.ceiling is None or years.floor is None:
        return []
    every = [p for p in fits if p.first <= years.ceiling]
    return [p for p in every if p.last >= years.floor] or every[-1:]


def _span(years: Years) -> range:
    if years.base is not None:
        return range(max(years.base.year - 6, 1), min(years.base.year + 7, 9999))
    if years.ceiling is None or years.floor is None:
        return range(0)
    return range(max(years.floor.year - 1, 1), years.ceiling.year + 1)


def _on(unit: str, year: int, month: int, day: int) -> Period | None:
    try:
        return period(unit, date(year, month, day))
    except ValueError:
        return None


def _nearest(base: date, scene: Scene, every: list[Period]) -> list[Period]:
    past = [p for p in every if p.first <= base]
    future = [p for p in every if p.last >= base]
    if not (past and future):
        return past[-1:] or future[:1]
    ahead = (future[0].first - base).days
    if scene.tense == "future" and ahead < FAR:
        return future[:1]
    # News of long ago states its year; a day some weeks ahead does not, whatever the tense around it.
    told = scene.tense == "past" and scene.direct
    return future[:1] if ahead < _SOON and not told and past[-1] != future[0] else past[-1:]


#: From this many days on, a date without its year is taken for the nearer one, whatever the tense.
FAR: Final = 240
#: Up to this many days ahead, a date without its year is taken to lie ahead, unless a past verb bears it.
_SOON: Final = 120
