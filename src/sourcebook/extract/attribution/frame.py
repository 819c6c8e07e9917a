"""One candidate of attribution: a cue, and the source and content that it may have."""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Token

from sourcebook.extract.grammar import Range


class Frame(NamedTuple):
    """One candidate: token ranges are [start, end); `source` is the head of the source's noun phrase."""

    cue: Token
    pattern: str
    source: Token | None
    contents: tuple[Range, ...]
    direct: bool = False
