"""What a long run tells of how far it is."""

from __future__ import annotations

from collections.abc import Callable

#: Told of each step: what is done, how many so far, how many in all (0 where that is not known).
Progress = Callable[[str, int, int], None]


def silent(step: str, done: int, of: int) -> None:
    """Tell nothing."""
    del step, done, of
