"""An analyst's coding sheet beside the record, row by row: agreed, differs, only here, only there.

A row and an event are put together by what they share (date, place, actor, toll); nobody is told to be right.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from msgspec import Struct

from sourcebook.model import Event, MentionKind, Quantity, Record
from sourcebook.text import dates
from sourcebook.text.dates import Written
from sourcebook.views import cells, wording
from sourcebook.views.entries import Entries

#: What one shared value weighs; a pair needs `_ENOUGH`, so that no single one but a date and place makes it.
_WEIGHTS: Final = {"date": 3, "place": 3, "actor": 2, "killed": 1, "injured": 1, "target": 1}
_ENOUGH: Final = 4

_TOLLS: Final = ("killed", "injured")
_WORD: Final = re.compile(r"\w+")

#: Words too common to tell one place or group from another.
_COMMON: Final = frozenset(("the", "of", "in", "and", "city", "province", "district", "group", "state"))

Sheet = Sequence[Mapping[str, str]]


class Compared(Struct, frozen=True, kw_only=True):
    """One row of the sheet, one event, or both.

    `outcome` is agreed, differs, only-here (in the record) or only-there (in the sheet). `differs` says each
    field that cannot be true of both; `silent` the fields that only one of the two fills in.
    """

    outcome: str
    row: int | None
    sheet: str
    event: str
    label: str
    shares: tuple[str, ...]
    differs: tuple[str, ...]
    silent: tuple[str, ...]


def rows(record: Record, sheet: Sheet) -> list[Compared]:
    """The rows of the sheet in their order, then the events that no row is about."""
    columns = cells.mapped(sheet[0]) if sheet else {}
    entries = Entries(record)
    header = columns.get("date", "")
    order = cells.order_of(header, (line.get(header) or "" for line in sheet))
    told = [_Row(n, line, columns, order) for n, line in enumerate(sheet, 1)]
    happened = [_Happened(entries, event) for event in record.events]
    pairs = _paired(told, happened)
    compared = [
        _compared(row, pairs[row.number]) if row.number in pairs else _only_there(row) for row in told
    ]
    taken = {h.event.id for h in pairs.values()}
    return [*compared, *(_only_here(h) for h in happened if h.event.id not in taken)]


class _Row:
    """One row of a sheet, its cells read."""

    def __init__(
        self, number: int, line: Mapping[str, str], columns: Mapping[str, str], order: cells.Order
    ) -> None:
        self.number = number
        self.cells = {field: (line.get(column) or "").strip() for field, column in columns.items()}
        self.when = _when(self.cells, order)
        self.words = "; ".join(f"{f}: {c}" for f, c in self.cells.items() if c)

    def figure(self, field: str) -> tuple[int | None, int | None] | None:
        """A toll as bounds; None where the cell holds none."""
        return cells.bounds(self.cells.get(field, ""))


def _when(row: Mapping[str, str], order: cells.Order) -> tuple[date | None, date | None] | None:
    """The first and last day that a row may mean."""
    first = cells.when(row["date"], order) if row.get("date") else _parts(row)
    if first is None:
        return None
    last = cells.when(row["date_end"], order) if row.get("date_end") else None
    return first.earliest, (last or first).latest


def _parts(row: Mapping[str, str]) -> Written | None:
    """A date in three columns; 0 is unknown, as in GTD."""
    parts = [row.get(name, "").removesuffix(".0") for name in ("year", "month", "day")]
    known = [p.zfill(2) for p in parts if p.isdecimal() and int(p)]
    return dates.parse("-".join(known)) if known and parts[0] else None


class _Happened:
    """One event, and what a row may share with it."""

    def __init__(self, entries: Entries, event: Event) -> None:
        self.event = event
        self.tolls: dict[str, list[Quantity]] = {}
        for fact in entries.record.facts:
            if fact.subject == event.id and fact.property in _TOLLS:
                values = [r.value for r in fact.readings if isinstance(r.value, Quantity)]
                self.tolls.setdefault(fact.property, []).extend(values)
        self.names = {
            "place": [p.name for p in event.places],
            "actor": self._parties(entries, "actor", "claimant"),
            "target": self._parties(entries, "recipient"),
        }

    def _parties(self, entries: Entries, *roles: str) -> list[str]:
        found = []
        for part in self.event.participants:
            if part.role in roles:
                entity = entries.entities.get(part.entity) if part.entity else None
                found += [part.name, *(a.name for a in entity.aliases)] if entity else [part.name]
                if entity and entity.kind is MentionKind.PEOPLE:
                    found.append("civilians")  # as ACLED and UCDP name them
        return list(dict.fromkeys(found))


def _verdicts(row: _Row, happened: _Happened) -> dict[str, bool | None]:
    """By field: both say something that can be true together, or cannot; None where one is silent."""
    found: dict[str, bool | None] = {"date": _dates_meet(row, happened.event)}
    for field, names in happened.names.items():
        said = row.cells.get(field, "")
        found[field] = any(_alike(said, name) for name in names) if said and names else None
    for field in _TOLLS:
        figure, held = row.figure(field), happened.tolls.get(field)
        found[field] = any(_meets(figure, q) for q in held) if figure is not None and held else None
    return found


def _dates_meet(row: _Row, event: Event) -> bool | None:
    if row.when is None or event.date is None:
        return None
    (first, last), days = row.when, event.date
    before = last is None or days.earliest is None or days.earliest <= last
    return before and (first is None or days.latest is None or first <= days.latest)


def _meets(figure: tuple[int | None, int | None], value: Quantity) -> bool:
    return Quantity(low=figure[0], high=figure[1]).meets(value)


def _alike(one: str, other: str) -> bool:
    """Whether the telling words of the shorter are all in the longer."""
    left, right = (set(_WORD.findall(name.casefold())) - _COMMON for name in (one, other))
    shorter, longer = sorted((left, right), key=len)
    return bool(shorter) and shorter <= longer


def _paired(told: Sequence[_Row], happened: Sequence[_Happened]) -> dict[int, _Happened]:
    """Each row with at most one event, the best pairs first."""
    scored = []
    for row in told:
        for order, one in enumerate(happened):
            verdicts = _verdicts(row, one)
            score = sum(weight for field, weight in _WEIGHTS.items() if verdicts.get(field))
            clash = verdicts["date"] is False and verdicts["place"] is False
            if score >= _ENOUGH and not clash and (verdicts["date"] or verdicts["place"]):
                scored.append((-score, row.number, order))
    pairs: dict[int, _Happened] = {}
    taken: set[int] = set()
    for _, number, order in sorted(scored):
        if number not in pairs and order not in taken:
            pairs[number] = happened[order]
            taken.add(order)
    return pairs


def _compared(row: _Row, happened: _Happened) -> Compared:
    verdicts = _verdicts(row, happened)
    differs = tuple(
        f"{f}: sheet {_said(row, f)}, record {_held(happened, f)}" for f, v in verdicts.items() if v is False
    )
    silent = tuple(
        f"{field}: {'record' if row.cells.get(field) else 'sheet'} is silent"
        for field, verdict in verdicts.items()
        if verdict is None and bool(_said(row, field)) is not bool(_held(happened, field))
    )
    return Compared(
        outcome="differs" if differs else "agreed",
        row=row.number,
        sheet=row.words,
        event=happened.event.id,
        label=happened.event.label,
        shares=tuple(field for field, verdict in verdicts.items() if verdict),
        differs=differs,
        silent=silent,
    )


def _said(row: _Row, field: str) -> str:
    if field == "date":
        return "/".join(d.isoformat() if d else ".." for d in dict.fromkeys(row.when)) if row.when else ""
    return row.cells.get(field, "")


def _held(happened: _Happened, field: str) -> str:
    if field == "date":
        return wording.days(happened.event.date)
    if field in _TOLLS:
        return ", ".join(dict.fromkeys(wording.number(q) for q in happened.tolls.get(field, ())))
    return ", ".join(happened.names[field])


def _only_there(row: _Row) -> Compared:
    return _alone("only-there", row.number, row.words, "", "")


def _only_here(happened: _Happened) -> Compared:
    return _alone("only-here", None, "", happened.event.id, happened.event.label)


def _alone(outcome: str, row: int | None, sheet: str, event: str, label: str) -> Compared:
    return Compared(
        outcome=outcome,
        row=row,
        sheet=sheet,
        event=event,
        label=label,
        shares=(),
        differs=(),
        silent=(),
    )
