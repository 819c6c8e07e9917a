"""Numbers as stated to bounds: what the words exclude, and what they usually mean.

| words | hard | usual |
|---|---|---|
| 40, "a total of 40", "exactly 40" | [40, 40] | [40, 40] |
| at least 40, 40 or more | [40, -] | [40, 48]: a fifth more |
| more than 40, over 40 | [41, -] | [41, 48] |
| up to 40, as many as 40, at most 40 | [-, 40] | [32, 40]: a fifth less |
| fewer than 40, under 40 | [-, 39] | [32, 39] |
| almost 40, nearly 40, close to 40 | [-, 39] | [36, 39]: a tenth less |
| about 40, some 40, an estimated 40, 40 or so | open | [36, 44]: a tenth either way |
| 30-40, between 30 and 40 | [30, 40] | [30, 40] |
| dozens, several, hundreds | lexicon/quantity_words.tsv | the same |

The codebooks' fixed conversions (ACLED: "hundreds" is 100) belong to their rules, not to the reading.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final, NamedTuple

from sourcebook.extract import numerals
from sourcebook.extract.tables import rows

_FIFTH: Final = 5
_TENTH: Final = 10


class Bounds(NamedTuple):
    """Hard and usual bounds, included; None is open."""

    low: int | None
    high: int | None
    usual_low: int | None
    usual_high: int | None


def exact(number: int) -> Bounds:
    """A bare number."""
    return Bounds(number, number, number, number)


def within(low: int, high: int) -> Bounds:
    """A stated range."""
    return Bounds(low, high, low, high)


def bounded(kind: str, number: Bounds) -> Bounds:
    """A number under the words of `quantity_bounds.tsv`: "at least", "almost" ..."""
    low, high = number.low, number.high
    if kind in ("least", "more") and low is not None:
        low += kind == "more"
        return Bounds(low, None, low, max(low, low + low // _FIFTH, number.usual_high or 0))
    if kind in ("most", "fewer", "almost") and high is not None:
        high -= kind != "most"
        share = _TENTH if kind == "almost" else _FIFTH
        return Bounds(
            None, max(high, 0), min(high, -(-(number.high or 0) * (share - 1) // share)), max(high, 0)
        )
    if kind == "about" and low == high and low is not None:
        slack = max(low // _TENTH, 1)
        return Bounds(None, None, low - slack, low + slack)
    return number


@cache
def vague() -> Mapping[str, Bounds]:
    """Vague numbers by their words."""
    padded = ((row[0], (*row[1:5], "", "", "", "")[:4]) for row in rows("quantity_words.tsv"))
    return {words: Bounds(*(int(n) if n else None for n in ends)) for words, ends in padded}


@cache
def bounding(side: str) -> tuple[re.Pattern[str], Mapping[str, str]]:
    """The words that bound a number from one side, and the kind of each."""
    kinds = {
        w: kind for kind, at, words in rows("quantity_bounds.tsv") if at == side for w in words.split("|")
    }
    longest = "|".join(re.escape(w).replace(r"\ ", r"\s") for w in sorted(kinds, key=len, reverse=True))
    if side == "before":
        return re.compile(rf"(?<![\w-])({longest})\s(?:the\s|another\s|a\s)?$", re.IGNORECASE), kinds
    return re.compile(rf"\s?,?\s?({longest})\b", re.IGNORECASE), kinds


@cache
def cores() -> re.Pattern[str]:
    """What a number looks like: vague words, dozens, fractions, words, digits; pairs are joined after."""
    words = "|".join(re.escape(w).replace(r"\ ", r"\s") for w in sorted(vague(), key=len, reverse=True))
    return re.compile(
        rf"""(?<![\w.,/:#+-])(?:
          (?P<dozen>(?:{numerals.WORDS}|\d{{1,3}})[ -]dozen\b)
        | (?P<share>(?:half|a\s(?:third|quarter|fifth)|(?:two|three)[ -](?:thirds|quarters|fifths))
            \sof\s(?:the\s|its\s|their\s|all\s)?(?P<whole>{numerals.DIGITS}|{numerals.WORDS}))
        | (?P<times>(?:twice|double|triple|(?:{numerals.WORDS}|\d{{1,3}})\stimes)
            \s(?:as\s(?:many|much)|the\snumber|more)\b)
        | (?P<vague>(?:{words})\b(?!\sas\b))
        | (?P<range>(?P<least>{numerals.DIGITS})\s?[-–—]\s?(?P<most>{numerals.DIGITS}))
        | (?P<words>{numerals.WORDS})
        | (?P<digits>{numerals.DIGITS})(?P<plus>\+)?
        | (?P<both>both\b)
        | (?P<none>no\sone\b|nobody\b|no\b(?!\s(?:fewer|less|more|longer)\b)|zero\b|none\b)
        )(?![\w]|[-/:]\d|[.,]\d|[-](?:year|month|week|day|hour|minute|mm|caliber|calibre)s?\b)""",
        re.IGNORECASE | re.VERBOSE,
    )


_SHARES: Final = {"half": (1, 2), "third": (1, 3), "quarter": (1, 4), "fifth": (1, 5), "thirds": (1, 3),
                  "quarters": (1, 4), "fifths": (1, 5), "two": (2, 1), "three": (3, 1)}  # fmt: skip


def read(match: re.Match[str]) -> Bounds | None:
    """The bounds of one core by itself; None if its words are no number after all."""
    text = " ".join(match.group().lower().split())
    if match["vague"]:
        return vague()[text]
    if match["dozen"]:
        count = _value(re.split(r"[ -]dozen", text)[0])
        return None if count is None else exact(count * 12)
    if match["share"]:
        return _share(text, match["whole"].lower())
    if match["times"]:
        return Bounds(None, None, None, None)
    if match["both"] or match["none"]:
        return exact(2 if match["both"] else 0)
    return _plain(match)


def _plain(match: re.Match[str]) -> Bounds | None:
    if match["range"]:
        ends = int(numerals.digits(match["least"])), int(numerals.digits(match["most"]))
        return within(*ends) if ends[0] < ends[1] else None  # "2-1" is a score
    if match["digits"]:
        value = numerals.digits(match["digits"])
        low = value.numerator // value.denominator
        number = within(low, low if value.denominator == 1 else low + 1)
        return bounded("least", number) if match["plus"] else number
    count = numerals.spelled(match["words"])
    return None if count is None else exact(count)


def _value(text: str) -> int | None:
    return int(text) if text.isdigit() else numerals.spelled(text)


def _share(text: str, whole: str) -> Bounds | None:
    total = numerals.digits(whole) if whole[0].isdigit() else numerals.spelled(whole)
    if total is None:
        return None
    top, bottom = 1, 1
    for word in re.split(r"[ -]", text)[:2]:
        above, below = _SHARES.get(word, (1, 1))
        top, bottom = top * above, bottom * below
    low, rest = divmod(int(total) * top, bottom)
    return within(low, low + (rest > 0))


class Number(NamedTuple):
    """A number in a text: code points with the words that bound it, and of the number itself."""

    start: int
    end: int
    bounds: Bounds
    wording: str
    core: str
    core_start: int


#: How far to the left of a number the words that bound it may reach.
_LEFT: Final = 40


def numbers(text: str) -> list[Number]:
    """Every number of a text, with the words around it that bound it."""
    found = ((m, read(m)) for m in cores().finditer(text))
    return [_dressed(text, m, bounds) for m, bounds in found if bounds is not None]


def _dressed(text: str, match: re.Match[str], bounds: Bounds) -> Number:
    start = match.start()
    words: list[str] = []
    kinds: set[str] = set()
    left, known = bounding("before")
    for _ in range(2):
        found = left.search(text, max(start - _LEFT, 0), start)
        if found is None:
            break
        word = " ".join(found[1].lower().split())
        start, kind = found.start(1), known[word]
        bounds = bounded(kind, bounds)
        words.insert(0, "including" if kind == "part" else word)
        kinds.add(kind)
    end = match.end()
    right, behind = bounding("after")
    after = right.match(text, end, end + _LEFT)
    if after is not None and not kinds:
        word = " ".join(after[1].lower().split())
        bounds, end = bounded(behind[word], bounds), after.end() if behind[word] != "part" else end
        words.append("including" if behind[word] == "part" else word)
    core = " ".join(match.group().lower().split())
    if match["vague"] or match["dozen"] or match["share"] or match["times"] or match["both"]:
        words.append(core)
    return Number(start, end, bounds, " ".join(words), core, match.start())
