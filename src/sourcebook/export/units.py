"""Offsets in UTF-16 code units, as JavaScript and Java count them, and in code points."""

from __future__ import annotations

from bisect import bisect_left
from typing import Final

#: The last code point that one UTF-16 unit holds.
_BASIC: Final = 0xFFFF


class Units:
    """One text, its offsets in both."""

    def __init__(self, text: str) -> None:
        self._wide = [n for n, letter in enumerate(text) if ord(letter) > _BASIC]
        self._wide_units = [n + before for before, n in enumerate(self._wide)]

    def at(self, offset: int) -> int:
        """The UTF-16 offset of a code point's."""
        return offset + bisect_left(self._wide, offset)

    def back(self, unit: int) -> int:
        """The code point's offset of a UTF-16 one."""
        return unit - bisect_left(self._wide_units, unit)
