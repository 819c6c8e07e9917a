"""Reading the cells of somebody's sheet: which column is which, figures and dates as people write them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from sourcebook.text import dates
from sourcebook.text.dates import Written
from sourcebook.text.lexicon import rows

_WORD: Final = re.compile(r"[^\W_]+")
_BRACKETS: Final = re.compile(r"\([^()]{0,80}\)|\[[^\[\]]{0,80}\]")
_NUMBER: Final = r"\d{1,3}(?:[, ]\d{3}){1,3}|\d{1,9}"
_FIGURE: Final = re.compile(
    rf"(?P<before>[^\d]{{0,20}}?)\s?(?P<low>{_NUMBER})(?:\.0)?"
    rf"(?:\s?(?:-|–|to|/)\s?(?P<high>{_NUMBER}))?\s?(?P<plus>\+?)(?P<after>[^\d]{{0,40}})"
)
_FROM: Final = frozenset((">", "≥", ">=", "min", "at least", "over", "more than", "minimum", "over"))
_TO: Final = frozenset(("<", "≤", "<=", "max", "up to", "under", "less than", "fewer than", "maximum"))
_ABOUT: Final = frozenset(
    ("~", "c", "ca", "circa", "about", "approx", "approximately", "around", "nearly", "almost")
)
#: A figure that is "about" so many may be a tenth more or less.
_TENTH: Final = 10

_MONTH_YEAR: Final = re.compile(r"(?P<m>\d{1,2})[/.](?P<y>[12]\d{3})")
_RUN: Final = re.compile(r"(?P<y>[12]\d{3})(?P<m>\d{2})(?P<d>\d{2})")
_SHORT_YEAR: Final = re.compile(r"(?P<d>\d{1,2})[ -](?P<m>[A-Za-z]{3,9})[ -](?P<y>\d{2})")
_TWO_ORDERS: Final = re.compile(r"(?P<a>\d{1,2})[./](?P<b>\d{1,2})[./](?P<y>[12]\d{3})")
_MONTHS_A_YEAR: Final = 12
#: Two digits of a year up to this are of this century.
_CENTURY: Final = 69


def mapped(headers: Iterable[str]) -> dict[str, str]:
    """Which column of a sheet holds which field: by its whole header, else by words within it."""
    given = list(headers)
    found: dict[str, str] = {}
    named = [(field, [name.strip() for name in names.split(",")]) for field, names in _lexicon()]
    for whole in (True, False):
        for field, names in named:
            free = [header for header in given if header not in found.values()]
            column = next((h for n in names for h in free if _is(h, n, whole=whole)), None)
            if field not in found and column is not None:
                found[field] = column
    return found


def _lexicon() -> list[tuple[str, str]]:
    return [(row[0], row[1]) for row in rows("sourcebook.views", "sheet_headers")]


def _is(header: str, name: str, *, whole: bool) -> bool:
    words, wanted = _words(_BRACKETS.sub(" ", header)), _words(name)
    if whole:
        return _words(header) == wanted or "".join(_words(header)) == "".join(wanted)
    return any(words[n : n + len(wanted)] == wanted for n in range(len(words)))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def bounds(cell: str) -> tuple[int | None, int | None] | None:
    """The least and the most that a figure may mean; None where the cell holds none.

    "137-145", "180+", ">170", "at least 12", "~84" (a tenth more or less), "1,200".
    """
    found = _FIGURE.fullmatch(" ".join(cell.split()))
    if found is None:
        return None
    low = _number(found["low"])
    high = _number(found["high"]) if found["high"] else low
    mark = found["before"].strip(" .").casefold()
    if mark == "-":  # a code for unknown, such as -9
        return None
    if found["plus"] or mark in _FROM:
        return low, None
    if mark in _TO:
        return None, low
    if mark in _ABOUT:
        return low - low // _TENTH, high + high // _TENTH
    return (low, high) if low <= high else None


def _number(digits: str) -> int:
    return int(re.sub(r"\D", "", digits))


class Order(StrEnum):
    """In which order a sheet writes days and months: 03/07 is 3 July, 7 March, or either."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"
    UNKNOWN = "unknown"


def order_of(header: str, cells: Iterable[str]) -> Order:
    """The order of a column of dates: by its header, else by a number over twelve in it."""
    hint = header.casefold()
    for pattern, answer in (
        ("dd/mm", Order.DAY_FIRST),
        ("dd.mm", Order.DAY_FIRST),
        ("mm/dd", Order.MONTH_FIRST),
    ):
        if pattern in hint:
            return answer
    found = [m for m in map(_TWO_ORDERS.fullmatch, (c.strip() for c in cells)) if m]
    first = any(int(m["a"]) > _MONTHS_A_YEAR for m in found)
    second = any(int(m["b"]) > _MONTHS_A_YEAR for m in found)
    if first == second:
        return Order.UNKNOWN
    return Order.DAY_FIRST if first else Order.MONTH_FIRST


def when(cell: str, order: Order) -> Written | None:
    """The days that a cell means; where day and month may stand in either order and nothing tells, both."""
    text = " ".join(cell.split()).split(" 00:00")[0]
    numeric = _TWO_ORDERS.fullmatch(text)
    if numeric and order is not Order.UNKNOWN:
        ends = (numeric["a"], numeric["b"])
        day, month = ends if order is Order.DAY_FIRST else ends[::-1]
        return dates.parse(f"{numeric['y']}-{month.zfill(2)}-{day.zfill(2)}")
    for pattern in (_MONTH_YEAR, _RUN):
        if given := pattern.fullmatch(text):
            parts = given.groupdict()
            return dates.parse("-".join(parts[k].zfill(2) for k in ("y", "m", "d") if k in parts))
    if short := _SHORT_YEAR.fullmatch(text):
        year = int(short["y"])
        return dates.parse(f"{short['d']} {short['m']} {year + (2000 if year <= _CENTURY else 1900)}")
    return dates.parse(text)
