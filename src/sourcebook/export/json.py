"""The JSON export: one object, keys sorted, lists in a stable order, a line end at the end.

Documents, mentions and claims are in the order in which they entered and stand in the text; entities, events,
facts and proposals in the order of the record; sources and skipped rows by id and path. `export/schema/`
has its JSON Schema, `docs/reference/json.md` says what each field means.
"""

from __future__ import annotations

from typing import Any, BinaryIO, Final

import msgspec

from sourcebook import __version__
from sourcebook.export.loss import Loss
from sourcebook.model import (
    Attribution,
    Claim,
    DateValue,
    Days,
    Decision,
    Document,
    Entity,
    EntityValue,
    Event,
    Fact,
    Listed,
    Mention,
    Quantity,
    Reading,
    ReadingValue,
    Record,
    Span,
    TextValue,
    Timex,
)
from sourcebook.views.entries import Entries

#: Raised when a field is renamed or changes its meaning; new fields do not raise it.
FORMAT: Final = 1

Json = dict[str, Any]

_LOCATION: Final = (
    "lat", "lon", "precision", "country", "basis", "candidates", "unit", "geonames", "within",
)  # fmt: skip


def export(record: Record, out: BinaryIO) -> None:
    """Write the record as JSON."""
    content = msgspec.json.encode(tree(record), order="sorted")
    out.write(msgspec.json.format(content, indent=1) + b"\n")


def losses(record: Record) -> list[Loss]:
    """What the JSON export leaves out."""
    documents = tuple(str(d.id) for d in record.documents)
    why = "kept in the sourcebook; here by SHA-256"
    return [Loss(what="original bytes", count=len(documents), why=why, ids=documents)]


def tree(record: Record) -> Json:
    """The record as the object of the contract."""
    entries = Entries(record)
    return {
        "sourcebook": {"format": FORMAT, "version": __version__, "as_of": record.as_of},
        "sources": [
            _fields(s, "id", "name", "kind", "country", "interest", "reliability", "rated_by")
            for s in record.sources
        ],
        "references": [
            _fields(r, "id", "name", "sha256", "format", "licence", "size") for r in record.references
        ],
        "documents": [_document(d, record) for d in record.documents],
        "mentions": [_mention(m, entries) for m in record.mentions],
        "entities": [_entity(e) for e in record.entities],
        "claims": [_claim(c, entries) for c in record.claims],
        "events": [_event(e) for e in record.events],
        "facts": [_fact(f) for f in record.facts],
        "proposals": [_fields(p, "kind", "about", "score", "why") for p in record.proposals],
        "decisions": [_decision(d) for d in record.decisions],
        "skipped": [_fields(s, "path", "stage", "why") for s in record.skipped],
    }


def _fields(value: object, *names: str) -> Json:
    return {name: getattr(value, name) for name in names}


def _days(days: Days | None) -> Json | None:
    if days is None:
        return None
    return {**_fields(days, "edtf", "earliest", "latest", "basis"), "span": _place(days.span)}


def _range(span: Span | None) -> Json | None:
    return {"start": span.start, "end": span.end} if span else None


def _place(span: Span | None) -> Json | None:
    return _fields(span, "document", "start", "end") if span else None


def _quoted(span: Span | None, entries: Entries) -> Json | None:
    return {"start": span.start, "end": span.end, "exact": entries.exact(span)} if span else None


def _document(document: Document, record: Record) -> Json:
    published = document.published or record.dated.get(document.id)
    shared = _fields(
        document,
        "id",
        "path",
        "sha256",
        "title",
        "source",
        "author",
        "url",
        "language",
        "translated",
        "text",
        "container",
        "licence",
        "handling",
        "encoding",
        "sequence",
        "translation_of",
    )
    return {
        **shared,
        "title_span": _range(document.title_span),
        "author_span": _range(document.author_span),
        "translated_why": document.translated_why,
        "origin_group": record.origin_groups.get(document.id, document.id),
        "published": {
            **(_days(published) or {}),
            "span": _range(published.span),
            "estimated": document.published is None,
        }
        if published
        else None,
        "masks": [_fields(m, "start", "end", "why") for m in document.masks],
        "file_dates": [_days(days) for days in document.file_dates],
        "page_starts": list(document.page_starts),
    }


def _value(value: Timex | Quantity | DateValue | None) -> Json | None:
    if value is None:
        return None
    if isinstance(value, Quantity):
        return _fields(value, "low", "high", "usual_low", "usual_high", "unit", "of", "wording")
    days = _fields(value, "edtf", "earliest", "latest")
    if isinstance(value, Timex):
        days |= _fields(value, "type", "value", "anchor", "basis", "direction")
        days["event"] = _range(value.event)
    return days


