"""Which events a question means: names, places and days must fit, the rest of its words choose."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Final

from sourcebook.model import DateValue, Days, Entity, EntityId, Event, Fact, Record, Status
from sourcebook.reconcile.ancestry import lies_within
from sourcebook.views.asking.incidents import Incident, incidents
from sourcebook.views.asking.question import Names, Question, names_of, words
from sourcebook.views.entries import Entries

#: Roles in which an actor of a question may take part in an event that it asks about.
_SEVERAL: Final = 3
_YEARLESS: Final = re.compile(r"XXXX-(\d\d)(?:-(\d\d))?")
#: A question of more days than this says nothing of a day whose year is not known.
_MOST_DAYS: Final = 62
_AHEAD: Final = frozenset((Status.PLANNED, Status.THREATENED))
_DOERS: Final = frozenset(("actor", "suspect", "claimant"))


class Shelf:
    """A record with what questions look up: facts by subject, the words of every event."""

    def __init__(self, record: Record, entries: Entries | None = None) -> None:
        self.record = record
        self.entries = entries or Entries(record)

    @property
    def facts(self) -> Mapping[str, list[Fact]]:
        """Facts by their subject."""
        return self.entries.facts

    @cached_property
    def names(self) -> Names:
        """What a question may call anybody."""
        return names_of(self.record)

    @cached_property
    def incidents(self) -> list[Incident]:
        """What the documents tell of, reports of one incident taken together."""
        return incidents(self.record, self.facts)

    @cached_property
    def told(self) -> Mapping[str, frozenset[str]]:
        """The words of each event: its label, places, people, and the sentences of its claims."""
        return {e.id: frozenset(_stems(self._words(e))) for e in self.record.events}

    @cached_property
    def _labels(self) -> Mapping[str, frozenset[str]]:
        """The words of each event's label."""
        return {e.id: frozenset(_stems(e.label)) for e in self.record.events}

    @cached_property
    def _spoken(self) -> Mapping[str, list[str]]:
        """The words of each event's label and places, in their order."""
        return {e.id: words(" ".join([e.label, *(p.name for p in e.places)])) for e in self.record.events}

    def _words(self, event: Event) -> str:
        claims = [self.entries.claims[c] for c in event.claims if c in self.entries.claims]
        said = [self.entries.exact(c.evidence) for c in claims]
        people = [p.name for p in event.participants]
        return " ".join([event.label, *(p.name for p in event.places), *people, *event.modes, *said])

    def events(self, asked: Question) -> list[Event]:
        """The events that fit, the best first."""
        fitting = [e for e in self.record.events if self._fits(e, asked)]
        return sorted(fitting, key=lambda e: (-self.score(e, asked), -len(e.documents), e.id))

    def best(self, asked: Question) -> list[Event]:
        """The one event that is meant, or those that fit equally well."""
        found = self.events(asked)
        if not found:
            return []
        top = self.score(found[0], asked)
        if top == 0 and not (asked.places or asked.actors or asked.when):
            return self._only(found) if not asked.words else []
        # Of those that fit equally well, one that few documents tell of is hardly the one that is meant.
        most = len(found[0].documents)
        return [e for e in found if self.score(e, asked) == top and 2 * len(e.documents) > most]

    def _only(self, found: list[Event]) -> list[Event]:
        """The one event that a pile is about: told by twice as many documents as any other, and by three."""
        told = sorted((len(e.documents) for e in found), reverse=True)
        alone = told[0] >= _SEVERAL and (len(told) == 1 or told[0] >= 2 * told[1])
        return [e for e in found if len(e.documents) == told[0]] if alone else []

    def score(self, event: Event, asked: Question) -> int:
        """How many of the question's words are told of an event; words of its label count double."""
        wanted = {_stem(w) for w in asked.words}
        told, label = self.told[event.id], self._labels[event.id]
        by_kind = 2 * (event.type in asked.types) + 2 * bool(asked.modes & set(event.modes))
        return len(wanted & told) + len(wanted & label) + by_kind

    def nearest(self, asked: Question) -> list[Event]:
        """Events that share most with a question that none fits."""

        def nearness(event: Event) -> int:
            fits = [self._at(event, p) for p in asked.places] + [self._by(event, a) for a in asked.actors]
            return 3 * sum(fits) + self.score(event, asked)

        near = [(nearness(e), e) for e in self.record.events]
        return [e for n, e in sorted(near, key=lambda n: (-n[0], n[1].id)) if n > 0]

    def _fits(self, event: Event, asked: Question) -> bool:
        if asked.unknown and not all(_stem(w.casefold()) in self.told[event.id] for w in asked.unknown):
            return False
        if asked.when is not None and not self._then(event, asked):
            return False
        if asked.types and event.type not in asked.types:
            return False
        if asked.ahead and event.status not in _AHEAD:
            return False
        return all(self._at(event, p) for p in asked.places) and all(self._by(event, a) for a in asked.actors)

    def _then(self, event: Event, asked: Question) -> bool:
        """Whether an event that is dated may have been on the days asked about."""
        if event.date is None or asked.when is None:
            return False
        if not (event.date.earliest or event.date.latest):
            return _in_some_year(event.date.edtf or "", asked.when)
        when = Days(edtf=None, earliest=asked.when.earliest, latest=asked.when.latest, basis="asked")
        return event.date.meets(when)

    def _at(self, event: Event, place: EntityId) -> bool:
        wanted = self.entries.entities[place]
        if any(p.entity == place for p in event.places):
            return True
        names = {tuple(words(n)) for n in wanted.called}
        if any(self._is_named(event, n) for n in names):
            return True
        held = [self.entries.entities.get(p.entity) for p in event.places if p.entity]
        return any(lies_within(h, wanted) for h in held if h)

    def _is_named(self, event: Event, name: tuple[str, ...]) -> bool:
        spoken = self._spoken[event.id]
        return any(tuple(spoken[n : n + len(name)]) == name for n in range(len(spoken) - len(name) + 1))

    def _by(self, event: Event, actor: EntityId) -> bool:
        wanted: Entity = self.entries.entities[actor]
        if any(p.entity == actor for p in event.participants):
            return True
        return set(_stems(wanted.name)) <= self.told[event.id]

    def does(self, event: Event, actor: EntityId) -> bool:
        """Whether some source has the actor do, claim or be suspected of an event."""
        return any(
            p.entity == actor and p.role in _DOERS and p.attribution_status not in ("denied", "acquitted")
            for p in event.participants
        )


def _in_some_year(edtf: str, when: DateValue) -> bool:
    """Whether a day or month of an unknown year ("XXXX-03-22") lies in the days asked about."""
    found = _YEARLESS.fullmatch(edtf)
    if found is None or when.earliest is None or when.latest is None:
        return False
    if (when.latest - when.earliest).days > _MOST_DAYS:
        return False  # of a year every day is a day
    month, day = int(found[1]), int(found[2] or 1)
    last = int(found[2] or monthrange(when.earliest.year, month)[1])
    years = range(when.earliest.year, when.latest.year + 1)
    return any(
        date(year, month, min(day, 28)) <= when.latest and date(year, month, min(last, 28)) >= when.earliest
        for year in years
    )


def _stems(text: str) -> list[str]:
    return [_stem(w) for w in words(text)]


def _stem(word: str) -> str:
    """A word without its commonest endings: enough to match "bombing" with "bombed"."""
    for ending in ("ings", "ing", "ers", "er", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word
