"""Event claims: triggers, types, modes and roles."""

from __future__ import annotations

from sourcebook.extract.notes import Notes
from sourcebook.model import Claim


def find(notes: Notes) -> list[Claim]:
    """The event claims of a passage."""
    del notes
    return []
