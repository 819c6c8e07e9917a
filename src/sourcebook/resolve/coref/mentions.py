"""A mention of an event with what its sentence says around it, in sets that can be compared."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sourcebook.resolve.coref.words import Word, kind, lemma, of_class, sentences, words

#: Words before and after the mention that are near it.
_NEAR = 6
_YEAR = re.compile(r"(?:19|20)\d\d")
_TOKEN = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Told:
    """One mention: its head word, and the names, people, numbers and times of its sentence and nearby."""

    id: str
    document: int
    start: int
    head: str
    lemma: str
    kind: str
    parts: frozenset[str]
    sentence: int
    place: int
    context: frozenset[str]
    near: frozenset[str]
    names: frozenset[str]
    near_names: frozenset[str]
    numbers: frozenset[str]
    counts: frozenset[str]
    people: frozenset[str]
    sexes: frozenset[str]
    times: frozenset[str]
    before: str
    plural: bool

    @property
    def lead(self) -> bool:
        """Whether it stands in the first two sentences or lines."""
        return self.sentence <= 1


class Page:
    """A document cut into sentences, each read once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = sentences(text)
        self._words: dict[int, list[Word]] = {}

    def sentence(self, at: int) -> int:
        """The number of the sentence that holds an offset."""
        return bisect_right(self._starts, at) - 1

    def words(self, sentence: int) -> list[Word]:
        """The words of a sentence."""
        if sentence not in self._words:
            start = self._starts[sentence]
            end = self._starts[sentence + 1] if sentence + 1 < len(self._starts) else len(self.text)
            self._words[sentence] = words(self.text[start:end], start)
        return self._words[sentence]


def told(rows: Sequence[Mapping[str, object]], document: int, page: Page) -> list[Told]:
    """The mentions of one document in the order of the text; reads mention_id, start and end."""
    spans = sorted((int(str(r["start"])), int(str(r["end"])), str(r["mention_id"])) for r in rows)
    return [
        _told(identifier, document, place, (start, end), page)
        for place, (start, end, identifier) in enumerate(spans)
    ]


def _told(identifier: str, document: int, place: int, span: tuple[int, int], page: Page) -> Told:
    start, end = span
    written = _TOKEN.findall(page.text[start:end]) or [page.text[start:end] or "?"]
    core = [w for w in written if w.lower() not in of_class("particle")] or written
    head = core[-1].lower()
    number = page.sentence(start)
    around = page.words(number)
    at = next((n for n, w in enumerate(around) if w.start >= start), len(around))
    beside = [w for w in around if not start <= w.start < end]
    near = [w for w in around[max(0, at - _NEAR) : at + _NEAR + 1] if not start <= w.start < end]
    small = [w.text.lower() for w in near]
    names = _names(beside, around[:1])
    numbers = frozenset(w.text for w in around if w.text.isdigit())
    return Told(
        id=identifier,
        document=document,
        start=start,
        head=head,
        lemma=lemma(head),
        kind=kind(head),
        parts=frozenset(lemma(w) for w in core),
        sentence=number,
        place=place,
        context=_content(w for w in beside if not w.text.isdigit()),
        near=_content(near),
        names=names,
        near_names=_names(near, around[:1]) & names,
        numbers=numbers,
        counts=_classed(small, "number") | {w for w in small if w.isdigit()},
        people=_classed(small, "person"),
        sexes=_classed(small, "sex"),
        times=_classed([w.text.lower() for w in around], "time") | {n for n in numbers if _YEAR.fullmatch(n)},
        before=around[at - 1].text.lower() if at else "^",
        plural=head.endswith("s") and head not in of_class("singular"),
    )


def _content(around: Iterable[Word]) -> frozenset[str]:
    stop = of_class("stop")
    return frozenset(lemma(w.text) for w in around if w.text.lower() not in stop)


def _names(around: Iterable[Word], first: Sequence[Word]) -> frozenset[str]:
    """Capitalised words; the first of a sentence has its capital for another reason."""
    stop = of_class("stop")
    small = (w.text.lower() for w in around if w.capital and len(w.text) > 2 and w not in first)
    return frozenset(w for w in small if w not in stop)


def _classed(small: Iterable[str], name: str) -> frozenset[str]:
    known = of_class(name)
    return frozenset(known[w] for w in small if w in known)
