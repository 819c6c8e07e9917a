"""Who said what: sources, cues and contents."""

from __future__ import annotations

from sourcebook.extract.notes import Notes
from sourcebook.extract.passage import Passage
from sourcebook.model import Attribution


def find(passage: Passage, notes: Notes) -> list[Attribution]:
    """The attributions of a passage."""
    del passage, notes
    return []
