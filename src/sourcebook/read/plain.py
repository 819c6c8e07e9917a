"""Plain text: the canonical text is what was decoded, with line ends as line feeds."""

from __future__ import annotations

from collections.abc import Iterable

from sourcebook.ports import Raw, Reading
from sourcebook.read.encodings import decode
from sourcebook.read.page import Page, line_ends, reading


def read(raw: Raw, /, *, sequence: int) -> Iterable[Reading]:
    """One document: the whole file."""
    text, encoding = decode(raw.data)
    return (reading(Page(line_ends(text), encoding), raw, sequence=sequence),)
