"""FollowTheMoney: entities as JSON Lines; beside them their statements, each with its place in a document.

Written from a part of FollowTheMoney's schemata that is kept in `codes/ftm_schema.json`; the package
itself is not needed. Statement ids are made as FollowTheMoney makes them.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from typing import Any, Final

import msgspec

from sourcebook.errors import ModelError
from sourcebook.export.coding import DENIALS, factualities, labelled
from sourcebook.export.countries import codes
from sourcebook.export.encode import Json, lines
from sourcebook.export.loss import Produced, Tally
from sourcebook.model import (
    Claim,
    DateValue,
    Days,
    Document,
    Entity,
    EntityValue,
    Event,
    Fact,
    MentionKind,
    Participant,
    Quantity,
    Record,
)
from sourcebook.views import wording
from sourcebook.views.entries import Entries

DATASET: Final = "sourcebook"

_SCHEMATA: Final = {
    MentionKind.PERSON: "Person",
    MentionKind.ARMED_GROUP: "Organization",
    MentionKind.ORGANIZATION: "Organization",
    MentionKind.MEDIA: "Organization",
    MentionKind.GOVERNMENT: "PublicBody",
    MentionKind.SECURITY_FORCE: "PublicBody",
    MentionKind.PLACE: "Address",
    MentionKind.FACILITY: "Address",
}
#: Facts that make somebody a member of something; the others are links with a role.
_MEMBERSHIPS: Final = ("leader", "deputy_leader", "member")


def export(record: Record) -> Produced:
    """Entities, and "statements" beside them."""
    writer = _Writer(record)
    writer.write()
    return Produced(
        main=lines(writer.entities()),
        losses=tuple(writer.tally.losses()),
        beside={"statements.json": lines(writer.statements)},
    )


@cache
def schemata() -> dict[str, Any]:
    """The part of FollowTheMoney's model that is written here."""
    raw = files("sourcebook.export").joinpath("codes/ftm_schema.json").read_bytes()
    found: dict[str, Any] = msgspec.json.decode(raw)["schemata"]
    return found


def prefix(days: Days | DateValue | None) -> str:
    """A date as far as both ends agree: 2024-01 for the first ten days of January, "" if they do not."""
    if days is None or days.earliest is None or days.latest is None:
        return ""
    first, last = days.earliest.isoformat().split("-"), days.latest.isoformat().split("-")
    same = next((n for n, (a, b) in enumerate(zip(first, last, strict=True)) if a != b), 3)
    return "-".join(first[:same])


