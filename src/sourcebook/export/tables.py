"""What the GTD-, ACLED- and UCDP-like tables share: columns from their codes, siblings, excluded rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

from sourcebook.export import csv
from sourcebook.export.coding import AHEAD, Coded, coded, tally_common
from sourcebook.export.loss import Produced, Tally
from sourcebook.model import Fact, Record

Row = dict[str, Any]

#: Why an event has no row in a table; None if it has one.
Criterion = Callable[[Coded], str | None]
Coder = Callable[[Coded, Tally], Row]

_EXCLUDED = ("event", "label", "date", "status", "criterion", "documents")


@cache
def book(name: str) -> dict[str, Any]:
    """The codes of a table, read only."""
    raw = files("sourcebook.export").joinpath(f"codes/{name}.toml").read_bytes()
    decoded: dict[str, Any] = msgspec.toml.decode(raw)
    return decoded


def columns(name: str) -> list[str]:
    """The header of a table: the codebook's own columns, then ours."""
    held = book(name)["columns"]
    return [*held["order"], *held.get("own", [])]


def produce(record: Record, name: str, failing: Criterion, code: Coder, *, facts: Sequence[str]) -> Produced:
    """A table, its sibling of what was foiled or planned, and what was left out and by which criterion.

    `facts` are the properties of events that a row draws on.
    """
    tally = Tally()
    rows: list[Row] = []
    ahead: list[Row] = []
    excluded: list[Row] = []
    for one in coded(record):
        criterion = failing(one)
        if criterion is None:
            kept = ahead if one.event.status in AHEAD else rows
            kept.append(code(one, tally))
            tally_common(tally, one)
        else:
            excluded.append(_excluded(one, criterion))
            tally.drop("event", f"excluded: {criterion}", one.event.id)
    shown = {e["event"] for e in excluded}
    tally_facts(
        tally, record, lambda f: f.property in facts and f.subject not in shown, "no column is for it"
    )
    header = columns(name)
    _tally_silent(tally, header, [*rows, *ahead])
    if not book(name)["verified"]:
        parts = ", ".join(book(name)["unverified"])
        why = f"{parts}: from general knowledge of {book(name)['citation']}"
        tally.default("codes", why, name)
    return Produced(
        main=_bytes(rows, header),
        losses=tuple(tally.losses()),
        beside={"foiled": _bytes(ahead, header), "excluded": _bytes(excluded, _EXCLUDED)},
    )


def _bytes(rows: Sequence[Row], header: Sequence[str]) -> bytes:
    return csv.text(rows, list(header)).encode()


def _excluded(one: Coded, criterion: str) -> Row:
    event = one.event
    return {
        "event": event.id,
        "label": event.label,
        "date": one.when,
        "status": event.status.value,
        "criterion": criterion,
        "documents": one.publishers,
    }


def _tally_silent(tally: Tally, header: Sequence[str], rows: Sequence[Row]) -> None:
    """Columns that this record fills in no row: left empty, never defaulted."""
    if rows:
        empty = [column for column in header if all(row.get(column) in (None, "") for row in rows)]
        for column in empty:
            tally.drop("column left empty", "the record holds nothing for it", column)


def tally_facts(tally: Tally, record: Record, held: Callable[[Fact], bool], why: str) -> None:
    """Facts that an export does not draw on."""
    for fact in record.facts:
        if not held(fact):
            tally.drop("fact", why, fact.id)


def tally_interval(tally: Tally, one: Coded, why: str) -> None:
    """A date that is a range, where a row holds it coarser or finer than it is."""
    if one.event.date is not None:
        tally.round("date", f"{why}; the record has the range", one.event.id)


def tally_toll(tally: Tally, one: Coded, effect: str = "killed") -> None:
    """A toll that is a range or several readings, where a row has one number."""
    held = one.quantities(effect)
    if len(held) > 1:
        tally.round(
            f"readings of {effect}", "the codebook's rule picks; the branch is in the notes", one.event.id
        )
    if any(q.low != q.high for q in held):
        tally.round(f"range of {effect}", "a cell holds one number, not bounds", one.event.id)
