"""STIX 2.1: one bundle with ids made from content, the same at every export.

What STIX has no field for (EDTF dates, status, tolls) is in an extension of ours; nobody is called a threat
actor of a kind that no source names.
"""

from __future__ import annotations

from datetime import date
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

from sourcebook.export.coding import DENIALS, POINTED, Coded, coded, factualities, labelled
from sourcebook.export.encode import Json, pruned, whole
from sourcebook.export.geojson import bounds
from sourcebook.export.loss import Produced, Tally
from sourcebook.model import (
    CONTESTED,
    Claim,
    Days,
    Document,
    Entity,
    EntityValue,
    EventPlace,
    Fact,
    MentionKind,
    Record,
)
from sourcebook.model.vocabulary import TOLL_ROLES
from sourcebook.views import wording
from sourcebook.views.entries import Entries

_SPACE: Final[UUID] = uuid5(NAMESPACE_URL, "https://sourcebook.invalid/stix")
_NO_DAY: Final = date(1970, 1, 1)

_CLASSES: Final = {
    MentionKind.PERSON: "individual",
    MentionKind.ARMED_GROUP: "group",
    MentionKind.PEOPLE: "class",
}
#: Words of a designation that make the type "terrorist" some source's word.
_DESIGNATED: Final = "terror"

#: How far a word for somebody's part can be relied on, of 100; none for words that only tell.
_CONFIDENCE: Final = {
    "convicted": 90,
    "claimed": 70,
    "charged": 50,
    "accused": 50,
    "intercepted": 50,
    "suspected": 30,
}
_ROLES: Final = {
    "actor": "attributed-to", "claimant": "attributed-to", "suspect": "attributed-to", "recipient": "targets"
}  # fmt: skip


def identifier(kind: str, key: str) -> str:
    """A STIX id made from what it names."""
    return f"{kind}--{uuid5(_SPACE, f'{kind}/{key}')}"


def export(record: Record) -> Produced:
    """One bundle."""
    writer = _Writer(record)
    objects = writer.write()
    bundle = {"type": "bundle", "id": identifier("bundle", _digest(objects)), "objects": objects}
    return Produced(main=whole(bundle), losses=tuple(writer.tally.losses()))


def _digest(objects: list[Json]) -> str:
    return " ".join(str(o["id"]) for o in objects)


