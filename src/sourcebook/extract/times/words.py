"""Text to words of time: each word gets a kind (month, unit, ago ...) that the grammar is written in.

One regular expression finds words, numbers and marks; one look-up gives the kind. A word that no rule
speaks of has the kind "other". Kinds are single characters, so that rules over a
passage are regular expressions over a string with one character a word.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Final, NamedTuple

from sourcebook.extract import numerals
from sourcebook.extract.tables import rows

_OTHER: Final = "."
_BREAK: Final = "\n"
_MARKS: Final = {",": ",", "-": "-", "–": "-", "—": "_", "/": "/", "(": "(", ")": ")"}

#: Kinds that are no words of the lexicon, by the characters they are written as.
_MADE: Final = (
    "year", "day", "num", "dec", "ord", "decade", "iso", "slash", "clock", "feast", "s", "frac",
)  # fmt: skip

_NUMERIC: Final = r"""
    (?P<iso>\b(?:1\d|20)\d\d-(?:0\d|1[0-2])-[0-3]\d(?:T\d\d:\d\d(?::\d\d)?)?(?![\d-]))
  | (?P<slash>(?<![\d/.])[0-3]?\d(?P<mark>[/.])[0-3]?\d(?P=mark)(?:\d{4}|\d\d)(?![\d/]))
  | (?P<clock>\b[0-2]?\d:[0-5]\d(?::[0-5]\d)?(?!\d))
  | (?P<decade>(?:\b(?:1\d|20)|['’‘`]|(?<=mid-)|\b)\d0['’]?s\b)
  | (?P<ord>\b\d{1,3}(?:st|nd|rd|th)\b)
  | (?P<frac>\b(?:\d{1,3}[ -])?[1-9]/[2-9]\b(?!/))
  | (?P<model>\b(?!(?:mid|pre|post|early|late|non|since|to|and|over)-)[A-Za-z]{1,12}-?\d[\w.-]{0,12})
"""


class Word(NamedTuple):
    """A word of a passage: code points, kind, and what it stands for (a number, a unit, a feast)."""

    start: int
    end: int
    kind: str
    value: str
    text: str


class Lexicon(NamedTuple):
    """The words by their lower case form, and the expression that finds words in text."""

    kinds: Mapping[str, tuple[str, str]]
    capital: frozenset[str]
    scan: re.Pattern[str]


@cache
def codes() -> Mapping[str, str]:
    """The character that stands for each kind."""
    names = sorted({row[0] for row in rows("times.tsv")} | set(_MADE))
    return {name: chr(0xE000 + i) for i, name in enumerate(names)} | {"other": _OTHER, "break": _BREAK}


@cache
def lexicon() -> Lexicon:
    """Every word of `times.tsv` and `feasts.tsv`."""
    kinds: dict[str, tuple[str, str]] = {}
    capital = set()
    for kind, value, words in rows("times.tsv"):
        for word in words.split("|"):
            kinds.setdefault(word.lower(), (kind, value))
            if word[0].isupper() and kind in ("month", "weekday", "weekdays", "ad", "bc", "quarters"):
                capital.add(word.lower())
    for _, _, _, words in rows("feasts.tsv"):
        kinds.update({word.lower(): ("feast", word.lower()) for word in words.split("|")})
    phrases = sorted((w for w in kinds if re.search(r"[^a-z]", w)), key=len, reverse=True)
    spaced = _by_first(phrases)
    scan = re.compile(
        rf"""(?P<phrase>(?<![\w-])(?:{spaced})(?!\w))|{_NUMERIC}
        |(?P<words>{numerals.WORDS})|(?P<digits>{numerals.DIGITS})
        |(?P<s>['’]s\b)|(?P<word>[^\W\d_]+)|(?P<break>\n\s*\n)|(?P<sign>[^\s\w])""",
        re.IGNORECASE | re.VERBOSE,
    )
    return Lexicon(kinds, frozenset(capital), scan)


def _by_first(phrases: Sequence[str]) -> str:
    """Alternatives by first letter or digit: at most places in a text none of them has to be tried."""
    grouped: dict[str, list[str]] = {}
    for phrase in phrases:
        grouped.setdefault(phrase[0], []).append(re.escape(phrase[1:]).replace(r"\ ", r"\s"))
    return "|".join(f"(?-i:[{c}{c.upper()}])(?:{'|'.join(rest)})" for c, rest in grouped.items())


@lru_cache(maxsize=4)
def words(text: str) -> tuple[Word, ...]:
    """The words of a text in order; kept for a while, as an undated text is read twice."""
    return tuple(Word(*m.span(), *_read(m.lastgroup or "", m.group())) for m in lexicon().scan.finditer(text))


@lru_cache(maxsize=16_384)
def _read(group: str, text: str) -> tuple[str, str, str]:
    """Kind, value and lower-case form of a word by the part of the expression that found it."""
    known = lexicon()
    lower = " ".join(text.lower().split())
    if group in ("phrase", "word"):
        kind, value = known.kinds.get(lower, ("other", ""))
        if lower in known.capital and not text[0].isupper():
            kind = "other"
        if kind == "other" and lower in numerals.ORDINALS:
            kind, value = "ord", str(numerals.ORDINALS[lower])
        return kind, value, lower
    if group == "words":
        return _number(numerals.spelled(lower), lower)
    if group == "digits":
        return _digits(lower)
    if group == "ord":
        return "ord", lower[:-2], lower
    if group in _MADE:
        return group, lower, lower
    if group == "break":
        return "break", "", ""
    return "sign" if lower in _MARKS else "other", "", lower


def _number(value: int | None, text: str) -> tuple[str, str, str]:
    if value is None:
        return "other", "", text
    if value == 1 and text == "one":
        return "one", "1", text
    year = 1000 <= value <= 2100 and " thousand" not in text[-9:] and "hundred" not in text
    return "year" if year else "num", str(value), text


def _digits(text: str) -> tuple[str, str, str]:
    value = numerals.digits(text)
    if value.denominator != 1 or "." in text:
        return "dec", str(float(value)), text
    if re.fullmatch(r"\d{4}", text) and 1000 <= value <= 2100:
        return "year", text, text
    if re.fullmatch(r"\d{1,2}", text) and 1 <= value <= 31:
        return "day", str(value), text
    return "num", str(value), text


def coded(found: Sequence[Word]) -> str:
    """One character a word: what the grammar's expressions run over."""
    table = codes()
    return "".join(_MARKS[w.text] if w.kind == "sign" else table[w.kind] for w in found)


#: Kinds that stand for others as well in the rules.
_ALSO: Final = {"modlater": ("modlater", "earlier", "later")}


def compiled(pattern: str) -> re.Pattern[str]:
    """A rule of `times_grammar.tsv`: kinds by name, with the signs of regular expressions between them."""
    table = codes()

    def code(match: re.Match[str]) -> str:
        kinds = _ALSO.get(match.group(), (match.group(),))
        return table[kinds[0]] if len(kinds) == 1 else f"[{''.join(table[k] for k in kinds)}]"

    return re.compile(re.sub(r"[a-z]+", code, pattern).replace(" ", ""))
