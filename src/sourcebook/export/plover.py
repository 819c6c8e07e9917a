"""PLOVER JSON Lines: one object a claim about an event, as a coder of that sentence would write it.

Standard: PLOVER manual, February 2024. Fields of ours begin with `x_`.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from sourcebook import __version__
from sourcebook.export.coding import Coded, coded
from sourcebook.export.countries import codes
from sourcebook.export.encode import Json, lines, pruned
from sourcebook.export.loss import Produced, Tally
from sourcebook.model import (
    Claim,
    Days,
    Mention,
    MentionId,
    MentionKind,
    Quantity,
    Record,
    Status,
    Timex,
)
from sourcebook.model.vocabulary import PLOVER

#: An event this much older than the report is history there.
_HISTORY: Final = timedelta(days=365)

_QUAD: Final = {kind: n for n, kinds in enumerate(PLOVER.values(), 1) for kind in kinds}

_SECTORS: Final = {
    MentionKind.GOVERNMENT: "GOV",
    MentionKind.SECURITY_FORCE: "MIL",
    MentionKind.ARMED_GROUP: "REB",
    MentionKind.PEOPLE: "CVL",
    MentionKind.MEDIA: "MED",
}
_SIZES: Final = {"killed": "dead", "injured": "injured", "arrested": "arrested"}
_PARTIES: Final = ("actor", "recipient")
_RESOLUTION: Final = {"site": 5, "town": 4, "district": 3, "province": 2, "country": 1}
_AUXILIARY: Final = {
    Status.PLANNED: "future",
    Status.THREATENED: "future",
    Status.HYPOTHETICAL: "hypothetical",
    Status.DENIED: "negation",
}


def export(record: Record) -> Produced:
    """One line a claim of an event; claims that no day is known of are left out and named."""
    tally = Tally()
    rows = [row for one in coded(record) for claim in one.claims if (row := _row(one, claim, tally))]
    told = {c for event in record.events for c in event.claims}
    for claim in record.claims:
        if claim.id not in told:
            tally.drop("claim", "it is about no event: PLOVER codes events", claim.id)
    named = {party.get("x_entity") for row in rows for role in _PARTIES for party in row.get(role, ())}
    for entity in record.entities:
        if entity.id not in named:
            tally.drop("entity", "it has no part in an event that is coded", entity.id)
    return Produced(main=lines(rows), losses=tuple(tally.losses()))


def _row(one: Coded, claim: Claim, tally: Tally) -> Json | None:
    days, basis = _days(one, claim)
    if days is None or days.earliest is None:
        tally.drop("claim", "PLOVER wants a day, none is known", claim.id)
        return None
    if days.earliest != days.latest:
        tally.round("date", "PLOVER has a day: the first is written, x_edtf has the range", claim.id)
    if any(p.location.lat is None for p in one.event.places):
        tally.drop("point", "no point is written where none has a basis", one.event.id)
    document = one.entries.documents[claim.evidence.document]
    return pruned(
        {
            "id": claim.id,
            "date": days.earliest.isoformat(),
            "enddate": days.latest.isoformat() if days.latest and days.latest != days.earliest else None,
            "event": [claim.predicate],
            "mode": [*claim.modes, *_auxiliary(claim, days, one)],
            "quad_code": _QUAD.get(claim.predicate),
            "recipient": _parties(one, claim, "recipient", "target"),
            "event_text": [one.entries.exact(claim.trigger)],
            "event_loc": [_place(one, n) for n in range(len(one.event.places))],
            "size": _sizes(one, claim, tally),
            "text": one.entries.exact(claim.evidence),
            "text_info": {
                "sequence": document.sequence,
                "start": claim.evidence.start,
                "end": claim.evidence.end,
            },
            "cite_info": pruned(
                {
                    "citation": document.path,
                    "url": document.url,
                    "title": document.title,
                    "language": document.language,
                    "publication": one.entries.publisher(document.id),
                    "coder": f"Sourcebook {__version__}",
                    "codebook": "PLOVER",
                    "version": "2024-02",
                }
            ),
            "coder": claim.extractor,
            "x_edtf": days.edtf,
            "x_date_basis": basis,
            "x_event": one.event.id,
            "x_status": claim.status,
            "x_factuality": claim.factuality,
            "x_size": _bounds(one, claim),
            "x_speakers": list(one.entries.speakers(claim)),
        }
    ) | {"actor": _parties(one, claim, "actor", "claimant")}


def _days(one: Coded, claim: Claim) -> tuple[Days | None, str]:
    """When, by the claim's own words, else as the event is dated."""
    for identifier in claim.fillers("date"):
        value = one.entries.mentions[identifier].value
        if isinstance(value, Timex) and value.earliest is not None:
            own = Days(edtf=value.edtf, earliest=value.earliest, latest=value.latest, basis=value.basis)
            return own, f"said here: {value.basis}"
    return one.event.date, f"of the event: {one.event.date.basis}" if one.event.date else ""


def _auxiliary(claim: Claim, days: Days, one: Coded) -> list[str]:
    modes = {_AUXILIARY[claim.status]} if claim.status in _AUXILIARY else set()
    if claim.factuality.denies:
        modes.add("negation")
    document = one.entries.documents[claim.evidence.document]
    published = document.published or one.entries.record.dated.get(document.id)
    if published and published.earliest and days.latest and published.earliest - days.latest > _HISTORY:
        modes.add("historical")
    return sorted(modes)


def _parties(one: Coded, claim: Claim, *roles: str) -> list[Json]:
    return [_party(one, m) for role in roles for m in dict.fromkeys(claim.fillers(role))]


def _party(one: Coded, identifier: MentionId) -> Json:
    entries = one.entries
    mention: Mention = entries.mentions[identifier]
    known = entries.entity_of.get(identifier)
    entity = entries.entities.get(known) if known else None
    country = codes(mention.country)
    code = "IMG" if mention.kind is MentionKind.ARMED_GROUP else country.iso3 if country else None
    return pruned(
        {
            "code": code,
            "sector": _SECTORS.get(mention.kind, "UNK"),
            "entity_text": mention.exact,
            "entity_name": entity.name if entity else None,
            "country_name": country.name if country else None,
            "x_entity": entity.id if entity else None,
        }
    )


def _place(one: Coded, n: int) -> Json:
    place = one.event.places[n]
    at = place.location
    country = codes(at.country)
    return pruned(
        {
            "extracted_place": place.name,
            "geonameid": at.geonames,
            "lat": at.lat,
            "lon": at.lon,
            "country": country.name if country else None,
            "country_code": country.iso3 if country else None,
            "resolution": _RESOLUTION.get(at.precision),
            "x_role": place.role,
            "x_basis": at.basis,
        }
    )


def _figures(one: Coded, claim: Claim, role: str) -> list[Quantity]:
    found = (one.entries.mentions[m].value for m in claim.fillers(role))
    return [value for value in found if isinstance(value, Quantity)]


def _sizes(one: Coded, claim: Claim, tally: Tally) -> dict[str, int]:
    sizes = {}
    for role, name in _SIZES.items():
        for value in _figures(one, claim, role)[:1]:
            if value.low != value.high:
                tally.round(
                    f"range of {role}", "size is one number: none is written; x_size has the bounds", claim.id
                )
            elif value.low is not None:
                sizes[name] = value.low
    return sizes


def _bounds(one: Coded, claim: Claim) -> Json:
    return {
        name: [[q.low, q.high] for q in found]
        for role, name in _SIZES.items()
        if (found := _figures(one, claim, role))
    }
