"""What the words around a figure make of it: recalled only, a correction, counted widely or narrowly."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from sourcebook.model import Claim, Document, Mention, Quantity
from sourcebook.text.lexicon import rows

#: How far before a figure the words may stand that recall it, and how far after it those that narrow it.
_BEFORE: Final = 80
_AFTER: Final = 90
#: How far before the sentence the reason of a correction may stand ("Two had been counted twice.").
_REASON: Final = 220
#: A clause of its own: what recalls the figure before it does not recall the one after.
_BREAK: Final = re.compile(r"[.;:!?]\s|\bbut\b|\bnow\b|\blater\b|\bto\b")
#: Wordings of a quantity that is a part of a total.
_PARTS: Final = frozenset(("including", "among them", "of whom", "of them"))
#: How far before a figure "another" and the like may stand.
_JUST_BEFORE: Final = 22
_SCOPES: Final = {
    "both": "killed and wounded together",
    "families": "with their families",
    "with-attackers": "with the attackers",
    "without-attackers": "without the attackers",
}


@cache
def _words(kind: str) -> re.Pattern[str]:
    found = sorted((r[1] for r in rows("sourcebook.reconcile", "figures") if r[0] == kind), key=len)
    joined = "|".join(re.escape(words) for words in reversed(found))
    return re.compile(rf"\b(?:{joined})\b", re.IGNORECASE)


def recalled(document: Document, mention: Mention) -> bool:
    """Whether the words before a figure give it as one that was replaced ("down from 21")."""
    span = mention.span
    before = document.text[max(0, span.start - _BEFORE) : span.start]
    near = _words("recalled").search(before)
    while near is not None:
        if not _BREAK.search(before, near.end()):
            return True
        near = _words("recalled").search(before, near.end())
    return False


def is_part(document: Document, mention: Mention) -> bool:
    """Whether a figure counts a part of the victims, further ones, or those who attacked, and so no total.

    "including 13 soldiers", "another two", "the bodies of six people", "four of the attackers", "a driver who
    was wounded in the blast died of his wounds".
    """
    value = mention.value
    if isinstance(value, Quantity) and value.wording.casefold() in _PARTS:
        return True
    start = mention.span.start
    if isinstance(value, Quantity) and value.high == 1 and _died_later(document, mention):
        return True
    return bool(
        _words("attackers").search(mention.exact)
        or _words("further").match(mention.exact)
        or _words("further").search(document.text, max(0, start - _JUST_BEFORE), mention.span.end)
    )


def _died_later(document: Document, mention: Mention) -> bool:
    """Whether one victim died of wounds: one more than were dead before."""
    end = mention.span.end
    sentence = re.split(r"[.;!?]\s", document.text[end : end + _REASON], maxsplit=1)[0]
    return bool(_words("late").search(sentence))


def disowns(document: Document, claim: Claim) -> bool:
    """Whether a denial is of having a part in something ("we did not", "no role in"), not of the thing."""
    return bool(_words("part").search(document.text, claim.evidence.start, claim.evidence.end))


def correction(document: Document, claim: Claim) -> str:
    """The words that make a claim's figure a correction of an earlier one, "" where there are none."""
    return _reason("corrects", document, claim)


def rise(document: Document, claim: Claim) -> str:
    """The words that say why a figure rose, "" where there are none."""
    start, end = claim.evidence.start, claim.evidence.end
    found = _words("rises").search(document.text, start, end)
    return found.group() if found else ""


def _reason(kind: str, document: Document, claim: Claim) -> str:
    start, end = claim.evidence.start, claim.evidence.end
    texts = (document.text[max(0, start - _REASON) : end], document.title or "")
    return next((f.group() for text in texts if (f := _words(kind).search(text))), "")


def counted(document: Document, claim: Claim, mention: Mention) -> str:
    """What a figure counts beyond or short of the dead, "" for what is usual."""
    span = mention.span
    around = document.text[
        max(claim.evidence.start, span.start - 20) : min(claim.evidence.end, span.end + _AFTER)
    ]
    for kind, scope in _SCOPES.items():
        if _words(kind).search(around):
            return scope
    return ""
