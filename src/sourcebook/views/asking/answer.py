"""An answer: one to three sentences, each with the claims it is made from, or that nothing is said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct

from sourcebook.model import ClaimId, DocumentId, Reading, Span
from sourcebook.reconcile.naming import short_names
from sourcebook.views import wording
from sourcebook.views.asking.finding import Shelf

#: What an answer begins with where the record holds none.
SILENT: Final = "The documents don't say."
#: Claims that one sentence cites at most; the rest are counted.
_MOST: Final = 4
_SPEAKERS: Final = 3


class Citation(Struct, frozen=True, kw_only=True):
    """Where the words stand that a sentence rests on; `number` is what stands in brackets in the sentence.

    `claim` is the claim that they are the evidence of, "" for words that no claim was made from.
    """

    number: int
    document: str
    path: str
    start: int
    end: int
    quote: str
    claim: str


class Answer(Struct, frozen=True, kw_only=True):
    """What the record says to a question.

    `found` is whether it says anything; if not, `nearest` are the nearest things that it does say. `values`
    are the bare answers, for programs; `contested` whether the sources differ.
    """

    question: str
    about: str
    found: bool
    text: str
    values: tuple[str, ...] = ()
    contested: bool = False
    citations: tuple[Citation, ...] = ()
    nearest: tuple[str, ...] = ()
    events: tuple[str, ...] = ()


class Draft:
    """Sentences and their citations while an answer is put together."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.sentences: list[str] = []
        self.cited: list[Citation] = []
        self.values: list[str] = []
        self.events: list[str] = []
        self.contested = False
        self._names = short_names(shelf.record.documents, shelf.entries.sources)

    def say(self, sentence: str, claims: Iterable[ClaimId]) -> None:
        """Add a sentence; one that no claim supports cannot be added."""
        known = self.shelf.entries.claims
        self.quote(sentence, [(known[c].evidence, c) for c in dict.fromkeys(claims) if c in known])

    def quote(self, sentence: str, spans: Sequence[tuple[Span, ClaimId | None]]) -> None:
        """Add a sentence that rests on words of documents, of claims or not; without any it is not added."""
        if spans:
            numbers = sorted({self._number(span, claim) for span, claim in spans[:_MOST]})
            self.sentences.append(f"{sentence.rstrip('.')} {''.join(f'[{n}]' for n in numbers)}.")

    def where(self, document: DocumentId) -> str:
        """What to call a document in a sentence."""
        return self._names[document]

    def who(self, speakers: Sequence[str]) -> str:
        """The first speakers, long titles cut as in every sentence."""
        entries = self.shelf.entries
        titles = {entries.publisher(d): self._names[d] for d in entries.documents}
        more = " and others" if len(speakers) > _SPEAKERS else ""
        return ", ".join(titles.get(s, s) for s in speakers[:_SPEAKERS]) + more

    def shown(self, reading: Reading) -> str:
        """The value of a reading, its words where the value has no bounds."""
        value = wording.reading(reading.value, self.shelf.entries.entities, reading.text)
        return " ".join(reading.text.split()) if value.startswith("?") else value

    def _number(self, span: Span, claim: ClaimId | None) -> int:
        for each in self.cited:
            if (each.document, each.start, each.end) == (span.document, span.start, span.end):
                return each.number
        made = Citation(
            number=len(self.cited) + 1,
            document=span.document,
            path=self.shelf.entries.documents[span.document].path,
            start=span.start,
            end=span.end,
            quote=" ".join(self.shelf.entries.exact(span).split()),
            claim=claim or "",
        )
        self.cited.append(made)
        return made.number

    def answer(self, question: str, about: str, nearest: Sequence[str] = ()) -> Answer:
        """What was put together; with no sentence, that the documents don't say, and what is nearest."""
        found = bool(self.sentences)
        return Answer(
            question=question,
            about=about,
            found=found,
            text=" ".join(self.sentences) if found else SILENT,
            values=tuple(dict.fromkeys(self.values)) if found else (),
            contested=self.contested,
            citations=tuple(self.cited),
            nearest=() if found else tuple(nearest),
            events=tuple(dict.fromkeys(self.events)),
        )
