"""Whether somebody of a name has a part in what a report tells, or only speaks of it or looks into it."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from sourcebook.text.lexicon import rows

#: How far from a name the words may stand that give it a part.
_NEAR: Final = 70
_NAMES: Final = r"[A-Z][\w’'.-]* "


def is_involved(name: str, text: str) -> bool:
    """Whether the words beside one of its mentions give a name a part: an age, what befell, a charge."""
    return any(_has_part(found, text) for found in re.finditer(rf"\b{re.escape(name)}\b", text))


def _has_part(name: re.Match[str], text: str) -> bool:
    before, after = text[max(0, name.start() - _NEAR) : name.start()], text[name.end() : name.end() + _NEAR]
    if _office().search(before) or _speaks().match(after):
        return False
    return bool(_befell().search(before) or _then().match(after))


@cache
def _words(kind: str) -> str:
    return "|".join(r[1] for r in rows("sourcebook.views", "involved") if r[0] == kind)


@cache
def _office() -> re.Pattern[str]:
    """Before a name: "police Sgt. ", "spokesman "."""
    return re.compile(rf"(?:\b|(?<=\s))(?:{_words('rank')})\.? (?:{_NAMES}){{0,2}}$")


@cache
def _speaks() -> re.Pattern[str]:
    """A name that says something, or that is a street's or a school's."""
    return re.compile(rf"(?: [A-Z][\w.’'-]*){{0,2}},? (?:{_words('speaks')}|{_words('named')})\b")


@cache
def _befell() -> re.Pattern[str]:
    """Before a name: "23-year-old ", "the victim, ", "identified as "."""
    listed = rf"(?:{_NAMES}|[\w’' -]{{1,30}}, ){{0,3}}"
    told = rf"(?:\d{{1,3}}[- ]years?[- ]old,? |\b(?:{_words('befell')})(?: (?:was |is |as )?|, |: ))"
    return re.compile(rf"{told}{listed}$")


@cache
def _then() -> re.Pattern[str]:
    """After a name: an age, "was shot", "is charged"; not an age and "said"."""
    age = r"(?:,? (?:age |aged )?\d{1,3}\b(?!,? (?:said|says|told|who lives|who heard|heard|witness)))"
    happened = (
        r",? (?:who )?(?:was|were|is|are|has been|had been|have been|later|died|dies|faces|allegedly|shot|"
        r"killed|pleaded|also)"
        rf"(?: \w+){{0,3}} ?(?:{_words('then')})?\b"
    )
    return re.compile(rf"(?: [A-Z][\w’'.-]*){{0,3}}(?:{age}|{happened})")
