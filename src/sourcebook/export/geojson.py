"""GeoJSON (RFC 7946): one Feature a place statement of an event; no point without a basis."""

from __future__ import annotations

from sourcebook.export.coding import POINTED, Coded, coded
from sourcebook.export.encode import Json, whole
from sourcebook.export.loss import Produced, Tally
from sourcebook.export.tables import book, tally_facts
from sourcebook.model import EventPlace, Quantity, Record
from sourcebook.model.vocabulary import TOLL_ROLES


def export(record: Record) -> Produced:
    """A FeatureCollection, longitude first, geometry null where the place is not known to a town."""
    tally = Tally()
    features = [feature for one in coded(record) for feature in _features(one, tally)]
    tally_facts(
        tally,
        record,
        lambda fact: fact.property in TOLL_ROLES and fact.subject.startswith("e-"),
        "a Feature has the event's date, places and parts, and the bounds of tolls",
    )
    told = {c for event in record.events for c in event.claims}
    for claim in record.claims:
        if claim.id not in told:
            tally.drop("claim", "it is about no event", claim.id)
    return Produced(
        main=whole({"type": "FeatureCollection", "features": features}), losses=tuple(tally.losses())
    )


def _features(one: Coded, tally: Tally) -> list[Json]:
    tally_speech(tally, one)
    shared = _shared(one)
    made: list[Json] = []
    for n, place in enumerate(one.event.places):
        geometry = _geometry(place)
        if geometry is None:
            tally.drop("point", "the place is not known to a town; geometry is null", one.event.id)
        where = {
            "place": place.name,
            "role": place.role,
            "precision": place.location.precision,
            "where_prec": book("ucdp")["where_prec"].get(place.location.precision),
            "basis": place.location.basis,
            "country": place.location.country,
        }
        made.append(_feature(f"{one.event.id}/{n}", geometry, shared | where))
    if not made:
        tally.drop("point", "no place is told of; geometry is null", one.event.id)
        made.append(_feature(one.event.id, None, shared | {"precision": "none", "where_prec": None}))
    return made


def _feature(identifier: str, geometry: Json | None, properties: Json) -> Json:
    return {"type": "Feature", "id": identifier, "geometry": geometry, "properties": properties}


def _geometry(place: EventPlace) -> Json | None:
    at = place.location
    if at.precision not in POINTED or at.lat is None or at.lon is None:
        return None
    return {"type": "Point", "coordinates": [at.lon, at.lat]}


def _shared(one: Coded) -> Json:
    event = one.event
    return {
        "event": event.id,
        "label": event.label,
        "type": event.type,
        "modes": event.modes,
        "status": event.status,
        "date": one.when or None,
        "earliest": one.earliest,
        "latest": one.latest,
        "participants": [
            {"role": p.role, "name": p.name, "attribution_status": p.attribution_status}
            for p in event.participants
        ],
        "tolls": {name: figures for name in TOLL_ROLES if (figures := bounds(one.quantities(name)))},
        "documents": [one.entries.documents[d].path for d in event.documents],
        "origins": event.origins,
    }


def bounds(figures: list[Quantity]) -> list[list[int | None]]:
    """Every reading of a toll as its hard bounds."""
    return [[q.low, q.high] for q in figures]


def tally_speech(tally: Tally, one: Coded) -> None:
    """Who says what of an event, where a format has no place for it."""
    for claim in one.claims:
        if len(claim.attribution) > 1:
            tally.drop("nested speaker", "the format does not tell who quotes whom", claim.id)
        elif claim.attribution:
            tally.drop("speaker", "the format does not tell who says so", claim.id)
    if one.event.merge:
        tally.drop("reasons for joining claims", "the format has no place for them", one.event.id)
