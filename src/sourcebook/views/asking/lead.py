"""How many were killed and hurt, by the head of a report: its headline and first lines.

A news report tells its toll at once ("Two men killed, teen hurt"), often in a headline's shorthand that
leaves out verbs. Numbers are read with what they count; ages, times and calibres are none. Where no number
stands, the words tell whether anybody died or was hurt, and one stands for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from types import MappingProxyType
from typing import Final, NamedTuple

from sourcebook.model import Document
from sourcebook.text.lexicon import rows

#: How much of a text below its headline is its head, and how much of that tells whether anybody died.
_HEAD: Final = 900
_FIRST: Final = 600
_NUMBERS: Final = MappingProxyType(
    {
        name: n
        for n, name in enumerate(
            (
                "one",
                "two",
                "three",
                "four",
                "five",
                "six",
                "seven",
                "eight",
                "nine",
                "ten",
                "eleven",
                "twelve",
            ),
            1,
        )
    }
    | {"both": 2}
)
#: People who come in twos where no number is said.
_TWO: Final = frozenset(("brothers", "sisters", "couple", "parents"))
#: What a number that counts nobody is followed by: an age, a time, a measure.
_NO_COUNT: Final = (
    r"(?![-\s]{0,2}(?:years?|yrs?|y/o|yr|months?|weeks?|days?|hours?|minutes?|times|blocks?|miles?|km|"
    r"p\.?m|a\.?m|calls?\b|percent|per cent|bullets?|shots?|counts?|rounds?|guns?|st\b|nd\b|rd\b|"
    r"th\b)|[-–]|[:/.]\d|,\d)"
)
#: What a number that is a day of a month follows.
_NO_DATE: Final = (
    r"(?<![A-Z][a-z][a-z]\. )(?<!uary )(?<!arch )(?<!pril )(?<!May )(?<!June )(?<!July )(?<!gust )"
    r"(?<!mber )(?<!ober )"
)
_NUMBER: Final = (
    _NO_DATE
    + r"(?<![\d$#:/.,-])(?<!age )(?<!aged )(?<!No\. )(?!911\b)(?:(?<!, )\d{1,3}|(?<=, )\d{1,3}(?!\d?,)|"
    + "|".join(_NUMBERS)
    + r")\b"
    + _NO_COUNT
)
#: How far before the word that says so those who were hurt may stand.
_REACH: Final = 110
#: What makes a number one of many incidents: so far this year, since January.
_OF_MANY: Final = re.compile(
    r"\b(?:this year|so far|last year|since|a year|per year|annually|nationwide|statewide)\b"
)
_NEAR: Final = 60
#: "quadruple shooting": how many were shot, or killed.
_FOLD: Final = MappingProxyType({"double": 2, "triple": 3, "quadruple": 4, "quintuple": 5})
_FOLDED: Final = MappingProxyType(
    {"dead": "homicide|murder|killing|fatal shooting", "shot": "shooting", "hurt": "stabbing"}
)
#: What may stand between those who were hurt and the word that says so.
_BETWEEN: Final = (
    r"(?: [^.,;\d\n]{0,40}?)??(?:,? (?:is|was|were|are|has been|have been|had been|being|left|lay|lie|"
    r"also|later|been|be|had|have|reportedly|both|all|who|in all)){0,3} "
)
_AND: Final = r"(?:, and |, | and | & )"


#: Words by which a sentence tells of harm or of what was found.
HARM: Final = re.compile(
    r"\b(?:shot|shoots?|shootings?|kill\w*|dead|died?|dies|injur\w*|wound\w*|stab\w*|attack\w*|incident|happened|"
    r"occurred|gunfire|gunshot|opened fire|fatal\w*|found|blast|explo\w*|bomb\w*|fire|blaze)\b",
    re.IGNORECASE,
)


class Toll(NamedTuple):
    """How many were killed and how many hurt and lived."""

    killed: int
    injured: int

    def of(self, effect: str) -> int:
        """The number of "killed" or of "injured"."""
        return self.killed if effect == "killed" else self.injured


def toll(document: Document) -> Toll:
    """What the head of a report says; the headline goes before the text."""
    headline, below = head(document)
    killed = _first(headline, "dead") or _first(below, "dead")
    if not killed and _words("fatal").search(f"{headline}\n{below[:_FIRST]}"):
        killed = 2 if "murder-suicide" in f"{headline}\n{below}".casefold() else 1
    hurt = _hurt(headline, killed) or _hurt(below, killed)
    if not hurt and (_words("also_hurt") if killed else _words("alive")).search(f"{headline}\n{below}"):
        hurt = 1
    return Toll(killed, hurt)


def head(document: Document) -> tuple[str, str]:
    """The headline, and the first lines below it."""
    title = document.title or ""
    return title, document.text.removeprefix(title)[:_HEAD]


def _hurt(text: str, killed: int) -> int:
    """How many are said to be hurt, or were shot and are not among the dead."""
    return max(_first(text, "hurt"), _first(text, "shot") - killed)


def _first(text: str, kind: str) -> int:
    """The first number of a kind; 0 where there is none."""
    found = min(((at, -n) for at, n in _counted(text, kind) if n), default=(0, 0))
    return max(-found[1], *_folded(text, kind), 0)


def _counted(text: str, kind: str) -> Iterator[tuple[int, int]]:
    """Where each number of a kind stands, and the number."""
    for told in _words(kind).finditer(text):
        match = _nearest(text, told, kind)
        if match and not _OF_MANY.search(text, told.end(), told.end() + _NEAR):
            yield match.start(), _count(match["who"])
    for match in _after(kind).finditer(text):
        rest = text[match.end() : match.end() + 20].split(",")[0]
        other = _words("hurt" if kind == "dead" else "dead").search(rest)
        if not (other or _OF_MANY.search(text, match.end(), match.end() + _NEAR)):
            yield match.start(), _count(match["who"])


def _nearest(text: str, told: re.Match[str], kind: str) -> re.Match[str] | None:
    """Those who stand before the word, and nobody of whom another word is said in between."""
    other = _words("hurt" if kind == "dead" else "dead")
    at = max(0, told.start() - _REACH)
    for between in (*other.finditer(text, at, told.start()), None):
        match = _before().search(text, at, told.start())
        if match is None or between is None or match.end("who") > between.end():
            return match
        at = between.end()
    return None


def _folded(text: str, kind: str) -> Iterator[int]:
    """How many were shot, or killed, in "a quadruple shooting"."""
    folds = "|".join(_FOLD)
    for match in re.finditer(rf"\b({folds})[ -](?:{_FOLDED[kind]})\b", text, re.IGNORECASE):
        yield _FOLD[match[1].casefold()]


def _count(who: str) -> int:
    """How many a list of persons comes to: "two men, a boy" are three; a plural without number is none."""
    total = 0
    number = 0
    for match in _item().finditer(who):
        word = match[0].casefold()
        if match["n"]:
            total += number
            number = int(word) if word.isdecimal() else _NUMBERS[word]
        else:
            total += number or (2 if word in _TWO else 0 if word.endswith("s") or word == "people" else 1)
            number = 0
    return total + number


@cache
def _alternatives(kind: str) -> str:
    return "|".join(r[1] for r in rows("sourcebook.views", "victims") if r[0] == kind)


@cache
def _words(kind: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_alternatives(kind)})\b", re.IGNORECASE)


@cache
def _item() -> re.Pattern[str]:
    return re.compile(rf"(?P<n>{_NUMBER})|\b(?:{_alternatives('person')})\b", re.IGNORECASE)


@cache
def _people() -> str:
    """One or more persons, with what describes them: "2 teens, man", "a man and his 4-year-old son"."""
    described = r"(?:[\w’'-]{1,20} ){0,3}?"
    counted = rf"{_NUMBER}(?: {described}(?:{_alternatives('person')})\b)?"
    single = rf"\b(?:(?:an?|another|the|his|her|their) )?{described}(?:{_alternatives('person')})\b"
    each = rf"(?:{counted}|{single})(?:, \d{{1,3}}\b,?)?"
    return rf"(?P<who>{each}(?:{_AND}{each}){{0,3}})"


@cache
def _before() -> re.Pattern[str]:
    """Who stands before the word: "2 men, boy" (killed), "a man and a woman were" (found dead)."""
    return re.compile(rf"{_people()}{_BETWEEN}$", re.IGNORECASE)


_OBJECTS: Final = MappingProxyType({"dead": "kills", "hurt": "hurts", "shot": "shoots"})


@cache
def _after(kind: str) -> re.Pattern[str]:
    """The word and who stands after it: "kills two", "wounding a woman and two children"."""
    return re.compile(rf"\b(?:{_alternatives(_OBJECTS[kind])}) (?:at least )?{_people()}", re.IGNORECASE)
