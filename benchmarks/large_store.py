"""Lists, search and backup of a large sourcebook: 100,000 documents with their texts, 100,000 events.

Run: python benchmarks/large_store.py [DOCUMENTS [EVENTS]]. The texts are those of the generated pile; events
and actors are made here, as a build of that many documents takes a night. Prints the time of commands as a
person waits for them, search at the 95th percentile, and backup in three ways.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import big_pile
from growth import copied
from scaling import command, searches, show

from sourcebook.config import Config
from sourcebook.model import (
    Days,
    Document,
    Entity,
    EntityId,
    Event,
    EventId,
    EventPlace,
    Location,
    MentionKind,
    Participant,
    Record,
    Status,
    document_id,
)
from sourcebook.ports import Raw, Reading
from sourcebook.project.deriving import derivation_key, rows_of
from sourcebook.store.derived import Name
from sourcebook.store.store import Store

_A_TRANSACTION = 1_000


def fill(store: Store, count: int) -> None:
    """Documents with their texts, as a build reads them."""
    pile = list(big_pile.pile(min(count, 2_000)))
    for start in range(0, count, _A_TRANSACTION):
        with store.transaction():
            for n in range(start, min(start + _A_TRANSACTION, count)):
                name, text = pile[n % len(pile)]
                name, text = f"{n // len(pile)}/{name}", f"{text}\n{n}\n"
                raw = Raw(text.encode(), name, {})
                sha = f"{n:064x}"
                document = Document(
                    id=document_id(name, sha), path=name, sha256=sha, sequence=0, text=text, language="en"
                )
                store.put_file(raw, [Reading(document, None)], read_from=name, reader="benchmark")


def derived(count: int) -> Record:
    """Events on days of twenty years, by two hundred groups in three hundred towns."""
    world = big_pile.World(7)
    groups = [
        Entity(id=EntityId(f"a-{n}"), kind=MentionKind.ARMED_GROUP, name=g.name, mentions=())
        for n, g in enumerate(world.groups)
    ]
    return Record(entities=tuple(groups), events=tuple(_events(world, groups, count)))


def _events(world: big_pile.World, groups: list[Entity], count: int) -> Iterator[Event]:
    nowhere = Location(lat=None, lon=None, precision="none", country=None, basis="invented")
    for n in range(count):
        on, town, group = date(2006, 1, 1) + timedelta(days=n % 7300), world.towns[n % 320], groups[n % 36]
        yield Event(
            id=EventId(f"e-{n:07d}"),
            type="ASSAULT",
            label=f"Attack by {group.name}, {town.name}, {on}",
            status=Status.ACCOMPLISHED,
            claims=(),
            documents=(),
            origins=1 + n % 3,
            modes=("firearms",) if n % 2 else ("explosives",),
            date=Days(edtf=on.isoformat(), earliest=on, latest=on, basis="explicit"),
            places=(EventPlace(entity=None, name=town.name, role="site", location=nowhere),),
            participants=(
                Participant(
                    role="actor", entity=group.id, name=group.name, attribution_status="narrated", claims=()
                ),
            ),
        )


def main() -> None:
    """Fill a sourcebook, then wait for it as a person does."""
    count, events = (*map(int, sys.argv[1:]), *(100_000, 100_000)[len(sys.argv) - 1 :])
    with tempfile.TemporaryDirectory(prefix="sourcebook-bench-") as where:
        book = Path(where) / "large.sourcebook"
        began = time.monotonic()
        with Store(book, create=True) as store:
            fill(store, count)
            spent = time.monotonic() - began
            record = derived(events)
            name = Name(derivation_key(store, Config()))
            store.put_derived(record, name=name, evidence=Record(), lists=rows_of(record))
        print(f"{count:,} documents, {events:,} events; load {os.getloadavg()[0]:.1f}")
        show("documents put into the store", count / spent, "docs/s")
        seconds, note = command("--help")
        show("--help", seconds, "s", note)
        for words in (
            ("events",),
            ("events", "--actor", "Red"),
            ("events", "--place", big_pile.World(7).towns[5].name, "--since", "2020"),
            ("events", "--format", "json"),
            ("events", "--format", "csv"),
            ("actors",),
            ("skipped",),
            ("stats", "--format", "json"),
            ("contested",),
            ("event", f"e-{events // 2:07d}"),
            ("event", record.events[events // 2].label),
            ("actor", "Red Dawn Front"),
        ):
            seconds, note = command(words[0], str(book), *words[1:])
            show(" ".join(words), seconds, "s", note)
        found = searches(book)
        show("search, median", found[len(found) // 2], "ms")
        show("search, p95", found[-2], "ms")
        size = book.stat().st_size
        for name, taken in copied(book, Path(where)).items():
            show(name, taken, "s", f"of {size / 1e6:,.0f} MB; 500 MB would take {taken * 5e8 / size:.1f} s")
        with sqlite3.connect(book) as db:
            show("journal", 0, db.execute("PRAGMA journal_mode").fetchone()[0])


if __name__ == "__main__":
    main()
