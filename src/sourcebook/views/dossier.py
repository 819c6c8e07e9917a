"""A dossier: sentences made from claims, each with its citations. One without cannot be made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from msgspec import Struct

from sourcebook.errors import ModelError
from sourcebook.model import (
    CONTESTED,
    Claim,
    ClaimId,
    DateValue,
    DocumentId,
    Entity,
    EntityValue,
    Event,
    Fact,
    Participant,
    Quantity,
    Reading,
    Record,
    Span,
    Status,
    TextValue,
)
from sourcebook.model.vocabulary import TOLL_ROLES
from sourcebook.views import phrases, wording
from sourcebook.views.actor import holds, in_time_order
from sourcebook.views.entries import Entries

#: Headings by the properties of facts that they hold, in the order of a dossier.
SECTIONS = (
    ("Who they are and what they are called", ("alias", "designation")),
    ("Origins", ("founded", "parent", "split_from")),
    ("Leadership over time", ("leader", "deputy_leader", "member")),
    ("Aims, as attributed", ("aim", "ideology")),
    ("Bases", ("base",)),
    ("Strength, and who estimates it", ("strength",)),
    ("People, money, media", ("origin", "recruits_from", "funding", "media_outlet")),
    ("Rivals and allies", ("rival", "ally")),
    ("How many attacks, as counted by others", ("attacks_count", "plots_count", "trend")),
)

#: In place of a publisher that no one names.
UNKNOWN = "publisher not known"

_PLOTS = (Status.FOILED, Status.PLANNED, Status.THREATENED)

_PRONOUNS = frozenset(
    ("it", "its", "them", "they", "him", "her", "he", "she", "this", "that", "these", "those")
)

#: A quotation of an expert is cut here: a dossier cites, it does not reproduce.
_LONGEST = 320


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
    """A document that the dossier cites, and what a person has said of its publisher's reliability."""

    id: DocumentId
    path: str
    title: str | None
    publisher: str
    published: str
    sha256: str
    reliability: str = ""

    @property
    def name(self) -> str:
        """What a note calls it: its publisher, or its title where nobody knows who published it."""
        return self.publisher if self.publisher != UNKNOWN else self.title or self.path


class Dossier(Struct, frozen=True):
    """A cited backgrounder on one actor.

    `events` are those that its sentences tell of, for a timeline and a map. `gaps` are questions of
    `phrases.GAPS` that no document answers: the only lines that cite nothing, because they say that there is
    nothing to cite.
    """

    subject: str
    subject_id: str
    as_of: date | None
    sections: tuple[Section, ...]
    documents: tuple[Cited, ...]
    gaps: tuple[str, ...] = ()
    events: tuple[Event, ...] = ()

    def __post_init__(self) -> None:
        for question in self.gaps:
            if question not in phrases.GAPS:
                raise ModelError(f"not a question that a dossier asks: {question!r}")

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
        tuple(writer.gaps()),
        tuple(writer.told(sections)),
    )


