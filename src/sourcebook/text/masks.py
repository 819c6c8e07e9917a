"""Masks: boilerplate and footnote marks hidden from the extractors without moving an offset."""

from __future__ import annotations

from collections.abc import Iterable

from sourcebook.model import Mask


def blank(text: str, masks: Iterable[Mask]) -> str:
    """`text` with every masked code point but line ends turned into a space; the same length."""
    characters = list(text)
    for mask in masks:
        for i in range(mask.start, min(mask.end, len(characters))):
            if characters[i] != "\n":
                characters[i] = " "
    return "".join(characters)
