"""Upper-case text to mixed case, code point for code point, so that no offset moves."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from sourcebook import gazetteer
from sourcebook.extract.events.lexicon import triggers, words
from sourcebook.extract.language import model

_ENDINGS: Final = (
    ("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("ed", "e"), ("ied", "y"), ("ing", ""), ("ing", "e"),
    ("er", ""), ("ly", ""), ("d", ""), ("est", ""),
)  # fmt: skip
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+){0,3}|\d+|\S")
_SHORT: Final = frozenset(
    "a an the of and or in on at to for from by with as is was be de del la las los el y".split()
)
#: Words that are part of a name when they stand beside one.
_NAMING: Final = frozenset(
    "front army movement party liberation national revolutionary popular armed forces people's "
    "democratic union committee council federation republic united workers coalition alliance group "
    "brigade command ministry embassy university institute agency bank church hotel avenue street "
    "airport hospital court supreme congress battalion regiment bureau department province state "
    "city socialist communist patriotic commando cartel president general colonel captain major "
    "lieutenant sergeant minister mayor senator deputy judge father bishop archbishop monsignor "
    "priest doctor dr mr mrs ambassador engineer governor journalist attorney".split()
)


@cache
def _common() -> frozenset[str]:
    """Words that the tagger's own dictionary lists, and those that its rules make of them."""
    lookups = model().get_pipe("lemmatizer").lookups  # type: ignore[attr-defined]
    index = lookups.get_table("lemma_index")
    exceptions = lookups.get_table("lemma_exc")
    listed = {w for part in index.values() for w in part}
    return frozenset(listed | {w for part in exceptions.values() for w in part})


def is_upper(text: str) -> bool:
    """Whether nearly every letter of the text is a capital."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 20 and sum(c.isupper() for c in letters) > 0.9 * len(letters)


def recased(text: str) -> str:
    """The text in lower case with a capital at each sentence and name; other text as it is."""
    if not is_upper(text):
        return text
    found = list(_WORD.finditer(text))
    capital = [_is_name(m.group().lower()) for m in found]
    for index, match in enumerate(found):
        if not capital[index] and match.group().lower() in _NAMING:
            capital[index] = _beside(index, capital)
    return _written(text, found, capital)


def _beside(index: int, capital: list[bool]) -> bool:
    return any(0 <= near < len(capital) and capital[near] for near in (index + 1, index - 1))


def _is_name(word: str) -> bool:
    if not word[0].isalpha() or word in _SHORT or len(word) < 2:
        return False
    if gazetteer.country(word) or gazetteer.unit(word) or gazetteer.adjective(word.capitalize()):
        return True
    return not any(form in _known() for form in _forms(word))


@cache
def _known() -> frozenset[str]:
    stops = frozenset(w.lower() for w in model().Defaults.stop_words)
    own = frozenset(w for _, w in triggers()) | words("people") | words("facility")
    return _common() | stops | own


def _forms(word: str) -> list[str]:
    """The word, and what it may be an inflection of."""
    bare = word.removesuffix("'s").removesuffix("’s")
    found = [bare, *bare.split("-")[:1]]
    for ending, base in _ENDINGS:
        if bare.endswith(ending) and len(bare) > len(ending) + 2:
            stem = bare.removesuffix(ending) + base
            found.append(stem)
            if ending in ("ed", "ing") and len(stem) > 2 and stem[-1] == stem[-2]:
                found.append(stem[:-1])
    return found


def _written(text: str, found: list[re.Match[str]], capital: list[bool]) -> str:
    pieces = list(text.lower())
    if len(pieces) != len(text):
        return text
    opening = True
    for index, match in enumerate(found):
        word = match.group()
        around = text[max(0, match.start() - 1) : match.start()] + text[match.end() : match.end() + 1]
        bracketed = around in ("[]", "()")
        if bracketed and 2 <= len(word) <= 8 and capital[index]:
            pieces[match.start() : match.end()] = word
        elif word[0].isalpha() and (opening or capital[index]):
            pieces[match.start()] = text[match.start()]
        opening = word in ".?!" or (word == "]" and opening) or (opening and not word[0].isalpha())
    return "".join(pieces)
