"""A record made by hand in which every trap of the formats is planted, known by its id."""

from __future__ import annotations

from datetime import date
from functools import cache

from msgspec.structs import replace
from tests.factories import Writing, quantity

from sourcebook.model import (
    Alias,
    Attribution,
    Claim,
    DateValue,
    Days,
    Entity,
    EntityId,
    EntityValue,
    Event,
    EventId,
    EventPlace,
    Fact,
    Location,
    MentionId,
    MentionKind,
    Participant,
    Reading,
    Record,
    Relation,
    Reliability,
    Source,
    SourceId,
    SourceKind,
    Status,
    TextValue,
)

TEXT = (
    "Between 3 and 5 May 2031 gunmen of the Harrow Front killed more than 20 villagers in Orsk. "
    "The analyst Ida Brenn said that a commander told her the Harrow Front planned the raid. "
    "=HYPERLINK is what the Velm Institute called it. "
    "Police foiled an attack by the Harrow Front on a station in Velm on 9 June 2031. "
    "Doran Pell, a suspect from Velm, was named by police. "
    "The Harrow Front is led by Osman Keld since 2029. "
    "At least 25 villagers were killed in Orsk, the ministry said."
)
RAID, PLOT = EventId("e-00000000000a"), EventId("e-00000000000b")
FRONT, KELD, PELL, VILLAGERS, POLICE = (EntityId(f"x-00000000000{n}") for n in range(1, 6))


def _days(edtf: str, first: date, last: date) -> Days:
    return Days(edtf=edtf, earliest=first, latest=last, basis="said in the report")


@cache
def record() -> Record:
    """An interval date, a range toll, a nested speaker, a plot, a place without a point."""
    made = Writing(TEXT, path="velm.txt", on="2031-06-10")
    front, again = made.group("Harrow Front"), made.group("Harrow Front", 1)
    keld = made.mention("Osman Keld", MentionKind.PERSON)
    pell = made.mention("Doran Pell", MentionKind.PERSON)
    people = made.mention("villagers", MentionKind.PEOPLE)
    analyst = made.mention("Ida Brenn", MentionKind.PERSON)
    commander = made.mention("a commander", MentionKind.PERSON, head="commander")
    police = made.mention("Police", MentionKind.SECURITY_FORCE)
    more = made.number("more than 20", quantity(21, None, "more than"))
    least = made.number("At least 25", quantity(25, None, "at least"))
    said = made.said(analyst, "a commander told her the Harrow Front planned the raid", kind="expert")
    told = Attribution(
        source=commander, kind="armed_group", content=made.span("the Harrow Front planned the raid")
    )
    made.claim("killed", actor=front, recipient=people, killed=more)
    made.claim("raid", actor=again, by=(said, told))
    made.claim("killed", nth=1, recipient=people, killed=least)
    made.claim("foiled", status=Status.FOILED, actor=front)
    made.claim("suspect", "member", status=None, subject=front, object=pell)
    made.claim("led", "leader", status=None, subject=front, object=keld)
    source = Source(
        id=SourceId("s-1"),
        name="Velm Post",
        kind=SourceKind.NEWSPAPER,
        reliability=Reliability.USUALLY,
        rated_by="R. Ayo",
    )
    document = replace(made.document, source=source.id, title="=Raid in Orsk", language="en")
    claims = made.claims
    return Record(
        as_of=date(2031, 7, 1),
        sources=(source,),
        documents=(document,),
        mentions=tuple(made.mentions),
        claims=tuple(claims),
        entities=_entities(front, again, keld, pell, people, police),
        events=_events(claims),
        facts=_facts(claims),
    )


def _entity(identifier: EntityId, kind: MentionKind, name: str, *mentions: MentionId) -> Entity:
    return Entity(
        id=identifier, kind=kind, name=name, mentions=mentions, aliases=(Alias(name=name, mentions=mentions),)
    )


