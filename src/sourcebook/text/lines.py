"""Lines of a text and where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple


class Line(NamedTuple):
    """One line without the blanks around it, from code point `start` to `end`.

    `blank_after` says whether an empty line or the end of the text follows.
    """

    start: int
    end: int
    text: str
    blank_after: bool


def lines(text: str) -> Iterator[Line]:
    """The lines of `text` that hold more than blanks, in order."""
    start = 0
    while start < len(text):
        stop = text.find("\n", start)
        stop = len(text) if stop < 0 else stop
        raw = text[start:stop]
        stripped = raw.strip()
        if stripped:
            lead = start + len(raw) - len(raw.lstrip())
            following = text[stop + 1 : stop + 200].partition("\n")[0]
            yield Line(lead, lead + len(stripped), stripped, not following.strip())
        start = stop + 1
