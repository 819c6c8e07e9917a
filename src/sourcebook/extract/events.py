"""Event claims: triggers, types, modes and roles."""

from __future__ import annotations

from sourcebook.extract.notes import Notes
from sourcebook.ports import Extraction


def find(notes: Notes) -> Extraction:
    """The event claims of a passage, and the mentions that were made to carry their values."""
    del notes
    return Extraction((), ())