class _Writer:
    """Turns facts and events of one actor into sentences."""

    def __init__(self, entries: Entries, actor: Entity, as_of: date | None) -> None:
        self.entries = entries
        self.actor = actor
        self.as_of = as_of
        self.facts = [f for f in entries.record.facts if f.subject == actor.id]
        self.titles = {d.title for d in entries.record.documents} - {s.name for s in entries.record.sources}

    def sections(self) -> Iterator[Section]:
        listed = {p for _, properties in SECTIONS for p in properties}
        for title, properties in SECTIONS:
            mine = sorted(
                (f for f in self.facts if f.property in properties),
                key=lambda f: properties.index(f.property),
            )
            names = self._names() if "alias" in properties else ()
            yield Section(title, (*names, *self._of_facts(mine)))
        other = [f for f in self.facts if f.property not in listed]
        yield Section("Also said", tuple(self._of_facts(other)))
        events = self._events()
        yield Section("Attacks and other events", tuple(self._of_events(events, ahead=False)))
        yield Section("Plots, threats and warnings", tuple(self._of_events(events, ahead=True)))
        yield Section("Where the sources differ", tuple(self._contested(events)))
        yield Section("What experts say, in their words", tuple(self._experts()))

    def told(self, sections: Sequence[Section]) -> Iterator[Event]:
        """The events that some sentence cites a claim of."""
        cited = {c for s in sections for x in s.sentences for one in x.citations for c in one.claims}
        for event in self._events():
            parts = (p for p in event.participants if p.entity == self.actor.id)
            if cited.intersection(c for p in parts for c in p.claims):
                yield event

    def gaps(self) -> Iterator[str]:
        told = {f.property for f in self.facts}
        for question, properties in phrases.GAPS.items():
            if not told.intersection(properties):
                yield question

    # -- names and facts --------------------------------------------------------------------------

    def _names(self) -> Iterator[Sentence]:
        """Every name under which claims speak of it, with the claims that use it."""
        using: dict[str, list[ClaimId]] = {}
        called = {m: a.name for a in self.actor.aliases for m in a.mentions}
        for claim in self.entries.record.claims:
            for argument in claim.arguments:
                if argument.mention in called:
                    using.setdefault(called[argument.mention], []).append(claim.id)
        alike: dict[tuple[str, ...], list[tuple[str, list[ClaimId]]]] = {}
        for name, claims in using.items():
            first = self._first_in_each(claims)
            publishers = tuple(dict.fromkeys(self._publisher(c) for c in first))
            alike.setdefault(publishers, []).append((f"“{name}”", first))
        for publishers, named in alike.items():
            calls = "calls" if len(publishers) == 1 else "call"
            names = phrases.listed(tuple(name for name, _ in named))
            cited = [claim for _, claims in named for claim in claims]
            yield from self._sentence(f"{self._listed(publishers)} {calls} it {names}", cited)

    def _first_in_each(self, claims: Iterable[ClaimId]) -> list[ClaimId]:
        """The first claim of each document."""
        return list({self.entries.claims[c].evidence.document: c for c in reversed(list(claims))}.values())[
            ::-1
        ]

    def _publisher(self, claim: ClaimId) -> str:
        return self.entries.publisher(self.entries.claims[claim].evidence.document)

    def _of_facts(self, facts: Iterable[Fact]) -> Iterator[Sentence]:
        """A sentence for what the same speakers say of one thing: names together, figures one by one."""
        alike: dict[tuple[str, ...], list[tuple[str, Reading]]] = {}
        for fact in facts:
            for n, reading in enumerate(self._worth_telling(fact)):
                plain = isinstance(reading.value, EntityValue) and not _term(reading.value)
                key = (fact.property, *reading.speakers) if plain else (fact.id, str(n))
                alike.setdefault(key, []).append((fact.property, reading))
        for told in alike.values():
            claims = [claim for _, reading in told for claim in reading.claims]
            yield from self._sentence(self._said(told[0][0], [reading for _, reading in told]), claims)

    def _worth_telling(self, fact: Fact) -> list[Reading]:
        """What holds as of the day, in time; a pronoun alone tells nothing."""
        found = in_time_order([r for r in fact.readings if holds(r, self.as_of)])
        return [r for r in found if not _is_pronoun(r)]

    def _said(self, name: str, readings: Sequence[Reading]) -> str:
        form = phrases.FACTS.get(name, f"its {name.replace('_', ' ')} is {{value}}")
        values = phrases.listed(tuple(dict.fromkeys(self._value(r) for r in readings)))
        if len(readings) > 1:
            form = phrases.SEVERAL.get(name, form)
        return f"According to {self._listed(readings[0].speakers)}, {form.replace('{value}', values)}"

    def _value(self, reading: Reading) -> str:
        value = reading.value
        if isinstance(value, EntityValue):
            known = self.entries.entities.get(value.entity)
            return f"{known.name if known else reading.text}{_term(value)}"
        if isinstance(value, DateValue):
            return phrases.when(value) or f"“{reading.text}”"
        if isinstance(value, Quantity):
            return f"“{' '.join(reading.text.split())}” ({wording.number(value)})"
        return f"“{value.text}”"

    # -- events -----------------------------------------------------------------------------------

    def _events(self) -> list[Event]:
        """Events that somebody gives the actor a part in, in time."""
        mine = [
            e for e in self.entries.record.events if any(p.entity == self.actor.id for p in e.participants)
        ]
        if self.as_of:
            mine = [e for e in mine if not (e.date and e.date.earliest and e.date.earliest > self.as_of)]
        return sorted(mine, key=lambda e: (wording.days(e.date) or "9999", e.id))

    def _of_events(self, events: Iterable[Event], *, ahead: bool) -> Iterator[Sentence]:
        for event in events:
            if (event.status in _PLOTS) is not ahead:
                continue
            parts = [p for p in event.participants if p.entity == self.actor.id]
            said = "; according to ".join(self._part(p) for p in parts)
            claims = [c for p in parts for c in p.claims]
            yield from self._sentence(f"{_happening(event)}. According to {said}", claims)
            yield from self._tolls(event)

    def _part(self, part: Participant) -> str:
        """Who says what of the actor's part."""
        role = phrases.part(part.role, part.attribution_status, self.actor.name)
        return f"{self._listed(self._speakers(part.claims))}, {role}"

    def _tolls(self, event: Event) -> Iterator[Sentence]:
        """What each source says of the toll."""
        for fact in self.entries.record.facts:
            if fact.subject == event.id and fact.property in TOLL_ROLES:
                said = (f"“{' '.join(r.text.split())}” ({self._listed(r.speakers)})" for r in fact.readings)
                claims = [c for r in fact.readings for c in r.claims]
                yield from self._sentence(f"{_label(event)}, {fact.property}: {'; '.join(said)}", claims)

    def _listed(self, names: tuple[str, ...]) -> str:
        """Names as in a sentence; a document that stands for its unknown publisher is in quotes."""
        return phrases.listed(tuple(_title(n) if n in self.titles else n for n in names))

    def _speakers(self, claims: Iterable[ClaimId]) -> tuple[str, ...]:
        known = self.entries.claims
        return tuple(dict.fromkeys(s for c in claims if c in known for s in self.entries.speakers(known[c])))

    # -- disputes and experts -----------------------------------------------------------------------

    def _contested(self, events: Sequence[Event]) -> Iterator[Sentence]:
        labels: dict[str, str] = {e.id: _label(e) for e in events}
        labels[self.actor.id] = self.actor.name
        for fact in self.entries.record.facts:
            if fact.relation in CONTESTED and fact.subject in labels:
                head = f"{labels[fact.subject]}, {fact.property.replace('_', ' ')}"
                yield from self._sentence(f"{head}: {fact.explanation}", fact.cites)

    def _experts(self) -> Iterator[Sentence]:
        """Words of experts, where a claim about the actor or one of its events is theirs."""
        seen: set[Span] = set()
        for claim in self.entries.record.claims:
            for spoken in claim.attribution:
                if spoken.kind == "expert" and spoken.content not in seen and self._concerns(claim):
                    seen.add(spoken.content)
                    words = _cut(self.entries.exact(spoken.content))
                    who = self.entries.speaker(spoken)
                    where = self._listed((self.entries.publisher(claim.evidence.document),))
                    text = f"{who}, in {where}: “{words}”"
                    yield from self._sentence(text, [claim.id])

    def _concerns(self, claim: Claim) -> bool:
        return any(self.entries.entity_of.get(a.mention) == self.actor.id for a in claim.arguments)

    # -- sentences ------------------------------------------------------------------------------------

    def _sentence(self, text: str, claims: Sequence[ClaimId]) -> Iterator[Sentence]:
        """The sentence with its citations, or nothing if no claim is left to cite."""
        citations = self._citations(claims)
        if citations:
            yield Sentence(phrases.sentence(text), citations)

    def _citations(self, claims: Iterable[ClaimId]) -> tuple[Citation, ...]:
        by_span: dict[Span, list[ClaimId]] = {}
        for claim in dict.fromkeys(claims):
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
        source = self.entries.sources.get(document.source) if document.source else None
        rating = (
            f"{source.reliability.value}, rated by {source.rated_by}" if source and source.reliability else ""
        )
        publisher = source.name if source else UNKNOWN
        return Cited(
            identifier,
            document.path,
            document.title,
            publisher,
            _bare(phrases.when(published)),
            document.sha256,
            rating or "not rated",
        )


