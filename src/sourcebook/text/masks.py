"""Masks: boilerplate and footnote marks hidden from the extractors without moving an offset."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from sourcebook.model import Mask

_INK: Final = re.compile(r"[^\n]")


def blank(text: str, masks: Iterable[Mask]) -> str:
    """`text` with every masked code point but line ends turned into a space; the same length."""
    pieces: list[str] = []
    at = 0
    for mask in sorted(masks):
        start, end = max(mask.start, at), min(mask.end, len(text))
        if start < end:
            pieces += (text[at:start], _INK.sub(" ", text[start:end]))
            at = end
    return "".join((*pieces, text[at:]))
