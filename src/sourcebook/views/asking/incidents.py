"""What a pile tells of, one occurrence each: reports of one incident are taken together.

A report often tells of its one incident in claims that are too bare to be joined ("the shooting", "he died"),
or in words that are no attack (an accident, a fire). So the reports themselves are grouped, with the
events that they mainly tell of, and the head of a report says its toll. An overview tells of many occurrences
of many times: each of its events counts for itself, with the figures of the record.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property
from typing import Final, NamedTuple, Protocol

from sourcebook.model import (
    Claim,
    ClaimId,
    Document,
    DocumentId,
    Event,
    EventId,
    Fact,
    Mention,
    Quantity,
    Record,
    Status,
    Timex,
)
from sourcebook.reconcile.agreement import size
from sourcebook.views.asking.harm import EFFECTS, tells_of, tells_of_any
from sourcebook.views.asking.lead import head
from sourcebook.views.asking.reports import Report, grouped, plain
from sourcebook.views.asking.whereabouts import Unit, Votes, Whereabouts, most
from sourcebook.views.entries import Entries

#: How many days before its first report an incident was where no day is named.
_USUAL: Final = timedelta(days=4)
#: A date of more days than this says no day.
_MONTH: Final = timedelta(days=32)
#: A text is an overview from so many dated events that lie so far apart.
_MANY: Final = 3
_LONG: Final = timedelta(days=120)
_CAME_TO_PASS: Final = frozenset((Status.ACCOMPLISHED, Status.CLAIMED))

#: A figure so many times another one of the same incident counts something else.
_OF_ELSE: Final = 10

Days = tuple[date, date]
#: The figures of events that moved from report to report, by event and effect.
Moved = Mapping[tuple[EventId, str], int]


class Incident(Protocol):
    """One occurrence: who tells of it, when and in which first-order unit it was, and what it did."""

    @property
    def events(self) -> Sequence[Event]:
        """The events of the record that it is."""
        ...

    @property
    def documents(self) -> Sequence[Document]:
        """Who tells of it."""
        ...

    @property
    def days(self) -> Days | None:
        """The first and last day on which it may have been."""
        ...

    @property
    def unit(self) -> Unit | None:
        """The state or province in which it was."""
        ...

    def names(self, place: str) -> bool:
        """Whether a place of that name, in small letters, is named in what is told of it."""
        ...

    def involves(self, name: str) -> bool:
        """Whether somebody of that name has a part in it."""
        ...

    def figure(self, effect: str) -> int:
        """How many were killed or injured."""
        ...

    def is_of(self, kind: str) -> bool:
        """Whether it is of a kind of harm."""
        ...


class Reported:
    """An incident that reports tell of."""

    def __init__(
        self, reports: Sequence[Report], events: Sequence[Event], votes: Iterable[Votes], moved: Moved
    ) -> None:
        self.reports = tuple(reports)
        self.events = tuple(events)
        self._votes = tuple(votes)
        self._moved = moved

    @property
    def documents(self) -> tuple[Document, ...]:
        """The reports."""
        return tuple(r.document for r in self.reports)

    @cached_property
    def days(self) -> Days | None:
        """The day that most reports give; else that of their event; else the days before the first report."""
        named = Counter(r.day for r in self.reports if r.day)
        if named:
            day = min(named, key=lambda d: (-named[d], d))
            return day, day
        dated = next((d for e in self.events if (d := _days(e)) and d[1] - d[0] < _MONTH), None)
        out = min((r.out for r in self.reports if r.out), default=None)
        return dated or ((out - _USUAL, out) if out else None)

    @cached_property
    def unit(self) -> Unit | None:
        """The unit that most of what the reports name speaks for."""
        total: Votes = defaultdict(float)
        for votes in self._votes:
            for unit, n in votes.items():
                total[unit] += n
        return most(total)

    def names(self, place: str) -> bool:
        """Whether half of the reports or more name a place."""
        return 2 * sum(f" {place} " in r.words for r in self.reports) >= len(self.reports)

    def involves(self, name: str) -> bool:
        """Whether a report gives somebody of that name a part."""
        return any(r.involves(name) for r in self.reports)

    def figure(self, effect: str) -> int:
        """The figure left where it moved from report to report; else what most say, of equals the larger."""
        left = [n for e in self.events if (n := self._moved.get((e.id, effect))) is not None]
        if left:
            return max(left)
        told = Counter(r.toll.of(effect) for r in self.reports)
        least = max(min(told), 1)
        near = [n for n in told if n < _OF_ELSE * least]
        return max(near or told, key=lambda n: (told[n], n))

    def is_of(self, kind: str) -> bool:
        """Whether anybody was killed or hurt; of other kinds, whether the head of a report tells of it."""
        if kind in EFFECTS:
            return self.figure(EFFECTS[kind]) > 0
        return any(tells_of(kind, r.head) for r in self.reports)


class Told:
    """An event of the record that overviews tell of."""

    def __init__(self, event: Event, documents: Sequence[Document], facts: Sequence[Fact], said: str) -> None:
        self.events = (event,)
        self.documents = tuple(documents)
        self._event = event
        self._facts = facts
        self._said = said

    @property
    def days(self) -> Days | None:
        """The days of the event."""
        return _days(self._event)

    @property
    def unit(self) -> Unit | None:
        """The unit of the first of its places that lies in one."""
        known = (p.location for p in self._event.places)
        return next(((x.country, x.unit) for x in known if x.country and x.unit), None)

    @cached_property
    def _words(self) -> str:
        people = [p.name for p in self._event.participants]
        return plain(
            " ".join([self._event.label, *(p.name for p in self._event.places), *people, self._said])
        )

    def names(self, place: str) -> bool:
        """Whether its claims name a place."""
        return f" {place} " in self._words

    def involves(self, name: str) -> bool:
        """Whether its claims name somebody so."""
        return plain(name) in self._words

    def figure(self, effect: str) -> int:
        """The figure that is left, else the one that most documents give."""
        return next((_figure(f) for f in self._facts if f.property == effect and not _is_part(f)), 0)

    def is_of(self, kind: str) -> bool:
        """Whether a figure or the words of its claims tell of it."""
        return self.figure(EFFECTS.get(kind, "")) > 0 or tells_of(kind, self._said)


def incidents(record: Record, facts: Mapping[str, Sequence[Fact]]) -> list[Incident]:
    """The incidents of a record: what reports tell of by their first, then what overviews tell of."""
    entries = Entries(record)
    wide = _overviews(record)
    narrow = sorted((d for d in record.documents if d.id not in wide), key=lambda d: d.sequence)
    reports = [d for d in narrow if tells_of_any("\n".join(head(d)))]
    return [*_reported(record, reports, entries), *_told(record, wide, facts, entries)]


def _reported(record: Record, documents: Sequence[Document], entries: Entries) -> list[Incident]:
    moved = _moved(record)
    where = Whereabouts(record)
    times = _times(record)
    main = _main(record, entries.claims)

    def made(group: Sequence[Document]) -> Reported:
        return Reported(
            [Report(d, times.get(d.id, ())) for d in group],
            list({e.id: e for d in group if (e := main.get(d.id))}.values()),
            [where.votes(d.id) for d in group],
            moved,
        )

    return [made(group) for group in _joined([made(g) for g in grouped(documents)])]


def _joined(found: Iterable[Reported]) -> list[list[Document]]:
    """The documents of incidents, together where the record joined their event and day and unit agree."""
    groups: list[tuple[Unit | None, list[Document]]] = []
    by_event: dict[tuple[EventId, Days | None], list[tuple[Unit | None, list[Document]]]] = defaultdict(list)
    for incident in found:
        keys = [(e.id, incident.days) for e in incident.events]
        known = (g for k in keys for g in by_event[k])
        whole = next((g for g in known if None in (g[0], incident.unit) or g[0] == incident.unit), None)
        if whole is None:
            whole = (incident.unit, [])
            groups.append(whole)
        whole[1].extend(incident.documents)
        for key in keys:
            by_event[key].append(whole)
    return [sorted(g, key=lambda d: d.sequence) for _, g in groups]


def _moved(record: Record) -> Moved:
    """Figures that a later report left, of events that several documents tell of."""
    of = {str(e.id): e.id for e in record.events if len(e.documents) > 1}
    moved = (f for f in record.facts if f.subject in of and f.preferred is not None and not _is_part(f))
    return {(of[f.subject], f.property): _figure(f) for f in moved if f.property in EFFECTS.values()}


def _told(
    record: Record, wide: frozenset[DocumentId], facts: Mapping[str, Sequence[Fact]], entries: Entries
) -> list[Incident]:
    found: list[Incident] = []
    for event in record.events:
        if event.type == "ASSAULT" and event.status in _CAME_TO_PASS and wide.issuperset(event.documents):
            claims = (entries.claims[c] for c in event.claims if c in entries.claims)
            said = " ".join(entries.exact(c.evidence) for c in claims)
            told_by = [entries.documents[d] for d in event.documents]
            found.append(Told(event, told_by, facts.get(event.id, ()), said))
    return found


def _overviews(record: Record) -> frozenset[DocumentId]:
    """Documents that tell of several occurrences months or years apart."""
    dated: dict[DocumentId, list[date]] = defaultdict(list)
    for event in record.events:
        days = _days(event)
        if event.type == "ASSAULT" and days:
            for document in event.documents:
                dated[document].append(days[0])
    return frozenset(d for d, days in dated.items() if len(days) >= _MANY and max(days) - min(days) > _LONG)


def _days(event: Event) -> Days | None:
    if event.date is None or event.date.earliest is None or event.date.latest is None:
        return None
    return event.date.earliest, event.date.latest


def _times(record: Record) -> dict[DocumentId, list[Mention]]:
    found: dict[DocumentId, list[Mention]] = defaultdict(list)
    for mention in record.mentions:
        if isinstance(mention.value, Timex) and mention.value.type in ("DATE", "TIME"):
            found[mention.span.document].append(mention)
    return {d: sorted(ms, key=lambda m: m.span) for d, ms in found.items()}


class _Weight(NamedTuple):
    """How much a document says of an event: claims, those with a toll thrice; the earlier the better."""

    claims: int
    before: int


def _main(record: Record, claims: Mapping[ClaimId, Claim]) -> dict[DocumentId, Event]:
    """The event that each document says most of."""
    weights: dict[DocumentId, dict[EventId, _Weight]] = defaultdict(dict)
    events = {e.id: e for e in record.events if e.type == "ASSAULT"}
    for event in events.values():
        for document, here in _by_document(event, claims).items():
            told = sum(1 + 2 * bool(c.filler("killed") or c.filler("injured")) for c in here)
            weights[document][event.id] = _Weight(told, -min(c.trigger.start for c in here))
    return {d: events[_heaviest(found)] for d, found in weights.items()}


def _heaviest(weights: Mapping[EventId, _Weight]) -> EventId:
    return max(weights, key=lambda e: (weights[e], e))


def _by_document(event: Event, claims: Mapping[ClaimId, Claim]) -> dict[DocumentId, list[Claim]]:
    found: dict[DocumentId, list[Claim]] = defaultdict(list)
    for identifier in event.claims:
        if identifier in claims:
            found[claims[identifier].trigger.document].append(claims[identifier])
    return found


def _figure(fact: Fact) -> int:
    if fact.preferred is not None and isinstance(value := fact.readings[fact.preferred].value, Quantity):
        return size(value)
    told = Counter({size(r.value): len(r.documents) for r in fact.readings if isinstance(r.value, Quantity)})
    return max(told, key=lambda n: (told[n], n), default=0)


def _is_part(fact: Fact) -> bool:
    return fact.rule == "part-of-a-total"