def _happening(event: Event) -> str:
    """What and when; the date that a label ends in is not said twice."""
    moment, label = phrases.when(event.date), _label(event)
    status = "" if event.status is Status.ACCOMPLISHED else f" ({event.status.value})"
    return f"{moment}, {label}{status}" if moment else f"{label}{status}, date unknown"


def _title(name: str) -> str:
    """A title in quotes; quotes within it become single."""
    return f"“{name.replace('“', '‘').replace('”', '’')}”"


def _label(event: Event) -> str:
    """The label without the date that it ends in."""
    return event.label.removesuffix(f", {wording.days(event.date)}")


def _is_pronoun(reading: Reading) -> bool:
    return isinstance(reading.value, TextValue) and reading.value.text.casefold() in _PRONOUNS


def _term(value: EntityValue) -> str:
    """In brackets, the time for which somebody holds a place."""
    since, until = phrases.when(value.since), phrases.when(value.until)
    said = ", ".join(f"{word} {_bare(time)}" for word, time in (("since", since), ("until", until)) if time)
    return f" ({said})" if said else ""


def _bare(moment: str) -> str:
    """A moment after another preposition: of "in May 2031" the month; "between" goes after "some day"."""
    bare = moment.removeprefix("in ").removeprefix("on ")
    return f"some day {moment}" if moment.startswith("between") else bare


def _cut(text: str) -> str:
    flat = " ".join(text.split()).strip("“”\"' ")
    return flat if len(flat) <= _LONGEST else f"{flat[:_LONGEST].rpartition(' ')[0]} …"
