"""Numbers and their bounds."""

from __future__ import annotations

from collections.abc import Sequence

from sourcebook.extract.passage import Passage
from sourcebook.model import Mention


def find(passage: Passage, times: Sequence[Mention]) -> list[Mention]:
    """The quantities of a passage that are no part of a time expression."""
    del passage, times
    return []
