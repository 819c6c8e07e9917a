"""Seconds to make facts from N claims, and the ratio of growth: python benchmarks/facts.py [SRC]."""

from __future__ import annotations

import random
import time
from datetime import date, timedelta

from sourcebook.model import (
    Argument,
    Claim,
    Days,
    Document,
    Event,
    Mention,
    MentionKind,
    Quantity,
    Record,
    Span,
    Status,
    document_id,
)
from sourcebook.reconcile.facts import facts
from sourcebook.reconcile.statements import material


def record(claims: int, *, each: int = 10) -> Record:
    """Events of `each` claims, every claim of another document with a toll and a place of its own words."""
    chance = random.Random(7)
    documents, mentions, said, events = [], [], [], []
    start = date(2031, 1, 1)
    texts = claims // 5
    for n in range(texts):
        text = "".join(
            f"A bomb killed {chance.randint(1, 60)} people in Velm on Monday, police said. " for _ in range(5)
        )
        on = start + timedelta(days=n % 300)
        documents.append(
            Document(
                id=document_id(f"{n}.txt", ""),
                path=f"{n}.txt",
                sha256="",
                sequence=n,
                text=text,
                published=Days(edtf=on.isoformat(), earliest=on, latest=on, basis="given"),
            )
        )
    for n in range(claims // each):
        ids = []
        day = start + timedelta(days=n % 300)
        for k in range(each):
            number = n * each + k
            document = documents[(number * 7) % texts]
            at = (number // texts * 60) % 200
            value = chance.randint(1, 60)
            toll = Mention(
                span=Span(document.id, at + 14, at + 22),
                exact=document.text[at + 14 : at + 22],
                kind=MentionKind.QUANTITY,
                value=Quantity(low=value, high=value, usual_low=value, usual_high=value),
            )
            claim = Claim(
                predicate="ASSAULT",
                trigger=Span(document.id, at + 2 + k % 50, at + 6 + k % 50),
                evidence=Span(document.id, at, at + 60),
                arguments=(Argument("killed", toll.id),),
                status=Status.ACCOMPLISHED,
            )
            mentions.append(toll)
            said.append(claim)
            ids.append(claim.id)
        events.append(
            Event(
                id=f"e-{n}",
                type="ASSAULT",
                label="Bombing",
                status=Status.ACCOMPLISHED,
                claims=tuple(ids),
                documents=(),
                origins=1,
                date=Days(edtf=day.isoformat(), earliest=day, latest=day, basis="given"),
            )
        )
    return Record(
        documents=tuple(documents), mentions=tuple(mentions), claims=tuple(said), events=tuple(events)
    )


def seconds(made: Record) -> tuple[float, int]:
    begun = time.perf_counter()
    found = facts(material(made))
    return time.perf_counter() - begun, len(found)


if __name__ == "__main__":
    small, _ = seconds(record(10_000))
    large, count = seconds(record(100_000))
    crowd, _ = seconds(record(20_000, each=10_000))
    print(
        f"10,000 claims {small:.1f} s; 100,000 claims {large:.1f} s ({large / small:.1f} times), {count} facts"
    )
    print(f"20,000 claims about two events: {crowd:.1f} s")
