"""How rows are printed: a table that wraps and never cuts, JSON, or CSV."""

from __future__ import annotations

import os
import re
import shutil
import sys
import unicodedata
from collections.abc import Sequence
from types import MappingProxyType
from typing import Any, Final

import click
import msgspec
from msgspec import Struct

from sourcebook.cli.terminal import harmless
from sourcebook.export.csv import text as csv_text

_NARROWEST: Final = 4
_CROWDED: Final = 10
_GAP: Final = "  "
_AFTER_SLASH: Final = re.compile(r"(?<=/)(?=.)")
#: Headings shorter than the names of their fields.
_SHORT: Final = MappingProxyType({"documents": "docs", "said_by": "said by", "origins": "orig"})


def show(rows: Sequence[Struct], form: str, *, columns: Sequence[str] = (), empty: str = "nothing") -> None:
    """Print rows to stdout: JSON and CSV show everything, a table `columns` if any are named."""
    if form == "json":
        content = msgspec.json.format(msgspec.json.encode(rows, order="sorted"), indent=1)
        click.echo(content.decode())
    elif form == "csv":
        built = [msgspec.to_builtins(row) for row in rows]
        names = list(built[0]) if built else list(columns)
        sys.stdout.write(csv_text(built, names))
    elif not rows:
        click.echo(empty, err=True)
    else:
        names = list(columns) or list(rows[0].__struct_fields__)
        shown = [[_cell(getattr(row, name)) for name in names] for row in rows]
        for line in table([_SHORT.get(n, n.replace("_", " ")).upper() for n in names], shown, width()):
            click.echo(line)


def rest(shown: int, total: int) -> None:
    """Say on stderr that there is more than was shown."""
    if shown < total:
        click.echo(f"{shown:,} of {total:,}; --limit N shows more", err=True)


def show_one(value: Struct) -> None:
    """Print a single thing as JSON."""
    click.echo(msgspec.json.format(msgspec.json.encode(value, order="sorted"), indent=1).decode())


def show_fields(value: Struct) -> None:
    """Print the fields of a single thing, one beneath the other, those that hold nothing left out."""
    for name in value.__struct_fields__:
        held = getattr(value, name)
        if held not in (None, "", (), [], {}):
            label = f"  {name.replace('_', ' ')}: "
            first, *more = wrap(_cell(held), width() - len(label))
            click.echo(f"{label}{first}")
            for line in more:
                click.echo(" " * len(label) + line)


def paragraph(text: str) -> None:
    """Print running words."""
    for line in wrap(_cell(text), width()):
        click.echo(line)


def heading(text: str) -> None:
    """A line that opens a section of a table."""
    click.echo(f"\n{emphasis(text)}")


def emphasis(text: str) -> str:
    """Bold, where stdout is a terminal and NO_COLOR is not set."""
    return click.style(text, bold=True) if sys.stdout.isatty() and not os.environ.get("NO_COLOR") else text


def width() -> int:
    """The columns to fill: the terminal's, 100 where there is none."""
    return max(40, shutil.get_terminal_size((100, 24)).columns)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return "; ".join(_cell(v) for v in value)
    if isinstance(value, dict):
        return ", ".join(f"{k} {'unknown' if v is None else _cell(v)}" for k, v in value.items())
    # A tab, an escape or a line end in a quotation must not move the table or the terminal.
    return harmless(str(value))


def table(header: Sequence[str], rows: Sequence[Sequence[str]], room: int) -> list[str]:
    """The lines of a table within `room` columns: cells wrap at spaces, nothing is cut."""
    numeric = [all(_is_number(row[n]) for row in rows) for n in range(len(header))]
    widths = _widths(header, rows, room)
    lines = [emphasis(_line(header, widths, numeric))]
    for row in rows:
        wrapped = [wrap(cell, widths[n]) for n, cell in enumerate(row)]
        for deep in range(max(len(cell) for cell in wrapped)):
            parts = [cell[deep] if deep < len(cell) else "" for cell in wrapped]
            lines.append(_line(parts, widths, numeric))
    return lines


def _is_number(text: str) -> bool:
    return text.replace(",", "").replace(".", "", 1).isdecimal()


def _line(cells: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> str:
    padded = [
        " " * (widths[n] - columns(c)) + c if numeric[n] else c + " " * (widths[n] - columns(c))
        for n, c in enumerate(cells)
    ]
    return _GAP.join(padded).rstrip()


def columns(text: str) -> int:
    """How many columns a terminal needs for a text: East Asian wide letters take two, accents none."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )


def _widths(header: Sequence[str], rows: Sequence[Sequence[str]], room: int) -> list[int]:
    """A width for each column: what it needs, and where that is too much, as few lines as can be."""
    wanted = [max(columns(header[n]), *(columns(row[n]) for row in rows)) for n in range(len(header))]
    least = [
        max(_NARROWEST, columns(header[n]), *(min(_longest_word(row[n]), 24) for row in rows))
        for n in range(len(header))
    ]
    while sum(least) > room - len(_GAP) * (len(header) - 1) and max(least) > _CROWDED:
        least[least.index(max(least))] -= 1
    left = room - len(_GAP) * (len(header) - 1)
    widths = [min(w, max(x, _NARROWEST)) for w, x in zip(wanted, least, strict=True)]
    spare = left - sum(widths)
    while spare > 0 and widths != wanted:
        short = [n for n, w in enumerate(widths) if w < wanted[n]]
        tallest = max(short, key=lambda n: wanted[n] / widths[n])
        widths[tallest] += 1
        spare -= 1
    return widths


def _longest_word(text: str) -> int:
    return max((columns(word) for word in _words(text)), default=0)


def _words(text: str) -> list[str]:
    """The pieces between which a line may be broken: at spaces, and after a slash."""
    return [piece for word in text.split() for piece in _AFTER_SLASH.split(word)]


def _fitting(word: str, room: int) -> int:
    """How many letters of a word fit into `room` columns; one at least."""
    count = next((n for n in range(len(word), 1, -1) if columns(word[:n]) <= room), 1)
    return max(count, 1)


def wrap(text: str, room: int) -> list[str]:
    """The text in lines of at most `room` columns, cut at spaces, a longer word where it must be."""
    lines = [""]
    for word in _words(text):
        rest = word
        gap = "" if lines[-1].endswith("/") else " "
        if lines[-1] and columns(lines[-1]) + len(gap) + columns(rest) <= room:
            lines[-1] += f"{gap}{rest}"
            continue
        if lines[-1]:
            lines.append("")
        while columns(rest) > room:
            cut = _fitting(rest, room)
            lines[-1] = rest[:cut]
            rest = rest[cut:]
            lines.append("")
        lines[-1] = rest
    return lines
