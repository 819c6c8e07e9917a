"""Actor claims: who leads, founded, opposes, bases, numbers."""

from __future__ import annotations

from sourcebook.extract.notes import Notes
from sourcebook.model import Claim


def find(notes: Notes) -> list[Claim]:
    """The actor claims of a passage."""
    del notes
    return []
