"""Kinds of harm and loss that incidents are counted by: killing, injuring, fires, dismissals."""

from __future__ import annotations

import re
from functools import cache
from types import MappingProxyType
from typing import Final

from sourcebook.text.lexicon import rows

#: Kinds that are counted in persons, and the figure of an incident that tells how many.
EFFECTS: Final = MappingProxyType({"killing": "killed", "injuring": "injured"})


def tells_of(kind: str, text: str) -> bool:
    """Whether the words of a text tell of a kind of harm."""
    return bool(_words(kind).search(text))


def tells_of_any(text: str) -> bool:
    """Whether the words of a text tell of any kind of harm or loss."""
    return any(_words(kind).search(text) for kind in _kinds())


@cache
def _kinds() -> tuple[str, ...]:
    return tuple(dict.fromkeys(r[0] for r in rows("sourcebook.views", "harm")))


@cache
def _words(kind: str) -> re.Pattern[str]:
    told = "|".join(r[1] for r in rows("sourcebook.views", "harm") if r[0] == kind)
    return re.compile(rf"\b(?:{told})\b", re.IGNORECASE)
