"""Entries in the making: cells as written, checked one by one; a bad cell is named and left out."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from sourcebook import gazetteer
from sourcebook.model import Days, Entry, MentionKind
from sourcebook.model.vocabulary import PRECISIONS
from sourcebook.text import dates

_LONGEST_NAME: Final = 300
_LONGEST_NOTE: Final = 500
_KINDS: Final = frozenset(k.value for k in MentionKind if k.is_entity)
_SITES: Final = (MentionKind.PLACE, MentionKind.FACILITY)


class Draft(NamedTuple):
    """One entry as its list has it: every cell as text, "" where it is silent."""

    id: str
    name: str
    kind: str = ""
    aliases: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    actor_kind: str = ""
    country: str = ""
    since: str = ""
    until: str = ""
    parent: str = ""
    lat: str = ""
    lon: str = ""
    precision: str = ""
    identifiers: tuple[tuple[str, str], ...] = ()
    note: str = ""


class Sorted(NamedTuple):
    """Entries by row, faults by row, and how many were no actors and no places."""

    entries: tuple[Entry, ...]
    faults: list[tuple[int, str]]
    passed_over: int


def sort_out(found: Iterable[tuple[int, Draft | str | None]], name: str) -> Sorted:
    """Drafts to entries: a text is the reason why there is no draft, None an entry of no interest."""
    entries: dict[str, Entry] = {}
    faults: list[tuple[int, str]] = []
    passed_over = 0
    for row, draft in found:
        if draft is None:
            passed_over += 1
        elif isinstance(draft, str):
            faults.append((row, draft))
        elif why := _unusable(draft, entries):
            faults.append((row, why))
        else:
            entry, bad = _Checking(draft, row, name).entry()
            entries[entry.id] = entry
            faults += [(row, "; ".join(bad))] if bad else []
    return Sorted(tuple(entries.values()), faults, passed_over)


def _unusable(draft: Draft, known: dict[str, Entry]) -> str:
    """Why a row makes no entry at all, "" if it does."""
    if not draft.id.strip():
        return "no id"
    if clean(draft.id) in known:
        return f"the id {clean(draft.id)!r} is already in row {known[clean(draft.id)].row}"
    if not any(c.isalnum() for c in draft.name):
        return "no name"
    kind = draft.kind.strip().casefold().replace(" ", "_")
    return (
        f"kind {draft.kind!r} is none of {', '.join(sorted(_KINDS))}" if kind and kind not in _KINDS else ""
    )


class _Checking:
    """The cells of one draft, checked."""

    def __init__(self, draft: Draft, row: int, name: str) -> None:
        self._draft = draft
        self._row = row
        self._list = name
        self._faults: list[str] = []

    def entry(self) -> tuple[Entry, list[str]]:
        """The entry, and what of it was left out."""
        draft = self._draft
        kind = draft.kind.strip().casefold().replace(" ", "_")
        precision = self._precision()
        lat, lon = self._point(precision)
        name = clean(draft.name)
        made = Entry(
            list=self._list,
            id=clean(draft.id),
            row=self._row,
            name=name,
            kind=MentionKind(kind) if kind else None,
            aliases=tuple(a for a in _names(draft.aliases) if a != name),
            weak=tuple(_names(draft.weak)),
            actor_kind=clean(draft.actor_kind) or None,
            country=self._country(),
            since=self._days("from", draft.since),
            until=self._days("until", draft.until),
            parent=clean(draft.parent) or None,
            lat=lat,
            lon=lon,
            precision=precision,
            identifiers={k: clean(v) for k, v in sorted(draft.identifiers) if v.strip()},
            note=clean(draft.note)[:_LONGEST_NOTE] or None,
        )
        return made, self._faults

    def _country(self) -> str | None:
        written = clean(self._draft.country)
        if not written:
            return None
        if written.upper() in gazetteer.countries():
            return written.upper()
        land = gazetteer.country(written)
        if land is None:
            self._faults.append(
                f"country {written!r} is not known: write its two letters or its English name"
            )
        return land.code if land else None

    def _days(self, column: str, cell: str) -> Days | None:
        written = clean(cell)
        days = dates.parse(written) if written else None
        if written and days is None:
            self._faults.append(f"{column}: {written!r} is no date; write 2024-03-25, 2024-03, 2024 or EDTF")
        if days is None:
            return None
        basis = f"the list {self._list}, row {self._row}"
        return Days(edtf=days.edtf, earliest=days.earliest, latest=days.latest, basis=basis)

    def _precision(self) -> str | None:
        written = clean(self._draft.precision).casefold()
        if written and written not in PRECISIONS:
            self._faults.append(f"precision {written!r} is none of {', '.join(PRECISIONS)}")
        return written if written in PRECISIONS else None

    def _point(self, precision: str | None) -> tuple[float | None, float | None]:
        draft = self._draft
        if not draft.lat.strip() and not draft.lon.strip():
            return None, None
        try:
            lat, lon = _degrees(draft.lat, 90), _degrees(draft.lon, 180)
        except ValueError:
            self._faults.append(f"{draft.lat!r}, {draft.lon!r} is no point: decimal degrees, latitude first")
            return None, None
        if precision is None:
            self._faults.append("a point without a precision is not taken: say what kind of place it is")
            return None, None
        return lat, lon


def _degrees(cell: str, most: int) -> float:
    value = float(cell)
    if not math.isfinite(value) or abs(value) > most:
        raise ValueError(cell)
    return round(value, 6)


def clean(cell: str) -> str:
    """A cell without control and format characters and doubled blanks, composed."""
    kept = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in cell)
    return " ".join(unicodedata.normalize("NFC", kept).split())


def _names(cells: Iterable[str]) -> Iterator[str]:
    """Names that hold a letter or figure and are not absurdly long, each once."""
    known = dict.fromkeys(clean(c) for c in cells)
    return (n for n in known if len(n) <= _LONGEST_NAME and any(c.isalnum() for c in n))