class _Writer:
    """Collects entities and statements of one record."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.entries = Entries(record)
        self.tally = Tally()
        self.statements: list[Json] = []
        self._held: dict[str, tuple[str, dict[str, list[str]]]] = {}

    def entities(self) -> list[Json]:
        return [
            {"id": identifier, "schema": schema, "properties": properties, "datasets": [DATASET]}
            for identifier, (schema, properties) in self._held.items()
        ]

    def write(self) -> None:
        for source in self.record.sources:
            self.put(source.id, "Organization", {"name": source.name, "country": source.country})
        for document in self.record.documents:
            self._document(document)
        for entity in self.record.entities:
            self._entity(entity)
        for event in self.record.events:
            self._event(event)
        for claim in self.record.claims:
            self._claim(claim)
        for fact in self.record.facts:
            self._fact(fact)
        for n, proposal in enumerate(self.record.proposals):
            if set(proposal.about) <= set(self._held):
                one, other = proposal.about
                values = {"candidate": one, "match": other, "confidenceScore": f"{proposal.score:.3f}"}
                self.put(
                    f"similar-{n}", "Similar", values | {"matcher": "sourcebook", "criteria": proposal.why}
                )

    def put(self, identifier: str, schema: str, values: Json, origin: str = "") -> None:
        """An entity and a statement for each of its values; an unknown property is a bug."""
        known = schemata()[schema]["properties"]
        properties: dict[str, list[str]] = {}
        for name, given in values.items():
            several = given if isinstance(given, list) else [given]
            texts = [" ".join(str(v).split()) for v in several if v not in (None, "")]
            if texts and name not in known:
                raise ModelError(f"FollowTheMoney's {schema} has no property {name}")
            if texts:
                properties[name] = list(dict.fromkeys(texts))
        self._held[identifier] = (schema, properties)
        for name, texts in properties.items():
            for text in texts:
                self._state(identifier, schema, (name, str(known[name]["type"])), text, origin)

    def _state(self, identifier: str, schema: str, prop: tuple[str, str], value: str, origin: str) -> None:
        name, kind = prop
        key = f"{DATASET}.{identifier}.{name}.{value}"
        self.statements.append(
            {
                "id": hashlib.sha1(key.encode(), usedforsecurity=False).hexdigest(),
                "canonical_id": identifier,
                "entity_id": identifier,
                "schema": schema,
                "prop": name,
                "prop_type": kind,
                "value": value,
                "dataset": DATASET,
                "external": False,
                "origin": origin,
                **dict.fromkeys(("first_seen", "lang", "last_seen", "original_value")),
            }
        )

    def _origin(self, claims: tuple[str, ...]) -> str:
        """Where in the documents: `d-0123#char=10,20` (RFC 5147)."""
        spans = [c.evidence for i in claims if (c := self.entries.claims.get(i))]  # type: ignore[call-overload]
        return " ".join(dict.fromkeys(f"{s.document}#char={s.start},{s.end}" for s in spans))

    def _day(self, days: Days | DateValue | None, identifier: str) -> str:
        if days is not None and (
            days.earliest is None or days.earliest != days.latest or "/" in (days.edtf or "")
        ):
            self.tally.round("date", "a date is a day, a month or a year: what both ends share", identifier)
        return prefix(days)

    def _document(self, document: Document) -> None:
        published = document.published or self.record.dated.get(document.id)
        if document.masks:
            self.tally.drop("masks", "a document has none", document.id)
        self.put(
            document.id,
            "Article",
            {
                "fileName": document.path,
                "title": document.title,
                "author": document.author,
                "publisher": self.entries.publisher(document.id),
                "publishedAt": self._day(published, document.id),
                "sourceUrl": document.url,
                "notes": f"SHA-256 {document.sha256}",
            },
        )

    def _entity(self, entity: Entity) -> None:
        schema = _SCHEMATA.get(entity.kind)
        if schema is None:
            schema = "LegalEntity"
            self.tally.round("kind", f"{entity.kind.value} is written as LegalEntity", entity.id)
        names = [a.name for a in entity.aliases if a.name != entity.name]
        # A short form is ambiguous: FollowTheMoney's matching leaves weak aliases out.
        weak = [n for n in names if len(n) <= 4]
        values: Json = {"name": entity.name, "alias": [n for n in names if n not in weak], "weakAlias": weak}
        at = entity.location
        if at is not None:
            values["country"] = at.country.lower() if codes(at.country) and at.country else None
        if at is not None and schema == "Address":
            pointed = at.precision in ("site", "town") and at.lat is not None
            values |= {"full": entity.name}
            values |= {"latitude": at.lat, "longitude": at.lon} if pointed else {}
        self.put(entity.id, schema, values)
        if entity.not_same_as:
            self.tally.drop("not the same as", "no schema says that two are different", entity.id)

    def _event(self, event: Event) -> None:
        known = [p for p in event.participants if p.entity in self._held]
        if len(known) < len(event.participants):
            self.tally.drop("part in an event", "who has it is no entity", event.id)
        countries = [c.iso2.lower() for p in event.places if (c := codes(p.location.country))]
        self.put(
            event.id,
            "Event",
            {
                "name": labelled(event),
                "date": self._day(event.date, event.id) if event.date else None,
                "location": [p.name for p in event.places],
                "country": countries,
                "involved": [p.entity for p in known if self._may_be_involved(p)],
                "summary": self._summary(event),
            },
            self._origin(event.claims),
        )
        for n, part in enumerate(known):
            values = {
                "subject": event.id,
                "object": part.entity,
                "role": f"{part.role} ({part.attribution_status})",
                "status": part.attribution_status,
            }
            self.put(f"{event.id}-part-{n}", "UnknownLink", values, self._origin(part.claims))
        for document in event.documents:
            values = {"document": document, "entity": event.id, "role": "reports"}
            self.put(f"{event.id}-{document}", "Documentation", values)

    def _may_be_involved(self, part: Participant) -> bool:
        """A place is no party, and who is said not to have had a part is none."""
        return part.attribution_status not in DENIALS and self._held[str(part.entity)][0] != "Address"

    def _summary(self, event: Event) -> str:
        facts = [f for f in self.record.facts if f.subject == event.id]
        for fact in facts:
            if any(isinstance(r.value, Quantity) and r.value.low != r.value.high for r in fact.readings):
                self.tally.round(
                    f"range of {fact.property}", "an Event has no toll: words in summary", event.id
                )
        told = [
            f"{f.property}: {wording.versions(f, self.entries.entities)}"
            for f in facts
            if f.property != "happened"
        ]
        return "; ".join([f"{event.type} {' '.join(event.modes)}".strip(), event.status.value, *told])

    def _claim(self, claim: Claim) -> None:
        if len(claim.attribution) > 1:
            self.tally.drop("nested speaker", "a Note has one publisher: the chain is in summary", claim.id)
        if claim.factuality != "CT+":
            self.tally.round(
                "how surely it is said", "a Note has no field for it: words in summary", claim.id
            )
        events = [e.id for e in self.record.events if claim.id in e.claims]
        fillers = (self.entries.entity_of.get(a.mention) for a in claim.arguments)
        about = list(dict.fromkeys(e for e in (*events, *fillers) if e and e in self._held))
        span = claim.evidence
        values = {
            "name": claim.predicate,
            "description": self.entries.exact(span),
            "entity": about,
            "publisher": self.entries.publisher(span.document),
            "sourceUrl": self.entries.documents[span.document].url,
            "summary": "; ".join(
                filter(
                    None,
                    (
                        f"said by {' → '.join(self.entries.speakers(claim))}",
                        claim.status,
                        f"factuality {claim.factuality.value}",
                    ),
                )
            ),
        }
        self.put(claim.id, "Note", values, self._origin((claim.id,)))

    def _fact(self, fact: Fact) -> None:
        if fact.subject not in self._held or self._held[fact.subject][0] == "Event":
            self.tally.round("fact", "of an event: words in its summary, or not at all", fact.id)
            return
        linked = [(n, r, r.value) for n, r in enumerate(fact.readings) if isinstance(r.value, EntityValue)]
        if not linked:
            self.tally.drop("fact", "no schema has a place for it; its claims are Notes", fact.id)
        for n, reading, held in linked:
            if held.entity not in self._held:
                continue
            dates = {"startDate": self._day(held.since, fact.id), "endDate": self._day(held.until, fact.id)}
            shared = {
                "role": fact.property.replace("_", " "),
                "summary": f"according to {'; '.join(reading.speakers)}",
                "status": f"factuality {factualities(self.entries, reading)}",
                **dates,
            }
            if fact.property in _MEMBERSHIPS:
                values = {"member": held.entity, "organization": fact.subject, **shared}
                self.put(f"{fact.id}-{n}", "Membership", values, self._origin(reading.claims))
            else:
                values = {"subject": fact.subject, "object": held.entity, **shared}
                self.put(f"{fact.id}-{n}", "UnknownLink", values, self._origin(reading.claims))
