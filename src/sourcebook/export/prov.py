"""PROV-O as JSON-LD: what each claim, event and decision came from, by which rule or whose word."""

from __future__ import annotations

from typing import Final

from sourcebook import __version__
from sourcebook.export.coding import labelled
from sourcebook.export.encode import Json, pruned, whole
from sourcebook.export.loss import Produced, Tally
from sourcebook.model import Record
from sourcebook.views.entries import Entries

_CONTEXT: Final = {
    "prov": "http://www.w3.org/ns/prov#",
    "sb": "https://sourcebook.invalid/ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "label": "rdfs:label",
    "value": "prov:value",
    "sha256": "sb:sha256",
    "edtf": "sb:edtf",
    "verdict": "sb:verdict",
    "status": "sb:status",
    "factuality": "sb:factuality",
    "derived": {"@id": "prov:wasDerivedFrom", "@type": "@id"},
    "generatedBy": {"@id": "prov:wasGeneratedBy", "@type": "@id"},
    "attributedTo": {"@id": "prov:wasAttributedTo", "@type": "@id"},
    "associatedWith": {"@id": "prov:wasAssociatedWith", "@type": "@id"},
    "actedFor": {"@id": "prov:actedOnBehalfOf", "@type": "@id"},
    "quotedFrom": {"@id": "prov:wasQuotedFrom", "@type": "@id"},
    "used": {"@id": "prov:used", "@type": "@id"},
    "influencedBy": {"@id": "prov:wasInfluencedBy", "@type": "@id"},
    "endedAt": {"@id": "prov:endedAtTime", "@type": "xsd:dateTime"},
}
_TOOL: Final = "urn:sourcebook:tool"


def export(record: Record) -> Produced:
    """One JSON-LD document with a graph."""
    tally = Tally()
    for fact in record.facts:
        tally.drop("readings of a fact", "provenance says what it is derived from, not what it says", fact.id)
    for claim in record.claims:
        tally.drop("what a claim says", "provenance has where it is from, by whom and by what", claim.id)
    for event in record.events:
        if event.date is not None and event.date.earliest != event.date.latest:
            tally.round("date", "an event here is an entity: its date is a label in EDTF", event.id)
    for fact in record.facts:
        for reading in fact.readings:
            if getattr(reading.value, "low", None) != getattr(reading.value, "high", None):
                tally.drop(f"range of {fact.property}", "provenance holds no figures", fact.subject)
    graph = [*_agents(record), *_evidence(record, tally), *_derived(record), *_decisions(record)]
    return Produced(main=whole({"@context": _CONTEXT, "@graph": graph}), losses=tuple(tally.losses()))


def _urn(identifier: str | None) -> str | None:
    return f"urn:sourcebook:{identifier}" if identifier else None


def _node(kind: str, identifier: str | None, **values: object) -> Json:
    return pruned({"@type": f"prov:{kind}", "@id": _urn(identifier), **values})


def _agents(record: Record) -> list[Json]:
    people = dict.fromkeys(d.by for d in record.decisions)
    tool = {"@type": "prov:SoftwareAgent", "@id": _TOOL, "label": f"Sourcebook {__version__}"}
    sources = [_node("Organization", s.id, label=s.name) for s in record.sources]
    return [tool, *sources, *(_node("Person", f"reviewer/{_slug(name)}", label=name) for name in people)]


def _slug(name: str) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in name.casefold()).split())


def _evidence(record: Record, tally: Tally) -> list[Json]:
    entries = Entries(record)
    made = [
        _node("Entity", d.id, label=d.title or d.path, sha256=d.sha256, attributedTo=_urn(d.source))
        for d in record.documents
    ]
    extractors = dict.fromkeys(c.extractor for c in record.claims)
    made += [_node("Activity", f"extraction/{_slug(e)}", label=e, associatedWith=_TOOL) for e in extractors]
    for claim in record.claims:
        if len(claim.attribution) > 1:
            tally.round("nested speaker", "speakers are agents of the claim, without order", claim.id)
        speakers = [e for a in claim.attribution if a.source and (e := entries.entity_of.get(a.source))]
        made.append(
            _node(
                "Entity",
                claim.id,
                label=claim.predicate,
                status=claim.status,
                factuality=claim.factuality,
                value=entries.exact(claim.evidence),
                quotedFrom=f"{_urn(claim.evidence.document)}#char={claim.evidence.start},{claim.evidence.end}",
                derived=_urn(claim.evidence.document),
                generatedBy=_urn(f"extraction/{_slug(claim.extractor)}"),
                attributedTo=[_urn(s) for s in dict.fromkeys(speakers)],
            )
        )
    return made


def _derived(record: Record) -> list[Json]:
    rules = dict.fromkeys(f.rule for f in record.facts)
    made = [_node("Activity", f"rule/{_slug(rule)}", label=rule, associatedWith=_TOOL) for rule in rules]
    made += [_node("Agent", e.id, label=e.name) for e in record.entities]
    made.append(_node("Activity", "resolution", label="resolution", associatedWith=_TOOL))
    for event in record.events:
        when = event.date.edtf if event.date else None
        claims = [_urn(c) for c in event.claims]
        made.append(
            _node(
                "Entity",
                event.id,
                label=labelled(event),
                edtf=when,
                derived=claims,
                generatedBy=_urn("resolution"),
            )
        )
    for fact in record.facts:
        claims = [_urn(c) for c in dict.fromkeys(c for r in fact.readings for c in r.claims)]
        rule = _urn(f"rule/{_slug(fact.rule)}")
        made.append(_node("Entity", fact.id, label=fact.property, derived=claims, generatedBy=rule))
    return made


def _decisions(record: Record) -> list[Json]:
    return [
        _node(
            "Activity",
            d.id,
            label=d.why or d.verdict.value,
            verdict=d.verdict.value,
            used=[_urn(i) for i in d.about],
            associatedWith=_urn(f"reviewer/{_slug(d.by)}"),
            endedAt=d.at.isoformat(),
            influencedBy=_urn(d.previous),
        )
        for d in record.decisions
    ]
