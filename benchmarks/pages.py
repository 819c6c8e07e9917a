"""Prints how long pages take with 10,000 events and 300 documents, all made up.

    PYTHONPATH=src:tests python benchmarks/pages.py

The record is made in memory; the times are those of the server alone, the best of three.
"""

from __future__ import annotations

import random
import time
from datetime import date, timedelta

from sourcebook.model import (
    Argument,
    Claim,
    Days,
    Document,
    Entity,
    Event,
    EventPlace,
    Fact,
    Location,
    Mention,
    MentionKind,
    Participant,
    Quantity,
    Reading,
    Record,
    Relation,
    Source,
    Status,
    document_id,
)
from sourcebook.web import rendering
from sourcebook.web.book import Book
from sourcebook.web.links import Served
from sourcebook.web.pages import MENU, PAGES
from sourcebook.web.pages.asking import Ask

EVENTS, DOCUMENTS, LONG, SPANS = 10_000, 300, 120_000, 2_500
SENTENCE = "Gunmen killed 12 people in Tarvela on Monday, officials said. "
STATUSES = (*[Status.ACCOMPLISHED] * 5, Status.FOILED, Status.CLAIMED)


def long_document() -> tuple[Document, list[Mention]]:
    text = (SENTENCE * (LONG // len(SENTENCE) + 1))[:LONG]
    made = document("long.txt", text)
    step = LONG // SPANS
    kinds = (MentionKind.PERSON, MentionKind.PLACE, MentionKind.TIME, MentionKind.QUANTITY)
    spans = [made.span(n * step, n * step + 20) for n in range(SPANS)]
    return made, [Mention(span=s, exact=made.quote(s), kind=kinds[n % 4]) for n, s in enumerate(spans)]


def document(path: str, text: str, number: int = 0) -> Document:
    day = date(2030, 1, 1) + timedelta(days=number)
    days = Days(edtf=day.isoformat(), earliest=day, latest=day, basis="made up")
    return Document(
        id=document_id(path, f"{number:064}"), path=path, sha256=f"{number:064}", sequence=number, text=text,
        title=f"Report {number}", source="s-1", published=days,
    )  # fmt: skip


def made_up() -> tuple[Record, Document]:
    chance = random.Random(1)
    long, mentions = long_document()
    each = EVENTS * 2 // DOCUMENTS
    documents = [document(f"{n}.txt", SENTENCE * (each + 4), n) for n in range(1, DOCUMENTS + 1)]
    claims, events, facts, entities = [], [], [], []
    for n in range(200):
        span = documents[n % DOCUMENTS].span(n * 3, n * 3 + 6)
        mention = Mention(span=span, exact=documents[n % DOCUMENTS].quote(span), kind=MentionKind.ARMED_GROUP)
        mentions.append(mention)
        entities.append(
            Entity(id=f"a-{n:012x}", kind=MentionKind.ARMED_GROUP, name=f"Group {n}", mentions=(mention.id,))
        )
    for n in range(EVENTS):
        own = []
        for k in (0, 1):
            held = documents[(n + k) % DOCUMENTS]
            start = (n // DOCUMENTS * 2 + k) * len(SENTENCE)
            claim = Claim(
                predicate="ASSAULT", trigger=held.span(start + 7, start + 13),
                evidence=held.span(start, start + len(SENTENCE) - 1), status=Status.ACCOMPLISHED,
                arguments=(Argument("killed", mentions[0].id),),
            )  # fmt: skip
            own.append(claim)
        claims += own
        ids = tuple(c.id for c in own)
        day = date(2020, 1, 1) + timedelta(days=chance.randrange(4_000))
        where = Location(
            lat=chance.uniform(-30, 60),
            lon=chance.uniform(-60, 130),
            precision="town",
            country="AF",
            basis="made up",
        )
        where_named = tuple(d.id for d in (documents[n % DOCUMENTS], documents[(n + 1) % DOCUMENTS]))
        events.append(
            Event(
                id=f"e-{n:012x}", type=chance.choice(("ASSAULT", "COERCE", "PROTEST")), label=f"Attack {n}",
                status=chance.choice(STATUSES), claims=ids, documents=where_named, origins=2,
                date=Days(edtf=day.isoformat(), earliest=day, latest=day, basis="made up"),
                places=(EventPlace(entity=None, name=f"Town {n % 900}", role="site", location=where),),
                participants=(
                    Participant(
                        role="actor", entity=entities[n % 200].id, name=f"Group {n % 200}",
                        attribution_status="accused", claims=ids,
                    ),
                ),
            )
        )  # fmt: skip
        readings = tuple(
            Reading(
                text=f"{m} people",
                value=Quantity(low=m, high=m),
                claims=(c,),
                documents=(d,),
                origins=1,
                speakers=("Police",),
            )
            for m, c, d in zip((12, 15), ids, where_named, strict=True)
        )
        relation = Relation.CONFLICT if n % 20 == 0 else Relation.COMPATIBLE
        facts.append(
            Fact(
                id=f"f-{n}", subject=f"e-{n:012x}", property="killed", readings=readings, relation=relation,
                explanation="Made up.", rule="bounds-apart", cites=ids,
            )
        )  # fmt: skip
    record = Record(
        sources=(Source(id="s-1", name="The Herald"),), documents=(*documents, long), mentions=tuple(mentions),
        claims=tuple(claims), entities=tuple(entities), events=tuple(events), facts=tuple(facts),
    )  # fmt: skip
    return record, long


def main() -> None:
    record, long = made_up()
    book, links = Book(record, "made-up.sourcebook"), Served()
    asked = {
        "overview": ("overview", {}, ""),
        "events": ("events", {}, ""),
        "events, a facet": ("events", {"status": "foiled", "type": "ASSAULT"}, ""),
        "event": ("event", {}, record.events[0].id),
        "actor": ("actor", {}, record.entities[0].id),
        "contested": ("contested", {}, ""),
        "timeline": ("timeline", {}, ""),
        "map": ("map", {}, ""),
        f"reader, {LONG:,} characters, {SPANS:,} spans": ("reader", {}, long.id),
        "coverage": ("coverage", {}, ""),
    }
    print(f"{'page':45} {'first s':>8} {'best s':>8} {'kB':>7}")
    for label, (name, given, of) in asked.items():
        times, size = [], 0
        for _ in range(3):
            began = time.perf_counter()
            context = PAGES[name].context(Ask(book, links, given, of))
            page = rendering.render(
                PAGES[name].template, book=book, links=links, **{"menu": MENU, "here": name, **context}
            )
            times.append(time.perf_counter() - began)
            size = len(page.encode()) // 1000
        print(f"{label:45} {times[0]:8.3f} {min(times):8.3f} {size:7,}")


if __name__ == "__main__":
    main()