def _entities(front: MentionId, again: MentionId, *others: MentionId) -> tuple[Entity, ...]:
    keld, pell, people, police = others
    return (
        _entity(FRONT, MentionKind.ARMED_GROUP, "Harrow Front", front, again),
        _entity(KELD, MentionKind.PERSON, "Osman Keld", keld),
        _entity(PELL, MentionKind.PERSON, "Doran Pell", pell),
        _entity(VILLAGERS, MentionKind.PEOPLE, "villagers", people),
        _entity(POLICE, MentionKind.SECURITY_FORCE, "Police", police),
    )


def _events(claims: list[Claim]) -> tuple[Event, ...]:
    document = claims[0].trigger.document
    town = Location(lat=48.5, lon=-12.25, precision="town", country="FR", basis="an invented entry")
    nowhere = Location(lat=None, lon=None, precision="country", country="FR", basis="a country has no point")
    front = Participant(
        role="actor", entity=FRONT, name="Harrow Front", attribution_status="accused", claims=(claims[1].id,)
    )
    suspect = Participant(
        role="suspect", entity=PELL, name="Doran Pell", attribution_status="charged", claims=(claims[4].id,)
    )
    hit = Participant(
        role="recipient",
        entity=VILLAGERS,
        name="villagers",
        attribution_status="narrated",
        claims=(claims[0].id,),
    )
    raid = Event(
        id=RAID,
        type="ASSAULT",
        label="Raid on villagers, Orsk",
        status=Status.ACCOMPLISHED,
        modes=("firearms",),
        claims=tuple(c.id for c in claims[:3]),
        documents=(document,),
        origins=1,
        date=_days("2031-05-03/2031-05-05", date(2031, 5, 3), date(2031, 5, 5)),
        places=(EventPlace(entity=None, name="Orsk", role="site", location=town),),
        participants=(front, hit, suspect),
    )
    plot = Event(
        id=PLOT,
        type="ASSAULT",
        label="Foiled attack on a station, Velm",
        status=Status.FOILED,
        claims=(claims[3].id,),
        documents=(document,),
        origins=1,
        date=_days("2031-06-09", date(2031, 6, 9), date(2031, 6, 9)),
        places=(EventPlace(entity=None, name="Velm", role="site", location=nowhere),),
        participants=(front,),
    )
    return raid, plot


def _reading(claim: Claim, text: str, value: object, *speakers: str) -> Reading:
    return Reading(
        text=text,
        value=value,
        claims=(claim.id,),
        documents=(claim.trigger.document,),
        origins=1,
        speakers=speakers or ("Velm Post",),
    )  # type: ignore[arg-type]


def _facts(claims: list[Claim]) -> tuple[Fact, ...]:
    since = _days("2029", date(2029, 1, 1), date(2029, 12, 31))
    killed = (
        _reading(claims[0], "more than 20", quantity(21, None, "more than")),
        _reading(claims[2], "At least 25", quantity(25, None, "at least"), "Velm Post", "ministry"),
    )
    when = DateValue(edtf="2031-05-03/2031-05-05", earliest=date(2031, 5, 3), latest=date(2031, 5, 5))
    return (
        _fact("f-000000000001", RAID, "killed", Relation.COMPATIBLE, *killed),
        _fact(
            "f-000000000002",
            RAID,
            "date",
            Relation.SINGLE,
            _reading(claims[0], "Between 3 and 5 May 2031", when),
        ),
        _fact(
            "f-000000000003",
            FRONT,
            "leader",
            Relation.SINGLE,
            _reading(claims[5], "Osman Keld", EntityValue(entity=KELD, since=since)),
        ),
        _fact(
            "f-000000000004",
            FRONT,
            "member",
            Relation.SINGLE,
            _reading(claims[4], "Doran Pell", EntityValue(entity=PELL)),
        ),
        _fact(
            "f-000000000005",
            FRONT,
            "aim",
            Relation.SINGLE,
            _reading(claims[1], "planned the raid", TextValue(text="=a free Orsk")),
        ),
    )


def _fact(identifier: str, subject: str, name: str, relation: Relation, *readings: Reading) -> Fact:
    cites = tuple(c for r in readings for c in r.claims)
    return Fact(
        id=identifier,
        subject=subject,
        property=name,
        readings=readings,
        relation=relation,
        explanation="The Velm Post says so.",
        rule="test",
        cites=cites,
    )
