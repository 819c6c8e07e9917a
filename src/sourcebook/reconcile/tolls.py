"""Facts about a toll: what moved is told as a course of reports, what did not as answers side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Final

import msgspec

from sourcebook.model import CONTESTED, Event, Fact, Quantity, Relation
from sourcebook.reconcile.agreement import Movement, Setting
from sourcebook.reconcile.itself import part_above
from sourcebook.reconcile.making import fact
from sourcebook.reconcile.series import Point, Series, replaced, series
from sourcebook.reconcile.statements import Material, Statement, alike, event_statements

#: Tolls of an event move for weeks while victims are found and die; after this many days they are taken
#: for settled, and later differences are no updates.
SETTLED_AFTER: Final = timedelta(days=30)


def movement(event: Event) -> Movement | None:
    """How long after an event its toll may still move; None where its date is not known."""
    latest = event.date.latest if event.date else None
    return Movement(latest + SETTLED_AFTER, falls=False) if latest else None


def course(material: Material, event: Event, role: str) -> Series:
    """How one figure of an event moved from report to report, denials among them."""
    found = [s for s in event_statements(material, event, role) if isinstance(s.value, Quantity)]
    return series([s for s in found if not s.part], movement(event))


def toll(material: Material, event: Event, role: str) -> Iterator[Fact]:
    """The fact of a toll's total, then those of its parts."""
    found = [
        s for s in event_statements(material, event, role) if isinstance(s.value, Quantity) and not s.denied
    ]
    totals = [s for s in found if not s.part]
    if totals:
        yield _with_parts(material, _total(material, event, role, totals), totals, found)
    for part in found:
        if part.part:
            made = fact(material, event.id, role, [part], key=part.claim + part.text)
            yield msgspec.structs.replace(made, rule="part-of-a-total")


def _total(material: Material, event: Event, role: str, totals: Sequence[Statement]) -> Fact:
    """Every answer, related as those are that no later report replaced; updated, where only these differ."""
    setting = Setting(movement(event))
    made = fact(material, event.id, role, totals, setting=setting)
    moved = series(totals, setting.movement)
    old = replaced(moved)
    standing = [s for s in totals if s.claim not in old]
    if moved.final is None or not 0 < len(standing) < len(totals) or made.relation not in CONTESTED:
        return made
    last = moved.points[moved.final]
    values = [alike(r.value) for r in made.readings]
    preferred = values.index(alike(last.value)) if alike(last.value) in values else None
    rest = fact(material, event.id, role, standing, setting=setting)
    if rest.relation in CONTESTED:
        rest = msgspec.structs.replace(rest, readings=made.readings, preferred=preferred)
        return msgspec.structs.replace(
            rest, explanation=f"{rest.explanation[:-1]}; {_left(last, moved.why)}."
        )
    return msgspec.structs.replace(
        made,
        relation=Relation.UPDATED,
        rule="later-report",
        credibility=rest.credibility,
        preferred=preferred,
        explanation=_told(moved, last),
        cites=_cites(moved, last),
    )


def _left(last: Point, why: str) -> str:
    return f"the last figure given is “{_words(last)}”, {why}"


def _told(moved: Series, last: Point) -> str:
    """Who first said what, who last, and what came between."""
    first = moved.points[0]
    return f"{_by(first)} gave “{_words(first)}”, and {_by(last)} gives “{_words(last)}”, {moved.why}."


def _by(point: Point) -> str:
    named = ", ".join(point.speakers)
    where = f" (in {point.publisher})" if named != point.publisher else ""
    return f"{named}{where} on {point.day.edtf}"


def _words(point: Point) -> str:
    return " ".join(point.text.split())


def _cites(moved: Series, last: Point) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            (moved.points[0].claim, *(moved.points[n].claim for n in last.replaces[:1]), last.claim)
        )
    )


def _with_parts(
    material: Material, made: Fact, totals: Sequence[Statement], found: Iterable[Statement]
) -> Fact:
    """A total with a larger part of it in the same document: the document disagrees with itself."""
    pair = part_above(totals, [s for s in found if s.part])
    if pair is None or made.relation is Relation.CONFLICT:
        return made
    total, part = pair
    said = f"{material.short[total.document]} gives “{total.text}” in all and “{part.text}” as a part of it."
    cites = (total.claim, part.claim)
    return msgspec.structs.replace(
        made, relation=Relation.INTERNAL, rule="part-above-total", explanation=said, cites=cites
    )
