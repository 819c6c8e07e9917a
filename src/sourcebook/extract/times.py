"""Time expressions: TIMEX3 to EDTF with anchor and basis."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sourcebook.extract.passage import Passage
from sourcebook.model import Days, Mention
from sourcebook.ports import Context


class Clock(NamedTuple):
    """What relative and partial expressions count from: the document's own date, or an estimate."""

    day: Days | None


def clock(passages: Sequence[Passage], context: Context) -> Clock:
    """The document's date if it carries one, else the days it may have been written on."""
    del context
    return Clock(passages[0].document.published if passages else None)


def find(passage: Passage, clock: Clock) -> list[Mention]:
    """The time expressions of a passage."""
    del passage, clock
    return []
