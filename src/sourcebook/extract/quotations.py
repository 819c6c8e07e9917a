"""Stretches between quotation marks."""

from __future__ import annotations

from typing import Final, NamedTuple

from spacy.tokens import Doc

OPENING: Final = frozenset("“„«")
CLOSING: Final = frozenset("”»")
EITHER: Final = frozenset(('"', "``", "''"))

#: Fewer words than this between marks are a term or a distancing, not somebody's sentence.
SHORT: Final = 4


class Quotation(NamedTuple):
    """Tokens [start, end) of a document from opening to closing mark, both included."""

    start: int
    end: int

    @property
    def long(self) -> bool:
        """Whether it holds enough words to be speech rather than a term in quotation marks."""
        return self.end - self.start - 2 >= SHORT


def quotations(doc: Doc) -> list[Quotation]:
    """The quotations of a document in order.

    One that is not closed ends with its paragraph: the habit of repeating only the opening mark
    where a speech goes on in the next paragraph.
    """
    found: list[Quotation] = []
    opened: int | None = None
    for token in doc:
        mark = token.text
        if opened is not None and (mark in CLOSING or mark in EITHER):
            found.append(Quotation(opened, token.i + 1))
            opened = None
        elif mark in OPENING or mark in EITHER:
            opened = token.i if opened is None else opened
        elif opened is not None and "\n" in mark and ends_paragraph(doc, token.i):
            found.append(Quotation(opened, token.i))
            opened = None
    return found


def ends_paragraph(doc: Doc, index: int) -> bool:
    """Whether the white space at a token ends a paragraph: two line ends, or one after a full stop."""
    return "\n\n" in doc[index].text or (index > 0 and doc[index - 1].text[-1] in '.!?”"')
