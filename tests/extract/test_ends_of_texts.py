"""Texts that break off: whatever they end with, they are read."""

from __future__ import annotations

import pytest

from sourcebook.extract.pipeline import extract
from sourcebook.model import Document, document_id
from sourcebook.ports import Context


@pytest.mark.parametrize(
    "text",
    [
        "HARBOUR NEWS CENTRE\n\nThe latest reports from the harbour of Oster on Friday :",
        "Follow the harbour news of Oster on Friday:",
        "OSTER -",
        "Police said",
        "“",
    ],
)
def test_a_text_that_breaks_off_is_read(text: str) -> None:
    document = Document(id=document_id("a", ""), path="a", sha256="", sequence=0, text=text)
    assert all(m.span.end <= len(text) for m in extract(document, Context()).mentions)
