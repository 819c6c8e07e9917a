"""An occurrence of words that name an event."""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from sourcebook.extract.events.lexicon import Sense


class Trigger(NamedTuple):
    """An occurrence of a sense: its head and every token of the words, in text order."""

    head: Token
    tokens: tuple[Token, ...]
    sense: Sense

    @property
    def is_noun(self) -> bool:
        """Whether the event is named by a noun."""
        return self.sense.pos == "n"

    @property
    def span(self) -> Tokens:
        """From the first to the last word, if they are near; else the head alone."""
        first, last = self.tokens[0], self.tokens[-1]
        if last.i - first.i > 2 * len(self.tokens):
            return self.head.doc[self.head.i : self.head.i + 1]
        return self.head.doc[first.i : last.i + 1]

    @property
    def is_violent(self) -> bool:
        """Whether it is of type ASSAULT."""
        return self.sense.type == "ASSAULT"