class _Writer:
    """Collects the objects of one record."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.entries = Entries(record)
        self.tally = Tally()
        self.moment = f"{record.as_of or self._last() or _NO_DAY}T00:00:00.000Z"
        self.maker = identifier("identity", "sourcebook")
        self.extension = identifier("extension-definition", "record")
        self._ids: dict[str, str] = {}
        self._made: dict[str, Json] = {}
        if record.as_of is None:
            self.tally.default(
                "created, modified", "no --as-of: the last day of a document stands in", "bundle"
            )

    def _last(self) -> date | None:
        days = [d.published.latest for d in self.record.documents if d.published and d.published.latest]
        return max(days, default=None)

    def write(self) -> list[Json]:
        self._put("identity", "sourcebook", name="Sourcebook", identity_class="system")
        self._put(
            "extension-definition",
            "record",
            name="Sourcebook record",
            description="Dates as EDTF, status, tolls as bounds, attribution status",
            schema="https://sourcebook.invalid/stix-extension",
            version="1.0.0",
            extension_types=["property-extension"],
            created_by_ref=self.maker,
        )
        for source in self.record.sources:
            self._named(source.id, "identity", name=source.name, identity_class="organization")
        for entity in self.record.entities:
            self._entity(entity)
        for one in coded(self.record):
            self._event(one)
        for claim in self.record.claims:
            self._claim(claim)
        for fact in self.record.facts:
            self._fact(fact)
        for document in self.record.documents:
            self._report(document)
        return list(self._made.values())

    def _put(self, kind: str, key: str, **values: object) -> str:
        made = identifier(kind, key)
        shared = {
            "type": kind,
            "spec_version": "2.1",
            "id": made,
            "created": self.moment,
            "modified": self.moment,
        }
        if made != self.maker:
            shared["created_by_ref"] = self.maker
        self._made[made] = pruned({**shared, **values})
        return made

    def _named(self, key: str, kind: str, **values: object) -> None:
        self._ids[key] = self._put(kind, key, **values)

    def _entity(self, entity: Entity) -> None:
        aliases = [a.name for a in entity.aliases if a.name != entity.name]
        if entity.kind in (MentionKind.PLACE, MentionKind.FACILITY):
            return  # a location is made where an event is there
        if entity.kind is MentionKind.ARMED_GROUP and self._is_called_terrorist(entity):
            self._named(
                entity.id, "threat-actor", name=entity.name, aliases=aliases, threat_actor_types=["terrorist"]
            )
            return
        kind = _CLASSES.get(entity.kind, "organization")
        self._named(entity.id, "identity", name=entity.name, identity_class=kind)
        if aliases:
            extension = {self.extension: {"extension_type": "property-extension", "aliases": aliases}}
            self._made[self._ids[entity.id]]["extensions"] = extension

    def _is_called_terrorist(self, entity: Entity) -> bool:
        return any(
            _DESIGNATED in f"{r.text} {wording.reading(r.value, self.entries.entities, r.text)}".casefold()
            for f in self.record.facts
            if f.subject == entity.id and f.property == "designation"
            for r in f.readings
        )

    def _event(self, one: Coded) -> None:
        event = one.event
        self._tally(one)
        extension = pruned(
            {
                "extension_type": "property-extension",
                "edtf": one.when,
                "earliest": one.earliest,
                "latest": one.latest,
                "status": event.status,
                "plover_type": event.type,
                "plover_modes": event.modes,
                "tolls": {n: b for n in TOLL_ROLES if (b := bounds(one.quantities(n)))},
            }
        )
        self._named(event.id, "incident", name=labelled(event), extensions={self.extension: extension})
        for n, place in enumerate(event.places):
            self._place(one, place, n)
        for n, part in enumerate(event.participants):
            kind = _ROLES.get(part.role)
            if kind is None or part.entity not in self._ids or part.attribution_status in DENIALS:
                self.tally.drop("part in an event", "no relationship of STIX is that", event.id)
                continue
            self._relate(
                f"{event.id}/{n}", kind, (event.id, str(part.entity)),
                description=f"{part.role}: {part.attribution_status}",
                confidence=_CONFIDENCE.get(part.attribution_status),
            )  # fmt: skip

    def _tally(self, one: Coded) -> None:
        event = one.event
        if event.date is not None:
            self.tally.round("date", "an incident has none: EDTF and bounds are in our extension", event.id)
        for role in TOLL_ROLES:
            held = one.quantities(role)
            if any(q.low != q.high for q in held):
                self.tally.round(
                    f"range of {role}", "an incident has no toll: bounds are in our extension", event.id
                )

    def _place(self, one: Coded, place: EventPlace, n: int) -> None:
        at = place.location
        pointed = at.precision in POINTED and at.lat is not None
        if not pointed and not at.country:
            self.tally.drop("place", "a location needs a country or a point", one.event.id)
            return
        key = place.entity or f"{one.event.id}/place/{place.name}"
        if key not in self._ids:
            point: Json = {"latitude": at.lat, "longitude": at.lon} if pointed else {}
            known = f"known to: {at.precision} ({at.basis})"
            self._named(key, "location", name=place.name, country=at.country, description=known, **point)
        self._relate(f"{one.event.id}/at/{n}", "located-at", (one.event.id, key), description=place.role)

    def _relate(self, key: str, kind: str, ends: tuple[str, str], **values: object) -> None:
        source, target = (self._ids[end] for end in ends)
        self._put("relationship", key, relationship_type=kind, source_ref=source, target_ref=target, **values)

    def _claim(self, claim: Claim) -> None:
        if len(claim.attribution) > 1:
            self.tally.drop("nested speaker", "a note has authors, not who quotes whom", claim.id)
        document = self.entries.documents[claim.evidence.document]
        events = [e.id for e in self.record.events if claim.id in e.claims]
        fillers = [self.entries.entity_of.get(a.mention) for a in claim.arguments]
        about = [self._ids[i] for i in dict.fromkeys((*events, *fillers)) if i in self._ids]
        span = claim.evidence
        place = f"characters {span.start}-{span.end} of {document.path}"
        self._named(
            claim.id,
            "note",
            content=self.entries.exact(span),
            abstract="; ".join(filter(None, (claim.predicate, claim.status, claim.factuality.value, place))),
            authors=list(dict.fromkeys(self.entries.speakers(claim))),
            object_refs=about or [self.maker],
            external_references=[self._reference(document)],
        )

    def _reference(self, document: Document) -> Json:
        return pruned(
            {
                "source_name": self.entries.publisher(document.id),
                "description": document.path,
                "url": document.url,
                "hashes": {"SHA-256": document.sha256} if document.url else None,
                "external_id": document.id,
            }
        )

    def _fact(self, fact: Fact) -> None:
        if fact.subject.startswith("e-") or not any(isinstance(r.value, EntityValue) for r in fact.readings):
            self.tally.drop("fact", "only relations between actors are relationships", fact.id)
        for n, reading in enumerate(fact.readings):
            held = reading.value
            if isinstance(held, EntityValue) and {fact.subject, str(held.entity)} <= set(self._ids):
                if fact.subject.startswith("e-") or fact.subject == held.entity:
                    continue
                times = {
                    "start_time": self._moment(held.since, fact.id),
                    "stop_time": self._moment(held.until, fact.id),
                }
                times = {} if times["start_time"] == times["stop_time"] else times
                self._relate(
                    f"{fact.id}/{n}", "related-to", (fact.subject, str(held.entity)),
                    description=f"{fact.property}, according to {', '.join(reading.speakers)}"
                    f" ({factualities(self.entries, reading)})", **times,
                )  # fmt: skip
        if fact.relation in CONTESTED:
            notes = [self._ids[c] for r in fact.readings for c in r.claims if c in self._ids]
            if notes:
                refs = list(dict.fromkeys(notes))
                self._put(
                    "grouping", fact.id, name=f"{fact.property}: {fact.relation.value}",
                    description=fact.explanation, context="unspecified", object_refs=refs,
                )  # fmt: skip

    def _moment(self, days: Days | None, key: str) -> str | None:
        if days is None or days.earliest is None:
            return None
        self.tally.round("from, until", "a time has seconds: the first moment is written", key)
        return f"{days.earliest}T00:00:00.000Z"

    def _report(self, document: Document) -> None:
        published = document.published or self.record.dated.get(document.id)
        notes = [self._ids[c.id] for c in self.record.claims if c.evidence.document == document.id]
        if published is None or published.earliest is None or not notes:
            self.tally.drop(
                "document", "a report needs the moment of publication, and something in it", document.id
            )
            return
        self.tally.round("published", "a time has seconds: the first moment is written", document.id)
        self._named(
            document.id,
            "report",
            name=document.title or document.path,
            published=f"{published.earliest}T00:00:00.000Z",
            object_refs=notes,
            external_references=[self._reference(document)],
        )
