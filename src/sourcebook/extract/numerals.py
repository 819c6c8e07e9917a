"""Numbers in words and digits: one regular expression and one function, shared by times and quantities."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

_SMALL: Final = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SCALES: Final = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_ORDINALS: Final = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"),
    *("eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth"),
    *("eighteenth", "nineteenth", "twentieth"),
)

VALUES: Final = {w: n for n, w in enumerate(_SMALL)} | {w: 10 * n for n, w in enumerate(_TENS, 2)}
ORDINALS: Final = {w: n for n, w in enumerate(_ORDINALS, 1)} | {
    "thirtieth": 30,
    "fortieth": 40,
    "fiftieth": 50,
}

_UNITS: Final = "|".join(sorted(_SMALL, key=len, reverse=True))
_TWO: Final = rf"(?:(?:{'|'.join(_TENS)})(?:[ -](?:{'|'.join(_SMALL[1:10])})\b)?|(?:{_UNITS}))"
_SCALE: Final = "|".join(_SCALES)
_THREE: Final = rf"(?:{_TWO}|a)\b(?:[ -]hundred\b(?:(?:[ ]and)?[ -]{_TWO}\b)?)?"

_TEEN: Final = "|".join(_SMALL[10:])
_TEN: Final = rf"(?:{'|'.join(_TENS)})(?:[ -](?:{'|'.join(_SMALL[1:10])}))?"
_MORE: Final = rf"(?:[ -](?:{'|'.join(list(_SCALES)[1:])})\b(?:(?:[ ]and)?[ -]{_THREE})?){{0,3}}"

#: Words of one number: "twenty-four", "two hundred and fifty", "a hundred", "three million".
#: The first branch is a year as it is read aloud.
WORDS: Final = (
    rf"\b(?:(?:{_TEEN}|twenty)[ -](?:{_TEN}|{_TEEN})\b"
    rf"|(?!a\b(?![ -](?:{_SCALE})\b)){_THREE}{_MORE})"
)
#: Digits of one number, with thousands separators and decimals, and a scale word.
DIGITS: Final = (
    rf"\d{{1,3}}(?:,\d{{3}}){{1,4}}(?:\.\d{{1,4}})?|\d{{1,15}}(?:\.\d{{1,4}})?(?:[ -](?:{_SCALE})\b)?"
)

_PART: Final = re.compile(r"[a-z]+")


def spelled(words: str) -> int | None:
    """The value of a number in words, None if they are not one number ("five two").

    A pair of two-digit numbers is a year as it is read aloud: "nineteen ninety-seven".
    """
    total, current, previous = 0, 0, 10**15
    for word in _PART.findall(words.lower()):
        if word == "and":
            continue
        if word in ("a", "an"):
            current = 1
        elif word in _SCALES:
            scale = _SCALES[word]
            if scale == 100:
                current = max(current, 1) * 100
            else:
                total, current = total + max(current, 1) * scale, 0
            previous = scale
        else:
            value = VALUES[word]
            if value and not _fits(value, previous):
                return _aloud(words)
            current, previous = current + value, value if value >= 20 else 1
    return total + current


def _fits(value: int, previous: int) -> bool:
    return value < previous and (previous >= 100 or (previous >= 20 and value < 10))


def _aloud(words: str) -> int | None:
    """A year read as two numbers below a hundred."""
    parts = re.split(r"[ -]", words.lower())
    for cut in (1, 2):
        head, tail = (sum(VALUES.get(w, 1000) for w in half) for half in (parts[:cut], parts[cut:]))
        if 10 <= head <= 20 and 10 <= tail <= 99 and cut == 1:
            return head * 100 + tail
    return None


def digits(text: str) -> Fraction:
    """The value of a number in digits, exactly: "1,500", "2.5 million"."""
    number, _, scale = text.lower().replace("-", " ").partition(" ")
    return Fraction(number.replace(",", "")) * _SCALES.get(scale.strip(), 1)
