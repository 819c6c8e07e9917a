"""A dossier: sentences made from claims, each with its citations. One without cannot be made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from msgspec import Struct

from sourcebook.errors import ModelError
from sourcebook.model import (
    CONTESTED,
    ClaimId,
    DocumentId,
    Entity,
    Event,
    Fact,
    Reading,
    Record,
    Span,
)
from sourcebook.views import wording
from sourcebook.views.actor import holds, in_time_order
from sourcebook.views.entries import Entries

#: Headings by the properties of facts that they hold, in the order of a dossier.
SECTIONS = (
    ("Names", ("alias", "designation")),
    ("Origin", ("founded", "parent", "split_from")),
    ("Leaders", ("leader", "deputy_leader", "member")),
    ("Strength and means", ("strength", "origin", "recruits_from", "funding", "media_outlet", "base")),
    ("Aims", ("aim", "ideology")),
    ("Friends and enemies", ("ally", "rival")),
    ("Record of attacks", ("attacks_count", "plots_count", "trend")),
)


class Citation(Struct, frozen=True):
    """The words that a sentence rests on, where they stand, and the claims they support."""

    claims: tuple[ClaimId, ...]
    document: DocumentId
    start: int
    end: int
    exact: str

    def __post_init__(self) -> None:
        if not self.claims or not self.exact.strip():
            raise ModelError("a citation needs a claim and its words")


class Sentence(Struct, frozen=True):
    """One sentence and what it rests on."""

    text: str
    citations: tuple[Citation, ...]

    def __post_init__(self) -> None:
        if not self.citations:
            raise ModelError(f"a sentence needs a citation: {self.text!r}")


class Section(Struct, frozen=True):
    """A heading and its sentences."""

    title: str
    sentences: tuple[Sentence, ...]


class Cited(Struct, frozen=True):
    """A document that the dossier cites."""

    id: DocumentId
    path: str
    title: str | None
    publisher: str
    published: str
    sha256: str


class Dossier(Struct, frozen=True):
    """A cited backgrounder on one actor."""

    subject: str
    subject_id: str
    as_of: date | None
    sections: tuple[Section, ...]
    documents: tuple[Cited, ...]

    def citations(self) -> list[Citation]:
        """Every citation once, in the order of first use: its number is its place plus one."""
        used = (c for s in self.sections for sentence in s.sentences for c in sentence.citations)
        return list(dict.fromkeys(used))


def dossier(record: Record, actor: Entity, *, as_of: date | None = None) -> Dossier:
    """The dossier on an actor: what is said of it, by whom, and where the sources differ."""
    writer = _Writer(Entries(record), actor, as_of)
    sections = tuple(s for s in writer.sections() if s.sentences)
    cited = {c.document for s in sections for sentence in s.sentences for c in sentence.citations}
    return Dossier(
        actor.name,
        actor.id,
        as_of,
        sections,
        tuple(writer.cited(d.id) for d in record.documents if d.id in cited),
    )


class _Writer:
    """Turns facts and events of one actor into sentences."""

    def __init__(self, entries: Entries, actor: Entity, as_of: date | None) -> None:
        self.entries = entries
        self.actor = actor
        self.as_of = as_of

    def sections(self) -> Iterator[Section]:
        facts = [f for f in self.entries.record.facts if f.subject == self.actor.id]
        listed = {p for _, properties in SECTIONS for p in properties}
        for title, properties in SECTIONS:
            mine = sorted(
                (f for f in facts if f.property in properties), key=lambda f: properties.index(f.property)
            )
            yield Section(title, tuple(self._of_facts(mine)))
        yield Section("Also said", tuple(self._of_facts([f for f in facts if f.property not in listed])))
        yield Section("Events", tuple(self._of_events()))

    def _of_facts(self, facts: Iterable[Fact]) -> Iterator[Sentence]:
        for fact in facts:
            readings = in_time_order([r for r in fact.readings if holds(r, self.as_of)])
            for reading in readings:
                yield from self._sentence(self._said(fact, reading), reading.claims)
            if fact.relation in CONTESTED and len(readings) == len(fact.readings):
                yield from self._sentence(f"The sources differ: {_ended(fact.explanation)}", fact.cites)

    def _said(self, fact: Fact, reading: Reading) -> str:
        value = wording.reading(reading.value, self.entries.entities, reading.text)
        what = f"{fact.property.replace('_', ' ').capitalize()} of {self.actor.name}"
        return f"{what}: {value}, according to {_listed(reading.speakers)}."

    def _of_events(self) -> Iterator[Sentence]:
        events = [
            e for e in self.entries.record.events if any(p.entity == self.actor.id for p in e.participants)
        ]
        for event in sorted(events, key=_when):
            if self.as_of and event.date and event.date.earliest and event.date.earliest > self.as_of:
                continue
            for participant in event.participants:
                if participant.entity == self.actor.id:
                    role = (
                        f"{self.actor.name} is named as {participant.role} ({participant.attribution_status})"
                    )
                    speakers = self._speakers(participant.claims)
                    text = f"{self._happening(event)}: {role}, according to {_listed(speakers)}."
                    yield from self._sentence(text, participant.claims)

    def _happening(self, event: Event) -> str:
        day = wording.days(event.date) or "Date unknown"
        return f"{day}, {event.label} [{event.status.value}]"

    def _speakers(self, claims: Iterable[ClaimId]) -> tuple[str, ...]:
        known = self.entries.claims
        return tuple(dict.fromkeys(s for c in claims if c in known for s in self.entries.speakers(known[c])))

    def _sentence(self, text: str, claims: Sequence[ClaimId]) -> Iterator[Sentence]:
        """The sentence with its citations, or nothing if no claim is left to cite."""
        citations = self._citations(claims)
        if citations:
            yield Sentence(" ".join(text.split()), citations)

    def _citations(self, claims: Iterable[ClaimId]) -> tuple[Citation, ...]:
        by_span: dict[Span, list[ClaimId]] = {}
        for claim in claims:
            if claim in self.entries.claims:
                by_span.setdefault(self.entries.claims[claim].evidence, []).append(claim)
        return tuple(
            Citation(tuple(found), span.document, span.start, span.end, self.entries.exact(span))
            for span, found in by_span.items()
        )

    def cited(self, identifier: DocumentId) -> Cited:
        """How a document is listed."""
        document = self.entries.documents[identifier]
        published = document.published or self.entries.record.dated.get(identifier)
        return Cited(
            identifier,
            document.path,
            document.title,
            self.entries.publisher(identifier),
            wording.days(published),
            document.sha256,
        )


def _when(event: Event) -> tuple[str, str]:
    return (wording.days(event.date) or "9999", event.id)


def _listed(names: Sequence[str]) -> str:
    if len(names) < 2:
        return names[0] if names else "an unnamed source"
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
