"""Reports: what a document that tells of one incident says of it, and which of them tell of the same one.

Reports are grouped by their rare words (Salton and Buckley 1988) and by the days on which they came out;
lines that a site puts into every report tell nothing.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property
from typing import Final

from sourcebook.model import Document, Mention, Timex
from sourcebook.resolve.coref.linkage import linked
from sourcebook.views.asking import lead
from sourcebook.views.asking.involved import is_involved

#: Average likeness from which reports are of one incident; chosen on development data (see benchmarks).
_SAME: Final = 0.18
#: A word that more reports have than this brings none together; one of more than this share tells nothing.
_RARE: Final = 20
_COMMON: Final = 0.3
_FEWEST: Final = 20
#: Rare words that two reports share at least.
_SHARED: Final = 3
#: A line that so many documents have is of the site, not of the report.
_SITE: Final = 4
#: Reports further apart than these are less and less likely of one incident: days, and what likeness is left.
_APART: Final = ((3, 1.0), (10, 0.85), (60, 0.65))
#: How much of a text is compared.
_READ: Final = 2500
_WORD: Final = re.compile(r"[^\W\d_][\w’']+|\d[\d,.:]*\d|\d")
_SPELLED: Final = re.compile(r"\w+")
#: How many days before its report an incident may have been.
_LATE: Final = timedelta(days=45)
#: The name of a site after a headline ("... - WXYZ News Weather Sports"), or the first letters of it.
_SITE_NAME: Final = re.compile(
    r"(?: [-–—|]{1,2} ?|\s::\s)(?:[A-Z]{2,5}\b[^|]{0,80}|[^|]{0,60}\b(?:News|Weather|Sports?|TV|Channel|"
    r"Radio|Times|Tribune|Post|Herald|Journal|Gazette|Press|Sentinel|Chronicle|Online)\b[^|]{0,80}|[^|]{0,40}\.(?:com|net|org)\b[^|]{0,80})$"
)
#: Hospitals by name, and what victims are taken to: a town in there is not where it happened.
_CARE: Final = re.compile(
    r"(?:\b(?:University|College) of |\bSt\. )?(?:[A-Z][\w’'.-]{0,30} ){1,4}"
    r"(?:(?:Regional|General|Memorial|Children[’']s) )?(?:Medical Center|Hospital|Trauma Center|Health)\b"
    r"|\b(?:hospital|medical center|trauma center)s? in [A-Z]\w{1,30}(?: [A-Z]\w{1,30})?"
    r"|\b(?:airlifted|flown|taken|transported|rushed) to (?:a |an |the )?[^.,;\n]{0,60}"
)
_CLOCK: Final = re.compile(
    r"^\W*(?:(?:around|about|just|before|after|at|shortly) ){0,3}(?:\d{1,2}(?::\d\d)?|noon|midnight)"
    r"(?: ?[ap]\.?m\.?)?[\s,.]*(?:in|on)?$",
    re.IGNORECASE,
)


class Report:
    """One document as a report of an incident."""

    def __init__(self, document: Document, times: Sequence[Mention]) -> None:
        self.document = document
        self._times = times

    @cached_property
    def toll(self) -> lead.Toll:
        """Killed and hurt, by the head of the report."""
        return lead.toll(self.document)

    @cached_property
    def head(self) -> str:
        """The headline and the first lines."""
        return "\n".join(lead.head(self.document))

    @cached_property
    def spelled(self) -> frozenset[str]:
        """The words with capitals, as written."""
        return frozenset(w for w in _SPELLED.findall(self.text) if w[0].isupper() or w[0].isdigit())

    @cached_property
    def words(self) -> str:
        """All words in small letters, one space between and around them, without where victims were taken."""
        return plain(_CARE.sub(" | ", self.text))

    def involves(self, name: str) -> bool:
        """Whether somebody of that name has a part in it: not only speaks, investigates or takes pictures."""
        return set(name.split()) <= self.spelled and is_involved(name, self.text)

    @property
    def text(self) -> str:
        """Headline, without the name of the site, and text."""
        title = self.document.title or ""
        return f"{_SITE_NAME.sub('', title)}\n{self.document.text.removeprefix(title)}"

    @property
    def out(self) -> date | None:
        """The day it came out."""
        return self.document.published.earliest if self.document.published else None

    @cached_property
    def day(self) -> date | None:
        """The day that it gives to what it tells: the first beside words of harm, else the first it names."""
        found = [m for m in self._times if self._may_be(m)]
        told = [m for m in found if lead.HARM.search(self._sentence(m))]
        first = next(iter(told or found), None)
        return first.value.earliest if first and isinstance(first.value, Timex) else None

    def _may_be(self, mention: Mention) -> bool:
        value = mention.value
        if not isinstance(value, Timex) or value.earliest is None or value.earliest != value.latest:
            return False
        if _CLOCK.match(mention.exact):
            return False
        return self.out is None or self.out - _LATE <= value.earliest <= self.out

    def _sentence(self, mention: Mention) -> str:
        text, span = self.document.text, mention.span
        before = max(text.rfind(". ", 0, span.start), text.rfind("\n", 0, span.start)) + 1
        after = [at for mark in (". ", "\n") if (at := text.find(mark, span.end)) >= 0]
        return text[before : min(after, default=len(text))]


def plain(text: str) -> str:
    """The words of a text in small letters, one space between and around them."""
    return f" {' '.join(w.casefold() for w in _SPELLED.findall(text))} "


def grouped(documents: Sequence[Document]) -> list[list[Document]]:
    """Documents that tell of the same incident together, in the order of each group's first."""
    groups: dict[int, list[Document]] = defaultdict(list)
    for document, group in zip(documents, linked(len(documents), _alike(documents), _SAME), strict=True):
        groups[group].append(document)
    return list(groups.values())


