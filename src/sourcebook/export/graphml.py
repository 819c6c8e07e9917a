"""GraphML: actors and events as nodes; parts in events and relations between actors as edges."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from sourcebook.export.coding import Coded, coded, factualities
from sourcebook.export.geojson import tally_speech
from sourcebook.export.loss import Produced, Tally
from sourcebook.export.text import clean
from sourcebook.model import EntityValue, Fact, Record
from sourcebook.views import wording
from sourcebook.views.entries import Entries

_NAMESPACE: Final = "http://graphml.graphdrawing.org/xmlns"

#: Attributes by the element that they are of, and their type.
_KEYS: Final = {
    "node": {
        "label": "string", "kind": "string", "aliases": "string", "type": "string", "modes": "string",
        "status": "string", "date": "string", "earliest": "string", "latest": "string", "place": "string",
        "killed_low": "int", "killed_high": "int", "origins": "int",
    },
    "edge": {
        "relation": "string", "word": "string", "since": "string", "until": "string", "said_by": "string",
        "agreement": "string", "factuality": "string", "claims": "string",
    },
}  # fmt: skip

Values = Mapping[str, str | int | None]


def export(record: Record) -> Produced:
    """One directed graph."""
    tally = Tally()
    root = Element("graphml", xmlns=_NAMESPACE)
    for element, keys in _KEYS.items():
        for name, kind in keys.items():
            SubElement(
                root,
                "key",
                {"id": f"{element}_{name}", "for": element, "attr.name": name, "attr.type": kind},
            )
    graph = SubElement(root, "graph", id="record", edgedefault="directed")
    events = coded(record)
    linked = [f for f in record.facts if _links(f)]
    nodes = _actors(graph, record, events, linked)
    for one in events:
        _event(graph, one, tally)
    _parts(graph, events, nodes)
    _relations(graph, Entries(record), linked, nodes)
    for one in events:
        if any(part.entity not in nodes for part in one.event.participants):
            tally.drop("part in an event", "who has it is no entity", one.event.id)
    for fact in record.facts:
        if fact not in linked:
            tally.drop(
                "fact", "only relations between actors are edges; a node has what the event has", fact.id
            )
    indent(root, " ")
    content = tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"
    return Produced(main=content, losses=tuple(tally.losses()))


def _links(fact: Fact) -> bool:
    return any(isinstance(r.value, EntityValue) for r in fact.readings) and not fact.subject.startswith("e-")


def _actors(graph: Element, record: Record, events: list[Coded], linked: list[Fact]) -> set[str]:
    """Nodes of those who have a part in an event or a relation."""
    wanted = {p.entity for one in events for p in one.event.participants if p.entity}
    wanted |= {r.value.entity for f in linked for r in f.readings if isinstance(r.value, EntityValue)}
    subjects = {f.subject for f in linked}
    made = set()
    for entity in record.entities:
        if entity.id in wanted or entity.id in subjects:
            aliases = "; ".join(a.name for a in entity.aliases if a.name != entity.name)
            values = {"label": entity.name, "kind": entity.kind.value, "aliases": aliases}
            _held(SubElement(graph, "node", id=entity.id), "node", values)
            made.add(str(entity.id))
    return made


def _event(graph: Element, one: Coded, tally: Tally) -> None:
    event = one.event
    killed = one.quantities("killed")
    if len(killed) > 1:
        tally.round("readings of killed", "a node has the widest bounds of all", event.id)
    tally_speech(tally, one)
    highs = [q.high for q in killed if q.high is not None]
    values: Values = {
        "label": event.label,
        "kind": "event",
        "type": event.type,
        "modes": " ".join(event.modes),
        "status": event.status.value,
        "date": one.when,
        "earliest": one.earliest.isoformat() if one.earliest else None,
        "latest": one.latest.isoformat() if one.latest else None,
        "place": one.place.name if one.place else None,
        "killed_low": min((q.low for q in killed if q.low is not None), default=None),
        "killed_high": max(highs) if highs and len(highs) == len(killed) else None,
        "origins": event.origins,
    }
    _held(SubElement(graph, "node", id=event.id), "node", values)


def _parts(graph: Element, events: list[Coded], nodes: set[str]) -> None:
    for one in events:
        for n, part in enumerate(one.event.participants):
            if part.entity in nodes:
                edge = SubElement(
                    graph, "edge", id=f"{one.event.id}/{n}", source=str(part.entity), target=one.event.id
                )
                claims = " ".join(part.claims)
                _held(
                    edge, "edge", {"relation": part.role, "word": part.attribution_status, "claims": claims}
                )


def _relations(graph: Element, entries: Entries, linked: list[Fact], nodes: set[str]) -> None:
    for fact in linked:
        for n, reading in enumerate(fact.readings):
            held = reading.value
            if isinstance(held, EntityValue) and {fact.subject, held.entity} <= nodes:
                edge = SubElement(graph, "edge", id=f"{fact.id}/{n}", source=fact.subject, target=held.entity)
                values = {
                    "relation": fact.property,
                    "since": wording.days(held.since),
                    "until": wording.days(held.until),
                    "said_by": "; ".join(reading.speakers),
                    "agreement": fact.relation.value,
                    "factuality": factualities(entries, reading),
                    "claims": " ".join(reading.claims),
                }
                _held(edge, "edge", values)


def _held(element: Element, kind: str, values: Values) -> None:
    for name, value in values.items():
        if value not in (None, ""):
            child = SubElement(element, "data", key=f"{kind}_{name}")
            child.text = clean(str(value))