def _mention(mention: Mention, entries: Entries) -> Json:
    return {
        **_fields(mention, "id", "exact", "kind", "form", "country", "head", "antecedent"),
        "document": mention.span.document,
        "start": mention.span.start,
        "end": mention.span.end,
        "entity": entries.entity_of.get(mention.id),
        "value": _value(mention.value),
    }


def _entity(entity: Entity) -> Json:
    return {
        **_fields(entity, "id", "kind", "name", "identifiers", "not_same_as", "joined", "mentions"),
        "aliases": [_fields(a, "name", "mentions") for a in entity.aliases],
        "location": _fields(entity.location, *_LOCATION) if entity.location else None,
        "listed": [_listed(one) for one in entity.listed],
    }


def _listed(one: Listed) -> Json:
    """What an entry of a reference list says: from the list, not from a document."""
    named = ("list", "id", "row", "name", "kind", "aliases", "weak", "actor_kind", "country", "parent")
    return {
        **_fields(one.entry, *named, "lat", "lon", "precision", "identifiers", "note"),
        "from": _days(one.entry.since),
        "until": _days(one.entry.until),
        "why": one.why,
    }


def _claim(claim: Claim, entries: Entries) -> Json:
    publisher = {
        "speaker": entries.publisher(claim.trigger.document),
        "entity": None,
        "kind": "publisher",
        "act": "statement",
        "cue": None,
        "content": None,
        "direct": False,
        "source": None,
        "channel": None,
    }
    return {
        **_fields(
            claim,
            "id",
            "predicate",
            "modes",
            "factuality",
            "status",
            "scope",
            "antecedent",
            "confidence",
            "extractor",
        ),
        "document": claim.evidence.document,
        **(_quoted(claim.evidence, entries) or {}),
        "trigger": _quoted(claim.trigger, entries),
        "arguments": [
            {
                "role": a.role,
                "mention": a.mention,
                "entity": entries.entity_of.get(a.mention),
                "value": _value(entries.mentions[a.mention].value),
            }
            for a in claim.arguments
        ],
        "attribution": [publisher, *(_attribution(a, entries) for a in claim.attribution)],
    }


def _attribution(attribution: Attribution, entries: Entries) -> Json:
    return {
        "speaker": entries.name(attribution.source),
        "entity": entries.entity_of.get(attribution.source) if attribution.source else None,
        "kind": attribution.kind,
        "act": attribution.act,
        "cue": _quoted(attribution.cue, entries),
        "content": _range(attribution.content),
        "direct": attribution.direct,
        "source": attribution.source,
        "channel": attribution.channel,
    }


def _event(event: Event) -> Json:
    return {
        **_fields(event, "id", "type", "modes", "label", "status", "claims", "documents", "origins"),
        "date": _days(event.date),
        "places": [
            {
                **_fields(place, "entity", "name", "role"),
                **_fields(place.location, *_LOCATION),
            }
            for place in event.places
        ],
        "participants": [
            _fields(p, "role", "entity", "name", "attribution_status", "claims") for p in event.participants
        ],
        "merge": [_fields(m, "claims", "score", "why") for m in event.merge],
        "related": [_fields(r, "kind", "event", "claims", "why") for r in event.related],
    }


def _fact(fact: Fact) -> Json:
    shared = _fields(fact, "id", "subject", "property", "relation", "explanation", "rule", "credibility")
    return {
        **shared,
        "cites": fact.cites,
        "preferred": fact.preferred,
        "readings": [_reading(r) for r in fact.readings],
    }


#: What a reading's value is: its JSON does not tell an entity's id from words.
_KINDS: Final[dict[type, str]] = {
    Quantity: "quantity",
    DateValue: "date",
    EntityValue: "entity",
    TextValue: "text",
}


def _reading(reading: Reading) -> Json:
    held = reading.value if isinstance(reading.value, EntityValue) else None
    return {
        **_fields(reading, "text", "claims", "documents", "origins", "speakers"),
        "value": reading_value(reading.value),
        "kind": _KINDS[type(reading.value)],
        "from": _days(held.since) if held else None,
        "until": _days(held.until) if held else None,
    }


def reading_value(value: ReadingValue) -> Json | str | None:
    """A quantity or date as an object, an entity as its id, words as themselves."""
    if isinstance(value, EntityValue):
        return value.entity
    if isinstance(value, Quantity | DateValue):
        return _value(value)
    return value.text


def _decision(decision: Decision) -> Json:
    return {
        **_fields(decision, "id", "about", "verdict", "by", "at", "why", "previous"),
        "correction": _fields(decision.correction, "field", "value") if decision.correction else None,
        "anchors": [
            _fields(a, "kind", "id", "document", "start", "end", "exact", "predicate")
            for a in decision.anchors
        ],
    }