def _alike(documents: Sequence[Document]) -> dict[tuple[int, int], float]:
    """How alike reports are that share a few rare words and came out within weeks of one another."""
    vectors, spread = _vectors(documents)
    out = [d.published.earliest if d.published else None for d in documents]
    found = {}
    for (one, other), shared in _meeting(vectors, spread).items():
        fade = _fading(out[one], out[other])
        if shared >= _SHARED and fade:
            few, many = sorted((vectors[one], vectors[other]), key=len)
            found[one, other] = fade * sum(n * many[w] for w, n in few.items() if w in many)
    return found


def _vectors(documents: Sequence[Document]) -> tuple[list[dict[str, float]], Counter[str]]:
    said = _lines(documents)
    bags = [Counter(w.casefold() for w in _WORD.findall(_own_words(d, said)[:_READ])) for d in documents]
    spread = Counter(w for bag in bags for w in bag)
    most = max(len(bags) * _COMMON, _FEWEST)
    rarity = {w: math.log(max(len(bags), _FEWEST) / n) for w, n in spread.items() if n <= most}
    vectors = []
    for bag in bags:
        weights = {w: (1 + math.log(n)) * rarity[w] for w, n in bag.items() if w in rarity}
        length = math.sqrt(sum(x * x for x in weights.values())) or 1
        vectors.append({w: x / length for w, x in weights.items()})
    return vectors, spread


def _lines(documents: Iterable[Document]) -> Counter[str]:
    """How many documents have each line."""
    return Counter(line for d in documents for line in {x.strip() for x in d.text.split("\n")} if line)


def _own_words(document: Document, said: Mapping[str, int]) -> str:
    """Headline and text without the lines that a site puts into every report."""
    kept = [line for line in document.text.split("\n") if said[line.strip()] < _SITE]
    return "\n".join((document.title or "", *kept))


def _meeting(vectors: Sequence[Mapping[str, float]], spread: Mapping[str, int]) -> Counter[tuple[int, int]]:
    """Pairs that share rare words, and how many."""
    having: dict[str, list[int]] = defaultdict(list)
    found: Counter[tuple[int, int]] = Counter()
    for number, vector in enumerate(vectors):
        for word in vector:
            if spread[word] <= _RARE:
                found.update((other, number) for other in having[word])
                having[word].append(number)
    return found


def _fading(one: date | None, other: date | None) -> float:
    if one is None or other is None:
        return 1.0
    apart = abs((one - other).days)
    return next((left for days, left in _APART if apart <= days), 0.0)
