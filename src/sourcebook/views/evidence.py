"""One claim or mention as evidence: its words in context, who says it, when, how surely, and the rivals."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sourcebook.errors import NotFound
from sourcebook.model import (
    Claim,
    ClaimId,
    Days,
    Document,
    DocumentId,
    Fact,
    Factuality,
    Mention,
    MentionId,
    Record,
    Span,
)
from sourcebook.views import wording
from sourcebook.views.entries import Entries
from sourcebook.views.marks import Mark, Piece, look, pieces

#: How surely somebody says something, in words (FactBank's values).
SURELY: Final = MappingProxyType(
    {
        Factuality.CERTAIN: "says that it is so",
        Factuality.PROBABLE: "says that it is probably so",
        Factuality.POSSIBLE: "says that it may be so",
        Factuality.CERTAINLY_NOT: "says that it is not so",
        Factuality.PROBABLY_NOT: "says that it is probably not so",
        Factuality.POSSIBLY_NOT: "says that it may not be so",
        Factuality.CERTAIN_WHETHER: "knows whether it is so, and does not say",
        Factuality.UNCOMMITTED: "does not say whether it is so",
    }
)

_CONTEXT: Final = 220
_SENTENCE: Final = re.compile(r"[.!?]['\"”’)]{0,2}\s")


class Rival(Struct, frozen=True, kw_only=True):
    """Another reading of a fact that the claim speaks to."""

    property: str
    relation: str
    explanation: str
    text: str
    speakers: tuple[str, ...]
    claims: tuple[str, ...]


class Evidence(Struct, frozen=True, kw_only=True):
    """What a reader sees on asking where a value is from.

    `surely` is "" for a mention, which says nothing. `drawn` is set where the document is a PDF, whose page
    can be shown as it looks.
    """

    id: str
    document: DocumentId
    path: str
    title: str
    publisher: str
    url: str
    reported: str
    reported_basis: str
    language: str
    translated: bool
    words: tuple[Piece, ...]
    speakers: tuple[str, ...]
    channel: str
    surely: str
    status: str
    what: str
    drawn: bool = False


class Witness:
    """Answers where anything in a record is from."""

    def __init__(self, record: Record, entries: Entries | None = None) -> None:
        self.record = record
        self.entries = entries or Entries(record)

    @cached_property
    def readings(self) -> Mapping[ClaimId, list[tuple[Fact, int]]]:
        """The facts that a claim speaks to, each with the number of its reading."""
        found: dict[ClaimId, list[tuple[Fact, int]]] = {}
        for fact in self.record.facts:
            for number, reading in enumerate(fact.readings):
                for claim in reading.claims:
                    found.setdefault(claim, []).append((fact, number))
        return found

    def reported(self, document: DocumentId) -> Days | None:
        """When a document was published, or the days on which it may have been."""
        return self.entries.documents[document].published or self.record.dated.get(document)

    def order(self, document: DocumentId) -> tuple[str, int]:
        """Sorts documents by when they reported, undated ones last."""
        days = self.reported(document)
        known = days and (days.latest or days.earliest)
        return (known.isoformat() if known else "9999", self.entries.documents[document].sequence)

    def of(self, identifier: str) -> Evidence:
        """The evidence of a claim or mention.

        Raises:
            NotFound: there is none of that id.
        """
        claim = self.entries.claims.get(ClaimId(identifier))
        if claim is not None:
            return self._of_claim(claim)
        mention = self.entries.mentions.get(MentionId(identifier))
        if mention is not None:
            return self._of_mention(mention)
        raise NotFound(f"there is no claim or mention {identifier!r}")

    def _of_claim(self, claim: Claim) -> Evidence:
        filled = [self.entries.mentions.get(a.mention) for a in claim.arguments]
        marks = [Mark(claim.trigger.start, claim.trigger.end, "claim", claim.id, "what is told")]
        marks += [
            Mark(m.span.start, m.span.end, look(m.kind), m.id, a.role.replace("_", " "))
            for a, m in zip(claim.arguments, filled, strict=True)
            if m and m.span.document == claim.trigger.document
        ]
        spoken = [a for a in claim.attribution if a.channel]
        return replace(
            self._placed(claim.id, claim.evidence, marks, claim.predicate),
            speakers=self.entries.speakers(claim),
            channel=(self.entries.name(spoken[0].channel) or "") if spoken else "",
            surely=SURELY[claim.factuality],
            status=claim.status.value if claim.status else "",
        )

    def _of_mention(self, mention: Mention) -> Evidence:
        text = self.entries.documents[mention.span.document].text
        start, end = _sentence(text, mention.span.start, mention.span.end)
        marks = [Mark(mention.span.start, mention.span.end, look(mention.kind), mention.id, mention.kind)]
        return self._placed(mention.id, Span(mention.span.document, start, end), marks, mention.kind)

    def _placed(self, identifier: str, sentence: Span, marks: list[Mark], what: str) -> Evidence:
        """What is known of anything at a place: the document, and its words there."""
        document = self.entries.documents[sentence.document]
        days = self.reported(document.id)
        publisher = self.entries.publisher(document.id)
        return Evidence(
            id=identifier,
            document=document.id,
            path=document.path,
            title=document.title or document.path,
            publisher=publisher,
            url=document.url or "",
            reported=wording.days(days),
            reported_basis=days.basis if days else "nothing tells when it was published",
            language=document.language or "",
            translated=document.translated,
            words=_words(document, sentence, marks),
            speakers=(publisher,),
            channel="",
            surely="",
            status="",
            what=what.replace("_", " "),
            drawn=document.encoding.startswith("pdfium"),
        )

    def rivals(self, claim: str) -> tuple[Rival, ...]:
        """The other readings of all that a claim speaks to; a mention has none."""
        return tuple(
            Rival(
                property=fact.property,
                relation=fact.relation.value,
                explanation=fact.explanation,
                text=" ".join(other.text.split()),
                speakers=other.speakers,
                claims=other.claims,
            )
            for fact, mine in self.readings.get(ClaimId(claim), ())
            for number, other in enumerate(fact.readings)
            if number != mine
        )


def _words(document: Document, sentence: Span, marks: list[Mark]) -> tuple[Piece, ...]:
    """The sentence under a `quote` mark, its marks, and a sentence of context on either side."""
    start, end = _context(document.text, sentence.start, sentence.end)
    quote = Mark(sentence.start, sentence.end, "quote")
    inside = [m for m in marks if start <= m.start and m.end <= end]
    return tuple(pieces(document.text, start, end, marks=[quote, *inside], masks=document.masks))


def _context(text: str, start: int, end: int) -> tuple[int, int]:
    """A sentence before and one after, within the paragraph."""
    left = text[max(0, start - _CONTEXT) : start].rpartition("\n\n")[2]
    ends = [m.end() for m in _SENTENCE.finditer(left.rstrip()[:-1])] if left.strip() else []
    begin = start - len(left) + ends[-1] if ends else start - len(left)
    right = text[end : end + _CONTEXT].partition("\n\n")[0]
    stop = _SENTENCE.search(right)
    return begin, end + (stop.end() if stop else len(right))


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    left = text[max(0, start - _CONTEXT) : start]
    ends = [m.end() for m in _SENTENCE.finditer(left)] + [left.rfind("\n") + 1]
    stop = re.search(r"[.!?]['\"”’)]{0,2}(?=\s|$)|\n", text[end : end + _CONTEXT])
    return start - len(left) + max(ends), end + (stop.end() if stop else min(_CONTEXT, len(text) - end))
