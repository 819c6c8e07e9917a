"""How a figure of an event moved from report to report, as rows."""

from __future__ import annotations

from msgspec import Struct

from sourcebook.model import Event
from sourcebook.reconcile.series import Point, Series
from sourcebook.reconcile.statements import Material
from sourcebook.reconcile.tolls import course
from sourcebook.views import wording


class Row(Struct, frozen=True, kw_only=True):
    """One report of a figure; `replaces` are the numbers of the rows whose figure it replaced.

    `move` is first, repeated, raised, lowered, corrected, denied, disputed, recalled or later; `final` marks
    the report that gives the final reading.
    """

    row: int
    reported: str
    figure: str
    text: str
    by: tuple[str, ...]
    document: str
    move: str
    replaces: tuple[int, ...]
    words: str
    claim: str
    final: bool


class Moves(Struct, frozen=True, kw_only=True):
    """The reports of one figure in the order of their days, and why the last reading is the last.

    `undated` is how many reports give a figure on a day that is not known and have no row.
    """

    rows: tuple[Row, ...]
    why: str
    undated: int


def moves(known: Material, event: Event, effect: str = "killed") -> Moves:
    """How the number of the killed (or another effect) of an event moved over its reports.

    `known` must be gathered.
    """
    found: Series = course(known, event, effect)
    rows = tuple(
        _row(number, point, known.documents[point.document].path, final=number - 1 == found.final)
        for number, point in enumerate(found.points, 1)
    )
    return Moves(rows=rows, why=found.why if rows else "", undated=found.undated)


def _row(number: int, point: Point, path: str, *, final: bool) -> Row:
    return Row(
        row=number,
        reported=wording.days(point.day),
        figure=wording.number(point.value),
        text=" ".join(point.text.split()),
        by=point.speakers,
        document=path,
        move=point.move,
        replaces=tuple(n + 1 for n in point.replaces),
        words=point.words,
        claim=point.claim,
        final=final,
    )
