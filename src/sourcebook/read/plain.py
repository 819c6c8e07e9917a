"""Plain text: the canonical text is what was decoded, with line ends as line feeds."""

from __future__ import annotations

from sourcebook.read.encodings import decode
from sourcebook.read.page import Page, line_ends


def page(data: bytes) -> Page:
    """The whole file."""
    text, encoding = decode(data)
    return Page(line_ends(text), encoding)
