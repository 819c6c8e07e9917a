"""spaCy's attribute ruler, with what its patterns say of a token remembered.

Its matcher tries some two hundred patterns at every token, which takes a seventh of a parse. All but a few
speak of one token, by its tag, word and relation: what they say need be asked once for each such three.
"""

from __future__ import annotations

from typing import Any, Final

from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

#: What the patterns of spaCy's English pipelines look at; white space is told by the word.
_LOOKED_AT: Final = frozenset(("TAG", "LOWER", "DEP", "IS_SPACE"))
_KEY: Final[list[int | str]] = ["TAG", "LOWER", "DEP"]
#: So many are remembered: a long run meets ever new words.
_MOST: Final = 50_000

_Match = tuple[int, int]


class QuickRuler:
    """Sets the attributes that an attribute ruler sets."""

    def __init__(self, ruler: AttributeRuler) -> None:
        self._ruler = ruler
        self._strings = ruler.vocab.strings
        self._longer = Matcher(ruler.vocab)
        for number, entry in enumerate(_entries(ruler)):
            patterns = [pattern for pattern in entry["patterns"] if len(pattern) > 1]
            if patterns:
                self._longer.add(str(number), patterns)
        self._known: dict[tuple[int, ...], tuple[_Match, ...]] = {}

    def __call__(self, doc: Doc) -> Doc:
        """The document, its attributes set."""
        matches = [
            (*self._named(match), start, end) for match, start, end in self._longer(doc, allow_missing=True)
        ]
        for i, key in enumerate(map(tuple, doc.to_array(_KEY).tolist())):
            known = self._known.get(key)
            if known is None:
                known = self._learn(key, doc, i)
            matches += [(number, match, i, i + 1) for number, match in known]
        # Later patterns have precedence.
        matches.sort()
        self._ruler.set_annotations(doc, matches)  # type: ignore[no-untyped-call]
        return doc

    def _learn(self, key: tuple[int, ...], doc: Doc, i: int) -> tuple[_Match, ...]:
        if len(self._known) >= _MOST:
            self._known.clear()
        found = self._ruler.matcher(doc[i : i + 1], allow_missing=True)
        self._known[key] = tuple(self._named(match) for match, _, _ in found)
        return self._known[key]

    def _named(self, match: int) -> _Match:
        return int(self._strings[match]), match


def quick(pipe: Any) -> Any:
    """The same pipe, or a quick one that does the same."""
    if not isinstance(pipe, AttributeRuler):
        return pipe
    names = {
        name
        for entry in _entries(pipe)
        for pattern in entry["patterns"]
        for token in pattern
        for name in token
    }
    return QuickRuler(pipe) if names <= _LOOKED_AT else pipe


def _entries(ruler: AttributeRuler) -> list[dict[str, Any]]:
    return ruler.patterns
