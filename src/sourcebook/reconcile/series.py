"""How a figure moved from report to report: first counts, rises, corrections, and the reading that was left.

A figure of an event is reported, repeated, raised while victims are found and die, lowered when somebody
counts again. The series puts the reports in the order of their days and says of each what it did to the
figure before it. Nothing is dropped: a figure that was replaced stays a reading of its fact.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Final, NamedTuple

from msgspec import Struct

from sourcebook.model import ClaimId, Days, DocumentId, Quantity
from sourcebook.reconcile.agreement import Movement, size
from sourcebook.reconcile.statements import Statement

#: A report whose day is not known to within this many days has no place in a series.
_SHARP: Final = timedelta(days=2)


class Point(Struct, frozen=True, kw_only=True):
    """One report of a figure.

    `move` is first, repeated, raised, lowered, corrected, denied, disputed, recalled or later.
    `replaces` are the places in the series of the reports whose figure it replaced; `words` is what says so.
    """

    day: Days
    document: DocumentId
    claim: ClaimId
    speakers: tuple[str, ...]
    publisher: str
    text: str
    value: Quantity
    move: str
    replaces: tuple[int, ...] = ()
    words: str = ""


class Series(Struct, frozen=True, kw_only=True):
    """Reports in the order of their days; `final` is the place of the one that gives the final reading.

    `undated` counts the reports that give a figure on a day that is not known.
    """

    points: tuple[Point, ...]
    final: int | None
    why: str
    undated: int


def series(statements: Sequence[Statement], movement: Movement | None) -> Series:
    """The series of the statements that can be dated; they are of one figure of one event."""
    dated = [
        _Report(s, s.value, s.reported, s.reported.earliest)
        for s in statements
        if isinstance(s.value, Quantity) and s.reported and s.reported.earliest and _is_sharp(s.reported)
    ]
    dated.sort(key=_order)
    course = _Course(movement.until if movement else date.max)
    for each in dated:
        course.add(each)
    points = tuple(course.points)
    final, why = course.final()
    return Series(points=points, final=final, why=why, undated=len(statements) - len(dated))


def replaced(course: Series) -> frozenset[ClaimId]:
    """The claims that give a figure only as one that was replaced, or that later reports replaced."""
    places = {n for p in course.points for n in p.replaces}
    places |= {n for n, p in enumerate(course.points) if p.move == "recalled"}
    return frozenset(course.points[n].claim for n in places)


class _Report(NamedTuple):
    """A statement that has a day."""

    said: Statement
    value: Quantity
    days: Days
    day: date


class _Course:
    """A series while its reports are added, earliest first; `current` is the place of the one that holds."""

    def __init__(self, until: date) -> None:
        self.until = until
        self.points: list[Point] = []
        self.reports: list[_Report] = []
        self.current: int | None = None

    def add(self, report: _Report) -> None:
        """Say what a report does to the figure that holds, and let it hold if it replaces that."""
        move, words = self._move(report)
        said = report.said
        replaces = self._replaced(report) if move in ("raised", "lowered", "corrected") else ()
        self.reports.append(report)
        self.points.append(
            Point(
                day=report.days,
                document=said.document,
                claim=said.claim,
                speakers=said.speakers,
                publisher=said.publisher,
                text=said.text,
                value=report.value,
                move=move,
                replaces=replaces,
                words=words,
            )
        )
        if move in ("first", "raised", "lowered", "corrected"):
            self.current = len(self.points) - 1

    def _move(self, report: _Report) -> tuple[str, str]:
        if report.said.denied:
            return "denied", ""
        if report.said.recalled:
            return "recalled", ""
        if self.current is None:
            return "first", ""
        if report.day > self.until:
            return "later", ""
        now = self.reports[self.current]
        before, after = size(now.value), size(report.value)
        return ("repeated", "") if before == after else _changed(report, now)

    def _replaced(self, report: _Report) -> tuple[int, ...]:
        """The reports of the figure that the report itself recalls, else of the one that held."""
        held = [r.value for r in self.reports if r.said.recalled and r.said.document == report.said.document]
        if not held and self.current is not None:
            held = [self.reports[self.current].value]
        return tuple(
            n
            for n, p in enumerate(self.points)
            if p.move not in ("denied", "disputed") and any(_same(p.value, v) for v in held)
        )

    def final(self) -> tuple[int | None, str]:
        """Which report gives the figure that was left, and why in words."""
        if self.current is None:
            return None, "no dated report gives one"
        outvoted = self._outvoting()
        if outvoted is not None:
            return outvoted, "which later reports of more than one origin give instead of a higher one"
        last = self.points[self.current]
        after = range(self.current + 1, len(self.points))
        again = {self.points[n].document for n in after if self._gives(n, last.value)}
        why = {
            "first": "which no later report changed",
            "raised": "to which it had risen",
            "lowered": "to which its own publisher lowered it",
            "corrected": f"as corrected{f' (“{last.words}”)' if last.words else ''}",
        }[last.move]
        return self.current, f"{why}{f', and {len(again)} later repeated' if again else ''}"

    def _gives(self, place: int, value: Quantity) -> bool:
        return _same(self.points[place].value, value) and self.points[place].move != "denied"

    def _outvoting(self) -> int | None:
        """A figure that two origins give after the one that holds, which one origin gave and never again."""
        if self.current is None or self.points[self.current].move == "corrected":
            return None
        value = self.points[self.current].value
        after = range(self.current + 1, len(self.points))
        if any(self._gives(n, value) for n in after):
            return None
        others = sorted((n for n in after if self.points[n].move == "disputed"), key=self._size)
        for _, group in groupby(others, key=self._size):
            places = list(group)
            if len({self.reports[n].said.origin for n in places}) > 1:
                return places[0]
        return None

    def _size(self, place: int) -> int:
        return size(self.points[place].value)


def _order(report: _Report) -> tuple[object, ...]:
    """By day; of one day the corrections before what they left, then as a toll rises."""
    said = report.said
    known = (said.denied, not said.recalled, not (said.recalled or said.correction))
    return (report.day, *known, size(report.value), said.document, said.at)


def _changed(report: _Report, now: _Report) -> tuple[str, str]:
    """What another figure than the one that holds is: a correction, a rise, or a dispute."""
    said = report.said
    ours = said.publisher == now.said.publisher and report.day > now.day
    if size(report.value) < size(now.value):
        if said.correction:
            return "corrected", said.correction
        return ("lowered" if ours else "disputed"), ""
    if "correct" in said.correction.casefold():
        return "corrected", said.correction
    if report.day == now.day and not ours and not said.rise:
        return "disputed", ""
    return "raised", said.correction or said.rise


def _is_sharp(day: Days) -> bool:
    return bool(day.earliest and day.latest and day.latest - day.earliest <= _SHARP)


def _same(one: Quantity, other: Quantity) -> bool:
    return (one.low, one.high) == (other.low, other.high)
