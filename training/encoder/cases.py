"""The development part as cases for the selector: read by the trained tagger."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from corpus import Text
from names import Exchange
from selector import Case

from sourcebook.extract.encoder import Scores
from sourcebook.extract.encoder.proposals import fixed, proposals


def cases(texts: Sequence[Text], read: Callable[[str], Scores]) -> list[Case]:
    """One case a text."""
    found = []
    for text in texts:
        scores = read(text.text)
        made = proposals(scores)
        found.append(Case(made, fixed(scores, made), text.entities))
    return found


def exchanged(texts: Sequence[Text], exchange: Exchange, seed: int, *, others: bool = False) -> list[Text]:
    """The texts with names that training never saw."""
    draw = Random(seed)
    return [exchange.unseen(text, draw, others=others) for text in texts]
