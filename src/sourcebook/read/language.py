"""The language of a text by its commonest words: small, offline, the same on every machine."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Final

from sourcebook.model import Mask
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


#: The language that is read.
READ: Final = "en"
#: So many words must a paragraph have for its language to be told from that of its document.
_FEWEST_OF_A_PASSAGE: Final = 20
_PARAGRAPH: Final = re.compile(r"[^\n]{1,100000}")
_LATIN: Final = re.compile(r"[a-zA-Z\u00c0-\u024f]")
#: What a mask over a passage in another language says: "language-fr".
_MASKED: Final = "language-"


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


def passages(text: str, code: str | None) -> tuple[Mask, ...]:
    """Masks over the paragraphs that are in another language than English, each with its code.

    A text that is all in another language has none.
    """
    if code not in (READ, None):
        return ()
    found = ((m.start(), m.end(), _told(m.group())) for m in _PARAGRAPH.finditer(text))
    return tuple(
        Mask(start, end, f"{_MASKED}{told}") for start, end, told in found if told not in (None, READ)
    )


def _told(paragraph: str) -> str | None:
    return language(paragraph) if len(_WORD.findall(paragraph)) >= _FEWEST_OF_A_PASSAGE else None


def of_mask(mask: Mask) -> str | None:
    """The language of the passage that a mask is over; None if it is over something else."""
    return mask.why.removeprefix(_MASKED) if mask.why.startswith(_MASKED) else None


def is_read(text: str, code: str | None) -> bool:
    """Whether a text is in the language that is read: as far as can be told, or by its letters.

    One in which English has half as many of its little words as the other language is read: names pull
    short texts about.
    """
    sample = text[:_SAMPLE]
    if code is not None:
        words = Counter(word.casefold() for word in _WORD.findall(sample))
        share = {known: sum(words[word] for word in _words().get(known, ())) for known in (READ, code)}
        return code == READ or 0 < share[code] <= 2 * share[READ]
    letters = sum(map(str.isalpha, sample))
    return len(_LATIN.findall(sample)) * 2 >= letters
