"""Words of time that name no time: counts and names that look like years, rates, ages, titles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from spacy.tokens import Doc, Token

from sourcebook.extract.tables import rows
from sourcebook.extract.times.words import Word

_TAKES_YEAR = frozenset(
    (
        "by",
        "of",
        "to",
        "from",
        "and",
        "mod",
        "modlater",
        "approx",
        "earlier",
        "later",
        "fiscal",
        "after",
        "before",
    )
)
_QUANTIFIES = frozenset(
    ("more than", "less than", "fewer than", "at least", "up to", "nearly", "almost", "over", "under", "some")
)
#: Kinds of words that begin with a capital by nature.
_CAPITALISED: Final = frozenset(
    ("month", "weekday", "weekdays", "feast", "ad", "bc", "quarters", "zone", "meridiem", "season", "seasons")
)
_NAMED_DAYS: Final = frozenset(("bloody", "black", "ash", "palm", "super", "cyber", "fat", "holy"))
_QUOTED: Final = re.compile(r"[\"'`\u201c\u2018]$")
_CLOSED: Final = re.compile(r"[.,]?[\"'\u201d\u2019]")
_AMOUNTS: Final = frozenset(("NOUN", "PROPN", "NUM", "SYM"))


def is_named_day(found: Sequence[Word], before: Word | None) -> bool:
    """The Friday of "Bloody Friday": a day known by its name, whichever week it was in."""
    return before is not None and found[0].kind == "weekday" and before.text in _NAMED_DAYS


def is_title(doc: Doc, text: str, found: Sequence[Word]) -> bool:
    """Words that take a capital only in a title ("This Week", "High Noon"), where the sentence is none."""
    own = [w for w in found if w.kind not in _CAPITALISED and w.text[:1].isalpha()]
    if not own or not all(text[w.start : w.end].istitle() for w in own):
        return False
    tokens = doc.char_span(found[0].start, found[-1].end, alignment_mode="expand")
    if tokens is None:
        return False
    start, end = found[0].start, found[-1].end
    if _QUOTED.search(text[max(start - 2, 0) : start]) and _CLOSED.match(text[end : end + 3]):
        return True
    opens = tokens[0].is_sent_start or not tokens[0].nbor(-1).text[:1].isalnum()
    if len(own) == 1 and opens:
        return False
    plain = [t for t in tokens.sent if t.is_alpha and not tokens.start <= t.i < tokens.end and len(t) > 3]
    return sum(t.is_lower for t in plain) * 2 >= len(plain) > 0


def is_rate(doc: Doc, found: Sequence[Word]) -> bool:
    """As in "24 hours a day", "$2 million a year", "20% annually", "the party daily": not when."""
    tokens = doc.char_span(found[0].start, found[-1].end, alignment_mode="expand")
    if tokens is None or not tokens.start or tokens[0].is_sent_start:
        return False
    if found[0].kind == "every":
        before = tokens[0].nbor(-1)
        return before.pos_ in _AMOUNTS and (_is_amount(before) or tokens[0].pos_ in ("NOUN", "PROPN"))
    if found[0].kind not in ("a", "each") or len(found) != 2 or found[1].kind != "unit":
        return False
    head = tokens[-1].head
    return head.i < tokens.start and head.pos_ in _AMOUNTS and _is_amount(head)


def _is_amount(token: Token) -> bool:
    return token.pos_ in ("NUM", "SYM") or any(
        t.pos_ in ("NUM", "SYM") or t.dep_ in ("nummod", "quantmod") for t in token.children
    )


def is_age(text: str, after: Word | None) -> bool:
    """As in "52 years old", "the 8-year-old boy": how long somebody has lived."""
    hyphen = after is not None and after.text == "-"
    return after is not None and (
        after.kind == "old" or (hyphen and text[after.end : after.end + 3] == "old")
    )


@cache
def _counted(*classes: str) -> frozenset[str]:
    return frozenset(w for kind, _, words in rows("units.tsv") if kind in classes for w in words.split("|"))


@cache
def _numbered() -> frozenset[str]:
    return frozenset(word for row in rows("numbered.tsv") for word in row[0].split("|"))


def is_year(doc: Doc, found: Sequence[Word], before: Word | None, after: Word | None) -> bool:
    """Whether a four-digit number alone is a year, not a count ("2014 people"), a size or part of a name."""
    word = next((w for w in found if w.kind == "year"), None)
    if word is None or (len(found) > 1 and not {w.kind for w in found} <= {"the", "approx", "year"}):
        return True
    tokens = doc.char_span(word.start, word.end, alignment_mode="expand")
    token = tokens[0] if tokens else None
    if token is None or (before is not None and before.text in ("$", "£", "€", "#", "no", "rs", ".")):
        return False
    if after is not None and (after.text in _counted("measure", "money", "percent")):
        return False
    if _is_counted(token) or _is_name(token, word, before):
        return False
    quantified = before is not None and before.text in _QUANTIFIES
    quantified = quantified or any(w.kind == "approx" and w.value != "APPROX" for w in found)
    led = before is not None and before.kind in _TAKES_YEAR
    return not quantified and (led or 1900 <= int(word.value) <= 2050)


def _is_counted(token: Token) -> bool:
    """A head noun that is counted in the plural: "2014 people"."""
    head = token.head
    if token.dep_ != "nummod" or head.i <= token.i or head.tag_ not in ("NNS", "NNPS"):
        return False
    return head.lower_ in _counted("person", "fighter", "force", "animal", "measure", "money")


def _is_name(token: Token, word: Word, before: Word | None) -> bool:
    """Right after a name or a word that takes a number: "Windows 2000", "Room 1408", "Resolution 1973"."""
    if (
        before is None
        or before.kind != "other"
        or before.end + 1 < word.start
        or not before.text[:1].isalpha()
    ):
        return False
    if before.text in _numbered():
        return True
    return token.ent_type_ in ("PRODUCT", "WORK_OF_ART", "LAW", "FAC") and token.nbor(-1).text[:1].isupper()
