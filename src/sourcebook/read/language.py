"""The language of a text by its commonest words: small, offline, the same on every machine."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Final

from sourcebook.text.lexicon import rows

_SAMPLE: Final = 20_000
_WORD: Final = re.compile(r"[^\W\d_]{1,30}")
#: A running text in a language has a quarter or more of its words in that language's list; names and
#: headlines pull this down. The next language must have clearly fewer.
_SHARE: Final = 0.12
_LEAD: Final = 1.25
_FEWEST: Final = 8
#: Scripts that leave one language only, as far as this package needs to know.
_SCRIPTS: Final = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
    ("bn", re.compile(r"[\u0980-\u09ff]")),
    ("am", re.compile(r"[\u1200-\u137f]")),
    ("my", re.compile(r"[\u1000-\u109f]")),
)


@cache
def _words() -> dict[str, frozenset[str]]:
    return {code: frozenset(words.split()) for code, words in rows("sourcebook.read", "stopwords")}


def language(text: str) -> str | None:
    """The ISO 639-1 code of the language that most of `text` is in; None where that cannot be told."""
    sample = text[:_SAMPLE]
    letters = sum(map(str.isalpha, sample))
    for code, script in _SCRIPTS:
        if letters and len(script.findall(sample)) > 0.3 * letters:
            return code
    words = Counter(word.casefold() for word in _WORD.findall(sample))
    total = words.total()
    if total < _FEWEST:
        return None
    shares = sorted(
        ((sum(words[word] for word in known) / total, code) for code, known in _words().items()), reverse=True
    )
    (first, code), (second, _) = shares[:2]
    return code if first >= _SHARE and first >= _LEAD * second else None
