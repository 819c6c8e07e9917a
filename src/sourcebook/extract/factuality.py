"""How surely a speaker commits to an event, and what became of it."""

from __future__ import annotations

from spacy.tokens import Token

from sourcebook.extract.notes import Notes
from sourcebook.model import Factuality, Status


def assess(notes: Notes, predicate: Token) -> tuple[Factuality, Status]:
    """The commitment of the innermost speaker to the event at `predicate`, and its status."""
    del notes, predicate
    return Factuality.CERTAIN, Status.ACCOMPLISHED
