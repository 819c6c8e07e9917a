"""Words of documents and names of files on their way to a terminal."""

from __future__ import annotations

import unicodedata


def harmless(text: str) -> str:
    """The text without anything that could move the terminal, turn a line or end it: blanks instead."""
    return "".join(" " if unicodedata.category(c)[0] == "C" else c for c in text)
