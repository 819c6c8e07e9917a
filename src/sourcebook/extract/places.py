"""Names of places."""

from __future__ import annotations

from sourcebook.extract.passage import Passage
from sourcebook.model import Mention


def find(passage: Passage) -> list[Mention]:
    """The places, facilities and demonyms named in a passage."""
    del passage
    return []
