"""The planted record with every field filled in, and what becomes of it when one value changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace
from tests.export import planted

from sourcebook.export import json as exporting
from sourcebook.export import json_read
from sourcebook.model import (
    Alias,
    Anchor,
    Days,
    Decision,
    Entity,
    EntityId,
    Entry,
    EventLink,
    EventPlace,
    Factuality,
    Listed,
    Location,
    Mask,
    MentionKind,
    Merge,
    Proposal,
    Record,
    ReferenceList,
    Skipped,
    Timex,
    Verdict,
)


class Change(NamedTuple):
    """One value of one thing, changed: which field it is, whose, and the record with it."""

    field: str
    owner: str
    record: Record


def _location(basis: str = "an invented entry") -> Location:
    return Location(
        lat=48.5,
        lon=-12.25,
        precision="town",
        country="FR",
        basis=basis,
        candidates=("Orsk, France (123)",),
        unit="FR.11",
        geonames=123,
        within=("places.csv orsk",),
    )


def _listed(days: Days) -> Listed:
    entry = Entry(
        list="places.csv",
        id="orsk",
        row=2,
        name="Orsk",
        kind=MentionKind.PLACE,
        aliases=("Orsk on the Velm",),
        weak=("the town",),
        actor_kind="town council",
        country="FR",
        since=days,
        until=days,
        parent="velmland",
        lat=48.5,
        lon=-12.25,
        precision="town",
        identifiers={"geonames": "123"},
        note="invented",
    )
    return Listed(entry=entry, why="Orsk is a name of it")


@cache
def record() -> Record:
    """Nothing in it is unknown, empty or left at its default."""
    bare = planted.record()
    front, keld, pell, villagers, police = bare.entities
    document = bare.documents[0]
    raid, plot = bare.events
    claims = list(bare.claims)
    cue = document.span(document.text.index("said"), document.text.index("said") + 4)
    spoken = tuple(
        replace(a, act="report", direct=True, cue=cue, channel=bare.mentions[5].id)
        for a in claims[1].attribution
    )
    claims[0] = replace(
        claims[0],
        modes=("firearms",),
        antecedent=claims[1].id,
        confidence=0.75,
        factuality=Factuality.PROBABLE,
    )
    claims[1] = replace(claims[1], attribution=spoken)
    since = Days(edtf="2029", earliest=date(2029, 1, 1), latest=date(2029, 12, 31), basis="said")
    leader = bare.facts[2].readings[0]
    held = replace(leader.value, since=since, until=replace(since, edtf="2030", latest=date(2030, 12, 31)))
    facts = list(bare.facts)
    facts[0] = replace(facts[0], credibility=2, preferred=0)
    facts[2] = replace(facts[2], readings=(replace(leader, value=held),))
    orsk = next(m for m in _mentions(bare) if m.exact == "Orsk")
    town = Entity(id=EntityId("x-000000000006"), kind=MentionKind.PLACE, name="Orsk", mentions=(orsk.id,))
    place = EventPlace(entity=town.id, name="Orsk", role="site", location=_location())
    return replace(
        bare,
        sources=(replace(bare.sources[0], country="FR", interest="the ministry owns it"),),
        documents=(_document(document, since),),
        mentions=tuple(_mentions(bare)),
        claims=tuple(claims),
        entities=(
            replace(
                front,
                aliases=(*front.aliases, Alias(name="the Harrow", mentions=front.mentions[:1])),
                identifiers={"wikidata": "Q1"},
                not_same_as=(police.id,),
                joined=("same name",),
                location=_location(),
                listed=(_listed(since),),
            ),
            keld,
            pell,
            villagers,
            police,
            replace(town, location=_location()),
        ),
        references=(
            ReferenceList(name="places.csv", sha256="0" * 64, format="csv", size=3, licence="CC0-1.0"),
        ),
        events=(
            replace(
                raid,
                places=(place,),
                merge=(Merge(claims=raid.claims[:2], score=0.5, why="the same town"),),
                related=(
                    EventLink(
                        kind="follows", event=plot.id, claims=(raid.claims[0], plot.claims[0]), why="after"
                    ),
                ),
            ),
            plot,
        ),
        facts=tuple(facts),
        proposals=(Proposal(kind="actor", about=(keld.id, pell.id), score=0.5, why="alike"),),
        skipped=(Skipped(path="b.pdf", stage="read", why="a scan"),),
        decisions=(_decision(claims[0].id, document.id),),
        origin_groups={document.id: "d-00000000000f"},
    )


def _document(document: Any, day: Days) -> Any:
    words = document.span(0, 7)
    return replace(
        document,
        title_span=words,
        author="A. Writer",
        author_span=words,
        url="https://velm.example/raid",
        translated=True,
        translated_why="says so",
        translation_of="d-00000000000e",
        masks=(Mask(0, 7, "byline"),),
        container="pile.zip",
        file_dates=(day,),
        page_starts=(0, 9),
        licence="CC0",
        handling="internal",
        published=replace(document.published, span=words),
    )


def _mentions(bare: Record) -> Iterator[Any]:
    for n, mention in enumerate(bare.mentions):
        if n == 0:
            yield replace(mention, country="FR", head="Harrow", antecedent=bare.mentions[1].id)
        elif mention.exact == "more than 20":
            yield replace(mention, value=replace(mention.value, usual_low=21, usual_high=25, of="killed"))
        else:
            yield mention
    at = bare.documents[0].text.index("Orsk")
    yield replace(
        bare.mentions[0],
        span=bare.documents[0].span(at, at + 4),
        exact="Orsk",
        kind=MentionKind.PLACE,
        country=None,
        head="",
        antecedent=None,
    )
    words = "Between 3 and 5 May 2031"
    span = bare.documents[0].span(0, len(words))
    value = Timex(
        type="DATE",
        value="2031-05",
        edtf="2031-05-03/2031-05-05",
        earliest=date(2031, 5, 3),
        latest=date(2031, 5, 5),
        anchor="document",
        direction="before",
        event=span,
    )
    yield replace(bare.mentions[0], span=span, exact=words, kind=MentionKind.TIME, value=value)


def _decision(claim: str, document: Any) -> Decision:
    anchor = Anchor(kind="claim", id=claim, document=document, start=0, end=7, exact="Between", predicate="x")
    return Decision(
        about=(claim,),
        anchors=(anchor,),
        verdict=Verdict.ACCEPT,
        by="R. Ayo",
        at=datetime(2031, 6, 1, tzinfo=UTC),
        why="checked",
    )


@cache
def tree() -> dict[str, Any]:
    """The record as the JSON export has it."""
    return msgspec.json.decode(msgspec.json.encode(exporting.tree(record())))


#: Another value of a closed list, by field.
_OTHER = {
    "form": "nominal", "precision": "district", "factuality": "PS+", "status": "claimed", "scope": "generic",
    "relation": "agreed", "verdict": "reject", "reliability": "D", "kind": "magazine",
    "attribution_status": "convicted", "country": "DE",
    "edtf": "2031-05", "at": "2031-06-02T00:00:00Z", "language": "de", "act": "belief",
}  # fmt: skip

#: The ends of a range move apart, so that it stays one.
_DAYS = {"earliest": timedelta(-1), "latest": timedelta(1)}

#: Names and references: to change one is to make another thing. What repeats others is not read either.
_FIXED = {
    "id", "document", "start", "end", "exact", "mention", "mentions", "entity", "entities", "claims",
    "subject", "source", "sha256", "predicate", "trigger", "arguments", "anchors", "about", "previous",
    "sequence", "speaker", "event", "estimated", "content", "documents", "cites",
}  # fmt: skip

#: Which row of a table is changed, where it is not the first.
_ROW = {"claims": 1}
_REPEATED = {
    "mentions": {"kind"},
    "entities": {"kind"},
    "events": {"type"},
    "readings": {"kind"},
    "listed": {"kind"},
}


def changes() -> Iterator[Change]:
    """Every value of the record changed, one at a time."""
    whole = tree()
    for table, rows in whole.items():
        if table in ("sourcebook", "decisions"):
            continue
        for n, row in enumerate(rows[:3]):
            for path in _paths(row, table):
                changed = msgspec.json.decode(msgspec.json.encode(whole))
                if _change(changed[table][n], path):
                    name = ".".join((table, *(p for p in path if isinstance(p, str))))
                    owner = str(row.get("id") or row.get("path") or row["about"][0])
                    yield Change(name, owner, json_read.record(changed))


def _paths(value: Any, name: str, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    for key, held in value.items():
        plain = name == "readings" and key == "value" and isinstance(held, str)
        if key in _FIXED or key in _REPEATED.get(name, ()) or plain or held in (None, [], {}):
            continue
        if isinstance(held, dict) and key != "identifiers":
            yield from _paths(held, key, (*at, key))
        elif isinstance(held, list) and isinstance(held[0], dict):
            first = 1 if key == "attribution" else 0
            if len(held) > first:
                yield from _paths(held[first], key, (*at, key, first))
        else:
            yield (*at, key)


def _change(row: Any, path: tuple[Any, ...]) -> bool:
    for key in path[:-1]:
        row = row[key]
    key = path[-1]
    row[key], before = _other(key, row[key]), row[key]
    return bool(row[key] != before)


def _other(key: str, value: Any) -> Any:
    if key in _DAYS and value:
        return str(date.fromisoformat(value) + _DAYS[key])
    if key in _OTHER and isinstance(value, str):
        return _OTHER[key]
    if isinstance(value, bool):
        return not value
    if isinstance(value, str):
        return f"{value} (changed)"
    if isinstance(value, int):
        return value + 1
    if isinstance(value, float):
        return value / 2
    return value[:-1] if isinstance(value, list) else {}
