"""Whether an English text reads like a translation: several weak signs together, never one alone.

The signs are a word list (`lexicon/translation.tsv`) and one rule of grammar: a body, an
agency, a militia or a country taken up as "she", which languages with gendered nouns leave behind.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from sourcebook.text.lexicon import rows

_SAMPLE: Final = 60_000
#: Weight that signs must reach together, and how many different ones it takes unless one says it outright.
_THRESHOLD: Final = 2.5
_SIGNS: Final = 2
_OUTRIGHT: Final = 4.0
_SHE_WEIGHT: Final = 1.5

_SHE: Final = re.compile(r"(?:^|[.!?”\"] )She [a-z]|\bwhom she\b")
#: Words that make a woman of "she": none may stand in the four hundred characters before.
_WOMAN: Final = re.compile(
    r"\b(?:Mrs|Ms|Miss|Mme|Dame|Queen|Princess|Lady|Sister|[Ww]om[ae]n|[Ww]ife|[Ww]ives|[Ww]idow|[Mm]other|[Mm]om|[Mm]um"
    r"|[Dd]aughter|[Ss]ister|[Gg]irl|[Gg]irlfriend|[Ff]emale|[Aa]unt|[Gg]randmother|[Nn]iece|[Aa]ctress|[Ll]ady|[Nn]un"
    r"|[Hh]ostess|[Mm]aid|[Bb]ride|[Nn]urse|[Tt]eacher|\w{2,12}woman|[Hh]er|[Hh]ers|[Hh]erself|[Ss]he|[Pp]regnant)\b"
)
#: A given and a family name: whoever they are, "she" may be theirs.
_PERSON: Final = re.compile(r"\b[A-Z][a-z’'-]+ (?:[A-Z]\.? |[a-z]{2,3} )?[A-Z][a-z’'-]{2,}")
_BODY: Final = re.compile(
    r"\b(?:militia|agency|organi[sz]ation|group|authority|authorities|army|police|party|government|union|ministry|alliance"
    r"|movement|republic|country|state|regime|front|faction|service|brigade|company|junta|network|cell|offshoot|mafia)\b",
    re.IGNORECASE,
)
#: Words in capitals that make the name before "she" that of a body or a place after all.
_NO_PERSON: Final = re.compile(
    rf"{_BODY.pattern}|\b(?:state|states|province|city|hall|council|court|house|news|islamic|national|united|north|south"
    r"|east|west|new|people|liberation|islamist|security|office|bureau|islam|federation|emirate|caliphate)\b",
    re.IGNORECASE,
)
_BEFORE: Final = 400


@cache
def _signs() -> tuple[tuple[float, str, re.Pattern[str]], ...]:
    return tuple(
        (float(weight), sign, re.compile(pattern, re.MULTILINE))
        for weight, sign, pattern in rows("sourcebook.read", "translation")
    )


def translated(text: str) -> str | None:
    """Why `text` (English) is taken for a translation, in words and with examples; None if it is not."""
    sample = text if len(text) <= _SAMPLE else text[: _SAMPLE // 2] + "\n" + text[-_SAMPLE // 2 :]
    met = [
        (weight, sign, found[0]) for weight, sign, pattern in _signs() if (found := pattern.search(sample))
    ]
    she = _she(sample)
    if she:
        met.append((_SHE_WEIGHT, "a body taken up as “she”", she))
    total = sum(weight for weight, _, _ in met)
    outright = any(weight >= _OUTRIGHT for weight, _, _ in met)
    if total < _THRESHOLD or (len(met) < _SIGNS and not outright):
        return None
    return "; ".join(f"{sign} (“{' '.join(words.split())[:60]}”)" for _, sign, words in met)


def _she(text: str) -> str | None:
    """The first "she" before which stands a body and no woman."""
    for found in _SHE.finditer(text):
        before = text[max(0, found.start() - _BEFORE) : found.start() + 1]
        near = before[-200:]
        people = [name for name in _PERSON.findall(near) if not _NO_PERSON.search(name)]
        if _BODY.search(near) and not _WOMAN.search(before) and not people:
            return text[found.start() : found.start() + 60].lstrip('.!?”" ')
    return None
