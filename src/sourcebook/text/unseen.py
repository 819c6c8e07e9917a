"""Characters that turn the direction of what follows, and controls: shown by their numbers."""

from __future__ import annotations

import re
from typing import Final

_UNSEEN: Final = re.compile("[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b-\x1f\x7f]")


def shown(text: str) -> str:
    """The text with each of them as ‹U+202E›; what it gives is left as it is when asked again."""
    return _UNSEEN.sub(lambda found: f"‹U+{ord(found[0]):04X}›", text) if holds(text) else text


def holds(text: str) -> bool:
    """Whether any of them is in a text."""
    return _UNSEEN.search(text) is not None
