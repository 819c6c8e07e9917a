"""Events as a coder of the field's tables meets them: one place, parties, figures, sources, notes.

The tables have one cell where the record has several readings. What is put there is chosen by the codebook's
own rule (`reconcile.codebooks`) or by the stated order of precision, and what is left out is tallied.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cached_property
from typing import Final

from msgspec import Struct

from sourcebook.export.countries import Codes, codes
from sourcebook.export.loss import Tally
from sourcebook.gazetteer import country as country_of
from sourcebook.model import (
    Claim,
    DocumentId,
    Entity,
    Event,
    EventPlace,
    Fact,
    MentionKind,
    Participant,
    Quantity,
    Reading,
    Record,
    Status,
)
from sourcebook.model.vocabulary import PRECISIONS
from sourcebook.reconcile.codebooks import Pick
from sourcebook.views import toll, wording
from sourcebook.views.entries import Entries

#: Statuses that are no event of these tables, and the words for it.
NOT_HAPPENED: Final = {
    Status.HYPOTHETICAL: "it is spoken of as a possibility",
    Status.DENIED: "it is said not to have happened",
    Status.THREATENED: "it was threatened",
}

#: Statuses that go to the sibling table.
AHEAD: Final = (Status.FOILED, Status.PLANNED)

#: A point is drawn from these and from no coarser one.
POINTED: Final = ("site", "town")

#: Kinds of entity that can be a party organised to fight.
STATE: Final = (MentionKind.GOVERNMENT, MentionKind.SECURITY_FORCE)
CIVIL: Final = (MentionKind.PEOPLE, MentionKind.PERSON, MentionKind.MEDIA)

#: Words by which somebody is said to have had no part.
DENIALS: Final = ("denied", "acquitted")
#: Words by which an attribution is weaker than narrated.
_UNSURE: Final = ("suspected", "accused", "intercepted", "charged", "on-trial")


class Party(Struct, frozen=True, kw_only=True):
    """One participant with what the tables ask of it."""

    name: str
    kind: MentionKind | None
    named: bool
    status: str
    id: str

    @property
    def unsure(self) -> bool:
        """Whether the part that it has is somebody's word and not the sources' own."""
        return self.status in _UNSURE


class Cited(Struct, frozen=True, kw_only=True):
    """A document as a source of a row."""

    publisher: str
    title: str
    published: str
    url: str

    def line(self) -> str:
        """As a citation."""
        title = f"“{self.title}”" if self.title else ""
        return ", ".join(filter(None, (title, self.publisher, self.published, self.url)))


class Coded:
    """One event, and what a coder would need of it."""

    def __init__(self, entries: Entries, event: Event) -> None:
        self.entries = entries
        self.event = event

    # -- when -------------------------------------------------------------------------------------

    @property
    def earliest(self) -> date | None:
        """The first day that it may have been."""
        return self.event.date.earliest if self.event.date else None

    @property
    def latest(self) -> date | None:
        """The last day that it may have been."""
        return self.event.date.latest if self.event.date else None

    @property
    def window(self) -> int | None:
        """How many days it may have been on; None if one end is open."""
        if self.earliest is None or self.latest is None:
            return None
        return (self.latest - self.earliest).days + 1

    @property
    def middle(self) -> date | None:
        """The day in the middle of the window."""
        return self.earliest + timedelta(days=((self.window or 1) - 1) // 2) if self.earliest else None

    @property
    def when(self) -> str:
        """The date as EDTF, "" if unknown."""
        return wording.days(self.event.date)

    # -- where ------------------------------------------------------------------------------------

    @cached_property
    def places(self) -> tuple[EventPlace, ...]:
        """Places where it was: the most exact first, those with a basis before those without."""
        there = [p for p in self.event.places if p.role in ("site", "target")]
        return tuple(sorted(there, key=lambda p: (PRECISIONS.index(p.location.precision), p.role != "site")))

    @property
    def place(self) -> EventPlace | None:
        """The most exact place."""
        return self.places[0] if self.places else None

    @property
    def precision(self) -> str:
        """How exactly the place is known."""
        return self.place.location.precision if self.place else "none"

    @property
    def point(self) -> tuple[float, float] | None:
        """Latitude and longitude where they are those of a town or less."""
        if self.place is None or self.precision not in POINTED:
            return None
        lat, lon = self.place.location.lat, self.place.location.lon
        return None if lat is None or lon is None else (lat, lon)

    @cached_property
    def country(self) -> Codes | None:
        """The country of the most exact place that has one."""
        return next((c for p in self.places if (c := codes(p.location.country))), None)

    def named_place(self, precision: str) -> str:
        """The name of the event's place of that precision that is no building, "" if none is named."""
        found = (p.name for p in self.places if p.location.precision == precision and not self._built(p))
        return next(found, "")

    @property
    def site(self) -> str:
        """The building or the like where it was, or a place that no table knows, "" if none is named."""
        found = (p.name for p in self.places if self._built(p) or p.location.precision in ("site", "none"))
        return next(found, "")

    def _built(self, place: EventPlace) -> bool:
        entity = self.entries.entities.get(place.entity) if place.entity else None
        return entity is not None and entity.kind is MentionKind.FACILITY

    # -- who --------------------------------------------------------------------------------------

    def parties(self, *roles: str) -> tuple[Party, ...]:
        """Those in one of the roles who are not denied to be, each once, named ones first."""
        found = [
            self._party(p)
            for role in roles
            for p in self.event.participants
            if p.role == role and p.attribution_status not in DENIALS
        ]
        once = {p.name: p for p in reversed(found)}
        kept = list(dict.fromkeys(f.name for f in found))
        return tuple(sorted((once[name] for name in kept), key=lambda p: not p.named))

    def _party(self, participant: Participant) -> Party:
        entity: Entity | None = self.entries.entities.get(participant.entity) if participant.entity else None
        named = bool(entity and any(self.entries.mentions[m].form == "name" for m in entity.mentions))
        kind = entity.kind if entity else None
        if kind is MentionKind.PLACE and country_of(participant.name):
            kind = MentionKind.GOVERNMENT  # "the United States struck": the state, not the land
        return Party(
            name=participant.name,
            kind=kind,
            named=named,
            status=participant.attribution_status,
            id=participant.entity or "",
        )

    @cached_property
    def attackers(self) -> tuple[Party, ...]:
        """Actors and claimants that are not denied to be."""
        return self.parties("actor", "claimant")

    @cached_property
    def victims(self) -> tuple[Party, ...]:
        """Recipients."""
        return self.parties("recipient")

    @property
    def groups(self) -> tuple[Party, ...]:
        """Named armed groups among the attackers."""
        return tuple(p for p in self.attackers if p.named and p.kind is MentionKind.ARMED_GROUP)

    @property
    def civilian(self) -> bool:
        """Whether those hit are people who do not fight, as far as they are told of."""
        return bool(self.victims) and all(p.kind in CIVIL for p in self.victims)

    # -- by whose word ----------------------------------------------------------------------------

    @cached_property
    def claims(self) -> list[Claim]:
        """Its claims."""
        return [self.entries.claims[c] for c in self.event.claims if c in self.entries.claims]

    @cached_property
    def sources(self) -> list[Cited]:
        """Its documents."""
        return [self._cited(d) for d in self.event.documents]

    def _cited(self, identifier: DocumentId) -> Cited:
        document = self.entries.documents[identifier]
        published = document.published or self.entries.record.dated.get(document.id)
        return Cited(
            publisher=self.entries.publisher(document.id),
            title=document.title or "",
            published=wording.days(published),
            url=document.url or "",
        )

    @property
    def publishers(self) -> str:
        """The list that a `source` cell holds."""
        return "; ".join(dict.fromkeys(s.publisher for s in self.sources))

    def fact(self, name: str) -> Fact | None:
        """The fact of that property."""
        return next((f for f in self.entries.facts.get(self.event.id, ()) if f.property == name), None)

    def pick(self, codebook: str, effect: str = "killed") -> Pick | None:
        """What the codebook's rule makes of a toll; None if no source gives one."""
        fact = toll.total(self.entries, self.event, effect)
        told = toll.picked(self.entries.material, self.event, fact, effect=effect, rules=[codebook])
        return told.picks[0] if told.figures else None

    def quantities(self, name: str) -> list[Quantity]:
        """The readings of a toll."""
        fact = self.fact(name)
        return [r.value for r in fact.readings if isinstance(r.value, Quantity)] if fact else []

    def told(self, pick: Pick | None) -> str:
        """The note that goes with a figure: the branch taken, the dispute, the conversions."""
        if pick is None:
            return "No source gives a number of dead."
        parts = [f"Deaths by the rule of {pick.title}: {pick.branch}.", pick.note]
        parts += [f"{c}." for c in pick.conversions]
        return " ".join(filter(None, parts))

    def summary(self) -> str:
        """What is said to have happened, in one line of ours, and by whom it is told."""
        return f"{self.event.label} ({self.event.status.value}). Sources: {self.publishers}."


def coded(record: Record) -> list[Coded]:
    """Every event, by date and id; undated ones last."""
    entries = Entries(record)
    events = sorted(record.events, key=lambda e: ((e.date.earliest if e.date else None) or date.max, e.id))
    return [Coded(entries, event) for event in events]


def tally_common(tally: Tally, one: Coded) -> None:
    """What no table of one row an event holds, whatever its columns."""
    event = one.event
    for place in event.places:
        if one.place is not None and place is not one.place and place.name != one.place.name:
            tally.drop("place", "a row has one place", event.id)
    for participant in event.participants:
        if participant.attribution_status in DENIALS:
            tally.drop("denial of a part in it", "a row has no cell for who denies it", event.id)
    for claim in one.claims:
        if len(claim.attribution) > 1:
            tally.drop("nested speaker", "sources are listed by document, not by who quotes whom", claim.id)
    if event.merge:
        tally.drop("reasons for joining claims", "a row is one event", event.id)


def number_of(event: Event) -> int:
    """A number for tables whose ids are numbers: the hexadecimal digits of the event's id."""
    return int(event.id.rpartition("-")[2], 16)


def labelled(event: Event) -> str:
    """The label, with what became of it where it was not carried out: no reader may take it for a fact."""
    return event.label if event.status is Status.ACCOMPLISHED else f"{event.label} ({event.status.value})"


def attributions(event: Event) -> str:
    """Who is said to have which part, and how surely, in one cell."""
    return listed(f"{p.role} {p.name}: {p.attribution_status}" for p in event.participants)


def factualities(entries: Entries, reading: Reading) -> str:
    """How surely the claims of a reading say it, as FactBank values, each once."""
    found = (entries.claims[c].factuality.value for c in reading.claims if c in entries.claims)
    return listed(sorted(found))


def listed(names: Iterable[str]) -> str:
    """Names in one cell."""
    return "; ".join(dict.fromkeys(filter(None, names)))
